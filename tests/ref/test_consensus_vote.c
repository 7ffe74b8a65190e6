/*
 * Votes against crowd-kit 1.4.1; the evaluator weighted estimator against the
 * formula in numpy.  Each case brings its tolerance.
 */
#include <config.h>

#include "common/stat/consensus.h"
#include "crowd.h"

static void votes_and_their_skills_are_crowd_kits(void **state)
{
    (void)state;
    for (size_t c = 0; c < 2; c++) {
        struct golden golden = golden_open(crowds[c]);
        struct ratings *ratings = ratings_of_case(&golden);
        static const struct {
            const char *key;
            enum consensus_rule rule;
        } cases[] = { { "majority", CONSENSUS_MAJORITY },
                      { "wawa", CONSENSUS_WAWA },
                      { "zero_based_skill_default", CONSENSUS_ZERO_BASED } };

        for (size_t n = 0; n < 3; n++) {
            const struct json *expected = need(golden.expected, cases[n].key);
            struct consensus_settings settings =
                consensus_defaults(cases[n].rule);
            struct error err;
            struct consensus *consensus;

            settings.ties = CONSENSUS_FIRST;
            consensus = consensus_new(ratings, &settings, &err);
            assert_non_null(consensus);
            assert_rows(ratings, need(expected, "probas"), consensus->posterior,
                        golden.tolerance);
            for (size_t w = 0; w < ratings->raters.count; w++)
                assert_near(
                    ratings->raters.item[w],
                    need(need(expected, "skills"), ratings->raters.item[w]),
                    consensus->rater[w].weight.value, golden.tolerance);
            for (size_t i = 0; i < ratings->items.count; i++)
                assert_string_equal(
                    ratings->categories.item[consensus->item[i].label],
                    json_text(need(need(expected, "labels"),
                                   ratings->items.item[i])));
            consensus_free(consensus);
        }
        ratings_free(ratings);
        golden_close(&golden);
    }
}

static void assert_labels(const struct consensus *consensus,
                          const struct json *labels)
{
    const struct ratings *ratings = consensus->ratings;

    for (size_t i = 0; i < ratings->items.count; i++)
        assert_string_equal(ratings->categories.item[consensus->item[i].label],
                            json_text(need(labels, ratings->items.item[i])));
}

static void ties_are_kept_or_go_to_the_first_label(void **state)
{
    struct golden golden = golden_open("majority-ties");
    struct ratings *ratings = ratings_of_case(&golden);
    const struct json *plain = need(golden.expected, "unweighted");
    struct consensus_settings settings = consensus_defaults(CONSENSUS_MAJORITY);
    struct error err;
    struct consensus *consensus;

    (void)state;
    settings.ties = CONSENSUS_FIRST;
    consensus = consensus_new(ratings, &settings, &err);
    assert_rows(ratings, need(plain, "probas"), consensus->posterior,
                golden.tolerance);
    assert_labels(consensus, need(plain, "labels"));
    for (size_t w = 0; w < ratings->raters.count; w++)
        assert_near(ratings->raters.item[w],
                    need(need(plain, "worker_agreement_with_result"),
                         ratings->raters.item[w]),
                    consensus->rater[w].weight.value, golden.tolerance);
    assert_int_equal(consensus->ties, 3);
    consensus_free(consensus);
    settings.ties = CONSENSUS_KEEP;
    consensus = consensus_new(ratings, &settings, &err);
    assert_int_equal(consensus->state_count[CONSENSUS_TIE], 3);
    assert_int_equal(consensus->state_count[CONSENSUS_DECIDED], 2);
    consensus_free(consensus);
    ratings_free(ratings);
    golden_close(&golden);
}

static void votes_can_be_weighted(void **state)
{
    struct golden golden = golden_open("majority-ties");
    struct ratings *ratings = ratings_of_case(&golden);
    const struct json *expected = need(golden.expected, "weighted_by_skill");
    struct consensus_settings settings = consensus_defaults(CONSENSUS_MAJORITY);
    char *path = golden_path("majority-ties", "skills.csv");
    double *skill = xcalloc(ratings->raters.count, sizeof(*skill));
    struct error err;
    struct columns *table = columns_read(path, NULL, &err);
    struct consensus *consensus;

    (void)state;
    for (size_t i = 0; i < columns_rows(table); i++)
        for (size_t w = 0; w < ratings->raters.count; w++)
            if (text_equal(ratings->raters.item[w], columns_text(table, i, 0)))
                assert_true(columns_number(table, i, 1, &skill[w], &err));
    settings.weight = skill;
    consensus = consensus_new(ratings, &settings, &err);
    assert_non_null(consensus);
    assert_rows(ratings, need(expected, "probas"), consensus->posterior,
                golden.tolerance);
    assert_labels(consensus, need(expected, "labels"));
    consensus_free(consensus);
    ratings_free(ratings);
    columns_free(table);
    golden_close(&golden);
    free(skill);
    free(path);
}

/* One column a rater, one row an item. */
static struct ratings *ratings_of_wide(const struct golden *golden)
{
    struct ratings_builder *builder = ratings_builder_new(NULL);

    for (size_t i = 0; i < columns_rows(golden->input); i++) {
        char name[32];
        uint32_t item;

        snprintf(name, sizeof(name), "%zu", i);
        item = ratings_builder_item(builder, name);
        for (size_t w = 0; w < columns_count(golden->input); w++)
            assert_true(ratings_builder_add(
                builder, item,
                ratings_builder_rater(builder, columns_name(golden->input, w)),
                columns_text(golden->input, i, w)));
    }
    return ratings_builder_finish(builder);
}

static void assert_ewe(const struct golden *golden,
                       const struct ratings *ratings, bool leave_one_out)
{
    const struct json *all = need(golden->expected, "ewe");
    const struct json *weight =
        need(all, leave_one_out ? "weights_r_leave_one_out"
                                : "weights_r_with_mean_of_all_raters");
    const struct json *value =
        need(all, leave_one_out ? "ewe_leave_one_out" : "ewe");
    struct consensus_settings settings = consensus_defaults(CONSENSUS_EWE);
    struct error err;
    struct consensus *consensus;

    settings.leave_one_out = leave_one_out;
    consensus = consensus_new(ratings, &settings, &err);
    assert_non_null(consensus);
    for (size_t w = 0; w < ratings->raters.count; w++)
        assert_near(ratings->raters.item[w], json_item(weight, w),
                    consensus->rater[w].weight.value, golden->tolerance);
    for (size_t i = 0; i < ratings->items.count; i++)
        assert_near("value", json_item(value, i), consensus->item[i].value,
                    golden->tolerance);
    consensus_free(consensus);
    settings.rule = CONSENSUS_MEAN;
    consensus = consensus_new(ratings, &settings, &err);
    for (size_t i = 0; i < ratings->items.count; i++)
        assert_near("mean", json_item(need(all, "mean"), i),
                    consensus->item[i].value, golden->tolerance);
    consensus_free(consensus);
}

static void ewe_is_the_formula_of_grimm_and_kroschel(void **state)
{
    static const char *const cases[] = { "kappa-weighted-anxiety-20x3",
                                         "icc-shrout-fleiss-1979" };

    (void)state;
    for (size_t c = 0; c < 2; c++) {
        struct golden golden = golden_open(cases[c]);
        struct ratings *ratings = ratings_of_wide(&golden);

        assert_ewe(&golden, ratings, false);
        assert_ewe(&golden, ratings, true);
        ratings_free(ratings);
        golden_close(&golden);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(votes_and_their_skills_are_crowd_kits),
        cmocka_unit_test(ties_are_kept_or_go_to_the_first_label),
        cmocka_unit_test(votes_can_be_weighted),
        cmocka_unit_test(ewe_is_the_formula_of_grimm_and_kroschel),
    };

    golden_need(crowds[0]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
