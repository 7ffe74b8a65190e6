/*
 * order - who judges what, and in which order: seeded, balanced, pure.
 *
 * Everything is about indices; the same seed gives the same order.
 */
#ifndef MIEN_STUDY_ORDER_H
#define MIEN_STUDY_ORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/base/rng.h"
#include "common/study/protocol.h"

/*
 * `count` things, each `times` times: `times` permutations one after the
 * other, where none begins with the thing that the one before ended with.
 * That is PermuteBalancedNoDoublets of Praat's ExperimentMFC (Boersma &
 * Weenink).  `out` has count * times places.  One thing alone cannot but
 * follow itself.
 */
void order_permute(struct rng *rng, size_t count, size_t times, size_t *out);

/* What the order must know of an item. */
struct order_item {
    size_t medium;  /* items of one medium shall not be neighbours */
    size_t block;   /* of a blocked order; else 0 */
    double place;   /* of a contextual order: sorted by medium, then place */
    bool pair;      /* two things that are compared; neighbours shall have */
    size_t side[2]; /* ... none of them in common */
};

/* Of one medium, or pairs with something in common. */
bool order_share(const struct order_item *a, const struct order_item *b);
/*
 * Takes neighbours in `list` that share something apart, by exchanges within
 * their blocks; as far as that leaves fewer.  Uses no chance.
 */
void order_part(const struct order_item *item, size_t *list, size_t count);

struct order_settings {
    enum protocol_order kind;
    size_t repeats;  /* how many items to ask twice */
    size_t distance; /* at least so many places after the first time */
};

struct order_entry {
    size_t item;
    bool repeat; /* the second time */
};

/*
 * Orders `count` items and hides repeats among them; `out` has count +
 * repeats places.  Returns how many are filled: fewer when a repeat cannot be
 * placed at that distance.
 *
 * Random: no neighbours of the same medium as long as that can be had, nor,
 * of pairs, with something in common (this one also in blocks).
 * Contextual: the items as they follow each other in their media, the media
 * in random order, the repeats at the end.  Blocked: blocks in random order,
 * random within, and a repeat in the block of its first time, or at the end
 * where its block is too short.
 */
size_t order_make(const struct order_item *item, size_t count,
                  const struct order_settings *settings, struct rng *rng,
                  struct order_entry *out);

/* Neighbours of the same medium in an order that was made. */
size_t order_doublets(const struct order_item *item,
                      const struct order_entry *entry, size_t count);

struct order_panel {
    size_t items;
    size_t annotators;
    size_t per_item; /* annotators for each item */
};

/*
 * Balanced incomplete assignment: has[item * annotators + annotator] is set
 * for so many annotators that each item has `per_item`; what is set already
 * stays (and may be more).  load[annotator] counts the work so far and is
 * raised; when the loads begin within 1 of each other and nothing is set,
 * they end so.  Among equal loads, annotators who have shared few items are
 * put together, so that every pair can be compared.  False when there are
 * fewer annotators than `per_item`.
 */
bool order_assign(const struct order_panel *panel, struct rng *rng, bool *has,
                  size_t *load, struct error *err);

#endif
