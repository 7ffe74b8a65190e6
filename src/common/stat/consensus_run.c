/*
 * consensus_run - the models' results in the form that all rules share.
 */
#include <config.h>

#include "common/stat/consensus_internal.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/consensus_coin.h"
#include "common/stat/consensus_dawid.h"
#include "common/stat/consensus_glad.h"
#include "common/stat/consensus_mace.h"
#include "common/stat/consensus_number.h"
#include "common/stat/consensus_vote.h"

/* Takes the block over: the model forgets it. */
static double *take(double **block)
{
    double *taken = *block;

    *block = NULL;
    return taken;
}

static void put_weights(struct consensus *out, const double *weight)
{
    for (size_t w = 0; w < out->ratings->raters.count; w++)
        out->rater[w].weight = out->rater[w].ratings > 0
                                   ? estimate_of(weight[w])
                                   : estimate_undefined("no ratings");
}

bool consensus_run_vote(struct consensus *out, struct error *err)
{
    const struct ratings *ratings = out->ratings;
    double *skill = NULL;

    (void)err;
    if (out->settings.rule == CONSENSUS_WAWA)
        skill = consensus_vote_wawa(ratings);
    else if (out->settings.rule == CONSENSUS_ZERO_BASED)
        skill = consensus_vote_zero_based(ratings);
    out->posterior =
        consensus_vote_shares(ratings, skill ? skill : out->settings.weight);
    if (!out->rater)
        return true;
    if (!skill && out->settings.weight) {
        put_weights(out, out->settings.weight);
        return true;
    }
    if (!skill)
        skill = consensus_vote_agreement(ratings, out->posterior);
    put_weights(out, skill);
    free(skill);
    return true;
}

/* From rater, answer, truth to rater, truth, answer. */
static double *turn(const struct consensus_dawid *model, size_t raters,
                    double cell(const struct consensus_dawid *, size_t, size_t,
                                size_t))
{
    size_t classes = model->classes, at = 0;
    double *out = xcalloc(raters * classes * classes + 1, sizeof(*out));

    for (size_t w = 0; w < raters; w++)
        for (size_t truth = 0; truth < classes; truth++)
            for (size_t answer = 0; answer < classes; answer++)
                out[at++] = cell(model, w, truth, answer);
    return out;
}

bool consensus_run_dawid(struct consensus *out, struct error *err)
{
    size_t raters = out->ratings->raters.count;
    struct consensus_dawid *model =
        consensus_dawid_new(out->ratings, &out->settings.em, err);
    double *skill;

    if (!model)
        return false;
    skill = xcalloc(raters + 1, sizeof(*skill));
    consensus_coin_skill(out->ratings, model->posterior, skill);
    put_weights(out, skill);
    free(skill);
    out->confusion = turn(model, raters, consensus_dawid_error);
    out->expected = turn(model, raters, consensus_dawid_count);
    out->posterior = take(&model->posterior);
    out->prior = take(&model->prior);
    out->fit = model->fit;
    consensus_dawid_free(model);
    return true;
}

bool consensus_run_coin(struct consensus *out, struct error *err)
{
    struct consensus_coin *model =
        consensus_coin_new(out->ratings, &out->settings.em, err);

    if (!model)
        return false;
    put_weights(out, model->skill);
    out->posterior = take(&model->posterior);
    out->prior = take(&model->prior);
    out->fit = model->fit;
    consensus_coin_free(model);
    return true;
}

bool consensus_run_mace(struct consensus *out, struct error *err)
{
    struct consensus_mace_settings settings = {
        .em = out->settings.em,
        .smoothed = out->settings.smoothed,
        .restarts = out->settings.restarts,
        .seed = out->settings.seed,
    };
    struct consensus_mace *model =
        consensus_mace_new(out->ratings, &settings, err);
    size_t raters = out->ratings->raters.count;
    double *competence;

    if (!model)
        return false;
    competence = xcalloc(raters + 1, sizeof(*competence));
    for (size_t w = 0; w < raters; w++)
        competence[w] = consensus_mace_competence(model, w);
    put_weights(out, competence);
    free(competence);
    out->posterior = take(&model->posterior);
    out->strategy = take(&model->strategy);
    out->fit = model->fit;
    out->worst_start = model->worst;
    consensus_mace_free(model);
    return true;
}

bool consensus_run_glad(struct consensus *out, struct error *err)
{
    struct consensus_glad *model =
        consensus_glad_new(out->ratings, &out->settings.em, err);

    if (!model)
        return false;
    put_weights(out, model->ability);
    out->posterior = take(&model->posterior);
    out->easiness = take(&model->easiness);
    out->fit = model->fit;
    consensus_glad_free(model);
    return true;
}

/* Evaluator weights, as a list; the caller frees. */
static double *evaluate(struct consensus *out)
{
    size_t raters = out->ratings->raters.count;
    struct consensus_evaluator *evaluator =
        consensus_number_evaluators(out->ratings, out->settings.leave_one_out);
    double *weight = xcalloc(raters + 1, sizeof(*weight));

    for (size_t w = 0; w < raters; w++) {
        weight[w] = evaluator[w].weight;
        out->rater[w].raw = evaluator[w].r;
    }
    put_weights(out, weight);
    free(evaluator);
    return weight;
}

bool consensus_run_number(struct consensus *out, struct error *err)
{
    struct consensus_number *number;
    double *weight = NULL;

    (void)err;
    if (out->settings.rule == CONSENSUS_EWE)
        weight = evaluate(out);
    else if (out->settings.weight)
        put_weights(out, out->settings.weight);
    number = out->settings.rule == CONSENSUS_MEDIAN
                 ? consensus_number_median(out->ratings)
                 : consensus_number_mean(
                       out->ratings, weight ? weight : out->settings.weight);
    for (size_t i = 0; i < out->ratings->items.count; i++) {
        struct consensus_item *item = &out->item[i];

        item->value = number[i].value.value;
        item->state =
            number[i].value.defined ? CONSENSUS_DECIDED : CONSENSUS_WEIGHTLESS;
        item->sd = number[i].sd;
        item->weight = number[i].weight;
    }
    free(number);
    free(weight);
    return true;
}
