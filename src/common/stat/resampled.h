/*
 * resampled - two learners on the same repeated splits: is one better?
 *
 * The folds' differences share training data, so a plain t test is too sure.
 * Dietterich, T. G. (1998). Approximate statistical tests for comparing
 * supervised classification learning algorithms. Neural Computation 10(7),
 * 1895-1923; Alpaydin, E. (1999). Combined 5x2 cv F test. Neural Computation
 * 11(8), 1885-1892; Nadeau, C. & Bengio, Y. (2003). Inference for the
 * generalization error. Machine Learning 52(3), 239-281.
 */
#ifndef MIEN_STAT_RESAMPLED_H
#define MIEN_STAT_RESAMPLED_H

#include <stddef.h>

#include "common/stat/estimate.h"

struct resampled_test {
    struct estimate p;
    double statistic;
    double df1, df2; /* t: df1 only */
};

/* difference[2 * replication + fold] of five replications of two folds. */
struct resampled_test resampled_5x2_t(const double difference[10]);
struct resampled_test resampled_5x2_f(const double difference[10]);
/*
 * The variance of the mean is (1 / n + `test_by_train`) times that of the
 * differences: test by training items, 1 / (k - 1) for k folds.
 */
struct resampled_test resampled_corrected_t(const double *difference, size_t n,
                                            double test_by_train);

#endif
