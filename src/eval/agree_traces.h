/*
 * agree_traces - `agree --traces`: how far continuous ratings agree.
 */
#ifndef MIEN_EVAL_AGREE_TRACES_H
#define MIEN_EVAL_AGREE_TRACES_H

#include "eval/curve_source.h"

struct agree_traces {
    const struct curve_source *source;
    const struct ratings_source *ratings;
    bool annotators;   /* a table of them, too */
    double penalty;    /* CCC a second of lag */
    double warp;       /* window of the warping; s */
    int64_t shifts;    /* of its baseline */
    double bin;        /* of qualitative agreement; s */
    double level, min; /* min below -1: not asked for */
    int format;
};

/* Reads and prints; the exit status. */
int agree_traces(const struct agree_traces *settings, int argc, char **argv,
                 struct error *err);

#endif
