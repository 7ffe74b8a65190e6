/*
 * test_permute - swapping two answers by clusters, against the sign-flip test
 * (paired.c, another way to count) and by hand.
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "common/base/rng.h"
#include "common/stat/paired.h"
#include "common/stat/permute.h"

enum { MOST = 40 };

/* One number a cluster for each side; gaps: of the sums, of their squares. */
struct sides {
    size_t n;
    double a[MOST], b[MOST];
    bool swapped[MOST];
};

static void clear(void *context)
{
    struct sides *sides = context;

    for (size_t i = 0; i < sides->n; i++)
        sides->swapped[i] = false;
}

static void swap(void *context, size_t cluster)
{
    struct sides *sides = context;

    sides->swapped[cluster] = !sides->swapped[cluster];
}

static void read_gaps(void *context, struct estimate *gap)
{
    const struct sides *sides = context;
    double sum[2] = { 0, 0 };

    for (size_t i = 0; i < sides->n; i++) {
        sum[0] += sides->swapped[i] ? sides->b[i] : sides->a[i];
        sum[1] += sides->swapped[i] ? sides->a[i] : sides->b[i];
    }
    gap[0] = estimate_of(sum[0] - sum[1]);
    gap[1] = estimate_of(sum[0] * sum[0] - sum[1] * sum[1]);
}

static void run(struct sides *sides, uint64_t exact_limit, uint64_t samples,
                struct permutation *out)
{
    struct permute_swap_source source = { .clusters = sides->n,
                                          .outputs = 2,
                                          .context = sides,
                                          .clear = clear,
                                          .swap = swap,
                                          .read = read_gaps };
    struct permute_plan plan = { .exact_limit = exact_limit,
                                 .samples = samples,
                                 .seed = 1,
                                 .name = "test" };

    permute_swaps(&source, &plan, out);
}

static void draw(struct sides *sides, size_t n, double shift)
{
    struct rng *rng = rng_new(7, "permute");

    sides->n = n;
    for (size_t i = 0; i < n; i++) {
        sides->a[i] = rng_normal(rng) + shift;
        sides->b[i] = rng_normal(rng);
    }
    rng_free(rng);
}

static void all_ways_are_the_sign_flips_of_differences(void **state)
{
    struct sides sides = { 0 };
    struct permutation out[2];

    (void)state;
    for (size_t n = 1; n <= 13; n++) {
        double difference[MOST];
        struct paired_flip flip;

        draw(&sides, n, 0.5);
        for (size_t i = 0; i < n; i++)
            difference[i] = sides.a[i] - sides.b[i];
        flip = paired_sign_flip(difference, n, 20, 0, 1);
        run(&sides, 1 << 13, 0, out);
        assert_true(out[0].defined && out[0].exact);
        assert_int_equal(out[0].splits, 1 << n);
        assert_int_equal(out[0].extreme,
                         (uint64_t)(flip.test.p.value * (1 << n) + 0.5));
        assert_float_equal(out[0].p, flip.test.p.value, 1e-12);
    }
}

/*
 * By hand: a = 3, 2, 1 against zeros.  Sums after the eight ways: 6, 4, 2, 0
 * and their negatives, each two or one: only 6 and -6 are as large as 6.
 */
static void three_clusters_give_two_of_eight(void **state)
{
    struct sides sides = { .n = 3, .a = { 3, 2, 1 } };
    struct permutation out[2];

    (void)state;
    run(&sides, 8, 0, out);
    assert_int_equal(out[0].extreme, 2);
    assert_float_equal(out[0].p, 0.25, 0);
    /* The squares' gap is no sum, and has its own: 36 - 0 is the most. */
    assert_int_equal(out[1].extreme, 2);
}

static void drawn_ways_come_near_and_repeat(void **state)
{
    struct sides sides = { 0 };
    struct permutation all[2], some[2], again[2];

    (void)state;
    draw(&sides, 12, 0.4);
    run(&sides, 1 << 12, 0, all);
    run(&sides, 1, 20000, some);
    run(&sides, 1, 20000, again);
    assert_false(some[0].exact);
    assert_int_equal(some[0].splits, 20000);
    /* Four standard errors of a share of 20,000. */
    assert_float_equal(some[0].p, all[0].p, 4 * 0.5 / 141.4);
    assert_int_equal(some[0].extreme, again[0].extreme);
    assert_float_equal(some[0].p, (double)(some[0].extreme + 1) / 20001, 1e-15);
}

static void no_clusters_are_no_answer(void **state)
{
    struct sides sides = { 0 };
    struct permutation out[2];

    (void)state;
    run(&sides, 8, 10, out);
    assert_false(out[0].defined);
    assert_non_null(out[0].reason);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_ways_are_the_sign_flips_of_differences),
        cmocka_unit_test(three_clusters_give_two_of_eight),
        cmocka_unit_test(drawn_ways_come_near_and_repeat),
        cmocka_unit_test(no_clusters_are_no_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
