/* fft, window, frame, mel - against sums that are written out here. */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/signal/fft.h"
#include "common/signal/frame.h"
#include "common/signal/mel.h"
#include "common/signal/window.h"

static void near(double a, double b, double slack)
{
    if (!(fabs(a - b) <= slack))
        fail_msg("%.9g is not %.9g", a, b);
}

/* The sum of the definition, in double. */
static void the_spectrum_is_that_of_the_definition(void **state)
{
    static const int sizes[] = { 16, 64, 512, 4096 };
    uint32_t seed = 7;

    (void)state;
    for (int s = 0; s < 4; s++) {
        int size = sizes[s];
        struct fft *fft = fft_new(size);
        float *in = calloc((size_t)size, sizeof(float));
        float *out = calloc((size_t)size + 2, sizeof(float));
        float *power = calloc((size_t)size, sizeof(float));
        float *back = calloc((size_t)size, sizeof(float));

        for (int i = 0; i < size; i++) {
            seed = seed * 1664525u + 1013904223u;
            in[i] = (float)(seed >> 8) / 8388608.0f - 1;
        }
        assert_int_equal(fft_bins(fft), size / 2 + 1);
        fft_forward(fft, in, out);
        fft_power(fft, in, power);
        for (int k = 0; k <= size / 2; k += 1 + size / 64) {
            double re = 0, im = 0;

            for (int i = 0; i < size; i++) {
                re += in[i] * cos(2 * M_PI * k * i / size);
                im -= in[i] * sin(2 * M_PI * k * i / size);
            }
            near(out[2 * k], re, 1e-5 * size);
            near(out[2 * k + 1], im, 1e-5 * size);
            near(power[k], re * re + im * im, 1e-4 * size);
        }
        fft_inverse(fft, out, back);
        for (int i = 0; i < size; i++)
            near(back[i], in[i], 1e-5);
        fft_free(fft);
        free(in);
        free(out);
        free(power);
        free(back);
    }
}

static void a_size_grows_to_the_next_power_of_two(void **state)
{
    (void)state;
    assert_int_equal(fft_size_for(1), 16);
    assert_int_equal(fft_size_for(400), 512);
    assert_int_equal(fft_size_for(512), 512);
    assert_int_equal(fft_size_for(513), 1024);
}

static void windows_are_symmetric_with_their_known_values(void **state)
{
    float weight[5];

    (void)state;
    for (int kind = WINDOW_RECTANGLE; kind <= WINDOW_GAUSS; kind++) {
        window_fill((enum window_kind)kind, weight, 5);
        near(weight[0], weight[4], 1e-6);
        near(weight[1], weight[3], 1e-6);
        near(weight[2], 1, 1e-6);
    }
    /* By hand: 0.08 and 0.54 for Hamming; sin^2(18 deg) for Hann. */
    window_fill(WINDOW_HAMMING, weight, 5);
    near(weight[0], 0.08, 1e-6);
    near(weight[1], 0.54, 1e-6);
    window_fill(WINDOW_HANN, weight, 5);
    near(weight[0], 0.0954915, 1e-6);
}

static void plain_frames_are_complete_ones(void **state)
{
    struct frame_settings plain = { .size = 4, .hop = 3 };
    const float sample[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
    float out[4];

    (void)state;
    assert_int_equal(frame_count(&plain, 3), 0);
    assert_int_equal(frame_count(&plain, 4), 1);
    assert_int_equal(frame_count(&plain, 10), 3);
    frame_copy(&plain, sample, 10, 2, out);
    assert_true(out[0] == 6 && out[3] == 9);
}

static void centred_frames_reach_over_the_edges(void **state)
{
    struct frame_settings centred = { .size = 4, .hop = 3, .centred = true };
    const float sample[] = { 1, 2, 3, 4, 5 };
    float out[4];

    (void)state;
    assert_int_equal(frame_count(&centred, 0), 0);
    assert_int_equal(frame_count(&centred, 1), 1);
    assert_int_equal(frame_count(&centred, 3), 1);
    assert_int_equal(frame_count(&centred, 4), 2);
    assert_int_equal(frame_begin(&centred, 0), -2);
    frame_copy(&centred, sample, 5, 0, out);
    assert_true(out[0] == 0 && out[1] == 0 && out[2] == 1 && out[3] == 2);
    frame_copy(&centred, sample, 5, 1, out);
    assert_true(out[0] == 2 && out[3] == 5);
    frame_copy(&centred, sample, 1, 0, out);
    assert_true(out[2] == 1 && out[3] == 0);
}

/* The HTK Book, 5.13: 1000 Hz are 999.9856 mel; by hand. */
static void the_mel_scale_is_that_of_the_htk_book(void **state)
{
    (void)state;
    near(mel_from_hz(0), 0, 1e-12);
    near(mel_from_hz(1000), 999.9856, 1e-3);
    near(mel_from_hz(8000), 2840.0231, 1e-3);
    for (double hz = 1; hz < 20000; hz *= 1.7)
        near(mel_to_hz(mel_from_hz(hz)), hz, 1e-9 * hz);
}

static const struct mel_settings bank = {
    .rate = 16000, .fft_size = 512, .bands = 26, .low_hz = 20, .high_hz = 8000
};

/* A bin between two peaks is shared out, and nothing is lost. */
static void each_bin_is_shared_by_two_bands(void **state)
{
    struct mel *mel = mel_new(&bank);
    float power[257] = { 0 };
    double band[26], step, first_peak, last_peak;

    (void)state;
    step = (mel_from_hz(8000) - mel_from_hz(20)) / 27;
    first_peak = mel_to_hz(mel_from_hz(20) + step);
    last_peak = mel_to_hz(mel_from_hz(8000) - step);
    for (int k = 0; k < 257; k++) {
        double hz = k * 31.25, sum = 0;
        int filled = 0;

        memset(power, 0, sizeof(power));
        power[k] = 1;
        mel_bands(mel, power, band);
        for (int m = 0; m < 26; m++) {
            sum += band[m];
            filled += band[m] > 0;
        }
        assert_true(filled <= 2);
        if (hz > first_peak && hz < last_peak)
            near(sum, 1, 1e-9);
        if (hz < 20 || hz >= 8000)
            near(sum, 0, 0);
    }
    mel_free(mel);
}

/* A log spectrum that is one cosine has one coefficient: sqrt(26 / 2). */
static void the_cepstrum_finds_the_cosine_of_the_bands(void **state)
{
    struct mel *mel = mel_new(&bank);
    double band[26], out[13];

    (void)state;
    for (int m = 0; m < 26; m++)
        band[m] = exp(cos(M_PI * 3 * (m + 0.5) / 26));
    mel_cepstrum(mel, band, 1e-10, 1, 13, out);
    for (int k = 1; k <= 13; k++)
        near(out[k - 1], k == 3 ? sqrt(13) : 0, 1e-9);
    /* Silence is flat: all at the floor, so all coefficients are 0. */
    memset(band, 0, sizeof(band));
    mel_cepstrum(mel, band, 1e-10, 1, 13, out);
    for (int k = 0; k < 13; k++)
        near(out[k], 0, 1e-9);
    mel_free(mel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_spectrum_is_that_of_the_definition),
        cmocka_unit_test(a_size_grows_to_the_next_power_of_two),
        cmocka_unit_test(windows_are_symmetric_with_their_known_values),
        cmocka_unit_test(plain_frames_are_complete_ones),
        cmocka_unit_test(centred_frames_reach_over_the_edges),
        cmocka_unit_test(the_mel_scale_is_that_of_the_htk_book),
        cmocka_unit_test(each_bin_is_shared_by_two_bands),
        cmocka_unit_test(the_cepstrum_finds_the_cosine_of_the_bands),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
