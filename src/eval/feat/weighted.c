/*
 * weighted - see weighted.h.
 */
#include <config.h>

#include "eval/feat/weighted.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"

struct weighed {
    double value, weight;
    double middle; /* of its weight; of the sorted ones */
};

static int by_value(const void *a, const void *b)
{
    const struct weighed *x = a, *y = b;

    return x->value < y->value ? -1 : x->value > y->value;
}

static double percentile(const struct weighed *sorted, size_t count,
                         double share)
{
    double first = sorted[0].middle;
    double place = first + share * (sorted[count - 1].middle - first);
    size_t i = 1;

    while (i < count && sorted[i].middle < place)
        i++;
    if (i >= count)
        return sorted[count - 1].value;
    return sorted[i - 1].value + (sorted[i].value - sorted[i - 1].value) *
                                     (place - sorted[i - 1].middle) /
                                     (sorted[i].middle - sorted[i - 1].middle);
}

void weighted_compute(const double *value, const double *weight, size_t count,
                      double out[FUNCTIONAL_COUNT])
{
    struct weighed *item = xcalloc(count + 1, sizeof(*item));
    double sum = 0, weights = 0, square = 0, mean, below = 0;
    size_t n = 0;

    for (int i = 0; i < FUNCTIONAL_COUNT; i++)
        out[i] = NAN;
    for (size_t i = 0; i < count; i++)
        if (!isnan(value[i]) && weight[i] > 0)
            item[n++] = (struct weighed){ value[i], weight[i], 0 };
    if (n == 0)
        goto done;
    for (size_t i = 0; i < n; i++) {
        sum += item[i].weight * item[i].value;
        weights += item[i].weight;
    }
    mean = sum / weights;
    for (size_t i = 0; i < n; i++)
        square +=
            item[i].weight * (item[i].value - mean) * (item[i].value - mean);
    qsort(item, n, sizeof(*item), by_value);
    for (size_t i = 0; i < n; i++) {
        item[i].middle = below + item[i].weight / 2;
        below += item[i].weight;
    }
    out[FUNCTIONAL_MEAN] = mean;
    out[FUNCTIONAL_SD] = sqrt(square / weights);
    out[FUNCTIONAL_P20] = percentile(item, n, 0.2);
    out[FUNCTIONAL_P50] = percentile(item, n, 0.5);
    out[FUNCTIONAL_P80] = percentile(item, n, 0.8);
done:
    free(item);
}
