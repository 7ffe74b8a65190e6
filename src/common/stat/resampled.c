/*
 * resampled - see resampled.h.
 */
#include <config.h>

#include "common/stat/resampled.h"

#include <math.h>

#include "common/stat/describe.h"
#include "common/stat/dist.h"

static const char no_spread[] = "the differences do not vary";

/* Sum of the five variances; that of all squares in *squares. */
static double variances(const double difference[10], double *squares)
{
    double sum = 0;

    *squares = 0;
    for (size_t i = 0; i < 5; i++) {
        double a = difference[2 * i], b = difference[2 * i + 1];

        sum += (a - b) * (a - b) / 2; /* two values about their mean */
        *squares += a * a + b * b;
    }
    return sum;
}

struct resampled_test resampled_5x2_t(const double difference[10])
{
    double squares, sum = variances(difference, &squares);
    struct resampled_test out = { .df1 = 5 };

    if (!(sum > 0)) {
        out.p = estimate_undefined(no_spread);
        return out;
    }
    out.statistic = difference[0] / sqrt(sum / 5);
    out.p = estimate_of(2 * dist_t_cdf(-fabs(out.statistic), 5));
    return out;
}

struct resampled_test resampled_5x2_f(const double difference[10])
{
    double squares, sum = variances(difference, &squares);
    struct resampled_test out = { .df1 = 10, .df2 = 5 };

    if (!(sum > 0)) {
        out.p = estimate_undefined(no_spread);
        return out;
    }
    out.statistic = squares / (2 * sum);
    out.p = estimate_of(dist_f_upper(out.statistic, 10, 5));
    return out;
}

struct resampled_test resampled_corrected_t(const double *difference, size_t n,
                                            double test_by_train)
{
    struct resampled_test out = { .df1 = (double)n - 1 };
    struct estimate mean = describe_mean(difference, n);
    struct estimate variance =
        describe_variance(difference, n, DESCRIBE_N_LESS_1);

    if (!variance.defined || !(variance.value > 0)) {
        out.p = estimate_undefined(variance.defined ? no_spread
                                                    : "fewer than two folds");
        return out;
    }
    out.statistic =
        mean.value / sqrt((1 / (double)n + test_by_train) * variance.value);
    out.p = estimate_of(2 * dist_t_cdf(-fabs(out.statistic), out.df1));
    return out;
}
