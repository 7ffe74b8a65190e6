/*
 * timing - how far the time of a mark may be off.
 */
#include <config.h>

#include "common/study/timing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/stat/describe.h"

static const double root_three = 1.7320508075688772;

const char *const timing_work_names[] = { "choice", "trace", "segments", NULL };

/*
 * A choice is timed for the pace of work only.  A trace has 100 samples a
 * second of a hand that lags by a second or more: a twentieth of that.  Edges
 * of segments are read against sounds: within a video frame of 25 a second,
 * either side.
 */
const double timing_work_limit[TIMING_WORKS] = { 250, 50, 20 };

struct timing_parts timing_parts(const struct timing *timing)
{
    struct timing_parts parts = {
        .buffer = timing->buffer / (2 * root_three),
        .key = timing->key_sd,
    };

    if (timing->source == TIMING_MEASURED)
        parts.latency = timing->latency_sd;
    else if (timing->source == TIMING_ASSUMED)
        parts.latency = timing->latency / root_three;
    if (timing->remote)
        parts.link = hypot(timing->round / root_three, timing->round_sd);
    parts.total =
        sqrt(parts.latency * parts.latency + parts.buffer * parts.buffer +
             parts.key * parts.key + parts.link * parts.link);
    return parts;
}

double timing_uncertainty(const struct timing *timing)
{
    return timing_parts(timing).total;
}

void timing_explain(const struct timing *timing, struct buf *out)
{
    struct timing_parts parts = timing_parts(timing);
    const char *mend =
        "close what else runs on this machine, and measure with \"selftest\"";

    buf_addf(out,
             "latency %.1f ms (%s), buffer %.1f ms, key %.1f ms, link %.1f ms",
             parts.latency,
             timing->source == TIMING_MEASURED  ? "measured"
             : timing->source == TIMING_ASSUMED ? "assumed"
                                                : "no sound",
             parts.buffer, parts.key, parts.link);
    if (parts.link >= parts.latency && parts.link >= parts.buffer &&
        parts.link >= parts.key && parts.link > 0)
        mend = "work on the machine that you sit at, not over a network";
    else if (parts.latency >= parts.buffer && parts.latency >= parts.key)
        mend = timing->source == TIMING_MEASURED
                   ? "measure the latency again with \"selftest --tap\", with "
                     "more taps"
                   : "measure the latency with \"selftest --tap\"; use wired "
                     "headphones";
    else if (parts.buffer >= parts.key)
        mend = "use a sound device with a smaller buffer";
    buf_addf(out, "; the largest part can be mended: %s", mend);
}

/* The median of `x`, which is sorted. */
static double median_of(double *x, size_t count)
{
    describe_sort(x, count);
    return describe_quantile(x, count, 0.5).value;
}

bool timing_taps(const double *difference, size_t count,
                 struct timing_taps *out)
{
    /* 1.4826: of a normal distribution, to its standard deviation; the
     * median of n has the standard error 1.2533 sd / sqrt n. */
    static const double mad_scale = 1.4826, median_scale = 1.2533;
    double *x = xcalloc(count ? count : 1, sizeof(*x));
    double middle, reach;

    *out = (struct timing_taps){ .taps = count };
    if (count > 0) {
        memcpy(x, difference, count * sizeof(*x));
        middle = median_of(x, count);
        for (size_t i = 0; i < count; i++)
            x[i] = fabs(difference[i] - middle);
        reach = 3 * mad_scale * median_of(x, count);
        if (reach < 10)
            reach = 10;
        for (size_t i = 0; i < count; i++) {
            if (fabs(difference[i] - middle) <= reach)
                x[out->kept++] = difference[i];
        }
    }
    if (out->kept >= TIMING_TAPS_MIN) {
        out->median = median_of(x, out->kept);
        out->sd = describe_sd(x, out->kept, DESCRIBE_N_LESS_1).value;
        out->error = median_scale * out->sd / sqrt((double)out->kept);
    }
    free(x);
    return out->kept >= TIMING_TAPS_MIN;
}
