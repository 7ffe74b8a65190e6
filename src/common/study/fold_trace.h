/*
 * fold_trace - what the journal says of traces: which passes there are, what
 * they cover, which version counts.
 *
 * The samples themselves are rows beside the journal (common/store); a seal
 * tells how many there are and from when to when.
 */
#ifndef MIEN_STUDY_FOLD_TRACE_H
#define MIEN_STUDY_FOLD_TRACE_H

#include "common/study/event_trace.h"

struct fold_pass {
    uint8_t hash[EVENT_HASH_SIZE]; /* of the event that began it */
    struct event_pass begin;       /* owned */
    enum trace_end end;
    struct event_inputs inputs;
    int64_t count;             /* samples that are sealed */
    int64_t first_us, last_us; /* of them */
    int idle;                  /* how often idleness was noticed */
    bool discarded;            /* its version was taken back */
};

struct fold_passes {
    struct fold_pass *item; /* owned; as they began */
    size_t count, capacity;
};

#endif
