/*
 * Tests of feed, decode and source together: every sample that goes to the
 * device, and what is said about it.  The test is the device.
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "annotate/play/decode.h"
#include "annotate/play/feed.h"
#include "sound.h"

enum { RATE = 8000, FRAMES = 20000, LATENCY_US = 30000 };

/* A device that keeps what it was given. */
struct bench {
    struct folder folder;
    const char *path;
    struct feed feed;
    struct decode *decode;
    int64_t host_us;
    float out[2 * 4 * FRAMES];
    int count; /* frames in `out` */
};

static struct bench bench;

static void begin_at(int rate, int channels)
{
    struct error err;

    bench.host_us = 1000000;
    bench.count = 0;
    feed_init(&bench.feed, rate, channels, LATENCY_US, 0.4);
    bench.decode = decode_new(&bench.feed, NULL, &err);
    assert_non_null(bench.decode);
}

static int begin(void **state)
{
    (void)state;
    folder_open(&bench.folder);
    bench.path = write_numbered(&bench.folder, "a.wav", RATE, 2, FRAMES);
    return 0;
}

static int end(void **state)
{
    (void)state;
    decode_free(bench.decode);
    bench.decode = NULL;
    feed_release(&bench.feed);
    folder_remove(&bench.folder);
    return 0;
}

/* The device asks for `frames`, once all is decoded that can be. */
static void take(int frames)
{
    decode_settle(bench.decode);
    feed_fill(&bench.feed, bench.out + bench.count * bench.feed.channels,
              frames, bench.host_us);
    bench.count += frames;
    bench.host_us += (int64_t)frames * 1000000 / bench.feed.rate;
}

static uint32_t next_epoch(void)
{
    return atomic_fetch_add(&bench.feed.epoch, 1) + 1;
}

static void open_span(const char *path, int64_t start_us, int64_t end_us)
{
    atomic_store(&bench.feed.playing, true);
    decode_open(bench.decode, path, start_us, end_us, 1, next_epoch());
}

static void go_to(int64_t media_us, struct decode_loop loop)
{
    decode_place(bench.decode, media_us, &loop, next_epoch());
}

static struct player_event next_event(void)
{
    struct player_event event = { .media_us = -1 };

    assert_int_equal(ring_read(&bench.feed.events, &event, 1), 1);
    return event;
}

static void expect_event(enum player_event_kind kind, int64_t media_us,
                         int64_t host_us)
{
    struct player_event event = next_event();

    assert_int_equal(event.kind, kind);
    assert_int_equal(event.media_us, media_us);
    assert_int_equal(event.host_us, host_us);
}

/* Out of place `at` on, the frames `from` to `to` - 1 came, and nothing
 * else but silence before them.  Returns the place after them. */
static int expect_frames(int at, int64_t from, int64_t to)
{
    while (at < bench.count && number_of(bench.out + 2 * at) < 0)
        at++;
    for (; from < to; from++, at++) {
        assert_in_range(at, 0, bench.count - 1);
        assert_int_equal(number_of(bench.out + 2 * at), from);
    }
    return at;
}

static void expect_silence(int at)
{
    for (; at < bench.count; at++)
        assert_int_equal(number_of(bench.out + 2 * at), -1);
}

static void every_frame_comes_out_bit_exact_and_in_order(void **state)
{
    (void)state;
    begin_at(RATE, 2);
    open_span(bench.path, 0, -1);
    for (int i = 0; bench.count < FRAMES + 1000; i++)
        take(i % 2 ? 80 : 400);
    expect_silence(expect_frames(0, 0, FRAMES));
}

static void the_end_is_told_for_the_moment_when_it_is_heard(void **state)
{
    (void)state;
    begin_at(RATE, 2);
    open_span(bench.path, 0, -1);
    while (bench.count < FRAMES + 1000)
        take(80);
    expect_event(PLAYER_HEARD_START, 0, 1000000 + LATENCY_US);
    expect_event(PLAYER_HEARD_END, 2500000, 3500000 + LATENCY_US);
    assert_int_equal(ring_readable(&bench.feed.events), 0);
    assert_int_equal(atomic_load(&bench.feed.underruns), 0);
}

static void a_seek_lands_on_the_sample(void **state)
{
    (void)state;
    begin_at(RATE, 2);
    open_span(bench.path, 0, -1);
    take(400);
    go_to(1543125, (struct decode_loop){ 0 }); /* frame 12345 */
    for (int i = 0; i < 4; i++)
        take(400);
    expect_frames(expect_frames(0, 0, 400), 12345, 12345 + 800);
    expect_event(PLAYER_HEARD_START, 0, 1000000 + LATENCY_US);
    expect_event(PLAYER_HEARD_SEEK, 50000, 1050000 + LATENCY_US);
    assert_int_equal(next_event().media_us, 1543125);
}

static void the_last_of_many_seeks_wins(void **state)
{
    (void)state;
    begin_at(RATE, 2);
    open_span(bench.path, 0, -1);
    take(400);
    for (int i = 1; i <= 50; i++)
        go_to(i * 10000, (struct decode_loop){ 0 });
    for (int i = 0; i < 4; i++)
        take(400);
    expect_frames(expect_frames(0, 0, 400), 4000, 4400);
}

static void a_pause_loses_no_sample(void **state)
{
    (void)state;
    begin_at(RATE, 2);
    open_span(bench.path, 0, -1);
    take(400);
    atomic_store(&bench.feed.playing, false);
    take(400);
    atomic_store(&bench.feed.playing, true);
    take(400);
    expect_frames(0, 0, 400);
    expect_frames(400, 400, 800);
    assert_int_equal(number_of(bench.out + 2 * 400), -1);
    assert_int_equal(number_of(bench.out + 2 * 800), 400);
    expect_event(PLAYER_HEARD_START, 0, 1000000 + LATENCY_US);
    expect_event(PLAYER_HEARD_PAUSE, 50000, 1050000 + LATENCY_US);
    expect_event(PLAYER_HEARD_START, 50000, 1100000 + LATENCY_US);
}

static void a_loop_repeats_its_frames_without_a_gap(void **state)
{
    (void)state;
    begin_at(RATE, 2);
    open_span(bench.path, 0, -1);
    go_to(100000, (struct decode_loop){ .from_us = 100000,
                                        .to_us = 150000 }); /* 400 frames */
    for (int i = 0; i < 20; i++)
        take(100);
    assert_int_equal(bench.count, 2000);
    for (int i = 0; i < 5; i++)
        expect_frames(i * 400, 800, 1200);
    expect_event(PLAYER_HEARD_START, 100000, 1000000 + LATENCY_US);
    expect_event(PLAYER_HEARD_LOOP, 150000, 1050000 + LATENCY_US);
    expect_event(PLAYER_HEARD_START, 100000, 1050000 + LATENCY_US);
}

static void a_loop_given_up_goes_on_past_its_end(void **state)
{
    int64_t last = -1;

    (void)state;
    begin_at(RATE, 2);
    open_span(bench.path, 0, -1);
    go_to(0, (struct decode_loop){ .from_us = 0, .to_us = 1000000 });
    take(400);
    decode_loop(bench.decode, &(struct decode_loop){ 0 });
    for (int i = 0; i < 60; i++)
        take(400);
    last = expect_frames(0, 0, FRAMES);
    expect_silence((int)last);
}

static void a_span_plays_its_own_frames_only(void **state)
{
    struct decode_status status;

    (void)state;
    begin_at(RATE, 2);
    open_span(bench.path, 500000, 750000);
    for (int i = 0; i < 10; i++)
        take(400);
    expect_silence(expect_frames(0, 4000, 6000));
    go_to(0, (struct decode_loop){ 0 }); /* before the span */
    take(400);
    take(400);
    expect_frames(4000, 4000, 4400);
    decode_status(bench.decode, &status);
    assert_int_equal(status.info.start_us, 500000);
    assert_int_equal(status.info.end_us, 750000);
    assert_int_equal(status.info.duration_us, 2500000);
}

static void gain_one_leaves_samples_and_one_half_halves_them(void **state)
{
    (void)state;
    begin_at(RATE, 2);
    open_span(bench.path, 0, -1);
    take(400);
    atomic_store(&bench.feed.gain, 0.5f);
    take(400); /* goes there smoothly */
    take(400);
    expect_frames(0, 0, 400);
    assert_true(bench.out[2 * 1000] == (float)numbered(1000, 0) / 65536);
    for (int i = 401; i < 800; i++) {
        float gain = bench.out[2 * i] * 32768 / (float)numbered(i, 0);

        assert_true(gain >= 0.4999f && gain <= 1);
    }
}

static void a_high_gain_is_clipped_at_full_scale(void **state)
{
    (void)state;
    begin_at(RATE, 2);
    open_span(bench.path, 0, -1);
    atomic_store(&bench.feed.gain, 4.0f);
    for (int i = 0; i < 40; i++)
        take(400);
    assert_true(bench.out[2 * 15000] == 1.0f);
    assert_true(bench.out[2 * 100] == (float)numbered(100, 0) / 8192);
}

static void another_rate_keeps_length_and_time(void **state)
{
    struct anchor anchor;
    int64_t media_us;

    (void)state;
    begin_at(3 * RATE, 2);
    open_span(bench.path, 0, -1);
    for (int i = 0; i < 70; i++)
        take(960);
    expect_event(PLAYER_HEARD_START, 0, 1000000 + LATENCY_US);
    expect_event(PLAYER_HEARD_END, 2500000, 3500000 + LATENCY_US);
    assert_true(
        clock_now(&bench.feed.clock, 2, 2234567 + LATENCY_US, &media_us));
    assert_int_equal(media_us, 1234567);
    assert_true(clock_at(&bench.feed.clock, 3500000 + LATENCY_US, &anchor));
    assert_true(anchor.ended);
}

static void one_channel_goes_to_both_ears(void **state)
{
    const char *path = write_numbered(&bench.folder, "m.wav", RATE, 1, 4000);

    (void)state;
    begin_at(RATE, 2);
    open_span(path, 0, -1);
    take(400);
    for (int i = 0; i < 400; i++) {
        assert_true(bench.out[2 * i] * 32768 == (float)(i + 1));
        assert_true(bench.out[2 * i] == bench.out[2 * i + 1]);
    }
}

static void two_channels_on_one_are_their_mean(void **state)
{
    (void)state;
    begin_at(RATE, 1);
    open_span(bench.path, 0, -1);
    take(400);
    for (int i = 0; i < 400; i++)
        assert_true(bench.out[i] * 32768 == (float)(i + 1 + 1) / 2);
}

static void a_missing_medium_says_so_and_the_next_one_plays(void **state)
{
    struct decode_status status;

    (void)state;
    begin_at(RATE, 2);
    open_span("/nowhere/missing.wav", 0, -1);
    decode_settle(bench.decode);
    decode_status(bench.decode, &status);
    assert_true(status.failed);
    assert_false(status.open);
    assert_non_null(strstr(status.error_text, "/nowhere/missing.wav"));
    decode_open(bench.decode, bench.path, 0, -1, 2, next_epoch());
    take(400);
    expect_frames(0, 0, 400);
}

/* The file is cut short after it was opened, to 10000 of 20000 frames: nine
 * pieces of 1024 could be read whole. */
static void a_medium_that_breaks_off_is_played_up_to_there_and_named(
    void **state)
{
    struct decode_status status;

    (void)state;
    begin_at(RATE, 2);
    open_span(bench.path, 0, -1);
    take(400);
    assert_int_equal(truncate(bench.path, 44 + 10000 * 4), 0);
    while (bench.count < FRAMES)
        take(400);
    expect_silence(expect_frames(0, 0, 9216));
    decode_status(bench.decode, &status);
    assert_true(status.failed);
    assert_non_null(strstr(status.error_text, bench.path));
    assert_int_equal(atomic_load(&bench.feed.ended_epoch), 0);
    expect_event(PLAYER_HEARD_START, 0, 1000000 + LATENCY_US);
    expect_event(PLAYER_HEARD_STARVED, 1152000, 2152000 + LATENCY_US);
}

/* Without a decode thread: the frames `from` to `to` - 1 are there. */
static void supply(int64_t from, int64_t to)
{
    for (; from < to; from++) {
        float frame[2] = { (float)numbered(from, 0) / 32768,
                           (float)numbered(from, 1) / 32768 };

        assert_int_equal(ring_write(&bench.feed.samples, frame, 1), 1);
    }
}

static void samples_that_come_late_are_an_underrun_and_are_not_lost(
    void **state)
{
    struct run run = { .kind = RUN_SOUND, .epoch = 1, .medium = 1, .speed = 1 };

    (void)state;
    bench.host_us = 1000000;
    bench.count = 0;
    feed_init(&bench.feed, RATE, 2, LATENCY_US, 0.4);
    atomic_store(&bench.feed.playing, true);
    ring_write(&bench.feed.runs, &run, 1);
    supply(0, 300);
    feed_fill(&bench.feed, bench.out, 400, 1000000);
    feed_fill(&bench.feed, bench.out + 800, 400, 1050000);
    supply(300, 700);
    feed_fill(&bench.feed, bench.out + 1600, 400, 1100000);
    bench.count = 1200;
    expect_frames(expect_frames(0, 0, 300), 300, 700);
    assert_int_equal(atomic_load(&bench.feed.underruns), 1);
    expect_event(PLAYER_HEARD_START, 0, 1000000 + LATENCY_US);
    expect_event(PLAYER_HEARD_STARVED, 37500, 1037500 + LATENCY_US);
    expect_event(PLAYER_HEARD_START, 37500, 1100000 + LATENCY_US);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_frame_comes_out_bit_exact_and_in_order),
        TEST(the_end_is_told_for_the_moment_when_it_is_heard),
        TEST(a_seek_lands_on_the_sample),
        TEST(the_last_of_many_seeks_wins),
        TEST(a_pause_loses_no_sample),
        TEST(a_loop_repeats_its_frames_without_a_gap),
        TEST(a_loop_given_up_goes_on_past_its_end),
        TEST(a_span_plays_its_own_frames_only),
        TEST(gain_one_leaves_samples_and_one_half_halves_them),
        TEST(a_high_gain_is_clipped_at_full_scale),
        TEST(another_rate_keeps_length_and_time),
        TEST(one_channel_goes_to_both_ears),
        TEST(two_channels_on_one_are_their_mean),
        TEST(a_missing_medium_says_so_and_the_next_one_plays),
        TEST(a_medium_that_breaks_off_is_played_up_to_there_and_named),
        TEST(samples_that_come_late_are_an_underrun_and_are_not_lost),
    };

    return cmocka_run_group_tests_name("feed", tests, NULL, NULL);
}
