/*
 * trace - samples of a judgement that was given while the medium played.
 *
 * A pass is one stretch of tracing: from a start to the next stop the medium
 * was heard without a jump, and its samples rise in media time.  Passes of one
 * question lie one over another, and the newest wins where it has samples:
 * from its first sample to its last.  So a part can be traced again (punch-in)
 * and all that is older stays as it was.
 */
#ifndef MIEN_STUDY_TRACE_H
#define MIEN_STUDY_TRACE_H

#include <stddef.h>
#include <stdint.h>

#include "common/study/event.h"

enum {
    TRACE_RATE = 100,      /* samples in a second of media time */
    TRACE_STEP_US = 10000, /* between two of them */
    TRACE_DIMENSIONS = 2,  /* at most */
    /* Between two samples, and at the end of the medium, where a device's
     * last buffer may not be told: what is traced without a gap. */
    TRACE_GAP_US = 55 * 1000,
    TRACE_END_SLACK_US = 150 * 1000,
};

enum trace_flag {
    TRACE_SETTLING = 1, /* within settle_seconds of the pass's begin */
    TRACE_IDLE = 2,     /* no input for idle_seconds */
    TRACE_INPUT = 4,    /* there was input since the sample before */
    TRACE_AFTER_GAP = 8 /* sound had broken off before this one */
};

struct trace_sample {
    int64_t media_us;               /* heard; a multiple of TRACE_STEP_US */
    int64_t host_us;                /* monotonic clock, when that was heard */
    double value[TRACE_DIMENSIONS]; /* [1] is NAN where there is only one */
    unsigned flags;                 /* of enum trace_flag */
};

struct trace_samples {
    struct trace_sample *item; /* owned */
    size_t count, capacity;
};

/*
 * What a seal holds of `count` samples, the first of which is number `first`
 * of the pass that the event `pass` began: BLAKE2b-256 over fixed-size fields,
 * the same on any machine.
 */
void trace_hash(const uint8_t pass[EVENT_HASH_SIZE], int64_t first,
                const struct trace_sample *sample, size_t count,
                uint8_t out[EVENT_HASH_SIZE]);

/* Borrowed samples of one pass. */
struct trace_part {
    const struct trace_sample *sample;
    size_t count;
};

/* Lays passes, the oldest first, one over another into an empty `out`. */
void trace_compose(const struct trace_part *part, size_t count,
                   struct trace_samples *out);

#endif
