/*
 * dist - probabilities and quantiles of the normal, Student's t, F,
 * chi squared, and the binomial and its kin.
 */
#ifndef MIEN_STAT_DIST_H
#define MIEN_STAT_DIST_H

#include <stddef.h>

/*
 * Once, before anything else: what goes wrong within GSL is told by its
 * callers, and never ends the process.
 */
void dist_quiet(void);

/* P(Z <= z). */
double dist_normal_cdf(double z);
/* The z with P(Z <= z) = p; 0 < p < 1. */
double dist_normal_quantile(double p);
/* `df` above 0 need not be whole (Welch and Satterthwaite's is not). */
double dist_t_cdf(double t, double df);
double dist_t_quantile(double p, double df);
/* P(F > f); the f with P(F <= f) = p; degrees of freedom above 0. */
double dist_f_upper(double f, double df1, double df2);
double dist_f_quantile(double p, double df1, double df2);
/* P(X > x). */
double dist_chi2_upper(double x, double df);
/* P(X <= k), P(X = k) of n tries. */
double dist_binomial_cdf(size_t k, double p, size_t n);
double dist_binomial_pdf(size_t k, double p, size_t n);
/* The x with P(X <= x) = p of a beta distribution. */
double dist_beta_quantile(double p, double a, double b);
/* P(X = k): k of `n` drawn from a + b are among the a. */
double dist_hypergeometric_pdf(size_t k, size_t a, size_t b, size_t n);

#endif
