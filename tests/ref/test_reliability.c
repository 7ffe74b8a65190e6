/*
 * Kappa of two raters, intraclass correlations, Cronbach's alpha, Kendall's W
 * and correlations against irr 0.84.1, psych 2.2.9 (R 4.2.2), statsmodels
 * 0.13.5, scikit-learn 1.2.1 and lme4.  Tolerances are the cases' own.
 */
#include <config.h>

#include <string.h>

#include "common/base/vec.h"
#include "common/stat/agree_weights.h"
#include "common/stat/agreement_parts.h"
#include "common/stat/concord.h"
#include "common/stat/icc.h"
#include "common/stat/icc_reml.h"
#include "common/stat/kappa.h"
#include "common/study/ratings_table.h"
#include "golden.h"

static struct ratings_table read_case(const char *name,
                                      enum ratings_layout layout,
                                      const char *columns)
{
    struct text_list list = { 0 };
    struct ratings_table_options options = { .layout = layout,
                                             .columns = &list };
    struct ratings_table table;
    struct error err;
    char *path = golden_path(name, "input.csv");

    text_list_split(&list, columns, ',');
    if (!ratings_table_read(path, &options, &table, &err))
        fail_msg("%s", err.text);
    text_list_release(&list);
    free(path);
    return table;
}

/* A table of numbers as it stands; the caller frees. */
static double *read_numbers(const struct columns *table)
{
    size_t rows = columns_rows(table), k = columns_count(table);
    double *out = xcalloc(rows * k, sizeof(*out));
    struct error err;

    for (size_t i = 0; i < rows * k; i++)
        assert_true(columns_number(table, i / k, i % k, &out[i], &err));
    return out;
}

static void assert_kappa(const struct golden *golden,
                         const struct json *expected, const struct kappa *kappa)
{
    double p;

    assert_true(kappa->value.defined);
    golden_near(golden, expected, "kappa", kappa->value.value);
    golden_near(golden, expected, "var_kappa", kappa->variance);
    golden_near(golden, expected, "var_kappa0", kappa->variance_null);
    golden_near(golden, expected, "z", kappa_z(kappa, &p).value);
    golden_near(golden, expected, "p_two_sided", p);
}

/* statsmodels calls no weights "None". */
static const struct {
    const char *name;
    enum agree_weighting weighting;
} weightings[] = { { "None", AGREE_UNWEIGHTED },
                   { "linear", AGREE_LINEAR },
                   { "quadratic", AGREE_QUADRATIC } };

static void two_raters_tables_have_statsmodels_variances(void **state)
{
    struct golden golden = golden_open("kappa-2raters-4x4");
    const struct json *expected = json_member(golden.expected, "statsmodels");
    double *table = read_numbers(golden.input), weight[16];

    (void)state;
    for (size_t w = 0; w < LENGTH_OF(weightings); w++) {
        struct kappa kappa;

        agree_weights_fill(weightings[w].weighting, NULL, 4, weight);
        kappa = kappa_of(table, 4, weight);
        assert_kappa(&golden, json_member(expected, weightings[w].name),
                     &kappa);
    }
    free(table);
    golden_close(&golden);
}

static void any_weights_as_cohen_had_them_in_1968(void **state)
{
    struct golden golden = golden_open("kappa-cohen-1968");
    char *path = golden_path("kappa-cohen-1968", "weights.csv");
    struct error err;
    struct columns *sheet = columns_read(path, NULL, &err);
    double *table = read_numbers(golden.input), *distance, weight[9];
    struct kappa kappa;

    (void)state;
    if (!sheet)
        fail_msg("%s", err.text);
    distance = read_numbers(sheet);
    agree_weights_from_distances(distance, 3, weight);
    kappa = kappa_of(table, 3, weight);
    assert_kappa(&golden, json_member(golden.expected, "statsmodels_weighted"),
                 &kappa);
    agree_weights_fill(AGREE_UNWEIGHTED, NULL, 3, weight);
    kappa = kappa_of(table, 3, weight);
    assert_kappa(&golden,
                 json_member(golden.expected, "statsmodels_unweighted"),
                 &kappa);
    free(distance);
    free(table);
    free(path);
    columns_free(sheet);
    golden_close(&golden);
}

/* The whole scale 1..6 is used, also where a pair leaves out a category. */
static void pairs_of_raters_have_kappas_on_the_whole_scale(void **state)
{
    struct golden golden = golden_open("kappa-weighted-anxiety-20x3");
    struct ratings_table t =
        read_case("kappa-weighted-anxiety-20x3", RATINGS_WIDE, "");
    const struct json *expected =
        json_member(golden.expected, "statsmodels_cohens_kappa");
    struct rating_grid grid;
    const char *reason;
    size_t pairs, of;
    double weight[36];

    (void)state;
    assert_int_equal(t.ratings->categories.count, 6);
    assert_true(rating_grid_init(&grid, t.ratings, &reason));
    for (size_t w = 0; w < LENGTH_OF(weightings); w++) {
        agree_weights_fill(weightings[w].weighting, t.ratings->value, 6,
                           weight);
        for (size_t a = 0; a < 3; a++) {
            for (size_t b = a + 1; b < 3; b++) {
                double table[36] = { 0 };
                char pair[32];
                struct kappa kappa;

                snprintf(pair, sizeof(pair), "rater%zu-rater%zu", a + 1, b + 1);
                rating_grid_cross(&grid, a, b, 6, table);
                kappa = kappa_of(table, 6, weight);
                assert_kappa(&golden,
                             json_member(json_member(expected, pair),
                                         weightings[w].name),
                             &kappa);
            }
        }
    }
    agree_weights_fill(AGREE_UNWEIGHTED, NULL, 6, weight);
    golden_near(
        &golden,
        json_member(json_member(golden.expected, "irr"), "kappam.light"),
        "value", kappa_light(&grid, 6, weight, &pairs, &of).value);
    assert_int_equal(pairs, 3);
    rating_grid_release(&grid);
    ratings_table_release(&t);
    golden_close(&golden);
}

/* psych's names, in the order of enum icc_kind. */
static const char *const psych_names[ICC_KIND_COUNT] = { "ICC1", "ICC1k",
                                                         "ICC2", "ICC2k",
                                                         "ICC3", "ICC3k" };

static void assert_icc(const struct golden *golden, const double *x, size_t n,
                       size_t k)
{
    const struct json *psych = json_member(golden->expected, "psych");
    const struct json *forms = json_member(psych, "ICC_anova");
    const struct json *ms = json_member(psych, "MS");
    struct icc icc[ICC_KIND_COUNT];
    struct icc_squares squares;

    icc_complete(x, n, k, 0.95, icc, &squares);
    golden_near(golden, ms, "MSB", squares.between);
    golden_near(golden, ms, "MSJ", squares.raters);
    golden_near(golden, ms, "MSE", squares.error);
    golden_near(golden, ms, "MSW", squares.within);
    for (size_t i = 0; i < ICC_KIND_COUNT; i++) {
        const struct json *one = json_member(forms, psych_names[i]);

        assert_true(icc[i].value.defined && icc[i].bounded);
        golden_near(golden, one, "ICC", icc[i].value.value);
        golden_near(golden, one, "F", icc[i].f);
        golden_near(golden, one, "p", icc[i].p);
        golden_near(golden, one, "lower bound", icc[i].low);
        golden_near(golden, one, "upper bound", icc[i].high);
    }
}

static void assert_others(const struct golden *golden, const double *x,
                          size_t n, size_t k, const struct concord_pairs *pairs)
{
    const struct json *irr = json_member(golden->expected, "irr");
    const struct json *cronbach =
        json_member(json_member(golden->expected, "psych"), "cronbach");
    const struct json *pairwise = json_member(golden->expected, "pairwise");
    struct concord_w w = concord_kendall(x, n, k);
    struct estimate standardized;

    golden_near(golden, json_member(irr, "kendall_w"), "value",
                w.uncorrected.value);
    golden_near(golden, json_member(irr, "kendall_w_corrected"), "value",
                w.corrected.value);
    golden_near(golden, json_member(irr, "kendall_w_corrected"), "statistic",
                w.chi2);
    golden_near(golden, json_member(irr, "kendall_w_corrected"), "p", w.p);
    golden_near(golden, cronbach, "raw_alpha",
                concord_cronbach(x, n, k, &standardized).value);
    golden_near(golden, cronbach, "std.alpha", standardized.value);
    golden_near(golden, json_member(irr, "meancor"), "value",
                pairs->pearson.fisher.value);
    golden_near(golden, json_member(irr, "meanrho"), "value",
                pairs->spearman.fisher.value);
    golden_near(golden, cronbach, "average_r", pairs->pearson.mean.value);
    golden_near(golden, pairwise, "ccc_pop_mean", pairs->ccc.mean.value);
}

static void run_full_table(const char *name)
{
    struct golden golden = golden_open(name);
    struct ratings_table t = read_case(name, RATINGS_WIDE, "");
    struct concord_pairs pairs;
    struct rating_grid grid;
    const char *reason;
    size_t items;
    double *x;

    assert_true(rating_grid_init(&grid, t.ratings, &reason));
    x = rating_grid_complete(&grid, t.ratings, &items);
    pairs = concord_pairs_of(&grid, t.ratings);
    assert_int_equal(items, t.ratings->items.count);
    assert_icc(&golden, x, items, grid.raters);
    assert_others(&golden, x, items, grid.raters, &pairs);
    free(x);
    rating_grid_release(&grid);
    ratings_table_release(&t);
    golden_close(&golden);
}

static void the_table_of_shrout_and_fleiss(void **state)
{
    (void)state;
    run_full_table("icc-shrout-fleiss-1979");
}

static void the_anxiety_table(void **state)
{
    (void)state;
    run_full_table("kappa-weighted-anxiety-20x3");
}

static void anonymous_readers_have_icc_1_by_k0(void **state)
{
    static const char *const columns[][2] = {
        { "V", "V1=1,V2=2,V3=3,V4=4,V5=5" },
        { "A", "A1=1,A2=2,A3=3,A4=4,A5=5" },
        { "D", "D1=1,D2=2,D3=3,D4=4,D5=5" },
    };
    struct golden golden = golden_open("emobank-reader");

    (void)state;
    for (size_t d = 0; d < 3; d++) {
        const struct json *one =
            json_member(json_member(golden.expected, columns[d][0]),
                        "one_way_anova_formula");
        struct ratings_table t =
            read_case("emobank-reader", RATINGS_COUNTS, columns[d][1]);
        struct icc icc[ICC_KIND_COUNT];
        struct icc_squares squares;

        icc_oneway(t.ratings, 0.95, icc, &squares);
        golden_near(&golden, one, "MSB", squares.between);
        golden_near(&golden, one, "MSW", squares.within);
        golden_near(&golden, one, "k0", icc[ICC_1].k);
        golden_near(&golden, one, "icc1_k0", icc[ICC_1].value.value);
        golden_near(&golden, one, "icc1k", icc[ICC_K].value.value);
        ratings_table_release(&t);
    }
    golden_close(&golden);
}

/*
 * lme4's REML of the first 1,200 sentences; both programs search for the
 * least deviance, hence 1e-6.
 */
static void one_way_reml_is_that_of_lme4(void **state)
{
    struct golden golden = golden_open("emobank-reader");
    const struct json *one =
        json_member(json_member(golden.expected, "V"), "first_1200_items_R");
    struct ratings_table t =
        read_case("emobank-reader", RATINGS_COUNTS, "V1=1,V2=2,V3=3,V4=4,V5=5");
    bool *keep = xcalloc(t.ratings->items.count, sizeof(*keep));
    struct icc icc[ICC_KIND_COUNT];
    struct icc_components c;
    struct ratings *part;

    (void)state;
    for (size_t i = 0; i < 1200; i++)
        keep[i] = true;
    part = ratings_subset(t.ratings, keep, NULL);
    icc_reml(part, true, icc, &c);
    golden.tolerance = 1e-6;
    golden_near(&golden, one, "var_item", c.item);
    golden_near(&golden, one, "var_residual", c.rest);
    golden_near(&golden, one, "icc1", icc[ICC_1].value.value);
    golden_near(&golden, one, "logLik", -c.deviance / 2);
    ratings_free(part);
    free(keep);
    ratings_table_release(&t);
    golden_close(&golden);
}

/* With all cells there and no variance at 0, REML is the mean squares'. */
static void crossed_reml_of_a_full_table_is_that_of_mean_squares(void **state)
{
    struct golden golden = golden_open("icc-shrout-fleiss-1979");
    struct ratings_table t =
        read_case("icc-shrout-fleiss-1979", RATINGS_WIDE, "");
    const struct json *forms =
        json_member(json_member(golden.expected, "psych"), "ICC_anova");
    const struct json *ms =
        json_member(json_member(golden.expected, "psych"), "MS");
    struct icc icc[ICC_KIND_COUNT];
    struct icc_components c;

    (void)state;
    icc_reml(t.ratings, false, icc, &c);
    golden.tolerance = 1e-6;
    golden_near(&golden, ms, "MSE", c.rest);
    for (size_t i = ICC_A1; i < ICC_KIND_COUNT; i++)
        golden_near(&golden, json_member(forms, psych_names[i]), "ICC",
                    icc[i].value.value);
    ratings_table_release(&t);
    golden_close(&golden);
}

/* kappa_j and P_i of Fleiss (1971), by numpy from the formula. */
static void run_labels(const char *name, enum ratings_layout layout)
{
    struct golden golden = golden_open(name);
    struct ratings_table t = read_case(name, layout, "");
    const struct json *formula = json_member(golden.expected, "formula");
    const struct json *kappa = json_member(formula, "kappa_j");
    const struct json *share = json_member(formula, "p_j");
    struct label_part *part = agreement_labels(t.ratings);

    assert_int_equal(t.ratings->categories.count, 5);
    for (size_t j = 0; j < 5; j++) {
        assert_true(fabs(json_value(json_item(kappa, j), 9) -
                         part[j].kappa.value) <= golden.tolerance);
        assert_true(fabs(json_value(json_item(share, j), 9) - part[j].share) <=
                    golden.tolerance);
    }
    free(part);
    ratings_table_release(&t);
    golden_close(&golden);
}

static void each_label_has_fleiss_kappa(void **state)
{
    (void)state;
    run_labels("fleiss-10x14-counts", RATINGS_COUNTS);
    run_labels("fleiss-1971-diagnoses", RATINGS_WIDE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_raters_tables_have_statsmodels_variances),
        cmocka_unit_test(any_weights_as_cohen_had_them_in_1968),
        cmocka_unit_test(pairs_of_raters_have_kappas_on_the_whole_scale),
        cmocka_unit_test(the_table_of_shrout_and_fleiss),
        cmocka_unit_test(the_anxiety_table),
        cmocka_unit_test(anonymous_readers_have_icc_1_by_k0),
        cmocka_unit_test(each_label_has_fleiss_kappa),
        cmocka_unit_test(one_way_reml_is_that_of_lme4),
        cmocka_unit_test(crossed_reml_of_a_full_table_is_that_of_mean_squares),
    };

    golden_need("kappa-cohen-1968");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
