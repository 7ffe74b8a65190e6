/*
 * split - which items are tested together, with groups kept whole.
 *
 * A group (a speaker, a session) is always in one fold, so that no one is
 * in training and in test at once; split_shared() checks that afterwards on
 * any column, whatever made the split.
 *
 * Classes and groups are numbers from 0 in byte order of their names, which
 * makes the unshuffled folds those of scikit-learn.
 */
#ifndef MIEN_VALID_SPLIT_H
#define MIEN_VALID_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/base/rng.h"

struct split {
    size_t folds;
    size_t count;
    size_t *fold; /* owned: the fold in which each item is tested */
};

/* What the items are; arrays of `count`, borrowed. */
struct split_items {
    size_t count;
    const size_t *class_of; /* NULL: one class, only sizes are levelled */
    size_t classes;
    const size_t *group;
    size_t groups;
    const char *group_name; /* for messages: "speaker" */
};

void split_release(struct split *split);

/*
 * Each group that has items is one fold, in the order of their numbers.
 * Fails when there are fewer than two.
 */
bool split_leave_one(const struct split_items *items, struct split *split,
                     struct error *err);

/*
 * Stratified group k-fold: groups whole, class shares level.  Groups are
 * placed in order of falling spread of their class counts, each into the
 * fold that leaves the shares most level (see split.c).  `rng` shuffles the
 * groups first, each together with its counts; NULL does not shuffle, and
 * the folds are then those of scikit-learn's StratifiedGroupKFold, ties
 * included.  Fails when there are fewer groups than folds.
 */
bool split_strata(const struct split_items *items, size_t folds,
                  struct rng *rng, struct split *split, struct error *err);

/*
 * Group k-fold: groups whole, sizes level; the largest group first, each
 * into the lightest fold.  For targets that have no classes.
 */
bool split_sizes(const struct split_items *items, size_t folds, struct rng *rng,
                 struct split *split, struct error *err);

/*
 * How far from level the class shares are: the mean over classes of the
 * standard deviation over folds of (class count in the fold / class count).
 * 0 is perfect.
 */
double split_imbalance(const struct split *split,
                       const struct split_items *items);

/*
 * The number of values of `of` (a column such as the speakers, numbers below
 * `values`) that have items both in fold `fold` and outside of it.
 */
size_t split_shared(const struct split *split, size_t fold, const size_t *of,
                    size_t values);

#endif
