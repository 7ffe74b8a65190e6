/* hills, periods - by hand. */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "eval/feat/hills.h"
#include "eval/feat/periods.h"
#include "eval/feat/speech.h"

enum { SECOND = SPEECH_RATE };

static void near(double a, double b, double slack)
{
    if (!(fabs(a - b) <= slack))
        fail_msg("%.9g is not %.9g", a, b);
}

/*
 * Every tenth period is twice as high: its two neighbours are none.  The
 * reference counts them.
 */
static void periods_that_are_not_alike_are_no_neighbours(void **state)
{
    enum { PERIOD = 160, PERIODS = 100 };
    struct periods_settings settings = {
        .rate = SECOND, .hop = SPEECH_HOP, .frame = 960, .lowest_hz = 75
    };
    float *sample = xcalloc((PERIODS + 10) * PERIOD, sizeof(*sample));
    double sum[2] = { 0, 0 };

    (void)state;
    for (int i = 0; i < PERIODS * PERIOD; i++)
        sample[i] = (float)((i / PERIOD % 10 == 9 ? 0.4 : 0.2) *
                            sin(2 * M_PI * i / PERIOD));
    for (int limited = 0; limited < 2; limited++) {
        struct periods *periods;

        settings.most_length_ratio = limited ? 1.3 : 0;
        settings.most_height_ratio = limited ? 1.6 : 0;
        periods = periods_new(&settings);
        for (int t = 0; t < PERIODS - 1; t++)
            sum[limited] +=
                periods_step(periods, sample + t * SPEECH_HOP, 100).shimmer_db;
        periods_free(periods);
    }
    assert_true(sum[0] / (PERIODS - 1) > 0.4);
    near(sum[1] / (PERIODS - 1), 0, 0.02);
    free(sample);
}

static void hills_have_their_slopes(void **state)
{
    static const double x[] = { 0, 1, 2, 3, 1, 0.9, 1, 4, 2, NAN, 5, 6, 7 };
    struct hills hills;
    int64_t at[7];

    (void)state;
    hills_of(x, 13, 0.5, 0.5, &hills);
    assert_int_equal(hills.tops, 2);
    /* 0 to 3 in 1.5 s, 0.9 to 4 in 1 s, 5 to 7 in 1 s; none over the gap. */
    near(hills.rise_mean, (2 + 3.1 + 2) / 3, 1e-12);
    near(hills.fall_mean, (2.1 / 1 + 2 / 0.5) / 2, 1e-12);
    assert_int_equal(hills_tops(x, 13, 0.5, at), 2);
    assert_int_equal(at[0], 3);
    assert_int_equal(at[1], 7);
    hills_of(x, 1, 0.5, 0.5, &hills);
    assert_true(isnan(hills.rise_mean) && isnan(hills.fall_sd));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_that_are_not_alike_are_no_neighbours),
        cmocka_unit_test(hills_have_their_slopes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
