/*
 * test_cusum - Montgomery's worked example, and how long charts run.
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "common/base/rng.h"
#include "common/stat/cusum.h"

/*
 * Montgomery, Introduction to Statistical Quality Control, table 9.1: twenty
 * observations of N(10, 1), then ten of N(11, 1); example 9.1 charts them with
 * k = 0.5 and h = 5, and the first above it is number 29 (C+ = 5.28), which
 * began seven observations before.
 */
static void the_worked_example_alarms_where_the_book_says(void **state)
{
    static const double x[] = { 9.45,  7.99,  9.29,  11.66, 12.16, 10.18,
                                8.04,  11.46, 9.20,  10.34, 9.03,  11.47,
                                10.51, 9.40,  10.08, 9.37,  10.62, 10.31,
                                8.52,  10.84, 10.90, 9.33,  12.29, 11.50,
                                10.60, 11.08, 10.38, 11.62, 11.31, 10.52 };
    struct cusum cusum, mirror;

    (void)state;
    cusum_init(&cusum, 0.5, 5);
    cusum_init(&mirror, 0.5, 5);
    for (size_t i = 0; i < sizeof(x) / sizeof(*x); i++) {
        cusum_add(&cusum, x[i] - 10);
        cusum_add(&mirror, 10 - x[i]);
        if (i == 28) {
            assert_float_equal(cusum.high, 5.28, 1e-9);
            assert_float_equal(cusum.low, 0, 1e-9);
            assert_int_equal(mirror.low_run, 7);
        }
    }
    assert_int_equal(cusum.high_alarm, 29);
    assert_int_equal(cusum.low_alarm, 0);
    assert_int_equal(mirror.low_alarm, 29);
}

/* How many observations of N(shift, 1) until an alarm of either side. */
static double run_length(double shift, int runs)
{
    struct rng *rng = rng_new(1, "cusum");
    double sum = 0;

    for (int i = 0; i < runs; i++) {
        struct cusum cusum;

        cusum_init(&cusum, 0.5, 4);
        while (cusum.high_alarm == 0 && cusum.low_alarm == 0)
            cusum_add(&cusum, rng_normal(rng) + shift);
        sum += (double)cusum.count;
    }
    rng_free(rng);
    return sum / runs;
}

/* His table 9.3, k = 1/2, h = 4: 168 at no shift, 26.6, 8.38, 3.34. */
static void charts_run_as_long_as_in_the_tables(void **state)
{
    (void)state;
    assert_float_equal(run_length(0, 4000), 168, 8);
    assert_float_equal(run_length(-0.5, 4000), 26.6, 1.2);
    assert_float_equal(run_length(-1, 4000), 8.38, 0.3);
    assert_float_equal(run_length(-2, 4000), 3.34, 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_example_alarms_where_the_book_says),
        cmocka_unit_test(charts_run_as_long_as_in_the_tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
