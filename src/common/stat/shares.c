/*
 * shares - see shares.h.
 */
#include <config.h>

#include "common/stat/shares.h"

#include <math.h>

#include "common/stat/dist.h"

static const double floor_share = 1e-4;

static double sum_of(const double *p, size_t cells)
{
    double sum = 0;

    for (size_t c = 0; c < cells; c++)
        sum += p[c];
    return sum;
}

static double psi(double p, double q)
{
    return (p - q) * log(p / q);
}

/* p log2(p / m), 0 at 0. */
static double bits(double p, double m)
{
    return p > 0 ? p * log2(p / m) : 0;
}

static void add_floored(double sum[3], double p, double q)
{
    sum[0] += p;
    sum[1] += q;
    sum[2] += p * log(p / q);
}

struct shares_distances shares_distances_of(const double *p, const double *q,
                                            size_t cells)
{
    static const char empty[] = "one side has none of a category";
    double n = sum_of(p, cells), m = sum_of(q, cells), k = (double)cells;
    struct shares_distances out = { .psi = estimate_of(0),
                                    .psi_floor = estimate_of(0),
                                    .kl = estimate_of(0) };
    double floored[3] = { 0 }; /* sums of p, q, p ln(p / q) */

    if (!(n > 0) || !(m > 0)) {
        out.psi = out.psi_floor = out.kl = out.kl_floor =
            estimate_undefined("one side is empty");
        return out;
    }
    for (size_t c = 0; c < cells; c++) {
        double a = p[c] / n, b = q[c] / m, mean = (a + b) / 2;

        if (!(a > 0) || !(b > 0))
            out.psi = estimate_undefined(empty);
        if (a > 0 && !(b > 0))
            out.kl = estimate_undefined("the second has none of a category");
        if (out.kl.defined && a > 0)
            out.kl.value += a * log(a / b);
        add_floored(floored, fmax(a, floor_share), fmax(b, floor_share));
        if (out.psi.defined)
            out.psi.value += psi(a, b);
        out.psi_floor.value += psi(fmax(a, floor_share), fmax(b, floor_share));
        out.psi_half +=
            psi((p[c] + 0.5) / (n + k / 2), (q[c] + 0.5) / (m + k / 2));
        out.js_divergence += (bits(a, mean) + bits(b, mean)) / 2;
        out.hellinger += pow(sqrt(a) - sqrt(b), 2) / 2;
        out.tvd += fabs(a - b) / 2;
        out.largest = fmax(out.largest, fabs(a - b));
    }
    out.hellinger = sqrt(out.hellinger);
    out.js_distance = sqrt(fmax(0, out.js_divergence));
    out.js_distance_nats = sqrt(fmax(0, out.js_divergence) * M_LN2);
    out.kl_floor =
        estimate_of(floored[2] / floored[0] - log(floored[0] / floored[1]));
    return out;
}

static struct shares_test test(const double *p, const double *q, size_t cells,
                               double (*part)(double count, double expected))
{
    double n = sum_of(p, cells), m = sum_of(q, cells), all = n + m;
    struct shares_test out = { 0 };
    size_t used = 0;

    for (size_t c = 0; c < cells; c++) {
        double both = p[c] + q[c];

        if (!(both > 0) || !(n > 0) || !(m > 0))
            continue;
        used++;
        out.statistic +=
            part(p[c], both * n / all) + part(q[c], both * m / all);
    }
    if (used < 2) {
        out.p = estimate_undefined("fewer than two categories occur");
        return out;
    }
    out.df = (double)(used - 1);
    out.cramer_v = sqrt(out.statistic / all);
    out.p = estimate_of(dist_chi2_upper(out.statistic, out.df));
    return out;
}

static double chi2_part(double count, double expected)
{
    return (count - expected) * (count - expected) / expected;
}

static double g_part(double count, double expected)
{
    return count > 0 ? 2 * count * log(count / expected) : 0;
}

struct shares_test shares_chi2(const double *p, const double *q, size_t cells)
{
    return test(p, q, cells, chi2_part);
}

struct shares_test shares_g(const double *p, const double *q, size_t cells)
{
    return test(p, q, cells, g_part);
}

struct shares_test shares_fit(const double *p, const double *q, size_t cells)
{
    double n = sum_of(p, cells), m = sum_of(q, cells);
    struct shares_test out = { 0 };
    size_t used = 0;

    for (size_t c = 0; c < cells; c++) {
        double expected = n > 0 ? p[c] / n * m : 0;

        if (!(p[c] + q[c] > 0))
            continue;
        if (!(expected > 0)) {
            out.p = estimate_undefined("the first has none of a category");
            return out;
        }
        used++;
        out.statistic += (q[c] - expected) * (q[c] - expected) / expected;
    }
    if (used < 2) {
        out.p = estimate_undefined("fewer than two categories occur");
        return out;
    }
    out.df = (double)(used - 1);
    out.p = estimate_of(dist_chi2_upper(out.statistic, out.df));
    return out;
}
