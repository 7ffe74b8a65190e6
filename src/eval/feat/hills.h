/*
 * hills - how a contour climbs and falls.
 *
 * Turning points are those that the contour moves away from by `least` and
 * more; a piece runs from one to the next, or to the end of its run.  No piece
 * goes over a gap (NAN).
 */
#ifndef MIEN_FEAT_HILLS_H
#define MIEN_FEAT_HILLS_H

#include <stdint.h>

struct hills {
    /* Units a second, both positive; NAN: there is no such piece. */
    double rise_mean, rise_sd;
    double fall_mean, fall_sd;
    int64_t tops; /* between a rise and a fall */
};

/* `step`: seconds between values. */
void hills_of(const double *value, int64_t count, double step, double least,
              struct hills *out);
/* Where the tops are, at most (count + 1) / 2; returns how many. */
int64_t hills_tops(const double *value, int64_t count, double least,
                   int64_t *at);

#endif
