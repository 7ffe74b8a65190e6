/* curve_view - see curve_view.h. */
#include <config.h>

#include "common/report/curve_view.h"

#include <inttypes.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"

const char *const curve_align_names[] = { "none", "correlation", "ccc",
                                          "mutual-information", NULL };

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

static bool estimate_dimension(const struct curve_look *look,
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
        .fit = (enum curve_fit)(look->align - 1),
        .rate = look->rate,
        .most = look->most,
    };

    if (signal) {
        behind = signals_of(table, signal, look->signal, dimension, err);
        if (!behind)
            return false;
    }
    plan.signal = behind;
    rounds = curve_lags(&plan, view->found + dimension * raters);
    view->rounds = rounds > view->rounds ? rounds : view->rounds;
    free(behind);
    return interrupt_check(err);
}

bool curve_view_settle(struct curve_view *view, const struct curve_look *look,
                       const struct curve_table *signal, struct error *err)
{
    size_t cells = view->table.dimensions.count * view->table.raters.count;
    bool good = true;

    view->lag = xcalloc(cells + 1, sizeof(*view->lag));
    for (size_t c = 0; c < cells; c++)
        view->lag[c] = look->lag;
    if (look->align == 0)
        return true;
    view->found = xcalloc(cells + 1, sizeof(*view->found));
    for (size_t d = 0; good && d < view->table.dimensions.count; d++)
        good = estimate_dimension(look, signal, d, view, err);
    for (size_t c = 0; c < cells; c++)
        view->lag[c] = view->found[c].lag.value; /* 0 when undefined */
    return good;
}

void curve_view_release(struct curve_view *view)
{
    curve_table_release(&view->table);
    free(view->lag);
    free(view->found);
    *view = (struct curve_view){ 0 };
}

static void head_lags(const struct curve_look *look,
                      const struct curve_view *view, struct buf *out)
{
    if (look->lag > 0)
        buf_addf(out, "seen as if everybody were %g s late\n", look->lag);
    if (look->lags)
        buf_addf(out, "seen without the lags in %s\n", look->lags);
    if (look->align == 0)
        return;
    buf_addf(out,
             "seen without reaction lags: highest %s with %s,\nwithin %g s%s",
             curve_align_names[look->align],
             look->signal ? look->signal : "the mean of the others", look->most,
             look->signal ? "" : "; the annotators' mean lag is 0");
    if (!look->signal)
        buf_addf(out,
                 view->rounds < CURVE_LAG_ROUNDS
                     ? " (%zu rounds)"
                     : ";\nNOT SETTLED after %zu rounds: the traces "
                       "have too little in common",
                 view->rounds);
    buf_add_char(out, '\n');
}

void curve_view_head(const struct curve_view *view,
                     const struct curve_look *look, struct buf *out)
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
             look->rate, table->gap);
    if (table->again > 0)
        buf_addf(out, "%zu samples of earlier versions left out\n",
                 table->again);
    if (table->doubled > 0)
        buf_addf(out, "%zu times came twice: the last sample counts\n",
                 table->doubled);
    head_lags(look, view, out);
}

void curve_view_json(const struct curve_view *view,
                     const struct curve_look *look, struct json_writer *writer)
{
    json_pair_int(writer, "samples", (int64_t)view->table.samples);
    json_pair_int(writer, "samples_of_earlier_versions",
                  (int64_t)view->table.again);
    json_pair_int(writer, "samples_at_one_time", (int64_t)view->table.doubled);
    json_pair_number(writer, "longest_gap_s", view->table.gap);
    json_pair_number(writer, "rate_hz", look->rate);
    json_pair_text(writer, "align", curve_align_names[look->align]);
    json_pair_text(writer, "signal", look->signal);
    json_pair_number(writer, "max_lag_s", look->most);
    json_pair_number(writer, "lag_s", look->lag);
    json_pair_text(writer, "lags", look->lags);
    json_pair_int(writer, "rounds", (int64_t)view->rounds);
}
