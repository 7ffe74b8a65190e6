/* prepare, denoise - what comes out, where, and what is told of it. */
#include <config.h>

#include "common/media/prepare.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/rng.h"
#include "common/base/vec.h"
#include "common/media/denoise.h"
#include "encode.h"

enum { SECONDS = 4 };

/*
 * Noise of `noise` (root mean square) throughout; from 1 s to 3 s a tone of
 * five partials on it.
 */
static float *make(int rate, double noise, double tone)
{
    struct rng *rng = rng_new(1, "noise");
    float *sample = calloc((size_t)(SECONDS * rate), sizeof(*sample));

    for (int i = 0; i < SECONDS * rate; i++) {
        double sum = noise * rng_normal(rng);

        for (int k = 1; k <= 5 && i >= rate && i < 3 * rate; k++)
            sum += tone * sin(2 * M_PI * 150 * k * i / rate);
        sample[i] = (float)sum;
    }
    rng_free(rng);
    return sample;
}

static double rms(const float *sample, int64_t from, int64_t to)
{
    double sum = 0;

    for (int64_t i = from; i < to; i++)
        sum += (double)sample[i] * sample[i];
    return sqrt(sum / (double)(to - from));
}

static void filter(int rate, const float *in, int piece, float *out)
{
    int count = SECONDS * rate;
    struct error err;
    struct denoise *denoise = denoise_new(rate, -60, &err);

    assert_non_null(denoise);
    for (int i = 0; i < count; i += piece)
        assert_true(denoise_push(denoise, in + i,
                                 i + piece < count ? piece : count - i, &err));
    assert_true(denoise_finish(denoise, &err));
    assert_int_equal(denoise_pull(denoise, out, count), count);
    assert_int_equal(denoise_pull(denoise, out, 1), 0);
    denoise_free(denoise);
}

/* The tone is so far above the noise that it must come out as it went in. */
static void the_filters_delay_is_taken_out_at_every_rate(void **state)
{
    static const int rates[] = {
        1000, 8000, 11025, 16000, 22050, 48000, 96000
    };

    (void)state;
    for (size_t r = 0; r < LENGTH_OF(rates); r++) {
        int rate = rates[r], count = SECONDS * rate;
        float *in = make(rate, 0.0005, 0.1);
        float *out = calloc((size_t)count, sizeof(*out));
        double tone = rms(in, 2 * rate, 3 * rate);

        filter(rate, in, 777, out);
        for (int i = 0; i < count; i++)
            in[i] -= out[i];
        assert_true(rms(in, 2 * rate, 3 * rate - rate / 10) < 0.02 * tone);
        free(in);
        free(out);
    }
}

static void the_sizes_of_the_pieces_do_not_matter(void **state)
{
    enum { RATE = 16000, COUNT = RATE * SECONDS };
    float *in = make(RATE, 0.001, 0.1);
    float *one = calloc(COUNT, sizeof(*one)), *other = calloc(COUNT, 4);

    (void)state;
    filter(RATE, in, 1, one);
    filter(RATE, in, COUNT, other);
    assert_memory_equal(one, other, COUNT * sizeof(*one));
    free(in);
    free(one);
    free(other);
}

/* White noise at its very level: by 10 dB at most 12 less of it. */
static void noise_is_found_and_lowered_and_the_tone_stays(void **state)
{
    static const struct prepare_settings both = { .denoise = true };
    struct prepare_changes changes;
    struct rate_sound sound;
    struct error err;
    float *in = make(16000, 0.003, 0.1);

    (void)state;
    assert_true(encode_wav("prepare-noise.wav", 16000, 1, in, 4 * 16000));
    assert_true(prepare_load("prepare-noise.wav", 0, -1, 16000, &both, &sound,
                             &changes, &err));
    assert_int_equal(sound.count, 4 * 16000);
    /* The quietest tenth of white noise is a little below its mean. */
    assert_true(fabs(changes.noise_db - 20 * log10(0.003)) < 1.5);
    assert_true(changes.noise_taken_db > 6 && changes.noise_taken_db < 13);
    assert_true(rms(sound.sample, 1600, 14000) < 0.4 * 0.003);
    assert_true(fabs(rms(sound.sample, 20000, 44000) / rms(in, 20000, 44000) -
                     1) < 0.01);
    assert_true(changes.level_taken_db > 0 && changes.level_taken_db < 0.1);
    assert_true(isnan(changes.cut_start_s));
    rate_sound_release(&sound);
    free(in);
    unlink("prepare-noise.wav");
}

/* 25 dB below the loudest is silence; 0.1 s of it stays. */
static void silence_is_cut_at_both_ends_but_for_a_margin(void **state)
{
    static const struct prepare_settings trim = { .trim = true };
    struct prepare_changes changes;
    struct rate_sound sound;
    struct error err;

    (void)state;
    for (int rate = 11025; rate <= 48000; rate += 36975) {
        float *in = make(rate, 0.001, 0.1);

        assert_true(encode_wav("prepare-cut.wav", rate, 1, in, 4 * rate));
        assert_true(prepare_load("prepare-cut.wav", 0, -1, 16000, &trim, &sound,
                                 &changes, &err));
        assert_true(fabs(changes.cut_start_s - 0.9) < 0.021);
        assert_true(fabs(changes.cut_end_s - 0.9) < 0.021);
        assert_true(fabs((double)sound.count / 16000 + changes.cut_start_s +
                         changes.cut_end_s - 4) < 0.001);
        assert_true(isnan(changes.noise_db) && isnan(changes.noise_taken_db));
        rate_sound_release(&sound);
        free(in);
    }
    /* A piece that begins in the tone has nothing to cut there. */
    assert_true(prepare_load("prepare-cut.wav", 1500000, -1, 16000, &trim,
                             &sound, &changes, &err));
    assert_true(changes.cut_start_s == 0);
    assert_true(fabs(changes.cut_end_s - 0.9) < 0.021);
    rate_sound_release(&sound);
    unlink("prepare-cut.wav");
}

/* -38 dB under the tone: the noise alone is too loud to be silence. */
static void noise_is_taken_out_before_silence_is_looked_for(void **state)
{
    static const struct prepare_settings trim = { .trim = true };
    static const struct prepare_settings both = { .denoise = true,
                                                  .trim = true };
    struct prepare_changes one, two;
    struct rate_sound sound;
    struct error err;
    float *in = make(16000, 0.012, 0.1);

    (void)state;
    assert_true(encode_wav("prepare-both.wav", 16000, 1, in, 4 * 16000));
    assert_true(prepare_load("prepare-both.wav", 0, -1, 16000, &trim, &sound,
                             &one, &err));
    rate_sound_release(&sound);
    assert_true(prepare_load("prepare-both.wav", 0, -1, 16000, &both, &sound,
                             &two, &err));
    rate_sound_release(&sound);
    assert_true(one.cut_start_s < 0.1);
    assert_true(fabs(two.cut_start_s - 0.9) < 0.03);
    free(in);
    unlink("prepare-both.wav");
}

static void zeros_have_no_noise_and_are_not_cut(void **state)
{
    static const struct prepare_settings both = { .denoise = true,
                                                  .trim = true };
    struct prepare_changes changes;
    struct rate_sound sound;
    struct error err;
    float *in = make(16000, 0, 0);

    (void)state;
    assert_true(encode_wav("prepare-zero.wav", 16000, 1, in, 4 * 16000));
    assert_true(prepare_load("prepare-zero.wav", 0, -1, 16000, &both, &sound,
                             &changes, &err));
    assert_int_equal(sound.count, 4 * 16000);
    assert_true(isnan(changes.noise_db));
    assert_true(changes.cut_start_s == 0 && changes.cut_end_s == 0);
    rate_sound_release(&sound);
    /* A single sample is a sound, too. */
    in[0] = 0.5f;
    assert_true(encode_wav("prepare-zero.wav", 16000, 1, in, 1));
    assert_true(prepare_load("prepare-zero.wav", 0, -1, 16000, &both, &sound,
                             &changes, &err));
    assert_int_equal(sound.count, 1);
    rate_sound_release(&sound);
    free(in);
    unlink("prepare-zero.wav");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_filters_delay_is_taken_out_at_every_rate),
        cmocka_unit_test(the_sizes_of_the_pieces_do_not_matter),
        cmocka_unit_test(noise_is_found_and_lowered_and_the_tone_stays),
        cmocka_unit_test(silence_is_cut_at_both_ends_but_for_a_margin),
        cmocka_unit_test(noise_is_taken_out_before_silence_is_looked_for),
        cmocka_unit_test(zeros_have_no_noise_and_are_not_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
