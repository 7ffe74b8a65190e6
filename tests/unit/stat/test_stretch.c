/*
 * Segments: alpha_U of the published example, agreement moment by moment by
 * hand, matching that takes the most pairs.
 */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/base/rng.h"
#include "common/stat/stretch.h"
#include "common/stat/stretch_match.h"

#define NEAR(a, b, by) assert_true(fabs((a) - (b)) <= (by))

enum { C, K };

/*
 * Krippendorff (2004), pages 254-255: two observers, 300 units from 150 on;
 * D_o 0.0144, D_e 0.0532, alpha 0.7286 of c; 0, 0.0490, 1 of k; 0.8591.
 */
static void alpha_u_is_that_of_the_book(void **state)
{
    static const struct stretch i[] = {
        { 30, 90, K }, { 75, 145, C }, { 150, 200, K }, { 220, 250, C }
    };
    static const struct stretch j[] = { { 30, 90, K },
                                        { 70, 150, C },
                                        { 150, 200, K },
                                        { 205, 225, C },
                                        { 250, 270, C } };
    const struct stretch_row row[] = { { i, 4, true }, { j, 5, true } };
    struct stretch_unitised u = stretch_alpha_u(row, 2, 300, C, 2);

    (void)state;
    NEAR(u.observed, 0.0144, 5e-5);
    NEAR(u.expected, 0.0532, 5e-5);
    NEAR(u.value.value, 0.7286, 5e-5);
    u = stretch_alpha_u(row, 2, 300, K, 2);
    NEAR(u.observed, 0, 0);
    NEAR(u.expected, 0.0490, 5e-5);
    NEAR(u.value.value, 1, 0);
    NEAR(stretch_alpha_u(row, 2, 300, UINT32_MAX, 2).value.value, 0.8591, 5e-4);
    assert_false(stretch_alpha_u(row, 1, 300, C, 2).value.defined);
}

/*
 * By hand: 10 s; first c 2-6, second c 3-7.  Both c 3 s, neither 5 s, each
 * alone 1 s: agreement 0.8, chance 0.4 * 0.4 + 0.6 * 0.6 = 0.52, kappa
 * 0.28 / 0.48; alpha 1 - 0.2 / 0.48, the same shares.
 */
static void time_is_weighed_exactly(void **state)
{
    static const struct stretch a[] = { { 2, 6, 0 } }, b[] = { { 3, 7, 0 } };
    const struct stretch_row row[] = { { a, 1, true }, { b, 1, true } };
    struct stretch_sums sums;
    struct stretch_agreement exact, units;

    (void)state;
    stretch_sums_init(&sums, 2, 1);
    stretch_sums_add(&sums, row, 10, 0, 1);
    exact = stretch_read(&sums, true);
    NEAR(sums.moments, 10, 1e-12);
    NEAR(exact.percent.value, 0.8, 1e-12);
    NEAR(exact.kappa.value, 0.28 / 0.48, 1e-12);
    NEAR(exact.alpha.value, 1 - 0.2 / 0.48, 1e-12);
    stretch_sums_clear(&sums);
    stretch_sums_add(&sums, row, 10, 1, 1);
    units = stretch_read(&sums, false);
    NEAR(units.kappa.value, 0.28 / 0.48, 1e-12);
    /* Twenty values: D_e = 0.48 * 20 / 19. */
    NEAR(units.alpha.value, 1 - 0.2 / (0.48 * 20 / 19), 1e-12);
    stretch_sums_add(&sums, row, 10, 1, -1);
    assert_false(stretch_read(&sums, false).kappa.defined);
    stretch_sums_release(&sums);
}

static void who_was_not_there_is_no_gap(void **state)
{
    static const struct stretch a[] = { { 2, 6, 0 } };
    const struct stretch_row row[] = { { a, 1, true },
                                       { NULL, 0, false },
                                       { NULL, 0, true } };
    struct stretch_sums sums;
    struct stretch_agreement out;

    (void)state;
    stretch_sums_init(&sums, 3, 1);
    stretch_sums_add(&sums, row, 10, 0, 1);
    out = stretch_read(&sums, true);
    NEAR(out.percent.value, 0.6, 1e-12); /* the pair that both judged */
    NEAR(out.kappa.value, 0, 1e-12);
    stretch_sums_release(&sums);
}

/* The greedy choice (0-10 with 1-10) would leave 10-12 without a partner. */
static void the_matching_has_the_most_pairs(void **state)
{
    static const struct stretch a[] = { { 0, 10, 0 }, { 5, 12, 0 } };
    static const struct stretch sorted[] = { { 0, 4, 0 }, { 1, 10, 0 } };
    const struct stretch_rule rule = { .overlap = 0.3 };
    size_t partner[2];

    (void)state;
    NEAR(stretch_overlap(&a[0], &sorted[1]), 0.9, 1e-12);
    assert_int_equal(stretch_match(a, 2, sorted, 2, &rule, partner), 2);
    assert_int_equal(partner[0], 0);
    assert_int_equal(partner[1], 1);
}

static void tolerance_is_of_both_borders(void **state)
{
    static const struct stretch a[] = { { 1, 2, 0 }, { 5, 6, 0 } };
    static const struct stretch b[] = { { 1.2, 2.1, 0 }, { 5.1, 6.5, 0 } };
    struct stretch_rule rule = { .tolerance = 0.2 };
    size_t partner[2];

    (void)state;
    assert_int_equal(stretch_match(a, 2, b, 2, &rule, partner), 1);
    assert_int_equal(partner[0], 0);
    assert_true(partner[1] == SIZE_MAX);
    rule.tolerance = 0.5;
    assert_int_equal(stretch_match(a, 2, b, 2, &rule, partner), 2);
    rule.tolerance = 0.05;
    assert_int_equal(stretch_match(a, 2, b, 2, &rule, partner), 0);
}

/* All ways to pair up, one by one; small. */
static void try_all(const struct stretch *a, size_t n, const struct stretch *b,
                    size_t m, double least, size_t i, unsigned taken,
                    size_t pairs, double like, size_t *most, double *best)
{
    if (i == n) {
        if (pairs > *most || (pairs == *most && like > *best)) {
            *most = pairs;
            *best = like;
        }
        return;
    }
    try_all(a, n, b, m, least, i + 1, taken, pairs, like, most, best);
    for (size_t j = 0; j < m; j++) {
        double overlap = stretch_overlap(&a[i], &b[j]);

        if (!(taken >> j & 1) && overlap >= least)
            try_all(a, n, b, m, least, i + 1, taken | 1u << j, pairs + 1,
                    like + overlap, most, best);
    }
}

static int by_start(const void *a, const void *b)
{
    const struct stretch *one = a;
    const struct stretch *other = b;

    return one->start < other->start ? -1 : one->start > other->start;
}

static void the_matching_is_the_best_of_all(void **state)
{
    struct rng *rng = rng_new(5, "test");

    (void)state;
    for (int turn = 0; turn < 300; turn++) {
        struct stretch of[2][6];
        const struct stretch_rule rule = { .overlap = 0.2 };
        size_t partner[6], pairs, most = 0;
        double best = 0, like = 0;

        for (size_t k = 0; k < 12; k++) {
            double start = 10 * rng_uniform(rng);

            of[k / 6][k % 6] =
                (struct stretch){ start, start + 4 * rng_uniform(rng), 0 };
        }
        qsort(of[0], 6, sizeof(of[0][0]), by_start);
        qsort(of[1], 6, sizeof(of[1][0]), by_start);
        pairs = stretch_match(of[0], 6, of[1], 6, &rule, partner);
        for (size_t i = 0; i < 6; i++)
            if (partner[i] != SIZE_MAX)
                like += stretch_overlap(&of[0][i], &of[1][partner[i]]);
        try_all(of[0], 6, of[1], 6, 0.2, 0, 0, 0, 0, &most, &best);
        assert_int_equal(pairs, most);
        NEAR(like, best, 1e-9);
    }
    rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alpha_u_is_that_of_the_book),
        cmocka_unit_test(time_is_weighed_exactly),
        cmocka_unit_test(who_was_not_there_is_no_gap),
        cmocka_unit_test(the_matching_has_the_most_pairs),
        cmocka_unit_test(tolerance_is_of_both_borders),
        cmocka_unit_test(the_matching_is_the_best_of_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
