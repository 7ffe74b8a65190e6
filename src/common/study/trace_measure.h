/*
 * trace_measure - a trace at another rate, and how good it is.
 *
 * No lag is taken off anywhere: who reacts how late is a view of whoever
 * analyses the data, and the samples stay where they were heard.
 */
#ifndef MIEN_STUDY_TRACE_MEASURE_H
#define MIEN_STUDY_TRACE_MEASURE_H

#include "common/study/trace.h"

/* What lies in [from_us, from_us + 1/rate s); without samples: NAN, 0. */
struct trace_bin {
    int64_t middle_us;
    double value[TRACE_DIMENSIONS]; /* the mean of its samples */
    unsigned flags;                 /* of any of them */
    size_t samples;
};

struct trace_bins {
    struct trace_bin *item; /* owned */
    size_t count, capacity;
};

/*
 * Bins of 1/rate seconds from `from_us` on, until to_us (or the last sample,
 * when to_us is below 0).  An empty bin stays empty: nothing is filled in.
 */
void trace_bin(const struct trace_samples *samples, int64_t from_us,
               int64_t to_us, double rate, struct trace_bins *out);

struct trace_quality {
    size_t samples;
    double traced_s;
    double idle_share; /* of the samples; NAN without any */
    double settling_share;
    double longest_gap_s; /* without samples, its ends included */
    double low[TRACE_DIMENSIONS], high[TRACE_DIMENSIONS]; /* NAN: none */
};

void trace_measure(const struct trace_samples *samples, int64_t from_us,
                   int64_t to_us, struct trace_quality *out);

#endif
