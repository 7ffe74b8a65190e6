/*
 * segments - how long runs of voiced (or of unvoiced) frames are.
 *
 * A run begins with three frames in a row and goes on over gaps of one frame;
 * one that touches the end of the sound loses a frame.
 */
#ifndef MIEN_FEAT_SEGMENTS_H
#define MIEN_FEAT_SEGMENTS_H

#include <stdbool.h>
#include <stdint.h>

struct segments {
    int64_t count;
    double sum, square; /* of the lengths in frames */
    /* The run that goes on. */
    int64_t length; /* without the gap after it; 0: none */
    int64_t gap;
};

/* Zero-initialised is ready. */
void segments_push(struct segments *segments, bool inside);
void segments_finish(struct segments *segments);

/* Frames; 0 when there is none. */
double segments_mean(const struct segments *segments);
double segments_sd(const struct segments *segments);

#endif
