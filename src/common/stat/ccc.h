/*
 * ccc - concordance, correlation and error of pairs of numbers.
 *
 * Everything is read from sums over the pairs, so that a cluster of pairs
 * can be taken out or counted twice without going through the others again
 * (jackknife, bootstrap).
 *
 * Lin, L. I.-K. (1989). A concordance correlation coefficient to evaluate
 * reproducibility. Biometrics 45(1), 255-268; variances divide by n as there.
 */
#ifndef MIEN_STAT_CCC_H
#define MIEN_STAT_CCC_H

#include <stddef.h>
#include <stdint.h>

#include "common/stat/estimate.h"

/* Zero-initialised is empty.  All sums of one kind share one `origin`. */
struct ccc_sums {
    int64_t count;           /* pairs */
    double weight;           /* sum of weights */
    double x, y;             /* sums of weight * (value - origin) */
    double xx, yy, xy;       /* sums of weight * products of those */
    double absolute, square; /* sums of weight * |x - y| and (x - y)^2 */
};

/*
 * Adds a pair.  `origin` is any number near the values, the same for both
 * and for all sums that will be joined; it keeps the squares small.
 */
void ccc_add(struct ccc_sums *sums, double origin, double x, double y,
             double weight);
/* Adds `times` copies of `part`; a negative number takes them out. */
void ccc_join(struct ccc_sums *sums, const struct ccc_sums *part, int times);
/* Sums over arrays; `weight` NULL: each pair counts once. */
struct ccc_sums ccc_sums_of(const double *x, const double *y,
                            const double *weight, size_t count);

/*
 * Lin's coefficient, 2 sxy / (sxx + syy + (mx - my)^2).  Undefined for fewer
 * than two pairs and where all values are one number; 0 when one side alone
 * is constant.
 */
struct estimate ccc_lin(const struct ccc_sums *sums);
/* Undefined for fewer than two pairs and where a side is constant. */
struct estimate ccc_pearson(const struct ccc_sums *sums);
/* Mean absolute and root mean square difference; undefined for no pair. */
struct estimate ccc_mae(const struct ccc_sums *sums);
struct estimate ccc_rmse(const struct ccc_sums *sums);

#endif
