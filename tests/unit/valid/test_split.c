/* split - groups stay whole, shares stay level, shuffled or not. */
#include <config.h>

#include "eval/valid/split.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"

/* Seeded items: groups of unequal size with unequal shares of classes. */
struct cast {
    struct split_items items;
    size_t *class_of;
    size_t *group;
};

static void cast_make(struct cast *cast, uint64_t seed, size_t groups,
                      size_t classes)
{
    struct rng *rng = rng_new(seed, "cast");
    size_t capacity = groups * 60;

    cast->class_of = xcalloc(capacity, sizeof(size_t));
    cast->group = xcalloc(capacity, sizeof(size_t));
    memset(&cast->items, 0, sizeof(cast->items));
    for (size_t g = 0; g < groups; g++) {
        size_t size = 5 + rng_below(rng, 40);
        size_t favourite = rng_below(rng, classes);

        for (size_t i = 0; i < size; i++) {
            size_t at = cast->items.count++;

            cast->group[at] = g;
            cast->class_of[at] =
                rng_uniform(rng) < 0.5 ? favourite : rng_below(rng, classes);
        }
    }
    cast->items.class_of = cast->class_of;
    cast->items.classes = classes;
    cast->items.group = cast->group;
    cast->items.groups = groups;
    cast->items.group_name = "speaker";
    rng_free(rng);
}

static void cast_free(struct cast *cast)
{
    free(cast->class_of);
    free(cast->group);
}

static void assert_whole(const struct split *split,
                         const struct split_items *items)
{
    size_t *size = xcalloc(split->folds, sizeof(*size));

    assert_int_equal(split->count, items->count);
    for (size_t i = 0; i < items->count; i++) {
        assert_true(split->fold[i] < split->folds);
        size[split->fold[i]]++;
        for (size_t k = 0; k < i; k++)
            if (items->group[k] == items->group[i])
                assert_int_equal(split->fold[k], split->fold[i]);
    }
    for (size_t fold = 0; fold < split->folds; fold++) {
        assert_true(size[fold] > 0);
        assert_int_equal(split_shared(split, fold, items->group, items->groups),
                         0);
    }
    free(size);
}

static void every_group_is_in_one_fold_whatever_the_seed(void **state)
{
    struct error err;

    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct cast cast;
        struct split split;
        struct rng *rng = rng_new(seed, "folds");
        size_t folds = 2 + seed % 6;

        cast_make(&cast, seed, 8 + seed % 17, 2 + seed % 5);
        assert_true(split_strata(&cast.items, folds, NULL, &split, &err));
        assert_int_equal(split.folds, folds);
        assert_whole(&split, &cast.items);
        split_release(&split);
        assert_true(split_strata(&cast.items, folds, rng, &split, &err));
        assert_whole(&split, &cast.items);
        split_release(&split);
        assert_true(split_sizes(&cast.items, folds, rng, &split, &err));
        assert_whole(&split, &cast.items);
        split_release(&split);
        assert_true(split_leave_one(&cast.items, &split, &err));
        assert_int_equal(split.folds, cast.items.groups);
        assert_whole(&split, &cast.items);
        split_release(&split);
        rng_free(rng);
        cast_free(&cast);
    }
}

/* Groups dealt to folds in turn after a shuffle: nothing levels classes. */
static double dealt_imbalance(const struct cast *cast, size_t folds,
                              struct rng *rng)
{
    struct split split = { .folds = folds, .count = cast->items.count };
    size_t *order = xcalloc(cast->items.groups, sizeof(*order));
    double imbalance;

    for (size_t g = 0; g < cast->items.groups; g++)
        order[g] = g;
    rng_shuffle(rng, order, cast->items.groups);
    split.fold = xcalloc(split.count, sizeof(*split.fold));
    for (size_t i = 0; i < split.count; i++)
        split.fold[i] = order[cast->group[i]] % folds;
    imbalance = split_imbalance(&split, &cast->items);
    split_release(&split);
    free(order);
    return imbalance;
}

static void shuffled_folds_are_as_level_as_unshuffled_ones(void **state)
{
    double plain = 0;
    double shuffled = 0;
    double dealt = 0;
    struct error err;

    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct cast cast;
        struct split split;
        struct rng *rng = rng_new(seed, "folds");

        cast_make(&cast, seed, 24, 4);
        assert_true(split_strata(&cast.items, 4, NULL, &split, &err));
        plain += split_imbalance(&split, &cast.items) / 40;
        split_release(&split);
        assert_true(split_strata(&cast.items, 4, rng, &split, &err));
        shuffled += split_imbalance(&split, &cast.items) / 40;
        split_release(&split);
        dealt += dealt_imbalance(&cast, 4, rng) / 40;
        rng_free(rng);
        cast_free(&cast);
    }
    assert_true(shuffled < plain * 1.1 + 0.001);
    assert_true(shuffled < dealt / 2);
}

/* Six groups of the same counts: only chance can tell them apart. */
static void shuffling_changes_the_folds_and_a_seed_repeats_them(void **state)
{
    size_t class_of[24];
    size_t group[24];
    struct split_items items = { .count = 24,
                                 .class_of = class_of,
                                 .classes = 2,
                                 .group = group,
                                 .groups = 12,
                                 .group_name = "speaker" };
    struct split first, other;
    struct error err;
    size_t changed = 0;

    (void)state;
    for (size_t i = 0; i < 24; i++) {
        group[i] = i / 2;
        class_of[i] = i % 2;
    }
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct rng *rng = rng_new(1, "folds");
        struct rng *again = rng_new(seed, "folds");

        assert_true(split_strata(&items, 3, rng, &first, &err));
        assert_true(split_strata(&items, 3, again, &other, &err));
        assert_true(split_imbalance(&other, &items) < 1e-12);
        if (memcmp(first.fold, other.fold, sizeof(size_t) * 24) != 0)
            changed++;
        if (seed == 1)
            assert_int_equal(changed, 0);
        split_release(&first);
        split_release(&other);
        rng_free(rng);
        rng_free(again);
    }
    assert_true(changed >= 8);
}

/*
 * By hand: class 0 has 4 items, 3 of them in fold 0; class 1 has 2, one in
 * each.  Shares .75/.25 have sd .25, .5/.5 have 0; the mean is .125.
 */
static void imbalance_is_the_mean_spread_of_class_shares(void **state)
{
    size_t fold[] = { 0, 0, 0, 1, 0, 1 };
    size_t class_of[] = { 0, 0, 0, 0, 1, 1 };
    struct split split = { .folds = 2, .count = 6, .fold = fold };
    struct split_items items = { .count = 6,
                                 .class_of = class_of,
                                 .classes = 2,
                                 .group = fold,
                                 .groups = 2 };

    (void)state;
    assert_true(fabs(split_imbalance(&split, &items) - 0.125) < 1e-15);
}

static void a_value_on_both_sides_is_counted(void **state)
{
    size_t fold[] = { 0, 0, 1, 1, 2 };
    size_t speaker[] = { 0, 1, 1, 2, 0 };
    struct split split = { .folds = 3, .count = 5, .fold = fold };

    (void)state;
    assert_int_equal(split_shared(&split, 0, speaker, 3), 2);
    assert_int_equal(split_shared(&split, 1, speaker, 3), 1);
    assert_int_equal(split_shared(&split, 2, speaker, 3), 1);
}

static void more_folds_than_groups_is_refused_with_both_numbers(void **state)
{
    struct cast cast;
    struct split split;
    struct error err;

    (void)state;
    cast_make(&cast, 1, 3, 2);
    assert_false(split_strata(&cast.items, 5, NULL, &split, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_string_equal(err.text, "5 folds need at least 5 different values of "
                                  "\"speaker\"; there are 3");
    assert_null(split.fold);
    cast_free(&cast);
}

static void numbers_without_items_do_not_count(void **state)
{
    size_t class_of[] = { 0, 2, 0, 2 };
    size_t group[] = { 1, 1, 5, 5 };
    struct split_items items = { .count = 4,
                                 .class_of = class_of,
                                 .classes = 4,
                                 .group = group,
                                 .groups = 9,
                                 .group_name = "speaker" };
    struct split split;
    struct error err;

    (void)state;
    assert_true(split_strata(&items, 2, NULL, &split, &err));
    assert_int_not_equal(split.fold[0], split.fold[2]);
    assert_true(split_imbalance(&split, &items) < 1e-15);
    split_release(&split);
    assert_false(split_strata(&items, 3, NULL, &split, &err));
    assert_true(split_leave_one(&items, &split, &err));
    assert_int_equal(split.folds, 2);
    split_release(&split);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_group_is_in_one_fold_whatever_the_seed),
        cmocka_unit_test(shuffled_folds_are_as_level_as_unshuffled_ones),
        cmocka_unit_test(shuffling_changes_the_folds_and_a_seed_repeats_them),
        cmocka_unit_test(imbalance_is_the_mean_spread_of_class_shares),
        cmocka_unit_test(a_value_on_both_sides_is_counted),
        cmocka_unit_test(more_folds_than_groups_is_refused_with_both_numbers),
        cmocka_unit_test(numbers_without_items_do_not_count),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
