/*
 * Significance against scipy 1.10.1, statsmodels 0.13.5, R 4.2.2 and pROC
 * 1.18.0: tests of paired and of independent samples, p values of several
 * tests, areas under ROC curves.  Tolerances are
 * the cases' own; p values below them are compared by their logarithms, too.
 */
#include <config.h>

#include <string.h>

#include "common/stat/auc.h"
#include "common/stat/dist.h"
#include "common/stat/multiple.h"
#include "common/stat/paired.h"
#include "common/stat/proportion.h"
#include "common/stat/resampled.h"
#include "golden.h"

static const struct json *member(const struct json *object, const char *key)
{
    const struct json *node = json_member(object, key);

    if (!node)
        fail_msg("expected.json has no \"%s\"", key);
    return node;
}

static void near_p(const struct golden *golden, const struct json *object,
                   const char *key, struct estimate p)
{
    double expected = json_value(member(object, key), -1);

    assert_true(p.defined);
    golden_near(golden, object, key, p.value);
    if (expected > 0 && expected < golden->tolerance)
        if (fabs(log(p.value / expected)) >= 1e-6)
            fail_msg("%s: %g, expected %g", key, p.value, expected);
}

static void several_p_values_are_adjusted_as_statsmodels_does(void **state)
{
    static const char *const theirs[MULTIPLE_METHODS] = {
        "bonferroni", "sidak",  "holm",   "holm-sidak", "simes-hochberg",
        "hommel",     "fdr_bh", "fdr_by", "fdr_tsbh",   "fdr_tsbky"
    };
    struct golden golden = golden_open("multiple-testing-a");
    size_t n = columns_rows(golden.input);
    double *p = golden_column(&golden, "p"), adjusted[16];

    (void)state;
    assert_int_equal(n, 10);
    for (size_t m = 0; m < MULTIPLE_METHODS; m++) {
        const struct json *of = member(golden.expected, theirs[m]);

        multiple_adjust((enum multiple_method)m, p, n, 0.05, adjusted);
        for (size_t i = 0; i < n; i++) {
            double want = json_value(json_item(member(of, "p_adjusted"), i), 9);
            bool reject =
                json_truth(json_item(member(of, "reject_0.05"), i), false);

            if (fabs(adjusted[i] - want) > golden.tolerance)
                fail_msg("%s, p %g: %.15g, expected %.15g", theirs[m], p[i],
                         adjusted[i], want);
            assert_true((adjusted[i] <= 0.05) == reject);
        }
    }
    free(p);
    golden_close(&golden);
}

/* Clips of `actors` (NULL: all), and the differences of each actor's means. */
static void assert_pair(const struct golden *golden, const char *name,
                        const char *first, const char *second, bool three_only)
{
    const struct json *of = member(golden->expected, name);
    double *a = golden_column(golden, first),
           *b = golden_column(golden, second);
    double *actor = golden_column(golden, "actor");
    double sum_a[128] = { 0 }, sum_b[128] = { 0 }, count[128] = { 0 };
    double gap[128];
    size_t only_a = 0, only_b = 0, n = 0;
    struct paired_mcnemar mcnemar;
    struct paired_test test;

    for (size_t i = 0; i < columns_rows(golden->input); i++) {
        size_t at = (size_t)actor[i] - 1001;

        if (three_only && at > 2)
            continue;
        only_a += a[i] > b[i];
        only_b += b[i] > a[i];
        sum_a[at] += a[i];
        sum_b[at] += b[i];
        count[at]++;
    }
    for (size_t i = 0; i < 128; i++)
        if (count[i] > 0)
            gap[n++] = sum_a[i] / count[i] - sum_b[i] / count[i];
    mcnemar = paired_mcnemar(only_a, only_b);
    near_p(golden, member(of, "mcnemar_exact"), "p", mcnemar.exact);
    near_p(golden, of, "mcnemar_midp_formula", mcnemar.mid_p);
    near_p(golden, member(of, "mcnemar_chi2_corrected"), "p",
           mcnemar.corrected.p);
    golden_near(golden, member(of, "mcnemar_chi2_corrected"), "statistic",
                mcnemar.corrected.statistic);
    near_p(golden, member(of, "mcnemar_chi2_uncorrected"), "p",
           mcnemar.uncorrected.p);
    test = paired_t(gap, n);
    near_p(golden, member(of, "per_actor_paired_t"), "p", test.p);
    golden_near(golden, member(of, "per_actor_paired_t"), "t", test.statistic);
    test = paired_wilcoxon(gap, n);
    near_p(golden, member(of, "per_actor_wilcoxon_scipy_default"), "p", test.p);
    golden_near(golden, member(of, "per_actor_wilcoxon_scipy_default"), "W",
                test.statistic);
    test = paired_sign(gap, n);
    near_p(golden, member(of, "per_actor_sign_test"), "p", test.p);
    golden_near(golden, member(of, "per_actor_sign_test"), "n", (double)test.n);
    free(a);
    free(b);
    free(actor);
}

static void paired_answers_are_tested_as_scipy_and_statsmodels_do(void **state)
{
    struct golden golden = golden_open("paired-tests-cremad");
    size_t rows = columns_rows(golden.input);
    double *of[3] = { golden_column(&golden, "voice_ok"),
                      golden_column(&golden, "face_ok"),
                      golden_column(&golden, "mm_ok") };
    bool *right = xcalloc(3 * rows, sizeof(*right));
    struct paired_test q;

    (void)state;
    assert_pair(&golden, "voice_vs_face", "voice_ok", "face_ok", false);
    assert_pair(&golden, "face_vs_mm", "face_ok", "mm_ok", false);
    assert_pair(&golden, "voice_vs_face_actors_1001_1003", "voice_ok",
                "face_ok", true);
    assert_pair(&golden, "face_vs_mm_actors_1001_1003", "face_ok", "mm_ok",
                true);
    for (size_t i = 0; i < 3 * rows; i++)
        right[i] = of[i % 3][i / 3] > 0;
    q = paired_cochran(right, rows, 3);
    golden_near(&golden, member(golden.expected, "cochran_q_three"), "Q",
                q.statistic);
    golden_near(&golden, member(golden.expected, "cochran_q_three"), "p",
                q.p.value);
    for (size_t s = 0; s < 3; s++)
        free(of[s]);
    free(right);
    golden_close(&golden);
}

static void folds_are_compared_by_the_three_formulas(void **state)
{
    struct golden golden = golden_open("cv-5x2-tests");
    double *a = golden_column(&golden, "fold1"),
           *b = golden_column(&golden, "fold2");
    const struct json *of = golden.expected;
    double d[10];
    struct resampled_test test;

    (void)state;
    for (size_t i = 0; i < 10; i++)
        d[i] = i % 2 ? b[i / 2] : a[i / 2];
    test = resampled_5x2_t(d);
    golden_near(&golden, member(of, "dietterich_t"), "t", test.statistic);
    golden_near(&golden, member(of, "dietterich_t"), "p_two_sided",
                test.p.value);
    test = resampled_5x2_f(d);
    golden_near(&golden, member(of, "alpaydin_F"), "F", test.statistic);
    golden_near(&golden, member(of, "alpaydin_F"), "p", test.p.value);
    of = member(of, "nadeau_bengio_corrected_resampled_t");
    test = resampled_corrected_t(d, 10, 1.0 / 9);
    golden_near(&golden, of, "t", test.statistic);
    golden_near(&golden, of, "p_two_sided", test.p.value);
    free(a);
    free(b);
    golden_close(&golden);
}

static void assert_limits(const struct golden *golden,
                          const struct json *object, const char *key,
                          struct proportion_limits limits)
{
    const struct json *pair = member(object, key);

    if (fabs(json_value(json_item(pair, 0), 9) - limits.low) >
            golden->tolerance ||
        fabs(json_value(json_item(pair, 1), 9) - limits.high) >
            golden->tolerance)
        fail_msg("%s: [%.15g, %.15g]", key, limits.low, limits.high);
}

static void two_shares_are_compared_as_statsmodels_does(void **state)
{
    static const char *const gaps[] = { "ci_diff_wald", "ci_diff_agresti-caffo",
                                        "ci_diff_newcomb" };
    static const char *const singles[] = { "ci_single_first_normal",
                                           "ci_single_first_wilson",
                                           "ci_single_first_agresti_coull",
                                           "ci_single_first_beta",
                                           "ci_single_first_jeffreys" };
    struct golden golden = golden_open("ab-test-cremad");
    const struct json *of = member(golden.expected, "proportions");
    double z = proportion_z_pooled(1718, 3512, 1670, 3930);
    struct proportion_limits score;

    (void)state;
    golden_near(&golden, member(of, "ztest_pooled_two-sided"), "z", z);
    near_p(&golden, member(of, "ztest_pooled_two-sided"), "p",
           estimate_of(2 * dist_normal_cdf(-z)));
    golden_near(&golden, member(of, "z_unpooled_formula"), "z",
                proportion_z_unpooled(1718, 3512, 1670, 3930));
    for (int m = PROPORTION_GAP_WALD; m <= PROPORTION_GAP_NEWCOMBE; m++)
        assert_limits(&golden, of, gaps[m],
                      proportion_gap_limits((enum proportion_gap_method)m, 1718,
                                            3512, 1670, 3930, 0.95));
    for (int m = PROPORTION_WALD; m <= PROPORTION_JEFFREYS; m++)
        assert_limits(
            &golden, of, singles[m],
            proportion_limits_of((enum proportion_method)m, 1718, 3512, 0.95));
    /*
     * Not statsmodels' [0.041592, 0.086828]: its cubic for the restricted
     * shares has hits_b where Miettinen and Nurminen (1985, page 225) have
     * n_b.  These limits are from the right cubic by scipy's brentq.
     */
    score = proportion_gap_limits(PROPORTION_GAP_SCORE, 1718, 3512, 1670, 3930,
                                  0.95);
    assert_true(fabs(score.low - 0.04158841032082952) < 1e-9);
    assert_true(fabs(score.high - 0.08684292569938437) < 1e-9);
    near_p(&golden, member(of, "fisher_exact"), "p",
           estimate_of(proportion_fisher(1718, 3512, 1670, 3930)));
    golden_close(&golden);
}

static void two_samples_are_compared_as_scipy_does(void **state)
{
    struct golden golden = golden_open("ab-test-cremad");
    const struct json *of = member(golden.expected, "means");
    struct sample a = golden_group(&golden, "accuracy", "sex", "Female");
    struct sample b = golden_group(&golden, "accuracy", "sex", "Male");
    struct two_sample_test test = two_sample_welch(a, b);

    (void)state;
    golden_near(&golden, member(of, "welch"), "t", test.statistic);
    golden_near(&golden, member(of, "welch"), "df", test.df);
    golden_near(&golden, member(of, "welch"), "p", test.p.value);
    golden_near(&golden, member(of, "welch"), "diff", test.gap);
    assert_limits(&golden, member(of, "welch"), "ci95",
                  (struct proportion_limits){
                      test.gap - test.se * dist_t_quantile(0.975, test.df),
                      test.gap + test.se * dist_t_quantile(0.975, test.df) });
    test = two_sample_student(a, b);
    golden_near(&golden, member(of, "student"), "t", test.statistic);
    golden_near(&golden, member(of, "student"), "p", test.p.value);
    golden_near(&golden, of, "cohen_d_pooled", two_sample_cohen_d(a, b).value);
    golden_near(&golden, of, "hedges_g_approx",
                two_sample_hedges_g(a, b).value);
    golden_near(&golden, of, "cliffs_delta",
                two_sample_cliff_delta(a, b).value);
    test = two_sample_mann_whitney(a, b);
    golden_near(&golden, member(of, "mann_whitney_asymptotic_cc"), "U",
                test.statistic);
    golden_near(&golden, member(of, "mann_whitney_asymptotic_cc"), "p",
                test.p.value);
    test = two_sample_brown_forsythe(a, b);
    golden_near(&golden, member(of, "levene_median"), "W", test.statistic);
    golden_near(&golden, member(of, "levene_median"), "p", test.p.value);
    test = two_sample_brunner_munzel(a, b);
    golden_near(&golden, member(of, "brunner_munzel"), "W", test.statistic);
    golden_near(&golden, member(of, "brunner_munzel"), "p", test.p.value);
    free((double *)a.x);
    free((double *)b.x);
    golden_close(&golden);
}

static struct auc auc_group(const struct golden *golden, const char *group)
{
    size_t by = (size_t)columns_find(golden->input, "group"), n = 0;
    double *label = golden_column(golden, "label"),
           *score = golden_column(golden, "score");
    bool *positive =
        xcalloc(columns_rows(golden->input) + 1, sizeof(*positive));
    struct auc auc;

    for (size_t i = 0; i < columns_rows(golden->input); i++) {
        if (group && strcmp(columns_text(golden->input, i, by), group) != 0)
            continue;
        positive[n] = label[i] > 0;
        score[n++] = score[i];
    }
    auc = auc_of(score, positive, n);
    free(label);
    free(score);
    free(positive);
    return auc;
}

static void areas_and_their_variances_are_those_of_proc(void **state)
{
    static const char *const groups[] = { "Female", "Male" };
    struct golden golden = golden_open("auc-by-group-voice-sex");
    const struct json *of = member(golden.expected, "auc");
    struct auc auc[2], all = auc_group(&golden, NULL);
    struct auc_gap gap;

    (void)state;
    for (size_t g = 0; g < 2; g++) {
        auc[g] = auc_group(&golden, groups[g]);
        golden_near(&golden, member(of, groups[g]), "auc", auc[g].value.value);
        golden_near(&golden, member(of, groups[g]), "var_delong",
                    auc[g].variance);
    }
    golden_near(&golden, member(golden.expected, "overall"), "auc",
                all.value.value);
    gap = auc_unpaired(&auc[0], &auc[1]);
    of = member(member(golden.expected, "unpaired_delong"), "Female|Male");
    golden_near(&golden, of, "D", gap.statistic);
    assert_true(fabs(json_value(member(of, "df"), 0) - gap.df) < 1e-6);
    golden_near(&golden, of, "p", gap.p.value);
    golden_close(&golden);
}

static void flipped_signs_give_the_p_of_scipy(void **state)
{
    struct golden golden = golden_open("permutation-exact-small");
    const struct json *of =
        member(golden.expected, "paired_sign_flip_first5_two-sided");
    struct sample x = golden_group(&golden, "value", "group", "x");
    struct sample y = golden_group(&golden, "value", "group", "y");
    double d[5];
    struct paired_flip flip, sampled;

    (void)state;
    assert_true(x.n >= 5 && y.n >= 5);
    for (size_t i = 0; i < 5; i++)
        d[i] = x.x[i] - y.x[i];
    flip = paired_sign_flip(d, 5, 20, 0, 1);
    assert_true(flip.exact);
    golden_near(&golden, of, "statistic", flip.test.statistic);
    golden_near(&golden, of, "p", flip.test.p.value);
    golden_near(&golden, of, "n_permutations", (double)flip.flips);
    sampled = paired_sign_flip(d, 5, 4, 20000, 1);
    assert_false(sampled.exact);
    assert_true(fabs(sampled.test.p.value - flip.test.p.value) < 0.02);
    free((double *)x.x);
    free((double *)y.x);
    golden_close(&golden);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(several_p_values_are_adjusted_as_statsmodels_does),
        cmocka_unit_test(paired_answers_are_tested_as_scipy_and_statsmodels_do),
        cmocka_unit_test(folds_are_compared_by_the_three_formulas),
        cmocka_unit_test(two_shares_are_compared_as_statsmodels_does),
        cmocka_unit_test(two_samples_are_compared_as_scipy_does),
        cmocka_unit_test(areas_and_their_variances_are_those_of_proc),
        cmocka_unit_test(flipped_signs_give_the_p_of_scipy),
    };

    golden_need("multiple-testing-a");
    golden_need("paired-tests-cremad");
    golden_need("cv-5x2-tests");
    golden_need("ab-test-cremad");
    golden_need("auc-by-group-voice-sex");
    golden_need("permutation-exact-small");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
