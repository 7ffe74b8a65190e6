/*
 * Tests of player: what its user is told of what is heard, on a clock moved
 * by hand.
 */
#include <config.h>

#include <math.h>

#include "manual.h"

/* Written at host time t, heard at t + latency: for every latency. */
static void heard_time_is_written_time_less_the_latency(void **state)
{
    static const int64_t latencies[] = { 0, 1, 5000, 42667, 180000 };

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        int64_t latency_us = latencies[i];
        struct player *player = make_playing(latency_us);

        for (int64_t now_us = 0; now_us < SECOND / 2; now_us += 1234) {
            int64_t wanted_us = now_us - latency_us;

            expect_state(player, PLAYER_PLAYING, wanted_us < 0 ? 0 : wanted_us);
            assert_int_equal(snap(player).heard, wanted_us >= 0);
            player_advance(player, 1234);
        }
        player_free(player);
    }
}

static void the_source_of_the_latency_is_named(void **state)
{
    struct player *player = make(-1);

    (void)state;
    assert_int_equal(snap(player).latency_source, LATENCY_NONE);
    assert_int_equal(snap(player).latency_us, 0);
    player_free(player);
    player = make(70000);
    assert_int_equal(snap(player).latency_source, LATENCY_MEASURED);
    assert_int_equal(snap(player).latency_us, 70000);
    assert_true(snap(player).silent);
    player_free(player);
}

static void a_pause_takes_place_when_its_silence_is_heard(void **state)
{
    struct player *player = make_playing(50000);

    (void)state;
    player_advance(player, 205000);
    player_pause(player); /* next callback at 210 ms, heard at 260 ms */
    player_advance(player, 54000);
    expect_state(player, PLAYER_PLAYING, 209000);
    expect_event(player, PLAYER_HEARD_START, 0, 50000);
    expect_no_event(player);
    player_advance(player, 1000);
    expect_state(player, PLAYER_PAUSED, 210000);
    expect_event(player, PLAYER_HEARD_PAUSE, 210000, 260000);
    player_advance(player, SECOND);
    expect_state(player, PLAYER_PAUSED, 210000);
    player_play(player);
    player_advance(player, 100000);
    expect_event(player, PLAYER_HEARD_START, 210000, 1310000 + 10000);
    player_free(player);
}

static void no_time_from_before_a_seek_is_shown_after_it(void **state)
{
    static const int64_t targets[] = { 700000, 30000, 512375, 0 };
    struct player *player = make_playing(80000);

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        player_advance(player, 123456);
        player_seek(player, targets[i]);
        expect_state(player, PLAYER_PLAYING, targets[i]);
        for (int64_t gone_us = 0; gone_us < 150000; gone_us += 1000) {
            struct player_snapshot now = snap(player);

            assert_in_range(now.media_us, targets[i], targets[i] + gone_us);
            player_advance(player, 1000);
        }
        assert_true(snap(player).heard);
    }
    player_free(player);
}

static void every_seek_raises_the_epoch(void **state)
{
    struct player *player = make_playing(0);
    uint32_t before = snap(player).epoch;

    (void)state;
    player_seek(player, 1000);
    assert_true(snap(player).epoch == before + 1);
    player_seek(player, 1000);
    assert_true(snap(player).epoch == before + 2);
    player_free(player);
}

static void a_seek_while_paused_shows_its_place_and_stays_paused(void **state)
{
    struct player *player = make_playing(0);
    int64_t media_us;

    (void)state;
    player_advance(player, 100000);
    player_pause(player);
    player_advance(player, 100000);
    player_seek(player, 640000);
    expect_state(player, PLAYER_PAUSED, 640000);
    player_advance(player, 100000);
    expect_state(player, PLAYER_PAUSED, 640000);
    assert_false(snap(player).heard);
    assert_true(player_heard_at(player, 300000, &media_us));
    assert_int_equal(media_us, 640000);
    player_free(player);
}

static void a_key_is_timed_by_what_was_heard_when_it_was_read(void **state)
{
    struct player *player = make_playing(50000);
    int64_t media_us;

    (void)state;
    player_advance(player, 300000);
    player_seek(player, 900000);
    player_advance(player, 100000);
    assert_true(player_heard_at(player, 287654, &media_us));
    assert_int_equal(media_us, 237654);
    assert_true(player_heard_at(player, 390000, &media_us));
    assert_in_range(media_us, 900000, 950000);
    assert_false(player_heard_at(player, 49999, &media_us));
    player_free(player);
}

static void the_end_comes_when_the_last_sample_was_heard(void **state)
{
    struct player *player = make_playing(150000);

    (void)state;
    player_advance(player, SECOND + 149999);
    expect_state(player, PLAYER_PLAYING, 999999);
    expect_event(player, PLAYER_HEARD_START, 0, 150000);
    expect_no_event(player);
    player_advance(player, 1);
    expect_state(player, PLAYER_ENDED, SECOND);
    expect_event(player, PLAYER_HEARD_END, SECOND, SECOND + 150000);
    player_advance(player, SECOND);
    expect_state(player, PLAYER_ENDED, SECOND);
    assert_int_equal(snap(player).underruns, 0);
    player_free(player);
}

static void play_after_the_end_begins_again(void **state)
{
    struct player *player = make_playing(0);

    (void)state;
    player_advance(player, 2 * SECOND);
    expect_state(player, PLAYER_ENDED, SECOND);
    player_play(player);
    player_advance(player, 205000);
    assert_int_equal(snap(player).state, PLAYER_PLAYING);
    assert_in_range(snap(player).media_us, 150000, 205000);
    player_free(player);
}

static void replay_starts_over_in_the_middle(void **state)
{
    struct player *player = make_playing(0);

    (void)state;
    player_advance(player, 500000);
    player_replay(player);
    player_advance(player, 20000);
    expect_event(player, PLAYER_HEARD_START, 0, 0);
    expect_event(player, PLAYER_HEARD_SEEK, 510000, 510000);
    expect_event(player, PLAYER_HEARD_START, 0, 510000);
    player_free(player);
}

static void a_loop_wraps_where_it_is_heard(void **state)
{
    struct player *player = make_playing(30000);
    int wraps = 0;
    struct player_event event;

    (void)state;
    assert_false(player_loop(player, 500000, 500000));
    assert_true(player_loop(player, 500000, 600000));
    player_advance(player, SECOND);
    assert_true(snap(player).looping);
    assert_in_range(snap(player).media_us, 500000, 600000);
    while (player_next_event(player, &event)) {
        if (event.kind != PLAYER_HEARD_LOOP)
            continue;
        assert_int_equal(event.media_us, 600000);
        wraps++;
    }
    assert_in_range(wraps, 8, 9);
    player_loop_off(player);
    player_advance(player, 2 * SECOND);
    expect_state(player, PLAYER_ENDED, SECOND);
    player_free(player);
}

/* To the sample, and paused there: the medium has not ended. */
static void a_part_stops_where_it_should(void **state)
{
    struct player *player = make_playing(30000);

    (void)state;
    player_advance(player, 200000);
    assert_true(player_part(player, 500000, 600000));
    player_advance(player, SECOND);
    expect_state(player, PLAYER_PAUSED, 600000);
    expect_event(player, PLAYER_HEARD_START, 0, 30000);
    expect_event(player, PLAYER_HEARD_SEEK, 210000, 240000);
    expect_event(player, PLAYER_HEARD_START, 500000, 240000);
    expect_event(player, PLAYER_HEARD_PAUSE, 600000, 340000);
    expect_no_event(player);
    player_seek(player, 550000); /* does not play by itself */
    player_advance(player, 100000);
    expect_state(player, PLAYER_PAUSED, 550000);
    player_play(player);
    player_advance(player, 2 * SECOND);
    expect_state(player, PLAYER_ENDED, SECOND);
    player_part(player, 500000, 600000);
    player_play(player);
    player_advance(player, SECOND);
    player_play(player); /* on from where the part ended */
    player_advance(player, 2 * SECOND);
    expect_state(player, PLAYER_ENDED, SECOND);
    player_free(player);
}

static void a_seek_out_of_a_loop_gives_it_up(void **state)
{
    struct player *player = make_playing(0);

    (void)state;
    player_loop(player, 500000, 600000);
    player_seek(player, 550000);
    assert_true(snap(player).looping);
    player_seek(player, 100000);
    assert_false(snap(player).looping);
    player_advance(player, 2 * SECOND);
    expect_state(player, PLAYER_ENDED, SECOND);
    player_free(player);
}

static void a_seek_past_the_end_of_a_looped_item_begins_it_again(void **state)
{
    struct player *player = make_playing(0);

    (void)state;
    player_loop(player, 0, SECOND);
    player_advance(player, 200000);
    player_seek(player, 3 * SECOND);
    player_advance(player, 205000);
    assert_true(snap(player).looping);
    assert_int_equal(snap(player).state, PLAYER_PLAYING);
    assert_in_range(snap(player).media_us, 150000, 205000);
    player_free(player);
}

static void the_gain_stays_in_its_bounds(void **state)
{
    struct player *player = make(0);

    (void)state;
    assert_true(snap(player).gain == 1);
    player_set_gain(player, 100);
    assert_true(snap(player).gain == PLAYER_GAIN_MAX);
    player_set_gain(player, -1);
    assert_true(snap(player).gain == 0);
    player_free(player);
}

static void keep_loudest(void *context, const float *samples, int frames,
                         int64_t heard_us)
{
    float *loudest = context;

    (void)heard_us;
    for (int i = 0; i < 2 * frames; i++)
        *loudest = samples[i] > *loudest ? samples[i] : *loudest;
}

/* The loudest sample of a second at a level and a gain. */
static float loudest_at(float level, float gain)
{
    float loudest = 0;
    struct player_settings settings = { .output = PLAYER_MANUAL,
                                        .rate = RATE,
                                        .tap = keep_loudest,
                                        .tap_context = &loudest };
    struct error err;
    struct player *player = player_new(&settings, &err);

    assert_non_null(player);
    player_set_gain(player, gain);
    player_open(player, path, 0, -1);
    player_set_level(player, level);
    assert_true(snap(player).gain == gain);
    player_play(player);
    player_advance(player, 2 * SECOND);
    player_free(player);
    return loudest;
}

static void the_level_scales_every_sample_before_the_volume(void **state)
{
    float whole = loudest_at(1, 1);

    (void)state;
    assert_true(whole > 0.2f);
    assert_true(fabsf(loudest_at(0.25f, 1) - whole / 4) < 1e-6f);
    assert_true(fabsf(loudest_at(2, 1) - whole * 2) < 1e-6f);
    assert_true(fabsf(loudest_at(2, 0.5f) - whole) < 1e-6f);
    assert_true(loudest_at(100, 1) == 1); /* clipped */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(heard_time_is_written_time_less_the_latency),
        TEST(the_source_of_the_latency_is_named),
        TEST(a_pause_takes_place_when_its_silence_is_heard),
        TEST(no_time_from_before_a_seek_is_shown_after_it),
        TEST(every_seek_raises_the_epoch),
        TEST(a_seek_while_paused_shows_its_place_and_stays_paused),
        TEST(a_key_is_timed_by_what_was_heard_when_it_was_read),
        TEST(the_end_comes_when_the_last_sample_was_heard),
        TEST(play_after_the_end_begins_again),
        TEST(replay_starts_over_in_the_middle),
        TEST(a_loop_wraps_where_it_is_heard),
        TEST(a_part_stops_where_it_should),
        TEST(a_seek_out_of_a_loop_gives_it_up),
        TEST(a_seek_past_the_end_of_a_looped_item_begins_it_again),
        TEST(the_gain_stays_in_its_bounds),
        TEST(the_level_scales_every_sample_before_the_volume),
    };

    return cmocka_run_group_tests_name("player", tests, NULL, NULL);
}
