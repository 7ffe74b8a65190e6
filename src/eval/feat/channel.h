/*
 * channel - one signal between its samples, with its gaps.
 *
 * Two neighbouring samples are joined when they are no further apart than the
 * gap that is allowed; over joined samples the signal runs straight (linear)
 * or stays until the next (step).  Elsewhere it is missing: nothing is
 * invented.  A stepping signal stays for one usual step where it is not
 * joined; a straight one ends at the sample.
 */
#ifndef MIEN_FEAT_CHANNEL_H
#define MIEN_FEAT_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>

#include "eval/feat/series.h"

enum channel_method {
    CHANNEL_LINEAR,
    CHANNEL_STEP,
    CHANNEL_MEAN, /* straight; a point is the mean over its step */
};

/* "linear", "step", "mean"; ends with NULL. */
extern const char *const channel_method_names[];

/* By default gaps are allowed up to so many usual steps. */
#define CHANNEL_GAP_STEPS 3

struct channel {
    enum channel_method method;
    double *time;        /* owned; s, rising; may be moved after _init */
    const double *value; /* borrowed */
    bool *joined;        /* owned; to the next sample */
    size_t count;
    double step; /* the usual one; 0 for fewer than two samples */
    double gap;  /* the longest that is joined; s */
    size_t gaps; /* how many are longer */
};

/* `gap` in s; NAN: CHANNEL_GAP_STEPS usual steps. */
void channel_init(struct channel *channel, const struct series_curve *curve,
                  enum channel_method method, double gap);
void channel_release(struct channel *channel);

/* NAN where it is missing.  `width`: s, for the means. */
double channel_at(const struct channel *channel, double t, double width);

/*
 * The same, but a straight channel runs smoothly: by the cubic through four
 * joined samples whose slopes are those of the parabolas through three
 * (Catmull and Rom's, for irregular steps).  Straight lines would put what
 * changes within a few samples at a wrong time.
 */
double channel_smooth_at(const struct channel *channel, double t, double width);

/* Over a window, each moment weighing the same. */
struct channel_window {
    double valid_s; /* how long the signal is there */
    /* NAN when it never is. */
    double mean, sd; /* of the population of moments */
    double least, most;
    double slope; /* of the line of least squares; a second */
};

void channel_over(const struct channel *channel, double from, double to,
                  struct channel_window *out);

#endif
