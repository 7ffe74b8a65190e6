/*
 * trial - train on these items, predict those.
 *
 * Features are normalised and filled once for the two sets; any number of
 * parameter values can then be tried on them.
 */
#ifndef MIEN_VALID_TRIAL_H
#define MIEN_VALID_TRIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/base/rng.h"
#include "eval/learn/design.h"
#include "eval/learn/learner.h"
#include "eval/learn/normalize.h"

/* What all trials of a run share; borrowed. */
struct trial_setup {
    const struct design *design;
    const struct learner *learner;
    struct normalize_settings normalize;
    struct tfidf_settings words; /* where the design has texts */
    bool balanced;
};

struct trial {
    const struct trial_setup *setup;
    struct normalized part; /* owned */
    size_t *class_of;       /* owned: of the training items; or */
    double *value;          /* owned */
    size_t classes_present; /* in training; 1 where there are no classes */
};

/* Numbers of items; both sets have at least one. */
void trial_init(struct trial *trial, const struct trial_setup *setup,
                const size_t *train, size_t train_count, const size_t *test,
                size_t test_count);
void trial_release(struct trial *trial);

/* How many scores a prediction has. */
size_t trial_outputs(const struct trial_setup *setup);

/*
 * Trains with these parameters and predicts each test item: `score` has
 * trial_outputs() places an item, `predicted` (NULL for numbers) one.
 */
bool trial_run(const struct trial *trial, const double *param, struct rng *rng,
               double *score, size_t *predicted, struct error *err);

#endif
