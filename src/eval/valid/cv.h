/*
 * cv - cross-validation: every item is predicted by a model that never saw
 * its group.
 *
 * Folds run in parallel; each has its own named stream of chance and writes
 * its results by number, so that they are the same with any number of jobs.
 * What a reader of the scores must know (a class that is missing in
 * training, speakers on both sides, a transductive normalisation) is kept
 * with the result and put into `warnings`.
 */
#ifndef MIEN_VALID_CV_H
#define MIEN_VALID_CV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/base/text.h"
#include "eval/learn/design.h"
#include "eval/valid/split.h"
#include "eval/valid/trial.h"
#include "eval/valid/tune.h"

struct cv_settings {
    struct trial_setup setup;
    struct tune_grid grid;    /* borrowed values */
    const char *group_name;   /* the column, for messages */
    const char *normalize_by; /* the same of --normalize-by, or NULL */
    size_t folds;             /* 0: leave one group out */
    bool shuffle;             /* deal the groups to folds by chance */
    size_t inner;             /* folds of the search */
    uint64_t seed;
    int jobs; /* 0: one for each processor */
};

struct cv_fold {
    char *name; /* owned: the group that is left out, or a number from 1 */
    size_t train;
    size_t test;     /* items in it, of which */
    size_t enrolled; /* this many are not scored */
    double param[LEARNER_MAX_PARAMS];
    struct tune_result tuned;
    bool *lacks;            /* owned: classes without an item in training */
    size_t lacking;         /* how many of the classes */
    size_t shared_speakers; /* in training and in test */

    /* From normalising and filling; see normalize.h. */
    size_t filled_train, cells_train;
    size_t filled_test, cells_test;
    size_t empty_columns, constant_columns, bare_speakers;
};

struct cv_result {
    struct split split;
    double imbalance;     /* NAN where there are no classes */
    struct cv_fold *fold; /* owned; split.folds */

    size_t outputs;
    double *score;     /* owned: items x outputs */
    size_t *predicted; /* owned; NULL for numbers: score holds them */

    /* No speaker is in training and test of any fold; false if unknown. */
    bool speaker_independent;
    struct text_list warnings;
};

/* The design's speakers and classes; see cv_settings for the rest. */
bool cv_run(const struct cv_settings *settings, struct cv_result *result,
            struct error *err);
void cv_result_release(struct cv_result *result);

#endif
