/* corpus_join - cells of the corpus table: translated, joined by key. */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/path.h"
#include "common/study/corpus_internal.h"

const char *corpus_rows_look(void *context, const char *name)
{
    const struct corpus_rows *rows = context;
    const char *stem = rows->stem.item[rows->row];
    int column;

    if (text_equal(name, "path"))
        return stem;
    if (text_equal(name, "name"))
        return path_name(stem);
    column = columns_find(rows->table, name);
    return column < 0 ? ""
                      : columns_text(rows->table, rows->row, (size_t)column);
}

void corpus_rows_set(struct corpus_rows *rows, const char *name,
                     const char *value)
{
    columns_set(rows->table, rows->row, (size_t)columns_find(rows->table, name),
                value);
}

static int by_from(const void *key, const void *entry)
{
    return strcmp(key, ((const struct corpus_entry *)entry)->from);
}

const char *corpus_translate(const struct corpus_column *column,
                             const char *value, struct corpus_gap *gap)
{
    const struct corpus_entry *entry;

    if (!column->has_map || !value[0])
        return value;
    entry = bsearch(value, column->map, column->map_count, sizeof(*column->map),
                    by_from);
    if (entry)
        return entry->to;
    if (column->otherwise)
        return column->otherwise;
    if (gap->count++ == 0)
        gap->example = xstrdup(value);
    return "";
}

void corpus_note_gaps(const struct corpus_columns *columns,
                      struct corpus_gap *gaps, struct fault_list *notes)
{
    for (size_t i = 0; i < columns->count; i++) {
        if (gaps[i].count > 0)
            fault_add_warning(notes, columns->item[i].name,
                              "stays empty in %zu rows: the map has nothing "
                              "for \"%s\"",
                              gaps[i].count, gaps[i].example);
        free(gaps[i].example);
    }
    free(gaps);
}

/* A row of the side table under its key. */
struct key_row {
    const char *key;
    size_t row;
};

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct key_row *)a)->key,
                  ((const struct key_row *)b)->key);
}

/* Sorted by key; the caller's.  A key that stands twice is an error. */
static struct key_row *index_by_key(const struct columns *table,
                                    const char *name, size_t *count,
                                    struct error *err)
{
    int column = columns_need(table, name, err);
    struct key_row *index;

    *count = 0;
    if (column < 0)
        return NULL;
    index = xcalloc(columns_rows(table) + 1, sizeof(*index));
    for (size_t row = 0; row < columns_rows(table); row++) {
        const char *key = columns_text(table, row, (size_t)column);

        if (key[0])
            index[(*count)++] = (struct key_row){ key, row };
    }
    qsort(index, *count, sizeof(*index), by_key);
    for (size_t i = 1; i < *count; i++) {
        if (by_key(&index[i], &index[i - 1]) != 0)
            continue;
        columns_fail(table, index[i].row, (size_t)column, err,
                     "which also stands on line %zu; narrow the rows down "
                     "with \"where\"",
                     columns_line(table, index[i - 1].row));
        free(index);
        return NULL;
    }
    return index;
}

/* A number with its decimal comma, if there is one, made a point. */
static bool put_number(const struct corpus_side *side,
                       const struct columns *table, size_t row, size_t column,
                       struct buf *out, struct error *err)
{
    const char *text = columns_text(table, row, column);
    double value;

    buf_clear(out);
    for (; *text; text++)
        buf_add_char(out, side->decimal_comma && *text == ',' ? '.' : *text);
    if (out->length == 0 || number_parse(buf_text(out), &value))
        return true;
    return columns_fail(table, row, column, err, "expected a number%s",
                        side->decimal_comma ? " such as 12,5" : "");
}

static bool put_ratio(const struct columns *table, size_t row, size_t above,
                      size_t below, struct buf *out, struct error *err)
{
    char text[NUMBER_TEXT_SIZE];
    double a, b;

    buf_clear(out);
    if (!columns_number(table, row, above, &a, err) ||
        !columns_number(table, row, below, &b, err))
        return false;
    if (!isnan(a) && !isnan(b) && b != 0)
        buf_add_text(out, number_format(a / b, text));
    return true;
}

/* One cell of the side table, as the corpus table has it. */
static bool make_cell(const struct corpus_side *side,
                      const struct corpus_column *column,
                      const struct columns *table, size_t row, struct buf *out,
                      struct error *err)
{
    int from = columns_need(table, column->from, err);
    int divide = column->divide ? columns_need(table, column->divide, err) : 0;

    if (from < 0 || divide < 0)
        return false;
    if (column->divide)
        return put_ratio(table, row, (size_t)from, (size_t)divide, out, err);
    if (column->number)
        return put_number(side, table, row, (size_t)from, out, err);
    buf_clear(out);
    buf_add_text(out, columns_text(table, row, (size_t)from));
    return true;
}

bool corpus_fill_row(const struct corpus_side *side,
                     const struct columns *table, size_t source,
                     struct corpus_rows *rows, struct corpus_gap *gaps,
                     struct error *err)
{
    struct buf cell = { 0 };
    bool good = true;

    for (size_t i = 0; good && i < side->columns.count; i++) {
        const struct corpus_column *column = &side->columns.item[i];

        good = make_cell(side, column, table, source, &cell, err);
        if (good)
            corpus_rows_set(
                rows, column->name,
                corpus_translate(column, buf_text(&cell), &gaps[i]));
    }
    buf_release(&cell);
    return good;
}

static bool fill(const struct corpus_side *side, const struct columns *table,
                 const struct key_row *index, size_t count,
                 struct corpus_rows *rows, struct fault_list *notes,
                 struct error *err)
{
    struct corpus_gap *gaps = xcalloc(side->columns.count + 1, sizeof(*gaps));
    struct buf key = { 0 };
    size_t without = 0;
    bool good = true;

    for (rows->row = 0; good && rows->row < columns_rows(rows->table);
         rows->row++) {
        struct key_row wanted = { 0 };
        const struct key_row *found;

        buf_clear(&key);
        corpus_template_expand(side->match, corpus_rows_look, rows, &key);
        wanted.key = buf_text(&key);
        found = bsearch(&wanted, index, count, sizeof(*index), by_key);
        if (found)
            good = corpus_fill_row(side, table, found->row, rows, gaps, err);
        else
            without++;
    }
    if (good && without > 0)
        fault_add_warning(notes, side->file[0],
                          "has nothing for %zu of %zu rows", without,
                          columns_rows(rows->table));
    corpus_note_gaps(&side->columns, gaps, notes);
    buf_release(&key);
    return good;
}

bool corpus_join(const struct corpus_side *side, const char *folder,
                 struct corpus_rows *rows, struct fault_list *notes,
                 struct error *err)
{
    struct columns *table = corpus_side_load(side, folder, err);
    struct key_row *index;
    size_t count;
    bool good;

    if (!table)
        return false;
    index = index_by_key(table, side->key, &count, err);
    good = index && fill(side, table, index, count, rows, notes, err);
    free(index);
    columns_free(table);
    return good;
}
