/*
 * contour - see contour.h.
 */
#include <config.h>

#include "eval/feat/contour.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"

#define SHARE 0.1   /* of the range: what a hill must rise */
#define HIGHER 1.05 /* a hill this much higher takes the place of one */

struct extremum {
    int64_t at;
    float value;
    bool top;
};

struct extrema {
    struct extremum *item; /* owned */
    size_t count, capacity;
};

/* Slopes of one kind: their mean, and squares about it (Welford 1962). */
struct spread {
    int64_t count;
    double mean, square;
};

/*
 * The extrema in order of time, through three sieves and into the sums: what
 * is kept of hours are a few of them.
 */
struct walk {
    double least; /* what counts as a climb */
    double step;  /* seconds */
    /* First sieve. */
    float before;      /* the extremum before this one, kept or not */
    float top, bottom; /* the last ones that count */
    bool since;        /* a bottom was counted after the last top */
    /* The last top, which a higher one may yet replace, and the bottoms
     * after it. */
    struct extrema waiting;
    bool top_waits; /* it is the first of them */
    /* Second sieve. */
    float above; /* the last top */
    /* Third sieve. */
    struct extremum last;
    bool any;
    /* The sums. */
    struct extremum from;
    struct spread rising, falling;
    int64_t peaks;
};

static void add(struct spread *spread, double slope)
{
    double off = slope - spread->mean;

    spread->count++;
    spread->mean += off / (double)spread->count;
    spread->square += off * (slope - spread->mean);
}

static void take_slope(struct walk *walk, struct extremum to)
{
    double slope = ((double)to.value - walk->from.value) /
                   ((double)(to.at - walk->from.at) * walk->step);

    if (to.top)
        add(&walk->rising, slope);
    else
        add(&walk->falling, -slope);
    walk->peaks += to.top;
    walk->from = to;
}

/* Of neighbours of one kind the more extreme one stays. */
static void alternate(struct walk *walk, struct extremum item)
{
    if (walk->any && walk->last.top == item.top) {
        if (item.top ? item.value > walk->last.value
                     : item.value < walk->last.value)
            walk->last = item;
        return;
    }
    if (walk->any)
        take_slope(walk, walk->last);
    walk->last = item;
    walk->any = true;
}

/* Bottoms that lie little below the top before them go. */
static void drop_bottom(struct walk *walk, struct extremum item)
{
    if (item.top)
        walk->above = item.value;
    else if ((double)walk->above - item.value < walk->least)
        return;
    alternate(walk, item);
}

static void let_go(struct walk *walk, bool without_top)
{
    size_t first = without_top && walk->top_waits ? 1 : 0;

    for (size_t i = first; i < walk->waiting.count; i++)
        drop_bottom(walk, walk->waiting.item[i]);
    walk->waiting.count = 0;
    walk->top_waits = false;
}

/*
 * Small ones are kept when a long climb led to them: a top that lies well above
 * the bottom and follows one, or is the height of that climb.
 */
static void offer_top(struct walk *walk, struct extremum item, bool small)
{
    bool higher = item.value > HIGHER * walk->top;

    if (small && (!((double)item.value - walk->bottom >= walk->least) ||
                  (!higher && !walk->since)))
        return;
    let_go(walk, small && higher);
    VEC_PUSH(&walk->waiting, item);
    walk->top_waits = true;
    walk->top = item.value;
    walk->since = false;
}

/* A deeper bottom after one is listed, but the hills still rise from that. */
static void offer_bottom(struct walk *walk, struct extremum item, bool small)
{
    if (small && !((double)walk->top - item.value >= walk->least))
        return;
    if (small && walk->since) {
        if (item.value < walk->bottom)
            VEC_PUSH(&walk->waiting, item);
        return;
    }
    VEC_PUSH(&walk->waiting, item);
    walk->bottom = item.value;
    walk->since = true;
}

static void find(const float *x, int64_t count, struct walk *walk)
{
    for (int64_t i = 2; i < count - 2; i++) {
        bool top = x[i] > x[i - 1] && x[i] > x[i + 1];
        bool small = fabs((double)x[i] - walk->before) < walk->least;

        if (!top && !(x[i] < x[i - 1] && x[i] < x[i + 1]))
            continue;
        walk->before = x[i];
        if (top)
            offer_top(walk, (struct extremum){ i, x[i], top }, small);
        else
            offer_bottom(walk, (struct extremum){ i, x[i], top }, small);
    }
    let_go(walk, false);
    if (walk->any)
        take_slope(walk, walk->last);
}

/* `end`, if not NULL, counts for the mean only. */
static void sum_up(const struct spread *spread, const double *end, double *mean,
                   double *sd)
{
    double inner = (double)spread->count, count = inner + (end ? 1 : 0), off;

    *mean = *sd = 0;
    if (count == 0)
        return;
    *mean = (inner * spread->mean + (end ? *end : 0)) / count;
    off = spread->mean - *mean;
    *sd = sqrt((spread->square + inner * off * off) / count);
}

void contour_slopes_of(const float *value, int64_t count, double step,
                       struct contour_slopes *out)
{
    struct walk walk = { .step = step };
    float low, high;
    double left, slope = 0;
    const double *up = NULL, *down = NULL;

    memset(out, 0, sizeof(*out));
    if (count == 0)
        return;
    low = high = value[0];
    for (int64_t i = 1; i < count; i++) {
        low = value[i] < low ? value[i] : low;
        high = value[i] > high ? value[i] : high;
    }
    walk.least = SHARE * ((double)high - low);
    walk.before = walk.top = walk.bottom = walk.above = walk.from.value =
        value[0];
    find(value, count, &walk);
    left = (double)(walk.any ? count - 1 - walk.from.at : count) * step;
    if (left > 0) { /* the piece at the end */
        slope = ((double)value[count - 1] - walk.from.value) / left;
        *(walk.from.top ? &down : &up) = &slope;
    }
    sum_up(&walk.rising, up, &out->rising_mean, &out->rising_sd);
    sum_up(&walk.falling, down, &out->falling_mean, &out->falling_sd);
    out->peaks = walk.peaks;
    free(walk.waiting.item);
}
