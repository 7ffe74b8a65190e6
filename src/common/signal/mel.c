/*
 * mel - see mel.h.
 */
#include <config.h>

#include "common/signal/mel.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"

struct mel {
    int bands;
    int bins;
    /*
     * Bin k lies between the peaks of the bands lower[k] and lower[k] + 1:
     * `rising[k]` of it belongs to the upper, the rest to the lower one.
     * Below the first and above the last edge lower is -2.
     */
    int *lower;     /* owned */
    double *rising; /* owned */
    double *cosine; /* owned: [k * bands + m], k = 0 .. bands - 1 */
};

double mel_from_hz(double hz)
{
    return 2595 * log10(1 + hz / 700);
}

double mel_to_hz(double mel)
{
    return 700 * (pow(10, mel / 2595) - 1);
}

static void fill_bank(struct mel *mel, const struct mel_settings *settings)
{
    double low = mel_from_hz(settings->low_hz);
    double step = (mel_from_hz(settings->high_hz) - low) / (mel->bands + 1);
    double bin_hz = (double)settings->rate / settings->fft_size;
    int first = (int)floor(settings->low_hz / bin_hz + 0.5);
    int end = (int)floor(settings->high_hz / bin_hz + 0.5);

    for (int k = 0; k < mel->bins; k++) {
        double hz = k * bin_hz;
        double place = (mel_from_hz(hz) - low) / step; /* edges: 0, 1, ... */

        mel->lower[k] = -2;
        if (place <= 0 || place >= mel->bands + 1)
            continue;
        if (settings->without_edge_bins && (k <= first || k >= end))
            continue;
        mel->lower[k] = (int)floor(place) - 1;
        mel->rising[k] = place - floor(place);
    }
}

struct mel *mel_new(const struct mel_settings *settings)
{
    struct mel *mel = xcalloc(1, sizeof(*mel));
    int bands = settings->bands;

    assert(bands > 0 && settings->low_hz >= 0 &&
           settings->high_hz > settings->low_hz &&
           settings->high_hz <= settings->rate / 2.0);
    mel->bands = bands;
    mel->bins = settings->fft_size / 2 + 1;
    mel->lower = xcalloc((size_t)mel->bins, sizeof(*mel->lower));
    mel->rising = xcalloc((size_t)mel->bins, sizeof(*mel->rising));
    mel->cosine = xcalloc((size_t)bands * (size_t)bands, sizeof(double));
    fill_bank(mel, settings);
    for (int k = 0; k < bands; k++)
        for (int m = 0; m < bands; m++)
            mel->cosine[k * bands + m] = cos(M_PI * k * (m + 0.5) / bands);
    return mel;
}

void mel_free(struct mel *mel)
{
    if (!mel)
        return;
    free(mel->lower);
    free(mel->rising);
    free(mel->cosine);
    free(mel);
}

void mel_bands(const struct mel *mel, const float *power, double *band)
{
    for (int m = 0; m < mel->bands; m++)
        band[m] = 0;
    for (int k = 0; k < mel->bins; k++) {
        int lower = mel->lower[k];

        if (lower < -1)
            continue;
        if (lower >= 0)
            band[lower] += (1 - mel->rising[k]) * power[k];
        if (lower + 1 < mel->bands)
            band[lower + 1] += mel->rising[k] * power[k];
    }
}

void mel_cepstrum(const struct mel *mel, const double *band, double floor,
                  int first, int count, double *out)
{
    double scale = sqrt(2.0 / mel->bands);

    assert(first >= 0 && first + count <= mel->bands);
    for (int i = 0; i < count; i++)
        out[i] = 0;
    for (int m = 0; m < mel->bands; m++) {
        double level = log(band[m] > floor ? band[m] : floor);

        for (int i = 0; i < count; i++)
            out[i] += level * mel->cosine[(first + i) * mel->bands + m];
    }
    for (int i = 0; i < count; i++)
        out[i] *= scale;
}
