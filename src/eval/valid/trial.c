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

/* The rows of `part`, each followed by the words of its item. */
static void append_words(const struct tfidf *fit,
                         const struct tfidf_texts *texts, const size_t *item,
                         struct matrix *part)
{
    struct matrix wide;

    matrix_init(&wide, part->rows, part->columns + fit->width);
    for (size_t i = 0; i < part->rows; i++) {
        if (part->columns)
            memcpy(matrix_row(&wide, i), matrix_row(part, i),
                   part->columns * sizeof(*wide.cell));
        tfidf_row(fit, texts, item[i], matrix_row(&wide, i) + part->columns);
    }
    matrix_release(part);
    *part = wide;
}

/* Terms and weights come from the training items alone. */
static void add_words(struct trial *trial, const size_t *train,
                      size_t train_count, const size_t *test)
{
    const struct tfidf_texts *texts = trial->setup->design->texts;
    struct tfidf fit;

    if (!texts)
        return;
    tfidf_fit(&fit, &trial->setup->words, texts, train, train_count);
    append_words(&fit, texts, train, &trial->part.train);
    append_words(&fit, texts, test, &trial->part.test);
    tfidf_release(&fit);
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
    add_words(trial, train, train_count, test);
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
