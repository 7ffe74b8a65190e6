/*
 * apart - how far two samples of numbers lie apart.
 */
#ifndef MIEN_STAT_APART_H
#define MIEN_STAT_APART_H

#include "common/stat/two_sample.h"

/*
 * The area between the two distribution functions, in the numbers' own unit:
 * the least work to make one of the other (Vallender, S. S. (1974). Theory of
 * Probability and its Applications 18(4), 784-786).
 */
struct estimate apart_wasserstein(struct sample a, struct sample b);
/*
 * Szekely, G. J. & Rizzo, M. L. (2013). Journal of Statistical Planning and
 * Inference 143(8), 1249-1272: the root of twice the area between the squared.
 */
struct estimate apart_energy(struct sample a, struct sample b);

/*
 * Maximum mean discrepancy, squared, by the kernel exp(-d^2 / (2 sigma^2)):
 * Gretton, A. et al. (2012). Journal of Machine Learning Research 13, 723-773,
 * equation 3 (no bias, may be below 0) and 5 (biased).  O(n^2) time.
 */
struct apart_mmd {
    struct estimate unbiased, biased;
};
struct apart_mmd apart_mmd(struct sample a, struct sample b, double sigma);
/* The root of half the median squared distance within a (each pair twice, and
   with itself). */
struct estimate apart_median_sigma(struct sample a);

#endif
