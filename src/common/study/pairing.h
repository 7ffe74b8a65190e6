/*
 * pairing - which items are compared with which: balanced, connected, seeded.
 *
 * A ranking can be had from comparisons only where every item is reached from
 * every other (Ford, L. R. (1957). Solution of a ranking problem from binary
 * comparisons. Am. Math. Mon. 64(8), 28-33); it is as exact for one as for
 * another where all are compared equally often.
 */
#ifndef MIEN_STUDY_PAIRING_H
#define MIEN_STUDY_PAIRING_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/rng.h"

struct pairing_pair {
    size_t first, second; /* the lower number is the first */
};

struct pairing {
    struct pairing_pair *item; /* owned */
    size_t count, capacity;
};

struct pairing_settings {
    size_t items;
    /* Below `items`; only items of one group are paired.  NULL: all. */
    const size_t *group;
    size_t partners; /* each item is to have so many, or all there are */
};

/*
 * Adds pairs to those that are in `pairing` until every item has `partners`;
 * those with the fewest come first, so that their numbers differ by 1 at most
 * when nothing was there and where the groups allow it.  One partner more is
 * taken where a group would else fall apart.  No pair is there twice.
 */
void pairing_extend(const struct pairing_settings *settings, struct rng *rng,
                    struct pairing *pairing);
/* Into how many parts, between which nothing is compared, a group at most
 * falls; 1 is as it should be. */
size_t pairing_parts(const struct pairing_settings *settings,
                     const struct pairing *pairing);
void pairing_release(struct pairing *pairing);

/*
 * Who is met first.  `shown` is how much more often the pair was met as it is
 * than the other way round, `first` and `second` how much more often each of
 * its items was met first than second.  True: swap them this time.
 */
bool pairing_swaps(int shown, int first, int second, struct rng *rng);

#endif
