/*
 * agreement_parts - who agrees with the others, on what, and where not.
 */
#ifndef MIEN_STAT_AGREEMENT_PARTS_H
#define MIEN_STAT_AGREEMENT_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "common/stat/agreement.h"
#include "common/stat/estimate.h"
#include "common/stat/ratings.h"

/* A rater against all others, on the items that both judged. */
struct rater_part {
    uint32_t rater;
    size_t ratings;  /* without repeats */
    size_t reserved; /* answers such as @cannot_tell */
    size_t shared;   /* items that somebody else judged too */
    size_t used;     /* categories chosen on these */
    /*
     * Chance that another rater of the item says the same, mean over the
     * shared items; and beyond chance: kappa with this rater's and the
     * others' shares, AC1 with the mean of both.
     */
    struct estimate agreement, kappa, ac1;
    /* Numbers: against the mean of the others of the item. */
    struct estimate pearson, ccc, bias;
    struct estimate without;     /* alpha of the others alone */
    size_t repeated, consistent; /* items judged again; the same again */
};

/*
 * One for each rater with a rating or reserved answer, in order of raters;
 * the caller frees.  `with_repeats` is the matrix that `ratings` is
 * ratings_single() of.
 */
struct rater_part *agreement_raters(const struct ratings *ratings,
                                    const struct ratings *with_repeats,
                                    const struct agreement_settings *settings,
                                    size_t *count);

/* A category against all others. */
struct label_part {
    size_t code;
    size_t ratings; /* all of them */
    size_t items;   /* where somebody chose it */
    double share;   /* of all ratings */
    /*
     * If one rater chose it, does another of the item?  Sum n_ij (n_ij - 1) /
     * sum n_ij (n_i - 1) (Cicchetti, D. V. & Feinstein, A. R. (1990). Journal
     * of Clinical Epidemiology 43(6), 551-558).
     */
    struct estimate specific;
    struct estimate kappa; /* Fleiss', of this category against the rest */
};

/* One for each category, in their order; the caller frees. */
struct label_part *agreement_labels(const struct ratings *ratings);

struct item_part {
    size_t item;
    size_t ratings, reserved;
    struct estimate agreement; /* of its pairs */
    double entropy;            /* of its shares, nats */
    struct estimate sd;        /* of its numbers, n - 1 */
    size_t mode;               /* the category most chosen, the first of them */
    size_t modes;              /* so many are chosen as often */
};

/*
 * One for each item with two ratings or more, hardest first: least agreement
 * (numbers: largest standard deviation), then as they stand.  The caller
 * frees.
 */
struct item_part *agreement_items(const struct ratings *ratings,
                                  enum alpha_metric scale, size_t *count);

#endif
