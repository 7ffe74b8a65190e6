/*
 * fft - see fft.h.
 */
#include <config.h>

#include "common/signal/fft.h"

#include <assert.h>
#include <libavutil/mem.h>
#include <libavutil/tx.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

struct fft {
    int size;
    AVTXContext *forward, *inverse;
    av_tx_fn run_forward, run_inverse;
    /* Aligned as the transforms want it. */
    float *time; /* size */
    float *bins; /* size + 2 */
};

static void set_up(AVTXContext **context, av_tx_fn *run, int inverse, int size,
                   float scale)
{
    if (av_tx_init(context, run, AV_TX_FLOAT_RDFT, inverse, size, &scale, 0) <
        0)
        abort(); /* the size is right: out of memory */
}

struct fft *fft_new(int size)
{
    struct fft *fft = xcalloc(1, sizeof(*fft));
    size_t room = ((size_t)size + 2) * sizeof(float);

    assert(size >= FFT_MIN_SIZE && size <= FFT_MAX_SIZE &&
           (size & (size - 1)) == 0);
    fft->size = size;
    set_up(&fft->forward, &fft->run_forward, 0, size, 1.0f);
    set_up(&fft->inverse, &fft->run_inverse, 1, size, 1.0f / (float)size);
    fft->time = av_malloc(room);
    fft->bins = av_malloc(room);
    if (!fft->time || !fft->bins)
        abort(); /* out of memory */
    return fft;
}

void fft_free(struct fft *fft)
{
    if (!fft)
        return;
    av_tx_uninit(&fft->forward);
    av_tx_uninit(&fft->inverse);
    av_free(fft->time);
    av_free(fft->bins);
    free(fft);
}

int fft_size(const struct fft *fft)
{
    return fft->size;
}

int fft_bins(const struct fft *fft)
{
    return fft->size / 2 + 1;
}

int fft_size_for(int size)
{
    int power = FFT_MIN_SIZE;

    assert(size <= FFT_MAX_SIZE);
    while (power < size)
        power *= 2;
    return power;
}

static void forward(struct fft *fft, const float *in)
{
    memcpy(fft->time, in, (size_t)fft->size * sizeof(float));
    fft->run_forward(fft->forward, fft->bins, fft->time, sizeof(float));
    /* Libavutil 57 does not write the imaginary part of the last bin. */
    fft->bins[fft->size + 1] = 0;
}

void fft_forward(struct fft *fft, const float *in, float *out)
{
    forward(fft, in);
    memcpy(out, fft->bins, ((size_t)fft->size + 2) * sizeof(float));
}

void fft_power(struct fft *fft, const float *in, float *power)
{
    forward(fft, in);
    for (int k = 0; k <= fft->size / 2; k++) {
        float re = fft->bins[2 * k], im = fft->bins[2 * k + 1];

        power[k] = re * re + im * im;
    }
}

void fft_inverse(struct fft *fft, const float *in, float *out)
{
    memcpy(fft->bins, in, ((size_t)fft->size + 2) * sizeof(float));
    fft->run_inverse(fft->inverse, fft->time, fft->bins, sizeof(float));
    memcpy(out, fft->time, (size_t)fft->size * sizeof(float));
}
