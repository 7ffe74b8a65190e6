/*
 * Shifts between two sets against scipy 1.10.1 and evidently 0.7.21: tests of
 * any difference, distances of numbers and of shares.  The p of Kolmogorov's
 * test is the exact one; "chi2" of the reference as expected is theirs, and
 * too small.
 */
#include <config.h>

#include "common/stat/apart.h"
#include "common/stat/bins.h"
#include "common/stat/describe.h"
#include "common/stat/shares.h"
#include "golden.h"

static const struct json *member(const struct json *object, const char *key)
{
    const struct json *node = json_member(object, key);

    if (!node)
        fail_msg("expected.json has no \"%s\"", key);
    return node;
}

static void assert_categories(const struct golden *golden,
                              const struct json *of)
{
    double p[6], q[6];
    struct shares_distances distances;
    struct shares_test test;

    for (size_t c = 0; c < 6; c++) {
        p[c] = json_value(json_item(member(of, "counts_reference"), c), 0);
        q[c] = json_value(json_item(member(of, "counts_current"), c), 0);
    }
    distances = shares_distances_of(p, q, 6);
    golden_near(golden, of, "js_distance_base2", distances.js_distance);
    golden_near(golden, of, "evidently_jensen_shannon_distance",
                distances.js_distance_nats);
    golden_near(golden, of, "evidently_kl_divergence",
                distances.kl_floor.value);
    golden_near(golden, of, "evidently_hellinger", distances.hellinger);
    golden_near(golden, of, "js_divergence_base2", distances.js_divergence);
    golden_near(golden, of, "tvd", distances.tvd);
    golden_near(golden, of, "l_infinity", distances.largest);
    golden_near(golden, of, "evidently_psi", distances.psi_floor.value);
    test = shares_chi2(p, q, 6);
    golden_near(golden, member(of, "chi2_homogeneity"), "chi2", test.statistic);
    golden_near(golden, member(of, "chi2_homogeneity"), "p", test.p.value);
    golden_near(golden, of, "cramers_v", test.cramer_v);
    test = shares_g(p, q, 6);
    golden_near(golden, member(of, "g_test"), "G", test.statistic);
    golden_near(golden, member(of, "g_test"), "p", test.p.value);
    test = shares_fit(p, q, 6);
    if (!json_member(of, "chi2_goodness_of_fit_reference_as_expected")) {
        assert_false(test.p.defined); /* the reference has an empty cell */
        return;
    }
    of = member(of, "chi2_goodness_of_fit_reference_as_expected");
    golden_near(golden, of, "chi2", test.statistic);
    golden_near(golden, of, "p", test.p.value);
}

static void assert_list(const struct golden *golden, const struct json *of,
                        const char *key, const double *x, size_t n)
{
    const struct json *list = member(of, key);

    assert_int_equal(json_count(list), n);
    for (size_t i = 0; i < n; i++)
        if (!(fabs(json_value(json_item(list, i), NAN) - x[i]) <=
              golden->tolerance))
            fail_msg("%s[%zu] is %.17g", key, i, x[i]);
}

static void assert_bins(const struct golden *golden, const struct json *of,
                        struct sample a, struct sample b)
{
    struct shares_distances distances;
    struct bins bins;

    bins_deciles(a, b, &bins);
    assert_list(golden, of, "decile_inner_edges_type7", bins.edge + 1, 9);
    assert_list(golden, of, "decile_counts_reference", bins.a, 10);
    assert_list(golden, of, "decile_counts_current", bins.b, 10);
    distances = shares_distances_of(bins.a, bins.b, bins.count);
    golden_near(golden, of, "psi_deciles_no_smoothing", distances.psi.value);
    golden_near(golden, of, "psi_deciles_floor_1e-4",
                distances.psi_floor.value);
    golden_near(golden, of, "psi_deciles_add_half", distances.psi_half);
    golden_near(golden, of, "js_distance_base2_deciles", distances.js_distance);
    golden_near(golden, of, "js_distance_nats_deciles",
                distances.js_distance_nats);
    golden_near(golden, of, "js_divergence_base2_deciles",
                distances.js_divergence);
    bins_release(&bins);
    bins_sturges(a, b, false, &bins);
    assert_list(golden, of, "sturges_bin_edges", bins.edge, bins.count + 1);
    assert_list(golden, of, "sturges_counts_reference", bins.a, bins.count);
    assert_list(golden, of, "sturges_counts_current", bins.b, bins.count);
    distances = shares_distances_of(bins.a, bins.b, bins.count);
    golden_near(golden, of, "evidently_psi", distances.psi_floor.value);
    golden_near(golden, of, "evidently_kl_divergence",
                distances.kl_floor.value);
    golden_near(golden, of, "evidently_jensen_shannon_distance",
                distances.js_distance_nats);
    bins_release(&bins);
    bins_sturges(a, b, true, &bins);
    distances = shares_distances_of(bins.a, bins.b, bins.count);
    golden_near(golden, of, "evidently_hellinger", distances.hellinger);
    bins_release(&bins);
}

static void near_test(const struct golden *golden, const struct json *of,
                      const char *key, const char *statistic, const char *p,
                      struct two_sample_test test)
{
    assert_true(test.p.defined);
    golden_near(golden, member(of, key), statistic, test.statistic);
    golden_near(golden, member(of, key), p, test.p.value);
}

/* Tests of any difference, and distances. */
static void assert_shapes(const struct golden *golden, const struct json *of,
                          struct sample a, struct sample b)
{
    const struct sample both[] = { a, b };
    double sd = describe_sd(a.x, a.n, DESCRIBE_N).value, sigma;
    struct apart_mmd mmd;

    near_test(golden, of, "scipy_cramer_von_mises", "statistic", "p",
              two_sample_cramer_von_mises(a, b));
    near_test(golden, of, "scipy_epps_singleton", "statistic", "p",
              two_sample_epps_singleton(a, b));
    near_test(golden, of, "scipy_anderson_darling", "A2", "p_capped",
              samples_anderson_darling(both, 2));
    golden_near(golden, of, "scipy_wasserstein", apart_wasserstein(a, b).value);
    golden_near(golden, of, "evidently_wasserstein_norm",
                apart_wasserstein(a, b).value / fmax(sd, 0.001));
    golden_near(golden, of, "scipy_energy_distance", apart_energy(a, b).value);
    a.n = a.n < 150 ? a.n : 150;
    b.n = b.n < 150 ? b.n : 150;
    of = member(of, "mmd_first150");
    sigma = apart_median_sigma(a).value;
    golden_near(golden, of, "sigma_median_heuristic_reference", sigma);
    mmd = apart_mmd(a, b, sigma);
    golden_near(golden, of, "mmd2_unbiased_evidently", mmd.unbiased.value);
    golden_near(golden, of, "mmd2_biased_v_statistic_same_sigma",
                mmd.biased.value);
}

static void assert_samples(const struct golden *golden, const struct json *of,
                           struct sample a, struct sample b)
{
    struct two_sample_test test = two_sample_kolmogorov(a, b);

    golden_near(golden, member(of, "ks_2samp_exact"), "D", test.statistic);
    golden_near(golden, member(of, "ks_2samp_exact"), "p", test.p.value);
    test = two_sample_mann_whitney(a, b);
    golden_near(golden, member(of, "scipy_mann_whitney"), "statistic",
                test.statistic);
    golden_near(golden, member(of, "scipy_mann_whitney"), "p", test.p.value);
    test = two_sample_welch(a, b);
    golden_near(golden, member(of, "scipy_t_welch"), "statistic",
                test.statistic);
    golden_near(golden, member(of, "scipy_t_welch"), "p", test.p.value);
    assert_bins(golden, of, a, b);
    assert_shapes(golden, of, a, b);
}

static void shifts_between_two_sets_are_those_of_scipy(void **state)
{
    struct golden golden = golden_open("drift-cremad-voice");
    struct sample a = golden_group(&golden, "value", "set", "reference");
    struct sample b = golden_group(&golden, "value", "set", "current");
    const struct json *small =
        member(golden.expected, "small_first40_vs_first25");

    (void)state;
    assert_samples(&golden, member(golden.expected, "numeric"), a, b);
    assert_categories(&golden, member(golden.expected, "categorical"));
    a.n = 40;
    b.n = 25;
    assert_samples(&golden, member(small, "numeric"), a, b);
    free((double *)a.x);
    free((double *)b.x);
    golden_close(&golden);
}

/* By hand. */
static void what_does_not_vary_is_undefined(void **state)
{
    static const double flat[] = { 3, 3, 3, 3, 3, 3 };
    const struct sample a = { flat, 6 }, b = { flat, 5 }, none = { flat, 0 };
    const struct sample both[] = { a, b };
    double counts[] = { 4, 0 }, others[] = { 0, 4 };

    (void)state;
    assert_false(two_sample_epps_singleton(a, b).p.defined);
    assert_false(samples_anderson_darling(both, 2).p.defined);
    assert_false(two_sample_cramer_von_mises(a, none).p.defined);
    assert_false(apart_wasserstein(a, none).defined);
    assert_true(apart_wasserstein(a, b).value == 0);
    assert_false(apart_median_sigma(a).defined);
    assert_false(apart_mmd(a, b, 0).unbiased.defined);
    assert_false(shares_distances_of(counts, others, 2).kl.defined);
    assert_false(shares_fit(counts, others, 2).p.defined);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shifts_between_two_sets_are_those_of_scipy),
        cmocka_unit_test(what_does_not_vary_is_undefined),
    };

    golden_need("drift-cremad-voice");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
