/* fuzz_json - any JSON; its canonical text is read as the same. */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/file/json.h"
#include "fuzz.h"

static const char *const words[] = { "null",    "true",    "false", "\\u0000",
                                     "\\ud83d", "\\ude00", "1e308", "-0",
                                     "[[[[",    "{\"a\":", "\"\"",  "1e-400",
                                     NULL };

static void seeds(fuzz_give *give, void *context)
{
    static const char *const text[] = {
        "{}",
        "[1,-2.5e3,true,false,null,\"a\\u00e4\\ud83d\\ude00\\n\"]",
        "{\"a\":{\"b\":[{\"c\":1}]},\"d\":\"\xc3\xa4\"}",
        "[[[[[[[[[[[[]]]]]]]]]]]]",
        "{\"a\":1,\"a\":2}",
        "9007199254740993",
    };

    for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
        fuzz_give_text(give, context, -1, text[i]);
}

/* All getters on all nodes; a few refuse. */
static void look(const struct json_document *document, const struct json *node)
{
    struct buf path = { 0 };
    const char *text = NULL;
    double number = 0;
    int64_t whole = 0;
    struct error err = { 0 };

    json_path(document, node, &path);
    buf_release(&path);
    fuzz_must(isfinite(json_value(node, 0)));
    if (json_kind(node) == JSON_OBJECT) {
        bool good = json_need_int(document, node, "a", &whole, &err);

        fuzz_answered(good, &err, "the name");
        err = (struct error){ 0 };
        good = json_want_number(document, node, "b", &number, &err);
        fuzz_answered(good, &err, "the name");
        err = (struct error){ 0 };
        good = json_need_text(document, node, "d", &text, &err);
        fuzz_answered(good, &err, "the name");
        err = (struct error){ 0 };
        good = json_check_keys(
            document, node, (const char *const[]){ "a", "b", "d", NULL }, &err);
        fuzz_answered(good, &err, "the name");
    }
    for (const struct json *at = json_first(node); at; at = json_next(at))
        look(document, at);
}

static void one(const uint8_t *bytes, size_t length)
{
    struct error err = { 0 };
    struct json_document *document =
        json_parse((const char *)bytes, length, "the name", &err);
    struct json_document *again;
    struct buf first = { 0 }, second = { 0 };

    fuzz_answered(document != NULL, &err, "the name");
    if (!document)
        return;
    look(document, json_root(document));
    json_canonical(json_root(document), &first);
    again = json_parse(buf_text(&first), first.length, "again", &err);
    if (!again)
        fuzz_wrong(__FILE__, __LINE__, "canonical JSON is JSON", err.text);
    json_canonical(json_root(again), &second);
    fuzz_must(strcmp(buf_text(&first), buf_text(&second)) == 0);
    json_free(again);
    json_free(document);
    buf_release(&first);
    buf_release(&second);
}

const struct fuzz_target fuzz_target = {
    .name = "json",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 4096,
    .runs = 4000,
};
