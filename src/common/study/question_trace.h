/*
 * question_trace - what a question of type "trace" asks for: one or two
 * dimensions, judged all the time while the medium plays.
 *
 * Everything is borrowed from the protocol.
 */
#ifndef MIEN_STUDY_QUESTION_TRACE_H
#define MIEN_STUDY_QUESTION_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/study/localized.h"
#include "common/study/trace.h"

/*
 * Absolute: between min and max, as FEELtrace (Cowie et al. 2000, ISCA
 * Workshop on Speech and Emotion).  Unbounded: only up and down count, as in
 * RankTrace (Lopes, Yannakakis & Liapis 2017, ACII); min and max are then the
 * size of a step's scale and no limits.
 */
enum trace_mode { TRACE_ABSOLUTE, TRACE_UNBOUNDED };

enum trace_input {
    TRACE_KEYS = 1 << 0,
    TRACE_MOUSE = 1 << 1,
    TRACE_STICK = 1 << 2,
};

/* A key moves by a step, or sets it moving until it is stopped. */
enum trace_motion { TRACE_BY_STEP, TRACE_BY_VELOCITY };

/* Free: pause and seek at will.  Locked: a pass is whole, or done again. */
enum trace_transport { TRACE_FREE, TRACE_LOCKED };

struct trace_dimension {
    const char *id;
    struct localized label; /* never empty: the id when there is none */
    struct localized low, high;
    double min, max;
    double start;
};

struct question_trace {
    struct trace_dimension dimension[TRACE_DIMENSIONS];
    size_t count; /* of dimensions; the second one is drawn upwards */
    enum trace_mode mode;
    unsigned inputs; /* bits of enum trace_input */
    enum trace_motion motion;
    double step;      /* share of the range that a key moves by */
    double velocity;  /* shares of the range in a second */
    bool spring;      /* the stick says where; else how fast */
    double dead_zone; /* of the stick's way, that is taken as its middle */
    double gain;      /* of the stick */
    enum trace_transport transport;
    bool show_earlier;     /* one's own earlier version, under the new one */
    double idle_seconds;   /* without input; 0: never noticed */
    double settle_seconds; /* of a pass's begin that are flagged */
};

extern const char *const trace_mode_names[];
extern const char *const trace_input_names[]; /* in the order of the bits */
extern const char *const trace_motion_names[];
extern const char *const trace_transport_names[];

/* From min to max. */
double trace_range(const struct trace_dimension *dimension);

#endif
