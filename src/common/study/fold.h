/*
 * fold - what a journal amounts to: answers, progress, what was heard.
 *
 * A fold takes events one at a time, in the journal's order; after each it is
 * the same as one built anew from all of them.  It is plain data, so that the
 * workbench's model can hold and read it; only fold_apply() changes it.
 * Unknown kinds are passed over and counted, and so are payloads that were
 * erased or that do not read.
 */
#ifndef MIEN_STUDY_FOLD_H
#define MIEN_STUDY_FOLD_H

#include "common/base/buf.h"
#include "common/study/event.h"
#include "common/study/fold_trace.h"
#include "common/study/track.h"

struct trace_samples;

enum {
    /* A pause between two events that counts as work, at most. */
    FOLD_IDLE_US = 60 * 1000000,
    /* Less than this heard twice does not make another hearing. */
    FOLD_HEARING_SLACK_US = 100 * 1000,
};

/* A stretch of the medium that was heard. */
struct fold_span {
    int64_t from_us;
    int64_t to_us;
};

struct fold_spans {         /* in order, apart from each other */
    struct fold_span *item; /* owned */
    size_t count, capacity;
};

struct fold_answers {
    struct event_answer *item; /* owned, each too; the questions as first met */
    size_t count, capacity;
};

/* The marks of one question. */
struct fold_track {
    char *question;     /* owned */
    struct track track; /* owned */
    size_t *item;       /* owned; the deeds that it stands on, in order */
    size_t count, capacity;
};

struct fold_tracks {
    struct fold_track *item; /* owned, each too; the questions as first met */
    size_t count, capacity;
};

struct fold_entry {
    const char *id;              /* borrowed of the fold's `ids` */
    struct fold_answers answers; /* kind NONE: not answered, or cleared */
    struct fold_tracks tracks;
    char *note; /* owned, or NULL */
    bool flagged;
    char *flag_text; /* owned, or NULL */
    int opened;      /* how often, all of these */
    int submitted;
    int revised;
    int hearings;      /* begun; the first is 1 */
    int redoable;      /* deeds on it that can be redone */
    int heard_to_end;  /* hearings that reached the medium's end */
    bool reopened;     /* revised and not yet submitted again */
    bool withdrawn;    /* its person's data were erased: set by who knows */
    bool practice;     /* before the work: set by who knows */
    bool skipped;      /* and not opened up again since */
    char *skip_reason; /* owned, or NULL */
    char *skip_text;   /* owned, or NULL */
    bool has_gain;     /* of the last play ... */
    double gain_db;    /* ... which the protocol asked for */
    struct fold_passes passes; /* of all its traces */
    struct fold_spans heard;   /* in all hearings */
    struct fold_spans hearing; /* in the present one */
    int64_t reaction_us;   /* first sound (or sight) to first answer; or -1 */
    int64_t active_us;     /* of work on this entry */
    int64_t first_wall_us; /* first opened, or -1 */
    int64_t last_wall_us;  /* last submitted or skipped, or -1 */
    size_t last_session;   /* in which that was */
    int64_t begun_mono_us; /* first play or, before one, opening; or -1 */
    bool begun_by_play;
    uint8_t begun_session[EVENT_SESSION_SIZE];
};

struct fold_session {
    uint8_t id[EVENT_SESSION_SIZE];
    int64_t first_wall_us;
    int64_t last_wall_us;
    int64_t last_mono_us;
    int64_t active_us;
    int entries_done; /* submitted or skipped in it, each time counted */
    bool on_break;
    bool ended; /* it was closed, not cut off */
};

struct fold_sessions {
    struct fold_session *item; /* owned */
    size_t count, capacity;
};

/* One event that can be taken back. */
struct fold_deed {
    uint8_t hash[EVENT_HASH_SIZE];
    enum event_kind kind;
    size_t entry;
    struct event_answer answer;   /* answer-set, answer-cleared */
    char *text;                   /* owned; note, flag; a trace's question */
    int version;                  /* trace-discarded */
    bool on;                      /* flag */
    struct event_segment segment; /* segment-... */
    struct track_deed change;     /* what that did; nothing while undone */
    bool undone;
    bool redoable; /* undone, and nothing else done to the entry since */
};

struct fold_deeds {
    struct fold_deed *item; /* owned */
    size_t count, capacity;
};

struct fold_practice {
    int attempts; /* that were judged, since the lead opened it last */
    bool passed;
    size_t right, of; /* in the last one */
};

struct fold {
    struct fold_entry *entry; /* owned; in the queue's order */
    char *ids;                /* owned; of all entries, one behind the other */
    size_t count;
    struct fold_deeds deeds;
    struct fold_sessions sessions;
    size_t current;       /* the entry opened last; `count` before that */
    bool playing;         /* the current entry's medium */
    int64_t play_from_us; /* while playing: where this stretch began */
    struct fold_practice practice;
    bool paused;                /* by a rule of the protocol */
    int pauses;                 /* how often one did */
    bool pause_refuses;         /* until the lead opens it again */
    int64_t paused_wall_us;     /* the last time; 0 before one */
    struct fold_answers person; /* about the annotator */
    bool start_form_done, end_form_done;
    size_t events;    /* all that came */
    size_t unknown;   /* of unknown kind or entry */
    size_t erased;    /* without their payload */
    size_t malformed; /* with one that does not read */
};

/* `id` has the queue's entry ids in order; copied. */
void fold_init(struct fold *fold, const char *const *id, size_t count);
void fold_release(struct fold *fold);
void fold_apply(struct fold *fold, const struct event *event);

/* The entry's number, or `count`. */
size_t fold_find(const struct fold *fold, const char *id);
/* Submitted (and not reopened), skipped or withdrawn. */
bool fold_done(const struct fold *fold, size_t entry);
size_t fold_done_count(const struct fold *fold);
/*
 * Where work goes on: the entry opened last unless it is done, else the first
 * that is not done; `count` when nothing is left.
 */
size_t fold_resume(const struct fold *fold);
/* The present answer, or NULL when there is none. */
const struct event_answer *fold_answer(const struct fold *fold, size_t entry,
                                       const char *question);
/* The marks of a question; NULL when there never was one. */
const struct track *fold_track(const struct fold *fold, size_t entry,
                               const char *question);
/* The event that undo (redo) on this entry would name; NULL: nothing to. */
const struct fold_deed *fold_undo_target(const struct fold *fold, size_t entry);
const struct fold_deed *fold_redo_target(const struct fold *fold, size_t entry);
/* All of [from, to) was heard, but for gaps up to `slack_us`. */
bool fold_heard_all(const struct fold *fold, size_t entry, int64_t from_us,
                    int64_t to_us, int64_t slack_us);
int64_t fold_heard_us(const struct fold *fold, size_t entry);
int64_t fold_active_us(const struct fold *fold);
/*
 * Playing from `from_us` now would begin a hearing (for max_replays): it is
 * the first, or the place was heard in the present one already.
 */
bool fold_begins_hearing(const struct fold *fold, size_t entry,
                         int64_t from_us);
/*
 * Traces.  A pass counts unless it was discarded, or had to be whole and is
 * not.  The version that counts now (0: none), and the number of a new one.
 */
bool fold_pass_counts(const struct fold_pass *pass, const char *question);
/*
 * Adds the question's trace as it counts to an empty `out`: its passes laid
 * one over another.  `read` adds the samples of the pass that `started` began.
 */
bool fold_trace_samples(
    const struct fold_entry *entry, const char *question,
    bool (*read)(void *context, const uint8_t started[EVENT_HASH_SIZE],
                 struct trace_samples *out, struct error *err),
    void *context, struct trace_samples *out, struct error *err);
int fold_trace_version(const struct fold *fold, size_t entry,
                       const char *question);
int fold_trace_next_version(const struct fold *fold, size_t entry,
                            const char *question);
/* Adds what passes that count cover; free spans->item. */
void fold_trace_spans(const struct fold *fold, size_t entry,
                      const char *question, struct fold_spans *spans);
/*
 * The first stretch of [from, to) that is not traced; false, with an empty
 * one at the end, when all is.
 */
bool fold_trace_hole(const struct fold *fold, size_t entry,
                     const char *question, int64_t from_us, int64_t to_us,
                     struct fold_span *hole);
int64_t fold_traced_us(const struct fold *fold, size_t entry,
                       const char *question);
/* What plays has come to a place that the present hearing has had. */
bool fold_hears_again(const struct fold *fold, int64_t at_us);
/* All of it as text, for comparing two. */
void fold_dump(const struct fold *fold, struct buf *out);

#endif
