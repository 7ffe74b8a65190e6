/*
 * dist - GSL's distribution functions behind plain numbers.
 */
#include <config.h>

#include "common/stat/dist.h"

#include <assert.h>
#include <float.h>
#include <limits.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

void dist_quiet(void)
{
    gsl_set_error_handler_off();
}

double dist_normal_cdf(double z)
{
    return gsl_cdf_ugaussian_P(z);
}

double dist_normal_quantile(double p)
{
    assert(p > 0 && p < 1);
    return gsl_cdf_ugaussian_Pinv(p);
}

double dist_t_cdf(double t, double df)
{
    assert(df > 0);
    return gsl_cdf_tdist_P(t, df);
}

double dist_t_quantile(double p, double df)
{
    assert(p > 0 && p < 1 && df > 0);
    return gsl_cdf_tdist_Pinv(p, df);
}

double dist_f_upper(double f, double df1, double df2)
{
    return gsl_cdf_fdist_Q(f, df1, df2);
}

double dist_f_quantile(double p, double df1, double df2)
{
    double x;

    assert(p > 0 && p < 1 && df1 > 0 && df2 > 0);
    if (df1 >= 1 && df2 >= 1)
        return gsl_cdf_fdist_Pinv(p, df1, df2);
    /* GSL takes no degrees of freedom below 1; the beta distribution does. */
    x = gsl_cdf_beta_Qinv(p, df2 / 2, df1 / 2); /* df2 / (df2 + df1 F) */
    return x > 0 ? df2 * (1 - x) / (df1 * x) : DBL_MAX;
}

double dist_chi2_upper(double x, double df)
{
    return gsl_cdf_chisq_Q(x, df);
}

double dist_binomial_cdf(size_t k, double p, size_t n)
{
    assert(n <= UINT_MAX);
    return gsl_cdf_binomial_P((unsigned)k, p, (unsigned)n);
}

double dist_binomial_pdf(size_t k, double p, size_t n)
{
    assert(n <= UINT_MAX);
    return gsl_ran_binomial_pdf((unsigned)k, p, (unsigned)n);
}

double dist_beta_quantile(double p, double a, double b)
{
    assert(p > 0 && p < 1 && a > 0 && b > 0);
    return gsl_cdf_beta_Pinv(p, a, b);
}

double dist_hypergeometric_pdf(size_t k, size_t a, size_t b, size_t n)
{
    assert(a <= UINT_MAX && b <= UINT_MAX);
    return gsl_ran_hypergeometric_pdf((unsigned)k, (unsigned)a, (unsigned)b,
                                      (unsigned)n);
}
