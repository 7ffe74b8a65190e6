/*
 * pace - steady host times for callbacks that come with a jitter.
 *
 * A device takes its frames at an even pace, but the callback that asks for
 * them is woken early or late by a millisecond or so.  Each callback's time
 * is predicted from the frames before it and corrected by a small share of
 * what was measured; after a gap it starts afresh.
 */
#ifndef MIEN_PLAY_PACE_H
#define MIEN_PLAY_PACE_H

#include <stdint.h>

struct pace {
    int rate;       /* Hz */
    int started;    /* 0 before the first step */
    double next_us; /* when the next callback is expected */
};

/* The steady host time of a callback that was called at `host_us`. */
int64_t pace_step(struct pace *pace, int64_t host_us, int frames);

#endif
