/*
 * speech - see speech.h.
 */
#include <config.h>

#include "eval/feat/speech.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/signal/fft.h"
#include "common/signal/frame.h"
#include "common/signal/mel.h"
#include "common/signal/pitch.h"
#include "common/signal/waveform.h"
#include "common/signal/window.h"
#include "eval/feat/balance.h"
#include "eval/feat/harmonics.h"
#include "eval/feat/loudness.h"
#include "eval/feat/periods.h"
#include "eval/feat/prominence.h"
#include "eval/feat/resonance.h"
#include "eval/feat/spectral.h"

enum {
    BINS = 257,       /* of the short frame */
    LONG_FRAME = 960, /* 60 ms */
    LONG_SIZE = 2048, /* dense enough for parabolas on harmonics */
    LOOK_AHEAD = 960, /* of jitter and shimmer */
    DELTA_REACH = 2,  /* frames on each side */
};

#define BIN_HZ 31.25
#define LOW_HZ 20.0
#define HIGH_HZ 8000.0
#define BAND_FLOOR 1e-10 /* below the rounding noise of 16 bits */
#define FLUX_HZ 5000.0
#define ROLLOFF_SHARE 0.85
#define SEMITONE_BASE_HZ 27.5
#define LOWEST_PITCH_HZ 75.0
#define LONGER 1.3 /* neighbouring periods at the most, as Praat has them */
#define HIGHER 1.6
#define MOST_STRENGTH 0.99999 /* 50 dB */

struct line {
    struct speech *speech;
    const float *sample; /* borrowed */
    int64_t samples;
    struct fft *fft, *long_fft;
    struct mel *mel;
    struct loudness *loudness;
    struct resonance *resonance;
    struct periods *periods;
    struct prominence *prominence;
    struct pitch_value *pitch;
    float *padded; /* the sound with zeros around, for periods */
    int64_t padding;
    float window[SPEECH_FRAME], long_window[LONG_FRAME];
    float power[BINS], magnitude[2][BINS];
    float long_piece[LONG_SIZE], long_magnitude[LONG_SIZE / 2 + 1];
    bool sounded; /* the frame before was not digital silence */
};

static bool find_pitch(struct line *line, struct error *err)
{
    struct pitch_settings settings = pitch_defaults(SPEECH_RATE, SPEECH_HOP);
    struct pitch *pitch = pitch_new(&settings, err);

    if (!pitch)
        return false;
    line->pitch = xcalloc((size_t)pitch_count(pitch, line->samples) + 1,
                          sizeof(*line->pitch));
    pitch_track(pitch, line->sample, line->samples, line->pitch);
    pitch_free(pitch);
    return true;
}

static void set_up_periods(struct line *line)
{
    struct periods_settings settings = { .rate = SPEECH_RATE,
                                         .hop = SPEECH_HOP,
                                         .frame = LOOK_AHEAD,
                                         .lowest_hz = LOWEST_PITCH_HZ,
                                         .most_length_ratio = LONGER,
                                         .most_height_ratio = HIGHER };

    line->periods = periods_new(&settings);
    line->padding = periods_reach(line->periods) + SPEECH_HOP;
    line->padded = xcalloc(
        (size_t)(line->samples + line->padding + SPEECH_HOP + LOOK_AHEAD),
        sizeof(*line->padded));
    memcpy(line->padded + line->padding, line->sample,
           (size_t)line->samples * sizeof(*line->padded));
}

static bool set_up(struct line *line, struct error *err)
{
    struct mel_settings mel = { .rate = SPEECH_RATE,
                                .fft_size = 2 * (BINS - 1),
                                .bands = SPEECH_BANDS,
                                .low_hz = LOW_HZ,
                                .high_hz = HIGH_HZ };

    line->fft = fft_new(2 * (BINS - 1));
    line->long_fft = fft_new(LONG_SIZE);
    line->mel = mel_new(&mel);
    line->loudness = loudness_new(SPEECH_BANDS, LOW_HZ, HIGH_HZ);
    window_fill(WINDOW_HAMMING, line->window, SPEECH_FRAME);
    window_fill(WINDOW_GAUSS, line->long_window, LONG_FRAME);
    set_up_periods(line);
    line->resonance =
        resonance_new(line->sample, line->samples, SPEECH_RATE, err);
    return line->resonance && find_pitch(line, err);
}

static void tear_down(struct line *line)
{
    fft_free(line->fft);
    fft_free(line->long_fft);
    mel_free(line->mel);
    loudness_free(line->loudness);
    resonance_free(line->resonance);
    periods_free(line->periods);
    prominence_free(line->prominence);
    free(line->pitch);
    free(line->padded);
}

/* The plain least-squares slope of the level in dB over frequency. */
static double slope(const float *power, double low_hz, double high_hz)
{
    int first = (int)ceil(low_hz / BIN_HZ), last = (int)(high_hz / BIN_HZ);
    double middle = (first + last) / 2.0, up = 0, down = 0;
    float level[BINS];

    balance_levels(power, last + 1, level);
    for (int k = first; k <= last; k++) {
        up += (k - middle) * level[k];
        down += (k - middle) * (k - middle);
    }
    return up / down / BIN_HZ;
}

/* Root mean square change of the magnitudes below FLUX_HZ. */
static double flux(const float *now, const float *before)
{
    int bins = (int)(FLUX_HZ / BIN_HZ);
    double sum = 0;

    for (int k = 0; k < bins; k++)
        sum += pow((double)now[k] - before[k], 2);
    return sqrt(sum / bins);
}

/* Of the power spectrum as a distribution; 1: flat.  Misra et al. (2004). */
static double entropy(const float *power)
{
    double sum = 0, bits = 0;

    for (int k = 1; k < BINS; k++)
        sum += power[k];
    if (!(sum > 0))
        return NAN;
    for (int k = 1; k < BINS; k++) {
        double p = power[k] / sum;

        bits -= p > 0 ? p * log2(p) : 0;
    }
    return bits / log2(BINS - 1);
}

static void put(struct line *line, int contour, int64_t t, double value)
{
    line->speech->contour[contour][t] = value;
}

static void measure_cepstrum(struct line *line, int64_t t)
{
    double band[SPEECH_BANDS], cepstrum[SPEECH_MFCC_COUNT];

    mel_bands(line->mel, line->power, band);
    for (int m = 0; m < SPEECH_BANDS; m++)
        line->speech->band[m] += band[m];
    mel_cepstrum(line->mel, band, BAND_FLOOR, 1, SPEECH_MFCC_COUNT, cepstrum);
    put(line, SPEECH_LOUDNESS, t, loudness_of(line->loudness, band));
    for (int i = 0; i < SPEECH_MFCC_COUNT; i++)
        put(line, SPEECH_MFCC1 + i, t, cepstrum[i]);
}

static bool is_silent(const float *sample, int count)
{
    for (int i = 0; i < count; i++)
        if (sample[i] != 0)
            return false;
    return true;
}

/* What needs no pitch; false for digital silence. */
static bool measure_spectrum(struct line *line, int64_t t)
{
    static const struct frame_settings framing = { SPEECH_FRAME, SPEECH_HOP,
                                                   true };
    float frame[2 * (BINS - 1)] = { 0 };
    float *now = line->magnitude[t % 2], *before = line->magnitude[(t + 1) % 2];
    bool sounded = line->sounded;
    double plain, smoothed;

    frame_copy(&framing, line->sample, line->samples, t, frame);
    line->sounded = !is_silent(frame, SPEECH_FRAME);
    if (!line->sounded)
        return false;
    put(line, SPEECH_LEVEL, t, waveform_rms_db(frame, SPEECH_FRAME));
    for (int i = 0; i < SPEECH_FRAME; i++)
        frame[i] *= line->window[i];
    fft_power(line->fft, frame, line->power);
    for (int k = 0; k < BINS; k++)
        now[k] = sqrtf(line->power[k]);
    measure_cepstrum(line, t);
    put(line, SPEECH_ALPHA_RATIO, t,
        balance_alpha_ratio(line->power, BINS, BIN_HZ));
    put(line, SPEECH_HAMMARBERG, t,
        balance_hammarberg(line->power, BINS, BIN_HZ));
    put(line, SPEECH_SLOPE_0, t, slope(line->power, 0, 500));
    put(line, SPEECH_SLOPE_500, t, slope(line->power, 500, 1500));
    put(line, SPEECH_CENTROID, t, spectral_centroid(now, BINS, BIN_HZ));
    put(line, SPEECH_ROLLOFF, t,
        spectral_rolloff(now, BINS, BIN_HZ, ROLLOFF_SHARE));
    put(line, SPEECH_ENTROPY, t, entropy(line->power));
    if (line->prominence) {
        prominence_at(line->prominence, t, &plain, &smoothed);
        put(line, SPEECH_CPP, t, plain);
        put(line, SPEECH_CPPS, t, smoothed);
    }
    if (sounded) {
        put(line, SPEECH_FLUX, t, flux(now, before));
        put(line, SPEECH_SHAPE_FLUX, t, spectral_flux(now, before, BINS));
    }
    return true;
}

/* Levels of harmonics by themselves and at the formants. */
static void measure_harmonics(struct line *line, int64_t t, double hz,
                              const struct resonance_value *formant)
{
    static const struct frame_settings framing = { LONG_FRAME, SPEECH_HOP,
                                                   true };
    float *magnitude = line->long_magnitude;
    struct harmonics harmonics;
    double first, second;

    frame_copy(&framing, line->sample, line->samples, t, line->long_piece);
    for (int i = 0; i < LONG_FRAME; i++)
        line->long_piece[i] *= line->long_window[i];
    fft_power(line->long_fft, line->long_piece, magnitude);
    for (int k = 0; k <= LONG_SIZE / 2; k++)
        magnitude[k] = sqrtf(magnitude[k]);
    harmonics_find(&harmonics, magnitude, LONG_SIZE / 2 + 1,
                   (double)SPEECH_RATE / LONG_SIZE, hz);
    if (harmonics.bin[0] < 0)
        return;
    first = harmonics_level(&harmonics, 1);
    second = harmonics_level(&harmonics, 2);
    if (second > HARMONICS_NO_LEVEL)
        put(line, SPEECH_H1_H2, t, first - second);
    for (int i = 0; i < RESONANCES; i++) {
        int near = isnan(formant[i].hz)
                       ? 0
                       : harmonics_near(&harmonics, formant[i].hz);
        double level;

        if (near == 0)
            continue;
        level = harmonics_level(&harmonics, near) - first;
        put(line, SPEECH_F1_LEVEL + 3 * i, t, level);
        if (i == 2)
            put(line, SPEECH_H1_A3, t, -level);
    }
}

static void measure_voice(struct line *line, int64_t t)
{
    struct pitch_value pitch = line->pitch[t];
    struct resonance_value formant[RESONANCES];
    double strength = fmin(MOST_STRENGTH, pitch.strength);
    /* The hop whose middle is the moment. */
    const float *hop =
        line->padded + line->padding + t * SPEECH_HOP - SPEECH_HOP / 2;
    struct periods_value periods = periods_step(line->periods, hop, pitch.hz);

    if (!(pitch.hz > 0))
        return;
    put(line, SPEECH_F0, t, 12 * log2(pitch.hz / SEMITONE_BASE_HZ));
    put(line, SPEECH_HNR, t, 10 * log10(strength / (1 - strength)));
    if (periods.has_jitter)
        put(line, SPEECH_JITTER, t, periods.jitter);
    if (periods.has_shimmer)
        put(line, SPEECH_SHIMMER, t, periods.shimmer_db);
    resonance_at(line->resonance, (double)t * SPEECH_HOP_S, formant);
    for (int i = 0; i < RESONANCES; i++) {
        put(line, SPEECH_F1_HZ + 3 * i, t, formant[i].hz);
        put(line, SPEECH_F1_WIDTH + 3 * i, t, formant[i].bandwidth_hz);
    }
    measure_harmonics(line, t, pitch.hz, formant);
}

/* Change a frame by regression; The HTK Book, equation 5.16. */
static void derive(const double *from, int64_t count, double *to)
{
    for (int64_t t = 0; t < count; t++) {
        double sum = 0, scale = 0;

        for (int64_t n = 1; n <= DELTA_REACH; n++) {
            int64_t after = t + n < count ? t + n : count - 1;
            int64_t before = t > n ? t - n : 0;

            sum += (double)n * (from[after] - from[before]);
            scale += 2 * (double)(n * n);
        }
        to[t] = sum / scale;
    }
}

static double mean_square(const float *sample, int64_t samples)
{
    double sum = 0;

    for (int64_t i = 0; i < samples; i++)
        sum += (double)sample[i] * sample[i];
    return samples > 0 ? sum / (double)samples : 0;
}

bool speech_measure(struct speech *speech, const float *sample, int64_t samples,
                    bool prominence, struct error *err)
{
    static const struct frame_settings framing = { SPEECH_FRAME, SPEECH_HOP,
                                                   true };
    struct line *line = xcalloc(1, sizeof(*line));
    bool good;

    memset(speech, 0, sizeof(*speech));
    speech->count = frame_count(&framing, samples);
    speech->power = mean_square(sample, samples);
    for (int i = 0; i < SPEECH_CONTOURS; i++) {
        speech->contour[i] =
            xcalloc((size_t)speech->count + 1, sizeof(*speech->contour[i]));
        for (int64_t t = 0; t < speech->count; t++)
            speech->contour[i][t] = NAN;
    }
    line->speech = speech;
    line->sample = sample;
    line->samples = samples;
    if (prominence)
        line->prominence =
            prominence_new(sample, samples, SPEECH_RATE, SPEECH_HOP);
    good = set_up(line, err);
    for (int64_t t = 0; good && t < speech->count; t++) {
        if (!measure_spectrum(line, t))
            line->pitch[t] = (struct pitch_value){ 0 };
        measure_voice(line, t);
    }
    for (int i = 0; i < 2 * SPEECH_MFCC_COUNT; i++)
        derive(speech->contour[SPEECH_MFCC1 + i], speech->count,
               speech->contour[SPEECH_DELTA1 + i]);
    tear_down(line);
    free(line);
    return good;
}

void speech_release(struct speech *speech)
{
    for (int i = 0; i < SPEECH_CONTOURS; i++)
        free(speech->contour[i]);
    memset(speech, 0, sizeof(*speech));
}
