/*
 * replay - a session played back from the journal: what its annotator had
 * done, and what her screen knew, after each event.
 *
 * Nothing is opened but the bundle; media are not played.  A replay shows
 * what was kept, not what was looked at: cursors and open prompts are no
 * events.
 */
#ifndef MIEN_ANNOTATE_REPLAY_H
#define MIEN_ANNOTATE_REPLAY_H

#include "annotate/app/model.h"
#include "common/store/bundle.h"

/* One event with what it points to. */
struct replay_event {
    struct event event; /* its texts are owned */
    size_t session;     /* from 0, in the journal's order */
};

/* Samples of a pass of a trace, as the bundle has them. */
struct replay_pass {
    uint8_t hash[EVENT_HASH_SIZE];
    struct trace_samples samples; /* owned */
};

struct replay_passes {
    struct replay_pass *item; /* owned */
    size_t count, capacity;
};

struct replay {
    struct bundle *bundle;       /* owned */
    struct protocol *protocol;   /* owned */
    struct model_entry *entries; /* owned */
    struct session_entry *about; /* owned */
    struct keymap keymap;        /* owned: the shipped keys */
    int64_t *length_us;          /* owned: of each entry's sound, as heard */
    int64_t *second_us;          /* owned: of a pair, where its second begins */
    struct replay_event *item;   /* owned; in the journal's order */
    size_t count, capacity;
    size_t sessions;
    struct replay_passes passes; /* that were shown up to now */
    struct model model;          /* owned; after `at` events */
    size_t at;
    int64_t play_wall_us; /* while it plays: when that began */
};

bool replay_open(struct replay *replay, const char *path, const char *language,
                 struct error *err);
void replay_close(struct replay *replay); /* takes a zeroed one */

/* The first event of a session, and the one after its last. */
void replay_session(const struct replay *replay, size_t session, size_t *first,
                    size_t *end);
/* The model after `at` events, of which the last was just kept. */
void replay_seek(struct replay *replay, size_t at);
/* The next event of another entry, or the one before: for walking by items. */
size_t replay_item(const struct replay *replay, size_t at, int direction,
                   size_t first, size_t end);
/* Of seek and close: the trace as far as it was kept then (replay_trace.c). */
void replay_trace(struct replay *replay);
void replay_trace_release(struct replay *replay);
/* One line on an event: clock, item, kind, media time, what was answered or
 * marked. */
void replay_describe(const struct replay *replay, size_t index,
                     struct buf *out);

#endif
