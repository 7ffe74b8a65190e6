/* timing - the parts of an uncertainty, and taps to clicks. */
#include <config.h>

#include "common/study/timing.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/study/event_timing.h"

static void expect_near(double value, double expected)
{
    if (fabs(value - expected) > 1e-4)
        fail_msg("%.6f is not %.6f", value, expected);
}

/* By hand: 40 / sqrt 3 = 23.0940, 20 / sqrt 12 = 5.7735, 2;
 * sqrt(533.333 + 33.333 + 4) = 23.8886. */
static void an_assumed_latency_may_be_nothing_or_twice_as_much(void **state)
{
    struct timing timing = {
        .source = TIMING_ASSUMED, .latency = 40, .buffer = 20, .key_sd = 2
    };
    struct timing_parts parts = timing_parts(&timing);

    (void)state;
    expect_near(parts.latency, 23.0940);
    expect_near(parts.buffer, 5.7735);
    expect_near(parts.key, 2);
    expect_near(parts.link, 0);
    expect_near(parts.total, 23.8886);
}

/* sqrt(3^2 + 33.3333 + 4) = 6.8069 */
static void a_measured_latency_counts_by_its_own_error(void **state)
{
    struct timing timing = { .source = TIMING_MEASURED,
                             .latency = 180,
                             .latency_sd = 3,
                             .buffer = 20,
                             .key_sd = 2 };

    (void)state;
    expect_near(timing_uncertainty(&timing), 6.8069);
}

/* 60 / sqrt 3 = 34.6410; with the sd 10: sqrt(1200 + 100) = 36.0555 */
static void a_network_counts_by_its_round_trip(void **state)
{
    struct timing timing = { .remote = true, .round = 60, .round_sd = 10 };

    (void)state;
    expect_near(timing_uncertainty(&timing), 36.0555);
    timing.remote = false;
    expect_near(timing_uncertainty(&timing), 0);
}

static void expect_mend(const struct timing *timing, const char *words)
{
    struct buf out = { 0 };

    timing_explain(timing, &out);
    if (!strstr(buf_text(&out), words))
        fail_msg("\"%s\" does not say \"%s\"", buf_text(&out), words);
    buf_release(&out);
}

static void the_largest_part_has_its_own_mend(void **state)
{
    struct timing timing = { .source = TIMING_ASSUMED, .latency = 40 };

    (void)state;
    expect_mend(&timing, "measure the latency with \"selftest --tap\"");
    timing.remote = true;
    timing.round = 100;
    expect_mend(&timing, "not over a network");
    timing = (struct timing){ .buffer = 90, .key_sd = 1 };
    expect_mend(&timing, "smaller buffer");
    timing = (struct timing){ .buffer = 1, .key_sd = 9 };
    expect_mend(&timing, "close what else runs");
}

/* Median of -30 .. -20 by ones is -25, their sd sqrt(110 / 10) = 3.3166, its
 * median's error 1.2533 * 3.3166 / sqrt 11 = 1.2533. */
static void taps_far_off_are_left_out(void **state)
{
    double tap[13];
    struct timing_taps taps;

    (void)state;
    for (int i = 0; i < 11; i++)
        tap[i] = -30 + i;
    tap[11] = 210;
    tap[12] = -290;
    assert_true(timing_taps(tap, 13, &taps));
    assert_int_equal(taps.taps, 13);
    assert_int_equal(taps.kept, 11);
    expect_near(taps.median, -25);
    expect_near(taps.sd, 3.3166);
    expect_near(taps.error, 1.2533);
}

static void too_few_taps_say_nothing(void **state)
{
    double tap[TIMING_TAPS_MIN - 1] = { 0 };
    struct timing_taps taps;

    (void)state;
    assert_false(timing_taps(tap, TIMING_TAPS_MIN - 1, &taps));
    assert_false(timing_taps(tap, 0, &taps));
}

static void payloads_stay_canonical(void **state)
{
    char *payload = xstrdup("{\"question\":\"q\",\"value\":\"x\"}");
    struct timing timing = { .source = TIMING_ASSUMED, .latency = 40 };

    (void)state;
    payload = event_payload_with_uncertainty(payload, 6.8069);
    assert_string_equal(
        payload,
        "{\"question\":\"q\",\"uncertainty_ms\":6.81,\"value\":\"x\"}");
    free(payload);
    payload = event_payload_with_uncertainty(xstrdup("{}"), 0);
    assert_string_equal(payload, "{}");
    free(payload);
    payload =
        event_payload_with_timing(xstrdup("{\"program\":\"p\"}"), &timing);
    assert_string_equal(payload,
                        "{\"program\":\"p\",\"timing\":{\"buffer_ms\":0,"
                        "\"key_sd_ms\":0,\"latency_ms\":40,"
                        "\"source\":\"assumed\",\"uncertainty_ms\":23.09}}");
    free(payload);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_assumed_latency_may_be_nothing_or_twice_as_much),
        cmocka_unit_test(a_measured_latency_counts_by_its_own_error),
        cmocka_unit_test(a_network_counts_by_its_round_trip),
        cmocka_unit_test(the_largest_part_has_its_own_mend),
        cmocka_unit_test(taps_far_off_are_left_out),
        cmocka_unit_test(too_few_taps_say_nothing),
        cmocka_unit_test(payloads_stay_canonical),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
