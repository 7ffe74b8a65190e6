/*
 * permute_swap - all ways to swap the two answers of clusters, by a Gray
 * code, or drawn ones.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/rng.h"
#include "common/stat/permute.h"

/* Sums are made afresh after so many steps: rounding does not pile up. */
enum { STEPS_BETWEEN = 1024 };

struct swapping {
    const struct permute_swap_source *source;
    struct permutation *out;
    struct estimate *gap; /* owned; of one way */
    double *least;        /* owned; gaps from here on are extreme */
    bool *swapped;        /* owned; each cluster */
    uint64_t steps;
};

static void turn(struct swapping *swapping, size_t cluster)
{
    swapping->swapped[cluster] = !swapping->swapped[cluster];
    swapping->source->swap(swapping->source->context, cluster);
}

static void refresh(struct swapping *swapping)
{
    const struct permute_swap_source *source = swapping->source;

    source->clear(source->context);
    for (size_t c = 0; c < source->clusters; c++)
        if (swapping->swapped[c])
            source->swap(source->context, c);
}

/* A way without a gap says nothing against luck: it counts as extreme. */
static void look(struct swapping *swapping)
{
    const struct permute_swap_source *source = swapping->source;

    if (++swapping->steps % STEPS_BETWEEN == 0)
        refresh(swapping);
    source->read(source->context, swapping->gap);
    for (size_t k = 0; k < source->outputs; k++) {
        const struct estimate *gap = &swapping->gap[k];
        struct permutation *out = &swapping->out[k];

        out->splits++;
        out->undefined += !gap->defined;
        out->extreme += !gap->defined || fabs(gap->value) >= swapping->least[k];
    }
}

/* The last cluster stands still: the other half only has other signs. */
static void try_all(struct swapping *swapping)
{
    const struct permute_swap_source *source = swapping->source;
    uint64_t half = (uint64_t)1 << (source->clusters - 1);

    for (uint64_t i = 0; i < half && !interrupt_pending(); i++) {
        size_t bit = 0;

        for (uint64_t rest = i; i > 0 && !(rest & 1); rest >>= 1)
            bit++;
        if (i > 0)
            turn(swapping, bit);
        look(swapping);
    }
    for (size_t k = 0; k < source->outputs; k++) {
        struct permutation *out = &swapping->out[k];

        out->exact = true;
        out->splits *= 2;
        out->extreme *= 2;
        out->undefined *= 2;
        out->p = (double)out->extreme / (double)out->splits;
    }
}

static void try_some(struct swapping *swapping, const struct permute_plan *plan)
{
    const struct permute_swap_source *source = swapping->source;
    struct rng *rng = rng_new(plan->seed, plan->name);

    for (uint64_t i = 0; i < plan->samples && !interrupt_pending(); i++) {
        for (size_t c = 0; c < source->clusters; c++)
            if (rng_uniform(rng) < 0.5)
                turn(swapping, c);
        look(swapping);
    }
    rng_free(rng);
    for (size_t k = 0; k < source->outputs; k++) {
        struct permutation *out = &swapping->out[k];

        out->p = (double)(out->extreme + 1) / (double)(out->splits + 1);
    }
}

void permute_swaps(const struct permute_swap_source *source,
                   const struct permute_plan *plan, struct permutation *out)
{
    size_t outputs = source->outputs;
    struct swapping swapping = { .source = source, .out = out };

    swapping.gap = xcalloc(outputs + 1, sizeof(*swapping.gap));
    swapping.least = xcalloc(outputs + 1, sizeof(*swapping.least));
    swapping.swapped = xcalloc(source->clusters + 1, sizeof(bool));
    source->clear(source->context);
    source->read(source->context, swapping.gap);
    for (size_t k = 0; k < outputs; k++) {
        double value = swapping.gap[k].value;

        out[k] = (struct permutation){ .defined = swapping.gap[k].defined &&
                                                  source->clusters > 0,
                                       .reason = swapping.gap[k].reason };
        if (!out[k].defined && !out[k].reason)
            out[k].reason = "no clusters";
        /* Equal gaps may differ by rounding. */
        swapping.least[k] = fabs(value) - 1e-12 * fmax(1, fabs(value));
    }
    if (source->clusters > 0 && source->clusters < 63 &&
        (uint64_t)1 << source->clusters <= plan->exact_limit)
        try_all(&swapping);
    else if (source->clusters > 0)
        try_some(&swapping, plan);
    source->clear(source->context);
    free(swapping.swapped);
    free(swapping.least);
    free(swapping.gap);
}
