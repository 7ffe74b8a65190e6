/*
 * agree_segments - `agree --segments`: do annotators mark the same stretches
 * of time, with the same labels?
 */
#ifndef MIEN_EVAL_AGREE_SEGMENTS_H
#define MIEN_EVAL_AGREE_SEGMENTS_H

#include "common/base/error.h"
#include "eval/ratings_source.h"

struct agree_segments {
    const struct ratings_source *ratings; /* columns, --only */
    const char *tier;                     /* its column */
    double unit;                          /* of time; s */
    bool unmatched;                       /* a table of them, too */
    double overlap; /* below which a segment counts as unmatched */
    size_t top;     /* of that table; 0: all */
    double level, min;
    int format;
};

/* Reads and prints; the exit status. */
int agree_segments(const struct agree_segments *settings, int argc, char **argv,
                   struct error *err);

#endif
