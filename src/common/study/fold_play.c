/*
 * fold_play - what was heard, and in how many hearings.
 *
 * A stretch is known only once it ended: one that a crash cut off counts as
 * a hearing begun, but nothing of it as heard.
 */
#include <config.h>

#include "common/study/fold_internal.h"

#include <string.h>

#include "common/base/vec.h"

void fold_spans_add(struct fold_spans *spans, int64_t from, int64_t to)
{
    size_t at = 0;
    size_t end;

    if (to <= from)
        return;
    while (at < spans->count && spans->item[at].to_us < from)
        at++;
    end = at;
    while (end < spans->count && spans->item[end].from_us <= to) {
        if (spans->item[end].from_us < from)
            from = spans->item[end].from_us;
        if (spans->item[end].to_us > to)
            to = spans->item[end].to_us;
        end++;
    }
    if (end == at) {
        VEC_PUSH(spans, ((struct fold_span){ 0, 0 }));
        memmove(&spans->item[at + 1], &spans->item[at],
                (spans->count - 1 - at) * sizeof(*spans->item));
    } else {
        memmove(&spans->item[at + 1], &spans->item[end],
                (spans->count - end) * sizeof(*spans->item));
        spans->count -= end - at - 1;
    }
    spans->item[at] = (struct fold_span){ .from_us = from, .to_us = to };
}

bool fold_begins_hearing(const struct fold *fold, size_t entry, int64_t from_us)
{
    const struct fold_entry *it = &fold->entry[entry];

    if (it->hearings == 0)
        return true;
    for (size_t i = 0; i < it->hearing.count; i++)
        if (it->hearing.item[i].from_us <= from_us &&
            from_us + FOLD_HEARING_SLACK_US < it->hearing.item[i].to_us)
            return true;
    return false;
}

/* How much of [from, to) the present hearing has had already. */
static int64_t overlap(const struct fold_spans *spans, int64_t from, int64_t to)
{
    int64_t sum = 0;

    for (size_t i = 0; i < spans->count; i++) {
        int64_t begin = spans->item[i].from_us;
        int64_t end = spans->item[i].to_us;

        begin = begin > from ? begin : from;
        end = end < to ? end : to;
        sum += end > begin ? end - begin : 0;
    }
    return sum;
}

bool fold_hears_again(const struct fold *fold, int64_t at_us)
{
    return fold->playing && fold->current < fold->count &&
           overlap(&fold->entry[fold->current].hearing, fold->play_from_us,
                   at_us) > 0;
}

static void start_stretch(struct fold *fold, size_t entry, int64_t from_us)
{
    if (fold_begins_hearing(fold, entry, from_us)) {
        fold->entry[entry].hearings++;
        fold->entry[entry].hearing.count = 0;
    }
    fold->playing = true;
    fold->play_from_us = from_us;
}

static void end_stretch(struct fold *fold, size_t entry, int64_t to_us)
{
    struct fold_entry *it = &fold->entry[entry];

    if (!fold->playing || to_us < 0)
        return;
    /* It began before what was heard and went on into it. */
    if (overlap(&it->hearing, fold->play_from_us, to_us) >
        FOLD_HEARING_SLACK_US) {
        it->hearings++;
        it->hearing.count = 0;
    }
    fold_spans_add(&it->heard, fold->play_from_us, to_us);
    fold_spans_add(&it->hearing, fold->play_from_us, to_us);
}

static void seek(struct fold *fold, size_t entry, const struct event *event)
{
    struct error err;
    int64_t to_us = 0;

    if (!event->payload) {
        fold->erased++;
        return;
    }
    if (!event_read_seek(event->payload, &to_us, &err)) {
        fold->malformed++;
        return;
    }
    if (!fold->playing)
        return; /* the next play tells where from */
    end_stretch(fold, entry, event->media_us);
    start_stretch(fold, entry, to_us);
}

static void begin_reaction(struct fold_entry *it, const struct event *event)
{
    if (it->reaction_us >= 0 || it->begun_by_play)
        return;
    it->begun_mono_us = event->mono_us;
    it->begun_by_play = true;
    memcpy(it->begun_session, event->session, EVENT_SESSION_SIZE);
}

void fold_play_apply(struct fold *fold, size_t entry, const struct event *event)
{
    if (entry != fold->current) {
        fold->current = entry;
        fold->playing = false;
    }
    switch (event->kind) {
    case EVENT_PLAY:
        begin_reaction(&fold->entry[entry], event);
        fold->entry[entry].has_gain =
            event_read_gain(event->payload, &fold->entry[entry].gain_db);
        start_stretch(fold, entry, event->media_us < 0 ? 0 : event->media_us);
        break;
    case EVENT_SEEK:
        seek(fold, entry, event);
        break;
    case EVENT_ENDED:
        if (fold->playing)
            fold->entry[entry].heard_to_end++;
        end_stretch(fold, entry, event->media_us);
        fold->playing = false;
        break;
    default: /* pause */
        end_stretch(fold, entry, event->media_us);
        fold->playing = false;
        break;
    }
}

bool fold_heard_all(const struct fold *fold, size_t entry, int64_t from_us,
                    int64_t to_us, int64_t slack_us)
{
    const struct fold_spans *heard = &fold->entry[entry].heard;
    int64_t reach = from_us;

    for (size_t i = 0; i < heard->count; i++) {
        if (heard->item[i].from_us > reach + slack_us)
            break;
        if (heard->item[i].to_us > reach)
            reach = heard->item[i].to_us;
    }
    return reach + slack_us >= to_us;
}

int64_t fold_heard_us(const struct fold *fold, size_t entry)
{
    const struct fold_spans *heard = &fold->entry[entry].heard;
    int64_t sum = 0;

    for (size_t i = 0; i < heard->count; i++)
        sum += heard->item[i].to_us - heard->item[i].from_us;
    return sum;
}
