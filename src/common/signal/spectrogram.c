/*
 * spectrogram - how strong each band of frequencies is around a moment.
 */
#include <config.h>

#include "common/signal/spectrogram.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/signal/fft.h"
#include "common/signal/window.h"

enum { BINS_A_BAND = 2 }; /* at least: the spectrum is that dense */

struct spectrogram {
    struct spectrogram_settings settings;
    struct fft *fft; /* owned */
    int frame;       /* samples */
    float *weight;   /* owned; of the frame */
    float *piece;    /* owned; the frame, weighted, and zeros */
    float *power;    /* owned; of the bins */
    double *gain;    /* owned; of the bins: to a full-scale sine, emphasis */
    double *sum;     /* owned; of the bands */
    int count;       /* frames in it */
};

struct spectrogram_settings spectrogram_wide_band(int rate, int bands)
{
    return (struct spectrogram_settings){
        .rate = rate,
        .window_s = 0.005,
        .top_hz = fmin(5000, rate / 2.0),
        .bands = bands,
        .emphasis_db = 6,
    };
}

static bool check(const struct spectrogram_settings *settings,
                  struct error *err)
{
    double frame = settings->window_s * settings->rate;

    if (settings->bands < 1 || settings->bands > SPECTROGRAM_MAX_BANDS)
        return error_set(err, ERROR_USAGE, "a spectrogram has 1 to %d bands",
                         SPECTROGRAM_MAX_BANDS);
    if (!(settings->top_hz > 0) || settings->top_hz > settings->rate / 2.0)
        return error_set(err, ERROR_USAGE,
                         "a spectrogram ends at half the sampling rate");
    if (!(frame >= 4) || frame > FFT_MAX_SIZE / 4)
        return error_set(err, ERROR_USAGE,
                         "a window of %g s does not fit %d Hz",
                         settings->window_s, settings->rate);
    return true;
}

static int band_of(const struct spectrogram_settings *settings, double hz)
{
    return (int)(hz / settings->top_hz * settings->bands);
}

/*
 * A sine of amplitude 1 has |X| = sum(w) / 2 in its bin.  The emphasis of bin
 * 0 is that of half a bin: there is no octave below 0 Hz.
 */
static void fill_gain(struct spectrogram *spectrogram, int size)
{
    const struct spectrogram_settings *settings = &spectrogram->settings;
    double sum = 0;

    for (int i = 0; i < spectrogram->frame; i++)
        sum += spectrogram->weight[i];
    for (int k = 0; k < fft_bins(spectrogram->fft); k++) {
        double hz = (k > 0 ? k : 0.5) * settings->rate / size;
        double db = settings->emphasis_db * log2(hz / 1000);

        spectrogram->gain[k] = pow(10, db / 10) * 4 / (sum * sum);
    }
}

struct spectrogram *spectrogram_new(const struct spectrogram_settings *settings,
                                    struct error *err)
{
    struct spectrogram *spectrogram;
    double dense; /* samples that give each band enough bins */
    int size;

    if (!check(settings, err))
        return NULL;
    spectrogram = xcalloc(1, sizeof(*spectrogram));
    spectrogram->settings = *settings;
    spectrogram->frame = (int)lround(settings->window_s * settings->rate);
    dense = BINS_A_BAND * settings->rate / (settings->top_hz / settings->bands);
    size = fft_size_for(
        (int)fmin(fmax(ceil(dense), spectrogram->frame), FFT_MAX_SIZE));
    spectrogram->fft = fft_new(size);
    spectrogram->weight =
        xcalloc((size_t)spectrogram->frame, sizeof(*spectrogram->weight));
    spectrogram->piece = xcalloc((size_t)size, sizeof(*spectrogram->piece));
    spectrogram->power = xcalloc((size_t)fft_bins(spectrogram->fft),
                                 sizeof(*spectrogram->power));
    spectrogram->gain =
        xcalloc((size_t)fft_bins(spectrogram->fft), sizeof(*spectrogram->gain));
    spectrogram->sum =
        xcalloc((size_t)settings->bands, sizeof(*spectrogram->sum));
    window_fill(WINDOW_GAUSS, spectrogram->weight, spectrogram->frame);
    fill_gain(spectrogram, size);
    return spectrogram;
}

void spectrogram_free(struct spectrogram *spectrogram)
{
    if (!spectrogram)
        return;
    fft_free(spectrogram->fft);
    free(spectrogram->weight);
    free(spectrogram->piece);
    free(spectrogram->power);
    free(spectrogram->gain);
    free(spectrogram->sum);
    free(spectrogram);
}

int spectrogram_frame(const struct spectrogram *spectrogram)
{
    return spectrogram->frame;
}

/* The mean power of the bins of each band. */
void spectrogram_add(struct spectrogram *spectrogram, const float *frame)
{
    const struct spectrogram_settings *settings = &spectrogram->settings;
    int bins = fft_bins(spectrogram->fft);
    double step = (double)settings->rate / fft_size(spectrogram->fft);
    int k = 0;

    for (int i = 0; i < spectrogram->frame; i++)
        spectrogram->piece[i] = frame[i] * spectrogram->weight[i];
    fft_power(spectrogram->fft, spectrogram->piece, spectrogram->power);
    for (int band = 0; band < settings->bands; band++) {
        double sum = 0;
        int count = 0;

        for (; k < bins && band_of(settings, k * step) <= band; k++) {
            sum += (double)spectrogram->power[k] * spectrogram->gain[k];
            count++;
        }
        spectrogram->sum[band] += count > 0 ? sum / count : 0;
    }
    spectrogram->count++;
}

void spectrogram_take(struct spectrogram *spectrogram, float *db)
{
    for (int band = 0; band < spectrogram->settings.bands; band++) {
        double power = spectrogram->count > 0
                           ? spectrogram->sum[band] / spectrogram->count
                           : 0;

        /* log10(0) is minus infinity, and fmax() takes the other. */
        db[band] = (float)fmax(10 * log10(power), SPECTROGRAM_FLOOR_DB);
        spectrogram->sum[band] = 0;
    }
    spectrogram->count = 0;
}
