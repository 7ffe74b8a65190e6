/*
 * session - how an annotator fares.
 */
#include <config.h>

#include "common/study/session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"

static double tolerance(const struct protocol *protocol,
                        const struct question *question)
{
    const struct conduct_reference *reference =
        conduct_reference(&protocol->conduct, question->id);

    return reference && !isnan(reference->tolerance) ? reference->tolerance
                                                     : question->scale.step;
}

static enum session_verdict judge_number(const struct protocol *protocol,
                                         const struct question *question,
                                         const struct event_answer *answer,
                                         const char *truth, double *distance)
{
    static const double slack = 1e-9; /* of sums of steps such as 0.1 */
    double right;

    if (answer->kind != EVENT_VALUE_NUMBER)
        return VERDICT_MISSING;
    if (!number_parse(truth, &right))
        return VERDICT_UNKNOWN;
    *distance = fabs(answer->number - right);
    return *distance <= tolerance(protocol, question) + slack ? VERDICT_RIGHT
                                                              : VERDICT_WRONG;
}

enum session_verdict session_judge(const struct protocol *protocol,
                                   const struct question *question,
                                   const struct event_answer *answer,
                                   const char *truth, double *distance)
{
    double unused;

    if (!distance)
        distance = &unused;
    *distance = NAN;
    if (!truth)
        return VERDICT_UNKNOWN;
    if (!answer || answer->kind == EVENT_VALUE_NONE)
        return VERDICT_MISSING;
    if (question->type == QUESTION_SCALE)
        return judge_number(protocol, question, answer, truth, distance);
    if (text_list_has(&answer->values, truth))
        return VERDICT_RIGHT;
    return event_answer_reserved(answer) ? VERDICT_MISSING : VERDICT_WRONG;
}

bool session_entry_right(const struct protocol *protocol,
                         const struct fold *fold,
                         const struct session_entry *entry, size_t index)
{
    if (fold->entry[index].skipped)
        return false;
    for (size_t q = 0; entry[index].truth && q < protocol->question_count;
         q++) {
        const struct question *question = &protocol->question[q];
        const struct event_answer *answer =
            fold_answer(fold, index, question->id);
        enum session_verdict verdict = session_judge(
            protocol, question, answer, entry[index].truth[q], NULL);

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

struct session_score session_attention(const struct fold *fold,
                                       const struct session_entry *entry,
                                       int64_t since_us)
{
    struct session_score score = { 0 };

    for (size_t i = 0; i < fold->count; i++) {
        const struct conduct_check *check = entry[i].check;
        const struct event_answer *answer;
        double want;

        if (!check || !fold_done(fold, i) || fold->entry[i].withdrawn ||
            fold->entry[i].last_wall_us <= since_us)
            continue;
        score.of++;
        answer = fold_answer(fold, i, check->question);
        if (fold->entry[i].skipped || !answer)
            continue;
        if (answer->kind == EVENT_VALUE_NUMBER)
            score.right +=
                number_parse(check->value, &want) && want == answer->number;
        else
            score.right += text_list_has(&answer->values, check->value);
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
    return a->kind != EVENT_VALUE_NUMBER || a->number == b->number;
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

        if (!a || !b)
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
        score = session_attention(fold, entry, since_us);
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
