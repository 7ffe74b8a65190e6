/*
 * Tests of clock and pace: what is heard when.
 */
#include <config.h>

#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/play/clock.h"
#include "annotate/play/pace.h"

/* `length_us` of medium from media_us on leave the speaker at host_us. */
static void publish(struct media_clock *clock, uint32_t epoch, int64_t media_us,
                    int64_t host_us, int64_t length_us)
{
    struct anchor anchor = { .media_us = media_us,
                             .host_us = host_us,
                             .limit_us = media_us + length_us,
                             .speed = 1,
                             .epoch = epoch,
                             .running = length_us > 0,
                             .heard = true,
                             .begun = true };

    clock_publish(clock, &anchor);
}

static int64_t at(const struct media_clock *clock, uint32_t epoch,
                  int64_t host_us)
{
    int64_t media_us = -1;

    return clock_now(clock, epoch, host_us, &media_us) ? media_us : -1;
}

static void an_anchor_moves_forward_with_the_host_time(void **state)
{
    struct media_clock clock = { 0 };

    (void)state;
    publish(&clock, 1, 500000, 1000000, 10000);
    assert_int_equal(at(&clock, 1, 1000000), 500000);
    assert_int_equal(at(&clock, 1, 1004321), 504321);
}

static void never_past_what_was_handed_over(void **state)
{
    struct media_clock clock = { 0 };

    (void)state;
    publish(&clock, 1, 500000, 1000000, 10000);
    assert_int_equal(at(&clock, 1, 1020000), 510000);
}

static void nothing_is_heard_before_the_first_anchor(void **state)
{
    struct media_clock clock = { 0 };

    (void)state;
    assert_int_equal(at(&clock, 1, 1000000), -1);
    publish(&clock, 1, 0, 1000000, 10000);
    assert_int_equal(at(&clock, 1, 999999), -1);
}

static void a_past_moment_answers_from_its_own_anchor(void **state)
{
    struct media_clock clock = { 0 };

    (void)state;
    publish(&clock, 1, 0, 1000000, 10000);
    publish(&clock, 1, 10000, 1010000, 10000);
    publish(&clock, 1, 700000, 1020000, 10000); /* a wrap of a loop */
    assert_int_equal(at(&clock, 1, 1019000), 19000);
    assert_int_equal(at(&clock, 1, 1021000), 701000);
}

static void a_pause_stands_still(void **state)
{
    struct media_clock clock = { 0 };

    (void)state;
    publish(&clock, 1, 0, 1000000, 10000);
    publish(&clock, 1, 10000, 1010000, 0);
    assert_int_equal(at(&clock, 1, 1009000), 9000);
    assert_int_equal(at(&clock, 1, 9000000), 10000);
}

static void an_old_epoch_does_not_answer_for_a_new_one(void **state)
{
    struct media_clock clock = { 0 };
    struct anchor anchor;

    (void)state;
    publish(&clock, 1, 0, 1000000, 10000);
    assert_int_equal(at(&clock, 2, 1005000), -1);
    publish(&clock, 2, 800000, 1010000, 10000);
    assert_int_equal(at(&clock, 2, 1010000), 800000);
    assert_int_equal(at(&clock, 2, 1005000), -1);
    assert_true(clock_at(&clock, 1005000, &anchor));
    assert_int_equal(anchor.epoch, 1);
    assert_int_equal(anchor.media_us, 5000);
}

static void what_is_older_than_the_history_is_not_known(void **state)
{
    struct media_clock clock = { 0 };
    struct anchor anchor;

    (void)state;
    for (int i = 0; i < 1000; i++)
        publish(&clock, 1, i * 10000, i * 10000, 10000);
    assert_int_equal(at(&clock, 1, 9999000), 9999000);
    assert_int_equal(at(&clock, 1, (1000 - CLOCK_HISTORY) * 10000),
                     (1000 - CLOCK_HISTORY) * 10000);
    assert_false(clock_at(&clock, (1000 - CLOCK_HISTORY) * 10000 - 1, &anchor));
}

static void epochs_compare_right_when_they_wrap(void **state)
{
    (void)state;
    assert_true(clock_epoch_reached(5, 5));
    assert_true(clock_epoch_reached(6, 5));
    assert_false(clock_epoch_reached(5, 6));
    assert_true(clock_epoch_reached(2, UINT32_MAX - 1));
    assert_false(clock_epoch_reached(UINT32_MAX - 1, 2));
}

static _Atomic int stop_writing;

/* In every anchor host, media and limit belong together. */
static void *write_anchors(void *context)
{
    for (int64_t i = 1; !atomic_load(&stop_writing); i++)
        publish(context, (uint32_t)i, i * 1000 + 7, i * 1000, 1000);
    return NULL;
}

static void a_reader_never_sees_half_an_anchor(void **state)
{
    static struct media_clock clock;
    int64_t host_us = 0;
    int seen = 0, torn = 0;
    pthread_t thread;

    (void)state;
    assert_int_equal(pthread_create(&thread, NULL, write_anchors, &clock), 0);
    while (seen < 200000) {
        struct anchor anchor;

        if (!clock_at(&clock, INT64_MAX / 2, &anchor))
            continue;
        seen++;
        torn += anchor.media_us != anchor.host_us + 1007;
        torn += anchor.epoch != (uint32_t)(anchor.host_us / 1000);
        torn += anchor.host_us < host_us;
        host_us = anchor.host_us;
    }
    atomic_store(&stop_writing, 1);
    pthread_join(thread, NULL);
    assert_int_equal(torn, 0);
}

static void pace_is_exact_for_even_callbacks(void **state)
{
    struct pace pace = { .rate = 48000 };

    (void)state;
    for (int64_t i = 0; i < 1000; i++)
        assert_int_equal(pace_step(&pace, 5000 + i * 10000, 480),
                         5000 + i * 10000);
}

/*
 * Errors that are independent and even over +-2 ms have sd 1155 us; a first
 * order filter that believes a share a leaves sqrt(a / (2 - a)) of it: at
 * a = 0.05 that is 185 us.
 */
static void pace_takes_out_most_of_the_jitter(void **state)
{
    struct pace pace = { .rate = 48000 };
    double squares = 0;

    (void)state;
    for (int64_t i = 0; i < 2200; i++) {
        uint32_t noise = (uint32_t)i * 2654435761U;
        int64_t late = (int64_t)((noise ^ noise >> 13) % 4001) - 2000;
        int64_t off = pace_step(&pace, i * 10000 + late, 480) - i * 10000;

        if (i >= 200)
            squares += (double)(off * off);
    }
    assert_true(sqrt(squares / 2000) < 250);
}

static void pace_starts_afresh_after_a_gap(void **state)
{
    struct pace pace = { .rate = 48000 };

    (void)state;
    pace_step(&pace, 0, 480);
    assert_int_equal(pace_step(&pace, 500000, 480), 500000);
    assert_int_equal(pace_step(&pace, 510000, 480), 510000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_anchor_moves_forward_with_the_host_time),
        cmocka_unit_test(never_past_what_was_handed_over),
        cmocka_unit_test(nothing_is_heard_before_the_first_anchor),
        cmocka_unit_test(a_past_moment_answers_from_its_own_anchor),
        cmocka_unit_test(a_pause_stands_still),
        cmocka_unit_test(an_old_epoch_does_not_answer_for_a_new_one),
        cmocka_unit_test(what_is_older_than_the_history_is_not_known),
        cmocka_unit_test(epochs_compare_right_when_they_wrap),
        cmocka_unit_test(a_reader_never_sees_half_an_anchor),
        cmocka_unit_test(pace_is_exact_for_even_callbacks),
        cmocka_unit_test(pace_takes_out_most_of_the_jitter),
        cmocka_unit_test(pace_starts_afresh_after_a_gap),
    };

    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
