/*
 * aligned - see aligned.h.
 */
#include <config.h>

#include "eval/align/aligned.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/file/csv.h"

enum { CHECK_EACH = 256 /* rows */ };

const char *const aligned_functional_names[] = { "mean", "sd",    "min",
                                                 "max",  "slope", NULL };

/* One item's channels, on the reference's clock; NULL: it has none. */
struct bench {
    const struct aligned_plan *plan;
    struct aligned_result *result;
    const char *name;
    struct channel **channel; /* owned; of each stream */
    double from, to;          /* of the reference; s */
};

static void add_number(struct buf *out, double value)
{
    char text[NUMBER_TEXT_SIZE];

    buf_add_char(out, ',');
    if (isfinite(value))
        buf_add_text(out, number_format(value, text));
}

/* To the microsecond: what is behind it is rounding. */
static double time_of(double seconds)
{
    double out = round(seconds * 1e6) / 1e6;

    return out == 0 ? 0 : out; /* no -0 */
}

static void add_name(struct buf *out, const char *stream, const char *column,
                     const char *what)
{
    char *name = xasprintf("%s_%s%s%s", stream, column, *what ? "_" : "", what);

    buf_add_char(out, ',');
    csv_put(out, name);
    free(name);
}

static void add_header(const struct aligned_plan *plan, struct buf *out)
{
    const struct streams *streams = plan->streams;

    buf_addf(out, "# mien: %s\n# made_by: align\n", PACKAGE_VERSION);
    if (plan->rate > 0)
        buf_add_text(out, "item,time");
    else
        buf_add_text(out, "# not_features: item,start,end\n"
                          "id,item,start,end");
    for (size_t s = 0; s < streams->count; s++) {
        const struct stream *stream = &streams->item[s];

        for (size_t c = 0; c < stream->series.columns.count; c++) {
            const char *column = stream->series.columns.item[c];

            if (plan->rate > 0) {
                add_name(out, stream->name, column, "");
                continue;
            }
            for (int f = 0; f < ALIGNED_FUNCTIONALS; f++)
                if (plan->functional[f])
                    add_name(out, stream->name, column,
                             aligned_functional_names[f]);
            add_name(out, stream->name, column, "valid");
        }
    }
    buf_add_char(out, '\n');
}

static void put_clock(const struct stream *stream, const struct clock *clock,
                      struct channel *channel)
{
    for (size_t c = 0; c < stream->series.columns.count; c++)
        for (size_t i = 0; i < channel[c].count; i++)
            channel[c].time[i] = clock_to_reference(clock, channel[c].time[i]);
}

/* False when it cannot be told; what was found is kept in any case. */
static bool find_clock(struct bench *bench, size_t item, size_t stream)
{
    const struct stream *about = &bench->plan->streams->item[stream];
    struct aligned_clock told = { .item = item, .stream = stream };
    struct clock *clock = &told.found.clock;
    double pivot;

    clock_find(&bench->plan->clock, &bench->channel[0][about->match_reference],
               &bench->channel[stream][about->match], &told.found);
    if (told.found.told)
        put_clock(about, clock, bench->channel[stream]);
    pivot = clock->pivot_s;
    told.whole = (struct clock){
        .pivot_s = pivot,
        .offset_s =
            clock_shows(&about->clock, clock_shows(clock, pivot)) - pivot,
        .skew_ppm = clock->skew_ppm + about->clock.skew_ppm +
                    clock->skew_ppm * about->clock.skew_ppm * 1e-6,
    };
    VEC_PUSH(&bench->result->clocks, told);
    return told.found.told;
}

static void find_range(struct bench *bench)
{
    const struct stream *first = &bench->plan->streams->item[0];

    bench->from = HUGE_VAL;
    bench->to = -HUGE_VAL;
    for (size_t c = 0; c < first->series.columns.count; c++) {
        const struct channel *channel = &bench->channel[0][c];

        if (channel->count == 0)
            continue;
        bench->from = fmin(bench->from, channel->time[0]);
        bench->to = fmax(bench->to, channel->time[channel->count - 1]);
    }
}

/* False when the item's clocks cannot be told. */
static bool bench_open(struct bench *bench, size_t item)
{
    const struct streams *streams = bench->plan->streams;
    bool told = true;

    bench->channel = xcalloc(streams->count, sizeof(struct channel *));
    for (size_t s = 0; s < streams->count; s++) {
        bench->channel[s] = stream_channels(&streams->item[s], bench->name);
        if (bench->channel[s])
            put_clock(&streams->item[s], &streams->item[s].clock,
                      bench->channel[s]);
        else
            bench->result->absent[s]++;
    }
    for (size_t s = 1; s < streams->count; s++)
        if (streams->item[s].match >= 0 && bench->channel[s])
            told = find_clock(bench, item, s) && told;
    find_range(bench);
    return told;
}

static void bench_close(struct bench *bench)
{
    const struct streams *streams = bench->plan->streams;

    for (size_t s = 0; s < streams->count; s++)
        stream_channels_free(&streams->item[s], bench->channel[s]);
    free(bench->channel);
}

static void add_point(struct bench *bench, double t)
{
    const struct aligned_plan *plan = bench->plan;
    const struct streams *streams = plan->streams;
    struct buf *out = &bench->result->text;
    struct aligned_column *told = bench->result->column;

    csv_put(out, bench->name);
    add_number(out, time_of(t));
    for (size_t s = 0; s < streams->count; s++) {
        for (size_t c = 0; c < streams->item[s].series.columns.count; c++) {
            const struct channel *channel = bench->channel[s];
            double value =
                channel ? channel_at(&channel[c], t, 1 / plan->rate) : NAN;

            add_number(out, value);
            told->valid += !isnan(value);
            told++->all += 1;
        }
    }
    buf_add_char(out, '\n');
}

static void add_cells(const struct aligned_plan *plan,
                      const struct channel *channel, double from, double to,
                      struct aligned_column *told, struct buf *out)
{
    struct channel_window window = { 0 };
    double value[ALIGNED_FUNCTIONALS], share;

    if (channel)
        channel_over(channel, from, to, &window);
    share = to > from ? fmin(window.valid_s / (to - from), 1) : 0;
    value[ALIGNED_MEAN] = window.mean;
    value[ALIGNED_SD] = window.sd;
    value[ALIGNED_MIN] = window.least;
    value[ALIGNED_MAX] = window.most;
    value[ALIGNED_SLOPE] = window.slope;
    for (int f = 0; f < ALIGNED_FUNCTIONALS; f++)
        if (plan->functional[f])
            add_number(out,
                       share > 0 && share >= plan->min_valid ? value[f] : NAN);
    add_number(out, round(share * 1e6) / 1e6);
    told->valid += window.valid_s;
    told->all += to - from;
}

static void add_window(struct bench *bench, double from, double to)
{
    const struct streams *streams = bench->plan->streams;
    struct buf *out = &bench->result->text, id = { 0 };
    struct aligned_column *told = bench->result->column;
    char text[NUMBER_TEXT_SIZE];

    buf_addf(&id, "%s#%s-", bench->name, number_format(time_of(from), text));
    buf_add_text(&id, number_format(time_of(to), text));
    csv_put(out, buf_text(&id));
    buf_release(&id);
    buf_add_char(out, ',');
    csv_put(out, bench->name);
    add_number(out, time_of(from));
    add_number(out, time_of(to));
    for (size_t s = 0; s < streams->count; s++)
        for (size_t c = 0; c < streams->item[s].series.columns.count; c++)
            add_cells(bench->plan,
                      bench->channel[s] ? &bench->channel[s][c] : NULL, from,
                      to, told++, out);
    buf_add_char(out, '\n');
}

/* Points are multiples of the step, windows begin at multiples of the hop. */
static bool add_rows(struct bench *bench, struct error *err)
{
    const struct aligned_plan *plan = bench->plan;
    bool points = plan->rate > 0;
    double each = points ? 1 / plan->rate : plan->hop_s;
    double first = points ? ceil(bench->from / each - 1e-6)
                          : floor(bench->from / each + 1e-9);
    double last = points ? floor(bench->to / each + 1e-6)
                         : ceil(bench->to / each - 1e-9) - 1;
    double cells = (last - first + 1) * (double)(bench->result->columns + 2);

    if (cells > ALIGNED_MAX_CELLS)
        return error_set(err, ERROR_LIMIT,
                         "%s: %s%s%s spans %.0f s, which makes more than %d "
                         "cells",
                         plan->streams->item[0].path, *bench->name ? "\"" : "",
                         bench->name, *bench->name ? "\"" : "",
                         bench->to - bench->from, ALIGNED_MAX_CELLS);
    for (double k = first; k <= last; k++) {
        if (bench->result->rows++ % CHECK_EACH == 0 && !interrupt_check(err))
            return false;
        if (points)
            add_point(bench, k / plan->rate);
        else
            add_window(bench, k * each, k * each + plan->window_s);
    }
    return true;
}

bool aligned_make(const struct aligned_plan *plan,
                  struct aligned_result *result, struct error *err)
{
    const struct streams *streams = plan->streams;
    const struct stream *first = &streams->item[0];
    bool good = true;

    *result = (struct aligned_result){ 0 };
    for (size_t s = 0; s < streams->count; s++)
        result->columns += streams->item[s].series.columns.count;
    result->column = xcalloc(result->columns + 1, sizeof(*result->column));
    result->absent = xcalloc(streams->count, sizeof(*result->absent));
    add_header(plan, &result->text);
    for (size_t i = 0; good && i < first->series.items.count; i++) {
        struct bench bench = { .plan = plan,
                               .result = result,
                               .name = first->series.items.item[i] };
        bool told;

        told = bench_open(&bench, i);
        if (first->shared)
            bench.name = first->name;
        result->items++;
        result->refused += !told;
        good = interrupt_check(err) &&
               (!told || !(bench.to >= bench.from) || add_rows(&bench, err));
        bench_close(&bench);
    }
    return good;
}

void aligned_release(struct aligned_result *result)
{
    buf_release(&result->text);
    free(result->column);
    free(result->absent);
    free(result->clocks.item);
    *result = (struct aligned_result){ 0 };
}
