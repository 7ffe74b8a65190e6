/*
 * proportion - one share or two shares of independent items: intervals, tests.
 */
#ifndef MIEN_STAT_PROPORTION_H
#define MIEN_STAT_PROPORTION_H

#include <stddef.h>

struct proportion_limits {
    double low, high;
};

enum proportion_method {
    PROPORTION_WALD,
    /* Wilson, E. B. (1927). JASA 22(158), 209-212. */
    PROPORTION_WILSON,
    /* Agresti, A. & Coull, B. A. (1998). American Statistician 52(2). */
    PROPORTION_AGRESTI_COULL,
    /* Clopper, C. J. & Pearson, E. S. (1934). Biometrika 26(4), 404-413. */
    PROPORTION_CLOPPER_PEARSON,
    /* Quantiles of the posterior under Jeffreys' prior, beta(1/2, 1/2). */
    PROPORTION_JEFFREYS
};

/* `hits` of n, n above 0; `level` such as 0.95. */
struct proportion_limits proportion_limits_of(enum proportion_method method,
                                              size_t hits, size_t n,
                                              double level);

enum proportion_gap_method {
    PROPORTION_GAP_WALD,
    /* Agresti, A. & Caffo, B. (2000). American Statistician 54(4). */
    PROPORTION_GAP_AGRESTI_CAFFO,
    /* Newcombe, R. G. (1998). Statistics in Medicine 17, 873-890, method 10. */
    PROPORTION_GAP_NEWCOMBE,
    /* Miettinen, O. & Nurminen, M. (1985). Statistics in Medicine 4, 213. */
    PROPORTION_GAP_SCORE
};

/* Limits of hits_a / n_a - hits_b / n_b. */
struct proportion_limits proportion_gap_limits(
    enum proportion_gap_method method, size_t hits_a, size_t n_a, size_t hits_b,
    size_t n_b, double level);

/* z of the gap, with the variance of the shares pooled (null) or not; 0/0: 0.
 */
double proportion_z_pooled(size_t hits_a, size_t n_a, size_t hits_b,
                           size_t n_b);
double proportion_z_unpooled(size_t hits_a, size_t n_a, size_t hits_b,
                             size_t n_b);

/*
 * Fisher's exact test, two-sided: all tables with these margins that are no
 * more likely.
 */
double proportion_fisher(size_t hits_a, size_t n_a, size_t hits_b, size_t n_b);

#endif
