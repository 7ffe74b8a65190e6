/*
 * settle_fit - models that couple all items: fitting, and applying what was
 * frozen.
 *
 * Dawid and Skene: prior and error rates; an item's posterior is their
 * equation 2.5 with these (see stat/consensus_dawid.h).  MACE: an annotator
 * with competence c answers with the truth, else by her strategy: P(answer a |
 * truth t) = c [a = t] + (1 - c) strategy(a), truths equally likely (see
 * stat/consensus_mace.h).  EWE: the mean weighted by evaluator weights, which
 * leave the annotator's own ratings out of the mean that she is compared with
 * (see stat/consensus_number.h).
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/stat/consensus.h"
#include "common/study/settle_internal.h"

const struct fit_rater *settle_rater(const struct fit *fit, const char *rater)
{
    for (size_t i = 0; i < fit->raters; i++)
        if (strcmp(fit->rater[i].rater, rater) == 0)
            return &fit->rater[i];
    return NULL;
}

static size_t category_of(const struct fit *fit, const char *label)
{
    size_t c = 0;

    while (c < fit->categories && strcmp(fit->category[c], label) != 0)
        c++;
    return c;
}

/* Logarithm of P(answer | truth); the floor keeps what was never seen rare. */
static double log_answer(const struct fit *fit, const struct fit_rater *rater,
                         size_t truth, size_t answer)
{
    double p;

    if (rater->confusion)
        p = rater->confusion[truth * fit->categories + answer];
    else
        p = rater->weight * (truth == answer) +
            (1 - rater->weight) * rater->strategy[answer];
    return log(p > 1e-12 ? p : 1e-12);
}

/* Posterior of each of the fit's categories; how many answers it is from. */
static size_t posterior(const struct answers *answers, const struct fit *fit,
                        double *p)
{
    const struct ratings *r = answers->ratings;
    double most = -INFINITY, sum = 0;
    size_t used = 0;

    for (size_t t = 0; t < fit->categories; t++)
        p[t] =
            fit->prior ? log(fit->prior[t] > 1e-12 ? fit->prior[t] : 1e-12) : 0;
    for (size_t k = r->start[answers->item]; k < r->start[answers->item + 1];
         k++) {
        const struct fit_rater *rater =
            settle_rater(fit, r->raters.item[r->rating[k].rater]);
        size_t answer = category_of(fit, r->categories.item[r->rating[k].code]);

        if (!rater || answer == fit->categories)
            continue;
        used++;
        for (size_t t = 0; t < fit->categories; t++)
            p[t] += log_answer(fit, rater, t, answer);
    }
    for (size_t t = 0; t < fit->categories; t++)
        most = p[t] > most ? p[t] : most;
    for (size_t t = 0; t < fit->categories; t++)
        sum += p[t] = exp(p[t] - most);
    for (size_t t = 0; t < fit->categories; t++)
        p[t] /= sum;
    return used;
}

void settle_model(const struct answers *answers,
                  const struct question_rule *rule, const struct fit *fit,
                  struct settlement *out)
{
    double *p = xcalloc(fit->categories + 1, sizeof(*p));
    size_t used = posterior(answers, fit, p), top = 0, unknown;

    unknown = answers->n - used;
    for (size_t t = 1; t < fit->categories; t++)
        if (p[t] > p[top])
            top = t;
    out->share = p[top];
    if (used == 0)
        settle_say(out, false,
                   "fit %s does not know who answered; --refit does", fit->id);
    else if (p[top] < rule->min_posterior)
        settle_say(out, false, "%s has a posterior of %.3f, below %g",
                   fit->category[top], p[top], rule->min_posterior);
    else {
        settle_value(out, fit->category[top]);
        settle_say(out, true, "a posterior of %.3f by fit %s%s", p[top],
                   fit->id,
                   unknown > 0 ? ", without answers of annotators it does "
                                 "not know"
                               : "");
    }
    if (out->settled && fit->categories == answers->ratings->categories.count) {
        out->distribution = p;
        return;
    }
    free(p);
}

void settle_ewe(const struct answers *answers, const struct fit *fit,
                struct settlement *out)
{
    const struct ratings *r = answers->ratings;
    double sum = 0, weight = 0;

    for (size_t k = r->start[answers->item]; k < r->start[answers->item + 1];
         k++) {
        const struct fit_rater *rater =
            settle_rater(fit, r->raters.item[r->rating[k].rater]);

        if (!rater)
            continue;
        weight += rater->weight;
        sum += rater->weight * r->value[r->rating[k].code];
    }
    if (!(weight > 0)) {
        settle_say(out, false, "by fit %s all who answered weigh nothing",
                   fit->id);
        return;
    }
    settle_number(out, sum / weight);
    settle_say(out, true, "the mean of %zu answers, weighted by fit %s",
               answers->n, fit->id);
}

static double *copy(struct arena *arena, const double *from, size_t n)
{
    double *to = arena_alloc(arena, (n + 1) * sizeof(*to));

    if (n > 0)
        memcpy(to, from, n * sizeof(*to));
    return to;
}

static double *strategy_of(struct arena *arena, const double *from, size_t n)
{
    double *to = copy(arena, from, n), sum = 0;

    for (size_t c = 0; c < n; c++)
        sum += to[c];
    for (size_t c = 0; c < n && sum > 0; c++)
        to[c] /= sum;
    return to;
}

static void take(const struct consensus *from, struct fit *fit,
                 struct arena *arena)
{
    const struct ratings *r = from->ratings;
    size_t k = r->categories.count;

    fit->categories = k;
    fit->category = arena_alloc(arena, (k + 1) * sizeof(*fit->category));
    for (size_t c = 0; c < k; c++)
        fit->category[c] = arena_strdup(arena, r->categories.item[c]);
    if (from->prior)
        fit->prior = copy(arena, from->prior, k);
    fit->raters = r->raters.count;
    fit->rater = arena_alloc(arena, (fit->raters + 1) * sizeof(*fit->rater));
    for (size_t w = 0; w < fit->raters; w++) {
        struct fit_rater *to = &fit->rater[w];

        to->rater = arena_strdup(arena, r->raters.item[w]);
        to->weight =
            from->rater[w].weight.defined ? from->rater[w].weight.value : 0;
        if (from->confusion)
            to->confusion = copy(arena, from->confusion + w * k * k, k * k);
        if (from->strategy)
            to->strategy = strategy_of(arena, from->strategy + w * k, k);
    }
}

struct fit *settle_fit(const struct question *question, enum rule_kind kind,
                       const struct ratings *ratings, struct arena *arena,
                       struct error *err)
{
    struct consensus_settings settings =
        consensus_defaults(kind == RULE_EWE    ? CONSENSUS_EWE
                           : kind == RULE_MACE ? CONSENSUS_MACE
                                               : CONSENSUS_DAWID_SKENE);
    struct consensus *consensus;
    struct fit *fit;

    settings.leave_one_out = true;
    consensus = consensus_new(ratings, &settings, err);
    if (!consensus) {
        error_prefix(err, "%s of \"%s\"", rule_kind_names[kind], question->id);
        return NULL;
    }
    fit = arena_alloc(arena, sizeof(*fit));
    fit->id = "";
    fit->question = arena_strdup(arena, question->id);
    fit->kind = kind;
    fit->items = ratings->items.count;
    fit->ratings = ratings_count(ratings);
    take(consensus, fit, arena);
    consensus_free(consensus);
    return fit;
}
