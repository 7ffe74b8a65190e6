/*
 * json - reading: parse, look around, say where.
 *
 * A `struct json` is a cJSON node under another name; nobody outside
 * file/json*.c knows.
 */
#include <config.h>

#include "common/file/json.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "common/base/mem.h"
#include "common/base/text.h"
#include "common/base/utf8.h"
#include "common/file/atomic.h"

enum { DEPTH_LIMIT = 100, FILE_LIMIT = 64 << 20 };

struct json_document {
    cJSON *root; /* owned */
    char *name;  /* owned */
};

static const cJSON *from(const struct json *node)
{
    return (const cJSON *)node;
}

static const struct json *to(const cJSON *node)
{
    return (const struct json *)node;
}

static size_t line_of(const char *text, const char *place)
{
    size_t line = 1;

    for (; text < place; text++)
        line += *text == '\n';
    return line;
}

static int by_key(const void *a, const void *b)
{
    return strcmp((*(cJSON *const *)a)->string, (*(cJSON *const *)b)->string);
}

/* Two members of one object under one key: which one is meant? */
static bool check_duplicates(const struct json_document *document,
                             const cJSON *object, struct error *err)
{
    size_t count = json_count(to(object));
    const cJSON **member = xcalloc(count + 1, sizeof(*member));
    size_t n = 0;
    bool good = true;

    for (const cJSON *child = object->child; child; child = child->next)
        member[n++] = child;
    qsort(member, n, sizeof(*member), by_key);
    for (size_t i = 1; i < n && good; i++) {
        if (text_equal(member[i]->string, member[i - 1]->string))
            good = json_fail(document, to(object), err,
                             "the key \"%s\" stands twice", member[i]->string);
    }
    free(member);
    return good;
}

static bool check_node(const struct json_document *document, const cJSON *node,
                       int depth, struct error *err)
{
    if (depth > DEPTH_LIMIT)
        return error_set(err, ERROR_LIMIT, "%s: nested deeper than %d",
                         document->name, DEPTH_LIMIT);
    if (cJSON_IsObject(node) && !check_duplicates(document, node, err))
        return false;
    if (cJSON_IsNumber(node) && !isfinite(node->valuedouble))
        return json_fail(document, to(node), err,
                         "is larger than any number can be (1.8e308)");
    for (const cJSON *child = node->child; child; child = child->next) {
        if (!check_node(document, child, depth + 1, err))
            return false;
    }
    return true;
}

/* With what stands where it could not be read; `text` may have no zero. */
static void not_valid(const char *text, size_t length, const char *place,
                      const char *name, struct error *err)
{
    size_t left = (size_t)(text + length - place);

    error_set(err, ERROR_INPUT, "%s:%zu: not valid JSON near \"%.*s\"", name,
              line_of(text, place), (int)(left < 20 ? left : 20), place);
}

struct json_document *json_parse(const char *text, size_t length,
                                 const char *name, struct error *err)
{
    struct json_document *document = xcalloc(1, sizeof(*document));
    const char *end = NULL;
    size_t bad;

    document->name = xstrdup(name);
    if (!utf8_valid(text, length, &bad)) {
        error_set(err, ERROR_INPUT, "%s:%zu: not UTF-8", name,
                  line_of(text, text + bad));
        goto failed;
    }
    if (memchr(text, '\0', length)) {
        error_set(err, ERROR_INPUT, "%s: a zero byte: this is no JSON", name);
        goto failed;
    }
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        length -= 3;
    }
    if (length == 0) {
        error_set(err, ERROR_INPUT, "%s: empty; expected JSON", name);
        goto failed;
    }
    document->root = cJSON_ParseWithLengthOpts(text, length, &end, false);
    while (document->root && end < text + length && strchr(" \t\r\n", *end))
        end++;
    if (!document->root || end != text + length) {
        not_valid(text, length, end ? end : text, name, err);
        goto failed;
    }
    if (!check_node(document, document->root, 0, err))
        goto failed;
    return document;

failed:
    json_free(document);
    return NULL;
}

struct json_document *json_read_file(const char *path, struct error *err)
{
    struct json_document *document;
    size_t length;
    char *text = file_read(path, FILE_LIMIT, &length, err);

    if (!text)
        return NULL;
    document = json_parse(text, length, path, err);
    free(text);
    return document;
}

void json_free(struct json_document *document)
{
    if (!document)
        return;
    cJSON_Delete(document->root);
    free(document->name);
    free(document);
}

const struct json *json_root(const struct json_document *document)
{
    return to(document->root);
}

const char *json_document_name(const struct json_document *document)
{
    return document->name;
}

enum json_kind json_kind(const struct json *node)
{
    const cJSON *item = from(node);

    if (cJSON_IsObject(item))
        return JSON_OBJECT;
    if (cJSON_IsArray(item))
        return JSON_ARRAY;
    if (cJSON_IsString(item))
        return JSON_STRING;
    if (cJSON_IsNumber(item))
        return JSON_NUMBER;
    if (cJSON_IsBool(item))
        return JSON_BOOL;
    return JSON_NULL;
}

const char *json_kind_name(enum json_kind kind)
{
    static const char *const names[] = {
        [JSON_NULL] = "null",       [JSON_BOOL] = "true or false",
        [JSON_NUMBER] = "a number", [JSON_STRING] = "a text",
        [JSON_ARRAY] = "a list",    [JSON_OBJECT] = "an object",
    };

    return names[kind];
}

const struct json *json_member(const struct json *object, const char *key)
{
    return to(cJSON_GetObjectItemCaseSensitive(from(object), key));
}

size_t json_count(const struct json *list_or_object)
{
    size_t count = 0;

    for (const struct json *node = json_first(list_or_object); node;
         node = json_next(node))
        count++;
    return count;
}

const struct json *json_item(const struct json *list, size_t index)
{
    const struct json *node = json_first(list);

    while (node && index-- > 0)
        node = json_next(node);
    return node;
}

const struct json *json_first(const struct json *list_or_object)
{
    return list_or_object ? to(from(list_or_object)->child) : NULL;
}

const struct json *json_next(const struct json *node)
{
    return to(from(node)->next);
}

const char *json_key(const struct json *member)
{
    return from(member)->string;
}

const char *json_text(const struct json *node)
{
    return node ? cJSON_GetStringValue(from(node)) : NULL;
}

double json_value(const struct json *node, double fallback)
{
    return cJSON_IsNumber(from(node)) ? from(node)->valuedouble : fallback;
}

bool json_truth(const struct json *node, bool fallback)
{
    return cJSON_IsBool(from(node)) ? cJSON_IsTrue(from(node)) : fallback;
}

/* Appends the way from `top` to `wanted`; false when it is not below. */
static bool add_path(const cJSON *top, const cJSON *wanted, struct buf *out)
{
    size_t before = out->length;
    int index = 0;

    if (top == wanted)
        return true;
    for (const cJSON *child = top->child; child; child = child->next) {
        if (child->string)
            buf_addf(out, "%s%s", before ? "." : "", child->string);
        else
            buf_addf(out, "[%d]", index);
        if (add_path(child, wanted, out))
            return true;
        out->length = before;
        out->data[before] = '\0';
        index++;
    }
    return false;
}

void json_path(const struct json_document *document, const struct json *node,
               struct buf *out)
{
    struct buf path = { 0 };

    if (document->root && node)
        add_path(document->root, from(node), &path);
    buf_add_text(out, buf_text(&path));
    buf_release(&path);
}

bool json_fail(const struct json_document *document, const struct json *node,
               struct error *err, const char *format, ...)
{
    struct buf path = { 0 };
    va_list args;

    json_path(document, node, &path);
    err->code = ERROR_INPUT;
    va_start(args, format);
    vsnprintf(err->text, sizeof(err->text), format, args);
    va_end(args);
    if (path.length)
        error_prefix(err, "%s", path.data);
    error_prefix(err, "%s", document->name);
    buf_release(&path);
    return false;
}
