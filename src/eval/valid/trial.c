/*
 * trial - train on these items, predict those.
 */
#include <config.h>

#include "eval/valid/trial.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

static size_t count_present(const size_t *class_of, size_t count,
                            size_t classes)
{
    bool *seen = xcalloc(classes, sizeof(*seen));
    size_t present = 0;

    for (size_t i = 0; i < count; i++) {
        present += !seen[class_of[i]];
        seen[class_of[i]] = true;
    }
    free(seen);
    return present;
}

void trial_init(struct trial *trial, const struct trial_setup *setup,
                const size_t *train, size_t train_count, const size_t *test,
                size_t test_count)
{
    const struct design *design = setup->design;
    struct normalize_items items = { .x = &design->features,
                                     .owner = design_owner(design),
                                     .owners = design_owners(design),
                                     .enrolled = design->enrolled };

    memset(trial, 0, sizeof(*trial));
    trial->setup = setup;
    trial->classes_present = 1;
    normalize_fold(&setup->normalize, &items, train, train_count, test,
                   test_count, &trial->part);
    if (setup->learner->task == LEARNER_CLASSIFY) {
        trial->class_of = xcalloc(train_count, sizeof(*trial->class_of));
        for (size_t i = 0; i < train_count; i++)
            trial->class_of[i] = design->class_of[train[i]];
        trial->classes_present =
            count_present(trial->class_of, train_count, design->classes.count);
    } else {
        trial->value = xcalloc(train_count, sizeof(*trial->value));
        for (size_t i = 0; i < train_count; i++)
            trial->value[i] = design->value[train[i]];
    }
}

void trial_release(struct trial *trial)
{
    normalized_release(&trial->part);
    free(trial->class_of);
    free(trial->value);
    memset(trial, 0, sizeof(*trial));
}

size_t trial_outputs(const struct trial_setup *setup)
{
    return setup->learner->task == LEARNER_CLASSIFY
               ? setup->design->classes.count
               : 1;
}

bool trial_run(const struct trial *trial, const double *param, struct rng *rng,
               double *score, size_t *predicted, struct error *err)
{
    const struct learner *learner = trial->setup->learner;
    struct learner_data data = { .x = &trial->part.train,
                                 .class_of = trial->class_of,
                                 .classes = trial->setup->design->classes.count,
                                 .balanced = trial->setup->balanced,
                                 .value = trial->value };
    size_t outputs = trial_outputs(trial->setup);
    void *model = learner->train(learner, &data, param, rng, err);

    if (!model)
        return false;
    for (size_t i = 0; i < trial->part.test.rows; i++) {
        double *place = score + i * outputs;

        learner->predict(model, matrix_row(&trial->part.test, i), place);
        if (predicted)
            predicted[i] = learner_best(place, outputs);
    }
    learner->free(model);
    return true;
}
