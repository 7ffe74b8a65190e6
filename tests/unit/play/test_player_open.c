/*
 * Tests of player: media opened, prefetched, missing, left.
 */
#include <config.h>

#include <string.h>

#include "manual.h"

static void nothing_is_there_before_a_medium_is_opened(void **state)
{
    struct player *player = make(0);
    int64_t media_us;

    (void)state;
    player_play(player);
    player_seek(player, 1000);
    player_advance(player, SECOND);
    expect_state(player, PLAYER_EMPTY, 0);
    assert_false(player_heard_at(player, 0, &media_us));
    expect_no_event(player);
    player_free(player);
}

static void an_opened_medium_waits_at_its_start(void **state)
{
    struct player *player = make(0);
    struct player_snapshot now;
    int64_t media_us;

    (void)state;
    player_open(player, path, 0, -1);
    player_advance(player, SECOND);
    now = snap(player);
    assert_int_equal(now.state, PLAYER_PAUSED);
    assert_int_equal(now.media_us, 0);
    assert_false(now.heard);
    assert_int_equal(now.duration_us, SECOND);
    assert_int_equal(now.end_us, SECOND);
    assert_int_equal(now.rate, RATE);
    assert_int_equal(now.channels, 2);
    assert_false(player_heard_at(player, SECOND, &media_us));
    player_free(player);
}

static void by_the_manual_clock_opening_takes_no_time(void **state)
{
    struct player *player = make(0);

    (void)state;
    for (int i = 0; i < 50; i++) {
        player_open(player, path, 0, -1);
        assert_int_equal(snap(player).state, PLAYER_PAUSED);
    }
    player_free(player);
}

static void a_seek_stays_inside_the_span(void **state)
{
    struct player *player = make(0);

    (void)state;
    player_open(player, path, 250000, 750000);
    player_advance(player, 50000);
    expect_state(player, PLAYER_PAUSED, 250000);
    player_seek(player, -5);
    player_advance(player, 50000);
    expect_state(player, PLAYER_PAUSED, 250000);
    player_seek(player, 5 * SECOND);
    player_advance(player, 50000);
    expect_state(player, PLAYER_PAUSED, 750000);
    player_free(player);
}

/* What is decoded beforehand is there even when the file is not. */
static void a_prefetched_medium_starts_at_once(void **state)
{
    const char *next = write_numbered(&folder, "b.wav", RATE, 2, 4000);
    struct player *player = make_playing(0);

    (void)state;
    player_prefetch(player, next, 0, -1);
    player_advance(player, 100000);
    assert_int_equal(unlink(next), 0);
    player_open(player, next, 0, -1);
    player_play(player);
    player_advance(player, 700000);
    expect_state(player, PLAYER_ENDED, 500000);
    assert_int_equal(snap(player).underruns, 0);
    player_free(player);
}

static void what_was_prefetched_for_another_span_is_not_taken(void **state)
{
    struct player *player = make_playing(0);

    (void)state;
    player_prefetch(player, path, 0, 250000);
    player_advance(player, 100000);
    player_open(player, path, 0, 500000);
    player_play(player);
    player_advance(player, 800000);
    expect_state(player, PLAYER_ENDED, 500000);
    player_free(player);
}

static void a_new_medium_ends_what_is_heard_of_the_old_one(void **state)
{
    struct player *player = make_playing(0);
    struct player_event event;
    int64_t media_us;

    (void)state;
    player_advance(player, 200000);
    player_open(player, path, 0, -1);
    player_advance(player, 100000);
    expect_event(player, PLAYER_HEARD_START, 0, 0);
    assert_true(player_next_event(player, &event));
    assert_int_equal(event.kind, PLAYER_HEARD_SEEK);
    assert_int_equal(event.media_us, 210000);
    assert_int_equal(event.medium, 1);
    expect_state(player, PLAYER_PAUSED, 0);
    assert_int_equal(snap(player).medium, 2);
    assert_false(player_heard_at(player, 100000, &media_us));
    player_free(player);
}

static void a_medium_that_is_missing_fails_with_its_name(void **state)
{
    struct player *player = make(0);

    (void)state;
    player_open(player, "/nowhere/x.wav", 0, -1);
    player_play(player);
    player_advance(player, 100000);
    assert_int_equal(snap(player).state, PLAYER_FAILED);
    assert_non_null(strstr(snap(player).error_text, "/nowhere/x.wav"));
    player_open(player, path, 0, -1);
    player_advance(player, 100000);
    expect_state(player, PLAYER_PAUSED, 0);
    assert_string_equal(snap(player).error_text, "");
    player_free(player);
}

static void stopped_means_empty(void **state)
{
    struct player *player = make_playing(0);

    (void)state;
    player_advance(player, 100000);
    player_stop(player);
    player_advance(player, 100000);
    assert_int_equal(snap(player).state, PLAYER_EMPTY);
    expect_event(player, PLAYER_HEARD_START, 0, 0);
    expect_event(player, PLAYER_HEARD_SEEK, 110000, 110000);
    player_free(player);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_there_before_a_medium_is_opened),
        TEST(an_opened_medium_waits_at_its_start),
        TEST(by_the_manual_clock_opening_takes_no_time),
        TEST(a_seek_stays_inside_the_span),
        TEST(a_prefetched_medium_starts_at_once),
        TEST(what_was_prefetched_for_another_span_is_not_taken),
        TEST(a_new_medium_ends_what_is_heard_of_the_old_one),
        TEST(a_medium_that_is_missing_fails_with_its_name),
        TEST(stopped_means_empty),
    };

    return cmocka_run_group_tests_name("player_open", tests, NULL, NULL);
}
