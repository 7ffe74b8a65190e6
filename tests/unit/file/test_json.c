/* json - strict in, exact out, and errors that say where. */
#include <config.h>

#include "common/file/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct json_document *parse(const char *text, struct error *err)
{
    return json_parse(text, strlen(text), "p.json", err);
}

static void refuses(const char *text, const char *said)
{
    struct error err = { 0 };

    assert_null(parse(text, &err));
    if (!strstr(err.text, said))
        fail_msg("\"%s\" is not in \"%s\"", said, err.text);
}

static void reading_is_strict(void **state)
{
    (void)state;
    refuses("{\"a\":1} x", "p.json:1: not valid JSON");
    refuses("{\"a\":1,\n\"b\":}", "p.json:2: not valid JSON");
    refuses("{\"q\":[{\"a\":1,\"a\":2}]}", "p.json: q[0]: the key \"a\"");
    refuses("\"\xff\"", "not UTF-8");
    refuses("", "p.json: empty; expected JSON");
}

static void an_error_names_the_path(void **state)
{
    static const char *const keys[] = { "min", "max", NULL };
    struct error err = { 0 };
    struct json_document *document =
        parse("{\"questions\":[{},{},{\"max\":\"x\",\"mni\":1}]}", &err);
    const struct json *question;
    double max = 0;

    (void)state;
    assert_non_null(document);
    question = json_item(json_member(json_root(document), "questions"), 2);
    assert_false(json_need_number(document, question, "max", &max, &err));
    assert_string_equal(
        err.text, "p.json: questions[2].max: must be a number, not a text");
    assert_false(json_need_number(document, question, "step", &max, &err));
    assert_string_equal(err.text, "p.json: questions[2]: \"step\" is missing");
    assert_false(json_check_keys(document, question, keys, &err));
    assert_string_equal(
        err.text,
        "p.json: questions[2].mni: is no key here; did you mean \"min\"?");
    json_free(document);
}

static void canonical_text_sorts_keys_and_keeps_numbers(void **state)
{
    struct error err = { 0 };
    struct json_document *document =
        parse("{ \"b\" : [1, 0.30000000000000004], \"a\" : \"x\\n\" }", &err);
    struct buf out = { 0 };

    (void)state;
    json_canonical(json_root(document), &out);
    assert_string_equal(buf_text(&out),
                        "{\"a\":\"x\\n\",\"b\":[1,0.30000000000000004]}");
    buf_release(&out);
    json_free(document);
}

static void the_writer_sets_commas_and_indents(void **state)
{
    struct json_writer writer;
    struct buf out = { 0 };

    (void)state;
    json_writer_init(&writer, &out, 2);
    json_begin_object(&writer);
    json_pair_int(&writer, "n", 3);
    json_put_key(&writer, "list");
    json_begin_list(&writer);
    json_put_number(&writer, 0.5);
    json_put_null(&writer);
    json_end_list(&writer);
    json_put_key(&writer, "empty");
    json_begin_object(&writer);
    json_end_object(&writer);
    json_end_object(&writer);
    assert_string_equal(buf_text(&out),
                        "{\n  \"n\": 3,\n  \"list\": [\n    0.5,\n    null\n"
                        "  ],\n  \"empty\": {}\n}\n");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_is_strict),
        cmocka_unit_test(an_error_names_the_path),
        cmocka_unit_test(canonical_text_sorts_keys_and_keeps_numbers),
        cmocka_unit_test(the_writer_sets_commas_and_indents),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
