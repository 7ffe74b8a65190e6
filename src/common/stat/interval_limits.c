/*
 * interval_limits - limits of the bootstrap other than percentiles.
 */
#include <config.h>

#include "common/stat/interval.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/describe.h"
#include "common/stat/dist.h"

static double mean_of(const struct interval_resamples *resamples, size_t output)
{
    size_t count;
    double *sorted = interval_sorted(resamples, output, &count);
    double mean = describe_mean(sorted, count).value;

    free(sorted);
    return mean;
}

struct interval interval_normal(const struct interval_resamples *resamples,
                                size_t output, double level, double value)
{
    struct interval out = interval_percentile(resamples, output, level);
    double z = dist_normal_quantile((1 + level) / 2);

    out.method = INTERVAL_NORMAL;
    if (!out.defined)
        return out;
    out.bias = mean_of(resamples, output) - value;
    out.low = value - out.bias - z * out.se;
    out.high = value - out.bias + z * out.se;
    return out;
}

struct interval interval_basic(const struct interval_resamples *resamples,
                               size_t output, double level, double value)
{
    struct interval out = interval_percentile(resamples, output, level);
    double low = out.low;

    out.method = INTERVAL_BASIC;
    if (!out.defined)
        return out;
    out.low = 2 * value - out.high;
    out.high = 2 * value - low;
    return out;
}

double *interval_leave_out(const struct interval_source *source)
{
    double *left =
        xcalloc(source->clusters * source->outputs + 1, sizeof(*left));
    struct estimate *value = xcalloc(source->outputs + 1, sizeof(*value));

    source->clear(source->context);
    for (size_t c = 0; c < source->clusters; c++)
        source->add(source->context, c, 1);
    for (size_t c = 0; c < source->clusters; c++) {
        bool whole;

        source->add(source->context, c, -1);
        whole = source->read(source->context, value);
        for (size_t k = 0; k < source->outputs; k++)
            left[c * source->outputs + k] =
                whole && value[k].defined ? value[k].value : (double)NAN;
        source->add(source->context, c, 1);
    }
    free(value);
    return left;
}

/* a = sum L^3 / (6 (sum L^2)^(3/2)), L the jackknife's influence values. */
static double acceleration(double value, const double *left, size_t n)
{
    double squares = 0, cubes = 0;

    for (size_t i = 0; i < n; i++) {
        double l = value - left[i];

        if (isnan(l))
            continue;
        squares += l * l;
        cubes += l * l * l;
    }
    return squares > 0 ? cubes / (6 * pow(squares, 1.5)) : 0;
}

struct interval interval_bca(const struct interval_resamples *resamples,
                             size_t output, double level, double value,
                             const double *left, size_t n)
{
    struct interval out = interval_percentile(resamples, output, level);
    double z[2], *sorted, a, z0;
    size_t count, below = 0;

    out.method = INTERVAL_BCA;
    if (!out.defined)
        return out;
    sorted = interval_sorted(resamples, output, &count);
    while (below < count && sorted[below] < value)
        below++;
    if (n < 2 || below == 0 || below == count) {
        out.defined = false;
        out.reason = n < 2 ? "fewer than two clusters have a value"
                           : "all resamples lie on one side of the value";
        free(sorted);
        return out;
    }
    z0 = dist_normal_quantile((double)below / (double)count);
    a = acceleration(value, left, n);
    for (int side = 0; side < 2; side++) {
        double tail = side == 0 ? (1 - level) / 2 : (1 + level) / 2;
        double at = z0 + dist_normal_quantile(tail);

        z[side] = dist_normal_cdf(z0 + at / (1 - a * at));
    }
    out.low = describe_quantile_order(sorted, count, z[0]).value;
    out.high = describe_quantile_order(sorted, count, z[1]).value;
    free(sorted);
    return out;
}
