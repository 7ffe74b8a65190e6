/*
 * The cluster bootstrap against R's package boot (R 4.2.2) with given
 * draws of 91 actors, and gaps and permutations against R and scipy.
 */
#include <config.h>

#include "common/stat/interval.h"

#include <string.h>

#include "common/base/vec.h"
#include "common/stat/describe.h"
#include "common/stat/permute.h"
#include "eval/fair/gap.h"
#include "eval/fair/group.h"
#include "golden.h"

enum { ACTORS = 91, RESAMPLES = 999, STATISTICS = 4 };

static const char *const statistics[STATISTICS] = { "acc", "diff", "tpr_diff",
                                                    "ratio" };

/* Sums of the case's columns n, correct, n_ang, tp_ang by sex. */
struct sums {
    double of[2][4];
    const struct columns *input;
};

static void sums_clear(void *context)
{
    struct sums *sums = context;

    memset(sums->of, 0, sizeof(sums->of));
}

static void sums_add(void *context, size_t actor, int times)
{
    struct sums *sums = context;
    bool male = strcmp(columns_text(sums->input, actor, 1), "Male") == 0;
    struct error err;

    for (size_t k = 0; k < 4; k++) {
        double value;

        assert_true(columns_number(sums->input, actor, 2 + k, &value, &err));
        sums->of[male][k] += times * value;
    }
}

static bool sums_read(void *context, struct estimate *out)
{
    const struct sums *sums = context;
    double f = sums->of[0][1] / sums->of[0][0];
    double m = sums->of[1][1] / sums->of[1][0];

    out[0] = estimate_of((sums->of[0][1] + sums->of[1][1]) /
                         (sums->of[0][0] + sums->of[1][0]));
    out[1] = estimate_of(f - m);
    out[2] = estimate_of(sums->of[0][3] / sums->of[0][2] -
                         sums->of[1][3] / sums->of[1][2]);
    out[3] = estimate_of(fmin(f, m) / fmax(f, m));
    return true;
}

static struct interval_source source_of(struct sums *sums)
{
    return (struct interval_source){ .clusters = ACTORS,
                                     .outputs = STATISTICS,
                                     .context = sums,
                                     .clear = sums_clear,
                                     .add = sums_add,
                                     .read = sums_read };
}

/* Draws of the case, from 0; the caller's. */
static size_t *draws_of(const char *file)
{
    const struct csv_options options = { .no_header = true };
    char *path = golden_path("cluster-bootstrap-voice", file);
    struct error err;
    struct columns *table = columns_read(path, &options, &err);
    size_t *index = xcalloc((size_t)RESAMPLES * ACTORS, sizeof(*index));

    assert_non_null(table);
    assert_int_equal(columns_rows(table), RESAMPLES);
    assert_int_equal(columns_count(table), ACTORS);
    for (size_t r = 0; r < RESAMPLES; r++) {
        for (size_t i = 0; i < ACTORS; i++) {
            double value;

            assert_true(columns_number(table, r, i, &value, &err));
            index[r * ACTORS + i] = (size_t)value - 1;
        }
    }
    columns_free(table);
    free(path);
    return index;
}

static void assert_pair(const struct golden *golden, const struct json *object,
                        const char *key, double low, double high)
{
    const struct json *pair = json_member(object, key);

    assert_int_equal(json_count(pair), 2);
    assert_true(fabs(json_value(json_item(pair, 0), 0) - low) <=
                golden->tolerance);
    assert_true(fabs(json_value(json_item(pair, 1), 0) - high) <=
                golden->tolerance);
}

/* Values of output k without each actor in turn. */
static void leave_out(struct sums *sums, size_t k, double left[ACTORS])
{
    struct estimate value[STATISTICS];

    for (size_t i = 0; i < ACTORS; i++) {
        sums_clear(sums);
        for (size_t c = 0; c < ACTORS; c++)
            sums_add(sums, c, c != i);
        sums_read(sums, value);
        left[i] = value[k].value;
    }
}

/* boot.ci's other kinds, and the bias. */
static void assert_other_limits(const struct golden *golden,
                                const struct json *ci, const char *name,
                                const struct interval_resamples *resamples,
                                size_t k, double level, struct sums *sums)
{
    double value =
        json_value(json_member(json_member(golden->expected, "t0"), name), 0);
    double left[ACTORS];
    struct interval interval;

    interval = interval_normal(resamples, k, level, value);
    assert_pair(golden, ci, "norm", interval.low, interval.high);
    golden_near(golden, json_member(golden->expected, "bias"), name,
                interval.bias);
    interval = interval_basic(resamples, k, level, value);
    assert_pair(golden, ci, "basic", interval.low, interval.high);
    leave_out(sums, k, left);
    interval = interval_bca(resamples, k, level, value, left, ACTORS);
    assert_true(interval.defined);
    assert_pair(golden, ci, "bca_jackknife", interval.low, interval.high);
}

/* Type 7 from the replicates, percentile from the interval itself. */
static void assert_limits(const struct golden *golden, const char *name,
                          const struct interval_resamples *resamples, size_t k,
                          double level, struct sums *sums)
{
    const struct json *ci =
        json_member(json_member(golden->expected, "ci"), name);
    struct interval interval = interval_percentile(resamples, k, level);
    double tail = (1 - level) / 2;
    size_t count;
    double *sorted = interval_sorted(resamples, k, &count);

    ci = json_member(ci, level > 0.92 ? "conf_0.95" : "conf_0.9");
    assert_non_null(ci);
    assert_true(interval.defined);
    assert_int_equal(interval.resamples, RESAMPLES);
    assert_pair(golden, ci, "perc", interval.low, interval.high);
    assert_pair(golden, ci, "quantile_type7",
                describe_quantile(sorted, count, tail).value,
                describe_quantile(sorted, count, 1 - tail).value);
    golden_near(golden, json_member(golden->expected, "se"), name, interval.se);
    free(sorted);
    assert_other_limits(golden, ci, name, resamples, k, level, sums);
}

static void given_draws_give_the_intervals_of_boot(void **state)
{
    struct golden golden = golden_open("cluster-bootstrap-voice");
    const struct json *first3 =
        json_member(golden.expected, "first3_replicates");
    struct sums sums = { .input = golden.input };
    struct interval_source source = source_of(&sums);
    struct interval_resamples resamples;
    struct estimate whole[STATISTICS];
    size_t *index = draws_of("indices.csv");

    (void)state;
    interval_whole(&source, whole);
    interval_draw_given(&source, index, RESAMPLES, &resamples);
    for (size_t k = 0; k < STATISTICS; k++) {
        golden_near(&golden, json_member(golden.expected, "t0"), statistics[k],
                    whole[k].value);
        for (size_t r = 0; r < 3; r++)
            golden_near(&golden, json_item(first3, r), statistics[k],
                        resamples.value[r * STATISTICS + k]);
        assert_limits(&golden, statistics[k], &resamples, k, 0.95, &sums);
        assert_limits(&golden, statistics[k], &resamples, k, 0.9, &sums);
    }
    interval_resamples_release(&resamples);
    free(index);
    golden_close(&golden);
}

static void draws_within_sex_give_the_intervals_of_boot(void **state)
{
    struct golden golden = golden_open("cluster-bootstrap-voice");
    const struct json *expected =
        json_member(golden.expected, "stratified_by_sex");
    struct sums sums = { .input = golden.input };
    struct interval_source source = source_of(&sums);
    struct interval_resamples resamples;
    size_t *index = draws_of("indices_stratified.csv");

    (void)state;
    interval_draw_given(&source, index, RESAMPLES, &resamples);
    for (size_t k = 0; k < STATISTICS; k++) {
        struct interval interval = interval_percentile(&resamples, k, 0.95);

        golden_near(&golden, json_member(expected, "se"), statistics[k],
                    interval.se);
        assert_pair(&golden, json_member(expected, "perc95"), statistics[k],
                    interval.low, interval.high);
    }
    interval_resamples_release(&resamples);
    free(index);
    golden_close(&golden);
}

/*
 * Jackknife influence values of R: L = (n - 1)(whole - leave-one-out).  (The
 * case's README says "mean of leave-one-out"; its numbers are from the whole.)
 */
static void the_jackknife_is_that_of_boot(void **state)
{
    struct golden golden = golden_open("cluster-bootstrap-voice");
    const struct json *influence =
        json_member(golden.expected, "jackknife_L_first5");
    struct sums sums = { .input = golden.input };
    struct interval_source source = source_of(&sums);
    struct estimate left[ACTORS][STATISTICS], value[STATISTICS];
    struct interval interval[STATISTICS];

    (void)state;
    for (size_t i = 0; i < ACTORS; i++) {
        sums_clear(&sums);
        for (size_t c = 0; c < ACTORS; c++)
            sums_add(&sums, c, c != i);
        sums_read(&sums, left[i]);
    }
    interval_jackknife(&source, 0.95, value, interval);
    for (size_t k = 0; k < STATISTICS; k++) {
        double mean = 0, squares = 0;
        const struct json *l = json_member(influence, statistics[k]);

        for (size_t i = 0; i < ACTORS; i++)
            mean += left[i][k].value / ACTORS;
        for (size_t i = 0; i < ACTORS; i++) {
            double own = (ACTORS - 1) * (mean - left[i][k].value);

            if (i < 5)
                assert_true(
                    fabs((ACTORS - 1) * (value[k].value - left[i][k].value) -
                         json_value(json_item(l, i), 0)) <= golden.tolerance);
            squares += own * own;
        }
        /* se^2 = sum of (L about the mean)^2 / (n (n - 1)) */
        assert_true(fabs(interval[k].se -
                         sqrt(squares / (ACTORS * (ACTORS - 1.0)))) < 1e-9);
    }
    golden_close(&golden);
}

/* The same actors as rows of predictions, through gap_measure(). */
static struct predictions *rows_of(const struct columns *input)
{
    struct columns *sheet = columns_new();
    struct predictions *p;
    struct error err;

    columns_add(sheet, "id");
    columns_add(sheet, "truth");
    columns_add(sheet, "predicted");
    columns_add(sheet, "speaker");
    columns_add(sheet, "sex");
    for (size_t actor = 0; actor < columns_rows(input); actor++) {
        double n, correct;

        assert_true(columns_number(input, actor, 2, &n, &err));
        assert_true(columns_number(input, actor, 3, &correct, &err));
        for (int i = 0; i < (int)n; i++) {
            size_t row = columns_add_row(sheet);
            char *id = xasprintf("%zu-%d", actor, i);

            columns_set(sheet, row, 0, id);
            columns_set(sheet, row, 1, "right");
            columns_set(sheet, row, 2, i < (int)correct ? "right" : "wrong");
            columns_set(sheet, row, 3, columns_text(input, actor, 0));
            columns_set(sheet, row, 4, columns_text(input, actor, 1));
            free(id);
        }
    }
    p = predictions_take(sheet, "rows", NULL, &err);
    assert_non_null(p);
    return p;
}

static void a_gap_is_that_of_boot(void **state)
{
    struct golden golden = golden_open("cluster-bootstrap-voice");
    const struct json *t0 = json_member(golden.expected, "t0");
    struct predictions *p = rows_of(golden.input);
    struct gap_settings settings = { .level = 0.95,
                                     .resamples = 999,
                                     .seed = 1,
                                     .exact_limit = 1000,
                                     .permutations = 199 };
    struct grouping sex;
    struct error err;
    struct gap gap;

    (void)state;
    assert_true(grouping_make(p, "sex", &sex, &err));
    assert_int_equal(sex.count, 2);
    gap_measure(p, &sex.item[0], &sex.item[1], metric_find("accuracy"),
                METRIC_NO_LABEL, &settings, &gap);
    assert_null(gap.lack);
    assert_true(gap.disjoint);
    golden_near(&golden, t0, "diff", gap.difference.value);
    golden_near(&golden, t0, "ratio", gap.ratio.value);
    /* R's stratified bootstrap has se .02195; ours draws other actors. */
    assert_true(fabs(gap.difference_bootstrap.se - 0.02195) < 0.002);
    assert_true(fabs(gap.difference_interval.se - 0.02195) < 0.002);
    assert_false(gap.permutation.exact);
    assert_int_equal(gap.permutation.splits, 199);
    gap_release(&gap);
    grouping_release(&sex);
    predictions_free(p);
    golden_close(&golden);
}

/* Difference of the means of columns "value" of permutation-exact-small. */
static struct estimate mean_gap(void *context, const bool *first)
{
    const struct columns *input = context;
    double sum[2] = { 0 }, n[2] = { 0 };
    struct error err;

    for (size_t i = 0; i < columns_rows(input); i++) {
        double value;

        assert_true(columns_number(input, i, 1, &value, &err));
        sum[first[i]] += value;
        n[first[i]]++;
    }
    return estimate_of(sum[1] / n[1] - sum[0] / n[0]);
}

static void all_splits_give_the_p_of_scipy(void **state)
{
    struct golden golden = golden_open("permutation-exact-small");
    bool first[16] = { false };
    struct permute_source source = { .clusters = columns_rows(golden.input),
                                     .first = first,
                                     .context = golden.input,
                                     .gap = mean_gap };
    struct permute_plan plan = {
        .exact_limit = 462, .samples = 20000, .seed = 1, .name = "test"
    };
    struct permutation exact, sampled;

    (void)state;
    assert_int_equal(source.clusters, 11);
    for (size_t i = 0; i < source.clusters; i++)
        first[i] = strcmp(columns_text(golden.input, i, 0), "x") == 0;
    exact = permute_two_groups(&source, &plan);
    assert_true(exact.defined && exact.exact);
    golden_near(&golden, golden.expected, "brute_force_total",
                (double)exact.splits);
    golden_near(&golden, golden.expected, "brute_force_count_abs_ge_observed",
                (double)exact.extreme);
    golden_near(&golden, golden.expected, "brute_force_p_abs", exact.p);
    plan.exact_limit = 461;
    sampled = permute_two_groups(&source, &plan);
    assert_false(sampled.exact);
    assert_int_equal(sampled.splits, 20000);
    assert_true(sampled.p == (double)(sampled.extreme + 1) / 20001);
    assert_true(fabs(sampled.p - exact.p) < 0.015); /* 6 standard errors */
    golden_close(&golden);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(given_draws_give_the_intervals_of_boot),
        cmocka_unit_test(draws_within_sex_give_the_intervals_of_boot),
        cmocka_unit_test(the_jackknife_is_that_of_boot),
        cmocka_unit_test(a_gap_is_that_of_boot),
        cmocka_unit_test(all_splits_give_the_p_of_scipy),
    };

    golden_need("cluster-bootstrap-voice");
    golden_need("permutation-exact-small");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
