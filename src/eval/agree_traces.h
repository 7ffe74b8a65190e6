/*
 * agree_traces - `agree --traces`: how far continuous ratings agree.
 */
#ifndef MIEN_EVAL_AGREE_TRACES_H
#define MIEN_EVAL_AGREE_TRACES_H

#include "common/report/traces_report.h"
#include "eval/curve_source.h"

struct agree_traces {
    const struct curve_source *source;
    const struct ratings_source *ratings;
    struct traces_settings report; /* its look is the source's */
    int format;
};

/* Reads and prints; the exit status. */
int agree_traces(const struct agree_traces *settings, int argc, char **argv,
                 struct error *err);

#endif
