/* bench_court - votes, revealing, deeds. */
#include <config.h>

#include "annotate/bench_court_internal.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/store/bundle_trace.h"
#include "common/study/verdict.h"

static bool is_party(const struct court *court, int64_t item)
{
    for (size_t m = 0; m < court->members; m++)
        if (adjudicator_is_party(court->docket, &court->member[m], item))
            return true;
    return false;
}

static bool has(const struct court *court, int64_t item)
{
    for (size_t i = 0; i < court->items; i++)
        if (court->item[i] == item)
            return true;
    return false;
}

size_t court_init(struct court *court, struct docket *docket,
                  const struct adjudicator *member, size_t members,
                  const struct docket_case **queue, size_t queued)
{
    size_t left_out = 0;

    memset(court, 0, sizeof(*court));
    court->docket = docket;
    court->member = member;
    court->members = members;
    court->queue = queue;
    court->queued = queued;
    court->alias = xcalloc(members + 1, sizeof(const char *));
    for (size_t m = 0; m < members; m++)
        court->alias[m] = member[m].alias;
    court->item = xcalloc(queued + 1, sizeof(*court->item));
    court->now = xcalloc(queued + 1, sizeof(char *));
    court->of = xcalloc(docket->protocol->question_count + 1,
                        sizeof(const struct docket_case *));
    for (size_t i = 0; i < queued; i++) {
        if (has(court, queue[i]->item))
            continue;
        if (is_party(court, queue[i]->item))
            left_out++;
        else
            court->item[court->items++] = queue[i]->item;
    }
    return left_out;
}

void court_release(struct court *court)
{
    free(court->alias);
    free(court->item);
    free(court->of);
    for (size_t i = 0; i < court->queued; i++)
        free(court->now[i]);
    free(court->now);
    free(court->back.item);
    arena_release(&court->texts);
    memset(court, 0, sizeof(*court));
}

static bool read_pass(void *context, const uint8_t started[EVENT_HASH_SIZE],
                      struct trace_samples *out, struct error *err)
{
    return bundle_trace_read(context, started, 0, out, err);
}

/* What she said on the private bundle, as the value of a decision. */
static bool vote_value(struct court *court, const struct docket_case *it,
                       const struct fold *fold, size_t entry, struct buf *out,
                       struct error *err)
{
    const struct question *question = docket_question(court->docket, it);
    struct judgement one = {
        .question = question->id,
        .answer = fold_answer(fold, entry, question->id),
        .track = fold_track(fold, entry, question->id),
        .begins_us = it->begins_us,
        .fold = &fold->entry[entry],
    };
    bool segments = question->type == QUESTION_SEGMENTS;
    struct trace_samples samples = { 0 };
    bool good = true;

    if (fold->entry[entry].skipped || (!one.answer && !segments))
        one.reserved = answer_name(ANSWER_SKIPPED);
    if (question->type == QUESTION_TRACE && !one.answer &&
        !fold->entry[entry].skipped) {
        good = fold_trace_samples(one.fold, question->id, read_pass,
                                  court->bundle, &samples, err);
        if (good && verdict_put_samples(&samples, it->begins_us,
                                        question->trace->count, out)) {
            free(samples.item);
            return true;
        }
        free(samples.item);
    }
    if (good)
        judgement_value(&one, question, out);
    return good;
}

/* Her vote on these judgements, or NULL; what came later was not blind. */
const struct decision *court_vote(const struct docket *docket,
                                  const struct docket_case *it,
                                  const char *alias)
{
    const struct decision *at = decisions_newest(
        &docket->decisions, it->item_id, docket_question(docket, it)->id);
    const struct decision *first = NULL;

    for (; at; at = decisions_before(&docket->decisions, at))
        if (at->kind == EVENT_VOTE_CAST && text_equal(at->by, alias) &&
            text_equal(at->basis, it->basis))
            first = at;
    return first;
}

/* The first is blind, and kept; what she says later is hers to propose. */
static bool vote(struct court *court, const struct docket_case *it, size_t at,
                 const struct adjudicator *who, size_t entry,
                 const struct fold *fold, struct error *err)
{
    struct docket *docket = court->docket;
    struct decision decision = docket_decision(docket, it, EVENT_VOTE_CAST);
    struct buf value = { 0 };
    bool good = vote_value(court, it, fold, entry, &value, err);

    if (good) {
        free(court->now[at]);
        court->now[at] = xstrdup(buf_text(&value));
    }
    if (!good || court_vote(docket, it, who->alias)) {
        buf_release(&value);
        return good;
    }
    decision.by = who->alias;
    decision.value = buf_text(&value);
    good =
        docket_take(docket, NULL, err) && project_begin(docket->project, err);
    if (good && !(decision_record(docket->project, &docket->decisions,
                                  &decision, it->speaker, err) &&
                  project_commit(docket->project, err))) {
        project_rollback(docket->project);
        good = false;
    }
    docket_give_back(docket);
    buf_release(&value);
    return good;
}

bool court_reveal(struct court *court, size_t entry, const struct fold *fold,
                  const struct court_case **shown, struct error *err)
{
    size_t member = entry % court->members;

    *shown = NULL;
    court->at = entry / court->members;
    for (size_t i = 0; i < court->queued; i++)
        if (court->queue[i]->item == court->item[court->at] &&
            !vote(court, court->queue[i], i, &court->member[member], entry,
                  fold, err))
            return false;
    if (member + 1 < court->members)
        return true;
    if (!court_build(court, err))
        return false;
    *shown = &court->shown;
    return true;
}

static bool send_back(struct court *court, const struct docket_case *it,
                      const char *why, struct error *err)
{
    if (!adjudicate_send_back(court->docket, &court->member[0], it, why, err))
        return false;
    for (size_t i = 0; i < court->back.count; i++)
        if (court->back.item[i] == it->item)
            return true;
    VEC_PUSH(&court->back, it->item);
    return true;
}

bool court_judge(struct court *court, enum court_deed deed, size_t question,
                 size_t choice, const char *why,
                 const struct court_case **shown, struct error *err)
{
    const struct docket_case *it = court->of[question];
    const struct court_question *at = &court->shown.question[question];
    const struct adjudicator *who = &court->member[0];
    bool good;

    *shown = NULL;
    switch (deed) {
    case COURT_DECIDE:
        good = adjudicate_decide(court->docket, who, it, at->choice[choice],
                                 why, err);
        break;
    case COURT_SEND_BACK:
        good = send_back(court, it, why, err);
        break;
    default:
        good = adjudicate_undo(court->docket, who, it->item_id, at->id, err);
        break;
    }
    /* Also what somebody else did to it meanwhile. */
    if (!court_build(court, good ? err : &(struct error){ 0 }))
        return false;
    *shown = &court->shown;
    return good;
}
