/*
 * curve_source - see curve_source.h.
 */
#include <config.h>

#include "eval/curve_source.h"

#include <inttypes.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/file/columns.h"

const char *const curve_align_names[] = { "none", "correlation", "ccc",
                                          "mutual-information", NULL };

static bool check(const struct curve_source *source,
                  const struct ratings_source *ratings, size_t files,
                  struct error *err)
{
    int lags = (source->lag > 0) + (source->lags != NULL) + (source->align > 0);

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
    if (source->signal && source->align == 0)
        return error_set(err, ERROR_USAGE,
                         "--signal is for estimating lags: --align "
                         "correlation, ccc or mutual-information");
    return true;
}

bool curve_source_unused(const struct curve_source *source, struct error *err)
{
    if (source->time || source->dimension || source->signal || source->lags ||
        source->align > 0 || source->lag > 0)
        return error_set(err, ERROR_USAGE,
                         "--time, --dimension, --align, --signal, --lag and "
                         "--lags go with --traces");
    return true;
}

/* The signal's curve of each item, in the order of the traces' items. */
static struct curve *signals_of(const struct curve_table *table,
                                const struct curve_table *signal,
                                const char *path, size_t dimension,
                                struct error *err)
{
    struct curve *out = xcalloc(table->items.count + 1, sizeof(*out));
    size_t of = 0;

    for (size_t d = 0; d < signal->dimensions.count; d++)
        if (text_equal(signal->dimensions.item[d],
                       table->dimensions.item[dimension]))
            of = d;
    for (size_t i = 0; i < table->items.count; i++) {
        for (size_t s = 0; s < signal->items.count; s++)
            if (text_equal(signal->items.item[s], table->items.item[i]))
                out[i] = curve_at(signal, of, s)[0];
        if (out[i].n == 0) {
            error_set(err, ERROR_INPUT, "%s: no signal of item \"%s\"", path,
                      table->items.item[i]);
            free(out);
            return NULL;
        }
    }
    return out;
}

static bool estimate_dimension(const struct curve_source *source,
                               const struct curve_table *signal,
                               size_t dimension, struct curve_view *view,
                               struct error *err)
{
    const struct curve_table *table = &view->table;
    size_t raters = table->raters.count, rounds;
    struct curve *behind = NULL;
    struct curve_lag_plan plan = {
        .items = table->items.count,
        .raters = raters,
        .trace = curve_at(table, dimension, 0),
        .fit = (enum curve_fit)(source->align - 1),
        .rate = source->rate,
        .most = source->most,
    };

    if (signal) {
        behind = signals_of(table, signal, source->signal, dimension, err);
        if (!behind)
            return false;
    }
    plan.signal = behind;
    rounds = curve_lags(&plan, view->found + dimension * raters);
    view->rounds = rounds > view->rounds ? rounds : view->rounds;
    free(behind);
    return interrupt_check(err);
}

static bool estimate_lags(const struct curve_source *source,
                          struct curve_view *view, struct error *err)
{
    size_t cells = view->table.dimensions.count * view->table.raters.count;
    const struct curve_table_options options = { .anonymous = true };
    struct curve_table signal = { 0 };
    char *path = (char *)source->signal;
    bool good = !path || curve_table_read(&path, 1, &options, &signal, err);

    view->found = xcalloc(cells + 1, sizeof(*view->found));
    for (size_t d = 0; good && d < view->table.dimensions.count; d++)
        good = estimate_dimension(source, path ? &signal : NULL, d, view, err);
    for (size_t c = 0; c < cells; c++)
        view->lag[c] = view->found[c].lag.value; /* 0 when undefined */
    curve_table_release(&signal);
    return good;
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
    bool good = false;
    size_t cells;

    *view = (struct curve_view){ 0 };
    if (ratings->value)
        text_list_split(&values, ratings->value, ',');
    if (!check(source, ratings, count, err) ||
        !curve_table_read(path, count, &options, &view->table, err))
        goto done;
    cells = view->table.dimensions.count * view->table.raters.count;
    view->lag = xcalloc(cells + 1, sizeof(*view->lag));
    for (size_t c = 0; c < cells; c++)
        view->lag[c] = source->lag;
    good = (!source->lags || read_lags(source->lags, view, err)) &&
           (source->align == 0 || estimate_lags(source, view, err));
done:
    text_list_release(&values);
    return good;
}

void curve_view_release(struct curve_view *view)
{
    curve_table_release(&view->table);
    free(view->lag);
    free(view->found);
    *view = (struct curve_view){ 0 };
}

static void head_lags(const struct curve_source *source,
                      const struct curve_view *view, struct buf *out)
{
    if (source->lag > 0)
        buf_addf(out, "seen as if everybody were %g s late\n", source->lag);
    if (source->lags)
        buf_addf(out, "seen without the lags in %s\n", source->lags);
    if (source->align == 0)
        return;
    buf_addf(
        out, "seen without reaction lags: highest %s with %s,\nwithin %g s%s",
        curve_align_names[source->align],
        source->signal ? source->signal : "the mean of the others",
        source->most, source->signal ? "" : "; the annotators' mean lag is 0");
    if (!source->signal)
        buf_addf(out,
                 view->rounds < CURVE_LAG_ROUNDS
                     ? " (%zu rounds)"
                     : ";\nNOT SETTLED after %zu rounds: the traces "
                       "have too little in common",
                 view->rounds);
    buf_add_char(out, '\n');
}

void curve_source_head(const struct curve_source *source,
                       const struct curve_view *view, struct buf *out)
{
    const struct curve_table *table = &view->table;

    buf_addf(out, "%zu item%s, %zu annotator%s, %zu dimension%s, %zu samples\n",
             table->items.count, table->items.count == 1 ? "" : "s",
             table->raters.count, table->raters.count == 1 ? "" : "s",
             table->dimensions.count, table->dimensions.count == 1 ? "" : "s",
             table->samples);
    buf_addf(out,
             "straight between samples, %g points a second; the longest gap "
             "is %.3g s\n",
             source->rate, table->gap);
    if (table->again > 0)
        buf_addf(out, "%zu samples of earlier versions left out\n",
                 table->again);
    if (table->doubled > 0)
        buf_addf(out, "%zu times came twice: the last sample counts\n",
                 table->doubled);
    head_lags(source, view, out);
}

void curve_source_json(const struct curve_source *source,
                       const struct curve_view *view,
                       struct json_writer *writer)
{
    json_pair_int(writer, "samples", (int64_t)view->table.samples);
    json_pair_int(writer, "samples_of_earlier_versions",
                  (int64_t)view->table.again);
    json_pair_int(writer, "samples_at_one_time", (int64_t)view->table.doubled);
    json_pair_number(writer, "longest_gap_s", view->table.gap);
    json_pair_number(writer, "rate_hz", source->rate);
    json_pair_text(writer, "align", curve_align_names[source->align]);
    json_pair_text(writer, "signal", source->signal);
    json_pair_number(writer, "max_lag_s", source->most);
    json_pair_number(writer, "lag_s", source->lag);
    json_pair_text(writer, "lags", source->lags);
    json_pair_int(writer, "rounds", (int64_t)view->rounds);
}
