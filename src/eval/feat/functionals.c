/*
 * functionals - see functionals.h.
 */
#include <config.h>

#include "eval/feat/functionals.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"

const char *const functional_names[FUNCTIONAL_COUNT] = {
    "mean", "sd", "p20", "p50", "p80",
};

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

double functionals_percentile(const double *sorted, int64_t count, double share)
{
    double place = share * (double)(count - 1);
    int64_t low = (int64_t)floor(place);
    double rest = place - (double)low;

    if (low + 1 >= count)
        return sorted[count - 1];
    return sorted[low] + rest * (sorted[low + 1] - sorted[low]);
}

void functionals_compute(const double *value, int64_t count,
                         double out[FUNCTIONAL_COUNT])
{
    double *sorted = xcalloc((size_t)count + 1, sizeof(*sorted));
    double sum = 0, square = 0, mean;
    int64_t n = 0;

    for (int i = 0; i < FUNCTIONAL_COUNT; i++)
        out[i] = NAN;
    for (int64_t i = 0; i < count; i++)
        if (!isnan(value[i]))
            sorted[n++] = value[i];
    if (n == 0)
        goto done;
    for (int64_t i = 0; i < n; i++)
        sum += sorted[i];
    mean = sum / (double)n;
    for (int64_t i = 0; i < n; i++)
        square += (sorted[i] - mean) * (sorted[i] - mean);
    qsort(sorted, (size_t)n, sizeof(*sorted), by_size);
    out[FUNCTIONAL_MEAN] = mean;
    out[FUNCTIONAL_SD] = sqrt(square / (double)n);
    out[FUNCTIONAL_P20] = functionals_percentile(sorted, n, 0.2);
    out[FUNCTIONAL_P50] = functionals_percentile(sorted, n, 0.5);
    out[FUNCTIONAL_P80] = functionals_percentile(sorted, n, 0.8);
done:
    free(sorted);
}
