/*
 * hills - see hills.h.
 */
#include <config.h>

#include "eval/feat/hills.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

struct sums {
    double count, sum, square;
};

struct walk {
    const double *value;
    double step, least;
    struct sums rise, fall;
    int64_t tops;
    int64_t *at; /* NULL: places are not wanted */
    /* Within the run. */
    int64_t from;      /* the last turning point */
    int64_t high, low; /* the highest and the lowest since */
    int way;           /* 1: climbs, -1: falls, 0: not known yet */
};

static void add(struct walk *walk, int64_t to)
{
    double change = walk->value[to] - walk->value[walk->from];
    double slope = fabs(change) / ((double)(to - walk->from) * walk->step);
    struct sums *sums = change > 0 ? &walk->rise : &walk->fall;

    if (to == walk->from || fabs(change) < walk->least || change == 0)
        return;
    sums->count++;
    sums->sum += slope;
    sums->square += slope * slope;
}

static void turn(struct walk *walk, int64_t at, int64_t now)
{
    add(walk, at);
    if (walk->way > 0) {
        if (walk->at)
            walk->at[walk->tops] = at;
        walk->tops++;
    }
    walk->from = at;
    walk->high = walk->low = now;
    walk->way = -walk->way;
}

static void go_on(struct walk *walk, int64_t t)
{
    const double *x = walk->value;

    if (x[t] > x[walk->high])
        walk->high = t;
    if (x[t] < x[walk->low])
        walk->low = t;
    if (walk->way > 0 && x[walk->high] - x[t] >= walk->least) {
        turn(walk, walk->high, t);
    } else if (walk->way < 0 && x[t] - x[walk->low] >= walk->least) {
        turn(walk, walk->low, t);
    } else if (walk->way == 0 && x[walk->high] - x[walk->low] >= walk->least) {
        /* The run begins at its first extreme. */
        walk->way = walk->high > walk->low ? 1 : -1;
        walk->from = walk->way > 0 ? walk->low : walk->high;
    }
}

/* The piece that the run ends with. */
static void end_run(struct walk *walk)
{
    if (walk->way != 0)
        add(walk, walk->way > 0 ? walk->high : walk->low);
}

static void walk_over(struct walk *walk, int64_t count)
{
    bool inside = false;

    if (!(walk->least > 0)) /* a flat contour has no hills */
        return;
    for (int64_t t = 0; t < count; t++) {
        bool gap = isnan(walk->value[t]);

        if (inside && gap) {
            end_run(walk);
        } else if (!gap && !inside) {
            walk->from = walk->high = walk->low = t;
            walk->way = 0;
        } else if (!gap) {
            go_on(walk, t);
        }
        inside = !gap;
    }
    if (inside)
        end_run(walk);
}

static void sum_up(const struct sums *sums, double *mean, double *sd)
{
    *mean = *sd = NAN;
    if (sums->count == 0)
        return;
    *mean = sums->sum / sums->count;
    *sd = sqrt(fmax(0, sums->square / sums->count - *mean * *mean));
}

void hills_of(const double *value, int64_t count, double step, double least,
              struct hills *out)
{
    struct walk walk = { .value = value, .step = step, .least = least };

    walk_over(&walk, count);
    sum_up(&walk.rise, &out->rise_mean, &out->rise_sd);
    sum_up(&walk.fall, &out->fall_mean, &out->fall_sd);
    out->tops = walk.tops;
}

int64_t hills_tops(const double *value, int64_t count, double least,
                   int64_t *at)
{
    struct walk walk = { .value = value, .step = 1, .least = least, .at = at };

    walk_over(&walk, count);
    return walk.tops;
}
