/*
 * speech_single - see speech_single.h.
 */
#include <config.h>

#include "eval/feat/speech_single.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/signal/fft.h"
#include "eval/feat/functionals.h"
#include "eval/feat/hills.h"
#include "eval/feat/speech_onset.h"

#define HILL 0.1      /* of the range of the loudness */
#define PAUSE_DB 25.0 /* below the loudest moment, as in Praat */
#define PAUSE_MOMENTS 10
#define LEAST_MOMENTS 50 /* for a modulation spectrum: half a second */

struct runs {
    double count, sum, square; /* moments */
};

static void end_run(struct runs *runs, int64_t length, int64_t least)
{
    if (length < least)
        return;
    runs->count++;
    runs->sum += (double)length;
    runs->square += (double)length * (double)length;
}

/* Runs of moments that are inside, `least` and longer. */
static struct runs find_runs(const bool *inside, int64_t count, bool wanted,
                             int64_t least)
{
    struct runs runs = { 0 };
    int64_t length = 0;

    for (int64_t t = 0; t < count; t++) {
        if (inside[t] == wanted) {
            length++;
            continue;
        }
        end_run(&runs, length, least);
        length = 0;
    }
    end_run(&runs, length, least);
    return runs;
}

static double run_mean(const struct runs *runs)
{
    return runs->count > 0 ? runs->sum / runs->count * SPEECH_HOP_S : NAN;
}

static double run_sd(const struct runs *runs)
{
    double mean = runs->sum / runs->count;

    if (!(runs->count > 0))
        return NAN;
    return sqrt(fmax(0, runs->square / runs->count - mean * mean)) *
           SPEECH_HOP_S;
}

static void measure_voicing(const struct speech *speech, bool *inside,
                            double *out)
{
    double seconds = (double)speech->count * SPEECH_HOP_S;
    struct runs voiced, unvoiced;

    for (int64_t t = 0; t < speech->count; t++)
        inside[t] = !isnan(speech->contour[SPEECH_F0][t]);
    voiced = find_runs(inside, speech->count, true, 1);
    unvoiced = find_runs(inside, speech->count, false, 1);
    out[SPEECH_VOICED_SHARE] = voiced.sum / (double)speech->count;
    out[SPEECH_VOICED_FRAMES] = voiced.sum;
    out[SPEECH_VOICED_RATE] = voiced.count / seconds;
    out[SPEECH_VOICED_LENGTH] = run_mean(&voiced);
    out[SPEECH_VOICED_LENGTH_SD] = run_sd(&voiced);
    out[SPEECH_UNVOICED_LENGTH] = run_mean(&unvoiced);
    out[SPEECH_UNVOICED_LENGTH_SD] = run_sd(&unvoiced);
    if (speech->power > 0)
        out[SPEECH_POWER_DB] = 10 * log10(speech->power);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* Sorts what is defined into `sorted`; returns how many. */
static int64_t sort(const double *value, int64_t count, double *sorted)
{
    int64_t n = 0;

    for (int64_t t = 0; t < count; t++)
        if (!isnan(value[t]))
            sorted[n++] = value[t];
    qsort(sorted, (size_t)n, sizeof(*sorted), by_size);
    return n;
}

/* Hills of the loudness, and syllables, a second. */
static void measure_rhythm(const struct speech *speech, double *work,
                           double *out)
{
    double seconds = (double)speech->count * SPEECH_HOP_S;
    double *level = work, *sorted = work + speech->count;
    int64_t *top = xcalloc((size_t)speech->count + 1, sizeof(*top));
    int64_t n;
    struct hills hills;

    speech_smooth(speech->contour[SPEECH_LOUDNESS], speech->count, 1, level);
    n = sort(level, speech->count, sorted);
    if (n == 0)
        goto done;
    hills_of(level, speech->count, SPEECH_HOP_S,
             HILL * (sorted[n - 1] - sorted[0]), &hills);
    out[SPEECH_LOUDNESS_PEAKS] = (double)hills.tops / seconds;
    out[SPEECH_SYLLABLES] =
        (double)speech_syllables(speech, work, top) / seconds;
done:
    free(top);
}

/* Digital silence is a pause as well. */
static void measure_pauses(const struct speech *speech, bool *inside,
                           double *out)
{
    const double *level = speech->contour[SPEECH_LEVEL];
    double most = -INFINITY, count = (double)speech->count;
    struct runs runs;

    for (int64_t t = 0; t < speech->count; t++)
        if (level[t] > most)
            most = level[t];
    if (isinf(most))
        return;
    for (int64_t t = 0; t < speech->count; t++)
        inside[t] = !(level[t] > most - PAUSE_DB);
    runs = find_runs(inside, speech->count, true, PAUSE_MOMENTS);
    out[SPEECH_PAUSE_SHARE] = runs.sum / count;
    out[SPEECH_PAUSE_RATE] = runs.count / (count * SPEECH_HOP_S);
    out[SPEECH_PAUSE_LENGTH] = run_mean(&runs);
}

/* The spectrum of the loudness over time, under a Hann window. */
static void measure_modulation(const struct speech *speech, double *out)
{
    const double *loudness = speech->contour[SPEECH_LOUDNESS];
    double mean = 0, all = 0, band[3] = { 0 }, weight = 0;
    double count = (double)speech->count, most = 0, moment = 0, between = 0;
    int size = fft_size_for((int)speech->count);
    struct fft *fft = fft_new(size);
    float *wave = xcalloc((size_t)size, sizeof(*wave));
    float *power = xcalloc((size_t)size, sizeof(*power));

    for (int64_t t = 0; t < speech->count; t++)
        mean += isnan(loudness[t]) ? 0 : loudness[t] / count;
    for (int64_t t = 0; t < speech->count; t++) {
        double hann = 0.5 - 0.5 * cos(2 * M_PI * ((double)t + 0.5) / count);
        double value = isnan(loudness[t]) ? 0 : loudness[t];

        wave[t] = (float)(hann * (value - mean));
        weight += hann * hann;
    }
    fft_power(fft, wave, power);
    for (int k = 1; k <= size / 2; k++) {
        double hz = k / (SPEECH_HOP_S * size);

        all += power[k];
        if (hz >= 1 && hz < 16) {
            between += power[k];
            moment += hz * power[k];
            if (power[k] > most)
                out[SPEECH_MODULATION_PEAK] = hz;
            most = fmax(most, power[k]);
        }
        for (int b = 0; b < 3; b++)
            if (hz >= 2 << b && hz < 4 << b)
                band[b] += power[k];
    }
    if (all > 0 && mean > 0) {
        double sum = band[0] + band[1] + band[2];

        if (between > 0)
            out[SPEECH_MODULATION_CENTRE] = moment / between;
        /* Twice: the other half of the spectrum; by Parseval's theorem. */
        out[SPEECH_MODULATION] = sqrt(2 * sum / size / weight) / mean;
        for (int b = 0; b < 3; b++)
            out[SPEECH_MODULATION_2 + b] = band[b] / all;
    }
    fft_free(fft);
    free(wave);
    free(power);
}

void speech_dct(const double *value, int64_t count,
                double out[SPEECH_DCT_COUNT])
{
    double sum[SPEECH_DCT_COUNT] = { 0 };
    int64_t n = 0, i = 0;

    for (int64_t t = 0; t < count; t++)
        n += !isnan(value[t]);
    for (int64_t t = 0; t < count; t++) {
        if (isnan(value[t]))
            continue;
        for (int k = 0; k < SPEECH_DCT_COUNT; k++)
            sum[k] += value[t] * cos(M_PI * k * ((double)i + 0.5) / (double)n);
        i++;
    }
    for (int k = 0; k < SPEECH_DCT_COUNT && n >= SPEECH_DCT_COUNT; k++)
        out[k] = (k == 0 ? 1 : 2) * sum[k] / (double)n;
}

static void measure_long_term(const struct speech *speech, double *out)
{
    double sum = 0;

    for (int m = 0; m < SPEECH_BANDS; m++)
        sum += speech->band[m];
    for (int m = 0; m < SPEECH_BANDS && sum > 0; m++)
        out[m] = 10 * log10(fmax(1e-12, speech->band[m] / sum));
}

void speech_single_measure(const struct speech *speech,
                           double out[SPEECH_SINGLES])
{
    size_t room = (size_t)speech->count + 1;
    bool *inside = xcalloc(room, sizeof(*inside));
    double *work = xcalloc(2 * room, sizeof(*work));

    for (int i = 0; i < SPEECH_SINGLES; i++)
        out[i] = NAN;
    if (speech->count > 0) {
        measure_voicing(speech, inside, out);
        measure_rhythm(speech, work, out);
        measure_pauses(speech, inside, out);
        speech_onset_measure(speech, out);
    }
    if (speech->count >= LEAST_MOMENTS)
        measure_modulation(speech, out);
    speech_dct(speech->contour[SPEECH_F0], speech->count, out + SPEECH_F0_DCT0);
    speech_dct(speech->contour[SPEECH_LOUDNESS], speech->count,
               out + SPEECH_LOUDNESS_DCT0);
    measure_long_term(speech, out + SPEECH_LTAS1);
    free(inside);
    free(work);
}
