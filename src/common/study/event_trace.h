/*
 * event_trace - what the events of a trace carry:
 *
 *     trace-started    {"from_us":0,"question":"valence","to_us":60000000,
 *                      "version":1,"whole":false}   media time: of the sound
 *     trace-sealed     {"count":100,"first":0,"first_us":0,"hash":"..",
 *                      "last_us":990000,"pass":".."}
 *     trace-idle       {"pass":"..","seconds":10}
 *     trace-ended      {"count":6000,"keys":12,"mouse":0,"pass":"..",
 *                      "reason":"complete","stick":0}
 *     trace-discarded  {"question":"valence","version":2}
 *
 * A pass is named by the hash of the event that began it.  `whole`: it counts
 * only when it was traced to its end in one go.
 */
#ifndef MIEN_STUDY_EVENT_TRACE_H
#define MIEN_STUDY_EVENT_TRACE_H

#include "common/study/event.h"

enum trace_end {
    TRACE_RUNNING, /* it has no end yet */
    TRACE_COMPLETE,
    TRACE_PAUSED,
    TRACE_SOUGHT,  /* the sound jumped */
    TRACE_STOPPED, /* by the annotator's own wish */
    TRACE_LEFT,    /* the item was left, or the workbench */
    TRACE_CUT_OFF, /* a crash; told by the session that came after */
};

/* "paused"; "running" never stands in a journal. */
const char *trace_end_name(enum trace_end end);

struct event_pass {
    char *question; /* owned */
    int version;
    int64_t from_us, to_us; /* samples lie in [from, to) */
    bool whole;
    int64_t uncertainty_us; /* of all its samples' times; read back only */
};

struct event_seal {
    uint8_t pass[EVENT_HASH_SIZE];
    int64_t first; /* number of the first sample in its pass */
    int64_t count;
    int64_t first_us, last_us; /* media times */
    uint8_t hash[EVENT_HASH_SIZE];
};

/* How often each was moved. */
struct event_inputs {
    int64_t keys, mouse, stick;
};

/* Payloads: canonical JSON, the caller's. */
char *event_payload_pass(const struct event_pass *pass);
char *event_payload_seal(const struct event_seal *seal);
char *event_payload_idle(const uint8_t pass[EVENT_HASH_SIZE], double seconds);
char *event_payload_pass_end(const uint8_t pass[EVENT_HASH_SIZE],
                             enum trace_end end, int64_t count,
                             const struct event_inputs *inputs);
char *event_payload_discard(const char *question, int version);

/* Reading them back. */
bool event_read_pass(const char *payload, struct event_pass *pass,
                     struct error *err);
void event_pass_release(struct event_pass *pass);
bool event_read_seal(const char *payload, struct event_seal *seal,
                     struct error *err);
/* Of trace-idle and trace-ended. */
bool event_read_pass_name(const char *payload, uint8_t pass[EVENT_HASH_SIZE],
                          struct error *err);
bool event_read_pass_end(const char *payload, enum trace_end *end,
                         struct event_inputs *inputs, struct error *err);
bool event_read_discard(const char *payload, char **question, int *version,
                        struct error *err);

#endif
