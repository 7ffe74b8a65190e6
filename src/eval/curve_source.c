/*
 * curve_source - see curve_source.h.
 */
#include <config.h>

#include "eval/curve_source.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/file/columns.h"

static bool check(const struct curve_source *source,
                  const struct ratings_source *ratings, size_t files,
                  struct error *err)
{
    int lags = (source->look.lag > 0) + (source->look.lags != NULL) +
               (source->look.align > 0);

    if (files == 0)
        return error_set(err, ERROR_USAGE, "which table of traces?");
    if (ratings->wide || ratings->counts || ratings->columns.count > 0 ||
        ratings->categories.count > 0)
        return error_set(err, ERROR_USAGE,
                         "--traces has one row a sample: no --wide, --counts, "
                         "--columns, --categories");
    if (lags > 1)
        return error_set(err, ERROR_USAGE,
                         "--lag, --lags, --align: one of them says how late "
                         "annotators are");
    return true;
}

/* A row of --lags: of its annotator, in its or in every dimension. */
static bool take_lag(const struct columns *table, size_t row, size_t name,
                     int dimension, size_t column, struct curve_view *view,
                     struct error *err)
{
    const struct text_list *raters = &view->table.raters;
    double lag;

    if (!columns_number(table, row, column, &lag, err))
        return false;
    if (columns_missing(table, row, column))
        return true; /* an undefined one: as recorded */
    for (size_t d = 0; d < view->table.dimensions.count; d++) {
        if (dimension >= 0 &&
            !text_equal(columns_text(table, row, (size_t)dimension),
                        view->table.dimensions.item[d]))
            continue;
        for (size_t r = 0; r < raters->count; r++)
            if (text_equal(raters->item[r], columns_text(table, row, name)))
                view->lag[d * raters->count + r] = lag;
    }
    return true;
}

static bool read_lags(const char *path, struct curve_view *view,
                      struct error *err)
{
    struct columns *table = columns_read(path, NULL, err);
    int name, lag, dimension;
    bool good = false;

    if (!table)
        return false;
    name = columns_need(table, "annotator", err);
    lag = name >= 0 ? columns_need(table, "lag", err) : -1;
    dimension = columns_find(table, "dimension");
    good = lag >= 0;
    for (size_t row = 0; good && row < columns_rows(table); row++)
        good = take_lag(table, row, (size_t)name, dimension, (size_t)lag, view,
                        err);
    columns_free(table);
    return good;
}

bool curve_source_read(const struct curve_source *source,
                       const struct ratings_source *ratings, char *const *path,
                       size_t count, struct curve_view *view, struct error *err)
{
    struct text_list values = { 0 };
    struct curve_table_options options = {
        .item = ratings->item,
        .rater = ratings->rater,
        .time = source->time,
        .dimension = source->dimension,
        .values = &values,
        .only = &ratings->only,
    };
    const struct curve_table_options plain = { .anonymous = true };
    char *const signal_path[] = { (char *)source->look.signal };
    struct curve_table signal = { 0 };
    bool good = false;

    *view = (struct curve_view){ 0 };
    if (ratings->value)
        text_list_split(&values, ratings->value, ',');
    if (!check(source, ratings, count, err) ||
        !curve_table_read(path, count, &options, &view->table, err) ||
        (signal_path[0] &&
         !curve_table_read(signal_path, 1, &plain, &signal, err)))
        goto done;
    good = curve_view_settle(view, &source->look,
                             signal_path[0] ? &signal : NULL, err) &&
           (!source->look.lags || read_lags(source->look.lags, view, err));
done:
    curve_table_release(&signal);
    text_list_release(&values);
    return good;
}
