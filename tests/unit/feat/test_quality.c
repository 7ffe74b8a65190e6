/* quality_meter - of sounds whose faults are known by formula. */
#include <config.h>

#include "eval/feat/quality_meter.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/rng.h"
#include "common/media/rate.h"

enum { RATE = 16000, SAMPLES = 16000 };

static float sample[6 * SAMPLES];

static void near(double a, double b, double slack)
{
    if (!(fabs(a - b) <= slack))
        fail_msg("%.9g is not %.9g", a, b);
}

static void sine(double hz, double height, int from, int to)
{
    for (int i = from; i < to; i++)
        sample[i] = (float)(height * sin(2 * M_PI * hz * i / RATE));
}

/* In pieces of several sizes, as a medium may give them. */
static struct quality measured(int rate, int channels, int frames)
{
    struct quality_meter *meter = quality_meter_new(rate, channels);
    struct quality quality;
    int done = 0;

    for (int size = 1; done < frames; size += 77) {
        int most = frames - done < size ? frames - done : size;

        quality_meter_push(meter, sample + done * channels, most);
        done += most;
    }
    quality_meter_finish(meter, &quality);
    quality_meter_free(meter);
    return quality;
}

/* 20 log10(0.5) = -6.0206; its RMS is 3.0103 dB less. */
static void a_sine_has_level_and_band_of_a_sine(void **state)
{
    struct quality quality;

    (void)state;
    sine(1050, 0.5, 0, SAMPLES);
    quality = measured(RATE, 1, SAMPLES);
    near(quality.duration_s, 1, 0);
    near(quality.peak_db, -6.0206, 0.01);
    near(quality.rms_db, -9.0309, 1e-3);
    near(quality.bandwidth_hz, 1200, 100);
    near(quality.effective_rate_hz, 8000, 0);
    near(quality.silence_share, 0, 0);
    near(quality.digital_zero_share, 0, 0);
    near(quality.clipping_share, 0, 0);
    near(quality.dc_offset, 0, 1e-7);
}

/*
 * Half of the frames at 0.01, half at 0.5: powers 0.00005 and 0.125, mean
 * 0.062525; 10 log10((0.062525 - 0.00005) / 0.00005) = 30.9674.  The quiet
 * half lies 34 dB below the loud one.
 */
static void noise_is_what_the_quietest_frames_have(void **state)
{
    struct quality quality;

    (void)state;
    sine(1000, 0.01, 0, SAMPLES / 2);
    sine(1000, 0.5, SAMPLES / 2, SAMPLES);
    quality = measured(RATE, 1, SAMPLES);
    near(quality.snr_db, 30.9674, 1e-3);
    near(quality.silence_share, 0.5, 1e-9);
    for (int i = 0; i < SAMPLES; i++)
        sample[i] += 0.25f; /* an offset is neither sound nor noise */
    quality = measured(RATE, 1, SAMPLES);
    near(quality.snr_db, 30.9674, 1e-2);
    near(quality.dc_offset, 0.25, 1e-4);
    /* 9 frames are too few to tell. */
    assert_true(isnan(measured(RATE, 1, 9 * 320).snr_db));
}

/* 1,600 zeros count, 159 (under 10 ms) do not. */
static void zeros_count_in_long_runs_only(void **state)
{
    (void)state;
    for (int i = 0; i < SAMPLES; i++)
        sample[i] = i % 2 ? 0.1f : -0.1f;
    memset(sample + 3000, 0, 1600 * sizeof(*sample));
    memset(sample + 9000, 0, 159 * sizeof(*sample));
    near(measured(RATE, 1, SAMPLES).digital_zero_share, 0.1, 1e-12);
    memset(sample + 9000, 0, 160 * sizeof(*sample));
    near(measured(RATE, 1, SAMPLES).digital_zero_share, 0.11, 1e-12);
    /* As two channels no frame is zero in both but those of the run. */
    near(measured(RATE, 2, SAMPLES / 2).digital_zero_share, 0.1, 1e-3);
}

/* |sin| is over 0.8 for 1 - 2 asin(0.8) / pi = 0.40967 of the time. */
static void flat_tops_are_clipping(void **state)
{
    (void)state;
    sine(100, 1, 0, SAMPLES);
    for (int i = 0; i < SAMPLES; i++)
        sample[i] = fmaxf(-0.8f, fminf(sample[i], 0.8f));
    near(measured(RATE, 1, SAMPLES).clipping_share, 0.40967, 0.01);
    for (int i = 0; i < SAMPLES; i++)
        sample[i] *= 0.1f / 0.8f - 0.01f; /* too quiet to be told */
    near(measured(RATE, 1, SAMPLES).clipping_share, 0, 0);
    sine(100, 0.5, 0, SAMPLES);
    sample[10] = 1;
    sample[20] = -1;
    sample[30] = -2;
    near(measured(RATE, 1, SAMPLES).clipping_share, 3.0 / SAMPLES, 1e-12);
    near(measured(RATE, 1, SAMPLES).peak_db, 6.0206, 1e-4);
}

static void silence_has_no_band_and_no_noise(void **state)
{
    struct quality quality;

    (void)state;
    memset(sample, 0, sizeof(sample));
    quality = measured(RATE, 1, SAMPLES);
    near(quality.peak_db, -120, 0);
    near(quality.rms_db, -120, 0);
    near(quality.silence_share, 1, 0);
    near(quality.digital_zero_share, 1, 0);
    near(quality.clipping_share, 0, 0);
    assert_true(isnan(quality.snr_db));
    assert_true(isnan(quality.bandwidth_hz));
    assert_true(isnan(quality.effective_rate_hz));
}

/* Opposite channels: loud each, nothing together. */
static void level_is_that_of_the_mean_of_channels(void **state)
{
    struct quality quality;

    (void)state;
    for (int i = 0; i < SAMPLES; i++) {
        sample[2 * i] = i % 2 ? 0.5f : -0.5f;
        sample[2 * i + 1] = -sample[2 * i];
    }
    quality = measured(RATE, 2, SAMPLES);
    near(quality.peak_db, -6.0206, 1e-4);
    near(quality.rms_db, -120, 0);
    near(quality.duration_s, 1, 0);
}

/* Noise of 8 kHz, brought to 48 kHz and rounded to 16 bits. */
static void a_rate_that_was_raised_is_seen(void **state)
{
    struct rng *rng = rng_new(1, "noise");
    struct rate *rate;
    struct error err;
    struct quality quality;
    float in[SAMPLES / 2];
    int frames;

    (void)state;
    for (int i = 0; i < SAMPLES / 2; i++)
        in[i] = (float)(0.2 * rng_uniform(rng) - 0.1);
    rate = rate_new(8000, 48000, 1, &err);
    assert_non_null(rate);
    rate_push(rate, in, SAMPLES / 2);
    rate_finish(rate);
    frames = (int)rate_pull(rate, sample, 48000);
    for (int i = 0; i < frames; i++)
        sample[i] = (float)(rint(sample[i] * 32768) / 32768);
    quality = measured(48000, 1, frames);
    near(quality.bandwidth_hz, 4000, 200);
    near(quality.effective_rate_hz, 8000, 0);
    /* And noise of the full band is not. */
    for (int i = 0; i < 48000; i++)
        sample[i] = (float)(0.2 * rng_uniform(rng) - 0.1);
    quality = measured(48000, 1, 48000);
    near(quality.effective_rate_hz, 48000, 0);
    near(quality.bandwidth_hz, 24000, 0);
    rate_free(rate);
    rng_free(rng);
}

static void one_sample_is_enough(void **state)
{
    struct quality quality;

    (void)state;
    sample[0] = 0.5;
    quality = measured(RATE, 1, 1);
    near(quality.duration_s, 1.0 / RATE, 0);
    near(quality.rms_db, -6.0206, 1e-4);
    assert_true(isnan(quality.snr_db));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sine_has_level_and_band_of_a_sine),
        cmocka_unit_test(noise_is_what_the_quietest_frames_have),
        cmocka_unit_test(zeros_count_in_long_runs_only),
        cmocka_unit_test(flat_tops_are_clipping),
        cmocka_unit_test(silence_has_no_band_and_no_noise),
        cmocka_unit_test(level_is_that_of_the_mean_of_channels),
        cmocka_unit_test(a_rate_that_was_raised_is_seen),
        cmocka_unit_test(one_sample_is_enough),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
