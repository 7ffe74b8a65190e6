/*
 * agree_traces_internal - what measuring and printing agreement of traces
 * share.
 */
#ifndef MIEN_EVAL_AGREE_TRACES_INTERNAL_H
#define MIEN_EVAL_AGREE_TRACES_INTERNAL_H

#include "common/stat/curve_agree.h"
#include "eval/agree_traces.h"

/* One item and dimension. */
struct traces_piece {
    struct curve_panel panel; /* no points: `reason` */
    const char *reason;
    struct curve_means means;
    struct curve_qa qa;
};

/* One annotator in one dimension: means over items, of those defined. */
struct traces_person {
    size_t items;
    struct estimate ccc, pearson, lagged, shift, warp, p;
};

struct traces_report {
    const struct agree_traces *settings;
    const char *name;
    struct curve_view view;
    struct traces_piece *piece; /* owned; [dimension * items + item] */
    struct traces_person
        *person; /* owned; [dimension * raters + rater], or NULL */
};

/* Mean CCC of a dimension's items, and half its t interval where there are
   two. */
struct estimate traces_mean_ccc(const struct traces_report *report,
                                size_t dimension, double *half, size_t *count);
bool traces_print(const struct traces_report *report, struct error *err);

#endif
