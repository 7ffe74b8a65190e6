/*
 * cv - cross-validation: every item is predicted by a model that never saw
 * its group.
 */
#include <config.h>

#include "eval/valid/cv.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/pool.h"
#include "common/base/progress.h"
#include "eval/valid/cv_internal.h"

struct cv_work {
    const struct cv_settings *settings;
    struct cv_result *result;
    struct progress *progress;
};

static struct split_items items_of(const struct cv_settings *settings)
{
    const struct design *design = settings->setup.design;

    return (struct split_items){ .count = design->count,
                                 .class_of = design->class_of,
                                 .classes = design->classes.count,
                                 .group = design->group,
                                 .groups = design->groups.count,
                                 .group_name = settings->group_name };
}

static bool make_folds(const struct cv_settings *settings,
                       struct cv_result *result, struct error *err)
{
    struct split_items items = items_of(settings);
    struct rng *rng =
        settings->shuffle ? rng_new(settings->seed, "folds") : NULL;
    bool done;

    if (settings->folds == 0)
        done = split_leave_one(&items, &result->split, err);
    else if (items.class_of)
        done = split_strata(&items, settings->folds, rng, &result->split, err);
    else
        done = split_sizes(&items, settings->folds, rng, &result->split, err);
    rng_free(rng);
    if (done)
        result->imbalance =
            items.class_of ? split_imbalance(&result->split, &items) : NAN;
    return done;
}

/* The classes that no training item has. */
static void look_for_classes(const struct cv_settings *settings,
                             const struct split *split, size_t number,
                             struct cv_fold *fold)
{
    const struct design *design = settings->setup.design;

    if (!design->class_of)
        return;
    fold->lacks = xcalloc(design->classes.count, sizeof(*fold->lacks));
    for (size_t k = 0; k < design->classes.count; k++)
        fold->lacks[k] = true;
    for (size_t i = 0; i < design->count; i++)
        if (split->fold[i] != number)
            fold->lacks[design->class_of[i]] = false;
    for (size_t k = 0; k < design->classes.count; k++)
        fold->lacking += fold->lacks[k];
}

static bool two_classes_remain(const struct cv_settings *settings,
                               const struct cv_fold *fold, struct error *err)
{
    const struct design *design = settings->setup.design;
    size_t only = 0;

    if (!design->class_of || design->classes.count - fold->lacking >= 2)
        return true;
    while (fold->lacks[only])
        only++;
    return error_set(err, ERROR_INPUT,
                     "fold \"%s\": all of its %zu training items are \"%s\", "
                     "and a model needs two classes to tell apart; ask for "
                     "other folds, or look at how %s and class hang together",
                     fold->name, fold->train, design->classes.item[only],
                     settings->group_name);
}

/*
 * What a fold is, before anything is trained.  Groups must be whole: an
 * assertion, since the split promises it.
 */
static bool describe_fold(const struct cv_settings *settings,
                          struct cv_result *result, size_t number,
                          struct error *err)
{
    const struct design *design = settings->setup.design;
    const struct split *split = &result->split;
    struct cv_fold *fold = &result->fold[number];
    size_t group = 0;

    assert(split_shared(split, number, design->group, design->groups.count) ==
           0);
    for (size_t i = 0; i < design->count; i++) {
        if (split->fold[i] != number)
            continue;
        group = design->group[i];
        fold->test++;
        fold->enrolled += design->enrolled[i];
    }
    fold->train = design->count - fold->test;
    fold->name = settings->folds ? xasprintf("%zu", number + 1)
                                 : xstrdup(design->groups.item[group]);
    if (design->speaker)
        fold->shared_speakers = split_shared(split, number, design->speaker,
                                             design->speakers.count);
    look_for_classes(settings, split, number, fold);
    return two_classes_remain(settings, fold, err);
}

static void keep_counts(struct cv_fold *fold, const struct normalized *part)
{
    fold->filled_train = part->filled_train;
    fold->cells_train = part->cells_train;
    fold->filled_test = part->filled_test;
    fold->cells_test = part->cells_test;
    fold->empty_columns = part->empty_columns;
    fold->constant_columns = part->constant_columns;
    fold->bare_speakers = part->bare_speakers;
}

/* The items outside and inside of a fold. */
static void part_items(const struct split *split, size_t number, size_t *train,
                       size_t *test)
{
    for (size_t i = 0; i < split->count; i++)
        if (split->fold[i] == number)
            *test++ = i;
        else
            *train++ = i;
}

static bool predict_fold(const struct cv_settings *settings,
                         struct cv_result *result, struct cv_fold *fold,
                         const size_t *train, const size_t *test,
                         struct rng *rng, struct error *err)
{
    size_t outputs = result->outputs;
    double *score = xcalloc(fold->test * outputs, sizeof(*score));
    size_t *predicted = xcalloc(fold->test, sizeof(*predicted));
    struct trial trial;
    bool done;

    trial_init(&trial, &settings->setup, train, fold->train, test, fold->test);
    keep_counts(fold, &trial.part);
    done = trial_run(&trial, fold->param, rng, score,
                     result->predicted ? predicted : NULL, err);
    for (size_t i = 0; i < fold->test && done; i++) {
        memcpy(result->score + test[i] * outputs, score + i * outputs,
               outputs * sizeof(*score));
        if (result->predicted)
            result->predicted[test[i]] = predicted[i];
    }
    trial_release(&trial);
    free(score);
    free(predicted);
    return done;
}

static bool run_fold(void *context, size_t number, struct error *err)
{
    struct cv_work *work = context;
    const struct cv_settings *settings = work->settings;
    struct cv_fold *fold = &work->result->fold[number];
    char *stream = xasprintf("fold/%zu", number);
    struct rng *rng = rng_new(settings->seed, stream);
    size_t *train = xcalloc(fold->train + 1, sizeof(*train));
    size_t *test = xcalloc(fold->test + 1, sizeof(*test));
    bool done;

    part_items(&work->result->split, number, train, test);
    done =
        tune_choose(&settings->setup, &settings->grid, train, fold->train,
                    settings->inner, settings->shuffle, rng, &fold->tuned, err);
    if (done) {
        tune_grid_point(&settings->grid, fold->tuned.best, fold->param);
        done =
            predict_fold(settings, work->result, fold, train, test, rng, err);
    }
    if (!done && err->code != ERROR_INTERRUPTED)
        error_prefix(err, "fold \"%s\"", fold->name);
    progress_step(work->progress, 1);
    rng_free(rng);
    free(stream);
    free(train);
    free(test);
    return done;
}

static bool run_folds(const struct cv_settings *settings,
                      struct cv_result *result, struct error *err)
{
    const struct design *design = settings->setup.design;
    struct cv_work work = { .settings = settings, .result = result };
    bool done;

    result->outputs = trial_outputs(&settings->setup);
    result->score =
        xcalloc(design->count * result->outputs, sizeof(*result->score));
    if (design->class_of)
        result->predicted = xcalloc(design->count, sizeof(*result->predicted));
    if (settings->setup.learner->prepare)
        settings->setup.learner->prepare();
    work.progress =
        progress_new("cross-validating", "folds", result->split.folds);
    done = pool_run(settings->jobs, result->split.folds, run_fold, &work, err);
    progress_free(work.progress);
    return done;
}

bool cv_run(const struct cv_settings *settings, struct cv_result *result,
            struct error *err)
{
    memset(result, 0, sizeof(*result));
    if (!make_folds(settings, result, err))
        goto failed;
    result->fold = xcalloc(result->split.folds, sizeof(*result->fold));
    result->speaker_independent = settings->setup.design->speaker != NULL;
    for (size_t i = 0; i < result->split.folds; i++) {
        if (!describe_fold(settings, result, i, err))
            goto failed;
        if (result->fold[i].shared_speakers)
            result->speaker_independent = false;
    }
    if (!run_folds(settings, result, err))
        goto failed;
    cv_warn(settings, result);
    return true;

failed:
    cv_result_release(result);
    return false;
}

void cv_result_release(struct cv_result *result)
{
    for (size_t i = 0; result->fold && i < result->split.folds; i++) {
        free(result->fold[i].name);
        free(result->fold[i].lacks);
        tune_result_release(&result->fold[i].tuned);
    }
    free(result->fold);
    free(result->score);
    free(result->predicted);
    split_release(&result->split);
    text_list_release(&result->warnings);
    memset(result, 0, sizeof(*result));
}
