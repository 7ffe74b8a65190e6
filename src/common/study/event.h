/*
 * event - the journal's vocabulary: kinds, the header, the payloads.
 *
 * Everything that a person does is an event.  Its header says what, on which
 * queue entry, in which session and when; its payload is canonical JSON:
 *
 *     session-started  {"audio":..,"latency_us":..,"program":..,"terminal":..,
 *                       "timing":{..}}; see event_timing.h
 *     session-ended    {"reason":"quit"}
 *     play             {"end_us":7800000,"gain_db":-4.5,
 *                       "second_us":4150000,"speed":1}
 *                      media time: where it begins; "gain_db" only where the
 *                      protocol has a gain; only of a pair where its second
 *                      begins and all ends
 *     pause, ended     {}                  media time: where it stopped
 *     seek             {"to_us":2500000}   media time: where it left off
 *     answer-set       {"question":"emotion","value":"anger"}
 *     answer-cleared   {"question":"emotion"}
 *     note             {"text":".."}       an empty text takes it away
 *     flag             {"on":true,"text":".."}
 *     segment-...      see event_segment.h
 *     undo, redo       {"event":"<hash in hex>"}
 *     skipped          {"reason":"distressing","text":".."}
 *     medium-failed    {"reason":"missing|changed|unreadable"}
 *     practice-judged  {"of":10,"passed":true,"right":8}
 *     paused           {"rule":"attention","then":"refuse"}
 *     person-answered  {"question":"age","value":31}   about the annotator
 *     form-done        {"part":"start"}
 *     limit-reached    {"limit":"session"}
 *     key              {"key":"a"}         recorded in full only
 *     idle             {"us":7000000}      before a key; likewise
 *     the others       {}
 *
 * A value is a text, a number, a list of texts or, of a grid, an object with
 * the numbers "x" and "y"; reserved ones begin with
 * "@" ("@cannot_tell"); "@other" has its words beside it in "text"; an
 * "intensity" may stand beside any.
 */
#ifndef MIEN_STUDY_EVENT_H
#define MIEN_STUDY_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/base/text.h"

enum {
    EVENT_HASH_SIZE = 32,
    EVENT_HASH_HEX_SIZE = 65, /* with the zero */
    EVENT_SESSION_SIZE = 16,
    EVENT_NO_TIME = -1,
};

enum event_kind {
#define EVENT(kind, name, traits) EVENT_##kind,
#include "common/study/events.def"
#undef EVENT
    EVENT_KIND_COUNT,
    EVENT_UNKNOWN = EVENT_KIND_COUNT, /* of a later version of mien */
};

enum event_trait {
    EVENT_IS_ASKED = 1, /* concerns a queue entry */
    EVENT_IS_KEPT = 2,  /* on disk before it is shown as kept */
    EVENT_CAN_UNDO = 4, /* can be taken back */
};

struct event {
    uint8_t hash[EVENT_HASH_SIZE];       /* its identity; the journal's */
    uint8_t session[EVENT_SESSION_SIZE]; /* drawn when a session begins */
    enum event_kind kind;
    const char *name;    /* borrowed; of the kind, or as it was read */
    const char *entry;   /* borrowed; the queue entry's id, or "" */
    int64_t mono_us;     /* monotonic clock; compare within a session only */
    int64_t wall_us;     /* since 1970, UTC */
    int64_t media_us;    /* heard media time, or EVENT_NO_TIME */
    const char *payload; /* borrowed; NULL when it was erased */
};

const char *event_name(enum event_kind kind); /* not of EVENT_UNKNOWN */
enum event_kind event_kind_of(const char *name);
bool event_has(enum event_kind kind, enum event_trait trait);
void event_hash_hex(const uint8_t hash[EVENT_HASH_SIZE],
                    char out[EVENT_HASH_HEX_SIZE]);

/* An answer to one question; zero-initialised has no value. */
enum event_value {
    EVENT_VALUE_NONE,
    EVENT_VALUE_TEXT,   /* values.item[0] */
    EVENT_VALUE_NUMBER, /* number */
    EVENT_VALUE_LIST,   /* values, any number of them */
    EVENT_VALUE_PAIR,   /* number and rise: a point of a grid */
};

struct event_answer {
    char *question; /* owned */
    enum event_value kind;
    struct text_list values; /* owned */
    double number;
    double rise;
    char *text; /* owned; the words of "@other", or NULL */
    bool has_intensity;
    double intensity;
};

void event_answer_init(struct event_answer *answer, const char *question);
void event_answer_copy(struct event_answer *to,
                       const struct event_answer *from);
void event_answer_release(struct event_answer *answer);
/* Their values are the same, whatever else was said with them. */
bool event_answer_same_value(const struct event_answer *a,
                             const struct event_answer *b);
bool event_answer_same(const struct event_answer *a,
                       const struct event_answer *b);
/* Its value is a reserved one ("@skipped"), not one on the scale. */
bool event_answer_reserved(const struct event_answer *answer);

/* Payloads: canonical JSON, the caller's. */
char *event_payload_empty(void);
char *event_payload_session(const char *program, const char *terminal,
                            const char *audio, int64_t latency_us);
char *event_payload_text(const char *key, const char *text); /* one member */
/* `gain_db`: or NULL; `second_us`: 0, no pair, and no end is told. */
char *event_payload_play(double speed, const double *gain_db, int64_t second_us,
                         int64_t end_us);
char *event_payload_seek(int64_t to_us);
char *event_payload_answer(const struct event_answer *answer);
char *event_payload_cleared(const char *question);
char *event_payload_note(const char *text);
char *event_payload_flag(bool on, const char *text);
char *event_payload_undo(const uint8_t hash[EVENT_HASH_SIZE]); /* and redo */
char *event_payload_skip(const char *reason, const char *text);

struct event_practice {
    size_t right, of;
    bool passed;
};
char *event_payload_practice(const struct event_practice *practice);
char *event_payload_paused(const char *rule, bool refuse);
char *event_payload_waited(int64_t us);
bool event_read_practice(const char *payload, struct event_practice *practice,
                         struct error *err);

/* Reading them back; what is returned through pointers is the caller's. */
bool event_read_answer(const char *payload, struct event_answer *answer,
                       struct error *err);
bool event_read_text(const char *payload, const char *key, char **text,
                     struct error *err);
bool event_read_flag(const char *payload, bool *on, char **text,
                     struct error *err);
/* False: nothing stands there, or it was erased (NULL). */
bool event_read_gain(const char *payload, double *gain_db);
/* Of a pair that was played; its second begins before the end. */
bool event_read_pair(const char *payload, int64_t *second_us, int64_t *end_us);
bool event_read_seek(const char *payload, int64_t *to_us, struct error *err);
bool event_read_undo(const char *payload, uint8_t hash[EVENT_HASH_SIZE],
                     struct error *err);
bool event_read_skip(const char *payload, char **reason, char **text,
                     struct error *err);

#endif
