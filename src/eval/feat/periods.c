/*
 * periods - see periods.h.
 */
#include <config.h>

#include "eval/feat/periods.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/wide.h"

#define RANGE 0.1    /* of the period, on both sides */
#define ACCEPTED 0.5 /* least correlation of neighbouring periods */

struct periods {
    struct periods_settings settings;
    int backlog;   /* samples of before not yet walked through */
    double length; /* of the last period accepted; 0: none */
    struct periods_value last;
    /* Work: room for two of the longest periods. */
    double *sum, *square; /* of the samples before */
    double *r;            /* of each lag */
};

/* What the periods of one step add up to. */
struct tally {
    double lengths, heights;           /* sums */
    double length_steps, height_steps; /* sums of absolute differences */
    double height_means;               /* of neighbours */
    int periods, length_pairs;
};

static int longest_lag(const struct periods_settings *settings)
{
    return (int)ceil((1 + RANGE) * settings->rate / settings->lowest_hz) + 1;
}

struct periods *periods_new(const struct periods_settings *settings)
{
    struct periods *periods = xcalloc(1, sizeof(*periods));
    size_t room = (size_t)longest_lag(settings) * 2 + 2;

    periods->settings = *settings;
    periods->sum = xcalloc(room, sizeof(double));
    periods->square = xcalloc(room, sizeof(double));
    periods->r = xcalloc(room, sizeof(double));
    return periods;
}

void periods_free(struct periods *periods)
{
    if (!periods)
        return;
    free(periods->sum);
    free(periods->square);
    free(periods->r);
    free(periods);
}

int periods_reach(const struct periods *periods)
{
    return 2 * longest_lag(&periods->settings) + periods->settings.hop;
}

WIDE static double product(const float *x, const float *y, int count)
{
    float sum[8] = { 0 }, rest = 0;
    int i = 0;

    for (; i + 7 < count; i += 8)
        for (int j = 0; j < 8; j++)
            sum[j] += x[i + j] * y[i + j];
    for (; i < count; i++)
        rest += x[i] * y[i];
    return ((sum[0] + sum[4]) + (sum[1] + sum[5])) +
           ((sum[2] + sum[6]) + (sum[3] + sum[7])) + rest;
}

/* Of all lags from `low`, below `end`. */
static void correlate(struct periods *periods, const float *x, int low, int end)
{
    double *sum = periods->sum, *square = periods->square;

    for (int i = 0; i < 2 * (end - 1); i++) {
        sum[i + 1] = sum[i] + x[i];
        square[i + 1] = square[i] + (double)x[i] * x[i];
    }
    for (int lag = low; lag < end; lag++) {
        double a = sum[lag], b = sum[2 * lag] - a;
        double aa = square[lag] - a * a / lag;
        double bb = square[2 * lag] - square[lag] - b * b / lag;
        double ab = product(x, x + lag, lag) - a * b / lag;

        periods->r[lag] = aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : 0;
    }
}

/* The best lag between the two; 0: none stands out. */
static int best_lag(const double *r, int low, int end)
{
    int best = 0;

    for (int lag = low + 1; lag < end - 1; lag++)
        if (r[lag] > r[lag - 1] && r[lag] > r[lag + 1] &&
            (best == 0 || r[lag] > r[best]))
            best = lag;
    return best;
}

/* Peak to peak, without the first and the last sample. */
static double height_of(const float *x, int count)
{
    float low = x[1], high = x[1];

    for (int i = 2; i < count - 1; i++) {
        low = x[i] < low ? x[i] : low;
        high = x[i] > high ? x[i] : high;
    }
    return (double)high - low;
}

/* Neither is more than `most` times the other. */
static bool alike(double a, double b, double most)
{
    return !(most > 0) || (a <= most * b && b <= most * a);
}

static void accept(struct periods *periods, struct tally *tally, double length,
                   double height, double next_height)
{
    const struct periods_settings *settings = &periods->settings;

    tally->periods++;
    tally->lengths += length;
    if (periods->length > 0 &&
        alike(length, periods->length, settings->most_length_ratio)) {
        tally->length_steps += fabs(length - periods->length);
        tally->length_pairs++;
    }
    if (alike(height, next_height, settings->most_height_ratio)) {
        tally->height_steps += fabs(height - next_height);
        tally->height_means += (height + next_height) / 2;
    }
    periods->length = length;
}

/* One period at `x`; returns how far to go on. */
static int walk(struct periods *periods, struct tally *tally, const float *x,
                double period)
{
    int low = (int)floor((1 - RANGE) * period);
    int end = (int)ceil((1 + RANGE) * period);
    const double *r = periods->r;
    double rise, bow, off;
    int lag;

    correlate(periods, x, low, end);
    lag = best_lag(r, low, end);
    if (lag == 0)
        return (int)floor(period + 0.5);
    rise = r[lag + 1] - r[lag - 1];
    bow = 2 * r[lag] - r[lag - 1] - r[lag + 1];
    off = 0.5 * rise / bow;
    if (r[lag] + 0.25 * rise * off > ACCEPTED)
        accept(periods, tally, lag + off, height_of(x, lag),
               height_of(x + lag, lag));
    return lag;
}

static struct periods_value value_of(const struct tally *tally,
                                     const struct periods_value *last)
{
    struct periods_value value = *last;

    value.has_jitter |= tally->length_pairs > 0;
    value.has_shimmer |= tally->height_means > 0;
    if (tally->length_pairs > 0)
        value.jitter = fmin(1, tally->length_steps / tally->length_pairs /
                                   (tally->lengths / tally->periods));
    if (tally->height_means > 0)
        value.shimmer_db =
            20 * log10(1 + fmin(1, tally->height_steps / tally->height_means));
    return value;
}

struct periods_value periods_step(struct periods *periods, const float *sample,
                                  double f0_hz)
{
    int hop = periods->settings.hop, backlog = periods->backlog;
    struct tally tally = { 0 };
    double period;
    int high, length, start = 0, last = 0;

    if (!(f0_hz > 0)) {
        periods->backlog = 0;
        periods->length = 0;
        periods->last = (struct periods_value){ 0 };
        return periods->last;
    }
    period = periods->settings.rate / f0_hz;
    high = (int)ceil((1 + RANGE) * period);
    length = hop + backlog;
    if (length < 2 * high + 2)
        length = 2 * high + 2;
    if (length > periods->settings.frame + backlog)
        length = periods->settings.frame + backlog;
    while (start < length - 2 * high - 1) {
        if (start < hop + backlog - 1)
            last = start;
        start += walk(periods, &tally, sample - backlog + start, period);
    }
    /* A period that reaches into the next hop is looked at again there. */
    if (start < hop + backlog - 1)
        last = start;
    periods->backlog = hop + backlog - last;
    periods->last = value_of(&tally, &periods->last);
    return periods->last;
}
