/*
 * spread - the middle of some numbers, and how far they lie from it.
 */
#include <config.h>

#include "eval/learn/spread.h"

#include <math.h>
#include <stdlib.h>

static const double mad_of_normal = 1.4826;

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

double spread_median(double *value, size_t count)
{
    if (count == 0)
        return NAN;
    qsort(value, count, sizeof(*value), by_value);
    return (value[(count - 1) / 2] + value[count / 2]) / 2;
}

/*
 * Two passes.  Rounding makes the spread of a constant such as 0.1 tiny
 * instead of 0, hence the comparison with the mean.
 */
static struct spread classical(const double *value, size_t count)
{
    struct spread spread = { .count = count };
    double squares = 0;

    for (size_t i = 0; i < count; i++)
        spread.middle += value[i];
    spread.middle /= (double)count;
    for (size_t i = 0; i < count; i++) {
        double off = value[i] - spread.middle;

        squares += off * off;
    }
    spread.scale = sqrt(squares / (double)count);
    if (spread.scale <= 1e-12 * fabs(spread.middle))
        spread.scale = 0;
    return spread;
}

struct spread spread_of(double *value, size_t count, bool robust)
{
    struct spread spread = { 0 };

    if (count == 0)
        return spread;
    spread = classical(value, count);
    if (!robust)
        return spread;
    spread.middle = spread_median(value, count);
    if (spread.scale <= 0)
        return spread;
    for (size_t i = 0; i < count; i++)
        value[i] = fabs(value[i] - spread.middle);
    {
        double mad = mad_of_normal * spread_median(value, count);

        if (mad > 1e-12 * fabs(spread.middle))
            spread.scale = mad;
    }
    return spread;
}
