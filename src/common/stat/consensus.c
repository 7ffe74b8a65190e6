/* consensus - see consensus.h: what suits a rule, and who is decided. */
#include <config.h>

#include "common/stat/consensus.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/rng.h"
#include "common/stat/consensus_internal.h"
#include "common/stat/consensus_vote.h"

enum { CONFUSION_CELLS_MAX = 50000000 };

const char *const consensus_rule_names[] = {
    [CONSENSUS_MAJORITY] = "majority",
    [CONSENSUS_WAWA] = "wawa",
    [CONSENSUS_ZERO_BASED] = "zero-based-skill",
    [CONSENSUS_ONE_COIN] = "one-coin",
    [CONSENSUS_DAWID_SKENE] = "dawid-skene",
    [CONSENSUS_MACE] = "mace",
    [CONSENSUS_GLAD] = "glad",
    [CONSENSUS_MEAN] = "mean",
    [CONSENSUS_MEDIAN] = "median",
    [CONSENSUS_EWE] = "ewe",
    [CONSENSUS_RULES] = NULL,
};

const char *const consensus_state_names[] = {
    [CONSENSUS_DECIDED] = "decided", [CONSENSUS_TIE] = "tie",
    [CONSENSUS_BELOW] = "undecided", [CONSENSUS_FEW] = "too-few",
    [CONSENSUS_UNRATED] = "unrated", [CONSENSUS_WEIGHTLESS] = "no-weight",
};

static bool (*const runs[])(struct consensus *, struct error *) = {
    [CONSENSUS_MAJORITY] = consensus_run_vote,
    [CONSENSUS_WAWA] = consensus_run_vote,
    [CONSENSUS_ZERO_BASED] = consensus_run_vote,
    [CONSENSUS_ONE_COIN] = consensus_run_coin,
    [CONSENSUS_DAWID_SKENE] = consensus_run_dawid,
    [CONSENSUS_MACE] = consensus_run_mace,
    [CONSENSUS_GLAD] = consensus_run_glad,
    [CONSENSUS_MEAN] = consensus_run_number,
    [CONSENSUS_MEDIAN] = consensus_run_number,
    [CONSENSUS_EWE] = consensus_run_number,
};

bool consensus_is_number(enum consensus_rule rule)
{
    return rule == CONSENSUS_MEAN || rule == CONSENSUS_MEDIAN ||
           rule == CONSENSUS_EWE;
}

bool consensus_is_model(enum consensus_rule rule)
{
    return rule == CONSENSUS_ONE_COIN || rule == CONSENSUS_DAWID_SKENE ||
           rule == CONSENSUS_MACE || rule == CONSENSUS_GLAD;
}

bool consensus_needs_raters(enum consensus_rule rule)
{
    return rule != CONSENSUS_MAJORITY && rule != CONSENSUS_MEAN &&
           rule != CONSENSUS_MEDIAN;
}

struct consensus_settings consensus_defaults(enum consensus_rule rule)
{
    return (struct consensus_settings){
        .rule = rule,
        .seed = 1,
        .em = { .iterations = 1000, .tolerance = 1e-10 },
        .restarts = 10,
    };
}

/* Whether everybody who rated has a name. */
static bool are_named(const struct ratings *ratings)
{
    for (size_t r = 0; r < ratings_count(ratings); r++)
        if (ratings->rating[r].rater == RATINGS_NOBODY)
            return false;
    return true;
}

static bool suits(const struct ratings *ratings,
                  const struct consensus_settings *settings, bool named,
                  struct error *err)
{
    const char *rule = consensus_rule_names[settings->rule];
    size_t classes = ratings->categories.count;
    size_t most = CONFUSION_CELLS_MAX / (ratings->raters.count + 1);

    if (ratings_count(ratings) == 0)
        return error_set(err, ERROR_INPUT, "there is no rating");
    if ((consensus_needs_raters(settings->rule) || settings->weight) && !named)
        return error_set(err, ERROR_INPUT,
                         "%s must know who rated, and the raters have no "
                         "names: take majority, mean or median",
                         settings->weight ? "a weighted vote" : rule);
    if (consensus_is_number(settings->rule) && !ratings->value)
        return error_set(err, ERROR_INPUT,
                         "%s wants numbers, and \"%s\" is none: take "
                         "majority, dawid-skene or mace",
                         rule, ratings->categories.item[0]);
    if (settings->rule == CONSENSUS_DAWID_SKENE && classes * classes > most)
        return error_set(err, ERROR_LIMIT,
                         "dawid-skene makes a confusion of %zu x %zu values "
                         "for each of %zu annotators: too much; are the "
                         "values numbers? take ewe, mean or median",
                         classes, classes, ratings->raters.count);
    return true;
}

static void count_raters(struct consensus *out)
{
    const struct ratings *ratings = out->ratings;

    for (size_t r = 0; r < ratings_count(ratings); r++)
        out->rater[ratings->rating[r].rater].ratings++;
    for (size_t w = 0; w < ratings->raters.count; w++)
        out->rater[w].weight = estimate_undefined("the rule has no weights");
}

/* The tied label that `which` (from 0) of them is. */
static uint32_t tied_label(const double *row, size_t classes, double support,
                           uint64_t which)
{
    for (size_t k = 0; k < classes; k++)
        if (row[k] >= support * (1 - CONSENSUS_VOTE_NEAR) && which-- == 0)
            return (uint32_t)k;
    return 0;
}

static void choose_label(struct consensus *out, size_t i, struct rng *rng)
{
    size_t classes = out->ratings->categories.count;
    const double *row = out->posterior + i * classes;
    struct consensus_item *item = &out->item[i];
    size_t top = consensus_vote_top(row, classes, &item->tied);

    if (item->tied == 0) {
        item->state = CONSENSUS_WEIGHTLESS;
        return;
    }
    item->support = row[top];
    item->label = (uint32_t)top;
    if (item->tied > 1) {
        out->ties++;
        if (out->settings.ties == CONSENSUS_KEEP) {
            item->state = CONSENSUS_TIE;
            return;
        }
        if (out->settings.ties == CONSENSUS_RANDOM)
            item->label =
                tied_label(row, classes, row[top], rng_below(rng, item->tied));
    }
    item->state = row[top] < out->settings.min_support ? CONSENSUS_BELOW
                                                       : CONSENSUS_DECIDED;
}

static void decide(struct consensus *out)
{
    struct rng *rng = rng_new(out->settings.seed, "consensus/ties");

    for (size_t i = 0; i < out->ratings->items.count; i++) {
        size_t n = ratings_of(out->ratings, i);
        struct consensus_item *item = &out->item[i];

        if (n == 0)
            item->state = CONSENSUS_UNRATED;
        else if (out->posterior)
            choose_label(out, i, rng);
        if (n > 0 && n < out->settings.min_ratings)
            item->state = CONSENSUS_FEW;
        out->state_count[item->state]++;
    }
    rng_free(rng);
}

struct consensus *consensus_new(const struct ratings *ratings,
                                const struct consensus_settings *settings,
                                struct error *err)
{
    struct consensus *out = NULL;
    bool named = are_named(ratings);

    if (!suits(ratings, settings, named, err))
        return NULL;
    out = xcalloc(1, sizeof(*out));
    out->ratings = ratings;
    out->settings = *settings;
    out->item = xcalloc(ratings->items.count + 1, sizeof(*out->item));
    if (named) {
        out->rater = xcalloc(ratings->raters.count + 1, sizeof(*out->rater));
        count_raters(out);
    }
    if (!runs[settings->rule](out, err)) {
        consensus_free(out);
        return NULL;
    }
    decide(out);
    return out;
}

void consensus_free(struct consensus *consensus)
{
    if (!consensus)
        return;
    free(consensus->item);
    free(consensus->rater);
    free(consensus->posterior);
    free(consensus->prior);
    free(consensus->confusion);
    free(consensus->expected);
    free(consensus->strategy);
    free(consensus->easiness);
    free(consensus);
}

size_t consensus_below_chance(const struct consensus *consensus)
{
    enum consensus_rule rule = consensus->settings.rule;
    double chance = 1.0 / (double)consensus->ratings->categories.count;
    size_t below = 0;

    if (rule == CONSENSUS_MACE || rule == CONSENSUS_GLAD ||
        consensus_is_number(rule) || consensus->settings.weight ||
        !consensus->rater)
        return 0;
    for (size_t w = 0; w < consensus->ratings->raters.count; w++)
        below += consensus->rater[w].weight.defined &&
                 consensus->rater[w].weight.value < chance;
    return below;
}
