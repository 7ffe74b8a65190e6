/*
 * tune - which parameter values are best, judged inside the training part.
 */
#include <config.h>

#include "eval/valid/tune.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/stat/ccc.h"
#include "eval/score/classify.h"
#include "eval/valid/split.h"

enum { MAX_POINTS = 10000 };

static struct tune_axis *axis_called(struct tune_grid *grid, const char *name,
                                     const struct learner *learner,
                                     struct error *err)
{
    const char *names[LEARNER_MAX_PARAMS + 1] = { NULL };
    struct buf known = { 0 };

    for (size_t i = 0; i < grid->axes; i++) {
        names[i] = grid->axis[i].param->name;
        if (strcmp(names[i], name) == 0) {
            buf_release(&known);
            return &grid->axis[i];
        }
        buf_addf(&known, "%s%s", i ? ", " : "", names[i]);
    }
    error_set(err, ERROR_USAGE,
              "--param: the model \"%s\" has no parameter \"%s\"; it has: %s",
              learner->name, name, buf_text(&known));
    buf_release(&known);
    return NULL;
}

static bool axis_add(struct tune_axis *axis, const char *text,
                     struct error *err)
{
    double value;

    if (!number_parse(text, &value) || value < 0 ||
        (value <= 0 && !axis->param->zero))
        return error_set(
            err, ERROR_USAGE, "--param: %s is \"%s\", expected a number %s 0",
            axis->param->name, text, axis->param->zero ? "from" : "above");
    for (size_t i = 0; i < axis->count; i++)
        if (axis->value[i] == value)
            return error_set(err, ERROR_USAGE,
                             "--param: %s has the value %s twice",
                             axis->param->name, text);
    if (axis->count == axis->capacity) {
        axis->capacity = axis->capacity ? axis->capacity * 2 : 8;
        axis->value =
            xreallocarray(axis->value, axis->capacity, sizeof(*axis->value));
    }
    axis->value[axis->count++] = value;
    return true;
}

static bool axis_parse(struct tune_grid *grid, const char *text,
                       const struct learner *learner, struct error *err)
{
    const char *equals = strchr(text, '=');
    struct text_list values = { 0 };
    struct tune_axis *axis;
    char *name;
    bool done = true;

    if (!equals || equals == text || !equals[1])
        return error_set(err, ERROR_USAGE,
                         "--param: \"%s\" must be NAME=VALUE,... such as "
                         "C=0.01,0.1,1",
                         text);
    name = xstrndup(text, (size_t)(equals - text));
    axis = axis_called(grid, name, learner, err);
    if (axis) {
        text_list_split(&values, equals + 1, ',');
        for (size_t i = 0; i < values.count && done; i++)
            done = axis_add(axis, values.item[i], err);
    }
    text_list_release(&values);
    free(name);
    return axis && done;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

bool tune_grid_parse(struct tune_grid *grid, const struct learner *learner,
                     const struct text_list *given, struct error *err)
{
    memset(grid, 0, sizeof(*grid));
    grid->axes = learner_param_count(learner);
    grid->points = 1;
    assert(grid->axes <= LEARNER_MAX_PARAMS);
    for (size_t i = 0; i < grid->axes; i++)
        grid->axis[i].param = &learner->params[i];
    for (size_t i = 0; i < given->count; i++)
        if (!axis_parse(grid, given->item[i], learner, err))
            goto failed;
    for (size_t i = 0; i < grid->axes; i++) {
        struct tune_axis *axis = &grid->axis[i];

        if (axis->count == 0) {
            axis->value = xcalloc(1, sizeof(*axis->value));
            axis->value[axis->count++] = axis->param->fallback;
        }
        if (axis->param->smallest)
            qsort(axis->value, axis->count, sizeof(*axis->value), by_value);
        if (axis->count > MAX_POINTS / grid->points) {
            error_set(err, ERROR_LIMIT,
                      "--param: more than %d combinations of values",
                      MAX_POINTS);
            goto failed;
        }
        grid->points *= axis->count;
    }
    return true;

failed:
    tune_grid_release(grid);
    return false;
}

void tune_grid_release(struct tune_grid *grid)
{
    for (size_t i = 0; i < grid->axes; i++)
        free(grid->axis[i].value);
    memset(grid, 0, sizeof(*grid));
}

void tune_grid_point(const struct tune_grid *grid, size_t point, double *param)
{
    assert(point < grid->points);
    for (size_t i = grid->axes; i-- > 0;) {
        const struct tune_axis *axis = &grid->axis[i];

        param[i] = axis->value[point % axis->count];
        point /= axis->count;
    }
}

/* The training items of one outer fold, and what each point says of them. */
struct search {
    const struct trial_setup *setup;
    const struct tune_grid *grid;
    const size_t *item; /* borrowed */
    size_t count;
    struct split split; /* owned */
    size_t *predicted;  /* owned: points x count; or */
    double *value;      /* owned: the same */
};

static size_t count_groups(const struct design *design, const size_t *item,
                           size_t count)
{
    bool *seen = xcalloc(design->groups.count, sizeof(*seen));
    size_t groups = 0;

    for (size_t i = 0; i < count; i++) {
        groups += !seen[design->group[item[i]]];
        seen[design->group[item[i]]] = true;
    }
    free(seen);
    return groups;
}

static bool split_inside(struct search *search, size_t folds, struct rng *rng,
                         struct error *err)
{
    const struct design *design = search->setup->design;
    bool classify = search->setup->learner->task == LEARNER_CLASSIFY;
    size_t groups = count_groups(design, search->item, search->count);
    size_t *class_of = xcalloc(search->count, sizeof(*class_of));
    size_t *group = xcalloc(search->count, sizeof(*group));
    struct split_items items = { .count = search->count,
                                 .class_of = class_of,
                                 .classes = design->classes.count,
                                 .group = group,
                                 .groups = design->groups.count,
                                 .group_name = "group" };
    bool done = false;

    for (size_t i = 0; i < search->count; i++) {
        class_of[i] = classify ? design->class_of[search->item[i]] : 0;
        group[i] = design->group[search->item[i]];
    }
    if (groups < 2)
        error_set(err, ERROR_INPUT,
                  "there are several parameter values to choose from, but "
                  "only one group in training: give one value of each with "
                  "--param, or ask for more folds");
    else if (classify)
        done = split_strata(&items, folds < groups ? folds : groups, rng,
                            &search->split, err);
    else
        done = split_sizes(&items, folds < groups ? folds : groups, rng,
                           &search->split, err);
    free(class_of);
    free(group);
    return done;
}

/* The two parts of one inner fold, as items and as places in the search. */
struct parts {
    size_t *train; /* owned: items */
    size_t *test;  /* owned: items */
    size_t *place; /* owned: of each test item */
    size_t train_count;
    size_t test_count;
};

static void part_inside(const struct search *search, size_t fold,
                        struct parts *parts)
{
    parts->train = xcalloc(search->count, sizeof(*parts->train));
    parts->test = xcalloc(search->count, sizeof(*parts->test));
    parts->place = xcalloc(search->count, sizeof(*parts->place));
    parts->train_count = parts->test_count = 0;
    for (size_t i = 0; i < search->count; i++) {
        if (search->split.fold[i] == fold) {
            parts->place[parts->test_count] = i;
            parts->test[parts->test_count++] = search->item[i];
        } else {
            parts->train[parts->train_count++] = search->item[i];
        }
    }
}

/* One class in training: all that can be learned is to answer it. */
static void answer_only_class(struct search *search, const struct trial *trial,
                              const struct parts *parts)
{
    for (size_t point = 0; point < search->grid->points; point++)
        for (size_t i = 0; i < parts->test_count; i++)
            search->predicted[point * search->count + parts->place[i]] =
                trial->class_of[0];
}

static bool try_points(struct search *search, const struct trial *trial,
                       const struct parts *parts, struct rng *rng,
                       struct error *err)
{
    size_t outputs = trial_outputs(search->setup);
    double *score = xcalloc(parts->test_count * outputs, sizeof(*score));
    size_t *predicted = xcalloc(parts->test_count, sizeof(*predicted));
    bool done = true;

    for (size_t point = 0; point < search->grid->points && done; point++) {
        double param[LEARNER_MAX_PARAMS];

        tune_grid_point(search->grid, point, param);
        done = trial_run(trial, param, rng, score,
                         search->predicted ? predicted : NULL, err);
        for (size_t i = 0; i < parts->test_count && done; i++) {
            size_t at = point * search->count + parts->place[i];

            if (search->predicted)
                search->predicted[at] = predicted[i];
            else
                search->value[at] = score[i];
        }
    }
    free(score);
    free(predicted);
    return done;
}

static bool search_fold(struct search *search, size_t fold, struct rng *rng,
                        struct tune_result *result, struct error *err)
{
    struct parts parts;
    struct trial trial;
    bool done = true;

    part_inside(search, fold, &parts);
    trial_init(&trial, search->setup, parts.train, parts.train_count,
               parts.test, parts.test_count);
    if (search->predicted && trial.classes_present < 2) {
        result->lone++;
        answer_only_class(search, &trial, &parts);
    } else {
        done = try_points(search, &trial, &parts, rng, err);
    }
    trial_release(&trial);
    free(parts.train);
    free(parts.test);
    free(parts.place);
    return done;
}

/* The score of one point over all items that are not spent on enrolment. */
static double rate_point(const struct search *search, size_t point)
{
    const struct design *design = search->setup->design;
    size_t *truth = xcalloc(search->count, sizeof(*truth));
    size_t *predicted = xcalloc(search->count, sizeof(*predicted));
    double *true_value = xcalloc(search->count, sizeof(*true_value));
    double *value = xcalloc(search->count, sizeof(*value));
    struct estimate rated;
    size_t count = 0;

    for (size_t i = 0; i < search->count; i++) {
        size_t item = search->item[i];
        size_t at = point * search->count + i;

        if (design->enrolled[item])
            continue;
        if (search->predicted) {
            truth[count] = design->class_of[item];
            predicted[count] = search->predicted[at];
        } else {
            true_value[count] = design->value[item];
            value[count] = search->value[at];
        }
        count++;
    }
    if (search->predicted) {
        rated = classify_uar_of(truth, predicted, count, design->classes.count);
    } else {
        struct ccc_sums sums = ccc_sums_of(true_value, value, NULL, count);

        rated = ccc_lin(&sums);
    }
    free(truth);
    free(predicted);
    free(true_value);
    free(value);
    return rated.defined ? rated.value : NAN;
}

static void take_best(const struct search *search, struct tune_result *result)
{
    result->best = 0;
    for (size_t point = 0; point < search->grid->points; point++) {
        double score = rate_point(search, point);
        double best = result->score[result->best];

        result->score[point] = score;
        if (score > best || (isnan(best) && !isnan(score)))
            result->best = point;
    }
}

bool tune_choose(const struct trial_setup *setup, const struct tune_grid *grid,
                 const size_t *train, size_t train_count, size_t folds,
                 bool shuffle, struct rng *rng, struct tune_result *result,
                 struct error *err)
{
    struct search search = {
        .setup = setup, .grid = grid, .item = train, .count = train_count
    };
    bool done = false;

    memset(result, 0, sizeof(*result));
    result->score = xcalloc(grid->points, sizeof(*result->score));
    for (size_t point = 0; point < grid->points; point++)
        result->score[point] = NAN;
    if (grid->points == 1)
        return true;
    if (!split_inside(&search, folds, shuffle ? rng : NULL, err))
        goto failed;
    result->folds = search.split.folds;
    if (setup->learner->task == LEARNER_CLASSIFY)
        search.predicted =
            xcalloc(grid->points * train_count, sizeof(*search.predicted));
    else
        search.value =
            xcalloc(grid->points * train_count, sizeof(*search.value));
    for (size_t fold = 0; fold < search.split.folds; fold++)
        if (!search_fold(&search, fold, rng, result, err))
            goto failed;
    take_best(&search, result);
    done = true;

failed:
    if (!done)
        tune_result_release(result);
    split_release(&search.split);
    free(search.predicted);
    free(search.value);
    return done;
}

void tune_result_release(struct tune_result *result)
{
    free(result->score);
    memset(result, 0, sizeof(*result));
}
