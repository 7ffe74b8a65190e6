/*
 * Tests of player at other speeds: what is heard when, what is told of it,
 * and that loops wrap without a gap.
 */
#include <config.h>

#include <math.h>

#include "manual.h"

static const double speeds[] = { 0.5, 0.75, 1, 1.25, 1.5, 2 };
enum { SPEEDS = 6, LATENCY_US = 30000 };

/* From host time LATENCY_US on, one second of medium lasts 1 / speed. */
static struct player *make_at(double speed)
{
    struct player *player = make(LATENCY_US);

    assert_true(player_set_speed(player, speed));
    player_open(player, path, 0, -1);
    player_play(player);
    player_advance(player, 0);
    return player;
}

static void expect_near(int64_t a, int64_t b)
{
    assert_in_range(a - b + 1, 0, 2); /* a microsecond of rounding */
}

static struct player_event take_event(struct player *player,
                                      enum player_event_kind kind)
{
    struct player_event event;

    assert_true(player_next_event(player, &event));
    assert_int_equal(event.kind, kind);
    return event;
}

static void media_time_is_heard_time_times_the_speed(void **state)
{
    (void)state;
    for (int s = 0; s < SPEEDS; s++) {
        struct player *player = make_at(speeds[s]);
        int64_t media_us;

        assert_true(snap(player).speed == speeds[s]);
        for (int64_t now_us = LATENCY_US; now_us < 450000; now_us += 7321) {
            player_advance(player, now_us - snap(player).now_us);
            expect_near(snap(player).media_us,
                        llround((double)(now_us - LATENCY_US) * speeds[s]));
        }
        assert_true(player_heard_at(player, 123456, &media_us));
        expect_near(media_us,
                    llround((double)(123456 - LATENCY_US) * speeds[s]));
        assert_int_equal(snap(player).underruns, 0);
        player_free(player);
    }
}

static void the_end_comes_when_all_was_heard(void **state)
{
    (void)state;
    for (int s = 0; s < SPEEDS; s++) {
        struct player *player = make_at(speeds[s]);
        struct player_event event;

        player_advance(player, 3 * SECOND);
        expect_state(player, PLAYER_ENDED, SECOND);
        event = take_event(player, PLAYER_HEARD_START);
        assert_true(event.speed == speeds[s]);
        assert_int_equal(event.media_us, 0);
        event = take_event(player, PLAYER_HEARD_END);
        assert_true(event.speed == speeds[s]);
        assert_int_equal(event.media_us, SECOND);
        /* At 8000 Hz a frame is 125 us. */
        assert_true(fabs((double)(event.host_us - LATENCY_US) -
                         SECOND / speeds[s]) <= 125);
        expect_no_event(player);
        player_free(player);
    }
}

static void another_speed_goes_on_from_the_same_place(void **state)
{
    struct player *player = make_at(1);
    struct player_event event;

    (void)state;
    player_advance(player, 205000); /* 210 ms are handed over */
    player_set_speed(player, 0.5);
    player_advance(player, 100000);
    take_event(player, PLAYER_HEARD_START);
    event = take_event(player, PLAYER_HEARD_SPEED);
    assert_int_equal(event.media_us, 210000);
    assert_int_equal(event.host_us, 240000);
    assert_true(event.speed == 1);
    event = take_event(player, PLAYER_HEARD_START);
    assert_int_equal(event.media_us, 210000);
    assert_int_equal(event.host_us, 240000);
    assert_true(event.speed == 0.5);
    expect_state(player, PLAYER_PLAYING, 210000 + (305000 - 240000) / 2);
    player_set_speed(player, 2);
    player_advance(player, 100000);
    event = take_event(player, PLAYER_HEARD_SPEED);
    assert_int_equal(event.media_us, 260000); /* 310 ms + latency */
    assert_int_equal(take_event(player, PLAYER_HEARD_START).media_us, 260000);
    expect_state(player, PLAYER_PLAYING, 260000 + (405000 - 340000) * 2);
    player_free(player);
}

/* The first key is stamped by the old speed, the second by the new one. */
static void a_key_is_timed_by_the_speed_at_its_time(void **state)
{
    struct player *player = make_at(1);
    int64_t media_us;

    (void)state;
    player_advance(player, 205000);
    player_set_speed(player, 2);
    player_advance(player, 100000);
    assert_true(player_heard_at(player, 230000, &media_us));
    assert_int_equal(media_us, 200000);
    assert_true(player_heard_at(player, 250000, &media_us));
    assert_int_equal(media_us, 210000 + 2 * 10000);
    player_free(player);
}

static void while_paused_it_stays_at_its_place(void **state)
{
    struct player *player = make_at(1.5);
    int64_t place_us;

    (void)state;
    player_advance(player, 205000);
    player_pause(player);
    player_advance(player, 100000);
    place_us = snap(player).media_us;
    assert_int_equal(place_us, 315000); /* 210 ms at 1.5 */
    player_set_speed(player, 0.75);
    expect_state(player, PLAYER_PAUSED, place_us);
    player_play(player);
    player_advance(player, 105000);
    take_event(player, PLAYER_HEARD_START);
    take_event(player, PLAYER_HEARD_PAUSE);
    assert_int_equal(take_event(player, PLAYER_HEARD_START).media_us, place_us);
    player_free(player);
}

static void after_the_end_it_is_for_what_comes_next(void **state)
{
    struct player *player = make_at(1);

    (void)state;
    player_advance(player, 2 * SECOND);
    player_set_speed(player, 2);
    expect_state(player, PLAYER_ENDED, SECOND);
    player_play(player);
    player_advance(player, 300000);
    assert_int_equal(snap(player).state, PLAYER_PLAYING);
    assert_in_range(snap(player).media_us, 500000, 560000);
    player_free(player);
}

static void a_seek_keeps_the_speed(void **state)
{
    struct player *player = make_at(2);

    (void)state;
    player_advance(player, 100000);
    player_seek(player, 600000);
    player_advance(player, 130000); /* heard from 140 ms on */
    expect_state(player, PLAYER_PLAYING, 600000 + 2 * (230000 - 140000));
    player_free(player);
}

static void what_was_prefetched_plays_at_the_speed_of_now(void **state)
{
    struct player *player = make_at(1);

    (void)state;
    player_prefetch(player, path, 200000, 700000);
    player_advance(player, 100000);
    player_set_speed(player, 0.5);
    player_open(player, path, 200000, 700000);
    player_play(player);
    player_advance(player, 400000);
    expect_state(player, PLAYER_PLAYING,
                 200000 + (500000 - LATENCY_US - 110000) / 2);
    player_free(player);
}

static void a_loop_of_all_wraps_without_a_gap(void **state)
{
    (void)state;
    for (int s = 0; s < SPEEDS; s++) {
        struct player *player = make_at(speeds[s]);
        struct player_event event, start;
        double lap_us = SECOND / speeds[s];

        player_advance(player, 105000);
        assert_true(player_loop_all(player));
        assert_true(snap(player).looping);
        player_advance(player, 5 * SECOND);
        take_event(player, PLAYER_HEARD_START);
        for (int lap = 1; lap <= 5 * speeds[s]; lap++) {
            event = take_event(player, PLAYER_HEARD_LOOP);
            start = take_event(player, PLAYER_HEARD_START);
            assert_int_equal(event.media_us, SECOND);
            assert_int_equal(start.media_us, 0);
            assert_int_equal(start.host_us, event.host_us);
            assert_true(fabs((double)(event.host_us - LATENCY_US) -
                             lap * lap_us) <= 125.0 * lap);
        }
        player_loop_off(player);
        player_advance(player, 4 * SECOND);
        assert_int_equal(snap(player).state, PLAYER_ENDED);
        assert_int_equal(snap(player).underruns, 0);
        player_free(player);
    }
}

static void speeds_out_of_bounds_are_refused(void **state)
{
    struct player *player = make(0);

    (void)state;
    assert_true(snap(player).speed == 1);
    assert_false(player_set_speed(player, 0.4));
    assert_false(player_set_speed(player, 2.5));
    assert_false(player_set_speed(player, NAN));
    assert_false(player_loop_all(player)); /* nothing is open */
    assert_true(snap(player).speed == 1);
    player_free(player);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(media_time_is_heard_time_times_the_speed),
        TEST(the_end_comes_when_all_was_heard),
        TEST(another_speed_goes_on_from_the_same_place),
        TEST(a_key_is_timed_by_the_speed_at_its_time),
        TEST(while_paused_it_stays_at_its_place),
        TEST(after_the_end_it_is_for_what_comes_next),
        TEST(a_seek_keeps_the_speed),
        TEST(what_was_prefetched_plays_at_the_speed_of_now),
        TEST(a_loop_of_all_wraps_without_a_gap),
        TEST(speeds_out_of_bounds_are_refused),
    };

    return cmocka_run_group_tests_name("player at speeds", tests, NULL, NULL);
}
