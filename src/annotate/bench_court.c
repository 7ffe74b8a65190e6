/* bench_court - votes, revealing, deeds. */
#include <config.h>

#include "annotate/bench_court.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"
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
    court->item = xcalloc(queued + 1, sizeof(*court->item));
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
    free(court->item);
    free(court->of);
    free(court->back.item);
    arena_release(&court->texts);
    memset(court, 0, sizeof(*court));
}

/* What she said on the private bundle, as judgements are written. */
static void vote_value(const struct fold *fold, size_t entry,
                       const struct question *question, struct buf *out)
{
    const struct event_answer *answer = fold_answer(fold, entry, question->id);
    struct judgement one = { .answer = answer };

    if (fold->entry[entry].skipped || !answer)
        one.reserved = answer_name(ANSWER_SKIPPED);
    judgement_value(&one, question, out);
}

/* Her vote on these judgements, or NULL; what came later was not blind. */
static const struct decision *vote_of(const struct docket *docket,
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

static bool vote(struct court *court, const struct docket_case *it,
                 const struct adjudicator *who, size_t entry,
                 const struct fold *fold, struct error *err)
{
    struct docket *docket = court->docket;
    struct decision decision = docket_decision(docket, it, EVENT_VOTE_CAST);
    struct buf value = { 0 };
    bool good;

    if (vote_of(docket, it, who->alias))
        return true;
    vote_value(fold, entry, docket_question(docket, it), &value);
    decision.by = who->alias;
    decision.value = buf_text(&value);
    good = project_begin(docket->project, err);
    if (good && !(decision_record(docket->project, &docket->decisions,
                                  &decision, it->speaker, err) &&
                  project_commit(docket->project, err))) {
        project_rollback(docket->project);
        good = false;
    }
    buf_release(&value);
    return good;
}

static void add_voice(struct court *court, struct court_question *to,
                      const char *name, const char *value, const char *beside)
{
    struct court_voice *voice = &to->voice[to->voices++];

    voice->name = arena_strdup(&court->texts, name);
    voice->value = arena_strdup(&court->texts, value);
    voice->beside = arena_strdup(&court->texts, beside);
}

/* A value that can be decided for, once. */
static void propose(struct court *court, struct court_question *to,
                    const struct question *question, const char *value)
{
    struct error err;

    if (!value || !*value || !verdict_accepts(question, value, &err))
        return;
    for (size_t c = 0; c < to->choices; c++)
        if (text_equal(to->choice[c], value))
            return;
    to->choice[to->choices++] = arena_strdup(&court->texts, value);
}

static void put_beside(const struct judgement *one, struct buf *out)
{
    if (one->answer && one->answer->text)
        buf_addf(out, "\"%s\", ", one->answer->text);
    if (one->answer && one->answer->has_intensity)
        buf_addf(out, "intensity %g, ", one->answer->intensity);
    buf_addf(out, "heard %d time%s, %.1f s in all", one->fold->hearings,
             one->fold->hearings == 1 ? "" : "s",
             (double)one->fold->active_us / 1e6);
    if (text_equal(one->role, "again"))
        buf_add_text(out, ", judged again");
    if (one->fold->note)
        buf_addf(out, "; note: %s", one->fold->note);
    if (one->fold->flagged)
        buf_addf(out, "; flagged%s%s", one->fold->flag_text ? ": " : "",
                 one->fold->flag_text ? one->fold->flag_text : "");
}

static void put_voices(struct court *court, const struct docket_case *it,
                       struct court_question *to)
{
    const struct question *question = docket_question(court->docket, it);
    size_t count;
    const struct judgement **list = docket_answers(court->docket, it, &count);

    to->voice = arena_alloc(&court->texts,
                            (count + court->members + 1) * sizeof(*to->voice));
    to->choice = arena_alloc(
        &court->texts, (count + court->members + question->rule_count + 2) *
                           sizeof(*to->choice));
    for (size_t m = court->members; m-- > 0;) {
        const struct decision *mine =
            vote_of(court->docket, it, court->member[m].alias);

        if (mine && mine->value)
            propose(court, to, question, mine->value);
        if (mine && court->members > 1)
            add_voice(court, to, court->member[m].alias,
                      mine->value ? mine->value : "-", "blind, here");
    }
    to->own = to->choices > 0 ? 0 : SIZE_MAX;
    for (size_t k = 0; k < count; k++) {
        struct buf value = { 0 }, beside = { 0 };
        char name[2] = { (char)(k < 26 ? 'A' + (int)k : '?'), '\0' };

        judgement_value(list[k], question, &value);
        put_beside(list[k], &beside);
        add_voice(court, to, name, buf_text(&value), buf_text(&beside));
        propose(court, to, question, buf_text(&value));
        buf_release(&value);
        buf_release(&beside);
    }
    free(list);
}

static bool put_opinions(struct court *court, const struct docket_case *it,
                         struct court_question *to, struct error *err)
{
    const struct question *question = docket_question(court->docket, it);
    struct settlement *opinion = docket_opinions(court->docket, it, err);
    const struct decision *last;
    size_t first;

    if (!opinion)
        return false;
    to->opinion = arena_alloc(&court->texts, (question->rule_count + 1) *
                                                 sizeof(*to->opinion));
    first = docket_first(question, opinion);
    last =
        decisions_settled(&court->docket->decisions, it->item_id, question->id);
    if (last)
        to->stands = last->value ? last->value : "";
    else if (first < question->rule_count && !opinion[first].person &&
             *opinion[first].value)
        to->stands = arena_strdup(&court->texts, opinion[first].value);
    for (size_t r = 0; r < question->rule_count; r++) {
        struct court_opinion *one = &to->opinion[to->opinions++];

        one->rule = rule_kind_names[opinion[r].kind];
        one->value = arena_strdup(&court->texts, opinion[r].value);
        one->why = arena_strdup(&court->texts, opinion[r].why);
        one->settled = opinion[r].settled;
        propose(court, to, question, opinion[r].value);
        settlement_release(&opinion[r]);
    }
    free(opinion);
    return true;
}

static void put_history(struct court *court, const struct docket_case *it,
                        struct court_question *to)
{
    const struct decisions *all = &court->docket->decisions;
    const struct decision *newest = decisions_newest(
        all, it->item_id, docket_question(court->docket, it)->id);
    size_t n = 0;

    for (const struct decision *at = newest; at; at = decisions_before(all, at))
        n++;
    to->history = arena_alloc(&court->texts, (n + 1) * sizeof(*to->history));
    for (const struct decision *at = newest; at; at = decisions_before(all, at))
        if (at->kind != EVENT_VOTE_CAST)
            to->history[to->past++] = arena_printf(
                &court->texts, "%s%s%s%s%s%s%s%s", event_name(at->kind),
                at->value ? ": " : "", at->value ? at->value : "",
                at->by ? ", by " : "", at->by ? at->by : "",
                at->why ? "; " : "", at->why ? at->why : "",
                at->undone ? " - taken back" : "");
}

/* All of the case at court->at, anew. */
static bool build(struct court *court, struct error *err)
{
    struct docket *docket = court->docket;

    arena_release(&court->texts);
    memset(&court->shown, 0, sizeof(court->shown));
    court->shown.question =
        arena_alloc(&court->texts, (docket->protocol->question_count + 1) *
                                       sizeof(*court->shown.question));
    for (size_t i = 0; i < court->queued; i++) {
        const struct docket_case *it = court->queue[i];
        const struct decision *last;
        struct court_question *to;

        if (it->item != court->item[court->at])
            continue;
        court->of[court->shown.count] = it;
        to = &court->shown.question[court->shown.count++];
        to->id = docket_question(docket, it)->id;
        to->state = decision_state_names[docket_state(docket, it)];
        put_voices(court, it, to);
        if (!put_opinions(court, it, to, err))
            return false;
        put_history(court, it, to);
        last = decisions_last(&docket->decisions, it->item_id, to->id);
        if (last && decision_state_of(last) == DECISION_SETTLED &&
            text_equal(last->by, court->member[0].alias) &&
            text_equal(last->basis, it->basis))
            to->decided = last->value ? last->value : "no label";
        to->sent_back = decision_state_of(last) == DECISION_STATE_SENT_BACK;
    }
    return true;
}

bool court_reveal(struct court *court, size_t entry, const struct fold *fold,
                  const struct court_case **shown, struct error *err)
{
    size_t member = entry % court->members;

    *shown = NULL;
    court->at = entry / court->members;
    for (size_t i = 0; i < court->queued; i++)
        if (court->queue[i]->item == court->item[court->at] &&
            !vote(court, court->queue[i], &court->member[member], entry, fold,
                  err))
            return false;
    if (member + 1 < court->members)
        return true;
    *shown = &court->shown;
    return build(court, err);
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
    if (!good)
        return false;
    *shown = &court->shown;
    return build(court, err);
}
