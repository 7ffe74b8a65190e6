/*
 * feature_table - numbers by item and feature: read, looked up, written.
 *
 * Read are our own CSV (`id` and numbers; an empty cell is missing; columns
 * that a line "# not_features: a,b" names are none) and, told
 * apart by their content, openSMILE's CSV with `;` and ARFF: there the id is
 * the instance name without quotes and extension, a `frameTime` column and
 * nominal or text attributes are no features, `?` is missing.  One row an id:
 * tables of frames are refused.
 */
#ifndef MIEN_FEAT_FEATURE_TABLE_H
#define MIEN_FEAT_FEATURE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"

struct feature_note {
    char *key;   /* owned */
    char *value; /* owned */
};

/* Made by feature_table_new() or _read(); the fields are for looking at. */
struct feature_table {
    size_t rows, columns;
    char **id;     /* owned, each too; `rows` of them */
    char **name;   /* owned, each too; `columns` of them */
    double *value; /* owned; row by row; NAN is missing */
    size_t notes;
    struct feature_note *note; /* owned: "# key: value" lines, in order */
    /* Private. */
    size_t row_room;
    size_t *by_id; /* owned: rows in byte order of their ids; may be NULL */
};

enum {
    FEATURE_MAX_COLUMNS = 100000,
    FEATURE_MAX_CELLS = 250000000, /* 2 GB */
};

/* Errors name file, line and column. */
struct feature_table *feature_table_read(const char *path, struct error *err);
void feature_table_free(struct feature_table *table); /* takes NULL */

/* The row of `id`, or -1; not for tables that are still being built. */
long feature_table_row(const struct feature_table *table, const char *id);
/* The column called `name`, or -1. */
long feature_table_column(const struct feature_table *table, const char *name);
double feature_table_get(const struct feature_table *table, size_t row,
                         size_t column);
/* Every value of the row is missing: the modality is absent. */
bool feature_table_absent(const struct feature_table *table, size_t row);
/* The value of a note, or NULL. */
const char *feature_table_note(const struct feature_table *table,
                               const char *key);

/* Building: columns first, then rows; new cells are missing. */
struct feature_table *feature_table_new(void);
void feature_table_add_column(struct feature_table *table, const char *name);
/* The row's values, to be filled in; borrowed until the next row. */
double *feature_table_add_row(struct feature_table *table, const char *id);
void feature_table_add_note(struct feature_table *table, const char *key,
                            const char *value);
/* Own CSV, beside and renamed; "-" is stdout.  By `jobs` as pool_run(). */
bool feature_table_write(const struct feature_table *table, int jobs,
                         const char *path, struct error *err);

#endif
