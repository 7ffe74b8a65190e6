/*
 * consensus - one answer for each item from the ratings of several people.
 *
 * One door to all the rules; the models behind it stand in consensus_*.h with
 * their formulas and sources.  Reserved answers ("@cannot_tell") are no
 * ratings: no rule sees them.
 */
#ifndef MIEN_STAT_CONSENSUS_H
#define MIEN_STAT_CONSENSUS_H

#include <stdint.h>

#include "common/stat/consensus_em.h"
#include "common/stat/estimate.h"
#include "common/stat/ratings.h"

enum consensus_rule {
    CONSENSUS_MAJORITY,
    CONSENSUS_WAWA,
    CONSENSUS_ZERO_BASED,
    CONSENSUS_ONE_COIN,
    CONSENSUS_DAWID_SKENE,
    CONSENSUS_MACE,
    CONSENSUS_GLAD,
    CONSENSUS_MEAN,
    CONSENSUS_MEDIAN,
    CONSENSUS_EWE,
    CONSENSUS_RULES
};

extern const char *const consensus_rule_names[]; /* ends with NULL */

bool consensus_is_number(enum consensus_rule rule);    /* mean and the like */
bool consensus_is_model(enum consensus_rule rule);     /* fitted by EM */
bool consensus_needs_raters(enum consensus_rule rule); /* by name */

/* What becomes of labels that are equally far ahead. */
enum consensus_ties { CONSENSUS_KEEP, CONSENSUS_FIRST, CONSENSUS_RANDOM };

struct consensus_settings {
    enum consensus_rule rule;
    enum consensus_ties ties;
    uint64_t seed;      /* of random ties, of MACE's starts */
    double min_support; /* a label with less is undecided */
    size_t min_ratings; /* an item with fewer is undecided */
    struct consensus_em_settings em;
    int restarts;       /* MACE */
    bool smoothed;      /* MACE: plain EM instead of variational */
    bool leave_one_out; /* EWE */
    /* Majority, mean: of each rater, none negative; NULL: all alike. */
    const double *weight;
};

enum consensus_state {
    CONSENSUS_DECIDED,
    CONSENSUS_TIE,       /* several labels are ahead */
    CONSENSUS_BELOW,     /* support below min_support */
    CONSENSUS_FEW,       /* fewer ratings than min_ratings */
    CONSENSUS_UNRATED,   /* no rating at all */
    CONSENSUS_WEIGHTLESS /* all its raters weigh nothing */
};

extern const char *const consensus_state_names[];

struct consensus_item {
    enum consensus_state state;
    size_t tied;    /* labels ahead together; 1 without a tie */
    uint32_t label; /* place in categories, when decided */
    double support; /* share or posterior of the foremost label */
    double value;   /* of numbers, when decided */
    struct estimate sd;
    double weight; /* of numbers: sum of the raters' weights */
};

struct consensus_rater {
    size_t ratings;
    /*
     * By the rule: agreement (majority), skill, accuracy, competence (MACE),
     * ability (GLAD), evaluator weight (EWE), given weight (mean, majority);
     * undefined without ratings.
     */
    struct estimate weight;
    struct estimate raw; /* EWE: r before negative ones became 0 */
};

struct consensus {
    const struct ratings *ratings; /* borrowed */
    struct consensus_settings settings;
    struct consensus_item *item;   /* owned */
    struct consensus_rater *rater; /* owned; of anonymous ones none */
    size_t state_count[CONSENSUS_WEIGHTLESS + 1];
    size_t ties; /* items whose foremost labels tie, broken or not */
    /* Owned, or NULL where the rule has none. */
    double *posterior;        /* items * categories: shares or posteriors */
    double *prior;            /* categories */
    double *confusion;        /* raters * truth * answer: probabilities */
    double *expected;         /* the same: expected counts */
    double *strategy;         /* MACE: raters * categories */
    double *easiness;         /* GLAD: of each item */
    struct consensus_fit fit; /* of models */
    double worst_start; /* MACE: the lowest log-likelihood of the starts */
};

/*
 * NULL with ERROR_INPUT when the ratings do not suit the rule: none at all,
 * no numbers, raters without names; ERROR_LIMIT for a confusion beyond
 * reason.  `ratings` stay where they are as long as the result lives.
 */
struct consensus *consensus_new(const struct ratings *ratings,
                                const struct consensus_settings *settings,
                                struct error *err);
void consensus_free(struct consensus *consensus);

/* Defaults of everything but the rule. */
struct consensus_settings consensus_defaults(enum consensus_rule rule);
/*
 * Raters whose weight says that they hit the answer less often than guessing
 * would (1/K); 0 for rules without such a measure.
 */
size_t consensus_below_chance(const struct consensus *consensus);

#endif
