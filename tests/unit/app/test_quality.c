/*
 * test_quality - when drift is called drift.
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "annotate/quality_internal.h"
#include "common/base/rng.h"
#include "common/base/vec.h"

static void session(struct quality *it, size_t right, size_t of)
{
    VEC_PUSH(&it->sessions, ((struct quality_session){
                                (int64_t)it->sessions.count, right, of }));
}

/*
 * By hand: the target is 11 / 12, and the second session stands (0.5 - 0.9167)
 * / sqrt(0.0764 / 10) = -4.77 from it, less k 4.27, which is above 4.
 */
static void one_session_that_falls_to_half_gives_alarm(void **state)
{
    struct quality it = { 0 };
    char text[64];

    (void)state;
    session(&it, 10, 10);
    session(&it, 5, 10);
    session(&it, 10, 10);
    quality_chart(&it);
    assert_float_equal(it.drift.low, 2.8138, 1e-3);
    assert_int_equal(it.drift.low_alarm, 1);
    assert_string_equal(quality_drift(&it, text, sizeof(text)),
                        "since session 2");
    free(it.sessions.item);
}

static void too_few_answers_say_nothing(void **state)
{
    struct quality it = { 0 };
    char text[64];

    (void)state;
    quality_chart(&it);
    assert_null(quality_drift(&it, text, sizeof(text)));
    session(&it, 4, 4);
    session(&it, 0, 5);
    quality_chart(&it);
    assert_null(quality_drift(&it, text, sizeof(text)));
    free(it.sessions.item);
}

/* Twelve sessions of twelve answers; from the seventh on at `later`. */
static double alarms(double later)
{
    int alarmed = 0;

    for (int run = 0; run < 300; run++) {
        struct rng *rng = rng_new((uint64_t)run, "drift");
        struct quality it = { 0 };

        for (int s = 0; s < 12; s++) {
            size_t right = 0;

            for (int i = 0; i < 12; i++)
                right += rng_uniform(rng) < (s < 6 ? 0.85 : later);
            session(&it, right, 12);
        }
        quality_chart(&it);
        alarmed += it.drift.low_alarm > 0;
        rng_free(rng);
        free(it.sessions.item);
    }
    return alarmed / 300.0;
}

/*
 * The first session alone sets the target, so that a lucky one makes false
 * alarms; what is measured here is what the manual says of it.
 */
static void one_who_falls_is_found_far_more_often_than_one_who_does_not(
    void **state)
{
    double steady = alarms(0.85);
    double fallen = alarms(0.55);

    (void)state;
    printf("# alarms: steady %.3f, fallen %.3f\n", steady, fallen);
    assert_true(steady < 0.25);
    assert_true(fallen > 0.75);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_session_that_falls_to_half_gives_alarm),
        cmocka_unit_test(too_few_answers_say_nothing),
        cmocka_unit_test(
            one_who_falls_is_found_far_more_often_than_one_who_does_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
