/*
 * pitch_internal - candidates and the path through them; private to signal.
 */
#ifndef MIEN_SIGNAL_PITCH_INTERNAL_H
#define MIEN_SIGNAL_PITCH_INTERNAL_H

#include <stdint.h>

#include "common/signal/pitch.h"

enum { PITCH_CANDIDATES = 15 }; /* the first is "unvoiced" */

struct pitch_candidate {
    float hz; /* 0: unvoiced */
    float strength;
    float local; /* what it is worth on its own: R of equations 23, 24 */
};

struct pitch_frame {
    struct pitch_candidate candidate[PITCH_CANDIDATES];
    uint8_t count;
    uint8_t back[PITCH_CANDIDATES]; /* the best one before each */
};

/* The path with the highest sum; its values into `out`. */
void pitch_path(const struct pitch_settings *settings,
                struct pitch_frame *frame, int64_t count,
                struct pitch_value *out);

#endif
