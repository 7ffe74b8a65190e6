/*
 * output - one table of results, printed as text, CSV or JSON.
 *
 *     struct table *table = table_new();
 *     table_column(table, "group", "group", TABLE_TEXT, 0);
 *     table_column(table, "uar", "UAR", TABLE_NUMBER, 3);
 *     table_begin_row(table);
 *     table_put_text(table, "female");
 *     table_put_number(table, 0.8445);
 *     table_print(table, OUTPUT_TEXT, &out);
 *     table_free(table);
 *
 * Text rounds numbers to the column's decimals and aligns by terminal cells;
 * CSV and JSON write them in full.  JSON is a list of objects.
 */
#ifndef MIEN_CLI_OUTPUT_H
#define MIEN_CLI_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/error.h"
#include "common/file/json.h"

enum output_format { OUTPUT_TEXT, OUTPUT_CSV, OUTPUT_JSON };

/* "text", "csv", "json", NULL: the choices of a --format option. */
extern const char *const output_format_names[];

enum table_kind { TABLE_TEXT, TABLE_NUMBER, TABLE_INT, TABLE_BOOL };

struct table;

struct table *table_new(void);
void table_free(struct table *table);
/* `key` names it in CSV and JSON, `heading` in text. */
void table_column(struct table *table, const char *key, const char *heading,
                  enum table_kind kind, int decimals);
void table_begin_row(struct table *table);
/* Values of the row, left to right. */
void table_put_text(struct table *table, const char *text); /* NULL: missing */
void table_put_number(struct table *table, double value);   /* NAN: missing */
void table_put_int(struct table *table, int64_t value);
void table_put_bool(struct table *table, bool value);
/* Missing, with what text output shows in its place ("-" when NULL). */
void table_put_missing(struct table *table, const char *shown);

void table_print(const struct table *table, enum output_format format,
                 struct buf *out);
/* The rows as a list, where a larger JSON document wants them. */
void table_put_json(const struct table *table, struct json_writer *writer);

/* Writes to stdout; false with ERROR_IO when that fails (a full disk). */
bool output_write(const struct buf *text, struct error *err);

#endif
