/*
 * frame_set - sets that give a row a frame, with its time: for models of
 * sequences and for looking at.
 *
 *   lld                   the descriptors of `basic` and the contours of
 *                         `mien`, before functionals; the time is the
 *                         frame's middle
 *   egemaps-compat-lld    the 25 of eGeMAPSv02, smoothed over three frames as
 *                         the reference does; the time is the frame's begin
 *
 * Missing is NAN in the first; the second has the reference's 0 where a frame
 * has no voice (and -201 for levels).
 */
#ifndef MIEN_FEAT_FRAME_SET_H
#define MIEN_FEAT_FRAME_SET_H

#include <stddef.h>

#include "eval/feat/registry.h"

struct frames {    /* zero-initialised is empty */
    double *time;  /* owned: seconds since the item's begin */
    double *value; /* owned: row by row */
    size_t rows, room, columns;
};

struct frame_set {
    const char *name;
    const char *version; /* changes whenever a number does */
    const char *summary;
    const char *rate;                     /* "native" or Hz */
    const struct descriptor *descriptors; /* a column each */
    const struct descriptor *more;        /* of columns from here on, or NULL */
    size_t more_from;
    size_t count; /* of columns */
    bool (*measure)(const struct frame_set *set,
                    const struct feature_item *item, struct frames *frames,
                    struct error *err);
};

/* In frame_lld.c. */
extern const struct frame_set frame_lld;

const struct descriptor *frame_set_column(const struct frame_set *set,
                                          size_t column);

/* Ends with NULL. */
extern const struct frame_set *const frame_sets[];

/* NULL when there is none of that name. */
const struct frame_set *frame_set_find(const char *name);

/* The row's values, to be filled in; borrowed until the next row. */
double *frames_add(struct frames *frames, double time);
void frames_release(struct frames *frames);

#endif
