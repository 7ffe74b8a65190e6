/* normalize - fitted on the training part alone; numbers by hand. */
#include <config.h>

#include "eval/learn/normalize.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/vec.h"

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) < 1e-12))
        fail_msg("%.17g is not %.17g", value, expected);
}

static struct normalize_settings mode(enum normalize_mode which)
{
    return (struct normalize_settings){ .mode = which };
}

/*
 * One column, six items of three speakers; items 0 to 3 are trained on.
 * Training mean 4, sd sqrt(5): (1 3 5 7).
 */
static double column[] = { 1, 3, 5, 7, 10, 14 };
static const struct matrix six = { .cell = column, .rows = 6, .columns = 1 };
static const size_t speaker[] = { 0, 0, 1, 1, 2, 2 };
static const size_t train[] = { 0, 1, 2, 3 };
static const size_t test[] = { 4, 5 };

static void global_is_fitted_on_training_alone(void **state)
{
    struct normalize_settings settings = mode(NORMALIZE_GLOBAL);
    struct normalize_items items = { .x = &six };
    struct normalized out;

    (void)state;
    normalize_fold(&settings, &items, train, 4, test, 2, &out);
    assert_near(out.train.cell[0], -3 / sqrt(5));
    assert_near(out.train.cell[3], 3 / sqrt(5));
    assert_near(out.test.cell[0], 6 / sqrt(5));
    assert_near(out.test.cell[1], 10 / sqrt(5));
    assert_int_equal(out.filled_train + out.filled_test, 0);
    normalized_release(&out);
}

static void none_leaves_the_values(void **state)
{
    struct normalize_settings settings = mode(NORMALIZE_NONE);
    struct normalize_items items = { .x = &six };
    struct normalized out;

    (void)state;
    normalize_fold(&settings, &items, train, 4, test, 2, &out);
    assert_memory_equal(out.train.cell, column, 4 * sizeof(double));
    assert_memory_equal(out.test.cell, column + 4, 2 * sizeof(double));
    normalized_release(&out);
}

/* Each speaker's two values are mean -+ sd, so all become -1 and 1. */
static void speaker_uses_each_speakers_own_items(void **state)
{
    struct normalize_settings settings = mode(NORMALIZE_SPEAKER);
    struct normalize_items items = { .x = &six, .owner = speaker, .owners = 3 };
    struct normalized out;

    (void)state;
    assert_true(normalize_is_transductive(&settings));
    assert_non_null(strstr(normalize_remark(&settings), "transductive"));
    normalize_fold(&settings, &items, train, 4, test, 2, &out);
    for (size_t i = 0; i < 4; i++)
        assert_near(out.train.cell[i], i % 2 ? 1 : -1);
    assert_near(out.test.cell[0], -1);
    assert_near(out.test.cell[1], 1);
    normalized_release(&out);
}

/*
 * The first item of each speaker is enrolled: its mean is that item, its sd
 * is 0, so that of training (sqrt 5) stands in: 0, 2/sqrt 5, 0, 2/sqrt 5 in
 * training, 0 and 4/sqrt 5 in test.  Training mean 1/sqrt 5, sd 1/sqrt 5.
 */
static void enrol_uses_the_enrolled_items_only(void **state)
{
    static const bool enrolled[] = { true, false, true, false, true, false };
    struct normalize_settings settings = mode(NORMALIZE_ENROL);
    struct normalize_items items = {
        .x = &six, .owner = speaker, .owners = 3, .enrolled = enrolled
    };
    struct normalized out;

    (void)state;
    assert_false(normalize_is_transductive(&settings));
    normalize_fold(&settings, &items, train, 4, test, 2, &out);
    assert_near(out.train.cell[0], -1);
    assert_near(out.train.cell[1], 1);
    assert_near(out.test.cell[0], -1);
    assert_near(out.test.cell[1], 3);
    assert_int_equal(out.bare_speakers, 0);
    normalized_release(&out);
}

/*
 * Training 1 2 3 100: median 2.5, deviations .5 .5 1.5 97.5, MAD 1; by the
 * mean, 26.5, an outlier would move all.  The second column is constant but
 * for one item: MAD 0, so the sd stands in (1/4 of 8: mean 2, sd sqrt 12).
 */
static void mad_is_not_moved_by_an_outlier(void **state)
{
    double cell[] = { 1, 0, 2, 0, 3, 0, 100, 8, 4, 0 };
    struct matrix x = { .cell = cell, .rows = 5, .columns = 2 };
    struct normalize_settings settings = mode(NORMALIZE_GLOBAL);
    struct normalize_items items = { .x = &x };
    static const size_t last[] = { 4 };
    struct normalized out;

    (void)state;
    settings.robust = true;
    normalize_fold(&settings, &items, train, 4, last, 1, &out);
    assert_near(matrix_row(&out.train, 0)[0], -1.5 / 1.4826);
    assert_near(matrix_row(&out.train, 3)[0], 97.5 / 1.4826);
    assert_near(matrix_row(&out.test, 0)[0], 1.5 / 1.4826);
    assert_near(matrix_row(&out.train, 0)[1], 0);
    assert_near(matrix_row(&out.train, 3)[1], 8 / sqrt(12));
    normalized_release(&out);
}

static void speaker_and_mad_go_together(void **state)
{
    static const size_t one[] = { 0, 0, 0, 0, 1, 1 };
    double cell[] = { 1, 2, 3, 100, 10, 12 };
    struct matrix x = { .cell = cell, .rows = 6, .columns = 1 };
    struct normalize_settings settings = mode(NORMALIZE_SPEAKER);
    struct normalize_items items = { .x = &x, .owner = one, .owners = 2 };
    struct normalized out;

    (void)state;
    settings.robust = true;
    normalize_fold(&settings, &items, train, 4, test, 2, &out);
    /* Step 2: of training, now -1.5 -.5 .5 97.5 by 1.4826, median 0. */
    assert_near(out.train.cell[0], -1.5 / 1.4826);
    assert_near(out.test.cell[0], -1 / 1.4826); /* 10, 12: MAD 1 */
    assert_near(out.test.cell[1], 1 / 1.4826);
    normalized_release(&out);
}

static void a_speaker_without_enrolment_is_counted(void **state)
{
    static const bool enrolled[] = { true, true, true, true, false, false };
    struct normalize_settings settings = mode(NORMALIZE_ENROL);
    struct normalize_items items = {
        .x = &six, .owner = speaker, .owners = 3, .enrolled = enrolled
    };
    struct normalized out;

    (void)state;
    normalize_fold(&settings, &items, train, 4, test, 2, &out);
    assert_int_equal(out.bare_speakers, 1);
    assert_near(out.test.cell[0], 6 / sqrt(5)); /* as by training */
    normalized_release(&out);
}

/*
 * Column 0: 1, 2, missing, 6 in training: mean 3, median 2, and a missing
 * cell in test.  Column 1 is 0.1 throughout.  Column 2 has a value in test
 * only.
 */
static void missing_cells_get_the_trainings_mean_or_median(void **state)
{
    double cell[] = { 1,   0.1, NAN, 2,   0.1, NAN, NAN, 0.1,
                      NAN, 6,   0.1, NAN, NAN, 0.1, 7 };
    struct matrix x = { .cell = cell, .rows = 5, .columns = 3 };
    struct normalize_settings settings = mode(NORMALIZE_NONE);
    struct normalize_items items = { .x = &x };
    static const size_t last[] = { 4 };
    struct normalized out;

    (void)state;
    normalize_fold(&settings, &items, train, 4, last, 1, &out);
    assert_near(matrix_row(&out.train, 2)[0], 3);
    assert_near(matrix_row(&out.test, 0)[0], 3);
    assert_int_equal(out.filled_train, 5);
    assert_int_equal(out.filled_test, 1);
    assert_int_equal(out.cells_train, 12);
    assert_int_equal(out.empty_columns, 1);
    assert_int_equal(out.constant_columns, 1);
    normalized_release(&out);

    settings.impute = IMPUTE_MEDIAN;
    normalize_fold(&settings, &items, train, 4, last, 1, &out);
    assert_near(matrix_row(&out.train, 2)[0], 2);
    normalized_release(&out);

    settings = mode(NORMALIZE_GLOBAL);
    normalize_fold(&settings, &items, train, 4, last, 1, &out);
    assert_near(matrix_row(&out.train, 2)[0], 0);
    assert_near(matrix_row(&out.train, 0)[1], 0); /* a constant */
    assert_near(matrix_row(&out.test, 0)[1], 0);
    assert_near(matrix_row(&out.train, 0)[2], 0); /* no value at all */
    assert_near(matrix_row(&out.train, 0)[0], -2 / sqrt(14.0 / 3));
    normalized_release(&out);
}

/* What is tested may be anything: training must not move. */
static void the_tested_items_never_reach_the_training_part(void **state)
{
    static const enum normalize_mode modes[] = {
        NORMALIZE_NONE, NORMALIZE_GLOBAL, NORMALIZE_SPEAKER, NORMALIZE_ENROL
    };
    static const bool enrolled[] = { true, true, true, true, true, false };
    double wild[] = { 1, 3, 5, 7, -1e9, NAN };
    struct matrix other = { .cell = wild, .rows = 6, .columns = 1 };

    (void)state;
    for (size_t m = 0; m < LENGTH_OF(modes); m++) {
        struct normalize_settings settings = mode(modes[m]);
        struct normalize_items items = {
            .x = &six, .owner = speaker, .owners = 3, .enrolled = enrolled
        };
        struct normalized before, after;

        normalize_fold(&settings, &items, train, 4, test, 2, &before);
        items.x = &other;
        normalize_fold(&settings, &items, train, 4, test, 2, &after);
        assert_memory_equal(before.train.cell, after.train.cell,
                            4 * sizeof(double));
        normalized_release(&before);
        normalized_release(&after);
    }
}

static void names_of_modes_are_read_strictly(void **state)
{
    static const char *const bad[] = { "",         "z",        "enrol",
                                       "enrol:",   "enrol:0",  "enrol:x",
                                       "enrol:-1", "speakers", "Global" };
    struct normalize_settings settings = { 0 };
    struct error err;

    (void)state;
    for (size_t i = 0; i < LENGTH_OF(bad); i++) {
        assert_false(normalize_parse(bad[i], &settings, &err));
        assert_int_equal(err.code, ERROR_USAGE);
    }
    assert_true(normalize_parse("neutral-enrol:3", &settings, &err));
    assert_int_equal(settings.mode, NORMALIZE_NEUTRAL_ENROL);
    assert_int_equal(settings.enrol, 3);
    assert_true(normalize_parse("speaker", &settings, &err));
    assert_int_equal(settings.mode, NORMALIZE_SPEAKER);
}

/* By hand: 4 and -9 become 2 and -3; their root mean square is sqrt 6.5. */
static void a_cascade_tames_cells_then_items(void **state)
{
    double cell[] = { 4, -9, 0, 0 };
    struct matrix x = { .cell = cell, .rows = 2, .columns = 2 };

    (void)state;
    cascade_apply(CASCADE_NONE, &x);
    assert_near(cell[0], 4);
    cascade_apply(CASCADE_POWER, &x);
    assert_near(cell[0], 2);
    assert_near(cell[1], -3);
    cell[0] = 4;
    cell[1] = -9;
    cascade_apply(CASCADE_UNIT, &x);
    assert_near(cell[0], 2 / sqrt(6.5));
    assert_near(cell[1], -3 / sqrt(6.5));
    assert_near(cell[2], 0); /* an item of zeros stays one */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(global_is_fitted_on_training_alone),
        cmocka_unit_test(none_leaves_the_values),
        cmocka_unit_test(speaker_uses_each_speakers_own_items),
        cmocka_unit_test(enrol_uses_the_enrolled_items_only),
        cmocka_unit_test(a_cascade_tames_cells_then_items),
        cmocka_unit_test(mad_is_not_moved_by_an_outlier),
        cmocka_unit_test(speaker_and_mad_go_together),
        cmocka_unit_test(a_speaker_without_enrolment_is_counted),
        cmocka_unit_test(missing_cells_get_the_trainings_mean_or_median),
        cmocka_unit_test(the_tested_items_never_reach_the_training_part),
        cmocka_unit_test(names_of_modes_are_read_strictly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
