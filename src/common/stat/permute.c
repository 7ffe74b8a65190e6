/*
 * permute - all splits in the order of GSL's combinations, or shuffles.
 */
#include <config.h>

#include "common/stat/permute.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_combination.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/rng.h"

uint64_t permute_choices(size_t clusters, size_t first)
{
    uint64_t choices = 1;

    if (first > clusters)
        return 0;
    if (first > clusters - first)
        first = clusters - first;
    for (size_t i = 1; i <= first; i++) {
        uint64_t factor = clusters - first + i;

        /* choices * factor is divisible by i: a product of i neighbours. */
        if (choices > UINT64_MAX / factor)
            return UINT64_MAX;
        choices = choices * factor / i;
    }
    return choices;
}

/* A split without a gap says nothing against luck: it counts as extreme. */
static void count_split(const struct permute_source *source, const bool *first,
                        double least, struct permutation *out)
{
    struct estimate gap = source->gap(source->context, first);

    out->splits++;
    if (!gap.defined)
        out->undefined++;
    if (!gap.defined || fabs(gap.value) >= least)
        out->extreme++;
}

static void try_all(const struct permute_source *source, size_t size,
                    double least, bool *first, struct permutation *out)
{
    gsl_combination *chosen = gsl_combination_calloc(source->clusters, size);

    do {
        memset(first, 0, source->clusters * sizeof(*first));
        for (size_t i = 0; i < size; i++)
            first[gsl_combination_get(chosen, i)] = true;
        count_split(source, first, least, out);
    } while (gsl_combination_next(chosen) == 0 && !interrupt_pending());
    gsl_combination_free(chosen);
    out->exact = true;
    out->p = (double)out->extreme / (double)out->splits;
}

static void try_some(const struct permute_source *source,
                     const struct permute_plan *plan, size_t size, double least,
                     bool *first, struct permutation *out)
{
    struct rng *rng = rng_new(plan->seed, plan->name);
    size_t *order = xcalloc(source->clusters, sizeof(*order));

    for (size_t c = 0; c < source->clusters; c++)
        order[c] = c;
    while (out->splits < plan->samples && !interrupt_pending()) {
        rng_shuffle(rng, order, source->clusters);
        for (size_t i = 0; i < source->clusters; i++)
            first[order[i]] = i < size;
        count_split(source, first, least, out);
    }
    free(order);
    rng_free(rng);
    out->p = (double)(out->extreme + 1) / (double)(out->splits + 1);
}

struct permutation permute_two_groups(const struct permute_source *source,
                                      const struct permute_plan *plan)
{
    struct permutation out = { 0 };
    struct estimate observed = source->gap(source->context, source->first);
    size_t size = 0;
    double least;
    bool *first;

    for (size_t c = 0; c < source->clusters; c++)
        size += source->first[c];
    if (!observed.defined) {
        out.reason = observed.reason;
        return out;
    }
    if (size == 0 || size == source->clusters) {
        out.reason = "a group has no clusters";
        return out;
    }
    /* Equal gaps may differ by rounding. */
    least = fabs(observed.value) - 1e-12 * fmax(1, fabs(observed.value));
    first = xcalloc(source->clusters, sizeof(*first));
    if (permute_choices(source->clusters, size) <= plan->exact_limit)
        try_all(source, size, least, first, &out);
    else
        try_some(source, plan, size, least, first, &out);
    free(first);
    out.defined = true;
    return out;
}
