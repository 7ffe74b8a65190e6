/* lpc, roots - against filters and polynomials made from known roots. */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/signal/lpc.h"
#include "common/signal/roots.h"

static void near(double a, double b, double slack)
{
    if (!(fabs(a - b) <= slack))
        fail_msg("%.12g is not %.12g", a, b);
}

/* c times (z^2 - 2 r cos(w) z + r^2), in place. */
static void times_pair(double *c, int *degree, double r, double w)
{
    double out[ROOTS_MAX_DEGREE + 1] = { 0 };

    for (int i = 0; i <= *degree; i++) {
        out[i] += c[i];
        out[i + 1] -= 2 * r * cos(w) * c[i];
        out[i + 2] += r * r * c[i];
    }
    *degree += 2;
    for (int i = 0; i <= *degree; i++)
        c[i] = out[i];
}

static void roots_are_those_that_made_the_polynomial(void **state)
{
    static const double r[] = { 0.98, 0.9, 0.97, 0.7, 1.1 };
    static const double w[] = { 0.3, 0.32, 1.2, 2.0, 2.9 };
    double c[ROOTS_MAX_DEGREE + 1] = { 1, -0.5 }; /* z - 0.5 */
    struct root found[11];
    int degree = 1, count;

    (void)state;
    for (int i = 0; i < 5; i++)
        times_pair(c, &degree, r[i], w[i]);
    count = roots_find(c, degree, found);
    assert_int_equal(count, 6);
    for (int i = 0; i < 5; i++) {
        double least = 1;

        for (int k = 0; k < count; k++)
            least = fmin(least, hypot(found[k].re - r[i] * cos(w[i]),
                                      found[k].im - r[i] * sin(w[i])));
        near(least, 0, 1e-9);
    }
}

static void real_and_multiple_roots_are_found(void **state)
{
    static const double c[] = { 2, -12, 22, -12 }; /* 2 (z-1) (z-2) (z-3) */
    static const double twice[] = { 1, -2, 1 };    /* (z - 1)^2 */
    static const double zero[] = { 1, 0, 0, 0 };   /* z^3 */
    struct root found[3];
    double sum = 0;

    (void)state;
    assert_int_equal(roots_find(c, 3, found), 3);
    for (int i = 0; i < 3; i++) {
        near(found[i].im, 0, 0);
        sum += found[i].re;
    }
    near(sum, 6, 1e-9);
    for (int i = 0, n = roots_find(twice, 2, found); i < n; i++)
        near(found[i].re, 1, 1e-6);
    for (int i = 0, n = roots_find(zero, 3, found); i < n; i++)
        near(hypot(found[i].re, found[i].im), 0, 1e-3);
}

/* The answer of 1 / (1 - 1.5 z^-1 + 0.8 z^-2) to one pulse. */
static void prediction_finds_the_filter_that_made_the_sound(void **state)
{
    float x[400] = { 1, 1.5f };
    double r[3], a[2];

    (void)state;
    for (int i = 2; i < 400; i++)
        x[i] = 1.5f * x[i - 1] - 0.8f * x[i - 2];
    lpc_autocorrelate(x, 400, 2, r);
    assert_true(lpc_durbin(r, 2, a));
    near(a[0], -1.5, 1e-5);
    near(a[1], 0.8, 1e-5);
}

static void silence_predicts_nothing(void **state)
{
    float x[50] = { 0 };
    double r[6], a[5];

    (void)state;
    lpc_autocorrelate(x, 50, 5, r);
    assert_false(lpc_durbin(r, 5, a));
    for (int i = 0; i < 5; i++)
        near(a[i], 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roots_are_those_that_made_the_polynomial),
        cmocka_unit_test(real_and_multiple_roots_are_found),
        cmocka_unit_test(prediction_finds_the_filter_that_made_the_sound),
        cmocka_unit_test(silence_predicts_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
