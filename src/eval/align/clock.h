/*
 * clock - by how much one stream's clock is off another's, from two signals
 * that show the same.
 *
 * At the reference's time t the other clock shows
 *
 *     t + offset + skew (t - pivot) / 1e6
 *
 * Both signals are brought to one rate; where the correlation within pieces of
 * the reference (lagged.h), all pieces together, is highest over offset and
 * skew, the clocks are taken to agree; a second pass begins from there.  The
 * uncertainty is the delete-one-piece jackknife's (t, pieces - 1 degrees of
 * freedom).
 *
 * It is refused when this height is not beyond what the same signals reach at
 * wrong times (one turned around in time by more than all that is tried), when
 * another offset fits as well within the uncertainty of the difference, and
 * when the best is at the end of what was tried.
 */
#ifndef MIEN_ALIGN_CLOCK_H
#define MIEN_ALIGN_CLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "common/stat/estimate.h"
#include "eval/feat/channel.h"

/* A clock that is right has all zero. */
struct clock {
    double pivot_s, offset_s, skew_ppm;
};

/* From the stream's own time to the reference's. */
double clock_to_reference(const struct clock *clock, double own_s);
/* What the clock shows at the reference's time. */
double clock_shows(const struct clock *clock, double t);

enum {
    CLOCK_PIECES_LEAST = 4,
    CLOCK_PIECES_MOST = 40,
    CLOCK_TURNS = 59, /* wrong times that are tried */
    CLOCK_MAX_POINTS = 20000000,
};
#define CLOCK_PIECE_S 10.0    /* at least */
#define CLOCK_MAX_RATE_HZ 100 /* unless one is asked for */
#define CLOCK_LEVEL 0.05      /* of the test against wrong times */

struct clock_plan {
    double most_s;   /* offsets are looked for in -most_s .. most_s */
    double most_ppm; /* skews too; 0: there is none */
    double rate_hz;  /* 0: the slower signal's own, at most CLOCK_MAX_RATE_HZ */
};

struct clock_found {
    bool told;          /* the clock is known */
    const char *reason; /* why it is not */
    struct clock clock; /* pivot: the reference's first sample */
    /* Half of the 95 % intervals; 0 for what was not estimated. */
    double offset_half_s, skew_half_ppm;
    double r;       /* the highest correlation, */
    double r_zero;  /* that without a correction (0: undefined), */
    double r_next;  /* and the highest elsewhere, (0: there is none) */
    double next_s;  /* at this offset */
    double p;       /* (1 + wrong times as high) / (1 + wrong times) */
    size_t pieces;  /* that say something */
    double rate_hz; /* at which the signals were compared */
};

void clock_find(const struct clock_plan *plan, const struct channel *reference,
                const struct channel *other, struct clock_found *out);

#endif
