/* bench_court_case - a case as its screen shows it. */
#include <config.h>

#include <string.h>

#include <stdlib.h>

#include "annotate/bench_court_internal.h"
#include "common/study/verdict.h"

/* What the case is being made of. */
struct making {
    struct court *court;
    const struct docket_case *it;
    const struct question *question;
    struct court_question *to;
    size_t place; /* in the queue */
};

static const char *brief_of(const struct making *making, const char *value)
{
    struct buf out = { 0 };
    const char *text;

    verdict_brief(making->question, value, &out);
    text = arena_strdup(&making->court->texts, buf_text(&out));
    buf_release(&out);
    return text;
}

static void add_voice(const struct making *making, const char *name,
                      const char *value, const char *beside)
{
    struct court_voice *voice = &making->to->voice[making->to->voices++];
    struct court *court = making->court;

    *voice = (struct court_voice){
        .name = arena_strdup(&court->texts, name),
        .value = brief_of(making, value),
        .beside = arena_strdup(&court->texts, beside),
        .figure = court_figure(court, making->question, value),
    };
}

/* A value that can be decided for, once; `from`: whose it is, "": hers. */
static void propose(const struct making *making, const char *value,
                    const char *from)
{
    struct court_question *to = making->to;
    struct arena *texts = &making->court->texts;
    struct error err;

    if (!value || !*value || !verdict_accepts(making->question, value, &err))
        return;
    for (size_t c = 0; c < to->choices; c++)
        if (text_equal(to->choice[c], value)) {
            if (*from)
                to->from[c] = arena_printf(texts, "%s%s%s", to->from[c],
                                           *to->from[c] ? " " : "", from);
            return;
        }
    to->choice[to->choices] = arena_strdup(texts, value);
    to->brief[to->choices] = brief_of(making, value);
    to->from[to->choices++] = arena_strdup(texts, from);
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

static bool is_proposed(const struct court_question *to, const char *value)
{
    for (size_t c = 0; c < to->choices; c++)
        if (text_equal(to->choice[c], value))
            return true;
    return false;
}

/* Who skipped the item proposes nothing. */
static bool proposes(const char *value)
{
    return value && !text_equal(value, answer_name(ANSWER_SKIPPED));
}

/* What members say: now, and (of a meeting) said blind. */
static void put_members(const struct making *making)
{
    struct court *court = making->court;
    const char *now = court->now[making->place];
    bool meets = court->members > 1;
    struct court_question *to = making->to;

    if (proposes(now) && !meets)
        propose(making, now, "");
    for (size_t m = court->members; m-- > 0;) {
        const struct decision *mine =
            court_vote(court->docket, making->it, court->member[m].alias);

        if (mine && proposes(mine->value))
            propose(making, mine->value,
                    meets                          ? mine->by
                    : text_equal(mine->value, now) ? ""
                                                   : "yours, judged blind");
        if (mine && meets)
            add_voice(making, court->member[m].alias,
                      mine->value ? mine->value : "-", "blind, here");
    }
    if (proposes(now) && meets && !is_proposed(to, now))
        propose(making, now, "said since");
    /* A meeting is several: nothing is "yours". */
    to->own = to->choices > 0 && !meets ? 0 : SIZE_MAX;
    if (to->own == 0)
        to->own_figure = court_figure(court, making->question, to->choice[0]);
}

static void put_voices(const struct making *making)
{
    struct court *court = making->court;
    struct court_question *to = making->to;
    size_t count, most;
    const struct judgement **list =
        docket_answers(court->docket, making->it, &count);

    most = count + court->members + making->question->rule_count + 3;
    to->voice = arena_alloc(&court->texts, most * sizeof(*to->voice));
    to->choice = arena_alloc(&court->texts, most * sizeof(*to->choice));
    to->brief = arena_alloc(&court->texts, most * sizeof(*to->brief));
    to->from = arena_alloc(&court->texts, most * sizeof(*to->from));
    put_members(making);
    for (size_t k = 0; k < count; k++) {
        struct buf value = { 0 }, beside = { 0 };
        char name[2] = { (char)(k < 26 ? 'A' + (int)k : '?'), '\0' };

        docket_value(court->docket, making->it, list[k], k, &value);
        put_beside(list[k], &beside);
        add_voice(making, name, buf_text(&value), buf_text(&beside));
        propose(making, buf_text(&value), name);
        buf_release(&value);
        buf_release(&beside);
    }
    free(list);
}

/* How late a fit says that each of them is. */
static void put_lags(const struct making *making, const struct fit *fit)
{
    const struct docket_case *it = making->it;
    size_t first = making->to->voices - it->voices; /* members stand before */

    for (size_t k = 0; k < it->voices; k++)
        for (size_t r = 0; r < fit->raters; r++)
            for (size_t d = 0; d < fit->dimensions && fit->rater[r].lags; d++)
                if (text_equal(fit->rater[r].rater, it->voice[k].rater))
                    making->to->voice[first + k].lag[d] = fit->rater[r].lags[d];
}

static bool put_opinions(const struct making *making, struct error *err)
{
    struct court *court = making->court;
    const struct question *question = making->question;
    struct court_question *to = making->to;
    struct settlement *opinion =
        docket_opinions(court->docket, making->it, err);
    const struct decision *last;
    size_t first;

    if (!opinion)
        return false;
    to->opinion = arena_alloc(&court->texts, (question->rule_count + 1) *
                                                 sizeof(*to->opinion));
    first = docket_first(question, opinion);
    last = decisions_settled(&court->docket->decisions, making->it->item_id,
                             question->id);
    if (last)
        to->stands =
            arena_strdup(&court->texts, last->value ? last->value : "");
    else if (first < question->rule_count && !opinion[first].person &&
             *opinion[first].value)
        to->stands = arena_strdup(&court->texts, opinion[first].value);
    for (size_t r = 0; r < question->rule_count; r++) {
        struct court_opinion *one = &to->opinion[to->opinions++];
        struct fit *fit;

        *one = (struct court_opinion){
            .rule = rule_kind_names[opinion[r].kind],
            .value = brief_of(making, opinion[r].value),
            .why = arena_strdup(&court->texts, opinion[r].why),
            .figure = court_figure(court, question, opinion[r].value),
            .settled = opinion[r].settled,
        };
        if (question->type == QUESTION_TRACE &&
            docket_fit(court->docket, making->it->question, opinion[r].kind,
                       &fit, err) &&
            fit)
            put_lags(making, fit);
        propose(making, opinion[r].value, one->rule);
        settlement_release(&opinion[r]);
    }
    free(opinion);
    return true;
}

static void put_history(const struct making *making)
{
    struct court *court = making->court;
    const struct decisions *all = &court->docket->decisions;
    const struct decision *newest =
        decisions_newest(all, making->it->item_id, making->question->id);
    struct court_question *to = making->to;
    size_t n = 0;

    for (const struct decision *at = newest; at; at = decisions_before(all, at))
        n++;
    to->history = arena_alloc(&court->texts, (n + 1) * sizeof(*to->history));
    for (const struct decision *at = newest; at; at = decisions_before(all, at))
        if (at->kind != EVENT_VOTE_CAST)
            to->history[to->past++] =
                arena_printf(&court->texts, "%s%s%s%s%s%s%s%s",
                             event_name(at->kind), at->value ? ": " : "",
                             at->value ? brief_of(making, at->value) : "",
                             at->by ? ", by " : "", at->by ? at->by : "",
                             at->why ? "; " : "", at->why ? at->why : "",
                             at->undone ? " - taken back" : "");
}

static bool put_question(const struct making *making, struct error *err)
{
    struct court *court = making->court;
    struct docket *docket = court->docket;
    const struct docket_case *it = making->it;
    struct court_question *to = making->to;
    const struct decision *last;

    to->id = making->question->id;
    to->number = it->question;
    to->state = decision_state_names[docket_state(docket, it)];
    put_voices(making);
    if (!put_opinions(making, err))
        return false;
    put_history(making);
    last = decisions_last(&docket->decisions, it->item_id, to->id);
    if (last && decision_state_of(last) == DECISION_SETTLED &&
        text_equal(last->by, court->member[0].alias) &&
        text_equal(last->basis, it->basis))
        to->decided = last->value ? brief_of(making, last->value) : "no label";
    to->sent_back = decision_state_of(last) == DECISION_STATE_SENT_BACK;
    return true;
}

bool court_build(struct court *court, struct error *err)
{
    struct docket *docket = court->docket;

    arena_release(&court->texts);
    memset(&court->shown, 0, sizeof(court->shown));
    court->shown.question =
        arena_alloc(&court->texts, (docket->protocol->question_count + 1) *
                                       sizeof(*court->shown.question));
    for (size_t i = 0; i < court->queued; i++) {
        struct making making = { .court = court, .place = i };

        making.it = court->queue[i];
        if (making.it->item != court->item[court->at])
            continue;
        court->of[court->shown.count] = making.it;
        making.to = &court->shown.question[court->shown.count++];
        making.question = docket_question(docket, making.it);
        if (!put_question(&making, err))
            return false;
    }
    return true;
}
