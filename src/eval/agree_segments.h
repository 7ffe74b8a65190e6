/*
 * agree_segments - `agree --segments`: do annotators mark the same stretches
 * of time, with the same labels?
 */
#ifndef MIEN_EVAL_AGREE_SEGMENTS_H
#define MIEN_EVAL_AGREE_SEGMENTS_H

#include "common/base/error.h"
#include "common/report/segments_report.h"
#include "eval/ratings_source.h"

struct agree_segments {
    const struct ratings_source *ratings; /* columns, --only */
    const char *tier;                     /* its column */
    const struct text_list *by;           /* columns that make groups */
    const char *cluster;                  /* a column, or NULL */
    struct segments_settings report;
    int format;
};

/* Reads and prints; the exit status. */
int agree_segments(const struct agree_segments *settings, int argc, char **argv,
                   struct error *err);

#endif
