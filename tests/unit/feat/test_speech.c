/* speech, resonance, the sets egemaps and mien - on sounds made here. */
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
#include "eval/feat/prominence.h"
#include "eval/feat/registry.h"
#include "eval/feat/speech.h"
#include "eval/feat/speech_single.h"

enum { SECOND = SPEECH_RATE };

static void near(double a, double b, double slack)
{
    if (!(fabs(a - b) <= slack))
        fail_msg("%.9g is not %.9g", a, b);
}

/* Harmonics of 200 Hz, the first of 0.2, the others `drop` dB below. */
static float *harmonics(int64_t samples, double drop)
{
    float *sample = xcalloc((size_t)samples + 1, sizeof(*sample));
    double rest = 0.2 * pow(10, -drop / 20);

    for (int64_t i = 0; i < samples; i++)
        for (int h = 1; h <= 30; h++)
            sample[i] += (float)((h == 1 ? 0.2 : rest) *
                                 cos(2 * M_PI * 200 * h * (double)i / SECOND));
    return sample;
}

/* Pulses at 100 Hz that fall by 6 dB an octave, through resonators in a row. */
static float *vowel(int64_t samples, const double *hz, double width_hz,
                    int count)
{
    float *sample = xcalloc((size_t)samples + 1, sizeof(*sample));

    for (int64_t i = 0; i < samples; i += 160)
        sample[i] = 0.01f;
    for (int64_t i = 1; i < samples; i++)
        sample[i] += 0.98f * sample[i - 1];
    for (int k = 0; k < count; k++) {
        double r = exp(-M_PI * width_hz / SECOND);
        double a = 2 * r * cos(2 * M_PI * hz[k] / SECOND), b = -r * r;
        double y1 = 0, y2 = 0;

        for (int64_t i = 0; i < samples; i++) {
            double y = sample[i] + a * y1 + b * y2;

            y2 = y1;
            y1 = y;
            sample[i] = (float)y;
        }
    }
    return sample;
}

struct row {
    const struct feature_set *set;
    double *value;
};

static struct row measured(const char *name, const float *sample,
                           int64_t samples)
{
    struct error err;
    struct row row = { .set = registry_find(name, &err) };

    assert_non_null(row.set);
    row.value = xcalloc(registry_columns(row.set), sizeof(*row.value));
    assert_true(row.set->compute(row.set, sample, samples, row.value, &err));
    return row;
}

static double value_of(const struct row *row, const char *column)
{
    for (size_t i = 0; i < registry_columns(row->set); i++) {
        char *name = registry_column_name(row->set, i);
        bool same = strcmp(name, column) == 0;

        free(name);
        if (same)
            return row->value[i];
    }
    fail_msg("no column %s", column);
    return 0;
}

static void the_pitch_and_h1_h2_are_those_the_tone_was_made_with(void **state)
{
    static const double drops[] = { 0, 6, 12 };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        float *sample = harmonics(2 * SECOND, drops[i]);
        struct row row = measured("egemaps", sample, 2 * SECOND);

        near(value_of(&row, "f0_mean"), 12 * log2(200 / 27.5), 0.02);
        near(value_of(&row, "f0_sd"), 0, 0.05);
        near(value_of(&row, "h1_h2_mean"), drops[i], 0.2);
        near(value_of(&row, "voiced_share"), 1, 0.03);
        assert_true(value_of(&row, "hnr_mean") > 30);
        near(value_of(&row, "jitter_mean"), 0, 0.001);
        near(value_of(&row, "shimmer_mean"), 0, 0.1);
        free(row.value);
        free(sample);
    }
}

static void formants_are_those_of_the_resonators(void **state)
{
    static const double hz[] = { 700, 1200, 2500, 3500, 4500 };
    float *sample = vowel(2 * SECOND, hz, 80, 5);
    struct row row = measured("egemaps", sample, 2 * SECOND);

    (void)state;
    near(value_of(&row, "f0_mean"), 12 * log2(100 / 27.5), 0.02);
    near(value_of(&row, "f1_mean"), 700, 35);
    near(value_of(&row, "f2_mean"), 1200, 50);
    near(value_of(&row, "f3_mean"), 2500, 75);
    /* The window widens them; the reference's sign gives 1,000 Hz. */
    assert_true(value_of(&row, "f1_bandwidth_mean") < 250);
    assert_true(value_of(&row, "f1_bandwidth_mean") > 40);
    assert_true(value_of(&row, "f1_level_mean") > 5);
    near(value_of(&row, "f3_level_mean"), -value_of(&row, "h1_a3_mean"), 1e-6);
    free(row.value);
    free(sample);
}

static void levels_and_balance_do_not_depend_on_the_gain(void **state)
{
    static const char *const names[] = {
        "f0_mean",
        "h1_h2_mean",
        "slope_0_500_voiced_mean",
        "slope_500_1500_voiced_mean",
        "alpha_ratio_voiced_mean",
        "f1_mean",
    };
    static const double hz[] = { 500, 1500, 2500, 3500, 4500 };
    float *sample = vowel(SECOND, hz, 100, 5);
    struct row loud = measured("egemaps", sample, SECOND), low;

    (void)state;
    for (int i = 0; i < SECOND; i++)
        sample[i] *= 0.25f;
    low = measured("egemaps", sample, SECOND);
    for (size_t i = 0; i < 6; i++)
        near(value_of(&low, names[i]), value_of(&loud, names[i]),
             0.002 * fabs(value_of(&loud, names[i])) + 1e-5);
    near(value_of(&loud, "level") - value_of(&low, "level"), 20 * log10(4),
         1e-3);
    free(loud.value);
    free(low.value);
    free(sample);
}

static void silence_is_missing_and_not_zero(void **state)
{
    float *sample = xcalloc(SECOND, sizeof(*sample));
    struct row row = measured("egemaps", sample, SECOND);

    (void)state;
    for (size_t i = 0; i < registry_columns(row.set); i++) {
        char *name = registry_column_name(row.set, i);
        bool counts = strncmp(name, "voiced_s", 8) == 0 ||
                      strcmp(name, "voiced_frames") == 0 ||
                      strncmp(name, "unvoiced_length", 15) == 0;

        if (isnan(row.value[i]) == counts)
            fail_msg("%s is %g", name, row.value[i]);
        free(name);
    }
    near(value_of(&row, "voiced_share"), 0, 0);
    near(value_of(&row, "voiced_frames"), 0, 0);
    free(row.value);
    free(sample);
}

static void noise_has_a_loudness_and_no_voice(void **state)
{
    float *sample = xcalloc(SECOND, sizeof(*sample));
    uint32_t seed = 1;
    struct row row;

    (void)state;
    for (int i = 0; i < SECOND; i++) {
        seed = seed * 1664525u + 1013904223u;
        sample[i] = (float)((double)(seed >> 8) / (1 << 24) - 0.5) * 0.1f;
    }
    row = measured("egemaps", sample, SECOND);
    near(value_of(&row, "voiced_share"), 0, 0.05);
    assert_true(value_of(&row, "loudness_mean") > 0);
    assert_false(isnan(value_of(&row, "alpha_ratio_unvoiced_mean")));
    free(row.value);
    free(sample);
}

static void a_sound_of_one_sample_is_measured(void **state)
{
    static const float sample[] = { 0.5f };
    struct row row = measured("egemaps", sample, 1);
    struct row none = measured("egemaps", sample, 0);
    struct row more = measured("mien", sample, 1);
    struct row no_more = measured("mien", sample, 0);

    (void)state;
    assert_true(isnan(value_of(&more, "modulation_2_16")));
    assert_true(isnan(value_of(&more, "f0_dct0")));
    near(value_of(&more, "pause_share"), 0, 0);
    assert_true(isnan(value_of(&no_more, "pause_share")));
    assert_true(isnan(value_of(&no_more, "ltas1")));
    free(more.value);
    free(no_more.value);
    assert_true(isnan(value_of(&row, "f0_mean")));
    assert_true(isnan(value_of(&none, "level")));
    assert_true(isnan(value_of(&none, "voiced_share")));
    free(row.value);
    free(none.value);
}

static void mien_has_every_column_once_those_of_egemaps_first(void **state)
{
    struct error err;
    const struct feature_set *set = registry_find("mien", &err);
    const struct feature_set *part = registry_find("egemaps", &err);
    size_t count = registry_columns(set);

    (void)state;
    assert_in_range(count, 600, 1500);
    for (size_t i = 0; i < count; i++) {
        char *name = registry_column_name(set, i);

        for (size_t j = 0; j < i; j++) {
            char *other = registry_column_name(set, j);

            assert_string_not_equal(name, other);
            free(other);
        }
        if (i < registry_columns(part)) {
            char *same = registry_column_name(part, i);

            assert_string_equal(name, same);
            free(same);
        }
        free(name);
    }
}

/* Harmonics of 200 Hz that swell five times a second, with 1 s of nothing. */
static void rhythm_is_that_of_the_swells(void **state)
{
    float *sample = harmonics(4 * SECOND, 6);
    struct row row;

    (void)state;
    for (int64_t i = 0; i < 4 * SECOND; i++) {
        double swell = 0.51 - 0.49 * cos(2 * M_PI * 5 * (double)i / SECOND);

        sample[i] *= (float)(0.3 * swell);
    }
    row = measured("mien", sample, 4 * SECOND);
    near(value_of(&row, "syllables"), 5, 0.3);
    near(value_of(&row, "loudness_peaks"), 5, 0.3);
    near(value_of(&row, "f0_dct0"), 12 * log2(200 / 27.5), 0.05);
    near(value_of(&row, "f0_dct1"), 0, 0.05);
    assert_true(value_of(&row, "modulation_4_8") > 0.7);
    assert_true(value_of(&row, "modulation_2_4") < 0.05);
    assert_true(value_of(&row, "modulation_2_16") > 0.3);
    near(value_of(&row, "modulation_peak"), 5, 0.25);
    near(value_of(&row, "syllable_interval_mean"), 0.2, 0.01);
    near(value_of(&row, "syllable_npvi"), 0, 5);
    free(row.value);
    for (int64_t i = 2 * SECOND; i < 3 * SECOND; i++)
        sample[i] = 0;
    row = measured("mien", sample, 4 * SECOND);
    near(value_of(&row, "pause_length_mean"), 1, 0.2);
    near(value_of(&row, "pause_share"), 0.25, 0.05);
    free(row.value);
    free(sample);
}

/*
 * Three voices that rise by 200 dB a second for 0.1 s and fall by 100 for
 * 0.2 s, with 0.3 and 0.5 s between their begins, in silence.
 */
static float *bursts(int64_t samples)
{
    static const double begin[] = { 0.5, 0.8, 1.3 };
    float *sample = harmonics(samples, 6);

    for (int64_t i = 0; i < samples; i++) {
        double db = -INFINITY;

        for (int k = 0; k < 3; k++) {
            double t = (double)i / SECOND - begin[k];

            if (t >= 0 && t < 0.1)
                db = 200 * t - 20;
            else if (t >= 0.1 && t < 0.3)
                db = -100 * (t - 0.1);
        }
        sample[i] *= (float)pow(10, db / 20);
    }
    return sample;
}

static void onsets_and_ends_are_those_of_the_bursts(void **state)
{
    float *sample = bursts(2 * SECOND);
    struct row row = measured("mien", sample, 2 * SECOND);

    (void)state;
    /* Less than it was made, as the level is smoothed over five frames. */
    near(value_of(&row, "attack_time_mean"), 0.1, 0.03);
    near(value_of(&row, "attack_mean"), 190, 40);
    near(value_of(&row, "release_mean"), 100, 20);
    near(value_of(&row, "syllable_interval_mean"), 0.4, 0.02);
    /* By hand: 100 |0.3 - 0.5| / 0.4; two intervals. */
    near(value_of(&row, "syllable_npvi"), 50, 6);
    near(value_of(&row, "f0_begin_mean"), 0, 0.3);
    near(value_of(&row, "f0_last"), 0, 0.1);
    free(row.value);
    free(sample);
}

/* How long somebody waited before and after speaking changes nothing. */
static void silence_around_a_voice_changes_no_column(void **state)
{
    int64_t length = 2 * SECOND, before = SECOND / 2, after = SECOND;
    float *sample = bursts(length);
    float *padded = xcalloc((size_t)(length + before + after), sizeof(*padded));
    struct row row = measured("mien", sample, length), more;

    (void)state;
    memcpy(padded + before, sample, (size_t)length * sizeof(*padded));
    more = measured("mien", padded, length + before + after);
    for (size_t i = 0; i < registry_columns(row.set); i++) {
        double a = row.value[i], b = more.value[i];

        if (isnan(a) && isnan(b))
            continue;
        near(b, a, 1e-9 * fmax(1, fabs(a)));
    }
    free(more.value);
    free(row.value);
    free(padded);
    free(sample);
}

/* By the definition, in double precision, without a fast transform. */
static double slow_prominence(const float *sample)
{
    enum { FRAME = 960, SIZE = 1024, HALF = SIZE / 2 };
    double *level = xcalloc(HALF + 1, sizeof(*level)), up = 0, down = 0;
    double cepstrum[HALF + 1], sum = 0, n = HALF + 1 - 16, middle;
    int top = 32;

    for (int k = 0; k <= HALF; k++) {
        double re = 0, im = 0;

        for (int i = 0; i < FRAME; i++) {
            double window = 0.54 - 0.46 * cos(2 * M_PI * i / (FRAME - 1));
            double angle = 2 * M_PI * (double)k * i / SIZE;

            re += sample[i] * window * cos(angle);
            im -= sample[i] * window * sin(angle);
        }
        level[k] = 10 * log10(fmax(1e-14, re * re + im * im));
    }
    for (int q = 0; q <= HALF; q++) {
        double value = level[0] + (q % 2 ? -1 : 1) * level[HALF];

        for (int k = 1; k < HALF; k++)
            value += 2 * level[k] * cos(2 * M_PI * (double)k * q / SIZE);
        cepstrum[q] = 20 * log10(fabs(value));
    }
    middle = 16 + (n - 1) / 2;
    for (int q = 16; q <= HALF; q++) {
        sum += cepstrum[q];
        up += (q - middle) * cepstrum[q];
        down += (q - middle) * (q - middle);
    }
    /* 60 to 500 Hz. */
    for (int q = 32; q <= 266; q++)
        if (cepstrum[q] > cepstrum[top])
            top = q;
    free(level);
    return cepstrum[top] - (sum / n + (top - middle) * up / down);
}

static void prominence_is_that_of_its_definition(void **state)
{
    static const double hz[] = { 500, 1500, 2500 };
    float *sample = vowel(SECOND, hz, 80, 3);
    struct prominence *prominence;
    double clean, noisy, ignored, plain;
    uint32_t seed = 1;

    (void)state;
    prominence = prominence_new(sample, SECOND, SECOND, SPEECH_HOP);
    prominence_at(prominence, 50, &plain, &clean);
    near(plain, slow_prominence(sample + 50 * 160 - 480), 0.1);
    prominence_free(prominence);
    for (int64_t i = 0; i < SECOND; i++) {
        seed = seed * 1664525 + 1013904223;
        sample[i] += (float)(0.2 * ((double)seed / UINT32_MAX - 0.5));
    }
    prominence = prominence_new(sample, SECOND, SECOND, SPEECH_HOP);
    prominence_at(prominence, 50, &ignored, &noisy);
    near(ignored, slow_prominence(sample + 50 * 160 - 480), 0.05);
    prominence_free(prominence);
    if (!(noisy < clean - 3))
        fail_msg("%g with noise, %g without", noisy, clean);
    free(sample);
}

static void zeros_at_the_ends_change_no_column_at_all(void **state)
{
    float *sample = harmonics(2 * SECOND, 6);
    float *padded = calloc(4 * SECOND, sizeof(*padded));

    (void)state;
    for (int64_t i = 0; i < 2 * SECOND; i++)
        padded[777 + i] = sample[i] *= 0.1f;
    for (int i = 0; i < 2; i++) {
        const char *name = i ? "mien" : "egemaps";
        struct row row = measured(name, sample, 2 * SECOND);
        struct row other = measured(name, padded, 4 * SECOND);

        assert_memory_equal(row.value, other.value,
                            registry_columns(row.set) * sizeof(double));
        assert_true(value_of(&row, "voiced_share") > 0.9);
        free(row.value);
        free(other.value);
    }
    free(sample);
    free(padded);
}

/* Gaps are closed: the 30 values that are there make the course. */
static void a_course_is_told_by_its_cosines(void **state)
{
    double value[40], dct[SPEECH_DCT_COUNT];
    int at = 0;

    (void)state;
    for (int t = 0; t < 40; t++) {
        double place = M_PI * (at + 0.5) / 30;

        value[t] = t % 4 == 3 ? NAN : 5 + 2 * cos(place) - 3 * cos(3 * place);
        at += t % 4 != 3;
    }
    speech_dct(value, 40, dct);
    near(dct[0], 5, 1e-12);
    near(dct[1], 2, 1e-12);
    near(dct[2], 0, 1e-12);
    near(dct[3], -3, 1e-12);
    near(dct[4], 0, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pitch_and_h1_h2_are_those_the_tone_was_made_with),
        cmocka_unit_test(formants_are_those_of_the_resonators),
        cmocka_unit_test(levels_and_balance_do_not_depend_on_the_gain),
        cmocka_unit_test(silence_is_missing_and_not_zero),
        cmocka_unit_test(noise_has_a_loudness_and_no_voice),
        cmocka_unit_test(a_sound_of_one_sample_is_measured),
        cmocka_unit_test(mien_has_every_column_once_those_of_egemaps_first),
        cmocka_unit_test(a_course_is_told_by_its_cosines),
        cmocka_unit_test(rhythm_is_that_of_the_swells),
        cmocka_unit_test(onsets_and_ends_are_those_of_the_bursts),
        cmocka_unit_test(silence_around_a_voice_changes_no_column),
        cmocka_unit_test(prominence_is_that_of_its_definition),
        cmocka_unit_test(zeros_at_the_ends_change_no_column_at_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
