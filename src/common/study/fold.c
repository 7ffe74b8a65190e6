/*
 * fold - the states that a journal amounts to.
 */
#include <config.h>

#include "common/study/fold.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/study/fold_internal.h"

void fold_init(struct fold *fold, const char *const *id, size_t count)
{
    size_t room = 1;
    char *to;

    memset(fold, 0, sizeof(*fold));
    fold->count = fold->current = count;
    fold->entry = xcalloc(count ? count : 1, sizeof(*fold->entry));
    for (size_t i = 0; i < count; i++)
        room += strlen(id[i]) + 1;
    fold->ids = to = xmalloc(room);
    for (size_t i = 0; i < count; i++) {
        struct fold_entry *it = &fold->entry[i];
        size_t size = strlen(id[i]) + 1;

        it->id = memcpy(to, id[i], size);
        to += size;
        it->reaction_us = it->begun_mono_us = EVENT_NO_TIME;
        it->first_wall_us = it->last_wall_us = EVENT_NO_TIME;
    }
}

static void entry_release(struct fold_entry *it)
{
    for (size_t i = 0; i < it->answers.count; i++)
        event_answer_release(&it->answers.item[i]);
    free(it->answers.item);
    fold_tracks_release(&it->tracks);
    free(it->note);
    free(it->flag_text);
    free(it->skip_reason);
    free(it->skip_text);
    fold_passes_release(&it->passes);
    free(it->heard.item);
    free(it->hearing.item);
}

void fold_release(struct fold *fold)
{
    for (size_t i = 0; i < fold->count; i++)
        entry_release(&fold->entry[i]);
    free(fold->entry);
    free(fold->ids);
    fold_deeds_release(&fold->deeds);
    fold_study_release(fold);
    free(fold->sessions.item);
    memset(fold, 0, sizeof(*fold));
}

size_t fold_find(const struct fold *fold, const char *id)
{
    size_t first = fold->current < fold->count ? fold->current : 0;

    /* Nearly always it is the present one or the one behind it: a journal of
     * a long bundle is read in the order in which it was worked through. */
    for (size_t i = first; i < fold->count; i++)
        if (strcmp(fold->entry[i].id, id) == 0)
            return i;
    for (size_t i = 0; i < first; i++)
        if (strcmp(fold->entry[i].id, id) == 0)
            return i;
    return fold->count;
}

/* The session of `event`; the last ones are looked at first. */
static struct fold_session *session_of(struct fold *fold,
                                       const struct event *event)
{
    struct fold_session fresh = {
        .first_wall_us = event->wall_us,
        .last_wall_us = event->wall_us,
        .last_mono_us = event->mono_us,
    };

    for (size_t i = fold->sessions.count; i-- > 0;)
        if (memcmp(fold->sessions.item[i].id, event->session,
                   EVENT_SESSION_SIZE) == 0)
            return &fold->sessions.item[i];
    memcpy(fresh.id, event->session, EVENT_SESSION_SIZE);
    VEC_PUSH(&fold->sessions, fresh);
    return &fold->sessions.item[fold->sessions.count - 1];
}

/* Time since the session's event before counts as work, within reason. */
static void count_time(struct fold *fold, struct fold_session *session,
                       const struct event *event)
{
    int64_t gap = event->mono_us - session->last_mono_us;

    if (gap < 0 || session->on_break)
        gap = 0;
    if (!fold->playing && gap > FOLD_IDLE_US)
        gap = FOLD_IDLE_US;
    session->active_us += gap;
    if (fold->current < fold->count)
        fold->entry[fold->current].active_us += gap;
    session->last_mono_us = event->mono_us;
    session->last_wall_us = event->wall_us;
}

static void open_entry(struct fold *fold, size_t entry,
                       const struct event *event)
{
    struct fold_entry *it = &fold->entry[entry];

    fold->current = entry;
    fold->playing = false;
    it->opened++;
    if (it->first_wall_us < 0)
        it->first_wall_us = event->wall_us;
    if (it->reaction_us < 0) {
        it->begun_mono_us = event->mono_us;
        it->begun_by_play = false;
        memcpy(it->begun_session, event->session, EVENT_SESSION_SIZE);
    }
}

static void finish_entry(struct fold *fold, struct fold_entry *it,
                         struct fold_session *session,
                         const struct event *event)
{
    it->last_session = (size_t)(session - fold->sessions.item);
    it->reopened = false;
    it->last_wall_us = event->wall_us;
    session->entries_done++;
}

static void forget_skip(struct fold_entry *it)
{
    it->skipped = false;
    free(it->skip_reason);
    free(it->skip_text);
    it->skip_reason = it->skip_text = NULL;
}

static void skip_entry(struct fold *fold, struct fold_entry *it,
                       const struct event *event)
{
    struct error err;

    forget_skip(it);
    it->skipped = true;
    if (!event->payload)
        fold->erased++;
    else if (!event_read_skip(event->payload, &it->skip_reason, &it->skip_text,
                              &err))
        fold->malformed++;
}

static void apply_asked(struct fold *fold, struct fold_session *session,
                        size_t entry, const struct event *event)
{
    struct fold_entry *it = &fold->entry[entry];

    switch (event->kind) {
    case EVENT_ENTRY_OPENED:
        open_entry(fold, entry, event);
        break;
    case EVENT_PLAY:
    case EVENT_PAUSE:
    case EVENT_SEEK:
    case EVENT_ENDED:
        fold_play_apply(fold, entry, event);
        break;
    case EVENT_SUBMITTED:
        it->submitted++;
        forget_skip(it);
        finish_entry(fold, it, session, event);
        break;
    case EVENT_REVISED:
        it->revised++;
        it->reopened = true;
        forget_skip(it);
        break;
    case EVENT_SKIPPED:
        skip_entry(fold, it, event);
        finish_entry(fold, it, session, event);
        break;
    case EVENT_MEDIUM_FAILED:
        break;
    case EVENT_TRACE_STARTED:
    case EVENT_TRACE_SEALED:
    case EVENT_TRACE_IDLE:
    case EVENT_TRACE_ENDED:
        fold_trace_apply(fold, entry, event);
        break;
    default:
        fold_deed_apply(fold, entry, event);
        break;
    }
}

static void apply_session(struct fold *fold, struct fold_session *session,
                          const struct event *event)
{
    switch (event->kind) {
    case EVENT_SESSION_STARTED:
    case EVENT_SESSION_ENDED:
        fold->playing = false;
        session->ended = event->kind == EVENT_SESSION_ENDED;
        break;
    case EVENT_BREAK_STARTED:
    case EVENT_LIMIT_REACHED: /* what follows on its page is no work */
    case EVENT_PAUSED:
        fold->playing = false;
        session->on_break = true;
        break;
    case EVENT_BREAK_ENDED:
        session->on_break = false;
        break;
    default: /* nothing to remember */
        break;
    }
}

void fold_apply(struct fold *fold, const struct event *event)
{
    struct fold_session *session;
    size_t entry;

    fold->events++;
    if (event->kind >= EVENT_KIND_COUNT) {
        fold->unknown++;
        return;
    }
    if (event->kind == EVENT_ERASED || event->kind == EVENT_RELEASED) {
        fold_study_apply(fold, event);
        return; /* the keeper's, not a session's */
    }
    session = session_of(fold, event);
    count_time(fold, session, event);
    if (!event_has(event->kind, EVENT_IS_ASKED)) {
        apply_session(fold, session, event);
        fold_study_apply(fold, event);
        return;
    }
    entry = fold_find(fold, event->entry);
    if (entry == fold->count)
        fold->unknown++;
    else
        apply_asked(fold, session, entry, event);
}
