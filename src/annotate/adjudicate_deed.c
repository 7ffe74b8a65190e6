/* adjudicate_deed - what a person can do to a case. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/adjudicate.h"
#include "common/study/verdict.h"

bool adjudicator_is_party(const struct docket *docket,
                          const struct adjudicator *who, int64_t item)
{
    for (size_t s = 0; who->rater > 0 && s < docket->judgements.source.count;
         s++) {
        const struct judgement_source *source =
            &docket->judgements.source.item[s];

        for (size_t i = 0;
             source->rater == who->rater && i < source->works.count; i++)
            if (source->works.item[i].item == item &&
                !text_equal(source->works.item[i].role, "practice"))
                return true;
    }
    return false;
}

/* One event, kept before it is spoken of. */
static bool keep(struct docket *docket, const struct docket_case *it,
                 const struct decision *decision, struct error *err)
{
    bool good =
        docket_take(docket, it, err) && project_begin(docket->project, err);

    if (good && !(decision_record(docket->project, &docket->decisions, decision,
                                  it->speaker, err) &&
                  project_commit(docket->project, err))) {
        project_rollback(docket->project);
        good = false;
    }
    docket_give_back(docket);
    return good;
}

static bool may_judge(const struct docket *docket,
                      const struct adjudicator *who,
                      const struct docket_case *it, struct error *err)
{
    if (!who->alias)
        return error_set(err, ERROR_USAGE, "who decides? --as ALIAS");
    if (adjudicator_is_party(docket, who, it->item))
        return error_set(err, ERROR_INPUT,
                         "\"%s\" was given item %s to label: somebody else "
                         "must adjudicate it",
                         who->alias, it->item_id);
    return true;
}

/* What a rule says, or said, as long as it is no person who speaks. */
static bool against(struct docket *docket, const struct docket_case *it,
                    const char *value, bool *differs, struct error *err)
{
    const struct question *question = docket_question(docket, it);
    const struct decision *last =
        decisions_settled(&docket->decisions, it->item_id, question->id);
    struct settlement *opinion;
    size_t first;

    *differs = last && !text_equal(last->value ? last->value : "", value);
    if (*differs)
        return true;
    opinion = docket_opinions(docket, it, err);
    if (!opinion)
        return false;
    first = docket_first(question, opinion);
    *differs = first < question->rule_count && !opinion[first].person &&
               *opinion[first].value &&
               !text_equal(opinion[first].value, value);
    for (size_t r = 0; r < question->rule_count; r++)
        settlement_release(&opinion[r]);
    free(opinion);
    return true;
}

static bool decide(struct docket *docket, const struct adjudicator *who,
                   const struct docket_case *it, const char *value,
                   const char *why, struct error *err)
{
    struct decision decision = docket_decision(docket, it, EVENT_DECISION_MADE);
    bool overrules;

    if (!against(docket, it, value, &overrules, err))
        return false;
    if (overrules && (!why || !*why))
        return error_set(err, ERROR_USAGE,
                         "%s: this overrules what stands, or what the rules "
                         "say: --why TEXT",
                         it->item_id);
    decision.kind = overrules ? EVENT_DECISION_OVERRULED : EVENT_DECISION_MADE;
    decision.rule = rule_kind_names[RULE_ADJUDICATOR];
    decision.by = who->alias;
    decision.value = value;
    decision.why = why;
    return keep(docket, it, &decision, err);
}

bool adjudicate_decide(struct docket *docket, const struct adjudicator *who,
                       const struct docket_case *it, const char *value,
                       const char *why, struct error *err)
{
    const struct question *question = docket_question(docket, it);
    struct buf canonical = { 0 };
    bool good = may_judge(docket, who, it, err) &&
                verdict_accepts(question, value, err);

    if (good) {
        verdict_put_canonical(question, value, &canonical);
        good = decide(docket, who, it, buf_text(&canonical), why, err);
    }
    buf_release(&canonical);
    return good;
}

bool adjudicate_contest(struct docket *docket, const struct adjudicator *who,
                        const char *item, const char *question, const char *why,
                        struct error *err)
{
    size_t done = 0;

    if (!who->alias)
        return error_set(err, ERROR_USAGE, "who contests it? --as ALIAS");
    if (!why || !*why)
        return error_set(err, ERROR_USAGE, "why? --why TEXT");
    if (!docket_knows(docket, item, err))
        return false;
    for (size_t i = 0; i < docket->count; i++) {
        const struct docket_case *it = &docket->item[i];
        struct decision decision =
            docket_decision(docket, it, EVENT_DECISION_CONTESTED);

        if (!text_equal(it->item_id, item) ||
            (question && !text_equal(decision.question, question)) ||
            docket_state(docket, it) != DECISION_SETTLED)
            continue;
        decision.by = who->alias;
        decision.why = why;
        if (!keep(docket, it, &decision, err))
            return false;
        done++;
    }
    return done > 0 ||
           error_set(err, ERROR_INPUT, "%s: nothing of it was decided%s", item,
                     question ? " on that question" : "");
}

bool adjudicate_send_back(struct docket *docket, const struct adjudicator *who,
                          const struct docket_case *it, const char *why,
                          struct error *err)
{
    struct decision decision = docket_decision(docket, it, EVENT_SENT_BACK);

    if (!may_judge(docket, who, it, err))
        return false;
    if (!why || !*why)
        return error_set(err, ERROR_USAGE, "why? --why TEXT");
    decision.by = who->alias;
    decision.why = why;
    return keep(docket, it, &decision, err);
}

/* The newest that was not undone; a vote cannot be taken back. */
static const struct decision *newest(const struct docket *docket,
                                     const char *item, const char *question)
{
    const struct decision *at =
        decisions_newest(&docket->decisions, item, question);

    while (at && (at->undone || at->kind == EVENT_VOTE_CAST))
        at = decisions_before(&docket->decisions, at);
    return at;
}

static bool undo(struct docket *docket, const struct adjudicator *who,
                 const char *item, const char *question, struct error *err)
{
    const struct decision *latest = NULL;

    for (size_t q = 0; q < docket->protocol->question_count; q++) {
        const char *id = docket->protocol->question[q].id;
        const struct decision *at = question && !text_equal(question, id)
                                        ? NULL
                                        : newest(docket, item, id);

        if (at && text_equal(at->by, who->alias) &&
            (!latest || at > latest)) /* both lie in one list */
            latest = at;
    }
    if (!latest)
        return error_set(err, ERROR_INPUT,
                         "%s: the last that happened to it is not of \"%s\": "
                         "nothing to take back",
                         item, who->alias);
    if (!project_begin(docket->project, err))
        return false;
    if (decision_undo(docket->project, &docket->decisions, latest, err) &&
        project_commit(docket->project, err))
        return true;
    project_rollback(docket->project);
    return false;
}

bool adjudicate_undo(struct docket *docket, const struct adjudicator *who,
                     const char *item, const char *question, struct error *err)
{
    bool good = who->alias ||
                error_set(err, ERROR_USAGE, "who takes it back? --as ALIAS");

    good = good && docket_knows(docket, item, err) &&
           docket_take(docket, NULL, err) &&
           undo(docket, who, item, question, err);
    docket_give_back(docket);
    return good;
}
