/*
 * shares - how far two distributions over the same categories are apart.
 *
 * From counts.  Logarithms are natural unless said otherwise.
 */
#ifndef MIEN_STAT_SHARES_H
#define MIEN_STAT_SHARES_H

#include <stddef.h>

#include "common/stat/estimate.h"

struct shares_distances {
    /*
     * Population stability index, sum (p - q) ln(p / q), as it is (undefined
     * with an empty cell), with shares of at least 1e-4, and with half a count
     * added to every cell.
     */
    struct estimate psi, psi_floor;
    double psi_half;
    /* Jensen and Shannon's, base 2: Lin, J. (1991). IEEE Trans. Information
       Theory 37(1); the distance is its root (Endres & Schindelin 2003). */
    double js_divergence, js_distance;
    double js_distance_nats;
    /* Kullback and Leibler's sum p ln(p / q); with shares of at least 1e-4,
       which then sum to 1 again. */
    struct estimate kl, kl_floor;
    double hellinger; /* 0 .. 1 */
    double tvd;       /* total variation: half the sum of the gaps */
    double largest;   /* gap of one category */
};

struct shares_distances shares_distances_of(const double *p, const double *q,
                                            size_t cells);

/* Are both from one distribution?  Pearson's chi squared, and G. */
struct shares_test {
    struct estimate p;
    double statistic, df;
    double cramer_v; /* chi squared: root of it by n */
};
struct shares_test shares_chi2(const double *p, const double *q, size_t cells);
struct shares_test shares_g(const double *p, const double *q, size_t cells);
/*
 * Does q come from the shares of p, as if these were known?  They are not:
 * that p is a sample, too, is left out of account, and p comes out too small.
 */
struct shares_test shares_fit(const double *p, const double *q, size_t cells);

#endif
