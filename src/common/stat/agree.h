/*
 * agree - agreement beyond chance of many raters, from additive sums.
 *
 * All coefficients are (p_a - p_e) / (1 - p_e) with weights of agreement
 * between categories; they differ in what they call chance.  Items and raters
 * may be missing.  Gwet, K. L. (2014). Handbook of Inter-Rater Reliability,
 * 4th edition, chapters 2 to 5; Fleiss, J. L. (1971). Psychological Bulletin
 * 76, 378-382; Conger, A. J. (1980). Psychological Bulletin 88, 322-328;
 * Brennan, R. L. & Prediger, D. J. (1981). Educational and Psychological
 * Measurement 41, 687-699; Krippendorff: see alpha.h.
 */
#ifndef MIEN_STAT_AGREE_H
#define MIEN_STAT_AGREE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/stat/estimate.h"
#include "common/stat/ratings.h"

enum agree_kind {
    AGREE_PERCENT, /* pairs of raters that agree; no chance taken off */
    AGREE_FLEISS,  /* mean shares of the items; with two raters Scott's pi */
    AGREE_CONGER,  /* each rater's own shares; with two Cohen's kappa */
    AGREE_BRENNAN_PREDIGER, /* all categories alike */
    AGREE_GWET,             /* AC1, weighted AC2 */
    AGREE_KRIPPENDORFF, /* alpha with the same weights (not ordinal alpha) */
    AGREE_KIND_COUNT
};

enum { AGREE_CATEGORIES_MAX = 512 };

/* Sums over items, of which one item's can be taken out again. */
struct agree_sums {
    const struct ratings *ratings; /* borrowed */
    const double *weight;          /* borrowed; k * k, symmetric */
    size_t k;
    bool identity;      /* only the same category agrees */
    double items;       /* with a rating */
    double pairable;    /* with two or more */
    double ratings_2;   /* in those */
    double agreement;   /* sum of the items' own */
    double agreement_2; /* sum of the items' own times their ratings */
    double *share;      /* owned; of each category: sum of the items' shares */
    double *count_2;    /* owned; ratings of each category in pairable items */
    double *rated;      /* owned; ratings of each rater */
    double *of_rater;   /* owned; [rater * k + category] */
    double *scratch;    /* owned; k */
};

/* At most AGREE_CATEGORIES_MAX categories. */
void agree_sums_init(struct agree_sums *sums, const struct ratings *ratings,
                     const double *weight);
void agree_sums_release(struct agree_sums *sums);
void agree_sums_clear(struct agree_sums *sums);
void agree_sums_add(struct agree_sums *sums, size_t item, int times);

struct agreement_part {
    struct estimate value;
    double agreement;   /* p_a */
    double chance;      /* p_e */
    struct estimate se; /* analytic, items sampled; agree_analytic() only */
    double items;       /* that the standard error is from */
};

/* Fills out[AGREE_KIND_COUNT]; without standard errors. */
void agree_sums_read(const struct agree_sums *sums, struct agreement_part *out);

/*
 * The whole of it with standard errors, linearised over items (Gwet 2014,
 * equations 5.3.1 and after; Krippendorff's by the same route).
 */
void agree_analytic(const struct ratings *ratings, const double *weight,
                    struct agreement_part *out);

#endif
