/*
 * agreement - every coefficient that fits a table of ratings and its scale,
 * with intervals.
 *
 * The one engine behind `mien-eval agree`; each coefficient's module says
 * where its formula is from.
 */
#ifndef MIEN_STAT_AGREEMENT_H
#define MIEN_STAT_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/stat/agree_weights.h"
#include "common/stat/alpha.h"
#include "common/stat/estimate.h"
#include "common/stat/interval.h"
#include "common/stat/ratings.h"

enum coefficient_id {
    COEFFICIENT_ALPHA, /* Krippendorff's, of the scale */
    COEFFICIENT_PERCENT,
    COEFFICIENT_FLEISS, /* with two raters Scott's pi */
    COEFFICIENT_COHEN,  /* two raters only */
    COEFFICIENT_CONGER, /* three and more */
    COEFFICIENT_LIGHT,
    COEFFICIENT_BRENNAN_PREDIGER,
    COEFFICIENT_GWET, /* AC1; weighted AC2 */
    COEFFICIENT_ICC_1,
    COEFFICIENT_ICC_K,
    COEFFICIENT_ICC_A1,
    COEFFICIENT_ICC_AK,
    COEFFICIENT_ICC_C1,
    COEFFICIENT_ICC_CK,
    COEFFICIENT_CRONBACH,
    COEFFICIENT_CCC,
    COEFFICIENT_PEARSON,
    COEFFICIENT_SPEARMAN,
    COEFFICIENT_KENDALL,
    COEFFICIENT_COUNT
};

struct agreement_settings {
    enum alpha_metric scale;
    enum agree_weighting weighting; /* of kappa and its kin */
    double period;                  /* circular: values a turn apart */
    /*
     * Instead of scale and weighting: how much two categories agree, 1 (the
     * same) to 0, symmetric; of alpha, kappa and its kin.  Borrowed; NULL:
     * as scale and weighting say.
     */
    const double *weight;
    bool over_raters;     /* the jackknife leaves out raters, not items */
    double level;         /* such as 0.95 */
    int64_t resamples;    /* of the bootstrap; 0: none */
    bool percentiles;     /* its limits: these, not BCa */
    int64_t permutations; /* of the test against chance; 0: none */
    uint64_t seed;
    /*
     * Items that are alike (of one speaker), which are left out and drawn
     * together: of each item a number below cluster_values; NULL: each item
     * stands for itself.  Formulas take items as independent all the same.
     */
    const uint32_t *cluster;
    size_t cluster_values;
};

struct coefficient {
    bool fits; /* the scale and the raters; else nothing of this is filled */
    struct estimate value;
    const char *analytic; /* "t", "normal", "F"; NULL: no such interval */
    double low, high;     /* analytic */
    struct interval jackknife, bootstrap;
    size_t items; /* that the value is from */
    double k;     /* ICC: raters or ratings in the mean; else 0 */
    size_t pairs; /* means over pairs of raters: with a value; else 0 */
};

struct agreement {
    size_t items;    /* with a rating */
    size_t pairable; /* with two or more */
    size_t complete; /* judged by every rater; 0 when anonymous */
    size_t raters;   /* with a rating; 0 when anonymous */
    size_t ratings;
    size_t most, least; /* ratings of an item that has some */
    struct coefficient of[COEFFICIENT_COUNT];
    size_t clusters; /* of items, that the jackknife leaves out in turn */
    /* Ratings drawn anew within each rater (anonymous: among all). */
    bool tested;
    double p; /* of alpha, one-sided */
    int64_t permutations;
    const char *untested; /* why not, when asked for */
};

/* "alpha", "fleiss_kappa", ...: keys of CSV and JSON. */
const char *coefficient_name(enum coefficient_id id);
/* "Krippendorff's alpha", ...; of these data ("Scott's pi"). */
const char *coefficient_title(enum coefficient_id id,
                              const struct agreement *agreement,
                              const struct agreement_settings *settings);

/* Can these ratings be taken as on that scale?  Else why not, for people. */
bool agreement_scale_fits(const struct ratings *ratings,
                          enum alpha_metric scale, const char **reason);

/* Ratings without repeats (ratings_single()). */
struct agreement agreement_of(const struct ratings *ratings,
                              const struct agreement_settings *settings);

/* Only the values, for resampling and parts. */
void agreement_values(const struct ratings *ratings,
                      const struct agreement_settings *settings,
                      const bool *fits, struct estimate *value);

#endif
