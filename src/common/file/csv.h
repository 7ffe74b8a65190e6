/*
 * csv - tables as RFC 4180 text: columns by name, streaming, errors with
 * lines.
 *
 * Reading accepts a BOM, CRLF, quoted line breaks, and `#` lines before the
 * header; "# key: value" among them is kept as a note.  A row with another
 * number of fields than the header is an error that names its line.  Input
 * that is no UTF-8 is an error, unless the encoding says otherwise.
 */
#ifndef MIEN_FILE_CSV_H
#define MIEN_FILE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "common/base/buf.h"
#include "common/base/error.h"
#include "common/base/text.h"

struct csv_reader;

struct csv_options {
    char separator; /* 0 means ',' */
    bool latin1;    /* ISO-8859-1 instead of UTF-8 */
    bool no_header; /* columns are called "1", "2", ... */
};

/* "-" reads stdin.  `options` may be NULL. */
struct csv_reader *csv_open(const char *path, const struct csv_options *options,
                            struct error *err);
void csv_close(struct csv_reader *reader);

size_t csv_column_count(const struct csv_reader *reader);
const char *csv_column_name(const struct csv_reader *reader, size_t column);
/* The column's number, or -1. */
int csv_find(const struct csv_reader *reader, const char *name);
/* As csv_find(), but fails naming the file, its columns, the nearest one. */
int csv_need(const struct csv_reader *reader, const char *name,
             struct error *err);
/* The value of a "# key: value" line, or NULL. */
const char *csv_note(const struct csv_reader *reader, const char *key);
size_t csv_note_count(const struct csv_reader *reader);
/* The key, and through *value the text; both borrowed. */
const char *csv_note_at(const struct csv_reader *reader, size_t index,
                        const char **value);
/* Fills `err`: no such column, with the nearest name; returns false. */
bool csv_missing_column(const char *path, const struct text_list *names,
                        const char *name, struct error *err);

/* 1: a row was read; 0: the end; -1: `err` is filled. */
int csv_next(struct csv_reader *reader, struct error *err);
/* Field of the present row; borrowed until the next csv_next(). */
const char *csv_field(const struct csv_reader *reader, size_t column);
/* The line on which the present row begins, from 1. */
size_t csv_line(const struct csv_reader *reader);
/* Fills `err`: path:line: column "name" is "value", then the format. */
bool csv_fail(const struct csv_reader *reader, size_t column, struct error *err,
              const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Writing: fields are quoted where they must be. */
void csv_put(struct buf *out, const char *field);
/* Fields with commas between, LF at the end. */
void csv_put_row(struct buf *out, const char *const *field, size_t count);

#endif
