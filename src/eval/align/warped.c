/*
 * warped - see warped.h.
 */
#include <config.h>

#include "eval/align/warped.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/stat/curve_agree.h"
#include "eval/align/clock.h"

struct work {
    double from, rate;
    size_t points, window; /* points */
    double *x, *y;         /* owned */
    size_t longest;        /* run that was tried */
};

static const char *prepare(struct work *work, double window_s, double rate,
                           const struct channel *one,
                           const struct channel *other)
{
    double to, points;

    if (one->count < 2 || other->count < 2)
        return "a signal has fewer than two samples";
    work->rate =
        rate > 0 ? rate
                 : fmin(1 / fmax(one->step, other->step), CLOCK_MAX_RATE_HZ);
    work->from = fmax(one->time[0], other->time[0]);
    to = fmin(one->time[one->count - 1], other->time[other->count - 1]);
    points = floor((to - work->from) * work->rate) + 1;
    work->window = (size_t)ceil(window_s * work->rate);
    if (!(points >= 2))
        return "the signals have no time in common";
    if (points * (2 * (double)work->window + 1) > WARPED_MAX_CELLS)
        return "too long to be warped: lower --warp or --match-rate";
    work->points = (size_t)points;
    work->x = xcalloc(work->points, sizeof(double));
    work->y = xcalloc(work->points, sizeof(double));
    for (size_t i = 0; i < work->points; i++) {
        double t = work->from + (double)i / work->rate;

        work->x[i] = channel_smooth_at(one, t, 1 / work->rate);
        work->y[i] = channel_smooth_at(other, t, 1 / work->rate);
    }
    return NULL;
}

static void add_knots(const struct work *work, size_t first, size_t count,
                      struct warped_found *out)
{
    double *at = xcalloc(count, sizeof(*at));

    if (!curve_warp_path(work->x + first, work->y + first, count, work->window,
                         at)) {
        free(at);
        return;
    }
    out->own = xreallocarray(out->own, out->knots + count, sizeof(double));
    out->reference =
        xreallocarray(out->reference, out->knots + count, sizeof(double));
    for (size_t j = 0; j < count; j++) {
        double own = work->from + (double)(first + j) / work->rate;
        double reference = work->from + ((double)first + at[j]) / work->rate;

        out->own[out->knots] = own;
        out->reference[out->knots++] = reference;
        out->most_s = fmax(out->most_s, fabs(reference - own));
    }
    out->bent++;
    free(at);
}

/* A run in which both signals are there. */
static void try_run(struct work *work, size_t first, size_t count,
                    struct warped_found *out)
{
    struct curve_warp warp;

    /* Wrong times must be more than two windows off, both ways. */
    if (count < 4 * (2 * work->window + 1))
        return;
    out->runs++;
    warp = curve_warp_of(work->x + first, work->y + first, count, work->window,
                         WARPED_TURNS, NULL);
    if (count > work->longest) {
        work->longest = count;
        out->similarity = warp.similarity.defined ? warp.similarity.value : NAN;
        out->p = warp.p.defined ? warp.p.value : NAN;
    }
    if (warp.p.defined && warp.p.value <= WARPED_LEVEL && !interrupt_pending())
        add_knots(work, first, count, out);
}

void warped_find(double window_s, double rate, const struct channel *reference,
                 const struct channel *other, struct warped_found *out)
{
    struct work work = { 0 };

    *out = (struct warped_found){ .similarity = NAN, .p = NAN };
    out->reason = prepare(&work, window_s, rate, reference, other);
    for (size_t i = 0, end; !out->reason && i < work.points; i = end + 1) {
        for (end = i;
             end < work.points && !isnan(work.x[end]) && !isnan(work.y[end]);)
            end++;
        try_run(&work, i, end - i, out);
    }
    if (!out->reason && out->bent == 0)
        out->reason = out->runs == 0 ? "both signals are nowhere there for "
                                       "eight windows on end"
                                     : "warped no nearer than at wrong times";
    out->told = !out->reason;
    free(work.x);
    free(work.y);
}

void warped_release(struct warped_found *found)
{
    free(found->own);
    free(found->reference);
    *found = (struct warped_found){ 0 };
}

/* Between knots straight; outside of runs as it is. */
static double moved(const struct warped_found *found, double t, double step)
{
    size_t low = 0, high = found->knots;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (found->own[middle] > t)
            high = middle;
        else
            low = middle + 1;
    }
    if (low == 0 || low == found->knots ||
        found->own[low] - found->own[low - 1] > 1.5 * step)
        return t;
    return found->reference[low - 1] +
           (found->reference[low] - found->reference[low - 1]) *
               (t - found->own[low - 1]) /
               (found->own[low] - found->own[low - 1]);
}

void warped_move(const struct warped_found *found, struct channel *channel)
{
    double step = found->knots > 1 ? found->own[1] - found->own[0] : 0;

    for (size_t i = 0; i < channel->count; i++)
        channel->time[i] = moved(found, channel->time[i], step);
}
