/*
 * metrics - the table of scores: name, range, and how each is read.
 *
 * A new metric is one row of the table in metrics.c; score, gate and cv find
 * it there.
 */
#ifndef MIEN_SCORE_METRICS_H
#define MIEN_SCORE_METRICS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/stat/estimate.h"
#include "eval/score/predictions.h"
#include "eval/score/tally.h"

/* Stands where a metric has no class of its own. */
#define METRIC_NO_LABEL ((size_t)-1)

/* What the number is about, which decides who must support it. */
enum metric_about {
    METRIC_ABOUT_ITEMS,     /* all items alike: accuracy, ccc */
    METRIC_ABOUT_CLASSES,   /* a mean over classes: uar, f1_macro */
    METRIC_ABOUT_TRUTH,     /* the items of one class: recall, f1 */
    METRIC_ABOUT_PREDICTED, /* the items predicted as one: precision */
};

struct metric {
    const char *name;  /* in files: "f1_macro" */
    const char *alias; /* another name that is understood, or NULL */
    const char *title; /* on screens */
    enum predictions_task task;
    enum metric_about about;
    bool lower_is_better;
    double low, high; /* what it can be at all */
    /*
     * `label` for a metric of one class; `among` (one place a class, or
     * NULL) narrows a mean over classes.
     */
    struct estimate (*compute)(const struct tally_sums *sums, size_t label,
                               const bool *among);
};

/* All, in the order in which they are shown; ends with a NULL name. */
extern const struct metric metrics[];

bool metric_has_label(const struct metric *metric);
/* By name or alias; NULL. */
const struct metric *metric_find(const char *name);
/* The one that stands for a task: uar, ccc. */
const struct metric *metric_leading(enum predictions_task task);

#endif
