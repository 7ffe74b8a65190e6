/* bradley_terry - by hand, and against Newton's method in Python. */
#include <config.h>

#include "common/stat/bradley_terry.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST = 400 };

struct table {
    struct comparison item[MOST];
    size_t count;
};

static void add(struct table *table, size_t first, size_t second, int outcome,
                int times)
{
    while (times-- > 0) {
        assert_true(table->count < MOST);
        table->item[table->count].first = first;
        table->item[table->count].second = second;
        table->item[table->count++].outcome = outcome;
    }
}

static void near(double a, double b, double slack)
{
    if (!(fabs(a - b) <= slack))
        fail_msg("%.9g is not %.9g", a, b);
}

static struct bradley_terry fit(const struct table *table, size_t items,
                                enum bradley_terry_ties ties, double prior)
{
    struct bradley_terry_settings settings = BRADLEY_TERRY_DEFAULTS;
    struct bradley_terry out;

    settings.items = items;
    settings.ties = ties;
    settings.prior = prior;
    bradley_terry_fit(&settings, table->item, table->count, &out);
    return out;
}

/* 3 of 4: the strengths are as 3 to 1; the variance of their difference is
 * 1 / (4 * 3/4 * 1/4), that of each score a quarter of it. */
static void three_of_four_is_three_times_as_strong(void **state)
{
    struct table table = { .count = 0 };
    struct bradley_terry out;

    (void)state;
    add(&table, 0, 1, COMPARED_FIRST, 2);
    add(&table, 1, 0, COMPARED_SECOND, 1);
    add(&table, 1, 0, COMPARED_FIRST, 1);
    out = fit(&table, 2, BRADLEY_TERRY_DAVIDSON, 0);
    assert_int_equal(out.state, BRADLEY_TERRY_FITTED);
    near(out.score[0] - out.score[1], log(3), 1e-9);
    near(out.error[0], sqrt(4.0 / 3 / 4), 1e-9);
    near(out.log_likelihood, 3 * log(0.75) + log(0.25), 1e-9);
    near(out.tie, 0, 0);
    bradley_terry_release(&out);
}

/* 2, 1 and a tie of 4: p = 1/2, q = 1/4, t = 1/4, so pi is 2 to 1 and
 * nu = t / sqrt(pq) = 1/sqrt 2.  Half for each: 2.5 to 1.5. */
static void a_tie_has_its_own_probability_or_counts_half(void **state)
{
    struct table table = { .count = 0 };
    struct bradley_terry out;

    (void)state;
    add(&table, 0, 1, COMPARED_FIRST, 2);
    add(&table, 0, 1, COMPARED_SECOND, 1);
    add(&table, 0, 1, COMPARED_TIE, 1);
    out = fit(&table, 2, BRADLEY_TERRY_DAVIDSON, 0);
    near(out.score[0] - out.score[1], log(2), 1e-9);
    near(out.tie, sqrt(0.5), 1e-9);
    bradley_terry_release(&out);
    out = fit(&table, 2, BRADLEY_TERRY_HALF, 0);
    near(out.score[0] - out.score[1], log(2.5 / 1.5), 1e-9);
    bradley_terry_release(&out);
}

/* The American League of 1987 (Agresti 2002, table 10.10); scores and errors
 * by Newton's method in Python 3.11, mean 0. */
static void baseball_is_as_newton_has_it(void **state)
{
    static const int won[7][7] = {
        { 0, 7, 9, 7, 7, 9, 11 }, { 6, 0, 7, 5, 11, 9, 9 },
        { 4, 6, 0, 7, 7, 8, 12 }, { 6, 8, 6, 0, 6, 7, 10 },
        { 6, 2, 6, 7, 0, 7, 12 }, { 4, 4, 5, 6, 6, 0, 6 },
        { 2, 4, 1, 3, 1, 7, 0 },
    };
    static const double score[] = { 0.531153, 0.386206,  0.244283, 0.197415,
                                    0.057495, -0.366350, -1.050203 };
    static const double error[] = { 0.207419, 0.204157, 0.202062, 0.201604,
                                    0.200919, 0.205044, 0.232462 };
    struct table table = { .count = 0 };
    struct bradley_terry out;

    (void)state;
    for (size_t i = 0; i < 7; i++)
        for (size_t j = 0; j < 7; j++)
            add(&table, i, j, COMPARED_FIRST, won[i][j]);
    out = fit(&table, 7, BRADLEY_TERRY_DAVIDSON, 0);
    assert_int_equal(out.state, BRADLEY_TERRY_FITTED);
    for (size_t i = 0; i < 7; i++) {
        near(out.score[i], score[i], 2e-6);
        near(out.error[i], error[i], 2e-6);
    }
    bradley_terry_release(&out);
}

/* Three items with ties: Newton's method on the likelihood, in Python 3.11,
 * derivatives by differences. */
static void ties_among_three_are_as_newton_has_them(void **state)
{
    static const double score[] = { 0.908166, 0.181479, -1.089645 };
    static const double error[] = { 0.437138, 0.428846, 0.517298 };
    struct table table = { .count = 0 };
    struct bradley_terry out;

    (void)state;
    add(&table, 0, 1, COMPARED_FIRST, 5);
    add(&table, 0, 1, COMPARED_SECOND, 2);
    add(&table, 1, 0, COMPARED_TIE, 3);
    add(&table, 1, 2, COMPARED_FIRST, 4);
    add(&table, 2, 1, COMPARED_FIRST, 1);
    add(&table, 1, 2, COMPARED_TIE, 1);
    add(&table, 2, 0, COMPARED_SECOND, 6);
    add(&table, 0, 2, COMPARED_SECOND, 1);
    add(&table, 0, 2, COMPARED_TIE, 2);
    out = fit(&table, 3, BRADLEY_TERRY_DAVIDSON, 0);
    for (size_t i = 0; i < 3; i++) {
        near(out.score[i], score[i], 1e-5);
        near(out.error[i], error[i], 1e-4);
    }
    near(out.tie, 0.787317, 1e-5);
    near(out.log_likelihood, -23.331802, 1e-6);
    bradley_terry_release(&out);
}

/* 0 and 1 beat each other, and 2 never beat anyone: its distance has no end. */
static void what_never_won_is_apart_unless_a_prior_holds_it(void **state)
{
    struct table table = { .count = 0 };
    struct bradley_terry out;

    (void)state;
    add(&table, 0, 1, COMPARED_FIRST, 2);
    add(&table, 0, 1, COMPARED_SECOND, 1);
    add(&table, 1, 2, COMPARED_FIRST, 3);
    out = fit(&table, 3, BRADLEY_TERRY_DAVIDSON, 0);
    assert_int_equal(out.state, BRADLEY_TERRY_APART);
    assert_int_equal(out.parts, 2);
    assert_int_equal(out.part[0], out.part[1]);
    assert_int_not_equal(out.part[0], out.part[2]);
    bradley_terry_release(&out);
    out = fit(&table, 3, BRADLEY_TERRY_DAVIDSON, 0.5);
    assert_int_equal(out.state, BRADLEY_TERRY_FITTED);
    assert_true(out.score[0] > out.score[1] && out.score[1] > out.score[2]);
    assert_true(out.error[2] > 0 && out.error[2] < 5);
    bradley_terry_release(&out);
}

/* One of one won, and a prior of 1: by symmetry pi and 1/pi; the derivative
 * is zero where 2 = pi/(pi + 1/pi) + 2 pi/(pi + 1), pi = 1.2720196. */
static void a_prior_is_a_win_and_a_loss_against_the_mean(void **state)
{
    struct table table = { .count = 0 };
    struct bradley_terry out;
    double pi;

    (void)state;
    add(&table, 0, 1, COMPARED_FIRST, 1);
    out = fit(&table, 2, BRADLEY_TERRY_DAVIDSON, 1);
    pi = exp(out.score[0]);
    near(pi * pi / (pi * pi + 1) + 2 * pi / (pi + 1), 2, 1e-9);
    bradley_terry_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_of_four_is_three_times_as_strong),
        cmocka_unit_test(a_tie_has_its_own_probability_or_counts_half),
        cmocka_unit_test(baseball_is_as_newton_has_it),
        cmocka_unit_test(ties_among_three_are_as_newton_has_them),
        cmocka_unit_test(what_never_won_is_apart_unless_a_prior_holds_it),
        cmocka_unit_test(a_prior_is_a_win_and_a_loss_against_the_mean),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
