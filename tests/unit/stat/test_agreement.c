/*
 * The engine of agreement: intervals, parts, chance.  Numbers by hand unless
 * a comment says who computed them.
 */
#include <config.h>

#include "common/stat/agreement.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/base/rng.h"
#include "common/stat/agreement_parts.h"

/* Rows of an item's codes, a letter for each rater; '.' is missing. */
static struct ratings *table_of(const char *const *rows)
{
    struct ratings_builder *b = ratings_builder_new(NULL);

    for (size_t i = 0; rows[i]; i++) {
        char name[32];
        uint32_t item;

        snprintf(name, sizeof(name), "i%zu", i);
        item = ratings_builder_item(b, name);
        for (size_t g = 0; rows[i][g]; g++) {
            const char value[2] = { rows[i][g], '\0' };

            snprintf(name, sizeof(name), "r%zu", g);
            assert_true(ratings_builder_add(b, item,
                                            ratings_builder_rater(b, name),
                                            value[0] == '.' ? "" : value));
        }
    }
    return ratings_builder_finish(b);
}

/* `n` items of which each rater gets the truth with probability `skill`. */
static struct ratings *simulated(size_t n, size_t raters, double skill,
                                 uint64_t seed)
{
    struct ratings_builder *b = ratings_builder_new(NULL);
    struct rng *rng = rng_new(seed, "test");

    for (size_t i = 0; i < n; i++) {
        uint64_t truth = rng_below(rng, 4);
        char name[32];
        uint32_t item;

        snprintf(name, sizeof(name), "%zu", i);
        item = ratings_builder_item(b, name);
        for (size_t g = 0; g < raters; g++) {
            uint64_t value =
                rng_uniform(rng) < skill ? truth : rng_below(rng, 4);

            snprintf(name, sizeof(name), "r%zu", g);
            ratings_builder_add(b, item, ratings_builder_rater(b, name),
                                (const char[2]){ (char)('1' + value), '\0' });
        }
    }
    rng_free(rng);
    return ratings_builder_finish(b);
}

static const struct agreement_settings nominal = {
    .scale = ALPHA_NOMINAL, .level = 0.95, .permutations = 199, .seed = 1
};

/*
 * The analytic standard error and the jackknife's are two roads to one
 * number; with 300 items they meet within 5 %.
 */
static void formula_and_jackknife_agree(void **state)
{
    static const enum coefficient_id ids[] = {
        COEFFICIENT_ALPHA,  COEFFICIENT_PERCENT,          COEFFICIENT_FLEISS,
        COEFFICIENT_CONGER, COEFFICIENT_BRENNAN_PREDIGER, COEFFICIENT_GWET
    };
    struct ratings *r = simulated(300, 4, 0.6, 3);
    struct agreement a = agreement_of(r, &nominal);

    (void)state;
    assert_int_equal(a.clusters, 300);
    for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
        const struct coefficient *one = &a.of[ids[i]];
        double formula = one->high - one->low;
        double jackknife = one->jackknife.high - one->jackknife.low;

        assert_true(one->analytic && one->jackknife.defined);
        assert_true(fabs(formula / jackknife - 1) < 0.05);
    }
    assert_true(a.tested && a.p < 0.01);
    ratings_free(r);
}

static void raters_who_guess_do_not_differ_from_chance(void **state)
{
    struct ratings *r = simulated(100, 3, 0, 5);
    struct agreement a = agreement_of(r, &nominal);

    (void)state;
    assert_true(fabs(a.of[COEFFICIENT_ALPHA].value.value) < 0.15);
    assert_true(a.p > 0.05);
    ratings_free(r);
}

/*
 * The intervals hold the value that 20,000 items have in at least 180 of 200
 * samples (190 expected; fewer than 180 has probability 0.002 when it is 95 %):
 * the jackknife's also of 5, 10 and 20 items.
 */
static void intervals_cover(void **state)
{
    static const size_t sizes[] = { 5, 10, 20, 40 };
    struct agreement_settings how = nominal;
    struct ratings *all = simulated(20000, 4, 0.6, 1);
    struct estimate truth = alpha_of(all, ALPHA_NOMINAL, 0, NULL).value;

    (void)state;
    how.permutations = 0;
    for (size_t size = 0; size < 4; size++) {
        size_t formula = 0, jackknife = 0;

        for (uint64_t s = 0; s < 200; s++) {
            struct ratings *r = simulated(sizes[size], 4, 0.6, 7000 + s);
            struct agreement a = agreement_of(r, &how);
            const struct coefficient *one = &a.of[COEFFICIENT_ALPHA];

            formula += one->low <= truth.value && truth.value <= one->high;
            jackknife += one->jackknife.low <= truth.value &&
                         truth.value <= one->jackknife.high;
            ratings_free(r);
        }
        print_message("%zu items: formula %zu, jackknife %zu of 200\n",
                      sizes[size], formula, jackknife);
        assert_true(jackknife >= 180);
        assert_true(formula >= 180 || sizes[size] < 40);
    }
    ratings_free(all);
}

/* ratio by hand; ordinal as interval on the middles of ranks. */
static void ratio_alpha_by_hand(void **state)
{
    const char *const rows[] = { "12", "22", "33", NULL };
    struct ratings *r = table_of(rows);
    struct alpha a = alpha_of(r, ALPHA_RATIO, 0, NULL);
    /* one pair of 1 and 2: (1/3)^2; D_o = 2/9 / 6. */
    double observed = 2.0 / 9 / 6;
    /* n: one 1, three 2, two 3. */
    double expected = 2 * (3 * (1.0 / 9) + 2 * (1.0 / 4) + 6 * (1.0 / 25)) / 30;

    (void)state;
    assert_true(fabs(a.value.value - (1 - observed / expected)) < 1e-14);
    ratings_free(r);
}

/* A whole turn apart is the same; half a turn as far as can be. */
static void circular_alpha_knows_the_turn(void **state)
{
    const char *const rows[] = { "04", "26", NULL };
    const char *const apart[] = { "02", "02", NULL };
    struct ratings *r = table_of(rows), *s = table_of(apart);

    (void)state;
    assert_true(fabs(alpha_of(r, ALPHA_CIRCULAR, 4, NULL).value.value - 1) <
                1e-12);
    /* Observed 1, expected 2/3: 1 - 3/2. */
    assert_true(fabs(alpha_of(s, ALPHA_CIRCULAR, 4, NULL).value.value + 0.5) <
                1e-12);
    ratings_free(r);
    ratings_free(s);
}

/* Items counted twice by `times` are items that stand there twice. */
static void times_repeat_items(void **state)
{
    const char *const once[] = { "12", "22", "31", NULL };
    const char *const twice[] = { "12", "12", "31", NULL };
    const int times[] = { 2, 0, 1 };
    struct ratings *r = table_of(once), *s = table_of(twice);

    (void)state;
    for (int m = ALPHA_NOMINAL; m <= ALPHA_RATIO; m++) {
        double a = alpha_of(r, (enum alpha_metric)m, 0, times).value.value;
        double b = alpha_of(s, (enum alpha_metric)m, 0, NULL).value.value;

        assert_true(fabs(a - b) < 1e-12);
    }
    ratings_free(r);
    ratings_free(s);
}

static void a_rater_of_one_category_has_kappa_0(void **state)
{
    const char *const rows[] = { "aa", "aa", "ba", "aa", NULL };
    struct ratings *r = table_of(rows);
    size_t count;
    const struct agreement_settings names = { .scale = ALPHA_NOMINAL };
    struct rater_part *part = agreement_raters(r, r, &names, &count);

    (void)state;
    assert_int_equal(count, 2);
    assert_int_equal(part[1].used, 1);
    assert_true(fabs(part[1].agreement.value - 0.75) < 1e-14);
    assert_true(part[1].kappa.defined && fabs(part[1].kappa.value) < 1e-14);
    /* pi(b) = 1/8: p_e = 2 * 1/8 * 7/8. */
    assert_true(fabs(part[1].ac1.value - (0.75 - 14.0 / 64) / (50.0 / 64)) <
                1e-14);
    free(part);
    ratings_free(r);
}

static void items_come_hardest_first(void **state)
{
    const char *const rows[] = { "aab", "aaa", "abc", "a..", NULL };
    struct ratings *r = table_of(rows);
    size_t count;
    struct item_part *part = agreement_items(r, ALPHA_NOMINAL, &count);

    (void)state;
    assert_int_equal(count, 3);
    assert_int_equal(part[0].item, 2);
    assert_int_equal(part[0].modes, 3);
    assert_true(fabs(part[0].entropy - log(3)) < 1e-14);
    assert_int_equal(part[1].item, 0);
    assert_int_equal(part[1].mode, 0);
    assert_true(fabs(part[1].agreement.value - 1.0 / 3) < 1e-14);
    free(part);
    ratings_free(r);
}

/*
 * 600 items, three of eight raters each; standard deviations of items 1,
 * raters 0.5, rest 1: ICC(A,1) = 1 / 2.25, ICC(C,1) = 1 / 2.
 */
static void variances_come_back_from_a_table_with_holes(void **state)
{
    struct ratings_builder *b = ratings_builder_new(NULL);
    struct agreement_settings how = nominal;
    struct rng *rng = rng_new(8, "test");
    struct agreement a;
    struct ratings *r;
    double bias[8];

    (void)state;
    for (size_t g = 0; g < 8; g++)
        bias[g] = 0.5 * rng_normal(rng);
    for (size_t i = 0; i < 600; i++) {
        double truth = rng_normal(rng);
        char name[32], value[32];
        uint32_t item;

        snprintf(name, sizeof(name), "%zu", i);
        item = ratings_builder_item(b, name);
        for (size_t k = 0; k < 3; k++) {
            size_t g = (i + k * k + k) % 8;

            snprintf(name, sizeof(name), "r%zu", g);
            snprintf(value, sizeof(value), "%.2f",
                     truth + bias[g] + rng_normal(rng));
            ratings_builder_add(b, item, ratings_builder_rater(b, name), value);
        }
    }
    rng_free(rng);
    r = ratings_builder_finish(b);
    how.scale = ALPHA_INTERVAL;
    how.permutations = 0;
    a = agreement_of(r, &how);
    assert_true(a.complete == 0);
    assert_true(fabs(a.of[COEFFICIENT_ICC_A1].value.value - 1 / 2.25) < 0.08);
    assert_true(fabs(a.of[COEFFICIENT_ICC_C1].value.value - 0.5) < 0.08);
    assert_true(a.of[COEFFICIENT_ICC_A1].jackknife.defined);
    assert_true(fabs(a.of[COEFFICIENT_ICC_AK].k - 3) < 1e-9);
    assert_false(a.of[COEFFICIENT_CRONBACH].value.defined);
    ratings_free(r);
}

static void an_empty_table_has_reasons_and_no_numbers(void **state)
{
    const char *const rows[] = { "a.", ".b", NULL };
    struct ratings *r = table_of(rows);
    struct agreement a = agreement_of(r, &nominal);

    (void)state;
    for (size_t i = 0; i < COEFFICIENT_COUNT; i++) {
        if (a.of[i].fits)
            assert_true(!a.of[i].value.defined && a.of[i].value.reason);
    }
    ratings_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formula_and_jackknife_agree),
        cmocka_unit_test(raters_who_guess_do_not_differ_from_chance),
        cmocka_unit_test(intervals_cover),
        cmocka_unit_test(ratio_alpha_by_hand),
        cmocka_unit_test(circular_alpha_knows_the_turn),
        cmocka_unit_test(times_repeat_items),
        cmocka_unit_test(a_rater_of_one_category_has_kappa_0),
        cmocka_unit_test(items_come_hardest_first),
        cmocka_unit_test(variances_come_back_from_a_table_with_holes),
        cmocka_unit_test(an_empty_table_has_reasons_and_no_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
