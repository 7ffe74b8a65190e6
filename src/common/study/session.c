/*
 * session - how an annotator fares.
 */
#include <config.h>

#include "common/study/session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/study/reference.h"

/* No answer, or one that says nothing of what was asked. */
static bool is_missing(const struct question *question,
                       const struct reference_given *given)
{
    const struct event_answer *answer = given->answer;
    bool none = !answer || answer->kind == EVENT_VALUE_NONE;

    if (question->type == QUESTION_SEGMENTS && given->track &&
        given->track->count > 0)
        return false;
    return none ||
           (event_answer_reserved(answer) &&
            !(question->type == QUESTION_SEGMENTS &&
              text_list_has(&answer->values, answer_name(ANSWER_NONE))));
}

enum session_verdict session_verdict(const struct protocol *protocol,
                                     const struct question *question,
                                     const struct reference_given *given,
                                     const char *truth, double *distance)
{
    const struct conduct_reference *reference =
        conduct_reference(&protocol->conduct, question->id);
    double unused;

    if (!distance)
        distance = &unused;
    *distance = NAN;
    if (!truth || !reference_reads(question, reference, truth))
        return VERDICT_UNKNOWN;
    if (is_missing(question, given))
        return VERDICT_MISSING;
    return reference_is_right(question, reference, given, truth, distance)
               ? VERDICT_RIGHT
               : VERDICT_WRONG;
}

enum session_verdict session_judge(const struct protocol *protocol,
                                   const struct fold *fold,
                                   const struct session_entry *entry,
                                   size_t index, size_t q, double *distance)
{
    const struct question *question = &protocol->question[q];
    const struct reference_given given = {
        .answer = fold_answer(fold, index, question->id),
        .track = fold_track(fold, index, question->id),
        .begins_us = entry[index].begins_us,
    };

    return session_verdict(protocol, question, &given,
                           entry[index].truth ? entry[index].truth[q] : NULL,
                           distance);
}

bool session_entry_right(const struct protocol *protocol,
                         const struct fold *fold,
                         const struct session_entry *entry, size_t index)
{
    if (fold->entry[index].skipped)
        return false;
    for (size_t q = 0; q < protocol->question_count; q++) {
        enum session_verdict verdict =
            session_judge(protocol, fold, entry, index, q, NULL);

        if (verdict == VERDICT_WRONG || verdict == VERDICT_MISSING)
            return false;
    }
    return true;
}

struct session_score session_practice(const struct protocol *protocol,
                                      const struct fold *fold,
                                      const struct session_entry *entry)
{
    struct session_score score = { 0 };

    for (size_t i = 0; i < fold->count; i++) {
        if (!fold->entry[i].practice || fold->entry[i].withdrawn ||
            !fold_done(fold, i))
            continue;
        score.of++;
        score.right += session_entry_right(protocol, fold, entry, i);
    }
    return score;
}

bool session_passes(const struct protocol *protocol, struct session_score score)
{
    static const double slack = 1e-9; /* 0.7 of 10 is 7 */

    return (double)score.right + slack >= protocol->gold_min * (double)score.of;
}

size_t session_practice_count(const struct fold *fold)
{
    size_t count = 0;

    while (count < fold->count && fold->entry[count].practice)
        count++;
    return count;
}

bool session_in_practice(const struct fold *fold)
{
    return !fold->practice.passed && session_practice_count(fold) > 0;
}

struct session_score session_attention(const struct protocol *protocol,
                                       const struct fold *fold,
                                       const struct session_entry *entry,
                                       int64_t since_us)
{
    struct session_score score = { 0 };

    for (size_t i = 0; i < fold->count; i++) {
        const struct conduct_check *check = entry[i].check;
        const struct question *question;
        const struct event_answer *answer;

        if (!check || !fold_done(fold, i) || fold->entry[i].withdrawn ||
            fold->entry[i].last_wall_us <= since_us)
            continue;
        score.of++;
        question = protocol_question(protocol, check->question);
        answer = fold_answer(fold, i, check->question);
        if (!fold->entry[i].skipped && question && answer)
            score.right += reference_is_same(question, answer, check->value);
    }
    return score;
}

bool session_same_value(const struct event_answer *a,
                        const struct event_answer *b)
{
    if (a->kind != b->kind || a->values.count != b->values.count)
        return false;
    for (size_t i = 0; i < a->values.count; i++)
        if (strcmp(a->values.item[i], b->values.item[i]) != 0)
            return false;
    if (a->kind != EVENT_VALUE_NUMBER && a->kind != EVENT_VALUE_PAIR)
        return true;
    return a->number == b->number &&
           (a->kind != EVENT_VALUE_PAIR || a->rise == b->rise);
}

bool session_same_answer(const struct question *question,
                         const struct event_answer *a,
                         const struct event_answer *b, bool turned)
{
    if (!turned || question->type != QUESTION_COMPARE)
        return session_same_value(a, b);
    return a->values.count == 1 && b->values.count == 1 &&
           strcmp(a->values.item[0],
                  question_swap(question, b->values.item[0])) == 0;
}

/* All questions that have an answer both times have the same. */
static bool same_answers(const struct protocol *protocol,
                         const struct fold *fold,
                         const struct session_entry *entry, size_t one,
                         size_t two, bool *any)
{
    bool turned = entry[one].turned != entry[two].turned;

    bool same = true;

    *any = false;
    for (size_t q = 0; q < protocol->question_count; q++) {
        const char *id = protocol->question[q].id;
        const struct event_answer *a = fold_answer(fold, one, id);
        const struct event_answer *b = fold_answer(fold, two, id);

        if (!a || !b || !reference_compares(&protocol->question[q]))
            continue;
        *any = true;
        same =
            same && session_same_answer(&protocol->question[q], a, b, turned);
    }
    return same;
}

static bool is_work(const struct fold *fold, const struct session_entry *entry,
                    size_t i)
{
    return !fold->entry[i].practice && !entry[i].check &&
           !fold->entry[i].withdrawn && !fold->entry[i].skipped &&
           fold_done(fold, i);
}

struct session_score session_consistency(const struct protocol *protocol,
                                         const struct fold *fold,
                                         const struct session_entry *entry,
                                         int64_t since_us)
{
    struct session_score score = { 0 };
    size_t most = 0;
    size_t *first; /* by what is asked for: 1 + the first entry that was done */

    for (size_t i = 0; i < fold->count; i++)
        most = entry[i].same > most ? entry[i].same : most;
    first = xcalloc(most + 1, sizeof(*first));
    for (size_t i = 0; i < fold->count; i++) {
        size_t *before = &first[entry[i].same];
        bool any, same;

        if (!is_work(fold, entry, i))
            continue;
        if (*before == 0) {
            *before = i + 1;
        } else if (fold->entry[i].last_wall_us > since_us) {
            same = same_answers(protocol, fold, entry, *before - 1, i, &any);
            score.of += any;
            score.right += any && same;
        }
    }
    free(first);
    return score;
}

/* `count` entries up to `last`, one after the other, each within `seconds`. */
static bool is_run(const struct fold *fold, const struct session_entry *entry,
                   size_t last, int count, double seconds, int64_t since_us)
{
    int run = 0;

    for (size_t i = last + 1; i-- > 0 && run < count;) {
        const struct fold_entry *it = &fold->entry[i];

        if (entry[i].check)
            continue;
        if (it->practice || !fold_done(fold, i) ||
            it->last_wall_us <= since_us ||
            (double)it->active_us >= seconds * 1e6)
            return false;
        run++;
    }
    return run == count;
}

static bool holds(const struct pause_rule *rule,
                  const struct protocol *protocol, const struct fold *fold,
                  const struct session_entry *entry, size_t last)
{
    int64_t since_us = fold->paused_wall_us;
    struct session_score score;

    switch (rule->kind) {
    case PAUSE_ATTENTION:
        score = session_attention(protocol, fold, entry, since_us);
        return score.of - score.right >= (size_t)rule->count;
    case PAUSE_CONSISTENCY:
        score = session_consistency(protocol, fold, entry, since_us);
        return score.of >= (size_t)rule->count &&
               (double)score.right < rule->min * (double)score.of;
    case PAUSE_FAST:
        return is_run(fold, entry, last, rule->count, rule->seconds, since_us);
    case PAUSE_PRACTICE:
        break; /* where practice is judged */
    }
    return false;
}

const struct pause_rule *session_pause(const struct protocol *protocol,
                                       const struct fold *fold,
                                       const struct session_entry *entry,
                                       size_t last)
{
    for (size_t i = 0; i < protocol->conduct.pause_count; i++)
        if (holds(&protocol->conduct.pause[i], protocol, fold, entry, last))
            return &protocol->conduct.pause[i];
    return NULL;
}
