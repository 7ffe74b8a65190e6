/* describe, dist, ccc - by hand, and against published tables. */
#include <config.h>

#include "common/stat/describe.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/stat/ccc.h"
#include "common/stat/dist.h"

static void assert_near(struct estimate estimate, double value)
{
    assert_true(estimate.defined);
    if (!(fabs(estimate.value - value) < 1e-12))
        fail_msg("expected %.17g, got %.17g", value, estimate.value);
}

static void assert_undefined(struct estimate estimate)
{
    assert_false(estimate.defined);
    assert_non_null(estimate.reason);
}

/* By hand: mean 5, sum of squares about it 32. */
static void a_variance_says_what_it_divides_by(void **state)
{
    const double x[] = { 2, 4, 4, 4, 5, 5, 7, 9 };

    (void)state;
    assert_near(describe_mean(x, 8), 5);
    assert_near(describe_variance(x, 8, DESCRIBE_N), 4);
    assert_near(describe_variance(x, 8, DESCRIBE_N_LESS_1), 32.0 / 7);
    assert_near(describe_sd(x, 8, DESCRIBE_N), 2);
}

static void too_few_values_have_a_reason(void **state)
{
    const double x[] = { 3 };

    (void)state;
    assert_undefined(describe_mean(x, 0));
    assert_undefined(describe_variance(x, 1, DESCRIBE_N_LESS_1));
    assert_near(describe_variance(x, 1, DESCRIBE_N), 0);
    assert_undefined(describe_quantile(x, 0, 0.5));
    assert_undefined(describe_quantile_order(x, 0, 0.5));
}

/* By hand: the place is 1 + (n - 1) p. */
static void quantiles_of_type_7_are_linear(void **state)
{
    double x[] = { 4, 1, 3, 2 };

    (void)state;
    describe_sort(x, 4);
    assert_near(describe_quantile(x, 4, 0), 1);
    assert_near(describe_quantile(x, 4, 0.1), 1.3);
    assert_near(describe_quantile(x, 4, 0.5), 2.5);
    assert_near(describe_quantile(x, 4, 1), 4);
}

/*
 * n = 4: p = .45 is place 2.25, between the normal quantiles of .4 and .6;
 * the share .2519976638775367 is from Python 3.11's NormalDist.
 */
static void order_quantiles_go_by_normal_scores(void **state)
{
    const double x[] = { 1, 2, 3, 4 };

    (void)state;
    assert_near(describe_quantile_order(x, 4, 0.4), 2);
    assert_near(describe_quantile_order(x, 4, 0.5), 2.5);
    assert_true(fabs(describe_quantile_order(x, 4, 0.45).value -
                     2.2519976638775367) < 1e-9);
    assert_near(describe_quantile_order(x, 4, 0.01), 1);
    assert_near(describe_quantile_order(x, 4, 0.99), 4);
}

/* Student's own table, and the normal one, to the digits printed there. */
static void quantiles_are_those_of_the_tables(void **state)
{
    (void)state;
    assert_true(fabs(dist_normal_quantile(0.975) - 1.959964) < 5e-7);
    assert_true(fabs(dist_normal_cdf(1.959964) - 0.975) < 5e-7);
    assert_true(fabs(dist_t_quantile(0.975, 1) - 12.706) < 5e-4);
    assert_true(fabs(dist_t_quantile(0.975, 9) - 2.262) < 5e-4);
    assert_true(fabs(dist_t_quantile(0.95, 29) - 1.699) < 5e-4);
    assert_true(fabs(dist_t_cdf(2.262157, 9) - 0.975) < 5e-7);
}

/*
 * By hand: mx = 2.5, my = 3.25; sums of squares 5, 6.75, products 5.5, and
 * n (mx - my)^2 = 2.25, so 11 / 14.
 */
static void ccc_is_that_of_lin_1989(void **state)
{
    const double x[] = { 1, 2, 3, 4 };
    const double y[] = { 2, 2, 4, 5 };
    struct ccc_sums sums = ccc_sums_of(x, y, NULL, 4);

    (void)state;
    assert_near(ccc_lin(&sums), 11.0 / 14);
    assert_near(ccc_pearson(&sums), 5.5 / sqrt(5 * 6.75));
    assert_near(ccc_mae(&sums), 0.75);
    assert_near(ccc_rmse(&sums), sqrt(0.75));
}

/* Weight 2 is the item twice. */
static void a_weight_is_that_many_items(void **state)
{
    const double x[] = { 1, 2, 3 };
    const double y[] = { 1, 4, 2 };
    const double w[] = { 1, 2, 1 };
    const double xx[] = { 1, 2, 2, 3 };
    const double yy[] = { 1, 4, 4, 2 };
    struct ccc_sums once = ccc_sums_of(x, y, w, 3);
    struct ccc_sums twice = ccc_sums_of(xx, yy, NULL, 4);

    (void)state;
    assert_near(ccc_lin(&once), ccc_lin(&twice).value);
    assert_near(ccc_pearson(&once), ccc_pearson(&twice).value);
    assert_near(ccc_mae(&once), 1.25);
}

static void a_part_taken_out_leaves_the_rest(void **state)
{
    const double x[] = { 1, 2, 3, 4, 9, -7 };
    const double y[] = { 2, 2, 4, 5, 1, 3 };
    struct ccc_sums all = { 0 }, part = { 0 }, rest = { 0 };

    (void)state;
    for (size_t i = 0; i < 6; i++)
        ccc_add(i < 4 ? &rest : &part, 2, x[i], y[i], 1);
    ccc_join(&all, &rest, 1);
    ccc_join(&all, &part, 1);
    ccc_join(&all, &part, -1);
    assert_near(ccc_lin(&all), ccc_lin(&rest).value);
    assert_int_equal(all.count, 4);
}

static void constant_sides_are_told_apart(void **state)
{
    const double same[] = { 0.1, 0.1, 0.1 };
    const double other[] = { 0.3, 0.3, 0.3 };
    const double moving[] = { 1, 2, 3 };
    struct ccc_sums equal = ccc_sums_of(same, same, NULL, 3);
    struct ccc_sums apart = ccc_sums_of(same, other, NULL, 3);
    struct ccc_sums one = ccc_sums_of(moving, other, NULL, 3);
    struct ccc_sums single = ccc_sums_of(moving, other, NULL, 1);

    (void)state;
    assert_undefined(ccc_lin(&equal));
    assert_near(ccc_lin(&apart), 0);
    assert_near(ccc_lin(&one), 0);
    assert_undefined(ccc_pearson(&equal));
    assert_undefined(ccc_pearson(&one));
    assert_undefined(ccc_lin(&single));
    assert_near(ccc_mae(&single), 0.7);
}

/* A large mean must not eat the spread: 1e9 + x correlates as x does. */
static void a_far_mean_does_not_matter(void **state)
{
    const double x[] = { 1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4 };
    const double y[] = { 1e9 + 2, 1e9 + 2, 1e9 + 4, 1e9 + 5 };
    struct ccc_sums sums = ccc_sums_of(x, y, NULL, 4);

    (void)state;
    assert_near(ccc_lin(&sums), 11.0 / 14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_variance_says_what_it_divides_by),
        cmocka_unit_test(too_few_values_have_a_reason),
        cmocka_unit_test(quantiles_of_type_7_are_linear),
        cmocka_unit_test(order_quantiles_go_by_normal_scores),
        cmocka_unit_test(quantiles_are_those_of_the_tables),
        cmocka_unit_test(ccc_is_that_of_lin_1989),
        cmocka_unit_test(a_weight_is_that_many_items),
        cmocka_unit_test(a_part_taken_out_leaves_the_rest),
        cmocka_unit_test(constant_sides_are_told_apart),
        cmocka_unit_test(a_far_mean_does_not_matter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
