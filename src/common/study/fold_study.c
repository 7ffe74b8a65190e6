/*
 * fold_study - practice, pauses and the questionnaire, as a journal has them.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/study/event_segment.h"
#include "common/study/fold_internal.h"

/* As if it had never been answered, so that it can be tried again. */
static void forget_entry(struct fold *fold, size_t index)
{
    struct fold_entry *it = &fold->entry[index];

    for (size_t i = 0; i < it->answers.count; i++)
        event_answer_release(&it->answers.item[i]);
    it->answers.count = 0;
    free(it->note);
    free(it->skip_reason);
    free(it->skip_text);
    it->note = it->skip_reason = it->skip_text = NULL;
    it->submitted = it->hearings = it->heard_to_end = it->redoable = 0;
    it->reopened = it->skipped = false;
    it->heard.count = it->hearing.count = 0;
    for (size_t i = 0; i < it->passes.count; i++)
        it->passes.item[i].discarded = true;
    for (size_t i = 0; i < fold->deeds.count; i++) {
        struct fold_deed *deed = &fold->deeds.item[i];

        if (deed->entry == index) {
            deed->undone = true;
            deed->redoable = false;
            if (event_is_segment(deed->kind))
                fold_track_show(fold, i);
        }
    }
}

static void judge_practice(struct fold *fold, const struct event *event)
{
    struct event_practice practice;
    struct error err;

    if (!event->payload) {
        fold->erased++;
        return;
    }
    if (!event_read_practice(event->payload, &practice, &err)) {
        fold->malformed++;
        return;
    }
    fold->practice.attempts++;
    fold->practice.passed = practice.passed;
    fold->practice.right = practice.right;
    fold->practice.of = practice.of;
    if (practice.passed)
        return;
    fold->current = fold->count;
    for (size_t i = 0; i < fold->count; i++)
        if (fold->entry[i].practice)
            forget_entry(fold, i);
}

static void pause_work(struct fold *fold, const struct event *event)
{
    struct error err;
    char *then = NULL;

    fold->paused = true;
    fold->pauses++;
    fold->paused_wall_us = event->wall_us;
    /* Without its words it is a pause for good: that can be mended. */
    fold->pause_refuses =
        !event->payload ||
        !event_read_text(event->payload, "then", &then, &err) ||
        strcmp(then, "go-on") != 0;
    free(then);
}

static void answer_form(struct fold *fold, const struct event *event)
{
    struct event_answer answer;
    struct error err;

    if (!event->payload) {
        fold->erased++;
        return;
    }
    if (!event_read_answer(event->payload, &answer, &err)) {
        fold->malformed++;
        return;
    }
    for (size_t i = 0; i < fold->person.count; i++) {
        struct event_answer *it = &fold->person.item[i];

        if (strcmp(it->question, answer.question) == 0) {
            event_answer_release(it);
            *it = answer;
            return;
        }
    }
    VEC_PUSH(&fold->person, answer);
}

static void finish_form(struct fold *fold, const struct event *event)
{
    struct error err;
    char *part = NULL;

    if (!event->payload)
        fold->erased++;
    else if (!event_read_text(event->payload, "part", &part, &err))
        fold->malformed++;
    else if (strcmp(part, "start") == 0)
        fold->start_form_done = true;
    else
        fold->end_form_done = true;
    free(part);
}

void fold_study_apply(struct fold *fold, const struct event *event)
{
    switch (event->kind) {
    case EVENT_SESSION_STARTED:
        fold->paused = fold->paused && fold->pause_refuses;
        break;
    case EVENT_PRACTICE_JUDGED:
        judge_practice(fold, event);
        break;
    case EVENT_PAUSED:
        pause_work(fold, event);
        break;
    case EVENT_RELEASED:
        fold->paused = false;
        fold->practice.attempts = 0;
        break;
    case EVENT_PERSON_ANSWERED:
        answer_form(fold, event);
        break;
    case EVENT_FORM_DONE:
        finish_form(fold, event);
        break;
    default:
        break;
    }
}

void fold_study_release(struct fold *fold)
{
    for (size_t i = 0; i < fold->person.count; i++)
        event_answer_release(&fold->person.item[i]);
    free(fold->person.item);
}

void fold_study_dump(const struct fold *fold, struct buf *out)
{
    buf_addf(out, "practice %d %d paused %d %d %lld form %d %d\n",
             fold->practice.attempts, fold->practice.passed, fold->paused,
             fold->pause_refuses, (long long)fold->paused_wall_us,
             fold->start_form_done, fold->end_form_done);
    for (size_t i = 0; i < fold->person.count; i++) {
        char *text = event_payload_answer(&fold->person.item[i]);

        buf_addf(out, "person %s\n", text);
        free(text);
    }
}
