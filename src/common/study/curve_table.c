/*
 * curve_table - see curve_table.h.
 */
#include <config.h>

#include "common/study/curve_table.h"

#include <stdint.h>
#include <stdlib.h>

#include "common/base/intern.h"
#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/file/columns.h"

struct row {
    size_t trace; /* (dimension, item, rater) */
    size_t order; /* as read */
    uint32_t dimension, item, rater;
    double version, time, value;
};

struct reading {
    const struct curve_table_options *options;
    struct intern items, raters, dimensions;
    struct {
        struct row *item;
        size_t count, capacity;
    } rows;
};

/* Where the columns of one file are; -1: there is none. */
struct places {
    int item, rater, time, dimension, version;
    int *value; /* owned */
    size_t values;
};

static int find(const struct columns *table, const char *name,
                const char *const *usual)
{
    int at = -1;

    if (name)
        return columns_find(table, name);
    for (; at < 0 && *usual; usual++)
        at = columns_find(table, *usual);
    return at;
}

/* As find(), but missing is an error. */
static bool need(const struct columns *table, const char *name,
                 const char *const *usual, int *at, struct error *err)
{
    *at = find(table, name, usual);
    if (*at < 0)
        *at = columns_need(table, name ? name : usual[0], err);
    return *at >= 0;
}

static bool find_values(const struct columns *table,
                        const struct curve_table_options *options,
                        struct places *at, struct error *err)
{
    static const char *const value[] = { "value", "rating", NULL };
    size_t count = options->values ? options->values->count : 0;

    at->values = count > 0 ? count : 1;
    at->value = xcalloc(at->values, sizeof(*at->value));
    for (size_t v = 0; v < at->values; v++)
        if (!need(table, count > 0 ? options->values->item[v] : NULL, value,
                  &at->value[v], err))
            return false;
    return true;
}

static bool find_columns(const struct columns *table,
                         const struct curve_table_options *options,
                         struct places *at, struct error *err)
{
    static const char *const item[] = { "item", "id", NULL };
    static const char *const rater[] = { "annotator", "rater", "participant",
                                         NULL };
    static const char *const time[] = { "time", "time_s", "t_s", NULL };
    static const char *const dimension[] = { "dimension", "question", NULL };

    if (!need(table, options->time, time, &at->time, err) ||
        !find_values(table, options, at, err))
        return false;
    if (!options->anonymous &&
        !need(table, options->rater, rater, &at->rater, err))
        return false;
    if (options->item && columns_need(table, options->item, err) < 0)
        return false;
    if (options->dimension && columns_need(table, options->dimension, err) < 0)
        return false;
    at->item = find(table, options->item, item);
    at->dimension =
        at->values > 1 ? -1 : find(table, options->dimension, dimension);
    at->version = columns_find(table, "version");
    return true;
}

/* The row's values, one sample each. */
static bool read_row(struct reading *reading, const struct columns *table,
                     const struct places *at, const char *stem, size_t row,
                     struct error *err)
{
    struct row one = { 0 };
    double version = 0;

    if (!columns_number(table, row, (size_t)at->time, &one.time, err))
        return false;
    if (columns_missing(table, row, (size_t)at->time))
        return columns_fail(table, row, (size_t)at->time, err,
                            "expected seconds such as 12.345");
    if (at->version >= 0 &&
        !columns_number(table, row, (size_t)at->version, &version, err))
        return false;
    one.version = version >= 0 ? version : 0; /* missing: NAN */
    one.item = (uint32_t)intern_add(
        &reading->items,
        at->item >= 0 ? columns_text(table, row, (size_t)at->item) : stem);
    one.rater = (uint32_t)intern_add(
        &reading->raters, reading->options->anonymous
                              ? "signal"
                              : columns_text(table, row, (size_t)at->rater));
    for (size_t v = 0; v < at->values; v++) {
        size_t column = (size_t)at->value[v];

        if (columns_missing(table, row, column))
            continue;
        if (!columns_number(table, row, column, &one.value, err))
            return false;
        one.dimension = (uint32_t)intern_add(
            &reading->dimensions,
            at->dimension >= 0 ? columns_text(table, row, (size_t)at->dimension)
                               : columns_name(table, column));
        one.order = reading->rows.count;
        VEC_PUSH(&reading->rows, one);
    }
    return true;
}

static bool read_file(struct reading *reading, const char *path,
                      struct error *err)
{
    struct columns *table = columns_read(path, NULL, err);
    struct places at = { .rater = -1 };
    char *stem = path_without_extension(path_name(path));
    bool good = false;

    if (!table || !find_columns(table, reading->options, &at, err) ||
        (reading->options->only &&
         !columns_keep_only(table, reading->options->only, err)))
        goto done;
    good = true;
    for (size_t row = 0; good && row < columns_rows(table); row++)
        good = read_row(reading, table, &at, stem, row, err);
done:
    free(at.value);
    free(stem);
    columns_free(table);
    return good;
}

static int by_trace_and_time(const void *a, const void *b)
{
    const struct row *one = a;
    const struct row *other = b;

    if (one->trace != other->trace)
        return one->trace < other->trace ? -1 : 1;
    if (one->version != other->version)
        return one->version > other->version ? -1 : 1; /* the last first */
    if (one->time != other->time)
        return one->time < other->time ? -1 : 1;
    return one->order < other->order ? -1 : one->order > other->order;
}

static void take_names(struct text_list *list, const struct intern *names)
{
    for (size_t i = 0; i < names->names.count; i++)
        text_list_add(list, names->names.item[i]);
}

/* The rows of one trace, from `first` on; the row behind them. */
static size_t take_trace(const struct reading *reading, size_t first,
                         struct curve_table *out)
{
    const struct row *row = reading->rows.item;
    struct curve *curve = &out->curve[row[first].trace];
    size_t begin = out->samples, at = first;

    for (; at < reading->rows.count && row[at].trace == row[first].trace;
         at++) {
        bool old = row[at].version < row[first].version;
        bool same = !old && out->samples > begin &&
                    out->time[out->samples - 1] == row[at].time;

        out->again += old;
        out->doubled += same;
        if (old)
            continue;
        if (!same && out->samples > begin &&
            row[at].time - out->time[out->samples - 1] > out->gap)
            out->gap = row[at].time - out->time[out->samples - 1];
        out->samples -= same;
        out->time[out->samples] = row[at].time;
        out->value[out->samples++] = row[at].value;
    }
    *curve = (struct curve){ out->time + begin, out->value + begin,
                             out->samples - begin };
    return at;
}

static void build(struct reading *reading, struct curve_table *out)
{
    size_t items, raters, count = reading->rows.count;

    take_names(&out->items, &reading->items);
    take_names(&out->raters, &reading->raters);
    take_names(&out->dimensions, &reading->dimensions);
    items = out->items.count;
    raters = out->raters.count;
    out->curve = xcalloc(out->dimensions.count * items * raters + 1,
                         sizeof(*out->curve));
    out->time = xcalloc(count + 1, sizeof(*out->time));
    out->value = xcalloc(count + 1, sizeof(*out->value));
    for (size_t i = 0; i < count; i++) {
        struct row *row = &reading->rows.item[i];

        row->trace =
            ((size_t)row->dimension * items + row->item) * raters + row->rater;
    }
    if (count > 0)
        qsort(reading->rows.item, count, sizeof(*reading->rows.item),
              by_trace_and_time);
    for (size_t at = 0; at < count;)
        at = take_trace(reading, at, out);
}

static void release(struct reading *reading)
{
    intern_release(&reading->items);
    intern_release(&reading->raters);
    intern_release(&reading->dimensions);
    free(reading->rows.item);
}

bool curve_table_read(char *const *path, size_t count,
                      const struct curve_table_options *options,
                      struct curve_table *out, struct error *err)
{
    struct reading reading = { .options = options };
    bool good = true;

    *out = (struct curve_table){ 0 };
    for (size_t i = 0; good && i < count; i++)
        good = read_file(&reading, path[i], err);
    if (good && reading.rows.count == 0)
        good = error_set(err, ERROR_INPUT, "%s: no samples", path[0]);
    if (good)
        build(&reading, out);
    release(&reading);
    return good;
}

struct curve_builder {
    struct reading reading;
};

struct curve_builder *curve_builder_new(void)
{
    return xcalloc(1, sizeof(struct curve_builder));
}

void curve_builder_add(struct curve_builder *builder, const char *item,
                       const char *rater, const char *dimension, int version,
                       double time, double value)
{
    struct reading *reading = &builder->reading;
    struct row row = { .order = reading->rows.count,
                       .version = version,
                       .time = time,
                       .value = value };

    row.item = (uint32_t)intern_add(&reading->items, item);
    row.rater = (uint32_t)intern_add(&reading->raters, rater);
    row.dimension = (uint32_t)intern_add(&reading->dimensions, dimension);
    VEC_PUSH(&reading->rows, row);
}

void curve_builder_finish(struct curve_builder *builder,
                          struct curve_table *out)
{
    *out = (struct curve_table){ 0 };
    build(&builder->reading, out);
    release(&builder->reading);
    free(builder);
}

void curve_table_release(struct curve_table *table)
{
    text_list_release(&table->items);
    text_list_release(&table->raters);
    text_list_release(&table->dimensions);
    free(table->curve);
    free(table->time);
    free(table->value);
    *table = (struct curve_table){ 0 };
}
