/*
 * Tests of stretch: where things are heard, how high, and how long it takes.
 */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/media/stretch.h"

static const double pi = 3.14159265358979323846;
static const double speeds[] = { 0.5, 0.75, 0.9, 1.1, 1.25, 1.5, 2 };
enum { SPEEDS = 7 };

/* All of the sound at that speed, in pieces of `piece` frames. */
static float *stretched(const float *in, int64_t frames, int rate, int channels,
                        double speed, int64_t piece, int64_t *count)
{
    struct error err;
    struct stretch *stretch = stretch_new(rate, channels, speed, &err);
    int64_t room = stretch_length(frames, speed) + 1000;
    float *out = xcalloc((size_t)(room * channels), sizeof(*out));

    assert_non_null(stretch);
    *count = 0;
    for (int64_t at = 0; at < frames; at += piece) {
        stretch_push(stretch, in + at * channels,
                     frames - at < piece ? frames - at : piece);
        *count += stretch_pull(stretch, out + *count * channels, piece);
    }
    stretch_finish(stretch);
    *count += stretch_pull(stretch, out + *count * channels, room - *count);
    assert_int_equal(stretch_ready(stretch), 0);
    stretch_free(stretch);
    return out;
}

static void it_lasts_as_long_as_the_factor_says(void **state)
{
    static const int64_t frames[] = { 0, 1, 2, 99, 100, 101, 2000, 8001 };
    float in[8001] = { 0 };
    int64_t count;

    (void)state;
    for (int s = 0; s < SPEEDS; s++) {
        for (int i = 0; i < 8; i++) {
            free(stretched(in, frames[i], 8000, 1, speeds[s], 64, &count));
            assert_true(count == stretch_length(frames[i], speeds[s]));
            assert_true(fabs((double)count * speeds[s] - (double)frames[i]) <=
                        speeds[s]);
        }
    }
    assert_int_equal(stretch_length(44, 1.1), 40);
    assert_int_equal(stretch_length(45, 1.1), 41);
    assert_int_equal(stretch_length(48000, 0.5), 96000);
}

/* Noise, the same each time (Knuth's generator). */
static float *noise(int64_t count)
{
    float *out = xcalloc((size_t)count, sizeof(*out));
    uint64_t seed = 1;

    for (int64_t i = 0; i < count; i++) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        out[i] = (float)((double)(seed >> 40) / (1 << 23) - 1) / 2;
    }
    return out;
}

static void the_size_of_the_pieces_does_not_matter(void **state)
{
    enum { FRAMES = 16000 };
    static const int64_t pieces[] = { 1, 77, 1024, 5000 };
    float *in = noise(2 * FRAMES);

    (void)state;
    for (int s = 0; s < SPEEDS; s++) {
        int64_t count, other;
        float *all = stretched(in, FRAMES, 16000, 2, speeds[s], FRAMES, &count);

        for (int p = 0; p < 4; p++) {
            float *out =
                stretched(in, FRAMES, 16000, 2, speeds[s], pieces[p], &other);

            assert_int_equal(other, count);
            assert_memory_equal(out, all, (size_t)count * 2 * sizeof(float));
            free(out);
        }
        free(all);
    }
    free(in);
}

/*
 * Clicks of 1 ms over a hum.  Nothing of them lies farther from its place
 * than stretch.h says, and slowed down each is heard.
 */
static void clicks_are_heard_at_their_places(void **state)
{
    enum { HZ = 48000, FRAMES = 6 * HZ, CLICK = HZ / 1000 };
    float *in = xcalloc(FRAMES, sizeof(*in));
    double at_s[9];

    (void)state;
    for (int i = 0; i < FRAMES; i++)
        in[i] = (float)(0.02 * sin(2 * pi * 100 * i / HZ));
    for (int i = 0; i < 9; i++) {
        at_s[i] = 0.3 + 0.6137 * i;
        for (int k = 0; k < CLICK; k++)
            in[(int)(at_s[i] * HZ) + k] = k % 2 ? -0.9f : 0.9f;
    }
    for (int s = 0; s < SPEEDS; s++) {
        double within_s = (STRETCH_REACH_US + CLICK * 1e6 / HZ +
                           fabs(1 - speeds[s]) * STRETCH_HOP_US) /
                          1e6;
        bool heard[9] = { false };
        int64_t count;
        float *out = stretched(in, FRAMES, HZ, 1, speeds[s], 1024, &count);

        for (int64_t i = 0; i < count; i++) {
            double media_s = (double)i * speeds[s] / HZ;
            int near = (int)lround((media_s - at_s[0]) / 0.6137);

            if (fabs((double)out[i]) < 0.1)
                continue;
            near = near < 0 ? 0 : near > 8 ? 8 : near;
            assert_true(fabs(media_s - at_s[near]) <= within_s);
            if (fabs((double)out[i]) > 0.25)
                heard[near] = true;
        }
        for (int i = 0; i < 9 && speeds[s] < 1; i++)
            assert_true(heard[i]);
        free(out);
    }
    free(in);
}

/* Mean frequency between the first and the last upward zero crossing. */
static double frequency(const float *x, int64_t from, int64_t to, int rate)
{
    double first = -1, last = -1;
    int periods = -1;

    for (int64_t i = from + 1; i < to; i++) {
        if (x[i - 1] < 0 && x[i] >= 0) {
            last = (double)(i - 1) + x[i - 1] / (double)(x[i - 1] - x[i]);
            if (periods < 0)
                first = last;
            periods++;
        }
    }
    return periods * rate / (last - first);
}

static void a_sine_keeps_its_pitch_and_its_loudness(void **state)
{
    static const double tones[] = { 70, 110, 261.63, 3150 };
    enum { HZ = 44100, FRAMES = 2 * HZ };
    float *in = xcalloc(FRAMES, sizeof(*in));

    (void)state;
    for (int t = 0; t < 4; t++) {
        for (int i = 0; i < FRAMES; i++)
            in[i] = (float)(0.5 * sin(2 * pi * tones[t] * i / HZ));
        for (int s = 0; s < SPEEDS; s++) {
            int64_t count;
            float *out = stretched(in, FRAMES, HZ, 1, speeds[s], 999, &count);
            double hz = frequency(out, 0, count, HZ);
            double power = 0;

            assert_true(fabs(1200 * log2(hz / tones[t])) < 2);
            for (int64_t i = 0; i < count; i++)
                power += (double)out[i] * out[i];
            assert_true(fabs(sqrt(2 * power / (double)count) - 0.5) < 0.01);
            free(out);
        }
    }
    free(in);
}

/* 200 to 2000 Hz: what is heard at a moment is that moment's frequency. */
static void a_chirp_has_the_pitch_of_its_place(void **state)
{
    enum { HZ = 48000, SECONDS = 4, FRAMES = SECONDS * HZ, PART = HZ / 10 };
    float *in = xcalloc(FRAMES, sizeof(*in));

    (void)state;
    for (int i = 0; i < FRAMES; i++) {
        double t = (double)i / HZ;

        in[i] = (float)(0.5 * sin(2 * pi * (200 * t + 150 * t * t)));
    }
    for (int s = 0; s < SPEEDS; s++) {
        int64_t count;
        float *out = stretched(in, FRAMES, HZ, 1, speeds[s], 1024, &count);

        for (int64_t at = PART; at + 2 * PART < count; at += PART) {
            double middle_s = ((double)at + PART / 2.0) * speeds[s] / HZ;
            double hz = frequency(out, at, at + PART, HZ);

            assert_true(fabs(hz - (200 + 300 * middle_s)) < 300 * 0.01);
        }
        free(out);
    }
    free(in);
}

static void silence_stays_silent_and_channels_stay_together(void **state)
{
    enum { FRAMES = 48000 };
    float *in = noise(FRAMES);
    float *stereo = xcalloc(2 * FRAMES, sizeof(*stereo));
    int64_t count;
    float *out;

    (void)state;
    out = stretched(stereo, FRAMES, 48000, 2, 0.75, 1024, &count);
    for (int64_t i = 0; i < 2 * count; i++)
        assert_true(out[i] == 0);
    free(out);
    for (int64_t i = 0; i < FRAMES; i++) {
        stereo[2 * i] = in[i];
        stereo[2 * i + 1] = -2 * in[i];
    }
    out = stretched(stereo, FRAMES, 48000, 2, 1.5, 1024, &count);
    for (int64_t i = 0; i < count; i++)
        assert_true(out[2 * i + 1] == -2 * out[2 * i]);
    free(out);
    free(stereo);
    free(in);
}

static void after_a_reset_it_begins_anew(void **state)
{
    enum { FRAMES = 8000 };
    float *in = noise(FRAMES);
    float again[FRAMES];
    struct error err;
    struct stretch *stretch = stretch_new(8000, 1, 2, &err);
    int64_t count;
    float *out = stretched(in, FRAMES, 8000, 1, 1.25, 500, &count);

    (void)state;
    stretch_push(stretch, in + 1234, 5000);
    stretch_reset(stretch, 1.25);
    assert_int_equal(stretch_ready(stretch), 0);
    stretch_push(stretch, in, FRAMES);
    stretch_finish(stretch);
    assert_int_equal(stretch_pull(stretch, again, FRAMES), count);
    assert_memory_equal(again, out, (size_t)count * sizeof(*out));
    stretch_free(stretch);
    free(out);
    free(in);
}

static void factors_out_of_range_are_refused(void **state)
{
    struct error err;

    (void)state;
    assert_null(stretch_new(48000, 2, 0.49, &err));
    assert_null(stretch_new(48000, 2, 2.01, &err));
    assert_null(stretch_new(48000, 2, NAN, &err));
    assert_non_null(strstr(err.text, "outside the limits"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_lasts_as_long_as_the_factor_says),
        cmocka_unit_test(the_size_of_the_pieces_does_not_matter),
        cmocka_unit_test(clicks_are_heard_at_their_places),
        cmocka_unit_test(a_sine_keeps_its_pitch_and_its_loudness),
        cmocka_unit_test(a_chirp_has_the_pitch_of_its_place),
        cmocka_unit_test(silence_stays_silent_and_channels_stay_together),
        cmocka_unit_test(after_a_reset_it_begins_anew),
        cmocka_unit_test(factors_out_of_range_are_refused),
    };

    return cmocka_run_group_tests_name("stretch", tests, NULL, NULL);
}
