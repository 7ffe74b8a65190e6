/*
 * warped - a stream's time bent to the reference's, within a window: for
 * signals whose delay wanders, such as reactions.
 *
 * Dynamic time warping (Sakoe and Chiba 1978, see common/stat/curve_agree.h)
 * of two signals that show the same, over each run of time in which both are
 * there.  Warping makes any two signals alike, so a run is only bent when the
 * two are nearer than with one of them turned to wrong times.
 */
#ifndef MIEN_ALIGN_WARPED_H
#define MIEN_ALIGN_WARPED_H

#include <stdbool.h>
#include <stddef.h>

#include "eval/feat/channel.h"

enum { WARPED_TURNS = 39 };
#define WARPED_LEVEL 0.05
#define WARPED_MAX_CELLS 5e8

struct warped_found {
    bool told;          /* a run at least was bent */
    const char *reason; /* why none was */
    size_t runs, bent;  /* long enough to be tried; of these */
    double similarity;  /* of the longest run; see curve_agree.h */
    double p;           /* of it */
    double most_s;      /* the furthest that a moment was moved */
    size_t knots;
    double *own, *reference; /* owned: of the stream's times, rising; s */
};

/* Both on the reference's clock; `rate` 0: as clock_find(). */
void warped_find(double window_s, double rate, const struct channel *reference,
                 const struct channel *other, struct warped_found *out);
void warped_release(struct warped_found *found);

/* Moves the times of a channel. */
void warped_move(const struct warped_found *found, struct channel *channel);

#endif
