/*
 * Folds against scikit-learn 1.2.1 on CREMA-D's intended labels: the fold of
 * each of 91 actors and the class counts of each fold.
 */
#include <config.h>

#include "eval/valid/split.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/file/columns.h"
#include "common/file/json.h"

enum { CLASSES = 6, ACTORS = 91 };

struct golden {
    struct json_document *expected;
    struct columns *input;
    struct text_list actors; /* in file order, which is byte order */
    size_t *class_of;
    size_t *group;
    struct split_items items;
};

static size_t number_of(struct text_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->item[i], text) == 0)
            return i;
    text_list_add(list, text);
    return list->count - 1;
}

static int setup(void **state)
{
    static struct golden golden;
    struct text_list classes = { 0 };
    struct error err;
    char *folder =
        path_join(getenv("MIEN_SHARED"), "golden/cv-folds-cremad-intended");
    char *path = path_join(folder, "input.csv");
    size_t rows;

    text_list_split(&classes, "ANG,DIS,FEA,HAP,NEU,SAD", ',');
    golden.input = columns_read(path, NULL, &err);
    free(path);
    path = path_join(folder, "expected.json");
    golden.expected = json_read_file(path, &err);
    free(path);
    free(folder);
    assert_non_null(golden.input);
    assert_non_null(golden.expected);
    rows = columns_rows(golden.input);
    golden.class_of = xcalloc(rows, sizeof(size_t));
    golden.group = xcalloc(rows, sizeof(size_t));
    for (size_t i = 0; i < rows; i++) {
        golden.group[i] =
            number_of(&golden.actors, columns_text(golden.input, i, 1));
        golden.class_of[i] =
            number_of(&classes, columns_text(golden.input, i, 2));
    }
    assert_int_equal(classes.count, CLASSES);
    assert_int_equal(golden.actors.count, ACTORS);
    text_list_release(&classes);
    golden.items = (struct split_items){ .count = rows,
                                         .class_of = golden.class_of,
                                         .classes = CLASSES,
                                         .group = golden.group,
                                         .groups = ACTORS,
                                         .group_name = "actor" };
    *state = &golden;
    return 0;
}

static int teardown(void **state)
{
    struct golden *golden = *state;

    json_free(golden->expected);
    columns_free(golden->input);
    text_list_release(&golden->actors);
    free(golden->class_of);
    free(golden->group);
    return 0;
}

static const struct json *expected_case(const struct golden *golden,
                                        const char *kind, size_t folds)
{
    char *key = xasprintf("%s_%zu", kind, folds);
    const struct json *found = json_member(json_root(golden->expected), key);

    free(key);
    assert_non_null(found);
    return found;
}

static void assert_class_counts(const struct split *split,
                                const struct split_items *items,
                                const struct json *expected)
{
    size_t count[10][CLASSES] = { { 0 } };

    for (size_t i = 0; i < items->count; i++)
        count[split->fold[i]][items->class_of[i]]++;
    assert_int_equal(json_count(expected), split->folds);
    for (size_t fold = 0; fold < split->folds; fold++)
        for (size_t k = 0; k < CLASSES; k++)
            assert_true(json_value(json_item(json_item(expected, fold), k),
                                   -1) == (double)count[fold][k]);
}

static const size_t fold_counts[] = { 3, 5, 10 };

static void unshuffled_strata_are_those_of_scikit_learn(void **state)
{
    const struct golden *golden = *state;
    struct error err;

    for (size_t n = 0; n < 3; n++) {
        const struct json *expected =
            expected_case(golden, "stratified_group_kfold", fold_counts[n]);
        const struct json *actors = json_member(expected, "fold_of_actor");
        struct split split;

        assert_true(
            split_strata(&golden->items, fold_counts[n], NULL, &split, &err));
        assert_int_equal(json_count(actors), ACTORS);
        for (size_t i = 0; i < golden->items.count; i++) {
            const char *actor = golden->actors.item[golden->group[i]];

            assert_true(json_value(json_member(actors, actor), -1) ==
                        (double)split.fold[i]);
        }
        assert_class_counts(&split, &golden->items,
                            json_member(expected, "class_counts_per_fold"));
        split_release(&split);
    }
}

static int by_size(const void *left, const void *right)
{
    size_t a = *(const size_t *)left;
    size_t b = *(const size_t *)right;

    return (a > b) - (a < b);
}

/* Which of two equal actors comes first is nobody's business: sizes only. */
static void size_folds_are_those_of_scikit_learn(void **state)
{
    const struct golden *golden = *state;
    struct error err;

    for (size_t n = 0; n < 3; n++) {
        const struct json *expected = json_member(
            expected_case(golden, "group_kfold", fold_counts[n]), "sizes");
        size_t ours[10] = { 0 };
        size_t theirs[10] = { 0 };
        struct split split;

        assert_true(
            split_sizes(&golden->items, fold_counts[n], NULL, &split, &err));
        for (size_t i = 0; i < golden->items.count; i++)
            ours[split.fold[i]]++;
        for (size_t fold = 0; fold < split.folds; fold++)
            theirs[fold] = (size_t)json_value(json_item(expected, fold), 0);
        qsort(ours, split.folds, sizeof(size_t), by_size);
        qsort(theirs, split.folds, sizeof(size_t), by_size);
        assert_memory_equal(ours, theirs, sizeof(ours));
        split_release(&split);
    }
}

/*
 * Groups cannot be cut: one actor more or less is 1/91 of a class, and no
 * split comes much below half of that.  The bound for shuffled folds is one
 * actor's share.
 */
static void shuffled_strata_are_level(void **state)
{
    const struct golden *golden = *state;
    struct error err;

    for (size_t n = 0; n < 3; n++) {
        struct split split;
        double plain;

        assert_true(
            split_strata(&golden->items, fold_counts[n], NULL, &split, &err));
        plain = split_imbalance(&split, &golden->items);
        split_release(&split);
        for (uint64_t seed = 1; seed <= 10; seed++) {
            struct rng *rng = rng_new(seed, "folds");
            double shuffled;

            assert_true(split_strata(&golden->items, fold_counts[n], rng,
                                     &split, &err));
            shuffled = split_imbalance(&split, &golden->items);
            print_message("# %zu folds, seed %d: imbalance %.6f, "
                          "unshuffled %.6f\n",
                          fold_counts[n], (int)seed, shuffled, plain);
            assert_true(shuffled < plain * 2);
            assert_true(shuffled < 1.0 / ACTORS);
            split_release(&split);
            rng_free(rng);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unshuffled_strata_are_those_of_scikit_learn),
        cmocka_unit_test(size_folds_are_those_of_scikit_learn),
        cmocka_unit_test(shuffled_strata_are_level),
    };
    const char *shared = getenv("MIEN_SHARED");
    char *path = path_join(shared ? shared : "",
                           "golden/cv-folds-cremad-intended/input.csv");
    bool there = shared && path_is_file(path);

    free(path);
    if (!there) {
        puts("1..0 # SKIP no shared/golden/cv-folds-cremad-intended");
        return 0;
    }
    return cmocka_run_group_tests(tests, setup, teardown);
}
