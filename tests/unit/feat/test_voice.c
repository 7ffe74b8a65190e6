/* voice, voice_sum, contour, segments - on sounds and contours made here. */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "eval/feat/contour.h"
#include "eval/feat/segments.h"
#include "eval/feat/voice.h"
#include "eval/feat/voice_sum.h"

enum { F0_MEDIAN = 3, LOUDNESS = 10, JITTER = 30, LEVEL = 87 }; /* from 0 */

static void near(double a, double b, double slack)
{
    if (!(fabs(a - b) <= slack))
        fail_msg("%.9g is not %.9g", a, b);
}

/* Ten harmonics of `hz`, each weaker than the one below. */
static float *made(int rate, double hz, int64_t samples)
{
    float *sample = xcalloc((size_t)samples + 1, sizeof(*sample));

    for (int64_t i = 0; i < samples; i++)
        for (int h = 1; h <= 10; h++)
            sample[i] +=
                (float)(0.1 / h * sin(2 * M_PI * hz * h * (double)i / rate));
    return sample;
}

static void measure(int rate, const float *sample, int64_t samples,
                    int64_t piece, double *out)
{
    struct error err;
    struct voice_sum *sum = voice_sum_new(voice_hop_seconds(rate));
    struct voice *voice = voice_new(rate, voice_sum_add, sum, &err);

    assert_non_null(voice);
    for (int64_t at = 0; at < samples; at += piece)
        voice_push(voice, sample + at,
                   piece < samples - at ? piece : samples - at);
    voice_finish(voice);
    voice_sum_finish(sum, out);
    voice_free(voice);
    voice_sum_free(sum);
}

/* 220 Hz are 36 semitones above 27.5 Hz. */
static void a_steady_voice_has_its_pitch_at_any_rate(void **state)
{
    static const int rates[] = { 8000, 11025, 16000, 44100, 96000 };

    (void)state;
    for (size_t i = 0; i < LENGTH_OF(rates); i++) {
        float *sample = made(rates[i], 220, rates[i]);
        double out[VOICE_SUM_COUNT];

        measure(rates[i], sample, rates[i], rates[i], out);
        near(out[F0_MEDIAN], 36, 0.1);
        assert_true(out[JITTER] < 0.01);
        for (int c = 0; c < VOICE_SUM_COUNT; c++)
            assert_true(isfinite(out[c]));
        free(sample);
    }
}

static void pieces_of_any_size_give_the_same_numbers(void **state)
{
    static const int64_t pieces[] = { 1, 37, 160, 5000 };
    float *sample = made(16000, 150, 12345);
    double whole[VOICE_SUM_COUNT], out[VOICE_SUM_COUNT];

    (void)state;
    measure(16000, sample, 12345, 12345, whole);
    for (size_t i = 0; i < LENGTH_OF(pieces); i++) {
        measure(16000, sample, 12345, pieces[i], out);
        assert_memory_equal(out, whole, sizeof(out));
    }
    free(sample);
}

static void silence_has_no_voice_and_no_surprise(void **state)
{
    float *sample = xcalloc(16000, sizeof(*sample));
    double out[VOICE_SUM_COUNT];

    (void)state;
    measure(16000, sample, 16000, 16000, out);
    for (int c = 0; c < VOICE_SUM_COUNT; c++)
        assert_true(isfinite(out[c]));
    near(out[F0_MEDIAN], 0, 0);
    near(out[JITTER], 0, 0);
    near(out[LEVEL], -120, 1e-9);
    free(sample);
}

/* 320 samples are one short frame, 319 none; 960 are a long one. */
static void a_sound_too_short_has_no_value(void **state)
{
    float *sample = made(16000, 220, 960);
    double out[VOICE_SUM_COUNT];

    (void)state;
    measure(16000, sample, 319, 319, out);
    for (int c = 0; c < VOICE_SUM_COUNT; c++)
        assert_true(isnan(out[c]));
    measure(16000, sample, 320, 320, out);
    assert_true(out[LOUDNESS] > 0);
    measure(16000, sample, 960, 960, out);
    assert_true(out[LOUDNESS] > 0);
    free(sample);
}

/* Up 4 in 4 steps, down 2 in 2, up 3 in 3, down 5 in 5; 0.5 s a step. */
static void slopes_are_those_between_hills_and_valleys(void **state)
{
    static const float x[] = { 0, 1, 2, 3, 4, 3, 2, 3, 4, 5, 4, 3, 2, 1, 0 };
    struct contour_slopes out;

    (void)state;
    contour_slopes_of(x, LENGTH_OF(x), 0.5, &out);
    assert_int_equal(out.peaks, 2);
    near(out.rising_mean, 2, 1e-12);
    near(out.rising_sd, 0, 1e-12);
    /* A fall of 2 a second, and the end with its sign: -2. */
    near(out.falling_mean, 0, 1e-12);
    /* sqrt((2 - 0)^2 / 2): the end enters the count only. */
    near(out.falling_sd, sqrt(2), 1e-12);
}

static void a_flat_contour_has_no_hill(void **state)
{
    static const float x[] = { 3, 3, 3, 3, 3, 3 };
    struct contour_slopes out;

    (void)state;
    contour_slopes_of(x, LENGTH_OF(x), 0.01, &out);
    assert_int_equal(out.peaks, 0);
    near(out.rising_mean, 0, 0);
    contour_slopes_of(x, 0, 0.01, &out);
    assert_int_equal(out.peaks, 0);
}

/* By hand: 4 frames; 5 with a gap of one; a run of two is none. */
static void runs_bridge_one_frame_and_need_three(void **state)
{
    const char *text = "1111001101100110";
    struct segments segments = { 0 };

    (void)state;
    for (const char *c = text; *c; c++)
        segments_push(&segments, *c == '1');
    segments_finish(&segments);
    assert_int_equal(segments.count, 2);
    near(segments_mean(&segments), (3 + 4) / 2.0, 1e-12);
    near(segments_sd(&segments), 0.5, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_steady_voice_has_its_pitch_at_any_rate),
        cmocka_unit_test(pieces_of_any_size_give_the_same_numbers),
        cmocka_unit_test(silence_has_no_voice_and_no_surprise),
        cmocka_unit_test(a_sound_too_short_has_no_value),
        cmocka_unit_test(slopes_are_those_between_hills_and_valleys),
        cmocka_unit_test(a_flat_contour_has_no_hill),
        cmocka_unit_test(runs_bridge_one_frame_and_need_three),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
