/*
 * tracing - what the model knows of a trace: the pass that runs, the pen, and
 * what is drawn of it.
 */
#ifndef MIEN_APP_TRACING_H
#define MIEN_APP_TRACING_H

#include "annotate/app/pen.h"
#include "common/study/event_trace.h"

/* The trace as it is drawn: one slot for each 10 ms of the item. */
struct trace_slot {
    float value[TRACE_DIMENSIONS]; /* [0] is NAN: not traced */
};

struct trace_sheet {
    struct trace_slot *slot; /* owned */
    size_t count;
};

struct tracing {
    bool armed;    /* what sounds from now on is traced */
    bool running;  /* a pass stands in the journal and has no end yet */
    bool starting; /* it is on its way there */
    size_t entry, question; /* of the pass */
    uint8_t pass[EVENT_HASH_SIZE];
    int version;
    bool retraces; /* over what was traced before */
    bool planned;  /* from_us .. to_us were asked for: go on in them */
    int64_t from_us, to_us;
    struct pen pen;
    struct sampler sampler;
    struct trace_samples fresh;    /* not written yet; owned item */
    struct trace_samples unsealed; /* written under no seal; owned item */
    int64_t count;                 /* of the pass, the fresh ones included */
    struct event_inputs inputs;
    bool idle_told;
    bool plugged;                   /* there is a joystick ... */
    double stick[TRACE_DIMENSIONS]; /* ... and where it is, -1 .. 1 */

    size_t shown; /* question whose trace is on the sheets; or SIZE_MAX */
    struct trace_sheet sheet;   /* as it counts now */
    struct trace_sheet earlier; /* the version before, while one retraces */
};

#endif
