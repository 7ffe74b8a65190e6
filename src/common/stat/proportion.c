/*
 * proportion - see proportion.h.
 */
#include <config.h>

#include "common/stat/proportion.h"

#include <assert.h>
#include <math.h>

#include "common/stat/dist.h"

enum { HALVINGS = 100 };

static double z_of(double level)
{
    assert(level > 0 && level < 1);
    return dist_normal_quantile(0.5 + level / 2);
}

static struct proportion_limits around(double middle, double half)
{
    return (struct proportion_limits){ middle - half, middle + half };
}

static struct proportion_limits wald(double hits, double n, double z)
{
    double p = hits / n;

    return around(p, z * sqrt(p * (1 - p) / n));
}

static struct proportion_limits wilson(double hits, double n, double z)
{
    double p = hits / n, z2 = z * z;
    struct proportion_limits out =
        around((p + z2 / (2 * n)) / (1 + z2 / n),
               z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n)));

    /* Exactly so at the ends, but for rounding. */
    out.low = hits > 0 ? out.low : 0;
    out.high = hits < n ? out.high : 1;
    return out;
}

static struct proportion_limits beta(double hits, double n, double tail,
                                     double low_a, double high_a)
{
    return (struct proportion_limits){
        hits > 0 ? dist_beta_quantile(tail, hits + low_a, n - hits + high_a)
                 : 0,
        hits < n ? dist_beta_quantile(1 - tail, hits + high_a, n - hits + low_a)
                 : 1,
    };
}

struct proportion_limits proportion_limits_of(enum proportion_method method,
                                              size_t hits, size_t n,
                                              double level)
{
    double x = (double)hits, m = (double)n, z = z_of(level);
    double tail = (1 - level) / 2;

    assert(n > 0 && hits <= n);
    switch (method) {
    case PROPORTION_WALD:
        return wald(x, m, z);
    case PROPORTION_WILSON:
        return wilson(x, m, z);
    case PROPORTION_AGRESTI_COULL:
        return wald(x + z * z / 2, m + z * z, z);
    case PROPORTION_CLOPPER_PEARSON:
        return beta(x, m, tail, 0, 1);
    case PROPORTION_JEFFREYS:
        break;
    }
    return beta(x, m, tail, 0.5, 0.5);
}

struct gap {
    double x_a, n_a, x_b, n_b;
};

/* The most likely share b, when share a is share b + delta. */
static double likely_b(const struct gap *gap, double delta)
{
    double low = fmax(0, -delta), high = fmin(1, 1 - delta);

    for (int i = 0; i < HALVINGS; i++) {
        double b = (low + high) / 2, a = b + delta;
        double slope = gap->x_a / a - (gap->n_a - gap->x_a) / (1 - a) +
                       gap->x_b / b - (gap->n_b - gap->x_b) / (1 - b);

        if (slope > 0)
            low = b;
        else
            high = b;
    }
    return (low + high) / 2;
}

static double score(const struct gap *gap, double delta)
{
    double b = likely_b(gap, delta), a = b + delta, n = gap->n_a + gap->n_b;
    double variance =
        (a * (1 - a) / gap->n_a + b * (1 - b) / gap->n_b) * n / (n - 1);

    return (gap->x_a / gap->n_a - gap->x_b / gap->n_b - delta) / sqrt(variance);
}

/* The delta whose score is `z`: it falls as delta rises. */
static double delta_at(const struct gap *gap, double z)
{
    double low = -1, high = 1;

    for (int i = 0; i < HALVINGS; i++) {
        double delta = (low + high) / 2;

        if (score(gap, delta) > z)
            low = delta;
        else
            high = delta;
    }
    return (low + high) / 2;
}

static struct proportion_limits gap_wald(double x_a, double n_a, double x_b,
                                         double n_b, double z)
{
    double a = x_a / n_a, b = x_b / n_b;

    return around(a - b, z * sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b));
}

struct proportion_limits proportion_gap_limits(
    enum proportion_gap_method method, size_t hits_a, size_t n_a, size_t hits_b,
    size_t n_b, double level)
{
    const struct gap gap = { (double)hits_a, (double)n_a, (double)hits_b,
                             (double)n_b };
    double z = z_of(level), a = gap.x_a / gap.n_a, b = gap.x_b / gap.n_b;
    struct proportion_limits of_a, of_b;

    assert(n_a > 0 && n_b > 0);
    if (method == PROPORTION_GAP_WALD)
        return gap_wald(gap.x_a, gap.n_a, gap.x_b, gap.n_b, z);
    if (method == PROPORTION_GAP_AGRESTI_CAFFO)
        return gap_wald(gap.x_a + 1, gap.n_a + 2, gap.x_b + 1, gap.n_b + 2, z);
    if (method == PROPORTION_GAP_SCORE)
        return (struct proportion_limits){ delta_at(&gap, z),
                                           delta_at(&gap, -z) };
    of_a = wilson(gap.x_a, gap.n_a, z);
    of_b = wilson(gap.x_b, gap.n_b, z);
    return (struct proportion_limits){
        a - b - hypot(a - of_a.low, of_b.high - b),
        a - b + hypot(of_a.high - a, b - of_b.low),
    };
}

double proportion_z_pooled(size_t hits_a, size_t n_a, size_t hits_b, size_t n_b)
{
    double a = (double)n_a, b = (double)n_b;
    double p = (double)(hits_a + hits_b) / (a + b);
    double se = sqrt(p * (1 - p) * (1 / a + 1 / b));

    return se > 0 ? ((double)hits_a / a - (double)hits_b / b) / se : 0;
}

double proportion_z_unpooled(size_t hits_a, size_t n_a, size_t hits_b,
                             size_t n_b)
{
    double a = (double)hits_a / (double)n_a, b = (double)hits_b / (double)n_b;
    double se = sqrt(a * (1 - a) / (double)n_a + b * (1 - b) / (double)n_b);

    return se > 0 ? (a - b) / se : 0;
}

double proportion_fisher(size_t hits_a, size_t n_a, size_t hits_b, size_t n_b)
{
    size_t hits = hits_a + hits_b;
    size_t least = hits > n_b ? hits - n_b : 0;
    size_t most = hits < n_a ? hits : n_a;
    /* Equally likely tables may differ by rounding. */
    double here = dist_hypergeometric_pdf(hits_a, n_a, n_b, hits) * (1 + 1e-9);
    double p = 0;

    for (size_t k = least; k <= most; k++) {
        double one = dist_hypergeometric_pdf(k, n_a, n_b, hits);

        p += one <= here ? one : 0;
    }
    return fmin(1, p);
}
