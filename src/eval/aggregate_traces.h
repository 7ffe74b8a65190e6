/*
 * aggregate_traces - `aggregate --traces`: one trace from those of several
 * annotators.
 */
#ifndef MIEN_EVAL_AGGREGATE_TRACES_H
#define MIEN_EVAL_AGGREGATE_TRACES_H

#include "common/stat/consensus.h"
#include "eval/curve_source.h"

struct aggregate_traces {
    const struct curve_source *source;
    const struct ratings_source *ratings;
    enum consensus_rule rule;     /* mean or ewe */
    bool leave_one_out;           /* ewe */
    const char *weights, *output; /* files; weights may be NULL */
    int format;                   /* of the summary */
};

/* Writes the tables, prints the summary.  False with `err` filled. */
bool aggregate_traces(const struct aggregate_traces *settings, int argc,
                      char **argv, struct error *err);

#endif
