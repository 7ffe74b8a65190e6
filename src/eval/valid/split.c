/*
 * split - which items are tested together, with groups kept whole.
 *
 * The objective is that of scikit-learn's StratifiedGroupKFold: of the folds
 * that a group may join, take the one after which the mean over classes of
 * the standard deviation over folds of (class count in the fold / class
 * count) is smallest; among folds that are as good, the one with the fewest
 * items, then the first.  In many corpora all speakers read the same
 * sentences, so that exact ties decide: sums are taken in NumPy's order, in
 * double precision, and "as good" is numpy.isclose().
 *
 * Shuffled, each group moves together with its row of counts.  (Shuffling
 * the counts alone gives folds that are not stratified: scikit-learn before
 * its change 32540.)
 */
#include <config.h>

#include "eval/valid/split.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

/* The items of each group by class, empty groups and classes left out. */
struct tally {
    size_t groups;
    size_t classes;
    size_t *group; /* owned: the number of each row's group */
    double *count; /* owned: groups x classes */
    double *total; /* owned: per class */
};

/*
 * NumPy's sum of a contiguous run: plainly below 8, else eight sums side by
 * side, in halves above 128.
 */
static double numpy_sum(const double *value, size_t count)
{
    double part[8];
    double sum = 0;
    size_t i = 0;

    if (count > 128) {
        size_t half = count / 2;

        half -= half % 8;
        return numpy_sum(value, half) + numpy_sum(value + half, count - half);
    }
    if (count >= 8) {
        memcpy(part, value, sizeof(part));
        for (i = 8; i + 8 <= count; i += 8)
            for (size_t k = 0; k < 8; k++)
                part[k] += value[i + k];
        sum = ((part[0] + part[1]) + (part[2] + part[3])) +
              ((part[4] + part[5]) + (part[6] + part[7]));
    }
    for (; i < count; i++)
        sum += value[i];
    return sum;
}

/* Population standard deviation of a contiguous run, as numpy.std(). */
static double row_spread(const double *value, size_t count, double *scratch)
{
    double mean = numpy_sum(value, count) / (double)count;

    for (size_t i = 0; i < count; i++)
        scratch[i] = (value[i] - mean) * (value[i] - mean);
    return sqrt(numpy_sum(scratch, count) / (double)count);
}

/* numpy.isclose(a, b) with its default tolerances. */
static bool close_to(double a, double b)
{
    return isfinite(b) && fabs(a - b) <= 1e-8 + 1e-5 * fabs(b);
}

static size_t number_used(size_t *number, size_t count)
{
    size_t used = 0;

    for (size_t i = 0; i < count; i++)
        number[i] = number[i] ? used++ : SIZE_MAX;
    return used;
}

static void tally_make(struct tally *tally, const struct split_items *items)
{
    size_t classes = items->class_of ? items->classes : 1;
    size_t *class_row = xcalloc(classes, sizeof(*class_row));
    size_t *group_row = xcalloc(items->groups, sizeof(*group_row));

    for (size_t i = 0; i < items->count; i++) {
        assert(items->group[i] < items->groups);
        class_row[items->class_of ? items->class_of[i] : 0] = 1;
        group_row[items->group[i]] = 1;
    }
    tally->classes = number_used(class_row, classes);
    tally->groups = number_used(group_row, items->groups);
    tally->group = xcalloc(tally->groups, sizeof(*tally->group));
    tally->count = xcalloc(tally->groups * tally->classes, sizeof(double));
    tally->total = xcalloc(tally->classes, sizeof(*tally->total));
    for (size_t i = 0; i < items->count; i++) {
        size_t group = group_row[items->group[i]];
        size_t label = class_row[items->class_of ? items->class_of[i] : 0];

        tally->group[group] = items->group[i];
        tally->count[group * tally->classes + label] += 1;
        tally->total[label] += 1;
    }
    free(class_row);
    free(group_row);
}

static void tally_release(struct tally *tally)
{
    free(tally->group);
    free(tally->count);
    free(tally->total);
}

/* Groups trade places with their counts. */
static void tally_shuffle(struct tally *tally, struct rng *rng)
{
    size_t *order = xcalloc(tally->groups, sizeof(*order));
    size_t *group = xcalloc(tally->groups, sizeof(*group));
    double *count = xcalloc(tally->groups * tally->classes, sizeof(*count));

    for (size_t i = 0; i < tally->groups; i++)
        order[i] = i;
    rng_shuffle(rng, order, tally->groups);
    for (size_t i = 0; i < tally->groups; i++) {
        group[i] = tally->group[order[i]];
        memcpy(count + i * tally->classes,
               tally->count + order[i] * tally->classes,
               tally->classes * sizeof(*count));
    }
    free(order);
    free(tally->group);
    free(tally->count);
    tally->group = group;
    tally->count = count;
}

struct ranked {
    double key;
    size_t row;
};

static int by_falling_key(const void *left, const void *right)
{
    const struct ranked *a = left;
    const struct ranked *b = right;

    if (a->key != b->key)
        return a->key > b->key ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row); /* stable */
}

static double table_score(const double *count, const double *total,
                          size_t folds, size_t classes, double *scratch)
{
    for (size_t label = 0; label < classes; label++) {
        double sum = 0;
        double squares = 0;
        double mean;

        for (size_t fold = 0; fold < folds; fold++)
            sum += count[fold * classes + label] / total[label];
        mean = sum / (double)folds;
        for (size_t fold = 0; fold < folds; fold++) {
            double share = count[fold * classes + label] / total[label];

            squares += (share - mean) * (share - mean);
        }
        scratch[label] = sqrt(squares / (double)folds);
    }
    return numpy_sum(scratch, classes) / (double)classes;
}

static size_t best_fold(const struct tally *tally, const double *row,
                        size_t folds, double *filled, double *scratch)
{
    double least = INFINITY;
    double fewest = INFINITY;
    size_t best = 0;

    for (size_t fold = 0; fold < folds; fold++) {
        double *place = filled + fold * tally->classes;
        double score;
        double items;

        for (size_t i = 0; i < tally->classes; i++)
            place[i] += row[i];
        score =
            table_score(filled, tally->total, folds, tally->classes, scratch);
        for (size_t i = 0; i < tally->classes; i++)
            place[i] -= row[i];
        items = numpy_sum(place, tally->classes);
        if (score < least || (close_to(score, least) && items < fewest)) {
            least = score;
            fewest = items;
            best = fold;
        }
    }
    return best;
}

/* fold_of[] by number of the group; falls back to nothing: all are placed. */
static void place_strata(const struct tally *tally, size_t folds,
                         size_t *fold_of)
{
    struct ranked *rank = xcalloc(tally->groups, sizeof(*rank));
    double *filled = xcalloc(folds * tally->classes, sizeof(*filled));
    double *scratch = xcalloc(tally->classes, sizeof(*scratch));

    for (size_t i = 0; i < tally->groups; i++) {
        rank[i].key = row_spread(tally->count + i * tally->classes,
                                 tally->classes, scratch);
        rank[i].row = i;
    }
    qsort(rank, tally->groups, sizeof(*rank), by_falling_key);
    for (size_t i = 0; i < tally->groups; i++) {
        const double *row = tally->count + rank[i].row * tally->classes;
        size_t fold = best_fold(tally, row, folds, filled, scratch);

        for (size_t k = 0; k < tally->classes; k++)
            filled[fold * tally->classes + k] += row[k];
        fold_of[tally->group[rank[i].row]] = fold;
    }
    free(rank);
    free(filled);
    free(scratch);
}

static void place_sizes(const struct tally *tally, size_t folds,
                        size_t *fold_of)
{
    struct ranked *rank = xcalloc(tally->groups, sizeof(*rank));
    double *filled = xcalloc(folds, sizeof(*filled));

    for (size_t i = 0; i < tally->groups; i++) {
        rank[i].key = tally->count[i];
        rank[i].row = i;
    }
    qsort(rank, tally->groups, sizeof(*rank), by_falling_key);
    for (size_t i = 0; i < tally->groups; i++) {
        size_t lightest = 0;

        for (size_t fold = 1; fold < folds; fold++)
            if (filled[fold] < filled[lightest])
                lightest = fold;
        filled[lightest] += rank[i].key;
        fold_of[tally->group[rank[i].row]] = lightest;
    }
    free(rank);
    free(filled);
}

static bool enough(const struct split_items *items, const struct tally *tally,
                   size_t folds, struct error *err)
{
    assert(folds >= 2);
    if (tally->groups >= folds)
        return true;
    return error_set(err, ERROR_INPUT,
                     "%zu folds need at least %zu different values of \"%s\"; "
                     "there %s %zu",
                     folds, folds, items->group_name,
                     tally->groups == 1 ? "is" : "are", tally->groups);
}

/* Each fold must have something to test: degenerate counts can starve one. */
static bool all_filled(const struct split *split, struct error *err)
{
    size_t *size = xcalloc(split->folds, sizeof(*size));
    bool filled = true;

    for (size_t i = 0; i < split->count; i++)
        size[split->fold[i]]++;
    for (size_t fold = 0; fold < split->folds && filled; fold++)
        if (size[fold] == 0)
            filled = error_set(err, ERROR_INPUT,
                               "fold %zu of %zu would be empty: the groups "
                               "are too unequal; ask for fewer folds",
                               fold + 1, split->folds);
    free(size);
    return filled;
}

static void spread_out(struct split *split, const struct split_items *items,
                       size_t folds, const size_t *fold_of)
{
    split->folds = folds;
    split->count = items->count;
    split->fold = xcalloc(items->count, sizeof(*split->fold));
    for (size_t i = 0; i < items->count; i++)
        split->fold[i] = fold_of[items->group[i]];
}

static bool split_folds(const struct split_items *items, size_t folds,
                        struct rng *rng, bool strata, struct split *split,
                        struct error *err)
{
    struct tally tally = { 0 };
    size_t *fold_of = NULL;
    bool done = false;

    memset(split, 0, sizeof(*split));
    tally_make(&tally, items);
    if (!enough(items, &tally, folds, err))
        goto failed;
    if (rng)
        tally_shuffle(&tally, rng);
    fold_of = xcalloc(items->groups, sizeof(*fold_of));
    if (strata)
        place_strata(&tally, folds, fold_of);
    else
        place_sizes(&tally, folds, fold_of);
    spread_out(split, items, folds, fold_of);
    done = all_filled(split, err);

failed:
    if (!done)
        split_release(split);
    free(fold_of);
    tally_release(&tally);
    return done;
}

bool split_strata(const struct split_items *items, size_t folds,
                  struct rng *rng, struct split *split, struct error *err)
{
    return split_folds(items, folds, rng, true, split, err);
}

bool split_sizes(const struct split_items *items, size_t folds, struct rng *rng,
                 struct split *split, struct error *err)
{
    struct split_items sized = *items;

    sized.class_of = NULL;
    sized.classes = 1;
    return split_folds(&sized, folds, rng, false, split, err);
}

bool split_leave_one(const struct split_items *items, struct split *split,
                     struct error *err)
{
    struct tally tally = { 0 };
    size_t *fold_of = xcalloc(items->groups, sizeof(*fold_of));
    bool done = false;

    memset(split, 0, sizeof(*split));
    tally_make(&tally, items);
    if (!enough(items, &tally, 2, err))
        goto failed;
    for (size_t i = 0; i < tally.groups; i++)
        fold_of[tally.group[i]] = i;
    spread_out(split, items, tally.groups, fold_of);
    done = true;

failed:
    free(fold_of);
    tally_release(&tally);
    return done;
}

void split_release(struct split *split)
{
    free(split->fold);
    memset(split, 0, sizeof(*split));
}

double split_imbalance(const struct split *split,
                       const struct split_items *items)
{
    struct tally tally = { 0 };
    double *count;
    double *scratch;
    double score;
    struct split_items folds = *items;

    folds.group = split->fold;
    folds.groups = split->folds;
    tally_make(&tally, &folds);
    count = tally.count;
    scratch = xcalloc(tally.classes, sizeof(*scratch));
    score =
        table_score(count, tally.total, tally.groups, tally.classes, scratch);
    free(scratch);
    tally_release(&tally);
    return score;
}

size_t split_shared(const struct split *split, size_t fold, const size_t *of,
                    size_t values)
{
    enum { INSIDE = 1, OUTSIDE = 2 };
    unsigned char *seen = xcalloc(values, sizeof(*seen));
    size_t shared = 0;

    for (size_t i = 0; i < split->count; i++)
        seen[of[i]] |= split->fold[i] == fold ? INSIDE : OUTSIDE;
    for (size_t i = 0; i < values; i++)
        shared += seen[i] == (INSIDE | OUTSIDE);
    free(seen);
    return shared;
}
