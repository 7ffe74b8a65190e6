/*
 * trace_measure - a trace at another rate, and how good it is.
 */
#include <config.h>

#include "common/study/trace_measure.h"

#include <math.h>
#include <string.h>

#include "common/base/vec.h"

enum { SECOND_US = 1000000 };

/* The bin of a media time. */
static int64_t place_of(int64_t media_us, int64_t from_us, double rate)
{
    /* A sample on an edge belongs to the bin that begins there. */
    return (int64_t)floor((double)(media_us - from_us) * rate / SECOND_US +
                          1e-9);
}

static void open_bin(struct trace_bins *out, int64_t from_us, double rate)
{
    double middle = ((double)out->count + 0.5) / rate * SECOND_US;
    struct trace_bin bin = { .middle_us = from_us + llround(middle) };

    VEC_PUSH(out, bin);
}

/* A running mean: a constant stays what it is, to the last digit. */
static void add_to_bin(struct trace_bin *bin, const struct trace_sample *sample)
{
    bin->samples++;
    bin->flags |= sample->flags;
    for (size_t i = 0; i < TRACE_DIMENSIONS; i++)
        bin->value[i] +=
            (sample->value[i] - bin->value[i]) / (double)bin->samples;
}

void trace_bin(const struct trace_samples *samples, int64_t from_us,
               int64_t to_us, double rate, struct trace_bins *out)
{
    if (to_us < 0)
        to_us = samples->count > 0
                    ? samples->item[samples->count - 1].media_us + TRACE_STEP_US
                    : from_us;
    while (place_of(to_us - 1, from_us, rate) >= (int64_t)out->count)
        open_bin(out, from_us, rate);
    for (size_t i = 0; i < samples->count; i++) {
        const struct trace_sample *sample = &samples->item[i];
        int64_t place = place_of(sample->media_us, from_us, rate);

        if (place < 0 || place >= (int64_t)out->count)
            continue;
        add_to_bin(&out->item[place], sample);
    }
    for (size_t i = 0; i < out->count; i++)
        if (out->item[i].samples == 0)
            out->item[i].value[0] = out->item[i].value[1] = NAN;
}

static void count_one(struct trace_quality *out,
                      const struct trace_sample *sample)
{
    out->samples++;
    out->idle_share += (sample->flags & TRACE_IDLE) != 0;
    out->settling_share += (sample->flags & TRACE_SETTLING) != 0;
    for (size_t i = 0; i < TRACE_DIMENSIONS; i++) {
        out->low[i] = fmin(out->low[i], sample->value[i]);
        out->high[i] = fmax(out->high[i], sample->value[i]);
    }
}

void trace_measure(const struct trace_samples *samples, int64_t from_us,
                   int64_t to_us, struct trace_quality *out)
{
    int64_t reach_us = from_us;
    int64_t gap_us = 0;

    *out = (struct trace_quality){ .low = { NAN, NAN }, .high = { NAN, NAN } };
    for (size_t i = 0; i < samples->count; i++) {
        const struct trace_sample *sample = &samples->item[i];

        count_one(out, sample);
        if (sample->media_us - reach_us > gap_us)
            gap_us = sample->media_us - reach_us;
        reach_us = sample->media_us + TRACE_STEP_US;
    }
    if (to_us - reach_us > gap_us)
        gap_us = to_us - reach_us;
    out->longest_gap_s = (double)gap_us / SECOND_US;
    out->traced_s = (double)out->samples / TRACE_RATE;
    out->idle_share /= (double)out->samples; /* NAN without any */
    out->settling_share /= (double)out->samples;
}
