/* docket_auto - applying the chains, once and again. */
#include <config.h>

#include "annotate/docket_auto.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/interrupt.h"
#include "common/base/vec.h"

struct running {
    struct docket *docket;
    const struct auto_settings *settings;
    struct auto_report *report;
};

static void note(struct running *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void note(struct running *run, const char *format, ...)
{
    char line[512];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    text_list_add(&run->report->notes, line);
}

static struct fit *make_fit(struct docket *docket, size_t q,
                            enum rule_kind kind, struct error *err)
{
    const struct question *question = &docket->protocol->question[q];
    struct settle_case *cases;
    struct fit *fit;
    size_t n = 0;

    if (!settle_by_voice(question))
        return settle_fit(question, kind, docket->ratings[q], &docket->texts,
                          err);
    cases = xcalloc(docket->count + 1, sizeof(*cases));
    for (size_t i = 0; i < docket->count; i++)
        if (docket->item[i].question == q)
            cases[n++] = (struct settle_case){ docket->item[i].voice,
                                               docket->item[i].voices };
    fit = settle_fit_voices(question, cases, n, &docket->texts, err);
    free(cases);
    return fit;
}

/* A fit that the chain wants and that is not there, or is to be renewed. */
static bool fit_for(struct running *run, size_t q, enum rule_kind kind,
                    struct error *err)
{
    struct docket *docket = run->docket;
    const struct question *question = &docket->protocol->question[q];
    struct fit *old, *fresh;
    struct error why;

    if (!docket_fit(docket, q, kind, &old, err))
        return false;
    if (old && !run->settings->refit)
        return true;
    error_clear(&why);
    fresh = make_fit(docket, q, kind, &why);
    if (!fresh) {
        if (why.code == ERROR_INTERRUPTED) {
            *err = why;
            return false;
        }
        note(run, "%s: no fit: %s", question->id, why.text);
        return true;
    }
    if (old && strcmp(fit_identity(fresh, &docket->texts), old->id) == 0) {
        note(run, "%s: %s: fit %s is as it was", question->id,
             rule_kind_names[kind], old->id);
        return true;
    }
    if (!fit_freeze(docket->project, fresh, &docket->texts, err))
        return false;
    note(run, "%s: %s frozen as fit %s, %zu ratings by %zu", question->id,
         rule_kind_names[kind], fresh->id, fresh->ratings, fresh->raters);
    docket->fit[q * (RULE_UNRESOLVED + 1) + (size_t)kind] = fresh;
    return true;
}

static bool fits(struct running *run, struct error *err)
{
    const struct protocol *protocol = run->docket->protocol;

    for (size_t q = 0; q < protocol->question_count; q++)
        for (size_t r = 0; r < protocol->question[q].rule_count; r++) {
            enum rule_kind kind = protocol->question[q].rule[r].kind;

            if (settle_needs_fit(kind) && !fit_for(run, q, kind, err))
                return false;
        }
    return true;
}

static bool record(struct running *run, const struct docket_case *it,
                   const struct decision *decision, struct error *err)
{
    return decision_record(run->docket->project, &run->docket->decisions,
                           decision, it->speaker, err);
}

/* As decisions are written: shares of labels that have any. */
static struct decision_share *shares(const struct ratings *r,
                                     const double *distribution, size_t *count)
{
    struct decision_share *share =
        xcalloc(r->categories.count + 1, sizeof(*share));

    *count = 0;
    for (size_t c = 0; c < r->categories.count; c++)
        if (distribution[c] > 0) {
            share[*count].label = r->categories.item[c];
            share[(*count)++].share = distribution[c];
        }
    return share;
}

static bool record_rule(struct running *run, const struct docket_case *it,
                        const struct settlement *said, struct error *err)
{
    struct docket *docket = run->docket;
    struct decision decision = docket_decision(docket, it, EVENT_DECISION_MADE);
    struct fit *fit = NULL;
    struct decision_share *share;
    bool good;

    if (settle_needs_fit(said->kind) &&
        !docket_fit(docket, it->question, said->kind, &fit, err))
        return false;
    share = said->kind == RULE_SOFT
                ? shares(docket->ratings[it->question], said->distribution,
                         &decision.distribution_count)
                : NULL;
    decision.distribution = share;
    decision.rule = rule_kind_names[said->kind];
    decision.value = said->value;
    decision.why = said->why;
    decision.share = said->share;
    decision.fit = fit ? fit->id : NULL;
    good = record(run, it, &decision, err);
    free(share);
    return good;
}

static void release(struct settlement *opinion, size_t count)
{
    for (size_t r = 0; r < count; r++)
        settlement_release(&opinion[r]);
    free(opinion);
}

/* Tries the chain on a case that is open. */
static bool try_chain(struct running *run, const struct docket_case *it,
                      struct auto_question *to, struct error *err)
{
    const struct question *question = docket_question(run->docket, it);
    struct settlement *opinion;
    size_t first;
    bool good = true;

    if (it->pending > 0 && !run->settings->early) {
        to->waiting++;
        return true;
    }
    opinion = docket_opinions(run->docket, it, err);
    if (!opinion)
        return false;
    first = docket_first(question, opinion);
    if (first == question->rule_count || opinion[first].person) {
        to->queue++;
    } else {
        to->fresh[opinion[first].kind]++;
        good = record_rule(run, it, &opinion[first], err);
    }
    release(opinion, question->rule_count);
    return good;
}

static size_t rule_of(const struct decision *decision)
{
    size_t kind = 0;

    while (kind < RULE_UNRESOLVED && decision->rule &&
           strcmp(rule_kind_names[kind], decision->rule) != 0)
        kind++;
    return kind;
}

static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* A new fit may say something else about a case that a rule settled. */
static bool renew(struct running *run, const struct docket_case *it,
                  const struct decision *last, struct auto_question *to,
                  struct error *err)
{
    struct docket *docket = run->docket;
    const struct question *question = docket_question(docket, it);
    struct settlement *opinion = docket_opinions(docket, it, err);
    struct auto_flip flip = { .item = it->item_id, .question = question->id };
    struct fit *fit = NULL;
    size_t first;
    bool good = true, rules, moved;

    if (!opinion)
        return false;
    first = docket_first(question, opinion);
    rules = first < question->rule_count && !opinion[first].person;
    if (rules && settle_needs_fit(opinion[first].kind) &&
        !docket_fit(docket, it->question, opinion[first].kind, &fit, err)) {
        release(opinion, question->rule_count);
        return false;
    }
    moved = !rules || !same(opinion[first].value, last->value) ||
            !same(rule_kind_names[opinion[first].kind], last->rule);
    if (moved) {
        flip.from = last->value;
        flip.to = rules && *opinion[first].value
                      ? arena_strdup(&run->report->texts, opinion[first].value)
                      : NULL;
        VEC_PUSH(&run->report->flips, flip);
    }
    if (!rules) {
        struct decision reopened =
            docket_decision(docket, it, EVENT_DECISION_REOPENED);

        reopened.why = "the renewed fit settles it no more";
        to->queue++;
        good = record(run, it, &reopened, err);
    } else if (moved || !same(fit ? fit->id : NULL, last->fit)) {
        to->fresh[opinion[first].kind]++;
        good = record_rule(run, it, &opinion[first], err);
    } else {
        to->kept[rule_of(last)]++;
    }
    release(opinion, question->rule_count);
    return good;
}

/* Only its own judgements can open a case up again. */
static bool reopen(struct running *run, const struct docket_case *it,
                   struct auto_question *to, struct error *err)
{
    struct docket *docket = run->docket;
    struct decision decision =
        docket_decision(docket, it, EVENT_DECISION_REOPENED);
    bool person = decisions_by_person(&docket->decisions, it->item_id,
                                      docket_question(docket, it)->id);

    decision.why = "a judgement of it has changed";
    to->reopened++;
    if (!record(run, it, &decision, err))
        return false;
    if (person) { /* rules do not speak over her */
        to->queue++;
        return true;
    }
    return try_chain(run, it, to, err);
}

static bool settled(struct running *run, const struct docket_case *it,
                    const struct decision *last, struct auto_question *to,
                    struct error *err)
{
    bool person = last->by && *last->by;

    if (last->basis && strcmp(last->basis, it->basis) != 0)
        return reopen(run, it, to, err);
    if (person) {
        to->persons++;
        return true;
    }
    if (run->settings->refit && last->fit)
        return renew(run, it, last, to, err);
    to->kept[rule_of(last)]++;
    return true;
}

static bool one(struct running *run, const struct docket_case *it,
                struct error *err)
{
    struct docket *docket = run->docket;
    struct auto_question *to = &run->report->question[it->question];
    const char *question = docket_question(docket, it)->id;
    const struct decision *last =
        decisions_last(&docket->decisions, it->item_id, question);

    switch (decision_state_of(last)) {
    case DECISION_SETTLED:
        return settled(run, it, last, to, err);
    case DECISION_STATE_SENT_BACK:
        if (last->basis && strcmp(last->basis, it->basis) != 0 &&
            it->pending == 0)
            return reopen(run, it, to, err);
        to->sent_back++;
        return true;
    case DECISION_STATE_CONTESTED:
        to->queue++;
        return true;
    case DECISION_STATE_REOPENED:
        if (decisions_by_person(&docket->decisions, it->item_id, question)) {
            to->queue++;
            return true;
        }
        return try_chain(run, it, to, err);
    case DECISION_OPEN:
        break;
    }
    return try_chain(run, it, to, err);
}

static bool all(struct running *run, struct error *err)
{
    if (!fits(run, err))
        return false;
    for (size_t i = 0; i < run->docket->count; i++)
        if (!interrupt_check(err) || !one(run, &run->docket->item[i], err))
            return false;
    return true;
}

bool docket_auto(struct docket *docket, const struct auto_settings *settings,
                 struct auto_report *report, struct error *err)
{
    const struct protocol *protocol = docket->protocol;
    struct running run = { docket, settings, report };

    memset(report, 0, sizeof(*report));
    report->questions = protocol->question_count;
    report->question =
        xcalloc(report->questions + 1, sizeof(*report->question));
    for (size_t q = 0; q < report->questions; q++)
        report->question[q].question = protocol->question[q].id;
    if (!project_begin(docket->project, err))
        return false;
    if (all(&run, err) && project_commit(docket->project, err))
        return true;
    project_rollback(docket->project);
    return false;
}

void auto_report_release(struct auto_report *report)
{
    free(report->question);
    free(report->flips.item);
    text_list_release(&report->notes);
    arena_release(&report->texts);
    memset(report, 0, sizeof(*report));
}
