/*
 * Tests of peaks: columns against a plain look at every sample.
 */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/media/peaks.h"

enum { RATE = 8000, FRAMES = 300000, COLUMNS = 100 };

/* Two channels: noise whose loudness comes and goes, and a saw. */
static float sound[2 * FRAMES];

static int make_sound(void **state)
{
    uint32_t noise = 1;

    (void)state;
    for (int i = 0; i < FRAMES; i++) {
        noise = noise * 1664525 + 1013904223;
        sound[2 * i] =
            (float)(((double)(noise >> 8) / (1 << 23) - 1) * sin(i / 9000.0));
        sound[2 * i + 1] = (float)(i % 1000) / 1000 - 0.5f;
    }
    return 0;
}

static struct peaks *build(int64_t about_frames, int64_t piece)
{
    struct peaks *peaks = peaks_new(RATE, 2, 0, about_frames);

    for (int64_t at = 0; at < FRAMES; at += piece)
        peaks_add(peaks, sound + 2 * at,
                  FRAMES - at < piece ? FRAMES - at : piece);
    peaks_finish(peaks);
    return peaks;
}

static struct peak truth(int channel, int64_t from, int64_t to)
{
    struct peak peak = { 2, -2 };

    if (from < 0)
        from = 0;
    for (int64_t i = from; i < to && i < FRAMES; i++) {
        float value = sound[2 * i + channel];

        peak.low = value < peak.low ? value : peak.low;
        peak.high = value > peak.high ? value : peak.high;
    }
    return peak;
}

/* No sample of the column is missed; none from further away than an eighth
 * of the column, or a bucket, is in it. */
static void expect_column(struct peak got, int channel, int64_t from,
                          int64_t to, int64_t bucket)
{
    int64_t slack = (to - from) / 8 + bucket;
    struct peak inner = truth(channel, from, to);
    struct peak outer = truth(channel, from - slack, to + slack);
    float rounding = 1.01f / 32767;

    assert_true(got.low <= inner.low && got.high >= inner.high);
    assert_true(got.low >= outer.low - rounding &&
                got.high <= outer.high + rounding);
}

static void expect_span(struct peaks *peaks, int channel, int64_t from,
                        int64_t to, int64_t bucket)
{
    struct peak column[COLUMNS];
    size_t known = peaks_draw(peaks, channel, from * 1000000 / RATE,
                              to * 1000000 / RATE, column, COLUMNS);
    double part = (double)(to - from) / COLUMNS;

    assert_int_equal(known, COLUMNS);
    for (int i = 0; i < COLUMNS; i++)
        expect_column(column[i], channel, llround((double)from + part * i),
                      llround((double)from + part * (i + 1)), bucket);
}

static void columns_hold_the_samples_of_their_span(void **state)
{
    struct peaks *peaks = build(FRAMES, 5000);

    (void)state;
    for (int channel = 0; channel < 2; channel++) {
        expect_span(peaks, channel, 0, FRAMES, 16);
        expect_span(peaks, channel, 40000, 200000, 16);
        expect_span(peaks, channel, 123456, 123456 + 3200, 16);
        expect_span(peaks, channel, FRAMES - 400, FRAMES, 16);
    }
    peaks_free(peaks);
}

static void an_unknown_length_has_longer_buckets(void **state)
{
    struct peaks *peaks = build(-1, 5000);

    (void)state;
    expect_span(peaks, 0, 0, FRAMES, 256);
    expect_span(peaks, 1, 40000, 90000, 256);
    peaks_free(peaks);
}

static void the_pieces_it_was_built_from_do_not_matter(void **state)
{
    struct peaks *a = build(FRAMES, 5000), *b = build(FRAMES, 7);
    struct peak in_a[COLUMNS], in_b[COLUMNS];

    (void)state;
    peaks_draw(a, PEAKS_ALL, 0, 37500000, in_a, COLUMNS);
    peaks_draw(b, PEAKS_ALL, 0, 37500000, in_b, COLUMNS);
    assert_memory_equal(in_a, in_b, sizeof(in_a));
    peaks_free(a);
    peaks_free(b);
}

static void what_is_not_built_yet_is_not_drawn(void **state)
{
    struct peaks *peaks = peaks_new(RATE, 2, 0, FRAMES);
    struct peak column[COLUMNS];

    (void)state;
    assert_int_equal(peaks_draw(peaks, 0, 0, 37500000, column, COLUMNS), 0);
    peaks_add(peaks, sound, FRAMES / 2);
    assert_int_equal(peaks_draw(peaks, 0, 0, 37500000, column, COLUMNS), 50);
    for (int i = 0; i < 50; i++)
        expect_column(column[i], 0, 3000 * i, 3000 * (i + 1), 16);
    assert_true(column[50].low == 0 && column[50].high == 0);
    peaks_free(peaks);
}

static void a_long_medium_stays_within_the_memory_that_is_stated(void **state)
{
    enum { LONG = 40000000 }; /* 83 minutes at 8 kHz */
    struct peaks *peaks = peaks_new(RATE, 1, 0, LONG);
    struct peak column[COLUMNS];
    struct peaks_info info;

    (void)state;
    for (int i = 0; i < LONG; i += 2 * FRAMES)
        peaks_add(peaks, sound, LONG - i < 2 * FRAMES ? LONG - i : 2 * FRAMES);
    peaks_finish(peaks);
    peaks_info(peaks, &info);
    assert_int_equal(info.frames, LONG);
    assert_true(info.finished);
    assert_in_range(info.bytes, 1 << 20, 2 * 5600000);
    assert_int_equal(
        peaks_draw(peaks, 0, 0, (int64_t)LONG * 125, column, COLUMNS), COLUMNS);
    peaks_free(peaks);
}

static void samples_beyond_full_scale_are_clipped_and_small_ones_kept(
    void **state)
{
    struct peaks *peaks = peaks_new(RATE, 1, 0, 4);
    float frames[4] = { 1.5f, -3, 0.00001f, 0 };
    struct peak column[2];

    (void)state;
    peaks_add(peaks, frames, 4);
    peaks_finish(peaks);
    assert_int_equal(peaks_draw(peaks, 0, 0, 500, column, 1), 1);
    assert_true(column[0].low == -1 && column[0].high == 1);
    peaks_free(peaks);
    peaks = peaks_new(RATE, 1, 0, 4);
    peaks_add(peaks, frames + 2, 2);
    peaks_finish(peaks);
    peaks_draw(peaks, 0, 0, 250, column, 1);
    assert_true(column[0].high > 0);
    peaks_free(peaks);
}

static void more_than_two_channels_are_mixed_to_one(void **state)
{
    struct peaks *peaks = peaks_new(RATE, 4, 0, 16);
    float frames[4 * 16];
    struct peak column;
    struct peaks_info info;

    (void)state;
    for (int i = 0; i < 4 * 16; i++)
        frames[i] = i % 4 == 0 ? 0.5f : 0;
    peaks_add(peaks, frames, 16);
    peaks_finish(peaks);
    peaks_info(peaks, &info);
    assert_int_equal(info.channels, 1);
    peaks_draw(peaks, PEAKS_ALL, 0, 2000, &column, 1);
    assert_true(fabsf(column.high - 0.125f) < 1.0f / 32767);
    peaks_free(peaks);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(columns_hold_the_samples_of_their_span),
        TEST(an_unknown_length_has_longer_buckets),
        TEST(the_pieces_it_was_built_from_do_not_matter),
        TEST(what_is_not_built_yet_is_not_drawn),
        TEST(a_long_medium_stays_within_the_memory_that_is_stated),
        TEST(samples_beyond_full_scale_are_clipped_and_small_ones_kept),
        TEST(more_than_two_channels_are_mixed_to_one),
    };

    return cmocka_run_group_tests_name("peaks", tests, make_sound, NULL);
}
