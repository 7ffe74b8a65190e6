/*
 * aligned - see aligned.h.
 */
#include <config.h>

#include "eval/align/aligned.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/pool.h"
#include "common/base/vec.h"

static void put_clock(const struct stream *stream, const struct clock *clock,
                      struct channel *channel)
{
    for (size_t c = 0; c < stream->series.columns.count; c++)
        for (size_t i = 0; i < channel[c].count; i++)
            channel[c].time[i] = clock_to_reference(clock, channel[c].time[i]);
}

/* What was found is kept but for the knots. */
static void warp(struct aligned_bench *bench, size_t stream,
                 struct warped_found *found)
{
    const struct stream *about = &bench->plan->streams->item[stream];
    struct channel *channel = bench->channel[stream];

    warped_find(bench->plan->warp_s, bench->plan->clock.rate_hz,
                &bench->channel[0][about->match_reference],
                &channel[about->match], found);
    for (size_t c = 0; found->told && c < about->series.columns.count; c++)
        warped_move(found, &channel[c]);
    free(found->own);
    free(found->reference);
    found->own = found->reference = NULL;
}

/* False when it cannot be told; what was found is kept in any case. */
static bool find_clock(struct aligned_bench *bench, size_t item, size_t stream)
{
    const struct stream *about = &bench->plan->streams->item[stream];
    struct aligned_clock told = { .item = item, .stream = stream };
    struct clock *clock = &told.found.clock;
    const struct channel *reference =
        &bench->channel[0][about->match_reference];
    const struct channel *other = &bench->channel[stream][about->match];
    double pivot;

    if (bench->plan->keep_clock)
        told.found = (struct clock_found){
            .told = true, .p = NAN, .clock = { .pivot_s = about->clock.pivot_s }
        };
    else
        clock_find(&bench->plan->clock, reference, other, &told.found);
    if (told.found.told)
        put_clock(about, clock, bench->channel[stream]);
    if (told.found.told && bench->plan->warp_s > 0)
        warp(bench, stream, &told.warp);
    pivot = clock->pivot_s;
    told.whole = (struct clock){
        .pivot_s = pivot,
        .offset_s =
            clock_shows(&about->clock, clock_shows(clock, pivot)) - pivot,
        .skew_ppm = clock->skew_ppm + about->clock.skew_ppm +
                    clock->skew_ppm * about->clock.skew_ppm * 1e-6,
    };
    VEC_PUSH(&bench->result->clocks, told);
    return told.found.told && !told.warp.reason;
}

static void find_range(struct aligned_bench *bench)
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
static bool bench_open(struct aligned_bench *bench, size_t item)
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

static void bench_close(struct aligned_bench *bench)
{
    const struct streams *streams = bench->plan->streams;

    for (size_t s = 0; s < streams->count; s++)
        stream_channels_free(&streams->item[s], bench->channel[s]);
    free(bench->channel);
}

/* The items' parts of the table, each of its own. */
struct parts {
    const struct aligned_plan *plan;
    struct aligned_result *item; /* owned */
    size_t count;
};

static void part_init(const struct aligned_plan *plan,
                      struct aligned_result *part)
{
    const struct streams *streams = plan->streams;

    for (size_t s = 0; s < streams->count; s++)
        part->columns += streams->item[s].series.columns.count;
    part->column = xcalloc(part->columns + 1, sizeof(*part->column));
    part->absent = xcalloc(streams->count, sizeof(*part->absent));
}

static bool make_item(void *context, size_t index, struct error *err)
{
    struct parts *parts = context;
    const struct aligned_plan *plan = parts->plan;
    const struct stream *first = &plan->streams->item[0];
    struct aligned_result *part = &parts->item[index];
    struct aligned_bench bench = { .plan = plan,
                                   .result = part,
                                   .name = first->series.items.item[index] };
    bool told, good;

    part_init(plan, part);
    told = bench_open(&bench, index);
    if (first->shared)
        bench.name = first->name;
    part->items = 1;
    part->refused = !told;
    good = interrupt_check(err) && (!told || !(bench.to >= bench.from) ||
                                    aligned_add_rows(&bench, err));
    bench_close(&bench);
    return good;
}

static void add_part(const struct aligned_plan *plan,
                     const struct aligned_result *part,
                     struct aligned_result *to)
{
    buf_add(&to->text, part->text.data, part->text.length);
    to->items += part->items;
    to->rows += part->rows;
    to->refused += part->refused;
    for (size_t i = 0; i < part->clocks.count; i++)
        VEC_PUSH(&to->clocks, part->clocks.item[i]);
    for (size_t c = 0; c < to->columns; c++) {
        to->column[c].valid += part->column[c].valid;
        to->column[c].all += part->column[c].all;
    }
    for (size_t s = 0; s < plan->streams->count; s++)
        to->absent[s] += part->absent[s];
}

bool aligned_make(const struct aligned_plan *plan,
                  struct aligned_result *result, struct error *err)
{
    struct parts parts = { .plan = plan,
                           .count = plan->streams->item[0].series.items.count };
    bool good;

    *result = (struct aligned_result){ 0 };
    part_init(plan, result);
    aligned_add_header(plan, &result->text);
    parts.item = xcalloc(parts.count + 1, sizeof(*parts.item));
    good = pool_run(plan->jobs, parts.count, make_item, &parts, err);
    for (size_t i = 0; i < parts.count; i++) {
        if (good)
            add_part(plan, &parts.item[i], result);
        aligned_release(&parts.item[i]);
    }
    free(parts.item);
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
