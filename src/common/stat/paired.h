/*
 * paired - two sets of answers to the same items, or two scores of the same
 * speakers: is one better?
 *
 * McNemar's and Cochran's tests take items as independent; items of one
 * speaker are not.  Then make one difference a speaker and take a test of
 * differences: the sign-flip test is exact and wants no normal distribution.
 */
#ifndef MIEN_STAT_PAIRED_H
#define MIEN_STAT_PAIRED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/stat/estimate.h"

/* A test; p is two-sided where there are two sides. */
struct paired_test {
    struct estimate p;
    double statistic;
    double df; /* 0: none */
    size_t n;  /* differences that counted */
};

/*
 * McNemar, Q. (1947). Psychometrika 12(2), 153-157, from the items that only
 * one of the two got right.  Exact: binomial; mid-p: Fagerland, M. W.,
 * Lydersen, S. & Laake, P. (2013). BMC Medical Research Methodology 13:91;
 * `corrected`: Edwards, A. L. (1948). Psychometrika 13(3), 185-187.
 */
struct paired_mcnemar {
    struct estimate exact, mid_p;
    struct paired_test corrected, uncorrected; /* chi squared, 1 df */
};
struct paired_mcnemar paired_mcnemar(size_t only_first, size_t only_second);

/* Cochran, W. G. (1950). Biometrika 37, 256-266; right[item * sets + set]. */
struct paired_test paired_cochran(const bool *right, size_t items, size_t sets);

/* Student's t of differences. */
struct paired_test paired_t(const double *difference, size_t n);
/* Binomial test of the signs; zeros are left out.  statistic: positive ones. */
struct paired_test paired_sign(const double *difference, size_t n);
/*
 * Wilcoxon, F. (1945). Biometrics Bulletin 1(6), 80-83: zeros left out, the
 * smaller of both rank sums; with at most 50 differences p is exact (ties
 * too), else normal with the variance corrected for ties.
 */
struct paired_test paired_wilcoxon(const double *difference, size_t n);

/*
 * Fisher's permutation test of paired differences: their mean among those of
 * all ways to flip signs; p is the share with |mean| as large.  All 2^n ways
 * for at most `exact_most` (24 or fewer) differences, else `samples` drawn
 * ones and p = (k + 1) / (B + 1).  statistic: the mean.
 */
struct paired_flip {
    struct paired_test test;
    bool exact;
    uint64_t flips; /* looked at */
};
struct paired_flip paired_sign_flip(const double *difference, size_t n,
                                    size_t exact_most, uint64_t samples,
                                    uint64_t seed);

#endif
