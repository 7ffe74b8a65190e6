/*
 * Models of annotators against crowd-kit 1.4.1 and dallascard's dawid_skene.
 * Each case brings its tolerance; GLAD is held to 1e-3, as the cases say.
 */
#include <config.h>

#include "common/stat/consensus.h"
#include "common/stat/consensus_coin.h"
#include "common/stat/consensus_dawid.h"
#include "common/stat/consensus_glad.h"
#include "common/stat/consensus_mace.h"
#include "crowd.h"

static const double glad_tolerance = 1e-3;

/* To the end: the references went on until nothing changed. */
static const struct consensus_em_settings to_the_end = { .iterations = 5000,
                                                         .tolerance = 1e-14 };

static void assert_dawid(const struct golden *golden,
                         const struct ratings *ratings,
                         const struct json *expected)
{
    size_t classes = ratings->categories.count;
    const struct json *prior = need(expected, "class_marginals");
    const struct json *error = need(expected, "error_rates");
    struct error err;
    struct consensus_dawid *model =
        consensus_dawid_new(ratings, &to_the_end, &err);

    assert_non_null(model);
    assert_true(model->fit.converged);
    golden_near(golden, expected, "loglik", model->fit.log_likelihood);
    if (json_member(expected, "probas"))
        assert_rows(ratings, json_member(expected, "probas"), model->posterior,
                    golden->tolerance);
    for (size_t k = 0; k < classes; k++)
        assert_near("prior", json_item(prior, k), model->prior[k],
                    golden->tolerance);
    for (size_t w = 0; w < ratings->raters.count; w++) {
        const char *name = ratings->raters.item[w];

        for (size_t k = 0; k < classes; k++)
            for (size_t a = 0; a < classes; a++)
                assert_near(name, json_item(json_item(need(error, name), k), a),
                            consensus_dawid_error(model, w, k, a),
                            golden->tolerance);
    }
    consensus_dawid_free(model);
}

static void dawid_skene_is_the_plain_em_of_1979(void **state)
{
    (void)state;
    for (size_t c = 0; c < 3; c++) {
        struct golden golden =
            golden_open(c < 2 ? crowds[c] : "dawid-skene-anesthesia");
        struct ratings *ratings = ratings_of_case(&golden);

        assert_dawid(&golden, ratings,
                     need(golden.expected, "dallascard_converged"));
        ratings_free(ratings);
        golden_close(&golden);
    }
}

static void dawid_skene_follows_the_reference_iteration_by_iteration(
    void **state)
{
    struct golden golden = golden_open("dawid-skene-anesthesia");
    struct ratings *ratings = ratings_of_case(&golden);
    const struct json *trace = need(
        need(golden.expected, "dallascard_converged"), "loglik_trace_first_20");
    struct error err;

    (void)state;
    for (size_t n = 0; n < json_count(trace); n++) {
        struct consensus_em_settings settings = { .iterations = (int)n + 1 };
        struct consensus_dawid *model =
            consensus_dawid_new(ratings, &settings, &err);

        assert_near("log-likelihood", json_item(trace, n),
                    model->fit.log_likelihood, 1e-9);
        consensus_dawid_free(model);
    }
    ratings_free(ratings);
    golden_close(&golden);
}

/* The other transcription of the table: item 7, observer 1 said 1, 1, 2. */
static void one_cell_of_the_1979_table_changes_the_fit_as_it_should(
    void **state)
{
    struct golden golden = golden_open("dawid-skene-anesthesia");
    const struct json *variant =
        need(golden.expected, "variant_item7_observer1_is_1_1_2");
    struct ratings *ratings;
    int second = 0;

    (void)state;
    for (size_t i = 0; i < columns_rows(golden.input); i++)
        if (text_equal(columns_text(golden.input, i, 0), "7") &&
            text_equal(columns_text(golden.input, i, 1), "1") && ++second == 2)
            columns_set(golden.input, i, 2, "1");
    ratings = ratings_of_case(&golden);
    assert_dawid(&golden, ratings, need(variant, "dallascard_converged"));
    ratings_free(ratings);
    golden_close(&golden);
}

/* What a user gets by default is as near as the case asks. */
static void the_default_stop_is_late_enough(void **state)
{
    (void)state;
    for (size_t c = 0; c < 2; c++) {
        struct golden golden = golden_open(crowds[c]);
        struct ratings *ratings = ratings_of_case(&golden);
        struct consensus_settings settings =
            consensus_defaults(CONSENSUS_DAWID_SKENE);
        struct error err;
        struct consensus *consensus = consensus_new(ratings, &settings, &err);

        assert_non_null(consensus);
        assert_true(consensus->fit.converged);
        assert_rows(
            ratings,
            need(need(golden.expected, "dallascard_converged"), "probas"),
            consensus->posterior, golden.tolerance);
        consensus_free(consensus);
        ratings_free(ratings);
        golden_close(&golden);
    }
}

static void one_coin_is_crowd_kits_at_its_end(void **state)
{
    (void)state;
    for (size_t c = 0; c < 2; c++) {
        struct golden golden = golden_open(crowds[c]);
        struct ratings *ratings = ratings_of_case(&golden);
        const struct json *expected =
            need(golden.expected, "one_coin_dawid_skene");
        struct error err;
        struct consensus_coin *model =
            consensus_coin_new(ratings, &to_the_end, &err);

        assert_non_null(model);
        assert_rows(ratings, need(expected, "probas"), model->posterior,
                    golden.tolerance);
        assert_list(&ratings->raters, need(expected, "skills"), model->skill,
                    golden.tolerance);
        consensus_coin_free(model);
        ratings_free(ratings);
        golden_close(&golden);
    }
}

/* Reads the start that the case fixes: guess, know, and the strategy. */
static void read_start(const char *name, const struct ratings *ratings,
                       double *spam, double *know, double *strategy)
{
    char *path = golden_path(name, "mace_init.csv");
    struct error err;
    struct columns *table = columns_read(path, NULL, &err);
    size_t classes = ratings->categories.count;

    assert_non_null(table);
    assert_int_equal(columns_rows(table), ratings->raters.count);
    for (size_t i = 0; i < columns_rows(table); i++) {
        const char *rater = columns_text(table, i, 0);
        size_t w = 0;

        while (!text_equal(ratings->raters.item[w], rater))
            w++;
        assert_true(columns_number(table, i, 1, &spam[w], &err));
        assert_true(columns_number(table, i, 2, &know[w], &err));
        for (size_t k = 0; k < classes; k++)
            assert_true(columns_number(table, i, 3 + k,
                                       &strategy[w * classes + k], &err));
    }
    columns_free(table);
    free(path);
}

static void mace_is_crowd_kits_from_the_same_start(void **state)
{
    double *spam = xcalloc(100, sizeof(double));
    double *know = xcalloc(100, sizeof(double));
    double *strategy = xcalloc(1000, sizeof(double));

    (void)state;
    for (size_t c = 0; c < 4; c++) {
        struct golden golden = golden_open(crowds[c / 2]);
        struct ratings *ratings = ratings_of_case(&golden);
        const struct json *expected =
            need(need(golden.expected, "mace_crowdkit"), c % 2 ? "vb" : "em");
        struct consensus_mace_settings settings = {
            .em = { .iterations = 50 },
            .smoothed = c % 2 == 0,
            .restarts = 1,
            .start_spam = spam,
            .start_know = know,
            .start_strategy = strategy,
        };
        struct error err;
        struct consensus_mace *model;

        read_start(crowds[c / 2], ratings, spam, know, strategy);
        model = consensus_mace_new(ratings, &settings, &err);
        assert_non_null(model);
        assert_int_equal(model->fit.iterations, 50);
        assert_rows(ratings, need(expected, "probas"), model->posterior,
                    golden.tolerance);
        for (size_t w = 0; w < ratings->raters.count; w++) {
            const char *name = ratings->raters.item[w];
            size_t classes = ratings->categories.count;
            const struct json *both =
                need(need(expected, "spamming_[worker][spam,knowing]"), name);
            const struct json *hers =
                need(need(expected, "strategy_[worker][label]"), name);

            assert_near(name, json_item(both, 0), model->spam[w],
                        golden.tolerance);
            assert_near(name, json_item(both, 1), model->know[w],
                        golden.tolerance);
            for (size_t k = 0; k < classes; k++)
                assert_near(name, json_item(hers, k),
                            model->strategy[w * classes + k], golden.tolerance);
        }
        consensus_mace_free(model);
        ratings_free(ratings);
        golden_close(&golden);
    }
    free(spam);
    free(know);
    free(strategy);
}

static void glad_is_crowd_kits_with_a_tight_m_step(void **state)
{
    (void)state;
    for (size_t c = 0; c < 2; c++) {
        struct golden golden = golden_open(crowds[c]);
        struct ratings *ratings = ratings_of_case(&golden);
        const struct json *expected =
            need(golden.expected, "glad_crowdkit_tight");
        struct error err;
        struct consensus_glad *model =
            consensus_glad_new(ratings, &to_the_end, &err);

        assert_non_null(model);
        assert_true(model->fit.converged);
        assert_rows(ratings, need(expected, "probas"), model->posterior,
                    glad_tolerance);
        assert_list(&ratings->raters, need(expected, "alphas"), model->ability,
                    glad_tolerance);
        assert_list(&ratings->items, need(expected, "betas"), model->easiness,
                    glad_tolerance);
        consensus_glad_free(model);
        ratings_free(ratings);
        golden_close(&golden);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dawid_skene_is_the_plain_em_of_1979),
        cmocka_unit_test(
            dawid_skene_follows_the_reference_iteration_by_iteration),
        cmocka_unit_test(
            one_cell_of_the_1979_table_changes_the_fit_as_it_should),
        cmocka_unit_test(the_default_stop_is_late_enough),
        cmocka_unit_test(one_coin_is_crowd_kits_at_its_end),
        cmocka_unit_test(mace_is_crowd_kits_from_the_same_start),
        cmocka_unit_test(glad_is_crowd_kits_with_a_tight_m_step),
    };

    golden_need(crowds[0]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
