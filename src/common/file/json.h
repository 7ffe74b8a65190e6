/*
 * json - the only door to cJSON: strict reading, exact writing.
 *
 * Reading refuses trailing text, duplicate keys, nesting deeper than 100, and
 * numbers that a double cannot hold: all that are read are finite.
 * A getter that meets a bad value names it by its path:
 * "protocols/ema.json: questions[2].max: must be a number".
 */
#ifndef MIEN_FILE_JSON_H
#define MIEN_FILE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/error.h"

struct json_document; /* owns all its nodes */
struct json;          /* a node, borrowed from its document */

/* `name` stands before every error: a file's path. */
struct json_document *json_parse(const char *text, size_t length,
                                 const char *name, struct error *err);
/* At most 64 MiB. */
struct json_document *json_read_file(const char *path, struct error *err);
void json_free(struct json_document *document);
const struct json *json_root(const struct json_document *document);
const char *json_document_name(const struct json_document *document);

enum json_kind {
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
};

enum json_kind json_kind(const struct json *node);
const char *json_kind_name(enum json_kind kind); /* "a number", "a list" */

/* Plain looks; NULL or the fallback when absent or of another kind. */
const struct json *json_member(const struct json *object, const char *key);
size_t json_count(const struct json *list_or_object);
const struct json *json_item(const struct json *list, size_t index);
/* Walks lists and objects: the first, then the next; NULL at the end. */
const struct json *json_first(const struct json *list_or_object);
const struct json *json_next(const struct json *node);
const char *json_key(const struct json *member); /* NULL in a list */
const char *json_text(const struct json *node);  /* NULL if no string */
double json_value(const struct json *node, double fallback);
bool json_truth(const struct json *node, bool fallback);

/* Fills `err` with "name: path: format"; returns false. */
bool json_fail(const struct json_document *document, const struct json *node,
               struct error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* "questions[2].max" of a node of this document; "" for the root. */
void json_path(const struct json_document *document, const struct json *node,
               struct buf *out);

/*
 * Members by key.  `need_` fails when absent; `want_` leaves *value as it is
 * when absent (or null).  Both fail when the kind is another.  Strings are
 * borrowed from the document.
 */
bool json_need_text(const struct json_document *document,
                    const struct json *object, const char *key,
                    const char **value, struct error *err);
bool json_want_text(const struct json_document *document,
                    const struct json *object, const char *key,
                    const char **value, struct error *err);
bool json_need_number(const struct json_document *document,
                      const struct json *object, const char *key, double *value,
                      struct error *err);
bool json_want_number(const struct json_document *document,
                      const struct json *object, const char *key, double *value,
                      struct error *err);
/* Whole numbers up to 2^53. */
bool json_need_int(const struct json_document *document,
                   const struct json *object, const char *key, int64_t *value,
                   struct error *err);
bool json_want_int(const struct json_document *document,
                   const struct json *object, const char *key, int64_t *value,
                   struct error *err);
bool json_want_bool(const struct json_document *document,
                    const struct json *object, const char *key, bool *value,
                    struct error *err);
/* An object, or a list, or NULL when absent; false when another kind. */
bool json_want_object(const struct json_document *document,
                      const struct json *object, const char *key,
                      const struct json **value, struct error *err);
bool json_want_list(const struct json_document *document,
                    const struct json *object, const char *key,
                    const struct json **value, struct error *err);
/* `keys` ends with NULL; an unknown key is an error with the nearest one. */
bool json_check_keys(const struct json_document *document,
                     const struct json *object, const char *const *keys,
                     struct error *err);

/* The node as canonical JSON: no blanks, keys in byte order. */
void json_canonical(const struct json *node, struct buf *out);

/*
 * Writing: values in order, commas and indents by the writer.  `indent` 0
 * writes one line.  Keys and values must alternate within an object (an
 * assertion holds it).  A number that is not finite is written as null.
 */
struct json_writer {
    struct buf *out; /* borrowed */
    int indent;
    int depth;
    uint64_t filled; /* bit d: depth d has a value already */
    bool after_key;
};

void json_writer_init(struct json_writer *writer, struct buf *out, int indent);
void json_begin_object(struct json_writer *writer);
void json_end_object(struct json_writer *writer);
void json_begin_list(struct json_writer *writer);
void json_end_list(struct json_writer *writer);
void json_put_key(struct json_writer *writer, const char *key);
void json_put_text(struct json_writer *writer, const char *text);
void json_put_number(struct json_writer *writer, double value);
void json_put_int(struct json_writer *writer, int64_t value);
void json_put_bool(struct json_writer *writer, bool value);
void json_put_null(struct json_writer *writer);
/* Key and value in one. */
void json_pair_text(struct json_writer *writer, const char *key,
                    const char *text); /* NULL writes null */
void json_pair_number(struct json_writer *writer, const char *key,
                      double value);
void json_pair_int(struct json_writer *writer, const char *key, int64_t value);
void json_pair_bool(struct json_writer *writer, const char *key, bool value);

#endif
