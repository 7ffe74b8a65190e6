/*
 * describe - mean, variance and quantiles; the sums are GSL's, which keep
 * running means in extended precision.
 */
#include <config.h>

#include "common/stat/describe.h"

#include <assert.h>
#include <math.h>

#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_sort_float.h>
#include <gsl/gsl_statistics_double.h>

#include "common/stat/dist.h"

struct estimate describe_mean(const double *x, size_t count)
{
    if (count == 0)
        return estimate_undefined("no values");
    return estimate_of(gsl_stats_mean(x, 1, count));
}

struct estimate describe_variance(const double *x, size_t count,
                                  enum describe_divisor divisor)
{
    if (count == 0)
        return estimate_undefined("no values");
    if (divisor == DESCRIBE_N_LESS_1) {
        if (count < 2)
            return estimate_undefined("only one value");
        return estimate_of(gsl_stats_variance(x, 1, count));
    }
    return estimate_of(gsl_stats_variance_with_fixed_mean(
        x, 1, count, gsl_stats_mean(x, 1, count)));
}

struct estimate describe_sd(const double *x, size_t count,
                            enum describe_divisor divisor)
{
    struct estimate variance = describe_variance(x, count, divisor);

    if (variance.defined)
        variance.value = sqrt(variance.value);
    return variance;
}

void describe_sort(double *x, size_t count)
{
    gsl_sort(x, 1, count);
}

void describe_sort_floats(float *x, size_t count)
{
    gsl_sort_float(x, 1, count);
}

struct estimate describe_quantile(const double *sorted, size_t count, double p)
{
    assert(p >= 0 && p <= 1);
    if (count == 0)
        return estimate_undefined("no values");
    return estimate_of(
        gsl_stats_quantile_from_sorted_data(sorted, 1, count, p));
}

struct estimate describe_quantile_order(const double *sorted, size_t count,
                                        double p)
{
    double rank = (double)(count + 1) * p;
    double below = floor(rank);
    size_t k = (size_t)below;
    double low, high, share;

    assert(p >= 0 && p <= 1);
    if (count == 0)
        return estimate_undefined("no values");
    if (k == 0)
        return estimate_of(sorted[0]);
    if (k >= count)
        return estimate_of(sorted[count - 1]);
    if (rank == below)
        return estimate_of(sorted[k - 1]);
    low = dist_normal_quantile(below / (double)(count + 1));
    high = dist_normal_quantile((below + 1) / (double)(count + 1));
    share = (dist_normal_quantile(p) - low) / (high - low);
    return estimate_of(sorted[k - 1] + share * (sorted[k] - sorted[k - 1]));
}
