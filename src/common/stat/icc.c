/*
 * icc - mean squares, then forms, tests and limits.
 */
#include <config.h>

#include "common/stat/icc.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/dist.h"

const char *icc_name(enum icc_kind kind)
{
    static const char *const names[] = { "ICC(1)",   "ICC(k)",   "ICC(A,1)",
                                         "ICC(A,k)", "ICC(C,1)", "ICC(C,k)" };

    return names[kind];
}

static const char no_variation[] = "the ratings do not vary (0/0)";

/* Spearman and Brown: the mean of k from one. */
static double step_up(double one, double k)
{
    return k * one / (1 + (k - 1) * one);
}

static void test(struct icc *out, double f, double df1, double df2)
{
    out->f = f;
    out->df1 = df1;
    out->df2 = df2;
    out->tested = isfinite(f);
    out->p = out->tested ? dist_f_upper(f, df1, df2) : 0;
}

/* ICC(1) or (C,1) and its mean form, which need only F and k. */
static void fill_by_f(double between, double error, double k, double df1,
                      double df2, double level, struct icc *one,
                      struct icc *mean)
{
    double tail = (1 - level) / 2, f = between / error, low, high;

    one->k = mean->k = k;
    one->value = estimate_ratio(between - error, between + (k - 1) * error,
                                no_variation);
    mean->value = estimate_ratio(between - error, between, no_variation);
    if (!mean->value.defined && error > 0)
        mean->value =
            estimate_undefined("the items' means are all the same (x/0)");
    if (!(error > 0) || !(between > 0) || !(level > 0))
        return;
    test(one, f, df1, df2);
    test(mean, f, df1, df2);
    low = f / dist_f_quantile(1 - tail, df1, df2);
    high = f * dist_f_quantile(1 - tail, df2, df1);
    one->low = (low - 1) / (low + k - 1);
    one->high = (high - 1) / (high + k - 1);
    mean->low = 1 - 1 / low;
    mean->high = 1 - 1 / high;
    one->bounded = mean->bounded = true;
}

/* McGraw and Wong's table 7, case 2A and 3A. */
static void bound_agreement(const struct icc_squares *s, double n, double k,
                            double level, struct icc *one)
{
    double r = one->value.value, tail = (1 - level) / 2;
    double a, b, v, low, high, rest;

    if (!one->value.defined || !(r < 1) || !(s->error > 0) || !(s->between > 0))
        return;
    a = k * r / (n * (1 - r));
    b = 1 + k * r * (n - 1) / (n * (1 - r));
    v = pow(a * s->raters + b * s->error, 2) /
        (pow(a * s->raters, 2) / (k - 1) +
         pow(b * s->error, 2) / ((n - 1) * (k - 1)));
    if (!(v > 1e-6))
        return;
    low = dist_f_quantile(1 - tail, n - 1, v);
    high = dist_f_quantile(1 - tail, v, n - 1);
    rest = k * s->raters + (k * n - k - n) * s->error;
    one->low =
        n * (s->between - low * s->error) / (low * rest + n * s->between);
    one->high =
        n * (high * s->between - s->error) / (rest + n * high * s->between);
    one->bounded = true;
}

static void fill_agreement(const struct icc_squares *s, double n, double k,
                           double level, struct icc *one, struct icc *mean)
{
    double excess = (s->raters - s->error) / n;

    one->k = mean->k = k;
    one->value = estimate_ratio(s->between - s->error,
                                s->between + (k - 1) * s->error + k * excess,
                                no_variation);
    mean->value = estimate_ratio(s->between - s->error, s->between + excess,
                                 no_variation);
    if (!(s->error > 0) || !(level > 0))
        return;
    test(one, s->between / s->error, n - 1, (n - 1) * (k - 1));
    test(mean, s->between / s->error, n - 1, (n - 1) * (k - 1));
    bound_agreement(s, n, k, level, one);
    if (one->bounded && one->low > -1 / (k - 1)) {
        mean->low = step_up(one->low, k);
        mean->high = step_up(one->high, k);
        mean->bounded = true;
    }
}

/* What rounding leaves of nothing is nothing. */
static double settled(double part, double whole)
{
    return part < 1e-13 * whole ? 0 : part;
}

/*
 * Sums of squares about the means, by items, raters, and what is left; from
 * the first rating, so that of ratings that are all the same none is left.
 */
static struct icc_squares squares_of(const double *x, size_t items,
                                     size_t raters)
{
    double n = (double)items, k = (double)raters, mean = 0;
    double between = 0, column = 0, total = 0;
    double *row = xcalloc(items + raters + 1, sizeof(*row));
    double *of_rater = row + items;
    struct icc_squares out = { 0 };

    for (size_t i = 0; i < items * raters; i++)
        mean += (x[i] - x[0]) / (n * k);
    for (size_t i = 0; i < items; i++) {
        for (size_t j = 0; j < raters; j++) {
            double d = x[i * raters + j] - x[0] - mean;

            row[i] += d / k;
            of_rater[j] += d / n;
            total += d * d;
        }
        between += k * row[i] * row[i];
    }
    for (size_t j = 0; j < raters; j++)
        column += n * of_rater[j] * of_rater[j];
    free(row);
    between = settled(between, total);
    column = settled(column, total);
    if (settled(total - between, total) == 0)
        total = between;
    out.between = between / (n - 1);
    out.raters = column / (k - 1);
    out.within = (total - between) / (n * (k - 1));
    out.error =
        settled((total - between - column) / ((n - 1) * (k - 1)), total);
    return out;
}

void icc_complete(const double *x, size_t items, size_t raters, double level,
                  struct icc out[ICC_KIND_COUNT], struct icc_squares *squares)
{
    double n = (double)items, k = (double)raters;

    *squares = (struct icc_squares){ 0 };
    for (size_t i = 0; i < ICC_KIND_COUNT; i++)
        out[i] = (struct icc){ .value = estimate_undefined(
                                   "fewer than two raters or two items that "
                                   "all judged") };
    if (items < 2 || raters < 2)
        return;
    *squares = squares_of(x, items, raters);
    fill_by_f(squares->between, squares->within, k, n - 1, n * (k - 1), level,
              &out[ICC_1], &out[ICC_K]);
    fill_by_f(squares->between, squares->error, k, n - 1, (n - 1) * (k - 1),
              level, &out[ICC_C1], &out[ICC_CK]);
    fill_agreement(squares, n, k, level, &out[ICC_A1], &out[ICC_AK]);
    if (!out[ICC_C1].value.defined && squares->raters > 0)
        out[ICC_C1].value = out[ICC_CK].value = estimate_undefined(
            "the annotators' levels differ, and nothing else does (0/0)");
}

/* Sums of unequal groups. */
struct oneway {
    double items, ratings, squares; /* I, N, sum of n_i^2 */
    double between, within;         /* sums of squares */
};

static double value_of(const struct ratings *r, size_t at)
{
    return r->value[r->rating[at].code];
}

static struct oneway oneway_sums(const struct ratings *r)
{
    struct oneway out = { 0 };
    double grand = 0, n = (double)ratings_count(r);
    double first = n > 0 ? value_of(r, 0) : 0;

    for (size_t k = 0; k < ratings_count(r); k++)
        grand += (value_of(r, k) - first) / n;
    for (size_t i = 0; i < r->items.count; i++) {
        double m = (double)ratings_of(r, i), mean = 0;

        if (m == 0)
            continue;
        for (size_t k = r->start[i]; k < r->start[i + 1]; k++)
            mean += (value_of(r, k) - first - grand) / m;
        for (size_t k = r->start[i]; k < r->start[i + 1]; k++)
            out.within += pow(value_of(r, k) - first - grand - mean, 2);
        out.between += m * mean * mean;
        out.items++;
        out.ratings += m;
        out.squares += m * m;
    }
    return out;
}

void icc_oneway(const struct ratings *ratings, double level, struct icc *out,
                struct icc_squares *squares)
{
    struct oneway s = oneway_sums(ratings);
    double df = s.ratings - s.items, k0, total;

    *squares = (struct icc_squares){ 0 };
    out[ICC_1] = out[ICC_K] = (struct icc){
        .value = estimate_undefined("fewer than two items, or none with two "
                                    "ratings")
    };
    if (s.items < 2 || df < 1)
        return;
    total = s.within + s.between;
    squares->between = settled(s.between, total) / (s.items - 1);
    squares->within = settled(s.within, total) / df;
    k0 = (s.ratings - s.squares / s.ratings) / (s.items - 1);
    fill_by_f(squares->between, squares->within, k0, s.items - 1, df, level,
              &out[ICC_1], &out[ICC_K]);
}
