/*
 * describe - mean, variance and quantiles of numbers in memory.
 *
 * Quantiles want their numbers sorted upwards; describe_sort() does it.
 */
#ifndef MIEN_STAT_DESCRIBE_H
#define MIEN_STAT_DESCRIBE_H

#include <stddef.h>

#include "common/stat/estimate.h"

/* What the sum of squares is divided by. */
enum describe_divisor {
    DESCRIBE_N,       /* n: the population's own variance */
    DESCRIBE_N_LESS_1 /* n - 1: unbiased from a sample */
};

/* Undefined for no numbers. */
struct estimate describe_mean(const double *x, size_t count);
/* Undefined for fewer than one (n) or two (n - 1) numbers. */
struct estimate describe_variance(const double *x, size_t count,
                                  enum describe_divisor divisor);
struct estimate describe_sd(const double *x, size_t count,
                            enum describe_divisor divisor);

void describe_sort(double *x, size_t count);
/* In place, as the other: no second copy of a long list. */
void describe_sort_floats(float *x, size_t count);

/*
 * Type 7 of Hyndman, R. J. & Fan, Y. (1996). Sample quantiles in statistical
 * packages. The American Statistician 50(4), 361-365: linear between the
 * order statistics around 1 + (n - 1) p.  `p` in 0 .. 1.
 */
struct estimate describe_quantile(const double *sorted, size_t count, double p);

/*
 * The (n + 1) p-th order statistic; between two of them by interpolation on
 * the scale of normal quantiles.  Davison, A. C. & Hinkley, D. V. (1997).
 * Bootstrap Methods and their Application, equation 5.6 (R's boot.ci uses it
 * for percentile intervals).  Beyond the ends: the smallest and the largest.
 */
struct estimate describe_quantile_order(const double *sorted, size_t count,
                                        double p);

#endif
