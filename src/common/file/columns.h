/*
 * columns - a whole table in memory, as text by row and column.
 *
 * Cells are kept as text (what was read is what is written); numbers are
 * parsed when asked for, with an error that names file, line and column.  An
 * empty cell is a missing value.
 */
#ifndef MIEN_FILE_COLUMNS_H
#define MIEN_FILE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/base/text.h"
#include "common/file/csv.h"

struct columns;

struct columns *columns_new(void); /* no rows, no columns */
struct columns *columns_read(const char *path,
                             const struct csv_options *options,
                             struct error *err);
void columns_free(struct columns *table);

size_t columns_rows(const struct columns *table);
size_t columns_count(const struct columns *table);
const char *columns_name(const struct columns *table, size_t column);
int columns_find(const struct columns *table, const char *name); /* or -1 */
/* As csv_need(). */
int columns_need(const struct columns *table, const char *name,
                 struct error *err);
/* Never NULL; "" when missing. */
const char *columns_text(const struct columns *table, size_t row,
                         size_t column);
bool columns_missing(const struct columns *table, size_t row, size_t column);
/* The line of the file a row came from; 0 when it came from none. */
size_t columns_line(const struct columns *table, size_t row);
/*
 * False on a cell that is no number, or one beyond NUMBER_MOST in size; a
 * missing one gives NAN and true.
 */
bool columns_number(const struct columns *table, size_t row, size_t column,
                    double *value, struct error *err);
/* Every cell of the column that is not missing is a number. */
bool columns_is_numeric(const struct columns *table, size_t column);
/* Fills `err`: path:line: column "name" is "value", then the format. */
bool columns_fail(const struct columns *table, size_t row, size_t column,
                  struct error *err, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Notes are "# key: value" lines before the header. */
const char *columns_note(const struct columns *table, const char *key);
void columns_set_note(struct columns *table, const char *key,
                      const char *value);

/* Building: the new column's number; cells of it are missing. */
size_t columns_add(struct columns *table, const char *name);
size_t columns_add_row(struct columns *table);
void columns_set(struct columns *table, size_t row, size_t column,
                 const char *text);
void columns_set_number(struct columns *table, size_t row, size_t column,
                        double value); /* NAN makes it missing */

/* Keeps only the rows for which keep[row] is true. */
void columns_filter(struct columns *table, const bool *keep);

/*
 * `--only COL=V,...`: marks the rows whose cell is one of the values.
 * keep[] has columns_rows() places and is and-ed.
 */
bool columns_only(const struct columns *table, const char *expression,
                  bool *keep, struct error *err);

/* The same for a list of them, of which all must hold; filters the rows. */
bool columns_keep_only(struct columns *table, const struct text_list *only,
                       struct error *err);

void columns_print(const struct columns *table, struct buf *out);
/* Beside and renamed; "-" is stdout. */
bool columns_write(const struct columns *table, const char *path,
                   struct error *err);

#endif
