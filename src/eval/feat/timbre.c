/*
 * timbre - see timbre.h.
 */
#include <config.h>

#include "eval/feat/timbre.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/signal/fft.h"
#include "common/signal/mel.h"
#include "common/signal/window.h"
#include "eval/feat/balance.h"
#include "eval/feat/loudness.h"

enum {
    BANDS = 26,
    COEFFICIENTS = 4,
    LIFTER = 22,
    SIDE = 4, /* sums side by side: one would wait for itself */
};

#define LOW_HZ 20.0
#define HIGH_HZ 8000.0
#define FLUX_HZ 5000.0
#define FLOOR (1 / (32767.0 * 32767.0)) /* of a band, for its logarithm */

struct timbre {
    int frame, bins;
    struct fft *fft;
    struct mel *mel;
    struct loudness *loudness;
    struct formant *formant;
    struct balance_slope slope[2];
    double bin_hz;
    int flux_bins;
    double lifter[COEFFICIENTS];
    bool began; /* there is a frame before */
    /* All owned. */
    float *window, *piece, *spectrum, *power, *level;
    float *magnitude, *before;
};

static void set_up_bands(struct timbre *timbre, int rate)
{
    double high = fmin(HIGH_HZ, rate / 2.0);
    struct mel_settings mel = { .rate = rate,
                                .fft_size = fft_size(timbre->fft),
                                .bands = BANDS,
                                .low_hz = LOW_HZ,
                                .high_hz = high,
                                .without_edge_bins = true };

    timbre->mel = mel_new(&mel);
    timbre->loudness = loudness_new(BANDS, LOW_HZ, high);
    for (int i = 0; i < COEFFICIENTS; i++)
        timbre->lifter[i] = 1 + LIFTER / 2.0 * sin(M_PI * (i + 1) / LIFTER);
}

struct timbre *timbre_new(int rate, int frame)
{
    struct timbre *timbre = xcalloc(1, sizeof(*timbre));
    int size = fft_size_for(frame);

    timbre->frame = frame;
    timbre->fft = fft_new(size);
    timbre->bins = fft_bins(timbre->fft);
    timbre->bin_hz = (double)rate / size;
    set_up_bands(timbre, rate);
    timbre->formant = formant_new(rate, frame, size);
    balance_slope_init(&timbre->slope[0], 0, 500, timbre->bins, timbre->bin_hz);
    balance_slope_init(&timbre->slope[1], 500, 1500, timbre->bins,
                       timbre->bin_hz);
    timbre->flux_bins = (int)ceil(FLUX_HZ / timbre->bin_hz);
    if (timbre->flux_bins > timbre->bins)
        timbre->flux_bins = timbre->bins;
    timbre->window = xcalloc((size_t)frame, sizeof(float));
    window_fill(WINDOW_HAMMING, timbre->window, frame);
    timbre->piece = xcalloc((size_t)size, sizeof(float));
    timbre->spectrum = xcalloc((size_t)size + 2, sizeof(float));
    timbre->power = xcalloc((size_t)timbre->bins, sizeof(float));
    timbre->level = xcalloc((size_t)timbre->bins, sizeof(float));
    timbre->magnitude = xcalloc((size_t)timbre->bins, sizeof(float));
    timbre->before = xcalloc((size_t)timbre->bins, sizeof(float));
    return timbre;
}

void timbre_free(struct timbre *timbre)
{
    if (!timbre)
        return;
    fft_free(timbre->fft);
    mel_free(timbre->mel);
    loudness_free(timbre->loudness);
    formant_free(timbre->formant);
    free(timbre->window);
    free(timbre->piece);
    free(timbre->spectrum);
    free(timbre->power);
    free(timbre->level);
    free(timbre->magnitude);
    free(timbre->before);
    free(timbre);
}

/* Root mean square change of the magnitudes; 0 at the first frame. */
static double flux(struct timbre *timbre)
{
    float *swap = timbre->before;
    double part[SIDE] = { 0 }, sum;

    for (int k = 0; k < timbre->flux_bins; k++) {
        float step = timbre->magnitude[k] - timbre->before[k];

        part[k % SIDE] += step * step;
    }
    sum = (part[0] + part[1]) + (part[2] + part[3]);
    timbre->before = timbre->magnitude;
    timbre->magnitude = swap;
    if (!timbre->began)
        sum = 0;
    timbre->began = true;
    return sqrt(sum / timbre->flux_bins);
}

static void transform(struct timbre *timbre, const float *sample)
{
    for (int i = 0; i < timbre->frame; i++)
        timbre->piece[i] = sample[i] * timbre->window[i];
    fft_forward(timbre->fft, timbre->piece, timbre->spectrum);
    for (int k = 0; k < timbre->bins; k++) {
        float re = timbre->spectrum[2 * k], im = timbre->spectrum[2 * k + 1];

        timbre->power[k] = re * re + im * im;
    }
    for (int k = 0; k < timbre->flux_bins; k++)
        timbre->magnitude[k] = sqrtf(timbre->power[k]);
}

static double mean_square(const float *sample, int count)
{
    double part[SIDE] = { 0 };

    for (int i = 0; i < count; i++)
        part[i % SIDE] += (double)sample[i] * sample[i];
    return ((part[0] + part[1]) + (part[2] + part[3])) / count;
}

void timbre_step(struct timbre *timbre, const float *sample,
                 struct voice_row *row, struct timbre_formants *formants)
{
    const float *power = timbre->power;
    int bins = timbre->bins;
    double bin_hz = timbre->bin_hz, band[BANDS], cepstrum[COEFFICIENTS];
    float *value = row->value;

    transform(timbre, sample);
    row->power = mean_square(sample, timbre->frame);
    mel_bands(timbre->mel, power, band);
    mel_cepstrum(timbre->mel, band, FLOOR, 1, COEFFICIENTS, cepstrum);
    value[VOICE_LOUDNESS] = (float)loudness_of(timbre->loudness, band);
    for (int i = 0; i < COEFFICIENTS; i++)
        value[VOICE_MFCC1 + i] = (float)(cepstrum[i] * timbre->lifter[i]);
    value[VOICE_ALPHA_RATIO] = (float)balance_alpha_ratio(power, bins, bin_hz);
    value[VOICE_HAMMARBERG] = (float)balance_hammarberg(power, bins, bin_hz);
    balance_levels(power, timbre->slope[1].last + 1, timbre->level);
    value[VOICE_SLOPE_0] =
        (float)balance_slope_of(&timbre->slope[0], timbre->level);
    value[VOICE_SLOPE_500] =
        (float)balance_slope_of(&timbre->slope[1], timbre->level);
    value[VOICE_FLUX] = (float)flux(timbre);
    formant_find(timbre->formant, timbre->spectrum, formants->item);
}
