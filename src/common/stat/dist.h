/*
 * dist - probabilities and quantiles of the normal, Student's t, F and
 * chi squared.
 */
#ifndef MIEN_STAT_DIST_H
#define MIEN_STAT_DIST_H

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

#endif
