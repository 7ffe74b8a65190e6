/* linear - the models are optima of what the papers minimise. */
#include <config.h>

#include "eval/learn/linear.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/base/pool.h"
#include "common/base/rng.h"

enum { ROWS = 90, COLUMNS = 4, CLASSES = 3 };

struct sample {
    struct matrix x;
    size_t class_of[ROWS];
    double value[ROWS];
};

/* Three noisy clouds; value = 2 x0 - x1 + 3. */
static void sample_make(struct sample *sample, uint64_t seed)
{
    struct rng *rng = rng_new(seed, "sample");

    matrix_init(&sample->x, ROWS, COLUMNS);
    for (size_t i = 0; i < ROWS; i++) {
        double *row = matrix_row(&sample->x, i);

        sample->class_of[i] = i % 2 ? 0 : i % 4 == 0 ? 1 : 2;
        for (size_t k = 0; k < COLUMNS; k++)
            row[k] = rng_normal(rng) + (sample->class_of[i] == k ? 2.5 : 0);
        sample->value[i] = 2 * row[0] - row[1] + 3;
    }
    rng_free(rng);
}

static struct learner_data data_of(const struct sample *sample)
{
    return (struct learner_data){ .x = &sample->x,
                                  .class_of = sample->class_of,
                                  .classes = CLASSES,
                                  .balanced = true,
                                  .value = sample->value };
}

static double share_right(const struct learner *learner, const void *model,
                          const struct sample *sample)
{
    size_t right = 0;
    double score[CLASSES];

    for (size_t i = 0; i < ROWS; i++) {
        learner->predict(model, matrix_row(&sample->x, i), score);
        right += learner_best(score, CLASSES) == sample->class_of[i];
    }
    return (double)right / ROWS;
}

static void both_classifiers_learn_separable_clouds(void **state)
{
    const struct learner *both[] = { &linear_svm, &linear_logreg };
    const double param[] = { 1, 1e-4 };
    struct sample train, test;
    struct learner_data data;

    (void)state;
    sample_make(&train, 1);
    sample_make(&test, 2);
    data = data_of(&train);
    for (size_t i = 0; i < 2; i++) {
        struct error err;
        void *model;

        both[i]->prepare();
        model = both[i]->train(both[i], &data, param, NULL, &err);
        assert_non_null(model);
        assert_true(share_right(both[i], model, &train) > 0.85);
        assert_true(share_right(both[i], model, &test) > 0.8);
        both[i]->free(model);
    }
    matrix_release(&train.x);
    matrix_release(&test.x);
}

static void probabilities_sum_to_one_and_absent_classes_get_none(void **state)
{
    const double param[] = { 0.1, 1e-4 };
    struct sample sample;
    struct learner_data data;
    struct error err;
    double score[CLASSES + 1];
    void *model;

    (void)state;
    sample_make(&sample, 3);
    data = data_of(&sample);
    data.classes = CLASSES + 1; /* the last one has no item */
    model = linear_logreg.train(&linear_logreg, &data, param, NULL, &err);
    assert_non_null(model);
    for (size_t i = 0; i < ROWS; i++) {
        linear_logreg.predict(model, matrix_row(&sample.x, i), score);
        assert_true(fabs(score[0] + score[1] + score[2] - 1) < 1e-12);
        assert_true(score[CLASSES] == 0);
    }
    linear_logreg.free(model);
    model = linear_svm.train(&linear_svm, &data, param, NULL, &err);
    linear_svm.predict(model, matrix_row(&sample.x, 0), score);
    assert_true(isinf(score[CLASSES]) && score[CLASSES] < 0);
    linear_svm.free(model);
    matrix_release(&sample.x);
}

/*
 * By hand: one column, x = -1 (class 0) and x = 1 (class 1), C = 1.  By
 * symmetry the bias is 0, both margins are w, and 1/2 w^2 + 2 (1 - w)^2 is
 * least at w = 4/5.  Balanced weights are 1 here.
 */
static void two_points_give_the_weight_computed_by_hand(void **state)
{
    double cell[] = { -1, 1 };
    struct matrix x = { .cell = cell, .rows = 2, .columns = 1 };
    size_t class_of[] = { 0, 1 };
    struct learner_data data = {
        .x = &x, .class_of = class_of, .classes = 2, .balanced = true
    };
    const double param[] = { 1, 1e-9 };
    struct error err;
    double score[2];
    double point = 2;
    void *model = linear_svm.train(&linear_svm, &data, param, NULL, &err);

    (void)state;
    assert_non_null(model);
    linear_svm.predict(model, &point, score);
    assert_true(fabs(score[1] - 1.6) < 1e-6);
    assert_true(fabs(score[0] + 1.6) < 1e-6);
    linear_svm.free(model);
}

/*
 * By hand: class 0 has three items at -1, class 1 one at 1; balanced weights
 * are 2/3 and 2, so that both sides weigh 2 in all and the bias is 0:
 * 1/2 w^2 + 4 (1 - w)^2 is least at w = 8/9.
 */
static void balanced_weights_level_unequal_classes(void **state)
{
    double cell[] = { -1, -1, -1, 1 };
    struct matrix x = { .cell = cell, .rows = 4, .columns = 1 };
    size_t class_of[] = { 0, 0, 0, 1 };
    struct learner_data data = {
        .x = &x, .class_of = class_of, .classes = 2, .balanced = true
    };
    const double param[] = { 1, 1e-9 };
    struct error err;
    double score[2];
    double point = 0;
    void *model = linear_svm.train(&linear_svm, &data, param, NULL, &err);

    (void)state;
    assert_non_null(model);
    linear_svm.predict(model, &point, score);
    assert_true(fabs(score[1]) < 1e-6);
    point = 1;
    linear_svm.predict(model, &point, score);
    assert_true(fabs(score[1] - 8.0 / 9) < 1e-6);
    linear_svm.free(model);
    data.balanced = false;
    point = 0;
    model = linear_svm.train(&linear_svm, &data, param, NULL, &err);
    linear_svm.predict(model, &point, score);
    assert_true(score[1] < -0.05); /* leans to the larger class */
    linear_svm.free(model);
}

/*
 * 40 items of 60 columns, two of them equal, go by way of coordinates in
 * their span.  The same items, each twice and at half the cost, are more than
 * the columns and go straight; what is minimised is the same.
 */
static void more_features_than_items_give_the_same_weights(void **state)
{
    enum { WIDE = 60, FEW = 40 };
    const struct learner *all[] = { &linear_svm, &linear_logreg, &linear_svr };
    const double whole[] = { 0.5, 1e-9, 0.1 };
    const double half[] = { 0.25, 1e-9, 0.1 };
    struct rng *rng = rng_new(6, "wide");
    struct matrix x, twice;
    size_t class_of[2 * FEW];
    double value[2 * FEW];

    (void)state;
    matrix_init(&x, FEW, WIDE);
    matrix_init(&twice, 2 * FEW, WIDE);
    for (size_t i = 0; i < FEW; i++) {
        for (size_t k = 0; k < WIDE; k++)
            matrix_row(&x, i)[k] =
                i == 7 ? matrix_row(&x, 3)[k] : 5 + rng_normal(rng);
        class_of[i] = class_of[i + FEW] = i % 3;
        value[i] = value[i + FEW] = rng_normal(rng);
        memcpy(matrix_row(&twice, i), matrix_row(&x, i), WIDE * sizeof(double));
        memcpy(matrix_row(&twice, i + FEW), matrix_row(&x, i),
               WIDE * sizeof(double));
    }
    for (size_t l = 0; l < 3; l++) {
        struct learner_data data = { .x = &x,
                                     .class_of = class_of,
                                     .classes = 3,
                                     .balanced = true,
                                     .value = value };
        struct error err;
        void *spanned = all[l]->train(all[l], &data, whole, NULL, &err);
        void *straight;

        data.x = &twice;
        straight = all[l]->train(all[l], &data, half, NULL, &err);
        assert_non_null(spanned);
        assert_non_null(straight);
        for (size_t i = 0; i < 20; i++) {
            double point[WIDE], a[3], b[3];

            for (size_t k = 0; k < WIDE; k++)
                point[k] = 5 + rng_normal(rng);
            all[l]->predict(spanned, point, a);
            all[l]->predict(straight, point, b);
            for (size_t k = 0; k < (l == 2 ? 1 : 3); k++)
                assert_true(fabs(a[k] - b[k]) < 1e-5);
        }
        all[l]->free(spanned);
        all[l]->free(straight);
    }
    matrix_release(&x);
    matrix_release(&twice);
    rng_free(rng);
}

static void regression_finds_the_plane(void **state)
{
    const double param[] = { 1000, 1e-8, 0 };
    struct sample sample;
    struct learner_data data;
    struct error err;
    double point[COLUMNS] = { 1, 1, 5, -5 };
    double value;
    void *model;

    (void)state;
    sample_make(&sample, 4);
    data = data_of(&sample);
    model = linear_svr.train(&linear_svr, &data, param, NULL, &err);
    assert_non_null(model);
    linear_svr.predict(model, point, &value);
    assert_true(fabs(value - 4) < 0.01);
    linear_svr.free(model);
    matrix_release(&sample.x);
}

static void one_class_alone_is_refused(void **state)
{
    double cell[] = { 1, 2 };
    struct matrix x = { .cell = cell, .rows = 2, .columns = 1 };
    size_t class_of[] = { 1, 1 };
    struct learner_data data = { .x = &x, .class_of = class_of, .classes = 2 };
    const double param[] = { 1, 1e-3 };
    struct error err;

    (void)state;
    assert_null(linear_svm.train(&linear_svm, &data, param, NULL, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_non_null(strstr(err.text, "only one class"));
}

struct race {
    struct learner_data data;
    double score[32][CLASSES];
};

static bool train_one(void *context, size_t index, struct error *err)
{
    struct race *race = context;
    const double param[] = { 0.5, 1e-6 };
    void *model = linear_svm.train(&linear_svm, &race->data, param, NULL, err);

    if (!model)
        return false;
    linear_svm.predict(model, matrix_row(race->data.x, 7), race->score[index]);
    linear_svm.free(model);
    return true;
}

static void threads_train_the_same_model(void **state)
{
    struct sample sample;
    struct race race;
    struct error err;

    (void)state;
    sample_make(&sample, 5);
    race.data = data_of(&sample);
    linear_svm.prepare();
    assert_true(pool_run(4, 32, train_one, &race, &err));
    for (size_t i = 1; i < 32; i++)
        assert_memory_equal(race.score[0], race.score[i],
                            sizeof(race.score[0]));
    matrix_release(&sample.x);
}

/* Ties go to the first class, whatever order the items came in. */
static void equal_scores_go_to_the_first_class(void **state)
{
    const double score[] = { 0.2, 0.4, 0.4 };

    (void)state;
    assert_int_equal(learner_best(score, 3), 1);
}

static void an_unknown_model_is_answered_with_those_there_are(void **state)
{
    struct error err;

    (void)state;
    assert_ptr_equal(learner_find("logreg", &err), &linear_logreg);
    assert_null(learner_find("forest", &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_non_null(strstr(err.text, "svm, logreg, svr"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_classifiers_learn_separable_clouds),
        cmocka_unit_test(probabilities_sum_to_one_and_absent_classes_get_none),
        cmocka_unit_test(two_points_give_the_weight_computed_by_hand),
        cmocka_unit_test(balanced_weights_level_unequal_classes),
        cmocka_unit_test(more_features_than_items_give_the_same_weights),
        cmocka_unit_test(regression_finds_the_plane),
        cmocka_unit_test(one_class_alone_is_refused),
        cmocka_unit_test(threads_train_the_same_model),
        cmocka_unit_test(equal_scores_go_to_the_first_class),
        cmocka_unit_test(an_unknown_model_is_answered_with_those_there_are),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
