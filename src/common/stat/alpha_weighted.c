/*
 * alpha_weighted - Krippendorff's alpha with any distances; see alpha.h.
 */
#include <config.h>

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/alpha.h"

/* Distances of ordered pairs within an item, by its ratings less one. */
static double within(const struct ratings *r, size_t item, const double *weight)
{
    const struct rating *rating = r->rating + r->start[item];
    size_t m = ratings_of(r, item), k = r->categories.count;
    double sum = 0;

    for (size_t a = 1; a < m; a++)
        for (size_t b = 0; b < a; b++)
            sum += 1 - weight[rating[a].code * k + rating[b].code];
    return 2 * sum / (double)(m - 1);
}

static double between(const double *count, size_t k, const double *weight)
{
    double sum = 0;

    for (size_t a = 1; a < k; a++)
        for (size_t b = 0; b < a && count[a] > 0; b++)
            sum += count[a] * count[b] * (1 - weight[a * k + b]);
    return 2 * sum;
}

struct alpha alpha_weighted(const struct ratings *r, const double *weight,
                            const int *times)
{
    size_t k = r->categories.count;
    double *count = xcalloc(k + 1, sizeof(*count)), n = 0, sum = 0;
    struct alpha out = { 0 };

    for (size_t i = 0; i < r->items.count; i++) {
        size_t m = ratings_of(r, i);
        int often = times ? times[i] : 1;

        if (m < 2 || often <= 0)
            continue;
        out.units += (size_t)often;
        for (size_t a = r->start[i]; a < r->start[i + 1]; a++)
            count[r->rating[a].code] += often;
        n += often * (double)m;
        sum += often * within(r, i, weight);
    }
    out.pairable = (size_t)n;
    out.expected = n > 1 ? between(count, k, weight) / (n * (n - 1)) : 0;
    if (!(n > 0)) {
        out.value = estimate_undefined("no item has two ratings");
    } else if (!(out.expected > 1e-15)) {
        out.value = estimate_undefined(
            "all ratings are the same: no disagreement to expect (0/0)");
        out.expected = 0;
    } else {
        out.observed = sum / n;
        out.value = estimate_of(1 - out.observed / out.expected);
    }
    free(count);
    return out;
}
