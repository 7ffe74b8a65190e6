/* spectrogram - against the sum of the definition, written out here. */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/signal/spectrogram.h"

static const double pi = 3.14159265358979323846;

enum { RATE = 16000, BANDS = 64, FRAME = 80 /* 5 ms */, SIZE = 512 };

static void near(double a, double b, double slack)
{
    if (!(fabs(a - b) <= slack))
        fail_msg("%.9g is not %.9g", a, b);
}

static void noise(float *frame, uint32_t seed)
{
    for (int i = 0; i < FRAME; i++) {
        seed = seed * 1664525 + 1013904223;
        frame[i] = (float)((double)(seed >> 8) / (1 << 23) - 1);
    }
}

/* A Gaussian of a standard deviation of 1 ms: 16 samples at 16 kHz. */
static double weight(int i)
{
    double x = (i - (FRAME - 1) / 2.0) / (0.4 * (FRAME - 1) / 2.0);

    return exp(-0.5 * x * x);
}

/* |X(f)|^2 of one frequency, to a sine of amplitude 1, emphasised. */
static double direct_power(const float *frame, double hz)
{
    double re = 0, im = 0, sum = 0;

    for (int i = 0; i < FRAME; i++) {
        double value = (double)frame[i] * weight(i);

        re += value * cos(2 * pi * hz * i / RATE);
        im -= value * sin(2 * pi * hz * i / RATE);
        sum += weight(i);
    }
    return (re * re + im * im) * 4 / (sum * sum) *
           pow(10, 0.6 * log2((hz > 0 ? hz : RATE / 2.0 / SIZE) / 1000));
}

/* 64 bands to 5 kHz want bins of at most 39.1 Hz: 512 of 31.25 Hz. */
static double direct_band(const float *frame, int band)
{
    double sum = 0;
    int count = 0;

    for (int k = 0; k < SIZE / 2 + 1; k++) {
        double hz = (double)k * RATE / SIZE;

        if (hz >= 5000.0 * band / BANDS && hz < 5000.0 * (band + 1) / BANDS) {
            sum += direct_power(frame, hz);
            count++;
        }
    }
    return 10 * log10(sum / count);
}

static struct spectrogram *wide_band(void)
{
    struct spectrogram_settings settings = spectrogram_wide_band(RATE, BANDS);
    struct error err;
    struct spectrogram *spectrogram = spectrogram_new(&settings, &err);

    assert_non_null(spectrogram);
    assert_int_equal(spectrogram_frame(spectrogram), FRAME);
    return spectrogram;
}

static void bands_are_those_of_a_direct_dft(void **state)
{
    struct spectrogram *spectrogram = wide_band();
    float frame[FRAME], db[BANDS];

    (void)state;
    for (uint32_t seed = 1; seed < 6; seed++) {
        noise(frame, seed);
        spectrogram_add(spectrogram, frame);
        spectrogram_take(spectrogram, db);
        for (int band = 0; band < BANDS; band++)
            near((double)db[band], direct_band(frame, band), 0.01);
    }
    spectrogram_free(spectrogram);
}

static void several_frames_give_the_mean_of_their_powers(void **state)
{
    struct spectrogram *spectrogram = wide_band();
    float a[FRAME], b[FRAME], db[BANDS];

    (void)state;
    noise(a, 7);
    noise(b, 8);
    spectrogram_add(spectrogram, a);
    spectrogram_add(spectrogram, b);
    spectrogram_take(spectrogram, db);
    for (int band = 0; band < BANDS; band++) {
        double mean = (pow(10, direct_band(a, band) / 10) +
                       pow(10, direct_band(b, band) / 10)) /
                      2;

        near((double)db[band], 10 * log10(mean), 0.01);
    }
    spectrogram_take(spectrogram, db); /* none since */
    near((double)db[0], SPECTROGRAM_FLOOR_DB, 0);
    spectrogram_free(spectrogram);
}

/*
 * Where the emphasis is 0 dB.  A Gaussian of 1 ms falls by 3 dB at 132.5 Hz,
 * by the square of the distance: the three bins around 820 Hz lie 10.3, 7.8
 * and 5.7 dB down with the emphasis, 7.5 dB in the mean; those around 970 Hz
 * 0.5 dB.
 */
static void a_full_scale_sine_of_1_khz_reads_0_db(void **state)
{
    struct spectrogram *spectrogram = wide_band();
    float frame[FRAME], db[BANDS];

    (void)state;
    for (int i = 0; i < FRAME; i++)
        frame[i] = (float)sin(2 * pi * 1000 * i / RATE);
    spectrogram_add(spectrogram, frame);
    spectrogram_take(spectrogram, db);
    near((double)db[12], 0, 0.5); /* 938 to 1016 Hz */
    assert_true(db[12] > db[10] && db[12] > db[15]);
    near((double)(db[12] - db[10]), 7, 0.5);
    assert_true(db[40] < -30); /* the window is cut off: side lobes */
    spectrogram_free(spectrogram);
}

static void settings_that_cannot_be_are_refused(void **state)
{
    struct spectrogram_settings settings = spectrogram_wide_band(RATE, BANDS);
    struct error err;

    (void)state;
    settings.top_hz = RATE;
    assert_null(spectrogram_new(&settings, &err));
    settings = spectrogram_wide_band(RATE, 0);
    assert_null(spectrogram_new(&settings, &err));
    settings = spectrogram_wide_band(RATE, BANDS);
    settings.window_s = 0;
    assert_null(spectrogram_new(&settings, &err));
    settings = spectrogram_wide_band(6000, BANDS); /* ends at 3 kHz */
    assert_true(settings.top_hz == 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands_are_those_of_a_direct_dft),
        cmocka_unit_test(several_frames_give_the_mean_of_their_powers),
        cmocka_unit_test(a_full_scale_sine_of_1_khz_reads_0_db),
        cmocka_unit_test(settings_that_cannot_be_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
