/*
 * agreement_skill - raters two by two, against known answers, and over time.
 */
#ifndef MIEN_STAT_AGREEMENT_SKILL_H
#define MIEN_STAT_AGREEMENT_SKILL_H

#include <stddef.h>
#include <stdint.h>

#include "common/stat/estimate.h"
#include "common/stat/ratings.h"

/* Two raters on the items that both judged. */
struct pair_part {
    size_t a, b; /* places in raters */
    size_t items;
    struct estimate agreement, kappa;  /* exact; Cohen's, unweighted */
    struct estimate pearson, ccc, gap; /* numbers; gap: mean of a less b */
    /* Where they differ most often: what a and b then say; 0 times: never. */
    size_t a_says, b_says, times;
};

/* Each pair with an item in common, a < b; the caller frees. */
struct pair_part *agreement_pairs(const struct ratings *ratings, size_t *count,
                                  const char **reason);

struct confusion_part {
    size_t a, b; /* raters; a may be AGREEMENT_GOLD */
    size_t a_says, b_says;
    size_t items; /* above 0 */
};
#define AGREEMENT_GOLD SIZE_MAX

/* What is known of the items. */
struct gold {
    const uint32_t *code; /* of each item: a category, or one of the next */
    const double *value;  /* the same as numbers, NAN: none; or NULL */
};
#define GOLD_NONE UINT32_MAX          /* nothing known */
#define GOLD_UNSAID (UINT32_MAX - 1u) /* what nobody ever answered */

/* All cells of all pairs, and against gold (NULL: none); the caller frees. */
struct confusion_part *agreement_confusions(const struct ratings *ratings,
                                            const struct gold *gold,
                                            size_t *count, const char **reason);

/* A rater on the gold items. */
struct skill_part {
    uint32_t rater;
    size_t items, right;
    struct estimate accuracy, kappa;
    double low, high; /* Wilson's, items taken as independent */
    struct estimate pearson, ccc, bias;
    size_t gold_is, says, times; /* the most frequent mistake */
};

/* One for each rater with a gold item, in order; the caller frees. */
struct skill_part *agreement_skill(const struct ratings *ratings,
                                   const struct gold *gold, double level,
                                   size_t *count);

/* When a rating was given, in any unit. */
struct moment {
    uint32_t rater, item, code;
    double time;
};

/* A rater's ratings in order, cut into windows of equal number. */
struct window_part {
    uint32_t rater; /* RATINGS_NOBODY: all raters' windows of this number */
    size_t window;  /* from 0 */
    size_t ratings, shared;      /* shared: somebody else judged the item too */
    double from, to;             /* times */
    struct estimate agreement;   /* mean share of the others who say the same */
    struct estimate bias, error; /* numbers: against the others' mean; its
                                    mean and mean absolute difference */
};

/* Sorts `moment`; first all raters together; the caller frees. */
struct window_part *agreement_windows(const struct ratings *ratings,
                                      struct moment *moment, size_t moments,
                                      size_t windows, size_t *count);

#endif
