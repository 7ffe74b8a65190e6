/*
 * permute - is the gap between two groups more than the luck of who is in
 * which?
 *
 * Whole clusters (speakers) change groups, never items; the groups keep
 * their sizes.  All splits are tried where they can be, else a seeded sample
 * of them with p = (k + 1) / (B + 1), which is never 0 (Phipson, B. & Smyth,
 * G. K. (2010). Permutation p-values should never be zero. Statistical
 * Applications in Genetics and Molecular Biology 9(1), article 39).
 *
 * After Ctrl-C what is left is not tried: callers ask interrupt_check().
 */
#ifndef MIEN_STAT_PERMUTE_H
#define MIEN_STAT_PERMUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/stat/estimate.h"

struct permute_source {
    size_t clusters;
    const bool *first; /* the groups as they are: true in the first */
    void *context;
    /* The signed gap if first[c] says who is in the first group. */
    struct estimate (*gap)(void *context, const bool *first);
};

struct permute_plan {
    uint64_t exact_limit; /* all splits when there are at most so many */
    uint64_t samples;     /* else so many */
    uint64_t seed;
    const char *name; /* of the stream of chance */
};

struct permutation {
    bool defined;
    const char *reason; /* static text, when undefined */
    double p;           /* two-sided: splits with |gap| as large or larger */
    bool exact;
    uint64_t splits;    /* looked at; the one that is counts when exact */
    uint64_t extreme;   /* as large or larger */
    uint64_t undefined; /* without a gap; counted among the extreme ones */
};

/* The number of ways to choose; UINT64_MAX when it is more than that. */
uint64_t permute_choices(size_t clusters, size_t first);

struct permutation permute_two_groups(const struct permute_source *source,
                                      const struct permute_plan *plan);

/*
 * The same for two answers to each item: whole clusters swap them.  If
 * neither is better, each cluster's two answers may as well stand the other
 * way round: 2^clusters ways, of which half are looked at, as swapping all
 * turns the sign.  With one difference a cluster and their sum for a gap this
 * is the sign-flip test (paired.h).
 */
struct permute_swap_source {
    size_t clusters;
    size_t outputs; /* gaps that one reading gives */
    void *context;
    /* Nothing is swapped. */
    void (*clear)(void *context);
    /* The two answers of a cluster change places (again: back). */
    void (*swap)(void *context, size_t cluster);
    void (*read)(void *context, struct estimate *gap);
};

/* Fills out[0 .. outputs - 1]; all from the same swaps. */
void permute_swaps(const struct permute_swap_source *source,
                   const struct permute_plan *plan, struct permutation *out);

#endif
