/* pitch - of tones, glides, noise and silence. */
#include <config.h>

#include "common/signal/pitch.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { RATE = 16000, HOP = 160, SAMPLES = 16000, FRAMES = 100 };

static float sample[SAMPLES];
static struct pitch_value value[FRAMES];

static void track(void)
{
    struct pitch_settings settings = pitch_defaults(RATE, HOP);
    struct error err;
    struct pitch *pitch = pitch_new(&settings, &err);

    assert_non_null(pitch);
    assert_int_equal(pitch_count(pitch, SAMPLES), FRAMES);
    pitch_track(pitch, sample, SAMPLES, value);
    pitch_free(pitch);
}

/* A buzz: `harmonics` equal partials of a phase that runs at hz(t). */
static void buzz(double from_hz, double to_hz, int harmonics)
{
    double phase = 0;

    for (int i = 0; i < SAMPLES; i++) {
        double hz = from_hz + (to_hz - from_hz) * i / SAMPLES;

        sample[i] = 0;
        for (int k = 1; k <= harmonics && k * hz < RATE / 2.0; k++)
            sample[i] += (float)(0.1 * sin(k * phase));
        phase += 2 * M_PI * hz / RATE;
    }
}

static void a_tone_has_its_frequency(void **state)
{
    static const double tones[] = { 80, 101.3, 147, 220.5, 333, 440, 590 };
    static const int harmonics[] = { 1, 5, 12 };

    (void)state;
    for (size_t i = 0; i < 7; i++)
        for (size_t h = 0; h < 3; h++) {
            buzz(tones[i], tones[i], harmonics[h]);
            track();
            for (int t = 3; t < FRAMES - 3; t++)
                if (!(fabs(12 * log2(value[t].hz / tones[i])) < 0.02))
                    fail_msg("%g Hz, %d partials, frame %d: %g Hz", tones[i],
                             harmonics[h], t, (double)value[t].hz);
        }
}

static void a_glide_is_followed(void **state)
{
    (void)state;
    buzz(100, 400, 8);
    track();
    for (int t = 3; t < FRAMES - 3; t++) {
        double hz = 100 + 300.0 * t * HOP / SAMPLES;

        if (!(fabs(12 * log2(value[t].hz / hz)) < 0.3))
            fail_msg("frame %d: %g Hz for %g", t, (double)value[t].hz, hz);
    }
}

/* The missing fundamental: partials 3, 4 and 5 of 120 Hz. */
static void the_period_counts_not_the_lowest_partial(void **state)
{
    (void)state;
    for (int i = 0; i < SAMPLES; i++)
        sample[i] = (float)(0.1 * (sin(2 * M_PI * 360 * i / RATE) +
                                   sin(2 * M_PI * 480 * i / RATE) +
                                   sin(2 * M_PI * 600 * i / RATE)));
    track();
    for (int t = 5; t < FRAMES - 5; t++)
        assert_true(fabsf(value[t].hz - 120) < 0.5f);
}

static void noise_is_mostly_unvoiced(void **state)
{
    uint32_t seed = 3;
    int voiced = 0;

    (void)state;
    for (int i = 0; i < SAMPLES; i++) {
        seed = seed * 1664525u + 1013904223u;
        sample[i] = (float)(seed >> 8) / 8388608.0f - 1;
    }
    track();
    for (int t = 0; t < FRAMES; t++)
        voiced += value[t].hz > 0;
    assert_true(voiced < 5);
}

static void silence_and_a_constant_are_unvoiced(void **state)
{
    (void)state;
    for (float level = 0; level < 1; level += 0.5f) {
        for (int i = 0; i < SAMPLES; i++)
            sample[i] = level;
        track();
        for (int t = 0; t < FRAMES; t++)
            assert_true(value[t].hz == 0 && value[t].strength == 0);
    }
}

/* Half a second of tone between digital zeros, at a level far down. */
static void zeros_around_a_tone_stay_unvoiced(void **state)
{
    (void)state;
    buzz(200, 200, 5);
    for (int i = 0; i < SAMPLES; i++)
        sample[i] =
            i < SAMPLES / 4 || i >= SAMPLES * 3 / 4 ? 0 : sample[i] * 0.001f;
    track();
    for (int t = 0; t < FRAMES; t++) {
        if (t < 23 || t > 77)
            assert_true(value[t].hz == 0);
        if (t > 27 && t < 73)
            assert_true(fabsf(value[t].hz - 200) < 0.2f);
    }
}

static void a_click_has_no_pitch(void **state)
{
    (void)state;
    memset(sample, 0, sizeof(sample));
    sample[8000] = 1;
    track();
    for (int t = 0; t < FRAMES; t++)
        assert_true(value[t].hz == 0);
}

static void one_sample_is_a_sound_too(void **state)
{
    struct pitch_settings settings = pitch_defaults(RATE, HOP);
    struct error err;
    struct pitch *pitch = pitch_new(&settings, &err);
    const float one = 1;

    (void)state;
    assert_int_equal(pitch_count(pitch, 1), 1);
    pitch_track(pitch, &one, 1, value);
    assert_true(value[0].hz == 0);
    pitch_track(pitch, &one, 0, value);
    pitch_free(pitch);
}

static void settings_that_contradict_each_other_are_refused(void **state)
{
    struct pitch_settings settings = pitch_defaults(2000, 20);
    struct error err;

    (void)state;
    assert_null(pitch_new(&settings, &err));
    assert_non_null(strstr(err.text, "ceiling"));
    settings = pitch_defaults(RATE, HOP);
    settings.floor_hz = 700;
    assert_null(pitch_new(&settings, &err));
    assert_non_null(strstr(err.text, "floor"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tone_has_its_frequency),
        cmocka_unit_test(a_glide_is_followed),
        cmocka_unit_test(the_period_counts_not_the_lowest_partial),
        cmocka_unit_test(noise_is_mostly_unvoiced),
        cmocka_unit_test(silence_and_a_constant_are_unvoiced),
        cmocka_unit_test(zeros_around_a_tone_stay_unvoiced),
        cmocka_unit_test(a_click_has_no_pitch),
        cmocka_unit_test(one_sample_is_a_sound_too),
        cmocka_unit_test(settings_that_contradict_each_other_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
