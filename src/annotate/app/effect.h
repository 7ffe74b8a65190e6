/*
 * effect - what update() wants done; the loop does it, in order.
 */
#ifndef MIEN_APP_EFFECT_H
#define MIEN_APP_EFFECT_H

#include <stddef.h>
#include <stdint.h>

#include "common/study/event.h"

enum effect_kind {
    EFFECT_APPEND,   /* to the journal: event_kind .. payload */
    EFFECT_OPEN,     /* find and load the medium of `entry` */
    EFFECT_PREFETCH, /* the same, ahead of time */
    EFFECT_PLAY,     /* on from where it is */
    EFFECT_REPLAY,   /* from the beginning */
    EFFECT_PAUSE,
    EFFECT_STOP,   /* no medium any more */
    EFFECT_SEEK,   /* to at_us, playing or not */
    EFFECT_LOOP,   /* number: 1 on, 0 off */
    EFFECT_PART,   /* at_us to to_us, once, and stop there */
    EFFECT_REPEAT, /* at_us to to_us over and over */
    EFFECT_SPEED,  /* number: media time by time heard */
    EFFECT_VOLUME, /* number: the gain, 0 .. 1 */
    EFFECT_STEP,   /* number: pictures to go on by, -1 or 1 */
    EFFECT_SAMPLE, /* write the model's trace.fresh */
    EFFECT_TRACES, /* read what there is of question `number` of `entry` */
    EFFECT_REVEAL, /* the case of `entry`, which was judged */
    EFFECT_JUDGE,  /* number: enum court_deed; entry: question; at_us: choice;
                      payload: why, or NULL */
    EFFECT_BEEP,
    EFFECT_REDRAW,
    EFFECT_SUSPEND,
    EFFECT_QUIT,
};

struct effect {
    enum effect_kind kind;
    size_t entry;
    int64_t at_us, to_us;
    double number;
    enum event_kind event_kind;
    int64_t mono_us;  /* of the event */
    int64_t media_us; /* of the event */
    char *payload;    /* owned */
};

/* Zero-initialised is empty. */
struct effects {
    struct effect *item; /* owned */
    size_t count, capacity;
};

void effects_add(struct effects *effects, enum effect_kind kind);
void effects_add_at(struct effects *effects, enum effect_kind kind,
                    int64_t at_us);
void effects_add_part(struct effects *effects, enum effect_kind kind,
                      int64_t at_us, int64_t to_us);
void effects_add_entry(struct effects *effects, enum effect_kind kind,
                       size_t entry);
void effects_add_number(struct effects *effects, enum effect_kind kind,
                        double number);
void effects_clear(struct effects *effects);
void effects_release(struct effects *effects);

#endif
