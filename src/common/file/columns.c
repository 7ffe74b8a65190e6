/* columns - see columns.h. */
#include <config.h>

#include "common/file/columns.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/file/atomic.h"

struct columns {
    char *path; /* owned; NULL when built */
    struct text_list names;
    struct text_list note_keys, note_values; /* same order */
    struct arena texts;                      /* of all cells */
    /* Row after row, columns_count() cells each; NULL is missing. */
    struct {
        const char **item; /* owned; texts in the arena */
        size_t count, capacity;
    } cells;
    struct {
        size_t *item; /* owned; one a row */
        size_t count, capacity;
    } lines;
};

struct columns *columns_new(void)
{
    return xcalloc(1, sizeof(struct columns));
}

static bool read_rows(struct columns *table, struct csv_reader *reader,
                      struct error *err)
{
    size_t count = csv_column_count(reader);
    int got;

    while ((got = csv_next(reader, err)) == 1) {
        for (size_t i = 0; i < count; i++) {
            const char *field = csv_field(reader, i);

            VEC_PUSH(&table->cells,
                     *field ? arena_strdup(&table->texts, field) : NULL);
        }
        VEC_PUSH(&table->lines, csv_line(reader));
    }
    return got == 0;
}

struct columns *columns_read(const char *path,
                             const struct csv_options *options,
                             struct error *err)
{
    struct csv_reader *reader = csv_open(path, options, err);
    struct columns *table;

    if (!reader)
        return NULL;
    table = columns_new();
    table->path = xstrdup(text_equal(path, "-") ? "standard input" : path);
    for (size_t i = 0; i < csv_column_count(reader); i++)
        text_list_add(&table->names, csv_column_name(reader, i));
    for (size_t i = 0; i < csv_note_count(reader); i++) {
        const char *value;
        const char *key = csv_note_at(reader, i, &value);

        columns_set_note(table, key, value);
    }
    if (!read_rows(table, reader, err)) {
        columns_free(table);
        table = NULL;
    }
    csv_close(reader);
    return table;
}

void columns_free(struct columns *table)
{
    if (!table)
        return;
    free(table->path);
    text_list_release(&table->names);
    text_list_release(&table->note_keys);
    text_list_release(&table->note_values);
    arena_release(&table->texts);
    free(table->cells.item);
    free(table->lines.item);
    free(table);
}

size_t columns_rows(const struct columns *table)
{
    return table->lines.count;
}

size_t columns_count(const struct columns *table)
{
    return table->names.count;
}

const char *columns_name(const struct columns *table, size_t column)
{
    return table->names.item[column];
}

int columns_find(const struct columns *table, const char *name)
{
    for (size_t i = 0; i < table->names.count; i++) {
        if (text_equal(table->names.item[i], name))
            return (int)i;
    }
    return -1;
}

int columns_need(const struct columns *table, const char *name,
                 struct error *err)
{
    int column = columns_find(table, name);

    if (column < 0)
        csv_missing_column(table->path ? table->path : "table", &table->names,
                           name, err);
    return column;
}

static const char **cell(const struct columns *table, size_t row, size_t column)
{
    return &table->cells.item[row * table->names.count + column];
}

const char *columns_text(const struct columns *table, size_t row, size_t column)
{
    const char *text = *cell(table, row, column);

    return text ? text : "";
}

bool columns_missing(const struct columns *table, size_t row, size_t column)
{
    return *cell(table, row, column) == NULL;
}

size_t columns_line(const struct columns *table, size_t row)
{
    return table->lines.item[row];
}

bool columns_number(const struct columns *table, size_t row, size_t column,
                    double *value, struct error *err)
{
    if (columns_missing(table, row, column)) {
        *value = NAN;
        return true;
    }
    if (number_parse_measured(columns_text(table, row, column), value))
        return true;
    if (number_parse(columns_text(table, row, column), value))
        return columns_fail(table, row, column, err,
                            "expected a number of at most %g in size",
                            NUMBER_MOST);
    return columns_fail(table, row, column, err, "expected a number");
}

bool columns_is_numeric(const struct columns *table, size_t column)
{
    double value;

    for (size_t row = 0; row < columns_rows(table); row++) {
        if (!columns_missing(table, row, column) &&
            !number_parse(columns_text(table, row, column), &value))
            return false;
    }
    return true;
}

bool columns_fail(const struct columns *table, size_t row, size_t column,
                  struct error *err, const char *format, ...)
{
    char what[256];
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    return error_set(err, ERROR_INPUT, "%s:%zu: column \"%s\" is \"%.60s\", %s",
                     table->path ? table->path : "table",
                     columns_line(table, row), columns_name(table, column),
                     columns_text(table, row, column), what);
}

const char *columns_note(const struct columns *table, const char *key)
{
    for (size_t i = 0; i < table->note_keys.count; i++) {
        if (text_equal(table->note_keys.item[i], key))
            return table->note_values.item[i];
    }
    return NULL;
}

void columns_set_note(struct columns *table, const char *key, const char *value)
{
    for (size_t i = 0; i < table->note_keys.count; i++) {
        if (text_equal(table->note_keys.item[i], key)) {
            free(table->note_values.item[i]);
            table->note_values.item[i] = xstrdup(value);
            return;
        }
    }
    text_list_add(&table->note_keys, key);
    text_list_add(&table->note_values, value);
}

size_t columns_add(struct columns *table, const char *name)
{
    size_t before = table->names.count;
    size_t rows = columns_rows(table);

    text_list_add(&table->names, name);
    for (size_t i = 0; i < rows; i++)
        VEC_PUSH(&table->cells, NULL);
    for (size_t row = rows; row-- > 0;) { /* from the end: rows move apart */
        memmove(cell(table, row, 0), table->cells.item + row * before,
                before * sizeof(*table->cells.item));
        *cell(table, row, before) = NULL;
    }
    return before;
}

size_t columns_add_row(struct columns *table)
{
    for (size_t i = 0; i < table->names.count; i++)
        VEC_PUSH(&table->cells, NULL);
    VEC_PUSH(&table->lines, 0);
    return table->lines.count - 1;
}

void columns_set(struct columns *table, size_t row, size_t column,
                 const char *text)
{
    *cell(table, row, column) =
        text && *text ? arena_strdup(&table->texts, text) : NULL;
}

void columns_set_number(struct columns *table, size_t row, size_t column,
                        double value)
{
    char text[NUMBER_TEXT_SIZE];

    columns_set(table, row, column,
                isfinite(value) ? number_format(value, text) : NULL);
}

void columns_filter(struct columns *table, const bool *keep)
{
    size_t width = table->names.count;
    size_t kept = 0;

    for (size_t row = 0; row < table->lines.count; row++) {
        if (!keep[row])
            continue;
        if (kept != row)
            memcpy(table->cells.item + kept * width,
                   table->cells.item + row * width,
                   width * sizeof(*table->cells.item));
        table->lines.item[kept++] = table->lines.item[row];
    }
    table->lines.count = kept;
    table->cells.count = kept * width;
}

bool columns_only(const struct columns *table, const char *expression,
                  bool *keep, struct error *err)
{
    const char *equals = strchr(expression, '=');
    struct text_list values = { 0 };
    char *name;
    int column;

    if (!equals || equals == expression)
        return error_set(err, ERROR_USAGE,
                         "--only: \"%s\" is not of the form COL=V,...",
                         expression);
    name = xstrndup(expression, (size_t)(equals - expression));
    column = columns_find(table, name);
    if (column < 0) {
        csv_missing_column(table->path ? table->path : "the table",
                           &table->names, name, err);
        error_prefix(err, "--only %s", expression);
    }
    free(name);
    if (column < 0)
        return false;
    text_list_split(&values, equals + 1, ',');
    for (size_t row = 0; row < columns_rows(table); row++) {
        if (!text_list_has(&values, columns_text(table, row, (size_t)column)))
            keep[row] = false;
    }
    text_list_release(&values);
    return true;
}

bool columns_keep_only(struct columns *table, const struct text_list *only,
                       struct error *err)
{
    bool *keep = xmalloc((columns_rows(table) + 1) * sizeof(*keep));
    bool good = true;

    memset(keep, true, columns_rows(table));
    for (size_t i = 0; good && i < only->count; i++)
        good = columns_only(table, only->item[i], keep, err);
    if (good)
        columns_filter(table, keep);
    free(keep);
    return good;
}

void columns_print(const struct columns *table, struct buf *out)
{
    size_t width = table->names.count;
    const char **field = xcalloc(width + 1, sizeof(*field));

    for (size_t i = 0; i < table->note_keys.count; i++)
        buf_addf(out, "# %s: %s\n", table->note_keys.item[i],
                 table->note_values.item[i]);
    for (size_t i = 0; i < width; i++)
        field[i] = table->names.item[i];
    csv_put_row(out, field, width);
    for (size_t row = 0; row < columns_rows(table); row++) {
        for (size_t i = 0; i < width; i++)
            field[i] = columns_text(table, row, i);
        csv_put_row(out, field, width);
    }
    free(field);
}

bool columns_write(const struct columns *table, const char *path,
                   struct error *err)
{
    struct buf out = { 0 };
    bool good;

    columns_print(table, &out);
    good = atomic_write(path, buf_text(&out), out.length, err);
    buf_release(&out);
    return good;
}
