/*
 * fold_deed - answers, notes, flags and marks, and taking them back.
 *
 * The present answer to a question is that of the last deed about it that is
 * not undone; so is the note, and so is the flag.  Marks are what all deeds
 * about them amount to (fold_track).
 */
#include <config.h>

#include "common/study/fold_internal.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"

static void deed_release(struct fold_deed *deed)
{
    event_answer_release(&deed->answer);
    free(deed->text);
    event_segment_release(&deed->segment);
    track_deed_release(&deed->change);
}

void fold_deeds_release(struct fold_deeds *deeds)
{
    for (size_t i = 0; i < deeds->count; i++)
        deed_release(&deeds->item[i]);
    free(deeds->item);
    memset(deeds, 0, sizeof(*deeds));
}

static bool same_subject(const struct fold_deed *a, const struct fold_deed *b)
{
    bool a_answers = a->answer.question != NULL;
    bool b_answers = b->answer.question != NULL;

    if (a->entry != b->entry || a_answers != b_answers)
        return false;
    if (a_answers)
        return strcmp(a->answer.question, b->answer.question) == 0;
    if (a->kind == EVENT_TRACE_DISCARDED && b->kind == a->kind)
        return a->version == b->version && strcmp(a->text, b->text) == 0;
    return a->kind == b->kind;
}

/* The last deed on the subject of `deed` that stands, or NULL. */
static const struct fold_deed *standing(const struct fold *fold,
                                        const struct fold_deed *deed)
{
    for (size_t i = fold->deeds.count; i-- > 0;)
        if (!fold->deeds.item[i].undone &&
            same_subject(&fold->deeds.item[i], deed))
            return &fold->deeds.item[i];
    return NULL;
}

static struct event_answer *place(struct fold_entry *it, const char *question)
{
    struct event_answer fresh;

    for (size_t i = 0; i < it->answers.count; i++)
        if (strcmp(it->answers.item[i].question, question) == 0)
            return &it->answers.item[i];
    event_answer_init(&fresh, question);
    VEC_PUSH(&it->answers, fresh);
    return &it->answers.item[it->answers.count - 1];
}

static void show_answer(struct fold_entry *it, const char *question,
                        const struct fold_deed *deed)
{
    struct event_answer *answer = place(it, question);
    struct event_answer next;

    if (deed)
        event_answer_copy(&next, &deed->answer);
    else
        event_answer_init(&next, question);
    event_answer_release(answer);
    *answer = next;
}

static void replace(char **text, const char *with)
{
    free(*text);
    *text = with && *with ? xstrdup(with) : NULL;
}

/* Brings the entry's state up to what stands on the subject of a deed. */
static void show(struct fold *fold, size_t index)
{
    const struct fold_deed *about = &fold->deeds.item[index];
    struct fold_entry *it = &fold->entry[about->entry];
    const struct fold_deed *deed;

    if (event_is_segment(about->kind)) {
        fold_track_show(fold, index);
        return;
    }
    deed = standing(fold, about);
    switch (about->kind) {
    case EVENT_NOTE:
        replace(&it->note, deed ? deed->text : NULL);
        break;
    case EVENT_FLAG:
        it->flagged = deed && deed->on;
        replace(&it->flag_text, it->flagged ? deed->text : NULL);
        break;
    case EVENT_TRACE_DISCARDED:
        fold_trace_discard(it, about->text, about->version, deed != NULL);
        break;
    default:
        show_answer(it, about->answer.question, deed);
        break;
    }
}

static bool read_deed(const struct event *event, struct fold_deed *deed)
{
    char *question = NULL;
    struct error err;

    if (event_is_segment(event->kind)) {
        if (!event_read_segment(event->kind, event->payload, &deed->segment,
                                &err))
            return false;
        deed->segment.heard_us = event->media_us;
        return true;
    }
    switch (event->kind) {
    case EVENT_ANSWER_SET:
        return event_read_answer(event->payload, &deed->answer, &err);
    case EVENT_ANSWER_CLEARED:
        if (!event_read_text(event->payload, "question", &question, &err))
            return false;
        event_answer_init(&deed->answer, question);
        free(question);
        return true;
    case EVENT_NOTE:
        return event_read_text(event->payload, "text", &deed->text, &err);
    case EVENT_TRACE_DISCARDED:
        return event_read_discard(event->payload, &deed->text, &deed->version,
                                  &err);
    default:
        return event_read_flag(event->payload, &deed->on, &deed->text, &err);
    }
}

/* After something new, what was undone before cannot be redone. */
static void forget_redo(struct fold *fold, size_t entry)
{
    if (fold->entry[entry].redoable == 0)
        return;
    for (size_t i = 0; i < fold->deeds.count; i++)
        if (fold->deeds.item[i].entry == entry)
            fold->deeds.item[i].redoable = false;
    fold->entry[entry].redoable = 0;
}

static void do_deed(struct fold *fold, size_t entry, const struct event *event)
{
    struct fold_entry *it = &fold->entry[entry];
    struct fold_deed deed = { .kind = event->kind, .entry = entry };

    if (!read_deed(event, &deed)) {
        deed_release(&deed);
        fold->malformed++;
        return;
    }
    memcpy(deed.hash, event->hash, EVENT_HASH_SIZE);
    forget_redo(fold, entry);
    if ((event->kind == EVENT_ANSWER_SET ||
         event->kind == EVENT_SEGMENT_ADDED) &&
        it->reaction_us < 0 && it->begun_mono_us >= 0 &&
        event->mono_us >= it->begun_mono_us &&
        memcmp(it->begun_session, event->session, EVENT_SESSION_SIZE) == 0)
        it->reaction_us = event->mono_us - it->begun_mono_us;
    VEC_PUSH(&fold->deeds, deed);
    show(fold, fold->deeds.count - 1);
}

static void take_back(struct fold *fold, size_t entry,
                      const struct event *event)
{
    uint8_t hash[EVENT_HASH_SIZE];
    struct error err;

    if (!event_read_undo(event->payload, hash, &err)) {
        fold->malformed++;
        return;
    }
    for (size_t i = fold->deeds.count; i-- > 0;) {
        struct fold_deed *deed = &fold->deeds.item[i];

        if (deed->entry != entry ||
            memcmp(deed->hash, hash, EVENT_HASH_SIZE) != 0)
            continue;
        deed->undone = event->kind == EVENT_UNDO;
        fold->entry[entry].redoable += deed->undone - deed->redoable;
        deed->redoable = deed->undone;
        show(fold, i);
        return;
    }
    fold->malformed++; /* names no deed of this entry */
}

void fold_deed_apply(struct fold *fold, size_t entry, const struct event *event)
{
    if (!event->payload)
        fold->erased++;
    else if (event_has(event->kind, EVENT_CAN_UNDO))
        do_deed(fold, entry, event);
    else
        take_back(fold, entry, event);
}

const struct fold_deed *fold_undo_target(const struct fold *fold, size_t entry)
{
    for (size_t i = fold->deeds.count; i-- > 0;)
        if (fold->deeds.item[i].entry == entry && !fold->deeds.item[i].undone)
            return &fold->deeds.item[i];
    return NULL;
}

/* Undone last, so the oldest of those that were undone in a row. */
const struct fold_deed *fold_redo_target(const struct fold *fold, size_t entry)
{
    if (fold->entry[entry].redoable == 0)
        return NULL;
    for (size_t i = 0; i < fold->deeds.count; i++)
        if (fold->deeds.item[i].entry == entry && fold->deeds.item[i].redoable)
            return &fold->deeds.item[i];
    return NULL;
}
