/* waveform, spectral, functionals, registry - of signals known by formula. */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/signal/waveform.h"
#include "eval/feat/functionals.h"
#include "eval/feat/moments.h"
#include "eval/feat/registry.h"
#include "eval/feat/spectral.h"

enum { RATE = 16000, SAMPLES = 16000 };

static float sample[SAMPLES];

static void near(double a, double b, double slack)
{
    if (!(fabs(a - b) <= slack))
        fail_msg("%.9g is not %.9g", a, b);
}

static void sine(double hz, double height)
{
    for (int i = 0; i < SAMPLES; i++)
        sample[i] = (float)(height * sin(2 * M_PI * hz * i / RATE));
}

/* A sine's RMS is its height over sqrt(2): -3.0103 dB at full scale. */
static void energy_is_that_of_a_sine(void **state)
{
    (void)state;
    sine(100, 1);
    near(waveform_rms_db(sample, 1600), -3.0103, 1e-4);
    sine(100, 0.1);
    near(waveform_rms_db(sample, 1600), -23.0103, 1e-4);
    memset(sample, 0, sizeof(sample));
    near(waveform_rms_db(sample, 400), -120, 0);
}

/* Two a period; an offset does not hide them. */
static void a_sine_crosses_zero_twice_a_period(void **state)
{
    (void)state;
    sine(100, 0.5);
    near(waveform_zero_crossings(sample, 16000, RATE), 200, 2);
    for (int i = 0; i < SAMPLES; i++)
        sample[i] += 0.8f;
    near(waveform_zero_crossings(sample, 16000, RATE), 200, 2);
    memset(sample, 0, sizeof(sample));
    near(waveform_zero_crossings(sample, 400, RATE), 0, 0);
}

static void shape_of_a_spectrum_by_hand(void **state)
{
    const float one[] = { 9, 0, 1, 0, 0 }; /* bin 0 does not count */
    const float two[] = { 0, 1, 1, 2, 0 };
    const float none[] = { 5, 0, 0, 0, 0 };

    (void)state;
    near(spectral_centroid(one, 5, 10), 20, 1e-9);
    near(spectral_centroid(two, 5, 10), (10 + 20 + 60) / 4.0, 1e-9);
    near(spectral_rolloff(two, 5, 10, 0.5), 20, 0);
    near(spectral_rolloff(two, 5, 10, 0.51), 30, 0);
    /* |one| = 1, |two| = sqrt(6); (1 - 1/sqrt 6)^2 + 5/6. */
    near(spectral_flux(one, two, 5), pow(1 - 1 / sqrt(6), 2) + 5.0 / 6, 1e-7);
    near(spectral_flux(two, two, 5), 0, 1e-12);
    assert_true(isnan(spectral_centroid(none, 5, 10)));
    assert_true(isnan(spectral_rolloff(none, 5, 10, 0.85)));
    assert_true(isnan(spectral_flux(one, none, 5)));
}

/* 1 2 3 4 NAN 10: mean 4, sd sqrt(50/5); p20 at place 0.8, p80 at 3.2. */
static void functionals_by_hand(void **state)
{
    const double value[] = { 4, 1, NAN, 10, 3, 2 };
    double out[FUNCTIONAL_COUNT];

    (void)state;
    functionals_compute(value, 6, out);
    near(out[FUNCTIONAL_MEAN], 4, 1e-12);
    near(out[FUNCTIONAL_SD], sqrt(10), 1e-12);
    near(out[FUNCTIONAL_P20], 1.8, 1e-12);
    near(out[FUNCTIONAL_P50], 3, 1e-12);
    near(out[FUNCTIONAL_P80], 5.2, 1e-12);
    functionals_compute(value, 1, out);
    near(out[FUNCTIONAL_SD], 0, 0);
    near(out[FUNCTIONAL_P80], 4, 0);
    functionals_compute(value + 2, 1, out);
    for (int i = 0; i < FUNCTIONAL_COUNT; i++)
        assert_true(isnan(out[i]));
}

static size_t column(const struct feature_set *set, const char *wanted)
{
    for (size_t i = 0; i < registry_columns(set); i++) {
        char *name = registry_column_name(set, i);
        bool found = strcmp(name, wanted) == 0;

        free(name);
        if (found)
            return i;
    }
    fail_msg("no column %s", wanted);
    return 0;
}

static const struct feature_set *basic(void)
{
    struct error err;
    const struct feature_set *set = registry_find("basic", &err);

    assert_non_null(set);
    return set;
}

static double *measure(int64_t samples)
{
    const struct feature_set *set = basic();
    double *out = calloc(registry_columns(set), sizeof(*out));
    struct error err;

    assert_true(set->compute(set, sample, samples, out, &err));
    return out;
}

static void the_registry_names_every_column_once(void **state)
{
    const struct feature_set *set = basic();
    size_t count = registry_columns(set);
    struct error err;

    (void)state;
    /* 19 descriptors with five functionals, and the voiced fraction. */
    assert_int_equal(count, 19 * 5 + 1);
    for (size_t i = 0; i < count; i++) {
        char *name = registry_column_name(set, i);

        assert_int_equal(column(set, name), i);
        assert_non_null(registry_column(set, i)->unit);
        assert_non_null(registry_column(set, i)->paper);
        free(name);
    }
    assert_string_equal(registry_column(set, column(set, "f0_p80"))->unit,
                        "semitones re 27.5 Hz");
    assert_null(registry_find("none", &err));
    assert_non_null(strstr(err.text, "known: basic"));
}

/* 220 Hz is A3: 36 semitones over 27.5 Hz. */
static void a_sine_has_the_features_of_a_sine(void **state)
{
    const struct feature_set *set = basic();
    double *out;

    (void)state;
    sine(220, 0.1);
    out = measure(SAMPLES);
    near(out[column(set, "f0_p50")], 36, 0.02);
    near(out[column(set, "f0_sd")], 0, 0.05);
    near(out[column(set, "voiced_fraction")], 1, 0.02);
    near(out[column(set, "rms_db_p50")], -23.0103, 0.05);
    near(out[column(set, "zero_crossings_p50")], 440, 20);
    near(out[column(set, "spectral_rolloff_p50")], 220, 140);
    near(out[column(set, "spectral_flux_p50")], 0, 1e-3);
    free(out);
    sine(3000, 0.1);
    out = measure(SAMPLES);
    near(out[column(set, "spectral_centroid_p50")], 3000, 40);
    near(out[column(set, "zero_crossings_p50")], 6000, 40);
    free(out);
}

/* Loudness must not change what is not loudness. */
static void ten_times_louder_is_twenty_decibels_more(void **state)
{
    const struct feature_set *set = basic();
    double *soft, *loud;
    uint32_t seed = 5;

    (void)state;
    for (int i = 0; i < SAMPLES; i++) {
        seed = seed * 1664525u + 1013904223u;
        sample[i] = ((float)(seed >> 8) / 8388608.0f - 1) * 0.01f;
    }
    soft = measure(SAMPLES);
    for (int i = 0; i < SAMPLES; i++)
        sample[i] *= 10;
    loud = measure(SAMPLES);
    near(loud[column(set, "rms_db_mean")],
         soft[column(set, "rms_db_mean")] + 20, 1e-4);
    near(loud[column(set, "spectral_centroid_mean")],
         soft[column(set, "spectral_centroid_mean")], 0.1);
    near(loud[column(set, "mfcc1_mean")], soft[column(set, "mfcc1_mean")],
         1e-3);
    near(loud[column(set, "spectral_flux_mean")],
         soft[column(set, "spectral_flux_mean")], 1e-4);
    assert_true(soft[column(set, "voiced_fraction")] < 0.1);
    free(soft);
    free(loud);
}

static void silence_has_a_voiced_fraction_and_nothing_else(void **state)
{
    const struct feature_set *set = basic();
    double *out;

    (void)state;
    memset(sample, 0, sizeof(sample));
    out = measure(SAMPLES);
    near(out[column(set, "voiced_fraction")], 0, 0);
    for (size_t i = 0; i < registry_columns(set); i++)
        if (i != column(set, "voiced_fraction"))
            assert_true(isnan(out[i]));
    free(out);
}

/* Zeros that an editor put around a sound: only fewer frames are voiced. */
static void digital_silence_is_passed_over(void **state)
{
    const struct feature_set *set = basic();
    double *out;

    (void)state;
    sine(220, 0.1);
    memset(sample + SAMPLES / 2, 0, sizeof(sample) / 2);
    out = measure(SAMPLES);
    near(out[column(set, "voiced_fraction")], 0.5, 0.03);
    near(out[column(set, "rms_db_p50")], -23.0103, 0.05);
    near(out[column(set, "rms_db_mean")], -23.1, 0.3);
    near(out[column(set, "f0_p50")], 36, 0.02);
    free(out);
}

static void the_shortest_sound_has_features(void **state)
{
    const struct feature_set *set = basic();
    double *out;

    (void)state;
    sample[0] = 0.5f;
    out = measure(1);
    near(out[column(set, "rms_db_sd")], 0, 0);
    assert_true(isnan(out[column(set, "spectral_flux_mean")]));
    assert_int_equal(moments_count(set->plan, 160), 1);
    assert_int_equal(moments_count(set->plan, 161), 2);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(energy_is_that_of_a_sine),
        cmocka_unit_test(a_sine_crosses_zero_twice_a_period),
        cmocka_unit_test(shape_of_a_spectrum_by_hand),
        cmocka_unit_test(functionals_by_hand),
        cmocka_unit_test(the_registry_names_every_column_once),
        cmocka_unit_test(a_sine_has_the_features_of_a_sine),
        cmocka_unit_test(ten_times_louder_is_twenty_decibels_more),
        cmocka_unit_test(silence_has_a_voiced_fraction_and_nothing_else),
        cmocka_unit_test(digital_silence_is_passed_over),
        cmocka_unit_test(the_shortest_sound_has_features),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
