/*
 * two_sample_shape - tests of any difference of distributions; see
 * two_sample.h.
 */
#include <config.h>

#include "common/stat/two_sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_sf_bessel.h>
#include <gsl/gsl_sf_gamma.h>

#include "common/base/mem.h"
#include "common/stat/concord.h"
#include "common/stat/describe.h"
#include "common/stat/dist.h"

static const char too_few[] = "a sample has fewer than two numbers";
static const char no_spread[] = "all numbers are the same";

static struct two_sample_test undefined(const char *reason)
{
    return (struct two_sample_test){ .p = estimate_undefined(reason) };
}

/* Both together; the caller frees. */
static double *joined(struct sample a, struct sample b)
{
    double *all = xcalloc(a.n + b.n + 1, sizeof(*all));

    for (size_t i = 0; i < a.n + b.n; i++)
        all[i] = i < a.n ? a.x[i] : b.x[i - a.n];
    return all;
}

static double *sorted(struct sample a)
{
    double *copy = joined(a, (struct sample){ NULL, 0 });

    describe_sort(copy, a.n);
    return copy;
}

/* --- Cramer and von Mises ------------------------------------------------ */

/* The limit's distribution function: Csoergo and Faraway, equation 1.2. */
static double limit_cdf(double x)
{
    double sum = 0, term = 1;

    for (int k = 0; k < 100 && term > 1e-17; k++) {
        double y = 4 * k + 1, q = y * y / (16 * x);
        double u = exp(gsl_sf_lngamma(k + 0.5) - gsl_sf_lngamma(k + 1.0)) /
                   (pow(M_PI, 1.5) * sqrt(x));

        term = u * sqrt(y) * exp(-2 * q) * gsl_sf_bessel_Knu_scaled(0.25, q);
        sum += term;
    }
    return fmin(sum, 1);
}

/* Sum over one sample of (joint rank - own rank)^2. */
static double rank_gaps(const double *rank, size_t n)
{
    double *own = xcalloc(n + 1, sizeof(*own));
    double sum = 0;

    if (n > 0)
        memcpy(own, rank, n * sizeof(*own));
    describe_sort(own, n);
    for (size_t i = 0; i < n; i++)
        sum += (own[i] - (double)(i + 1)) * (own[i] - (double)(i + 1));
    free(own);
    return sum;
}

struct two_sample_test two_sample_cramer_von_mises(struct sample a,
                                                   struct sample b)
{
    double n = (double)a.n, m = (double)b.n, k = n * m, all = n + m;
    double *joint, *rank, u, t, mean, variance, moved;

    if (a.n < 2 || b.n < 2)
        return undefined(too_few);
    joint = joined(a, b);
    rank = xcalloc(a.n + b.n, sizeof(*rank));
    concord_ranks(joint, a.n + b.n, rank);
    u = n * rank_gaps(rank, a.n) + m * rank_gaps(rank + a.n, b.n);
    free(rank);
    free(joint);
    t = u / (k * all) - (4 * k - 1) / (6 * all);
    mean = (1 + 1 / all) / 6;
    variance = (all + 1) * (4 * k * all - 3 * (n * n + m * m) - 2 * k) /
               (45 * all * all * 4 * k);
    moved = 1.0 / 6 + (t - mean) / sqrt(45 * variance);
    return (struct two_sample_test){
        .statistic = t,
        .p = estimate_of(moved < 0.003 ? 1 : fmax(0, 1 - limit_cdf(moved))),
    };
}

/* --- Epps and Singleton -------------------------------------------------- */

enum { WAVES = 4 }; /* cosine and sine at two points */

/* Means and (divided by n) covariances of a sample's waves. */
static void waves_of(struct sample of, double scale, double mean[WAVES],
                     double cov[WAVES][WAVES])
{
    static const double at[2] = { 0.4, 0.8 };
    double n = (double)of.n;

    memset(mean, 0, WAVES * sizeof(*mean));
    memset(cov, 0, WAVES * sizeof(*cov));
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < of.n; i++) {
            double g[WAVES];

            for (int t = 0; t < 2; t++) {
                g[t] = cos(at[t] / scale * of.x[i]);
                g[2 + t] = sin(at[t] / scale * of.x[i]);
            }
            for (int k = 0; k < WAVES; k++) {
                if (pass == 0)
                    mean[k] += g[k] / n;
                for (int l = 0; pass == 1 && l < WAVES; l++)
                    cov[k][l] += (g[k] - mean[k]) * (g[l] - mean[l]) / n;
            }
        }
}

/* gap' S^-1 gap; false when S is singular. */
static bool distance_by(const double *s, const double *gap, double *out)
{
    gsl_matrix *factor = gsl_matrix_alloc(WAVES, WAVES);
    gsl_vector *x = gsl_vector_alloc(WAVES);
    bool good;

    for (size_t k = 0; k < WAVES; k++) {
        gsl_vector_set(x, k, gap[k]);
        for (size_t l = 0; l < WAVES; l++)
            gsl_matrix_set(factor, k, l, s[k * WAVES + l]);
    }
    good = true;
    for (size_t k = 0; k < WAVES; k++)
        good = good && s[k * WAVES + k] > 0;
    good = good && gsl_linalg_cholesky_decomp1(factor) == 0;
    /* A pivot of nothing but rounding is none. */
    for (size_t k = 0; good && k < WAVES; k++)
        good = gsl_matrix_get(factor, k, k) > 1e-7 * sqrt(s[k * WAVES + k]);
    good = good && gsl_linalg_cholesky_svx(factor, x) == 0;
    *out = 0;
    for (size_t k = 0; good && k < WAVES; k++)
        *out += gap[k] * gsl_vector_get(x, k);
    gsl_matrix_free(factor);
    gsl_vector_free(x);
    return good;
}

struct two_sample_test two_sample_epps_singleton(struct sample a,
                                                 struct sample b)
{
    double n = (double)a.n, m = (double)b.n, all = n + m;
    double mean[2][WAVES], cov[2][WAVES][WAVES], s[WAVES * WAVES], gap[WAVES];
    double *joint, scale;
    struct two_sample_test out = { .df = WAVES };

    if (a.n < 5 || b.n < 5)
        return undefined("a sample has fewer than five numbers");
    joint = joined(a, b);
    describe_sort(joint, a.n + b.n);
    scale = (describe_quantile(joint, a.n + b.n, 0.75).value -
             describe_quantile(joint, a.n + b.n, 0.25).value) /
            2;
    free(joint);
    if (!(scale > 0))
        return undefined("the middle half of the numbers is all the same");
    waves_of(a, scale, mean[0], cov[0]);
    waves_of(b, scale, mean[1], cov[1]);
    for (size_t k = 0; k < WAVES; k++) {
        gap[k] = mean[0][k] - mean[1][k];
        for (size_t l = 0; l < WAVES; l++)
            s[k * WAVES + l] = all / n * cov[0][k][l] + all / m * cov[1][k][l];
    }
    if (!distance_by(s, gap, &out.statistic))
        return undefined("too few different numbers");
    out.statistic *= all;
    if (fmax(n, m) < 25) /* for small samples: their equation 3.3 */
        out.statistic /=
            1 + pow(all, -0.45) + 10.1 * (pow(n, -1.7) + pow(m, -1.7));
    out.p = estimate_of(dist_chi2_upper(out.statistic, WAVES));
    return out;
}

/* --- Anderson and Darling ------------------------------------------------ */

/* How many of x, sorted, lie below (or not above) a value. */
static size_t count_below(const double *x, size_t n, double value, bool equal)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (x[middle] < value || (equal && x[middle] == value))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A^2_akN of one sample within all of them, but for (N - 1) / N. */
static double midrank_part(struct sample of, const double *all, size_t count)
{
    double *own = sorted(of), n = (double)count, sum = 0;

    for (size_t i = 0; i < count;) {
        size_t right = count_below(all, count, all[i], true);
        double ties = (double)(right - i), below = (double)i + ties / 2;
        double own_right = (double)count_below(own, of.n, all[i], true);
        double own_left = (double)count_below(own, of.n, all[i], false);
        double middle = own_right - (own_right - own_left) / 2;
        double gap = n * middle - below * (double)of.n;

        sum += ties / n * gap * gap / (below * (n - below) - n * ties / 4);
        i = right;
    }
    free(own);
    return sum / (double)of.n;
}

/* Variance of A^2_kN under no difference: their equation 4. */
static double variance_of(const struct sample *sample, size_t count, double n)
{
    double k = (double)count, upside = 0, h = 0, g = 0, run = 0;
    double a, b, c, d;

    for (size_t i = 0; i < count; i++)
        upside += 1 / (double)sample[i].n;
    for (double i = n - 1; i >= 2; i--) {
        run += 1 / i;
        g += run / (n - i + 1);
    }
    h = run + 1;
    a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * upside;
    b = (2 * g - 4) * k * k + 8 * h * k + (2 * g - 14 * h - 4) * upside -
        8 * h + 4 * g - 6;
    c = (6 * h + 2 * g - 2) * k * k + (4 * h - 4 * g + 6) * k +
        (2 * h - 6) * upside + 4 * h;
    d = (2 * h + 6) * k * k - 4 * h * k;
    return (a * n * n * n + b * n * n + c * n + d) /
           ((n - 1) * (n - 2) * (n - 3));
}

/* Between the rows of their table 2: ln p as a parabola of the statistic. */
static double table_p(double statistic, double m)
{
    static const double level[] = {
        0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001
    };
    static const double b0[] = {
        0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085
    };
    static const double b1[] = {
        -0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615
    };
    static const double b2[] = { -0.105, -0.305, -0.362, -0.391,
                                 -0.396, -0.345, -0.154 };
    enum { ROWS = 7 };
    gsl_matrix *x = gsl_matrix_alloc(ROWS, 3), *cov = gsl_matrix_alloc(3, 3);
    gsl_vector *y = gsl_vector_alloc(ROWS), *fit = gsl_vector_alloc(3);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(ROWS, 3);
    double low = HUGE_VAL, high = -HUGE_VAL, left, p;

    for (size_t i = 0; i < ROWS; i++) {
        double critical = b0[i] + b1[i] / sqrt(m) + b2[i] / m;

        low = fmin(low, critical);
        high = fmax(high, critical);
        gsl_vector_set(y, i, log(level[i]));
        for (size_t c = 0; c < 3; c++)
            gsl_matrix_set(x, i, c, pow(critical, (double)c));
    }
    gsl_multifit_linear(x, y, fit, cov, &left, work);
    p = exp(gsl_vector_get(fit, 0) + gsl_vector_get(fit, 1) * statistic +
            gsl_vector_get(fit, 2) * statistic * statistic);
    gsl_multifit_linear_free(work);
    gsl_matrix_free(x);
    gsl_matrix_free(cov);
    gsl_vector_free(y);
    gsl_vector_free(fit);
    return statistic < low ? level[0] : statistic > high ? level[ROWS - 1] : p;
}

struct two_sample_test samples_anderson_darling(const struct sample *sample,
                                                size_t count)
{
    struct two_sample_test out = { 0 };
    double *all, n, m = (double)count - 1, sum = 0;
    size_t total = 0, filled = 0;

    for (size_t i = 0; i < count; i++) {
        if (sample[i].n < 2)
            return undefined(too_few);
        total += sample[i].n;
    }
    if (count < 2)
        return undefined("fewer than two samples");
    all = xcalloc(total + 1, sizeof(*all));
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sample[i].n; k++)
            all[filled++] = sample[i].x[k];
    describe_sort(all, total);
    n = (double)total;
    if (all[0] == all[total - 1]) {
        free(all);
        return undefined(no_spread);
    }
    for (size_t i = 0; i < count; i++)
        sum += midrank_part(sample[i], all, total);
    free(all);
    out.statistic =
        (sum * (n - 1) / n - m) / sqrt(variance_of(sample, count, n));
    out.p = estimate_of(table_p(out.statistic, m));
    return out;
}
