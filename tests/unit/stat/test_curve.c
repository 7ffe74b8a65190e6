/*
 * Continuous ratings: one clock, lags that are known because they were made,
 * agreement that warping does not flatter, fusion.
 */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/base/rng.h"
#include "common/stat/curve_agree.h"
#include "common/stat/curve_fuse.h"
#include "common/stat/curve_lag.h"

#define NEAR(a, b, by) assert_true(fabs((a) - (b)) <= (by))

enum { RATERS = 8, ITEMS = 2, SAMPLES = 500 };

static void a_trace_runs_straight_between_its_samples(void **state)
{
    const double time[] = { 1, 2, 4 }, value[] = { 10, 20, 0 };
    const struct curve trace = { time, value, 3 };
    double out[8];

    (void)state;
    curve_sample(&trace, 0.5, 0.5, 8, out);
    assert_true(isnan(out[0]));
    NEAR(out[1], 10, 0);
    NEAR(out[2], 15, 1e-12);
    NEAR(out[3], 20, 1e-12);
    NEAR(out[5], 10, 1e-12);
    NEAR(out[7], 0, 1e-12);
}

static void a_panel_has_the_time_that_all_share(void **state)
{
    const double a_time[] = { 0, 10 }, b_time[] = { 1, 8 };
    const double ramp[] = { 0, 10 }, lag[] = { 0, 0, 0.5 };
    const struct curve trace[3] = { { a_time, ramp, 2 },
                                    { NULL, NULL, 0 },
                                    { b_time, b_time, 2 } };
    struct curve_panel panel;
    const char *reason = NULL;

    (void)state;
    assert_true(curve_panel_init(&panel, trace, lag, 3, 2, &reason));
    assert_int_equal(panel.raters, 2);
    assert_int_equal(panel.rater[1], 2);
    NEAR(panel.start, 0.5, 1e-12);      /* 1 - 0.5 */
    assert_int_equal(panel.points, 15); /* 0.5, 1 ... 7.5 */
    NEAR(curve_row(&panel, 0)[0], 0.5, 1e-12);
    NEAR(curve_row(&panel, 1)[0], 1, 1e-12); /* given at 0.5 + 0.5 */
    curve_panel_release(&panel);
    assert_false(curve_panel_init(&panel, trace + 1, NULL, 1, 2, &reason));
    assert_non_null(reason);
    curve_panel_release(&panel);
}

/* What is felt: a few sines without a common period. */
static double felt(size_t item, double t)
{
    return 5 + sin(0.31 * t + (double)item) + 0.7 * sin(0.73 * t) +
           0.5 * sin(1.37 * t + 1);
}

/* Raters with these lags, irregular time stamps, noise, their own scale. */
struct crowd {
    double time[ITEMS * RATERS][SAMPLES], value[ITEMS * RATERS][SAMPLES];
    struct curve trace[ITEMS * RATERS];
    double signal_time[ITEMS][SAMPLES], signal_value[ITEMS][SAMPLES];
    struct curve signal[ITEMS];
};

static const double lags[RATERS] = { 0.35, 0.8, 1.1, 1.45, 1.9, 2.2, 2.7, 3.3 };

static struct crowd *simulate(void)
{
    struct crowd *crowd = xcalloc(1, sizeof(*crowd));
    struct rng *rng = rng_new(7, "test");

    for (size_t i = 0; i < ITEMS; i++) {
        for (size_t r = 0; r < RATERS; r++) {
            size_t at = i * RATERS + r;
            double t = 0.2 * rng_uniform(rng);

            for (size_t k = 0; k < SAMPLES; k++) {
                crowd->time[at][k] = t;
                crowd->value[at][k] =
                    (0.6 + 0.1 * (double)r) * felt(i, t - lags[r]) +
                    0.3 * rng_normal(rng);
                t += 0.06 + 0.12 * rng_uniform(rng);
            }
            crowd->trace[at] =
                (struct curve){ crowd->time[at], crowd->value[at], SAMPLES };
        }
        for (size_t k = 0; k < SAMPLES; k++) {
            crowd->signal_time[i][k] = 0.125 * (double)k;
            crowd->signal_value[i][k] = felt(i, 0.125 * (double)k);
        }
        crowd->signal[i] = (struct curve){ crowd->signal_time[i],
                                           crowd->signal_value[i], SAMPLES };
    }
    rng_free(rng);
    return crowd;
}

static void known_lags_behind_a_signal_are_found(void **state)
{
    struct crowd *crowd = simulate();
    struct curve_lag out[RATERS];

    (void)state;
    for (int fit = CURVE_FIT_CORRELATION; fit <= CURVE_FIT_MUTUAL_INFORMATION;
         fit++) {
        struct curve_lag_plan plan = {
            ITEMS, RATERS, crowd->trace, crowd->signal, (enum curve_fit)fit,
            10,    5
        };

        assert_int_equal(curve_lags(&plan, out), 1);
        for (size_t r = 0; r < RATERS; r++) {
            assert_true(out[r].lag.defined && !out[r].at_limit);
            assert_int_equal(out[r].items, ITEMS);
            NEAR(out[r].lag.value, lags[r], 0.1);
            assert_true(out[r].at_lag > out[r].at_zero);
        }
    }
    free(crowd);
}

static void known_lags_are_found_from_the_other_raters_alone(void **state)
{
    struct crowd *crowd = simulate();
    struct curve_lag out[RATERS];
    double mean = 0;

    (void)state;
    for (size_t r = 0; r < RATERS; r++)
        mean += lags[r] / RATERS;
    for (int fit = CURVE_FIT_CORRELATION; fit <= CURVE_FIT_MUTUAL_INFORMATION;
         fit++) {
        struct curve_lag_plan plan = {
            ITEMS, RATERS, crowd->trace, NULL, (enum curve_fit)fit, 10, 5
        };

        assert_in_range(curve_lags(&plan, out), 2, 29);
        for (size_t r = 0; r < RATERS; r++) {
            assert_true(out[r].lag.defined && !out[r].at_limit);
            NEAR(out[r].lag.value, lags[r] - mean, 0.1);
        }
    }
    free(crowd);
}

static void a_constant_trace_has_no_lag_and_says_why(void **state)
{
    struct crowd *crowd = simulate();
    struct curve_lag out[RATERS];
    struct curve_lag_plan plan = {
        ITEMS, RATERS, crowd->trace, NULL, CURVE_FIT_CORRELATION, 10, 5
    };

    (void)state;
    for (size_t k = 0; k < SAMPLES; k++)
        crowd->value[0][k] = crowd->value[RATERS][k] = 5;
    curve_lags(&plan, out);
    assert_false(out[0].lag.defined);
    assert_non_null(out[0].lag.reason);
    assert_true(out[1].lag.defined);
    free(crowd);
}

static void lags_as_a_view_raise_agreement(void **state)
{
    struct crowd *crowd = simulate();
    struct curve_panel as_is, seen;
    const char *reason;
    struct curve_means before, after;

    (void)state;
    assert_true(
        curve_panel_init(&as_is, crowd->trace, NULL, RATERS, 10, &reason));
    assert_true(
        curve_panel_init(&seen, crowd->trace, lags, RATERS, 10, &reason));
    before = curve_means_of(&as_is, 0, 0);
    after = curve_means_of(&seen, 0, 0);
    assert_int_equal(before.pairs, RATERS * (RATERS - 1) / 2);
    assert_true(after.pearson.value > before.pearson.value + 0.2);
    /* What was recorded is what it was. */
    assert_true(crowd->trace[1].time[0] == crowd->time[1][0]);
    curve_panel_release(&as_is);
    curve_panel_release(&seen);
    free(crowd);
}

static void the_best_lag_of_a_pair_is_the_shift_between_them(void **state)
{
    double x[200], y[200];
    struct curve_lagged lagged;

    (void)state;
    for (size_t k = 0; k < 200; k++) {
        x[k] = felt(0, 0.1 * (double)k);
        y[k] = felt(0, 0.1 * ((double)k - 7));
    }
    lagged = curve_lagged_ccc(x, y, 200, 20, 0.001);
    NEAR(lagged.lag, 7, 0);
    NEAR(lagged.ccc.value, 1, 1e-12);
    /* A penalty that nothing is worth keeps them where they are. */
    NEAR(curve_lagged_ccc(x, y, 200, 20, 1).lag, 0, 0);
    NEAR(curve_lagged_ccc(y, x, 200, 20, 0.001).lag, -7, 0);
}

static void warping_does_not_flatter_traces_of_other_things(void **state)
{
    double x[300], y[300], z[300], a = 0;
    struct rng *rng = rng_new(3, "test");
    struct curve_warp like, unlike;

    (void)state;
    for (size_t k = 0; k < 300; k++) {
        double t = 0.1 * (double)k;

        x[k] = felt(0, t) + 0.05 * rng_normal(rng);
        y[k] = felt(0, t - 0.4 - 0.3 * sin(0.2 * t)); /* bent in time */
        a += rng_normal(rng);
        z[k] = a;
    }
    like = curve_warp_of(x, y, 300, 10, 99, NULL);
    unlike = curve_warp_of(x, z, 300, 10, 99, NULL);
    assert_int_equal(like.shifts, 99);
    assert_true(like.similarity.value > 0.8);
    NEAR(like.p.value, 0.01, 1e-12);
    assert_true(unlike.similarity.value < 0.6);
    assert_true(unlike.p.value > 0.05);
    assert_false(curve_warp_of(x, y, 30, 10, 99, NULL).p.defined);
    rng_free(rng);
}

/*
 * By hand: three raters, bins of one point: 1 2 3, 1 2 2, 3 2 3.  Steps 1-2,
 * 1-3, 2-3: rise rise fall; rise rise none; rise none rise.  Pairs that agree:
 * 1/3, 1/3, 1/3.  Directions of nine: fall 1, neither 2, rise 6.  D_o = 20/9 /
 * ... : cells (2 rises, fall): 2 * 4 * 2 / 2 = 8; (2 rises, neither): 2 each.
 * D_o = 12 / 9; D_e = 2 (4 * 6 + 2 * 7) / 72 = 76 / 72.
 */
static void directions_are_counted_cell_by_cell(void **state)
{
    double x[] = { 1, 2, 3, 1, 2, 2, 3, 2, 3 };
    size_t rater[] = { 0, 1, 2 };
    struct curve_panel panel = {
        .raters = 3, .points = 3, .step = 1, .x = x, .rater = rater
    };
    struct curve_qa qa = curve_qa_of(&panel, 1, 0.1, 0.66);

    (void)state;
    assert_int_equal(qa.cells, 3);
    NEAR(qa.agreement.value, 1.0 / 3, 1e-12);
    NEAR(qa.consensus.value, 1, 1e-12);
    NEAR(qa.alpha.value, 1 - (12.0 / 9) / (76.0 / 72), 1e-12);
    assert_false(curve_qa_of(&panel, 2, 0.1, 0.66).agreement.defined);
}

/* Two who agree and one upside down: r 1, 1, -1 with the others' mean of one
   item whose mean is theirs. */
static void who_rates_upside_down_weighs_nothing(void **state)
{
    double x[] = { 1, 2, 3, 4, 2, 3, 4, 5, 4, 3, 2, 1 };
    size_t rater[] = { 0, 1, 3 };
    struct curve_panel panel = {
        .raters = 3, .points = 4, .step = 1, .x = x, .rater = rater
    };
    struct curve_weight out[4];
    double weight[4], value[4], sd[4];

    (void)state;
    curve_weights(&panel, 1, 4, false, out);
    NEAR(out[0].r.value, 1, 1e-12);
    NEAR(out[3].r.value, -1, 1e-12);
    assert_true(out[3].weight == 0);
    assert_false(out[2].r.defined);
    for (size_t r = 0; r < 4; r++)
        weight[r] = out[r].weight;
    assert_true(curve_fuse(&panel, weight, value, sd));
    NEAR(value[0], 1.5, 1e-12);
    NEAR(value[3], 4.5, 1e-12);
    NEAR(sd[0],
         sqrt(((1 - 7. / 3) * (1 - 7. / 3) + (2 - 7. / 3) * (2 - 7. / 3) +
               (4 - 7. / 3) * (4 - 7. / 3)) /
              2),
         1e-12);
    assert_true(curve_fuse(&panel, NULL, value, sd));
    NEAR(value[0], 7.0 / 3, 1e-12);
    weight[0] = weight[1] = 0;
    assert_false(curve_fuse(&panel, weight, value, sd));
    /* Without their own part the two have only half of a mean that rises. */
    curve_weights(&panel, 1, 4, true, out);
    assert_false(out[0].r.defined); /* 2 + 4, 3 + 3, ...: constant */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trace_runs_straight_between_its_samples),
        cmocka_unit_test(a_panel_has_the_time_that_all_share),
        cmocka_unit_test(known_lags_behind_a_signal_are_found),
        cmocka_unit_test(known_lags_are_found_from_the_other_raters_alone),
        cmocka_unit_test(a_constant_trace_has_no_lag_and_says_why),
        cmocka_unit_test(lags_as_a_view_raise_agreement),
        cmocka_unit_test(the_best_lag_of_a_pair_is_the_shift_between_them),
        cmocka_unit_test(warping_does_not_flatter_traces_of_other_things),
        cmocka_unit_test(directions_are_counted_cell_by_cell),
        cmocka_unit_test(who_rates_upside_down_weighs_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
