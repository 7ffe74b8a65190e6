/*
 * curve_lag - see curve_lag.h.
 *
 * Each item has its points, from the earliest beginning to the latest end of
 * its traces; a rater's values there are NAN outside the rater's own trace.
 */
#include <config.h>

#include "common/stat/curve_lag.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/stat/ccc.h"
#include "common/stat/describe.h"

enum { BINS = 8 };

const char *const curve_fit_names[] = { "correlation", "ccc",
                                        "mutual-information", NULL };

/* The points of an item. */
struct span {
    double start;
    size_t points;
};

struct work {
    const struct curve_lag_plan *plan;
    struct span *span;  /* owned; of each item */
    double **own;       /* owned; [item * raters + rater], as recorded */
    double *lag;        /* owned; present ones */
    double *reference;  /* owned; room for the longest item */
    double *sum, *seen; /* owned; the same */
    long most;          /* points */
};

static struct span span_of(const struct curve_lag_plan *plan, size_t item)
{
    double from = HUGE_VAL, to = -HUGE_VAL;
    struct span out = { 0 };

    for (size_t r = 0; r < plan->raters; r++) {
        const struct curve *one = &plan->trace[item * plan->raters + r];

        if (one->n < 2)
            continue;
        from = fmin(from, one->time[0]);
        to = fmax(to, one->time[one->n - 1]);
    }
    if (to > from && (to - from) * plan->rate < CURVE_POINTS_MAX) {
        out.start = from;
        out.points = (size_t)floor((to - from) * plan->rate + 1e-9) + 1;
    }
    return out;
}

static void prepare(struct work *work, const struct curve_lag_plan *plan)
{
    size_t cells = plan->items * plan->raters, longest = 0;

    *work = (struct work){ .plan = plan };
    work->most = (long)floor(plan->most * plan->rate + 1e-9);
    work->span = xcalloc(plan->items + 1, sizeof(*work->span));
    work->own = xcalloc(cells + 1, sizeof(*work->own));
    work->lag = xcalloc(plan->raters + 1, sizeof(*work->lag));
    for (size_t i = 0; i < plan->items; i++) {
        struct span span = span_of(plan, i);

        work->span[i] = span;
        longest = span.points > longest ? span.points : longest;
        for (size_t r = 0; r < plan->raters; r++) {
            size_t at = i * plan->raters + r;

            if (span.points == 0 || plan->trace[at].n < 2)
                continue;
            work->own[at] = xcalloc(span.points, sizeof(double));
            curve_sample(&plan->trace[at], span.start, 1 / plan->rate,
                         span.points, work->own[at]);
        }
    }
    work->reference = xcalloc(3 * longest + 1, sizeof(double));
    work->sum = work->reference + longest;
    work->seen = work->sum + longest;
}

static void release(struct work *work)
{
    for (size_t i = 0; i < work->plan->items * work->plan->raters; i++)
        free(work->own[i]);
    free(work->own);
    free(work->span);
    free(work->lag);
    free(work->reference);
}

/* The mean of the others at their lags; NAN where nobody has a value. */
static void mean_of_others(struct work *work, size_t item, size_t rater)
{
    const struct curve_lag_plan *plan = work->plan;
    const struct span *span = &work->span[item];

    memset(work->sum, 0, span->points * sizeof(double));
    memset(work->seen, 0, span->points * sizeof(double));
    for (size_t r = 0; r < plan->raters; r++) {
        const struct curve *one = &plan->trace[item * plan->raters + r];

        if (r == rater || one->n < 2)
            continue;
        curve_sample(one, span->start + work->lag[r], 1 / plan->rate,
                     span->points, work->reference);
        for (size_t k = 0; k < span->points; k++) {
            if (!isnan(work->reference[k])) {
                work->sum[k] += work->reference[k];
                work->seen[k]++;
            }
        }
    }
    for (size_t k = 0; k < span->points; k++)
        work->reference[k] =
            work->seen[k] > 0 ? work->sum[k] / work->seen[k] : (double)NAN;
}

/* Which eighth of the values each is in, from 0; NAN stays out (BINS). */
static unsigned char *bins_of(const double *x, size_t n)
{
    unsigned char *out = xcalloc(n + 1, 1);
    double *sorted = xcalloc(n + 1, sizeof(*sorted)), edge[BINS - 1];
    size_t count = 0;

    for (size_t k = 0; k < n; k++)
        if (!isnan(x[k]))
            sorted[count++] = x[k];
    describe_sort(sorted, count);
    for (int b = 0; count > 0 && b < BINS - 1; b++)
        edge[b] = describe_quantile(sorted, count, (b + 1.0) / BINS).value;
    for (size_t k = 0; k < n; k++) {
        while (!isnan(x[k]) && out[k] < BINS - 1 && x[k] > edge[out[k]])
            out[k]++;
        if (isnan(x[k]))
            out[k] = BINS;
    }
    free(sorted);
    return out;
}

static struct estimate information(const unsigned char *a,
                                   const unsigned char *b, size_t n,
                                   size_t least)
{
    double joint[BINS][BINS] = { { 0 } }, of_a[BINS] = { 0 };
    double of_b[BINS] = { 0 }, all = 0, sum = 0;

    for (size_t k = 0; k < n; k++) {
        if (a[k] == BINS || b[k] == BINS)
            continue;
        joint[a[k]][b[k]]++;
        of_a[a[k]]++;
        of_b[b[k]]++;
        all++;
    }
    if (all < (double)least || all < 2)
        return estimate_undefined("too little in common");
    for (int i = 0; i < BINS; i++)
        for (int j = 0; j < BINS; j++)
            if (joint[i][j] > 0)
                sum += joint[i][j] / all *
                       log(joint[i][j] * all / (of_a[i] * of_b[j]));
    return estimate_of(sum);
}

static struct estimate likeness(enum curve_fit fit, const double *a,
                                const double *b, size_t n, size_t least)
{
    struct ccc_sums sums = { 0 };
    double origin = 0;
    size_t k = 0;

    while (k < n && isnan(a[k]))
        k++;
    origin = k < n ? a[k] : 0;
    for (; k < n; k++)
        if (!isnan(a[k]) && !isnan(b[k]))
            ccc_add(&sums, origin, a[k], b[k], 1);
    if (sums.count < (int64_t)least)
        return estimate_undefined("too little in common");
    if (fit == CURVE_FIT_CCC)
        return ccc_pearson(&sums).defined ? ccc_lin(&sums) : ccc_pearson(&sums);
    return ccc_pearson(&sums);
}

/*
 * Adds the fit of `own`, seen `lag` points earlier, for all lags to sum[] and
 * seen[]; at least half of what both have at best must be left.
 */
static void add_fits(const struct work *work, const double *own, size_t points,
                     double *sum, double *seen)
{
    enum curve_fit fit = work->plan->fit;
    unsigned char *a = NULL, *b = NULL;
    size_t both = 0;

    for (size_t k = 0; k < points; k++)
        both += !isnan(own[k]) && !isnan(work->reference[k]);
    if (fit == CURVE_FIT_MUTUAL_INFORMATION) {
        a = bins_of(work->reference, points);
        b = bins_of(own, points);
    }
    for (long lag = work->plan->signal ? 0 : -work->most; lag <= work->most;
         lag++) {
        size_t off = (size_t)labs(lag), left, x, y;
        struct estimate one;

        if (off >= points)
            continue;
        left = points - off;
        x = lag < 0 ? off : 0; /* of the reference */
        y = lag < 0 ? 0 : off; /* the rater's own, later */
        one =
            a ? information(a + x, b + y, left, both / 2 + 2)
              : likeness(fit, work->reference + x, own + y, left, both / 2 + 2);
        if (one.defined) {
            sum[lag + work->most] += one.value;
            seen[lag + work->most]++;
        }
    }
    free(a);
    free(b);
}

/* The highest mean fit, between points by the parabola through its top. */
static void find_top(const struct work *work, const double *sum,
                     const double *seen, double items, struct curve_lag *out)
{
    long top = -1, count = 2 * work->most + 1;
    double at = 0;

    /* Lags that an item is too short for are not compared. */
    for (long k = 0; k < count; k++)
        if (seen[k] == items && items > 0 && (top < 0 || sum[k] > sum[top]))
            top = k;
    if (top < 0) {
        out->lag = estimate_undefined("its traces, or those it is compared "
                                      "with, never vary");
        return;
    }
    out->at_lag = sum[top] / items;
    out->at_zero = seen[work->most] == items ? sum[work->most] / items : 0;
    out->at_limit = top == 0 || top + 1 == count || seen[top - 1] != items ||
                    seen[top + 1] != items;
    if (work->plan->signal && top == work->most)
        out->at_limit = false; /* no lag at all */
    if (!out->at_limit && top > 0 && top + 1 < count &&
        seen[top - 1] == items) {
        double below = sum[top - 1], above = sum[top + 1];
        double bend = below - 2 * sum[top] + above;

        at = bend < 0 ? (below - above) / (2 * bend) : 0;
    }
    out->items = (size_t)items;
    out->lag =
        out->at_limit
            ? estimate_undefined("it fits best at the end of "
                                 "what was tried")
            : estimate_of(((double)(top - work->most) + at) / work->plan->rate);
}

static void fit_rater(struct work *work, size_t rater, struct curve_lag *out)
{
    const struct curve_lag_plan *plan = work->plan;
    size_t lags = 2 * (size_t)work->most + 1;
    double *sum = xcalloc(2 * lags, sizeof(*sum)), *seen = sum + lags;
    double items = 0;

    *out = (struct curve_lag){ 0 };
    for (size_t i = 0; i < plan->items && !interrupt_pending(); i++) {
        const double *own = work->own[i * plan->raters + rater];
        double before = seen[work->most];

        if (!own)
            continue;
        if (plan->signal)
            curve_sample(&plan->signal[i], work->span[i].start, 1 / plan->rate,
                         work->span[i].points, work->reference);
        else
            mean_of_others(work, i, rater);
        add_fits(work, own, work->span[i].points, sum, seen);
        items += seen[work->most] - before;
    }
    find_top(work, sum, seen, items, out);
    free(sum);
}

/* Lags about their mean; how far one moved since `before`. */
static double centre(struct work *work, const struct curve_lag *out,
                     double *before)
{
    double mean = 0, n = 0, moved = 0;

    for (size_t r = 0; r < work->plan->raters; r++) {
        mean += out[r].lag.defined ? work->lag[r] : 0;
        n += out[r].lag.defined;
    }
    for (size_t r = 0; n > 0 && r < work->plan->raters; r++) {
        if (out[r].lag.defined)
            work->lag[r] -= mean / n;
        moved = fmax(moved, fabs(work->lag[r] - before[r]));
        before[r] = work->lag[r];
    }
    return moved;
}

size_t curve_lags(const struct curve_lag_plan *plan, struct curve_lag *out)
{
    struct work work;
    size_t rounds = 0;
    double *before = xcalloc(plan->raters + 1, sizeof(*before)), moved;

    prepare(&work, plan);
    do {
        for (size_t r = 0; r < plan->raters; r++) {
            fit_rater(&work, r, &out[r]);
            work.lag[r] = out[r].lag.value; /* 0 when undefined */
        }
        rounds++;
        moved = plan->signal ? 0 : centre(&work, out, before);
    } while (moved > 0.1 / plan->rate && rounds < CURVE_LAG_ROUNDS &&
             !interrupt_pending());
    for (size_t r = 0; r < plan->raters; r++)
        if (out[r].lag.defined)
            out[r].lag.value = work.lag[r];
    release(&work);
    free(before);
    return rounds;
}
