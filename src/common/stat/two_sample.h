/*
 * two_sample - numbers of two independent samples: do they differ?
 */
#ifndef MIEN_STAT_TWO_SAMPLE_H
#define MIEN_STAT_TWO_SAMPLE_H

#include <stddef.h>

#include "common/stat/estimate.h"

struct sample {
    const double *x; /* borrowed */
    size_t n;
};

/* p is two-sided. */
struct two_sample_test {
    struct estimate p;
    double statistic;
    double df;  /* of t, F; 0: none */
    double gap; /* t tests: mean of a less mean of b */
    double se;  /* of it */
};

/* Welch, B. L. (1947). Biometrika 34, 28-35; and with equal variances. */
struct two_sample_test two_sample_welch(struct sample a, struct sample b);
struct two_sample_test two_sample_student(struct sample a, struct sample b);
/*
 * Mann, H. B. & Whitney, D. R. (1947). Annals of Mathematical Statistics
 * 18(1), 50-60: normal, corrected for ties and continuity; the statistic is
 * the U of a.
 */
struct two_sample_test two_sample_mann_whitney(struct sample a,
                                               struct sample b);
/* Brown, M. B. & Forsythe, A. B. (1974). JASA 69(346), 364-367: spread. */
struct two_sample_test two_sample_brown_forsythe(struct sample a,
                                                 struct sample b);
/*
 * Brunner, E. & Munzel, U. (2000). Biometrical Journal 42(1), 17-25; the
 * statistic is above 0 when b is larger.
 */
struct two_sample_test two_sample_brunner_munzel(struct sample a,
                                                 struct sample b);
/*
 * Kolmogorov and Smirnov's largest gap of the two distributions, with its
 * exact p without ties (Hodges, J. L. (1957). Arkiv foer Matematik 3, 469);
 * O(a b) time: at most 10^8 pairs, else undefined.
 */
struct two_sample_test two_sample_kolmogorov(struct sample a, struct sample b);

/* By the pooled standard deviation; Hedges' is it times 1 - 3 / (4 n - 9). */
struct estimate two_sample_cohen_d(struct sample a, struct sample b);
struct estimate two_sample_hedges_g(struct sample a, struct sample b);
/* P(a > b) - P(a < b): Cliff, N. (1993). Psychological Bulletin 114, 494. */
struct estimate two_sample_cliff_delta(struct sample a, struct sample b);

#endif
