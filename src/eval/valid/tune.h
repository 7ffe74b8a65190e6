/*
 * tune - which parameter values are best, judged inside the training part.
 *
 * The training items are split again, by the same groups, and each point of
 * the grid predicts each of them once.  The best point has the highest UAR
 * (CCC where numbers are predicted) over all of these predictions; of points
 * that are as good the first, where the grid puts small values of a cost
 * such as C before large ones and keeps the order given for the rest.
 */
#ifndef MIEN_VALID_TUNE_H
#define MIEN_VALID_TUNE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/base/rng.h"
#include "common/base/text.h"
#include "eval/valid/trial.h"

struct tune_axis {
    const struct learner_param *param; /* borrowed */
    double *value;                     /* owned */
    size_t count;
    size_t capacity;
};

/* One axis for each parameter of the learner, in its order. */
struct tune_grid {
    struct tune_axis axis[LEARNER_MAX_PARAMS];
    size_t axes;
    size_t points;
};

/* From "C=0.01,0.1" and the like; what is not given has its one default. */
bool tune_grid_parse(struct tune_grid *grid, const struct learner *learner,
                     const struct text_list *given, struct error *err);
void tune_grid_release(struct tune_grid *grid);
/* The values of a point; the last axis runs fastest. */
void tune_grid_point(const struct tune_grid *grid, size_t point, double *param);

struct tune_result {
    size_t best;   /* the point */
    size_t folds;  /* inner folds; 0 when there was nothing to choose */
    size_t lone;   /* inner folds with one class in training: it was said */
    double *score; /* owned: one a point; NAN where undefined */
};

/*
 * Chooses among the training items only.  `folds` is lowered to the number
 * of groups.  `shuffle` deals the groups by chance.  Fails when there is a
 * choice but only one group.
 */
bool tune_choose(const struct trial_setup *setup, const struct tune_grid *grid,
                 const size_t *train, size_t train_count, size_t folds,
                 bool shuffle, struct rng *rng, struct tune_result *result,
                 struct error *err);
void tune_result_release(struct tune_result *result);

#endif
