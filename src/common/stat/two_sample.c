/*
 * two_sample - see two_sample.h.
 */
#include <config.h>

#include "common/stat/two_sample.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/concord.h"
#include "common/stat/describe.h"
#include "common/stat/dist.h"

static const char too_few[] = "a sample has fewer than two numbers";
static const char no_spread[] = "neither sample varies";

struct moments {
    double n, mean, variance; /* n - 1 */
};

static struct moments moments_of(struct sample sample)
{
    return (struct moments){
        (double)sample.n,
        describe_mean(sample.x, sample.n).value,
        describe_variance(sample.x, sample.n, DESCRIBE_N_LESS_1).value,
    };
}

static struct two_sample_test t_test(double gap, double se, double df)
{
    struct two_sample_test out = { .gap = gap, .se = se, .df = df };

    if (!(se > 0)) {
        out.p = estimate_undefined(no_spread);
        return out;
    }
    out.statistic = gap / se;
    out.p = estimate_of(2 * dist_t_cdf(-fabs(out.statistic), df));
    return out;
}

static struct two_sample_test undefined(const char *reason)
{
    return (struct two_sample_test){ .p = estimate_undefined(reason) };
}

struct two_sample_test two_sample_welch(struct sample a, struct sample b)
{
    struct moments x = moments_of(a), y = moments_of(b);
    double of_x = x.variance / x.n, of_y = y.variance / y.n;
    double both = of_x + of_y;

    if (a.n < 2 || b.n < 2)
        return undefined(too_few);
    return t_test(x.mean - y.mean, sqrt(both),
                  both * both /
                      (of_x * of_x / (x.n - 1) + of_y * of_y / (y.n - 1)));
}

static double pooled_variance(const struct moments *x, const struct moments *y)
{
    return ((x->n - 1) * x->variance + (y->n - 1) * y->variance) /
           (x->n + y->n - 2);
}

struct two_sample_test two_sample_student(struct sample a, struct sample b)
{
    struct moments x = moments_of(a), y = moments_of(b);

    if (a.n < 2 || b.n < 2)
        return undefined(too_few);
    return t_test(x.mean - y.mean,
                  sqrt(pooled_variance(&x, &y) * (1 / x.n + 1 / y.n)),
                  x.n + y.n - 2);
}

struct estimate two_sample_cohen_d(struct sample a, struct sample b)
{
    struct moments x = moments_of(a), y = moments_of(b);

    if (a.n < 2 || b.n < 2)
        return estimate_undefined(too_few);
    if (!(pooled_variance(&x, &y) > 0))
        return estimate_undefined(no_spread);
    return estimate_of((x.mean - y.mean) / sqrt(pooled_variance(&x, &y)));
}

struct estimate two_sample_hedges_g(struct sample a, struct sample b)
{
    struct estimate d = two_sample_cohen_d(a, b);

    d.value *= 1 - 3 / (4 * (double)(a.n + b.n) - 9);
    return d;
}

/* Ranks of both together, those of a first; and the sum over ties t^3 - t. */
static double *joint_ranks(struct sample a, struct sample b, double *ties)
{
    size_t n = a.n + b.n;
    double *joint = xcalloc(n + 1, sizeof(*joint));
    double *rank = xcalloc(n + 1, sizeof(*rank));
    double run = 0;

    for (size_t i = 0; i < n; i++)
        joint[i] = i < a.n ? a.x[i] : b.x[i - a.n];
    concord_ranks(joint, n, rank);
    describe_sort(joint, n);
    *ties = 0;
    for (size_t i = 0; i < n; i++) {
        run++;
        if (i + 1 == n || joint[i + 1] != joint[i]) {
            *ties += run * (run * run - 1);
            run = 0;
        }
    }
    free(joint);
    return rank;
}

/* The U of a: pairs in which a is larger, ties count 1/2. */
static double u_of(struct sample a, const double *rank)
{
    double sum = 0, n = (double)a.n;

    for (size_t i = 0; i < a.n; i++)
        sum += rank[i];
    return sum - n * (n + 1) / 2;
}

struct two_sample_test two_sample_mann_whitney(struct sample a, struct sample b)
{
    double x = (double)a.n, y = (double)b.n, n = x + y, ties, variance, z;
    double *rank = joint_ranks(a, b, &ties);
    struct two_sample_test out = { .statistic = u_of(a, rank) };

    free(rank);
    variance = x * y / 12 * (n + 1 - ties / (n * (n - 1)));
    if (a.n == 0 || b.n == 0 || !(variance > 0)) {
        out.p = estimate_undefined("all numbers are the same");
        return out;
    }
    z = (fabs(out.statistic - x * y / 2) - 0.5) / sqrt(variance);
    out.p = estimate_of(fmin(1, 2 * dist_normal_cdf(-z)));
    return out;
}

struct estimate two_sample_cliff_delta(struct sample a, struct sample b)
{
    double ties, u;
    double *rank = joint_ranks(a, b, &ties);

    u = u_of(a, rank);
    free(rank);
    if (a.n == 0 || b.n == 0)
        return estimate_undefined("a sample is empty");
    return estimate_of(2 * u / ((double)a.n * (double)b.n) - 1);
}

/* Absolute differences from the median; the caller frees. */
static double *spreads(struct sample sample)
{
    double *out = xcalloc(sample.n + 1, sizeof(*out));
    double median;

    for (size_t i = 0; i < sample.n; i++)
        out[i] = sample.x[i];
    describe_sort(out, sample.n);
    median = describe_quantile(out, sample.n, 0.5).value;
    for (size_t i = 0; i < sample.n; i++)
        out[i] = fabs(out[i] - median);
    return out;
}

struct two_sample_test two_sample_brown_forsythe(struct sample a,
                                                 struct sample b)
{
    double *x = spreads(a), *y = spreads(b);
    /* Two groups: F is the square of Student's t. */
    struct two_sample_test t = two_sample_student((struct sample){ x, a.n },
                                                  (struct sample){ y, b.n });

    t.statistic *= t.statistic;
    free(x);
    free(y);
    return t;
}

/* Mean of the placements, and their variance (n - 1) about it. */
static double placements(const double *own, size_t n, const double *rank_all,
                         double *variance)
{
    double *rank = xcalloc(2 * n + 1, sizeof(*rank));
    double *place = rank + n, mean;

    concord_ranks(own, n, rank);
    for (size_t i = 0; i < n; i++)
        place[i] = rank_all[i] - rank[i];
    mean = describe_mean(place, n).value;
    *variance = describe_variance(place, n, DESCRIBE_N_LESS_1).value;
    free(rank);
    return mean;
}

struct two_sample_test two_sample_brunner_munzel(struct sample a,
                                                 struct sample b)
{
    double x = (double)a.n, y = (double)b.n, ties, of_a, of_b, mean_a, mean_b;
    double *rank;
    struct two_sample_test out = { 0 };

    if (a.n < 2 || b.n < 2)
        return undefined(too_few);
    rank = joint_ranks(a, b, &ties);
    mean_a = placements(a.x, a.n, rank, &of_a) + (x + 1) / 2;
    mean_b = placements(b.x, b.n, rank + a.n, &of_b) + (y + 1) / 2;
    free(rank);
    if (!(of_a + of_b > 0)) {
        out.p = estimate_undefined("the samples do not overlap");
        return out;
    }
    out.statistic =
        x * y * (mean_b - mean_a) / ((x + y) * sqrt(x * of_a + y * of_b));
    out.df = pow(x * of_a + y * of_b, 2) /
             (pow(x * of_a, 2) / (x - 1) + pow(y * of_b, 2) / (y - 1));
    out.p = estimate_of(2 * dist_t_cdf(-fabs(out.statistic), out.df));
    return out;
}

/* The largest gap, in units of 1 / (a b): a whole number. */
static double largest_gap(struct sample a, struct sample b)
{
    double *x = xcalloc(a.n + b.n + 1, sizeof(*x));
    double *y = x + a.n, most = 0;
    size_t i = 0, j = 0;

    for (size_t k = 0; k < a.n; k++)
        x[k] = a.x[k];
    for (size_t k = 0; k < b.n; k++)
        y[k] = b.x[k];
    describe_sort(x, a.n);
    describe_sort(y, b.n);
    while (i < a.n && j < b.n) {
        double at = fmin(x[i], y[j]);

        while (i < a.n && x[i] <= at)
            i++;
        while (j < b.n && y[j] <= at)
            j++;
        most =
            fmax(most, fabs((double)i * (double)b.n - (double)j * (double)a.n));
    }
    free(x);
    return most;
}

/*
 * Walk from (0, 0) to (a, b), every order alike; the chance to leave the band
 * in which the gap is below `most`.
 */
static double leave_band(size_t a, size_t b, double most)
{
    double *out = xcalloc(b + 1, sizeof(*out)), p;

    for (size_t i = 0; i <= a; i++) {
        for (size_t j = 0; j <= b; j++) {
            double gap = fabs((double)i * (double)b - (double)j * (double)a);
            double steps = (double)(i + j), before = 0;

            if (gap >= most - 0.5) {
                out[j] = 1; /* has left */
                continue;
            }
            if (i > 0)
                before += out[j] * (double)i / steps;
            if (j > 0)
                before += out[j - 1] * (double)j / steps;
            out[j] = before;
        }
    }
    p = out[b];
    free(out);
    return p;
}

struct two_sample_test two_sample_kolmogorov(struct sample a, struct sample b)
{
    struct two_sample_test out = { 0 };
    double pairs = (double)a.n * (double)b.n, most;

    if (a.n == 0 || b.n == 0)
        return undefined("a sample is empty");
    most = largest_gap(a, b);
    out.statistic = most / pairs;
    if (pairs > 1e8)
        out.p = estimate_undefined("left out: more than 10^8 pairs");
    else
        out.p = estimate_of(most > 0 ? leave_band(a.n, b.n, most) : 1);
    return out;
}
