/* output - see output.h. */
#include <config.h>

#include "common/cli/output.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/utf8.h"
#include "common/base/vec.h"
#include "common/file/csv.h"

const char *const output_format_names[] = { "text", "csv", "json", NULL };

struct table_head {
    char *key;     /* owned */
    char *heading; /* owned */
    enum table_kind kind;
    int decimals;
};

struct table_cell {
    bool missing;
    char *text; /* owned; what missing shows */
    double number;
    int64_t integer;
};

struct table {
    struct {
        struct table_head *item; /* owned */
        size_t count, capacity;
    } columns;
    struct {
        struct table_cell *item; /* owned; row after row */
        size_t count, capacity;
    } cells;
    size_t rows;
};

struct table *table_new(void)
{
    return xcalloc(1, sizeof(struct table));
}

void table_free(struct table *table)
{
    if (!table)
        return;
    for (size_t i = 0; i < table->columns.count; i++) {
        free(table->columns.item[i].key);
        free(table->columns.item[i].heading);
    }
    for (size_t i = 0; i < table->cells.count; i++)
        free(table->cells.item[i].text);
    free(table->columns.item);
    free(table->cells.item);
    free(table);
}

void table_column(struct table *table, const char *key, const char *heading,
                  enum table_kind kind, int decimals)
{
    struct table_head head = { xstrdup(key), xstrdup(heading), kind, decimals };

    assert(table->rows == 0);
    VEC_PUSH(&table->columns, head);
}

void table_begin_row(struct table *table)
{
    assert(table->cells.count == table->rows * table->columns.count);
    table->rows++;
}

static void put(struct table *table, struct table_cell cell)
{
    assert(table->cells.count < table->rows * table->columns.count);
    VEC_PUSH(&table->cells, cell);
}

void table_put_text(struct table *table, const char *text)
{
    put(table, (struct table_cell){ .missing = !text,
                                    .text = text ? xstrdup(text) : NULL });
}

void table_put_number(struct table *table, double value)
{
    put(table,
        (struct table_cell){ .missing = !isfinite(value), .number = value });
}

void table_put_int(struct table *table, int64_t value)
{
    put(table, (struct table_cell){ .integer = value });
}

void table_put_bool(struct table *table, bool value)
{
    put(table, (struct table_cell){ .integer = value });
}

void table_put_missing(struct table *table, const char *shown)
{
    put(table, (struct table_cell){ .missing = true,
                                    .text = shown ? xstrdup(shown) : NULL });
}

static const struct table_cell *at(const struct table *table, size_t row,
                                   size_t column)
{
    return &table->cells.item[row * table->columns.count + column];
}

/* As text output shows it. */
static void show(const struct table *table, size_t row, size_t column,
                 struct buf *out)
{
    const struct table_cell *cell = at(table, row, column);
    const struct table_head *head = &table->columns.item[column];

    buf_clear(out);
    if (cell->missing) {
        buf_add_text(out, cell->text ? cell->text : "-");
        return;
    }
    switch (head->kind) {
    case TABLE_TEXT:
        buf_add_text(out, cell->text);
        break;
    case TABLE_NUMBER:
        buf_addf(out, "%.*f", head->decimals, cell->number);
        break;
    case TABLE_INT:
        buf_addf(out, "%" PRId64, cell->integer);
        break;
    case TABLE_BOOL:
        buf_add_text(out, cell->integer ? "yes" : "no");
        break;
    }
}

static void pad(struct buf *out, const char *text, int width, bool right,
                bool last)
{
    int gap = width - utf8_width(text);

    if (right)
        buf_addf(out, "%*s", gap, "");
    buf_add_text(out, text);
    if (!right && !last)
        buf_addf(out, "%*s", gap, "");
    if (!last)
        buf_add_text(out, "  ");
}

static void print_text(const struct table *table, struct buf *out)
{
    size_t count = table->columns.count;
    int *width = xcalloc(count + 1, sizeof(*width));
    struct buf cell = { 0 };

    for (size_t i = 0; i < count; i++) {
        width[i] = utf8_width(table->columns.item[i].heading);
        for (size_t row = 0; row < table->rows; row++) {
            int cells;

            show(table, row, i, &cell);
            cells = utf8_width(buf_text(&cell));
            width[i] = cells > width[i] ? cells : width[i];
        }
    }
    for (size_t i = 0; i < count; i++)
        pad(out, table->columns.item[i].heading, width[i],
            table->columns.item[i].kind == TABLE_NUMBER ||
                table->columns.item[i].kind == TABLE_INT,
            i + 1 == count);
    buf_add_char(out, '\n');
    for (size_t row = 0; row < table->rows; row++) {
        for (size_t i = 0; i < count; i++) {
            show(table, row, i, &cell);
            pad(out, buf_text(&cell), width[i],
                table->columns.item[i].kind == TABLE_NUMBER ||
                    table->columns.item[i].kind == TABLE_INT,
                i + 1 == count);
        }
        buf_add_char(out, '\n');
    }
    buf_release(&cell);
    free(width);
}

static void print_csv(const struct table *table, struct buf *out)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        if (i)
            buf_add_char(out, ',');
        csv_put(out, table->columns.item[i].key);
    }
    buf_add_char(out, '\n');
    for (size_t row = 0; row < table->rows; row++) {
        for (size_t i = 0; i < table->columns.count; i++) {
            const struct table_cell *cell = at(table, row, i);
            char number[NUMBER_TEXT_SIZE];

            if (i)
                buf_add_char(out, ',');
            if (cell->missing)
                continue;
            if (table->columns.item[i].kind == TABLE_TEXT)
                csv_put(out, cell->text);
            else if (table->columns.item[i].kind == TABLE_NUMBER)
                buf_add_text(out, number_format(cell->number, number));
            else
                buf_addf(out, "%" PRId64, cell->integer);
        }
        buf_add_char(out, '\n');
    }
}

static void put_cell(const struct table_head *head,
                     const struct table_cell *cell, struct json_writer *writer)
{
    if (cell->missing)
        json_pair_text(writer, head->key, NULL);
    else if (head->kind == TABLE_TEXT)
        json_pair_text(writer, head->key, cell->text);
    else if (head->kind == TABLE_NUMBER)
        json_pair_number(writer, head->key, cell->number);
    else if (head->kind == TABLE_INT)
        json_pair_int(writer, head->key, cell->integer);
    else
        json_pair_bool(writer, head->key, cell->integer != 0);
}

void table_put_json(const struct table *table, struct json_writer *writer)
{
    json_begin_list(writer);
    for (size_t row = 0; row < table->rows; row++) {
        json_begin_object(writer);
        for (size_t i = 0; i < table->columns.count; i++)
            put_cell(&table->columns.item[i], at(table, row, i), writer);
        json_end_object(writer);
    }
    json_end_list(writer);
}

void table_print(const struct table *table, enum output_format format,
                 struct buf *out)
{
    struct json_writer writer;

    switch (format) {
    case OUTPUT_TEXT:
        print_text(table, out);
        break;
    case OUTPUT_CSV:
        print_csv(table, out);
        break;
    case OUTPUT_JSON:
        json_writer_init(&writer, out, 2);
        table_put_json(table, &writer);
        break;
    }
}

bool output_write(const struct buf *text, struct error *err)
{
    if (fwrite(buf_text(text), 1, text->length, stdout) == text->length &&
        fflush(stdout) == 0)
        return true;
    return error_set_errno(err, ERROR_IO, "standard output: cannot write");
}
