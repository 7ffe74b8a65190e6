/*
 * alpha - disagreement within units against that of all pairs.
 *
 * The pairs need no table of coincidences.  Where the distance is a squared
 * difference of positions, the sum over a unit's ordered pairs is
 * 2 (m sum x^2 - (sum x)^2); ordinal distances are such, with a category's
 * position the middle of its ranks; circular ones are such on the circle,
 * (m^2 - |sum e^(ix)|^2) / 2.
 */
#include <config.h>

#include "common/stat/alpha.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"

const char *const alpha_metric_names[] = { "nominal", "ordinal",  "interval",
                                           "ratio",   "circular", NULL };

/* One call's work. */
struct work {
    const struct ratings *ratings;
    const int *times;
    enum alpha_metric metric;
    double *pairable; /* of each category: ratings in pairable units */
    double *x, *y;    /* positions of the categories; y: circular only */
    uint32_t *seen;   /* of each category in the present unit; zero between */
    double n;         /* pairable ratings */
};

static int times_of(const struct work *work, size_t item)
{
    if (ratings_of(work->ratings, item) < 2)
        return 0;
    return work->times ? work->times[item] : 1;
}

static void count(struct work *work, struct alpha *out)
{
    const struct ratings *r = work->ratings;

    for (size_t i = 0; i < r->items.count; i++) {
        int times = times_of(work, i);

        if (times == 0)
            continue;
        out->units += (size_t)times;
        for (size_t k = r->start[i]; k < r->start[i + 1]; k++)
            work->pairable[r->rating[k].code] += times;
        work->n += times * (double)ratings_of(r, i);
    }
    out->pairable = (size_t)work->n;
}

/* Positions about their mean, so that squares stay small. */
static void place_numbers(struct work *work)
{
    size_t categories = work->ratings->categories.count;
    double mean = 0;

    for (size_t c = 0; c < categories; c++)
        mean += work->pairable[c] / work->n * work->ratings->value[c];
    for (size_t c = 0; c < categories; c++)
        work->x[c] = work->ratings->value[c] - mean;
}

static void place(struct work *work, double period)
{
    size_t categories = work->ratings->categories.count;
    double below = 0;

    switch (work->metric) {
    case ALPHA_NOMINAL:
        break;
    case ALPHA_ORDINAL:
        for (size_t c = 0; c < categories; c++) {
            work->x[c] = below + (work->pairable[c] - work->n) / 2;
            below += work->pairable[c];
        }
        break;
    case ALPHA_INTERVAL:
        place_numbers(work);
        break;
    case ALPHA_RATIO:
        for (size_t c = 0; c < categories; c++)
            work->x[c] = work->ratings->value[c];
        break;
    case ALPHA_CIRCULAR:
        assert(period > 0);
        for (size_t c = 0; c < categories; c++) {
            double angle = 2 * M_PI * work->ratings->value[c] / period;

            work->x[c] = cos(angle);
            work->y[c] = sin(angle);
        }
        break;
    }
}

/* Over the unit's ordered pairs. */
static double nominal_unit(struct work *work, const struct rating *rating,
                           size_t m)
{
    double equal = 0;

    for (size_t k = 0; k < m; k++)
        equal += work->seen[rating[k].code]++;
    for (size_t k = 0; k < m; k++)
        work->seen[rating[k].code] = 0;
    return (double)m * (double)(m - 1) - 2 * equal;
}

static double squared_unit(const struct work *work, const struct rating *rating,
                           size_t m)
{
    double origin = work->x[rating[0].code];
    double sum = 0, squares = 0;

    for (size_t k = 1; k < m; k++) {
        double x = work->x[rating[k].code] - origin;

        sum += x;
        squares += x * x;
    }
    return 2 * ((double)m * squares - sum * sum);
}

static double circular_unit(const struct work *work,
                            const struct rating *rating, size_t m)
{
    double x = 0, y = 0;

    for (size_t k = 0; k < m; k++) {
        x += work->x[rating[k].code];
        y += work->y[rating[k].code];
    }
    return fmax(0, ((double)m * (double)m - x * x - y * y) / 2);
}

/* Squared; 0 between 0 and 0. */
static double ratio_distance(double a, double b)
{
    double sum = a + b;

    return sum > 0 ? (a - b) * (a - b) / (sum * sum) : 0;
}

static double ratio_unit(const struct work *work, const struct rating *rating,
                         size_t m)
{
    double sum = 0;

    for (size_t k = 1; k < m; k++)
        for (size_t j = 0; j < k; j++)
            sum += ratio_distance(work->x[rating[k].code],
                                  work->x[rating[j].code]);
    return 2 * sum;
}

static double unit(struct work *work, const struct rating *rating, size_t m)
{
    switch (work->metric) {
    case ALPHA_NOMINAL:
        return nominal_unit(work, rating, m);
    case ALPHA_ORDINAL:
    case ALPHA_INTERVAL:
        return squared_unit(work, rating, m);
    case ALPHA_RATIO:
        return ratio_unit(work, rating, m);
    case ALPHA_CIRCULAR:
        return circular_unit(work, rating, m);
    }
    return 0;
}

static double observed(struct work *work)
{
    const struct ratings *r = work->ratings;
    double sum = 0;

    for (size_t i = 0; i < r->items.count; i++) {
        int times = times_of(work, i);
        size_t m = ratings_of(r, i);

        if (times > 0)
            sum += times * unit(work, r->rating + r->start[i], m) /
                   (double)(m - 1);
    }
    return sum / work->n;
}

static double ratio_expected(const struct work *work)
{
    size_t categories = work->ratings->categories.count;
    double sum = 0;

    for (size_t c = 1; c < categories; c++) {
        double row = 0;

        for (size_t k = 0; k < c && work->pairable[c] > 0; k++)
            row += work->pairable[k] * ratio_distance(work->x[c], work->x[k]);
        sum += work->pairable[c] * row;
    }
    return 2 * sum;
}

/* Over all ordered pairs of pairable ratings. */
static double all_pairs(const struct work *work)
{
    size_t categories = work->ratings->categories.count;
    double x = 0, y = 0, squares = 0;

    if (work->metric == ALPHA_RATIO)
        return ratio_expected(work);
    for (size_t c = 0; c < categories; c++) {
        double n = work->pairable[c];

        x += n * work->x[c];
        y += n * work->y[c];
        squares +=
            work->metric == ALPHA_NOMINAL ? n * n : n * work->x[c] * work->x[c];
    }
    switch (work->metric) {
    case ALPHA_NOMINAL:
        return work->n * work->n - squares;
    case ALPHA_CIRCULAR:
        return (work->n * work->n - x * x - y * y) / 2;
    default:
        return 2 * (work->n * squares - x * x);
    }
}

static struct estimate read_value(const struct work *work, struct alpha *out)
{
    size_t used = 0;

    for (size_t c = 0; c < work->ratings->categories.count; c++)
        used += work->pairable[c] > 0;
    if (used == 0)
        return estimate_undefined("no item has two ratings");
    if (used == 1)
        return estimate_undefined(
            "all ratings are the same: no disagreement to expect (0/0)");
    out->expected = all_pairs(work) / (work->n * (work->n - 1));
    /* Only values a whole turn apart, on a circle. */
    if (!(out->expected > 1e-15))
        return estimate_undefined("all ratings are at the same place (0/0)");
    return estimate_of(1 - out->observed / out->expected);
}

struct alpha alpha_of(const struct ratings *ratings, enum alpha_metric metric,
                      double period, const int *times)
{
    size_t categories = ratings->categories.count;
    struct alpha out = { 0 };
    struct work work = { .ratings = ratings, .times = times, .metric = metric };

    assert(metric == ALPHA_NOMINAL || ratings->ordered || categories == 0);
    assert(metric <= ALPHA_ORDINAL || ratings->value || categories == 0);
    work.pairable = xcalloc(3 * categories + 1, sizeof(*work.pairable));
    work.x = work.pairable + categories;
    work.y = work.x + categories;
    work.seen = xcalloc(categories + 1, sizeof(*work.seen));
    count(&work, &out);
    if (work.n > 0) {
        place(&work, period);
        out.observed = observed(&work);
    }
    out.value = read_value(&work, &out);
    if (!out.value.defined)
        out.observed = out.expected = 0;
    free(work.pairable);
    free(work.seen);
    return out;
}
