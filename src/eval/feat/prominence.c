/*
 * prominence - see prominence.h.
 *
 * A cepstrum is the power spectrum of the spectrum's levels in dB, of which
 * the second half mirrors the first.
 */
#include <config.h>

#include "eval/feat/prominence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/signal/fft.h"
#include "common/signal/frame.h"
#include "common/signal/window.h"
#include "eval/feat/balance.h"

enum {
    KEPT = 3, /* cepstra: a moment's, and those of its neighbours */
};

#define FRAME_S 0.06
#define LINE_FROM_S 0.001
#define HIGHEST_HZ 500.0 /* of a pitch: above it the envelope has its peaks */
#define LOWEST_HZ 60.0
#define SMOOTH_S 0.0005 /* of quefrency */

struct prominence {
    const float *sample; /* borrowed */
    int64_t samples;
    struct frame_settings framing;
    struct fft *fft;
    int size, line_from, peak_from, peak_end, reach;
    int64_t made[KEPT]; /* the moment whose cepstrum is there, or -1 */
    /* All owned. */
    float *window, *piece, *power, *level;
    float *cepstrum[KEPT]; /* size / 2 + 1; moment t at t % KEPT */
    float *mean, *line;    /* their mean; and smooth, or in dB */
};

static float *floats(int count)
{
    return xcalloc((size_t)count + 1, sizeof(float));
}

struct prominence *prominence_new(const float *sample, int64_t samples,
                                  int rate, int hop)
{
    struct prominence *p = xcalloc(1, sizeof(*p));
    int frame = (int)(FRAME_S * rate + 0.5);

    p->sample = sample;
    p->samples = samples;
    p->framing = (struct frame_settings){ frame, hop, true };
    p->size = fft_size_for(frame);
    p->fft = fft_new(p->size);
    p->line_from = (int)ceil(LINE_FROM_S * rate);
    p->peak_from = (int)ceil(rate / HIGHEST_HZ);
    p->peak_end = (int)floor(rate / LOWEST_HZ) + 1;
    p->reach = (int)(SMOOTH_S * rate / 2 + 0.5);
    p->window = floats(frame);
    window_fill(WINDOW_HAMMING, p->window, frame);
    p->piece = floats(p->size);
    p->power = floats(p->size);
    p->level = floats(p->size);
    p->mean = floats(p->size);
    p->line = floats(p->size);
    for (int i = 0; i < KEPT; i++) {
        p->cepstrum[i] = floats(p->size);
        p->made[i] = -1;
    }
    return p;
}

void prominence_free(struct prominence *p)
{
    if (!p)
        return;
    fft_free(p->fft);
    free(p->window);
    free(p->piece);
    free(p->power);
    free(p->level);
    free(p->mean);
    free(p->line);
    for (int i = 0; i < KEPT; i++)
        free(p->cepstrum[i]);
    free(p);
}

/* The cepstrum of a moment; NULL outside the sound. */
static const float *cepstrum_at(struct prominence *p, int64_t t)
{
    int half = p->size / 2, place;

    if (t < 0 || t >= frame_count(&p->framing, p->samples))
        return NULL;
    place = (int)(t % KEPT);
    if (p->made[place] == t)
        return p->cepstrum[place];
    memset(p->piece, 0, (size_t)p->size * sizeof(float));
    frame_copy(&p->framing, p->sample, p->samples, t, p->piece);
    for (int i = 0; i < p->framing.size; i++)
        p->piece[i] *= p->window[i];
    fft_power(p->fft, p->piece, p->power);
    balance_levels(p->power, half + 1, p->level);
    for (int i = 1; i < half; i++)
        p->level[p->size - i] = p->level[i];
    fft_power(p->fft, p->level, p->cepstrum[place]);
    p->made[place] = t;
    return p->cepstrum[place];
}

/* The peak over the line, both in dB. */
static double prominence_of(struct prominence *p, const float *cepstrum)
{
    int half = p->size / 2, top = p->peak_from;
    double n = half + 1 - p->line_from, middle = p->line_from + (n - 1) / 2;
    double sum = 0, up = 0, down = 0;

    balance_levels(cepstrum + p->line_from, half + 1 - p->line_from,
                   p->line + p->line_from);
    for (int i = p->line_from; i <= half; i++) {
        sum += p->line[i];
        up += (i - middle) * p->line[i];
        down += (i - middle) * (i - middle);
    }
    for (int i = p->peak_from; i < p->peak_end; i++)
        if (p->line[i] > p->line[top])
            top = i;
    return p->line[top] - (sum / n + (top - middle) * up / down);
}

/* The mean of each quefrency and those within reach. */
static void smooth(const struct prominence *p, const float *from, float *to)
{
    int half = p->size / 2;

    for (int i = 0; i <= half; i++) {
        int low = i > p->reach ? i - p->reach : 0;
        int high = i + p->reach < half ? i + p->reach : half;
        float sum = 0;

        for (int k = low; k <= high; k++)
            sum += from[k];
        to[i] = sum / (float)(high - low + 1);
    }
}

void prominence_at(struct prominence *p, int64_t t, double *plain,
                   double *smoothed)
{
    int half = p->size / 2;
    float count = 0;

    *plain = prominence_of(p, cepstrum_at(p, t));
    memset(p->mean, 0, (size_t)p->size * sizeof(float));
    for (int64_t near = t - 1; near <= t + 1; near++) {
        const float *cepstrum = cepstrum_at(p, near);

        for (int i = 0; cepstrum && i <= half; i++)
            p->mean[i] += cepstrum[i];
        count += cepstrum != NULL;
    }
    for (int i = 0; i <= half; i++)
        p->mean[i] /= count;
    smooth(p, p->mean, p->piece);
    *smoothed = prominence_of(p, p->piece);
}
