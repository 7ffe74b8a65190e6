/*
 * concord - pairs of raters, ranks, and sums over full tables.
 */
#include <config.h>

#include "common/stat/concord.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/ccc.h"
#include "common/stat/describe.h"
#include "common/stat/dist.h"

struct place {
    double x;
    size_t at;
};

static int compare(const void *a, const void *b)
{
    const struct place *one = a;
    const struct place *other = b;

    if (one->x != other->x)
        return one->x < other->x ? -1 : 1;
    return one->at < other->at ? -1 : 1;
}

/* The ranks, and the sum over ties of t^3 - t. */
static double rank(const double *x, size_t n, double *out)
{
    struct place *place = xcalloc(n + 1, sizeof(*place));
    double ties = 0;

    for (size_t i = 0; i < n; i++)
        place[i] = (struct place){ .x = x[i], .at = i };
    qsort(place, n, sizeof(*place), compare);
    for (size_t from = 0, to; from < n; from = to) {
        double t;

        for (to = from + 1; to < n && place[to].x == place[from].x;)
            to++;
        for (size_t i = from; i < to; i++)
            out[place[i].at] = (double)(from + 1 + to) / 2;
        t = (double)(to - from);
        ties += t * t * t - t;
    }
    free(place);
    return ties;
}

void concord_ranks(const double *x, size_t n, double *out)
{
    rank(x, n, out);
}

static struct estimate pearson(const double *x, const double *y, size_t n)
{
    struct ccc_sums sums = ccc_sums_of(x, y, NULL, n);

    return ccc_pearson(&sums);
}

struct estimate concord_spearman(const double *x, const double *y, size_t n)
{
    double *ranks = xcalloc(2 * n + 1, sizeof(*ranks));
    struct estimate rho;

    rank(x, n, ranks);
    rank(y, n, ranks + n);
    rho = pearson(ranks, ranks + n, n);
    free(ranks);
    return rho;
}

static void add_pair(struct concord_mean *out, struct estimate one)
{
    double z = atanh(one.value);

    out->of++;
    if (!one.defined)
        return;
    out->low = out->pairs == 0 ? one.value : fmin(out->low, one.value);
    out->high = out->pairs == 0 ? one.value : fmax(out->high, one.value);
    out->pairs++;
    out->mean.value += one.value;
    if (isfinite(z))
        out->fisher.value += z;
    else
        out->fisher.reason = "a pair of raters correlates perfectly";
}

static void finish_mean(struct concord_mean *out)
{
    if (out->pairs == 0) {
        out->mean = out->fisher =
            estimate_undefined("no pair of raters has a value");
        return;
    }
    out->mean = estimate_of(out->mean.value / (double)out->pairs);
    if (out->fisher.reason)
        out->fisher = estimate_undefined(out->fisher.reason);
    else
        out->fisher = estimate_of(tanh(out->fisher.value / (double)out->pairs));
}

struct concord_pairs concord_pairs_of(const struct rating_grid *grid,
                                      const struct ratings *ratings)
{
    struct concord_pairs out = { 0 };
    double *x = xcalloc(2 * grid->items + 1, sizeof(*x));
    double *y = x + grid->items;

    for (size_t a = 1; a < grid->raters; a++) {
        for (size_t b = 0; b < a; b++) {
            size_t n = rating_grid_pair(grid, ratings, b, a, x, y);
            struct ccc_sums sums = ccc_sums_of(x, y, NULL, n);

            add_pair(&out.pearson, ccc_pearson(&sums));
            add_pair(&out.ccc, ccc_lin(&sums));
            add_pair(&out.spearman, concord_spearman(x, y, n));
        }
    }
    free(x);
    finish_mean(&out.pearson);
    finish_mean(&out.spearman);
    finish_mean(&out.ccc);
    return out;
}

/* W = 12 S / (m^2 (n^3 - n) - m sum T). */
static struct estimate kendall_ratio(double s, double m, double n, double ties)
{
    double most = m * m * (n * n * n - n) - m * ties;

    if (!(most > 0))
        return estimate_undefined("every rater ties all items (0/0)");
    return estimate_of(12 * s / most);
}

struct concord_w concord_kendall(const double *x, size_t items, size_t raters)
{
    struct concord_w out = { 0 };
    double *column = xcalloc(3 * items + 1, sizeof(*column));
    double *ranks = column + items, *sum = ranks + items;
    double n = (double)items, m = (double)raters, ties = 0, s = 0;

    if (items < 2 || raters < 2) {
        out.corrected = out.uncorrected = estimate_undefined(
            "fewer than two raters or two items that all judged");
        free(column);
        return out;
    }
    for (size_t j = 0; j < raters; j++) {
        for (size_t i = 0; i < items; i++)
            column[i] = x[i * raters + j];
        ties += rank(column, items, ranks);
        for (size_t i = 0; i < items; i++)
            sum[i] += ranks[i];
    }
    for (size_t i = 0; i < items; i++)
        s += pow(sum[i] - m * (n + 1) / 2, 2);
    out.uncorrected = kendall_ratio(s, m, n, 0);
    out.corrected = kendall_ratio(s, m, n, ties);
    out.df = n - 1;
    out.chi2 = m * (n - 1) * out.corrected.value;
    out.p = out.corrected.defined ? dist_chi2_upper(out.chi2, out.df) : 1;
    free(column);
    return out;
}

static struct estimate mean_correlation(const double *x, size_t items,
                                        size_t raters)
{
    double *a = xcalloc(2 * items + 1, sizeof(*a)), *b = a + items;
    double sum = 0, pairs = 0;
    const char *reason = NULL;

    for (size_t j = 1; j < raters; j++) {
        for (size_t k = 0; k < j; k++) {
            struct estimate r;

            for (size_t i = 0; i < items; i++) {
                a[i] = x[i * raters + j];
                b[i] = x[i * raters + k];
            }
            r = pearson(a, b, items);
            sum += r.value;
            pairs++;
            reason = r.defined ? reason : r.reason;
        }
    }
    free(a);
    return reason ? estimate_undefined(reason)
                  : estimate_ratio(sum, pairs, "fewer than two raters");
}

struct estimate concord_cronbach(const double *x, size_t items, size_t raters,
                                 struct estimate *standardized)
{
    double k = (double)raters, own = 0, whole;
    double *column = xcalloc(2 * items + 1, sizeof(*column));
    double *total = column + items;
    struct estimate out, r;

    if (items < 2 || raters < 2) {
        free(column);
        return *standardized = estimate_undefined(
                   "fewer than two raters or two items that all judged");
    }
    for (size_t j = 0; j < raters; j++) {
        for (size_t i = 0; i < items; i++) {
            column[i] = x[i * raters + j];
            total[i] += column[i];
        }
        own += describe_variance(column, items, DESCRIBE_N_LESS_1).value;
    }
    whole = describe_variance(total, items, DESCRIBE_N_LESS_1).value;
    out = whole > 0 ? estimate_of(k / (k - 1) * (1 - own / whole))
                    : estimate_undefined("the items' sums do not vary (0/0)");
    r = mean_correlation(x, items, raters);
    *standardized = r;
    if (r.defined)
        *standardized = estimate_ratio(k * r.value, 1 + (k - 1) * r.value,
                                       "mean correlation is too negative");
    free(column);
    return out;
}
