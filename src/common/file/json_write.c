/* json_write - exact JSON text, streamed or canonical. */
#include <config.h>

#include "common/file/json.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"

static void add_string(struct buf *out, const char *text)
{
    buf_add_char(out, '"');
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte == '"' || byte == '\\')
            buf_addf(out, "\\%c", byte);
        else if (byte == '\n')
            buf_add_text(out, "\\n");
        else if (byte == '\t')
            buf_add_text(out, "\\t");
        else if (byte < 0x20 || byte == 0x7f)
            buf_addf(out, "\\u%04x", byte);
        else
            buf_add_char(out, *text);
    }
    buf_add_char(out, '"');
}

static void add_number(struct buf *out, double value)
{
    char text[NUMBER_TEXT_SIZE];

    buf_add_text(out, isfinite(value) ? number_format(value, text) : "null");
}

static int by_key(const void *a, const void *b)
{
    return strcmp(json_key(*(const struct json *const *)a),
                  json_key(*(const struct json *const *)b));
}

static void canonical_object(const struct json *node, struct buf *out)
{
    size_t count = json_count(node);
    const struct json **member = xcalloc(count + 1, sizeof(*member));
    size_t n = 0;

    for (const struct json *child = json_first(node); child;
         child = json_next(child))
        member[n++] = child;
    qsort(member, n, sizeof(*member), by_key);
    buf_add_char(out, '{');
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_add_char(out, ',');
        add_string(out, json_key(member[i]));
        buf_add_char(out, ':');
        json_canonical(member[i], out);
    }
    buf_add_char(out, '}');
    free(member);
}

void json_canonical(const struct json *node, struct buf *out)
{
    switch (json_kind(node)) {
    case JSON_NULL:
        buf_add_text(out, "null");
        break;
    case JSON_BOOL:
        buf_add_text(out, json_truth(node, false) ? "true" : "false");
        break;
    case JSON_NUMBER:
        add_number(out, json_value(node, 0));
        break;
    case JSON_STRING:
        add_string(out, json_text(node));
        break;
    case JSON_ARRAY:
        buf_add_char(out, '[');
        for (const struct json *child = json_first(node); child;
             child = json_next(child)) {
            if (child != json_first(node))
                buf_add_char(out, ',');
            json_canonical(child, out);
        }
        buf_add_char(out, ']');
        break;
    case JSON_OBJECT:
        canonical_object(node, out);
        break;
    }
}

void json_writer_init(struct json_writer *writer, struct buf *out, int indent)
{
    *writer = (struct json_writer){ .out = out, .indent = indent };
}

static void new_line(struct json_writer *writer)
{
    if (!writer->indent)
        return;
    buf_add_char(writer->out, '\n');
    for (int i = 0; i < writer->depth * writer->indent; i++)
        buf_add_char(writer->out, ' ');
}

/* Before a value or a key: the comma and the line break that it needs. */
static void separate(struct json_writer *writer)
{
    uint64_t bit = UINT64_C(1) << writer->depth;

    if (writer->after_key) {
        writer->after_key = false;
        return;
    }
    if (writer->filled & bit)
        buf_add_char(writer->out, ',');
    writer->filled |= bit;
    if (writer->depth)
        new_line(writer);
}

static void begin(struct json_writer *writer, char bracket)
{
    separate(writer);
    buf_add_char(writer->out, bracket);
    writer->depth++;
    assert(writer->depth < 64);
    writer->filled &= ~(UINT64_C(1) << writer->depth);
}

static void end(struct json_writer *writer, char bracket)
{
    bool filled = writer->filled >> writer->depth & 1;

    assert(writer->depth > 0 && !writer->after_key);
    writer->depth--;
    if (filled)
        new_line(writer);
    buf_add_char(writer->out, bracket);
    if (writer->depth == 0 && writer->indent)
        buf_add_char(writer->out, '\n');
}

void json_begin_object(struct json_writer *writer)
{
    begin(writer, '{');
}

void json_end_object(struct json_writer *writer)
{
    end(writer, '}');
}

void json_begin_list(struct json_writer *writer)
{
    begin(writer, '[');
}

void json_end_list(struct json_writer *writer)
{
    end(writer, ']');
}

void json_put_key(struct json_writer *writer, const char *key)
{
    assert(!writer->after_key);
    separate(writer);
    add_string(writer->out, key);
    buf_add_text(writer->out, writer->indent ? ": " : ":");
    writer->after_key = true;
}

void json_put_text(struct json_writer *writer, const char *text)
{
    separate(writer);
    add_string(writer->out, text);
}

void json_put_number(struct json_writer *writer, double value)
{
    separate(writer);
    add_number(writer->out, value);
}

void json_put_int(struct json_writer *writer, int64_t value)
{
    separate(writer);
    buf_addf(writer->out, "%" PRId64, value);
}

void json_put_bool(struct json_writer *writer, bool value)
{
    separate(writer);
    buf_add_text(writer->out, value ? "true" : "false");
}

void json_put_null(struct json_writer *writer)
{
    separate(writer);
    buf_add_text(writer->out, "null");
}

void json_pair_text(struct json_writer *writer, const char *key,
                    const char *text)
{
    json_put_key(writer, key);
    if (text)
        json_put_text(writer, text);
    else
        json_put_null(writer);
}

void json_pair_number(struct json_writer *writer, const char *key, double value)
{
    json_put_key(writer, key);
    json_put_number(writer, value);
}

void json_pair_int(struct json_writer *writer, const char *key, int64_t value)
{
    json_put_key(writer, key);
    json_put_int(writer, value);
}

void json_pair_bool(struct json_writer *writer, const char *key, bool value)
{
    json_put_key(writer, key);
    json_put_bool(writer, value);
}
