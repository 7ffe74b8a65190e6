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

/*
 * Any difference of two distributions.  Cramer and von Mises' T: Anderson,
 * T. W. (1962). Annals of Mathematical Statistics 33(3), 1148-1159; p from the
 * limit, after Csoergo, S. & Faraway, J. (1996). JRSS B 58(1), 221-234, eq.
 * 1.2, with the statistic moved to its mean and variance.
 */
struct two_sample_test two_sample_cramer_von_mises(struct sample a,
                                                   struct sample b);
/*
 * By the characteristic functions at 0.4 and 0.8 semi-interquartile ranges;
 * good for numbers with ties.  Epps, T. W. & Singleton, K. J. (1986). Journal
 * of Statistical Computation and Simulation 26, 177-203; df 4.
 */
struct two_sample_test two_sample_epps_singleton(struct sample a,
                                                 struct sample b);
/*
 * Anderson and Darling's, of `count` samples, with midranks for ties:
 * Scholz, F. W. & Stephens, M. A. (1987). JASA 82(399), 918-924, eq. 7; the
 * statistic is standardised.  p is interpolated in their table 2, so that
 * .25 means .25 or more, .001 that or less.
 */
struct two_sample_test samples_anderson_darling(const struct sample *sample,
                                                size_t count);

/* By the pooled standard deviation; Hedges' is it times 1 - 3 / (4 n - 9). */
struct estimate two_sample_cohen_d(struct sample a, struct sample b);
struct estimate two_sample_hedges_g(struct sample a, struct sample b);
/* P(a > b) - P(a < b): Cliff, N. (1993). Psychological Bulletin 114, 494. */
struct estimate two_sample_cliff_delta(struct sample a, struct sample b);

#endif
