/* cv, tune - what is tested never reaches training, nor the choice. */
#include <config.h>

#include "eval/valid/cv.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "eval/learn/linear.h"
#include "made_design.h"

/* Settings over a design; `params` such as "C=0.01,1". */
static void settings_make(struct cv_settings *settings,
                          const struct design *design,
                          const struct learner *learner, const char *params,
                          const char *normalize)
{
    struct text_list given = { 0 };
    struct error err;

    memset(settings, 0, sizeof(*settings));
    settings->setup.design = design;
    settings->setup.learner = learner;
    settings->setup.balanced = true;
    settings->group_name = "speaker";
    settings->inner = 3;
    settings->seed = 1;
    settings->jobs = 2;
    assert_true(normalize_parse(normalize, &settings->setup.normalize, &err));
    text_list_split(&given, params, ';');
    assert_true(tune_grid_parse(&settings->grid, learner, &given, &err));
    text_list_release(&given);
}

static void run(const struct cv_settings *settings, struct cv_result *result)
{
    struct error err = { 0 };

    if (!cv_run(settings, result, &err))
        fail_msg("%s", err.text);
}

/*
 * Speaker 3 becomes wild, with a column that gives its classes away.  In the
 * fold that tests speaker 3 every score of the search and the choice must
 * stay, to the last bit; in the others, where it is trained on, they move.
 */
static void the_choice_never_sees_the_tested_speaker(void **state)
{
    static const char *const modes[] = { "none", "global", "speaker", "enrol:1",
                                         NULL };
    const struct learner *both[] = { &linear_svm, &linear_svr };

    (void)state;
    for (size_t m = 0; modes[m]; m++) {
        for (size_t l = 0; l < 2; l++) {
            struct design *design = made_design(11, m == 3);
            struct cv_settings settings;
            struct cv_result before, after;
            size_t points, moved = 0;

            if (both[l]->task == LEARNER_REGRESS) {
                free(design->class_of);
                design->class_of = NULL;
            }
            settings_make(&settings, design, both[l], "C=0.001,0.01,0.1,1,10",
                          modes[m]);
            points = settings.grid.points;
            run(&settings, &before);
            if (!design->class_of) {
                design->class_of = xcalloc(design->count, sizeof(size_t));
                made_design_spoil(design, 3, 5);
                free(design->class_of);
                design->class_of = NULL;
            } else {
                made_design_spoil(design, 3, 5);
            }
            run(&settings, &after);
            assert_memory_equal(before.fold[3].tuned.score,
                                after.fold[3].tuned.score,
                                points * sizeof(double));
            assert_int_equal(before.fold[3].tuned.best,
                             after.fold[3].tuned.best);
            for (size_t i = 0; i < MADE_SPEAKERS; i++)
                moved += memcmp(before.fold[i].tuned.score,
                                after.fold[i].tuned.score,
                                points * sizeof(double)) != 0;
            assert_int_equal(moved, MADE_SPEAKERS - 1);
            cv_result_release(&before);
            cv_result_release(&after);
            tune_grid_release(&settings.grid);
            design_free(design);
        }
    }
}

/*
 * Five speakers, each of one class and known by a column of its own: who
 * has heard a speaker knows the class, and nothing else tells it.  A search
 * whose own folds mixed speakers would find a perfect value.
 */
static void the_search_keeps_speakers_apart_too(void **state)
{
    struct design *design = made_design(3, false);
    struct cv_settings settings;
    struct cv_result result;

    (void)state;
    design->count = design->asked = MADE_COLUMNS * MADE_EACH;
    design->features.rows = design->count;
    for (size_t i = 0; i < design->count; i++) {
        design->class_of[i] = design->speaker[i] % 2;
        for (size_t k = 0; k < MADE_COLUMNS; k++)
            matrix_row(&design->features, i)[k] = k == design->speaker[i];
    }
    settings_make(&settings, design, &linear_svm, "C=0.01,1,100", "none");
    run(&settings, &result);
    assert_int_equal(result.split.folds, MADE_COLUMNS);
    for (size_t f = 0; f < result.split.folds; f++)
        for (size_t point = 0; point < settings.grid.points; point++)
            assert_true(result.fold[f].tuned.score[point] <= 0.5);
    cv_result_release(&result);
    tune_grid_release(&settings.grid);
    design_free(design);
}

static void any_number_of_jobs_gives_the_same_numbers(void **state)
{
    struct design *design = made_design(3, false);
    struct cv_settings settings;
    struct cv_result one, many;

    (void)state;
    settings_make(&settings, design, &linear_logreg, "C=0.01,0.1,1", "global");
    settings.folds = 4;
    settings.shuffle = true;
    settings.jobs = 1;
    run(&settings, &one);
    settings.jobs = 6;
    run(&settings, &many);
    assert_memory_equal(one.score, many.score,
                        design->count * one.outputs * sizeof(double));
    assert_memory_equal(one.split.fold, many.split.fold,
                        design->count * sizeof(size_t));
    cv_result_release(&one);
    cv_result_release(&many);
    tune_grid_release(&settings.grid);
    design_free(design);
}

/* Labels without meaning cannot be predicted from: chance is 1/3. */
static void labels_by_chance_are_predicted_at_chance(void **state)
{
    struct design *design = made_design(4, false);
    struct rng *rng = rng_new(9, "labels");
    struct cv_settings settings;
    struct cv_result result;
    size_t right = 0;

    (void)state;
    for (size_t i = 0; i < design->count; i++)
        design->class_of[i] = rng_below(rng, MADE_CLASSES);
    settings_make(&settings, design, &linear_svm, "C=0.01,0.1,1,10", "global");
    run(&settings, &result);
    for (size_t i = 0; i < design->count; i++)
        right += result.predicted[i] == design->class_of[i];
    /* 96 items: the sd of a share is .048; .5 is three and a half away. */
    assert_true(right < design->count / 2);
    cv_result_release(&result);
    tune_grid_release(&settings.grid);
    rng_free(rng);
    design_free(design);
}

static bool warns_of(const struct cv_result *result, const char *text)
{
    for (size_t i = 0; i < result->warnings.count; i++)
        if (strstr(result->warnings.item[i], text))
            return true;
    return false;
}

static void a_class_missing_in_training_is_reported(void **state)
{
    struct design *design = made_design(5, false);
    struct cv_settings settings;
    struct cv_result result;

    (void)state;
    for (size_t i = 0; i < design->count; i++) /* c2 is speaker 6's alone */
        if (design->class_of[i] == 2 && design->speaker[i] != 6)
            design->class_of[i] = 0;
    settings_make(&settings, design, &linear_svm, "C=0.1", "global");
    run(&settings, &result);
    for (size_t i = 0; i < MADE_SPEAKERS; i++)
        assert_int_equal(result.fold[i].lacking, i == 6);
    assert_true(result.fold[6].lacks[2]);
    assert_true(warns_of(&result, "fold \"s6\": its training part has no "
                                  "item of c2"));
    assert_true(result.speaker_independent);
    cv_result_release(&result);
    tune_grid_release(&settings.grid);
    design_free(design);
}

static void speakers_on_both_sides_are_counted(void **state)
{
    struct design *design = made_design(6, false);
    struct cv_settings settings;
    struct cv_result result;

    (void)state;
    for (size_t i = 0; i < design->count; i++)
        design->group[i] = i % 4;
    settings_make(&settings, design, &linear_svm, "C=0.1", "global");
    run(&settings, &result);
    assert_int_equal(result.split.folds, 4);
    assert_int_equal(result.fold[0].shared_speakers, MADE_SPEAKERS);
    assert_false(result.speaker_independent);
    assert_true(warns_of(&result, "not speaker-independent: 4 of 4 folds"));
    cv_result_release(&result);
    tune_grid_release(&settings.grid);
    design_free(design);
}

static void one_class_in_training_is_an_explained_error(void **state)
{
    struct design *design = made_design(7, false);
    struct cv_settings settings;
    struct cv_result result;
    struct error err;

    (void)state;
    for (size_t i = 0; i < design->count; i++)
        design->class_of[i] = design->speaker[i] == 2;
    settings_make(&settings, design, &linear_svm, "C=0.1", "global");
    assert_false(cv_run(&settings, &result, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_non_null(strstr(err.text, "fold \"s2\": all of its 84 training "
                                     "items are \"c0\""));
    tune_grid_release(&settings.grid);
    design_free(design);
}

static void a_choice_needs_two_groups_in_training(void **state)
{
    struct design *design = made_design(8, false);
    struct cv_settings settings;
    struct cv_result result;
    struct error err;

    (void)state;
    for (size_t i = 0; i < design->count; i++)
        design->group[i] = i % 2;
    settings_make(&settings, design, &linear_svm, "C=0.1,1", "global");
    assert_false(cv_run(&settings, &result, &err));
    assert_non_null(strstr(err.text, "only one group in training"));
    tune_grid_release(&settings.grid);
    settings_make(&settings, design, &linear_svm, "C=1", "global");
    run(&settings, &result);
    cv_result_release(&result);
    tune_grid_release(&settings.grid);
    design_free(design);
}

/* The solver's tolerance changes nothing that counts: all points tie. */
static void ties_go_to_the_smallest_c_and_the_first_value(void **state)
{
    struct design *design = made_design(9, false);
    struct cv_settings settings;
    struct cv_result result;

    (void)state;
    for (size_t i = 0; i < design->count; i++) /* clear clouds: all right */
        for (size_t k = 0; k < MADE_COLUMNS; k++)
            matrix_row(&design->features, i)[k] =
                design->class_of[i] == k ? 10 : (double)(i % 5) * 0.01;
    settings_make(&settings, design, &linear_svm,
                  "C=1,0.1,10;eps=1e-5,1e-3,1e-4", "global");
    run(&settings, &result);
    for (size_t i = 0; i < MADE_SPEAKERS; i++) {
        for (size_t p = 0; p < settings.grid.points; p++)
            assert_true(result.fold[i].tuned.score[p] == 1);
        assert_true(result.fold[i].param[0] == 0.1);
        assert_true(result.fold[i].param[1] == 1e-5);
    }
    cv_result_release(&result);
    tune_grid_release(&settings.grid);
    design_free(design);
}

static void a_grid_has_every_combination_once(void **state)
{
    struct text_list given = { 0 };
    struct tune_grid grid;
    struct error err;
    double param[LEARNER_MAX_PARAMS];

    (void)state;
    text_list_split(&given, "C=1,0.1;epsilon=0,0.5", ';');
    assert_true(tune_grid_parse(&grid, &linear_svr, &given, &err));
    assert_int_equal(grid.points, 4);
    tune_grid_point(&grid, 0, param);
    assert_true(param[0] == 0.1 && param[2] == 0);
    tune_grid_point(&grid, 3, param);
    assert_true(param[0] == 1 && param[1] == 0.001 && param[2] == 0.5);
    tune_grid_release(&grid);
    text_list_release(&given);
}

static void a_bad_grid_is_refused(void **state)
{
    static const char *const bad[] = { "C",     "C=",     "=1",  "C=1,x",
                                       "C=0",   "C=-1",   "D=1", "C=1,1",
                                       "C=1,,", "eps=nan" };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct text_list given = { 0 };
        struct tune_grid grid;
        struct error err;

        text_list_add(&given, bad[i]);
        assert_false(tune_grid_parse(&grid, &linear_svm, &given, &err));
        assert_int_equal(err.code, ERROR_USAGE);
        text_list_release(&given);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_choice_never_sees_the_tested_speaker),
        cmocka_unit_test(the_search_keeps_speakers_apart_too),
        cmocka_unit_test(any_number_of_jobs_gives_the_same_numbers),
        cmocka_unit_test(labels_by_chance_are_predicted_at_chance),
        cmocka_unit_test(a_class_missing_in_training_is_reported),
        cmocka_unit_test(speakers_on_both_sides_are_counted),
        cmocka_unit_test(one_class_in_training_is_an_explained_error),
        cmocka_unit_test(a_choice_needs_two_groups_in_training),
        cmocka_unit_test(ties_go_to_the_smallest_c_and_the_first_value),
        cmocka_unit_test(a_grid_has_every_combination_once),
        cmocka_unit_test(a_bad_grid_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
