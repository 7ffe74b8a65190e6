/* interval and permute - on clusters of one number each. */
#include <config.h>

#include "common/stat/interval.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/stat/dist.h"
#include "common/stat/permute.h"

/* The mean of the drawn numbers, or the difference of two groups' means. */
struct means {
    const double *x;
    const size_t *group;
    double sum[2], n[2];
    bool needs_first; /* a draw without cluster 0 has "lost a class" */
    double firsts;
};

static void means_clear(void *context)
{
    struct means *m = context;

    memset(m->sum, 0, sizeof(m->sum));
    memset(m->n, 0, sizeof(m->n));
    m->firsts = 0;
}

static void means_add(void *context, size_t cluster, int times)
{
    struct means *m = context;
    size_t g = m->group ? m->group[cluster] : 0;

    m->sum[g] += times * m->x[cluster];
    m->n[g] += times;
    if (cluster == 0)
        m->firsts += times;
}

static bool means_read(void *context, struct estimate *out)
{
    const struct means *m = context;

    out[0] = estimate_ratio(m->sum[0], m->n[0], "nothing");
    if (m->group && out[0].defined)
        out[0].value -= m->sum[1] / m->n[1];
    return !m->needs_first || m->firsts > 0;
}

static struct interval_source source_of(struct means *means, size_t clusters)
{
    return (struct interval_source){ .clusters = clusters,
                                     .outputs = 1,
                                     .group = means->group,
                                     .context = means,
                                     .clear = means_clear,
                                     .add = means_add,
                                     .read = means_read };
}

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) < 1e-9))
        fail_msg("expected %.17g, got %.17g", expected, value);
}

/*
 * By hand: of a mean the jackknife is the textbook's s / sqrt(n): mean 4,
 * s^2 = 12.5, se = sqrt(2.5), 4 degrees of freedom, t = 2.7764451.
 */
static void the_jackknife_of_a_mean_is_the_t_interval(void **state)
{
    const double x[] = { 1, 2, 3, 4, 10 };
    struct means means = { .x = x };
    struct interval_source source = source_of(&means, 5);
    struct estimate value;
    struct interval interval;

    (void)state;
    interval_jackknife(&source, 0.95, &value, &interval);
    assert_true(interval.defined);
    assert_near(value.value, 4);
    assert_near(interval.se, sqrt(2.5));
    assert_near(interval.df, 4);
    assert_int_equal(interval.clusters, 5);
    assert_true(fabs(interval.high - (4 + 2.7764451 * sqrt(2.5))) < 1e-6);
    assert_near(interval.low + interval.high, 8);
    assert_false(interval.no_spread);
}

/*
 * By hand (Welch): variances of the means 1/3 and 5/3, so se = sqrt(2) and
 * df = 4 / (1/18 + 25/27) = 216/53.
 */
static void two_groups_are_those_of_welch(void **state)
{
    const double x[] = { 1, 2, 3, 2, 4, 6, 8 };
    const size_t group[] = { 0, 0, 0, 1, 1, 1, 1 };
    struct means means = { .x = x, .group = group };
    struct interval_source source = source_of(&means, 7);
    struct estimate value;
    struct interval interval;

    (void)state;
    interval_jackknife(&source, 0.9, &value, &interval);
    assert_true(interval.defined);
    assert_int_equal(interval.method, INTERVAL_JACKKNIFE_WELCH);
    assert_near(value.value, -3);
    assert_near(interval.se, sqrt(2));
    assert_near(interval.df, 216.0 / 53);
    assert_near(interval.high,
                -3 + dist_t_quantile(0.95, 216.0 / 53) * sqrt(2));
}

static void clusters_that_agree_have_no_spread(void **state)
{
    const double x[] = { 0.7, 0.7, 0.7, 0.7 };
    struct means means = { .x = x };
    struct interval_source source = source_of(&means, 4);
    struct estimate value;
    struct interval interval;

    (void)state;
    interval_jackknife(&source, 0.95, &value, &interval);
    assert_true(interval.defined && interval.no_spread);
    assert_near(interval.low, 0.7);
    assert_near(interval.high, 0.7);
}

static void one_cluster_has_no_interval(void **state)
{
    const double x[] = { 0.7 };
    struct means means = { .x = x };
    struct interval_source source = source_of(&means, 1);
    struct estimate value;
    struct interval interval;

    (void)state;
    interval_jackknife(&source, 0.95, &value, &interval);
    assert_true(value.defined);
    assert_false(interval.defined);
    assert_non_null(interval.reason);
}

static void the_same_seed_draws_the_same(void **state)
{
    const double x[] = { 1, 2, 3, 4, 10, 6, 2, 8 };
    struct means means = { .x = x };
    struct interval_source source = source_of(&means, 8);
    struct interval_resamples a, b, c;

    (void)state;
    interval_draw(&source, 200, 7, "test", &a);
    interval_draw(&source, 200, 7, "test", &b);
    interval_draw(&source, 200, 8, "test", &c);
    assert_memory_equal(a.value, b.value, 200 * sizeof(double));
    assert_memory_not_equal(a.value, c.value, 200 * sizeof(double));
    interval_resamples_release(&a);
    interval_resamples_release(&b);
    interval_resamples_release(&c);
}

/* The bootstrap of a mean has se sqrt(sum of squares / n) / sqrt(n). */
static void the_bootstrap_has_the_right_spread(void **state)
{
    const double x[] = { 1, 2, 3, 4, 10, 6, 2, 8 }; /* sum of squares 72 */
    struct means means = { .x = x };
    struct interval_source source = source_of(&means, 8);
    struct interval_resamples resamples;
    struct interval interval;

    (void)state;
    interval_draw(&source, 20000, 1, "test", &resamples);
    interval = interval_percentile(&resamples, 0, 0.95);
    assert_true(interval.defined);
    assert_true(fabs(interval.se - sqrt(72.0 / 8 / 8)) < 0.02);
    assert_true(interval.low < 4.5 && interval.high > 4.5);
    assert_int_equal(interval.redrawn, 0);
    interval_resamples_release(&resamples);
}

/* Without cluster 0: (3/4)^4 = .316 of the draws, .463 a kept one. */
static void a_draw_that_lost_a_class_is_drawn_again(void **state)
{
    const double x[] = { 1, 2, 3, 4 };
    struct means means = { .x = x, .needs_first = true };
    struct interval_source source = source_of(&means, 4);
    struct interval_resamples resamples;
    struct interval interval;

    (void)state;
    interval_draw(&source, 1000, 1, "test", &resamples);
    interval = interval_percentile(&resamples, 0, 0.95);
    assert_int_equal(interval.resamples, 1000);
    assert_true(interval.redrawn > 400 && interval.redrawn < 530);
    interval_resamples_release(&resamples);
}

static void limits_stay_where_scores_can_be(void **state)
{
    struct interval interval = { .defined = true, .low = -0.2, .high = 1.3 };

    (void)state;
    interval_clip(&interval, 0, 1);
    assert_near(interval.low, 0);
    assert_near(interval.high, 1);
}

static void choices_are_counted_without_wrapping(void **state)
{
    (void)state;
    assert_true(permute_choices(6, 3) == 20);
    assert_true(permute_choices(11, 6) == 462);
    assert_true(permute_choices(62, 31) == 465428353255261088u);
    assert_true(permute_choices(200, 100) == UINT64_MAX);
}

struct split_means {
    const double *x;
    size_t count;
    bool undefined_once;
};

static struct estimate split_gap(void *context, const bool *first)
{
    const struct split_means *m = context;
    double sum[2] = { 0 }, n[2] = { 0 };

    for (size_t i = 0; i < m->count; i++) {
        sum[first[i]] += m->x[i];
        n[first[i]]++;
    }
    if (m->undefined_once && first[0] && first[m->count - 1])
        return estimate_undefined("a class is lost");
    return estimate_of(sum[1] / n[1] - sum[0] / n[0]);
}

static struct permutation split_in_half(size_t count, bool undefined_once)
{
    double x[10];
    bool first[10];
    struct split_means means = { x, count, undefined_once };
    const struct permute_source source = { count, first, &means, split_gap };
    const struct permute_plan plan = { 1000, 0, 1, "test" };

    for (size_t i = 0; i < count; i++) {
        x[i] = (double)(i * i + i); /* all of the second half are larger */
        first[i] = i < count / 2;
    }
    return permute_two_groups(&source, &plan);
}

/*
 * Of 252 splits 2 are as extreme; a sample of 99 that has met k of them
 * says (k + 1) / 100, never 0 (Phipson and Smyth 2010).
 */
static void a_sampled_p_counts_what_was_observed(void **state)
{
    double x[10];
    bool first[10];
    struct split_means means = { x, 10, false };
    const struct permute_source source = { 10, first, &means, split_gap };
    const struct permute_plan plan = { 0, 99, 1, "test" };
    struct permutation p;

    (void)state;
    for (size_t i = 0; i < 10; i++) {
        x[i] = (double)(i * i + i);
        first[i] = i < 5;
    }
    p = permute_two_groups(&source, &plan);
    assert_false(p.exact);
    assert_true(p.splits == 99);
    assert_true(p.extreme < 10);
    assert_near(p.p, (double)(p.extreme + 1) / 100);
}

/* FORMATS: .10 at 3 v 3, .029 at 4 v 4, .008 at 5 v 5: 2 of all splits. */
static void the_smallest_p_is_two_splits(void **state)
{
    (void)state;
    assert_near(split_in_half(6, false).p, 2.0 / 20);
    assert_near(split_in_half(8, false).p, 2.0 / 70);
    assert_near(split_in_half(10, false).p, 2.0 / 252);
    assert_true(split_in_half(10, false).exact);
}

/* By hand: first and last together in the first of 3 v 3: 4 of 20 splits. */
static void splits_without_a_gap_count_against(void **state)
{
    struct permutation p = split_in_half(6, true);

    (void)state;
    assert_int_equal(p.undefined, 4);
    assert_near(p.p, 6.0 / 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_jackknife_of_a_mean_is_the_t_interval),
        cmocka_unit_test(two_groups_are_those_of_welch),
        cmocka_unit_test(clusters_that_agree_have_no_spread),
        cmocka_unit_test(one_cluster_has_no_interval),
        cmocka_unit_test(the_same_seed_draws_the_same),
        cmocka_unit_test(the_bootstrap_has_the_right_spread),
        cmocka_unit_test(a_draw_that_lost_a_class_is_drawn_again),
        cmocka_unit_test(limits_stay_where_scores_can_be),
        cmocka_unit_test(choices_are_counted_without_wrapping),
        cmocka_unit_test(a_sampled_p_counts_what_was_observed),
        cmocka_unit_test(the_smallest_p_is_two_splits),
        cmocka_unit_test(splits_without_a_gap_count_against),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
