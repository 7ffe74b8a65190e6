/*
 * ccc - the coefficients, from sums about an origin.
 */
#include <config.h>

#include "common/stat/ccc.h"

#include <math.h>

/* Rounding leaves about this share of a sum of squares that should be 0. */
static const double constant_share = 1e-13;

void ccc_add(struct ccc_sums *sums, double origin, double x, double y,
             double weight)
{
    double dx = x - origin;
    double dy = y - origin;

    sums->count++;
    sums->weight += weight;
    sums->x += weight * dx;
    sums->y += weight * dy;
    sums->xx += weight * dx * dx;
    sums->yy += weight * dy * dy;
    sums->xy += weight * dx * dy;
    sums->absolute += weight * fabs(x - y);
    sums->square += weight * (x - y) * (x - y);
}

void ccc_join(struct ccc_sums *sums, const struct ccc_sums *part, int times)
{
    sums->count += times * part->count;
    sums->weight += times * part->weight;
    sums->x += times * part->x;
    sums->y += times * part->y;
    sums->xx += times * part->xx;
    sums->yy += times * part->yy;
    sums->xy += times * part->xy;
    sums->absolute += times * part->absolute;
    sums->square += times * part->square;
}

struct ccc_sums ccc_sums_of(const double *x, const double *y,
                            const double *weight, size_t count)
{
    struct ccc_sums sums = { 0 };
    double origin = 0;

    for (size_t i = 0; i < count; i++)
        origin += (x[i] - origin) / (double)(i + 1);
    for (size_t i = 0; i < count; i++)
        ccc_add(&sums, origin, x[i], y[i], weight ? weight[i] : 1);
    return sums;
}

/* The 1/n variance, 0 where only rounding is left of it. */
static double variance(double weight, double sum, double square)
{
    double mean = sum / weight;
    double value = square / weight - mean * mean;

    return value > constant_share * (square / weight) ? value : 0;
}

static double covariance(const struct ccc_sums *sums)
{
    return sums->xy / sums->weight -
           (sums->x / sums->weight) * (sums->y / sums->weight);
}

static bool too_few(const struct ccc_sums *sums)
{
    return sums->count < 2 || !(sums->weight > 0);
}

struct estimate ccc_lin(const struct ccc_sums *sums)
{
    double sxx, syy, shift;

    if (too_few(sums))
        return estimate_undefined("fewer than two items");
    sxx = variance(sums->weight, sums->x, sums->xx);
    syy = variance(sums->weight, sums->y, sums->yy);
    shift = (sums->x - sums->y) / sums->weight;
    if (sxx == 0 && syy == 0 &&
        shift * shift <= constant_share * (sums->xx / sums->weight))
        return estimate_undefined("all values are one number");
    if (sxx == 0 || syy == 0)
        return estimate_of(0);
    return estimate_of(2 * covariance(sums) / (sxx + syy + shift * shift));
}

struct estimate ccc_pearson(const struct ccc_sums *sums)
{
    double sxx, syy, r;

    if (too_few(sums))
        return estimate_undefined("fewer than two items");
    sxx = variance(sums->weight, sums->x, sums->xx);
    syy = variance(sums->weight, sums->y, sums->yy);
    if (sxx == 0)
        return estimate_undefined("the truth is constant");
    if (syy == 0)
        return estimate_undefined("the predictions are constant");
    r = covariance(sums) / (sqrt(sxx) * sqrt(syy));
    return estimate_of(fmax(-1, fmin(1, r)));
}

struct estimate ccc_mae(const struct ccc_sums *sums)
{
    return estimate_ratio(sums->absolute, sums->weight, "no items");
}

struct estimate ccc_rmse(const struct ccc_sums *sums)
{
    struct estimate square =
        estimate_ratio(sums->square, sums->weight, "no items");

    if (square.defined)
        square.value = sqrt(fmax(0, square.value));
    return square;
}
