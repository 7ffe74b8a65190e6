/*
 * agree_weights - tables of weights from values.
 */
#include <config.h>

#include "common/stat/agree_weights.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"

const char *const agree_weighting_names[] = {
    "unweighted", "linear",   "quadratic", "ordinal", "radical",
    "ratio",      "circular", "bipolar",   NULL
};

struct ends {
    double low, high;
};

/* A distance that need not be scaled to 1. */
static double distance(enum agree_weighting weighting, double x, double y,
                       double ranks, struct ends ends)
{
    double gap = fabs(x - y), sum = x + y;

    switch (weighting) {
    case AGREE_UNWEIGHTED:
        return 1;
    case AGREE_LINEAR:
        return gap;
    case AGREE_QUADRATIC:
        return gap * gap;
    case AGREE_ORDINAL:
        return ranks * (ranks + 1) / 2;
    case AGREE_RADICAL:
        return sqrt(gap);
    case AGREE_RATIO:
        return sum > 0 ? gap * gap / (sum * sum) : 0;
    case AGREE_CIRCULAR:
        return pow(sin(M_PI * gap / (ends.high - ends.low + 1)), 2);
    case AGREE_BIPOLAR:
        return gap * gap / ((sum - 2 * ends.low) * (2 * ends.high - sum));
    }
    return 1;
}

void agree_weights_from_distances(const double *from, size_t k, double *weight)
{
    double largest = 0;

    for (size_t i = 0; i < k * k; i++)
        largest = fmax(largest, from[i]);
    for (size_t i = 0; i < k * k; i++)
        weight[i] = largest > 0 ? 1 - from[i] / largest : 1;
}

void agree_weights_fill(enum agree_weighting weighting, const double *value,
                        size_t k, double *weight)
{
    struct ends ends = { .low = 1, .high = (double)k };

    for (size_t i = 0; value && i < k; i++) {
        ends.low = i == 0 ? value[i] : fmin(ends.low, value[i]);
        ends.high = i == 0 ? value[i] : fmax(ends.high, value[i]);
    }
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) {
            double x = value ? value[i] : (double)(i + 1);
            double y = value ? value[j] : (double)(j + 1);
            double ranks = fabs((double)i - (double)j);

            weight[i * k + j] =
                i == j ? 0 : distance(weighting, x, y, ranks, ends);
        }
    }
    agree_weights_from_distances(weight, k, weight);
}
