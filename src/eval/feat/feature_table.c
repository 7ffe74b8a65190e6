/*
 * feature_table - the table itself: building, looking up, writing.
 */
#include <config.h>

#include "eval/feat/feature_table.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/pool.h"
#include "common/base/text.h"
#include "common/file/atomic.h"
#include "common/file/csv.h"
#include "eval/feat/feature_read_internal.h"

struct feature_table *feature_table_new(void)
{
    return xcalloc(1, sizeof(struct feature_table));
}

void feature_table_free(struct feature_table *table)
{
    if (!table)
        return;
    for (size_t i = 0; i < table->rows; i++)
        free(table->id[i]);
    for (size_t i = 0; i < table->columns; i++)
        free(table->name[i]);
    for (size_t i = 0; i < table->notes; i++) {
        free(table->note[i].key);
        free(table->note[i].value);
    }
    free(table->id);
    free(table->name);
    free(table->value);
    free(table->note);
    free(table->by_id);
    free(table);
}

void feature_table_add_column(struct feature_table *table, const char *name)
{
    assert(table->rows == 0);
    table->name =
        xreallocarray(table->name, table->columns + 1, sizeof(*table->name));
    table->name[table->columns++] = xstrdup(name);
}

double *feature_table_add_row(struct feature_table *table, const char *id)
{
    double *value;

    if (table->rows == table->row_room) {
        table->row_room = table->row_room ? table->row_room * 2 : 64;
        table->id =
            xreallocarray(table->id, table->row_room, sizeof(*table->id));
        table->value =
            xreallocarray(table->value, table->row_room,
                          (table->columns + 1) * sizeof(*table->value));
    }
    table->id[table->rows] = xstrdup(id);
    value = table->value + table->rows * table->columns;
    for (size_t i = 0; i < table->columns; i++)
        value[i] = NAN;
    table->rows++;
    return value;
}

void feature_table_add_note(struct feature_table *table, const char *key,
                            const char *value)
{
    table->note =
        xreallocarray(table->note, table->notes + 1, sizeof(*table->note));
    table->note[table->notes].key = xstrdup(key);
    table->note[table->notes].value = xstrdup(value);
    table->notes++;
}

const char *feature_table_note(const struct feature_table *table,
                               const char *key)
{
    for (size_t i = 0; i < table->notes; i++)
        if (text_equal(table->note[i].key, key))
            return table->note[i].value;
    return NULL;
}

double feature_table_get(const struct feature_table *table, size_t row,
                         size_t column)
{
    assert(row < table->rows && column < table->columns);
    return table->value[row * table->columns + column];
}

bool feature_table_absent(const struct feature_table *table, size_t row)
{
    for (size_t i = 0; i < table->columns; i++)
        if (!isnan(feature_table_get(table, row, i)))
            return false;
    return true;
}

long feature_table_column(const struct feature_table *table, const char *name)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table->name[i], name) == 0)
            return (long)i;
    return -1;
}

/* Heap order of rows by id; ties by row, so that doubles stand in order. */
static int compare_rows(const struct feature_table *table, size_t a, size_t b)
{
    int order = strcmp(table->id[a], table->id[b]);

    return order ? order : a < b ? -1 : a > b;
}

static int compare(const void *a, const void *b, void *table)
{
    return compare_rows(table, *(const size_t *)a, *(const size_t *)b);
}

/* Makes by_id; an id that stands twice is an error. */
static bool index_rows(struct feature_table *table, const char *path,
                       struct error *err)
{
    table->by_id = xreallocarray(NULL, table->rows + 1, sizeof(size_t));
    for (size_t i = 0; i < table->rows; i++)
        table->by_id[i] = i;
    qsort_r(table->by_id, table->rows, sizeof(size_t), compare, table);
    for (size_t i = 1; i < table->rows; i++) {
        const char *id = table->id[table->by_id[i]];

        if (strcmp(id, table->id[table->by_id[i - 1]]) == 0)
            return error_set(err, ERROR_INPUT,
                             "%s: id \"%s\" stands in more than one row; "
                             "a feature table has one row an item",
                             path, id);
    }
    return true;
}

long feature_table_row(const struct feature_table *table, const char *id)
{
    size_t low = 0, high = table->rows;

    assert(table->by_id || table->rows == 0);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(table->id[table->by_id[middle]], id);

        if (order == 0)
            return (long)table->by_id[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

enum shape { SHAPE_OWN, SHAPE_OPENSMILE, SHAPE_ARFF };

/* By the first line that says something. */
static enum shape shape_of(const char *path)
{
    FILE *file = fopen(path, "rb");
    enum shape shape = SHAPE_OWN;
    char *line = NULL;
    size_t room = 0;

    if (!file)
        return SHAPE_OWN; /* whose reader says what is wrong */
    while (getline(&line, &room, file) > 0) {
        const char *text = line + strspn(line, " \t\r\n\xef\xbb\xbf");

        if (*text == '\0' || *text == '#' || *text == '%')
            continue;
        if (strncasecmp(text, "@relation", 9) == 0)
            shape = SHAPE_ARFF;
        else if (strncmp(text, "name;", 5) == 0)
            shape = SHAPE_OPENSMILE;
        break;
    }
    free(line);
    fclose(file);
    return shape;
}

bool feature_read_limits(const struct feature_table *table, const char *path,
                         struct error *err)
{
    if (table->columns == 0)
        return error_set(err, ERROR_INPUT, "%s: has no feature in it", path);
    if (table->columns > FEATURE_MAX_COLUMNS ||
        table->rows > FEATURE_MAX_CELLS / table->columns)
        return error_set(err, ERROR_LIMIT,
                         "%s: more than %d columns or %d cells", path,
                         FEATURE_MAX_COLUMNS, FEATURE_MAX_CELLS);
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Two features of one name, or one called as the column of ids is. */
static bool check_names(const struct feature_table *table, const char *path,
                        struct error *err)
{
    const char **name = xcalloc(table->columns + 1, sizeof(*name));
    bool good = true;

    memcpy(name, table->name, table->columns * sizeof(*name));
    qsort(name, table->columns, sizeof(*name), by_text);
    for (size_t i = 0; good && i < table->columns; i++) {
        if (i > 0 && text_equal(name[i], name[i - 1]) && *name[i])
            good = error_set(err, ERROR_INPUT,
                             "%s: feature \"%s\" stands twice in it", path,
                             name[i]);
        else if (text_equal(name[i], "id"))
            good = error_set(err, ERROR_INPUT,
                             "%s: a feature is called \"id\", as the items' "
                             "own column is; call it otherwise",
                             path);
    }
    free(name);
    return good;
}

struct feature_table *feature_table_read(const char *path, struct error *err)
{
    struct feature_table *table = feature_table_new();
    bool good = false;

    switch (strcmp(path, "-") == 0 ? SHAPE_OWN : shape_of(path)) {
    case SHAPE_OWN:
        good = feature_read_csv(table, path, err);
        break;
    case SHAPE_OPENSMILE:
        good = feature_read_opensmile(table, path, err);
        break;
    case SHAPE_ARFF:
        good = feature_read_arff(table, path, err);
        break;
    }
    if (good && check_names(table, path, err) && index_rows(table, path, err))
        return table;
    feature_table_free(table);
    return NULL;
}

static void put_number(struct buf *out, double value)
{
    char text[NUMBER_TEXT_SIZE];

    buf_add_char(out, ',');
    if (!isnan(value))
        buf_add_text(out, number_format(value, text));
}

enum { PIECE_CELLS = 4096 }; /* of a piece: some ms of writing down */

/* Rows in pieces of `rows` each, written down side by side. */
struct writing {
    const struct feature_table *table;
    size_t rows;
    struct buf *piece; /* owned, each too */
};

static bool write_piece(void *context, size_t index, struct error *err)
{
    struct writing *writing = context;
    const struct feature_table *table = writing->table;
    struct buf *out = &writing->piece[index];
    size_t end = (index + 1) * writing->rows;

    (void)err;
    for (size_t i = index * writing->rows; i < end && i < table->rows; i++) {
        csv_put(out, table->id[i]);
        for (size_t k = 0; k < table->columns; k++)
            put_number(out, feature_table_get(table, i, k));
        buf_add_char(out, '\n');
    }
    return true;
}

static bool put_rows(const struct feature_table *table, int jobs,
                     struct buf *out, struct error *err)
{
    struct writing writing = { .table = table,
                               .rows = PIECE_CELLS / (table->columns + 1) + 1 };
    size_t pieces = (table->rows + writing.rows - 1) / writing.rows;
    bool good;

    writing.piece = xcalloc(pieces + 1, sizeof(*writing.piece));
    good = pool_run(jobs, pieces, write_piece, &writing, err);
    for (size_t i = 0; i < pieces; i++) {
        if (good)
            buf_add(out, buf_text(&writing.piece[i]), writing.piece[i].length);
        buf_release(&writing.piece[i]);
    }
    free(writing.piece);
    return good;
}

bool feature_table_write(const struct feature_table *table, int jobs,
                         const char *path, struct error *err)
{
    struct buf out = { 0 };
    bool good;

    for (size_t i = 0; i < table->notes; i++)
        buf_addf(&out, "# %s: %s\n", table->note[i].key, table->note[i].value);
    buf_add_text(&out, "id");
    for (size_t i = 0; i < table->columns; i++) {
        buf_add_char(&out, ',');
        csv_put(&out, table->name[i]);
    }
    buf_add_char(&out, '\n');
    good = put_rows(table, jobs, &out, err) &&
           atomic_write(path, buf_text(&out), out.length, err);
    buf_release(&out);
    return good;
}
