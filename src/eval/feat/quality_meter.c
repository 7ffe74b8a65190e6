/*
 * quality_meter - see quality_meter.h.
 */
#include <config.h>

#include "eval/feat/quality_meter.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/signal/fft.h"
#include "common/signal/window.h"
#include "common/stat/describe.h"

/* Of 16 bits: the largest positive value. */
#define FULL_SCALE (32767.0 / 32768)
/* Flat tops lower than this may be the steps of a quiet sound. */
#define FLAT_LEAST 0.1
#define FRAME_SECONDS 0.02
#define SPECTRUM_SECONDS 0.08
#define ZEROS_SECONDS 0.01
/* Praat's own default in "To TextGrid (silences)". */
#define SILENCE_DB 25
#define NOISE_SHARE 0.1
#define BAND_HZ 100.0
#define BELOW_PEAK_DB 80
/* Over the density of 16-bit rounding noise; dither takes 5 of them. */
#define OVER_ROUNDING_DB 10
/* An anti-alias filter is no wall. */
#define RATE_SLACK 1.06

enum { FLAT_RUN = 3, NOISE_LEAST_FRAMES = 10 };

static const double usual_rates[] = { 8000,  11025,  12000, 16000, 22050,
                                      24000, 32000,  44100, 48000, 88200,
                                      96000, 176400, 192000 };

/* The highest (or, for `sign` -1, lowest) value and its flat tops. */
struct edge {
    double value;
    int run;
    int64_t clipped; /* samples in flat runs at `value` */
};

struct channel {
    struct edge top, bottom;
    int64_t full; /* samples at or beyond full scale */
};

struct powers {
    double *item; /* owned */
    size_t count, capacity;
};

struct quality_meter {
    int rate, channels;
    struct channel *channel; /* owned */
    int64_t frames;
    int64_t zeros, zero_run, zero_least;
    double sum, square;
    /* The mixed sound in frames: their powers. */
    struct powers power;
    int frame_size, frame_fill;
    double frame_sum, frame_square;
    /* And in longer ones: the sum of their spectra. */
    struct fft *fft;
    float *weight, *piece, *spectrum; /* owned */
    double *density;                  /* owned */
    int piece_fill;
    int64_t spectra;
};

/* Hann's, squared: 100 Hz beside a strong band little of it is left. */
static void fill_weight(float *weight, int size)
{
    window_fill(WINDOW_HANN, weight, size);
    for (int i = 0; i < size; i++)
        weight[i] *= weight[i];
}

struct quality_meter *quality_meter_new(int rate, int channels)
{
    struct quality_meter *meter = xcalloc(1, sizeof(*meter));
    int size = fft_size_for((int)(rate * SPECTRUM_SECONDS));

    meter->rate = rate;
    meter->channels = channels;
    meter->channel = xcalloc((size_t)channels, sizeof(*meter->channel));
    for (int c = 0; c < channels; c++) {
        meter->channel[c].top.value = -INFINITY;
        meter->channel[c].bottom.value = -INFINITY;
    }
    meter->zero_least = (int64_t)ceil(rate * ZEROS_SECONDS);
    meter->frame_size = (int)(rate * FRAME_SECONDS);
    meter->fft = fft_new(size);
    meter->weight = xcalloc((size_t)size, sizeof(float));
    meter->piece = xcalloc((size_t)size, sizeof(float));
    meter->spectrum = xcalloc((size_t)fft_bins(meter->fft), sizeof(float));
    meter->density = xcalloc((size_t)fft_bins(meter->fft), sizeof(double));
    fill_weight(meter->weight, size);
    return meter;
}

void quality_meter_free(struct quality_meter *meter)
{
    if (!meter)
        return;
    fft_free(meter->fft);
    free(meter->channel);
    free(meter->power.item);
    free(meter->weight);
    free(meter->piece);
    free(meter->spectrum);
    free(meter->density);
    free(meter);
}

static void see_edge(struct edge *edge, double value)
{
    if (value > edge->value)
        *edge = (struct edge){ .value = value, .run = 1 };
    else if (value < edge->value)
        edge->run = 0;
    else if (++edge->run == FLAT_RUN)
        edge->clipped += FLAT_RUN;
    else if (edge->run > FLAT_RUN)
        edge->clipped++;
}

static void see_channels(struct quality_meter *meter, const float *frame)
{
    bool zero = true;

    for (int c = 0; c < meter->channels; c++) {
        struct channel *channel = &meter->channel[c];
        double value = frame[c];

        see_edge(&channel->top, value);
        see_edge(&channel->bottom, -value);
        channel->full += fabs(value) >= FULL_SCALE;
        zero = zero && value == 0;
    }
    meter->zero_run = zero ? meter->zero_run + 1 : 0;
    if (meter->zero_run == meter->zero_least)
        meter->zeros += meter->zero_least;
    else if (meter->zero_run > meter->zero_least)
        meter->zeros++;
}

static void end_frame(struct quality_meter *meter)
{
    double n = meter->frame_fill, mean = meter->frame_sum / n;
    double power = meter->frame_square / n - mean * mean;

    /* Rounding may leave less than nothing of a constant. */
    VEC_PUSH(&meter->power,
             power > 1e-13 * meter->frame_square / n ? power : 0);
    meter->frame_fill = 0;
    meter->frame_sum = meter->frame_square = 0;
}

static void end_piece(struct quality_meter *meter)
{
    int size = meter->piece_fill, bins = fft_bins(meter->fft);
    double mean = 0, weights = 0;

    if (size < fft_size(meter->fft))
        fill_weight(meter->weight, size);
    for (int i = 0; i < size; i++) {
        mean += meter->piece[i] / size;
        weights += (double)meter->weight[i] * meter->weight[i];
    }
    for (int i = 0; i < size; i++)
        meter->piece[i] = (float)(meter->piece[i] - mean) * meter->weight[i];
    fft_power(meter->fft, meter->piece, meter->spectrum);
    /* One-sided density, in full scale squared a Hz. */
    for (int k = 0; k < bins; k++)
        meter->density[k] += 2 * meter->spectrum[k] / (meter->rate * weights);
    meter->spectra++;
    meter->piece_fill = 0;
}

void quality_meter_push(struct quality_meter *meter, const float *sample,
                        int64_t frames)
{
    for (int64_t i = 0; i < frames; i++) {
        const float *frame = sample + i * meter->channels;
        double mixed = 0;

        see_channels(meter, frame);
        for (int c = 0; c < meter->channels; c++)
            mixed += frame[c];
        mixed /= meter->channels;
        meter->sum += mixed;
        meter->square += mixed * mixed;
        meter->frame_sum += mixed;
        meter->frame_square += mixed * mixed;
        if (++meter->frame_fill == meter->frame_size)
            end_frame(meter);
        meter->piece[meter->piece_fill++] = (float)mixed;
        if (meter->piece_fill == fft_size(meter->fft))
            end_piece(meter);
    }
    meter->frames += frames;
}

static double decibels(double power)
{
    /* log10(0) is minus infinity, and fmax() takes the other. */
    return fmax(10 * log10(power), QUALITY_FLOOR_DB);
}

static void finish_channels(const struct quality_meter *meter,
                            struct quality *out)
{
    int64_t clipped = 0;
    double peak = 0;

    for (int c = 0; c < meter->channels; c++) {
        const struct channel *channel = &meter->channel[c];
        const struct edge *edge[] = { &channel->top, &channel->bottom };

        clipped += channel->full;
        for (int e = 0; e < 2; e++) {
            peak = fmax(peak, edge[e]->value);
            /* A channel of one value only has no tops. */
            if (edge[e]->value >= FLAT_LEAST && edge[e]->value < FULL_SCALE &&
                channel->top.value > -channel->bottom.value)
                clipped += edge[e]->clipped;
        }
    }
    out->clipping_share =
        (double)clipped / ((double)meter->frames * meter->channels);
    out->peak_db = decibels(peak * peak);
}

/* Frames in which nothing moves were made by an editor: no noise to see. */
static void finish_frames(struct quality_meter *meter, struct quality *out)
{
    double *power = meter->power.item, loudest = 0, sum = 0, noise = 0, edge;
    size_t count = meter->power.count, kept = 0, quiet = 0, below = 0;

    for (size_t i = 0; i < count; i++)
        loudest = fmax(loudest, power[i]);
    for (size_t i = 0; i < count; i++)
        quiet += power[i] <= loudest * pow(10, -SILENCE_DB / 10.0);
    out->silence_share = loudest > 0 ? (double)quiet / (double)count : 1;
    for (size_t i = 0; i < count; i++)
        if (power[i] > 0)
            power[kept++] = power[i];
    out->snr_db = NAN;
    if (kept < NOISE_LEAST_FRAMES)
        return;
    describe_sort(power, kept);
    edge = describe_quantile(power, kept, NOISE_SHARE).value;
    for (size_t i = 0; i < kept; i++) {
        sum += power[i] / (double)kept;
        if (power[i] <= edge) {
            noise += power[i];
            below++;
        }
    }
    noise /= (double)below;
    if (sum > noise)
        out->snr_db = 10 * log10((sum - noise) / noise);
}

/* The mean density from `low_hz` to a band's width above it. */
static double band_density(const struct quality_meter *meter, double low_hz)
{
    double bin_hz = (double)meter->rate / fft_size(meter->fft), sum = 0;
    int first = (int)ceil(low_hz / bin_hz), count = 0;

    for (int k = first; k < fft_bins(meter->fft) &&
                        (k * bin_hz < low_hz + BAND_HZ || count == 0);
         k++, count++)
        sum += meter->density[k] / (double)meter->spectra;
    return count > 0 ? sum / count : 0;
}

static void finish_spectrum(struct quality_meter *meter, struct quality *out)
{
    double half = meter->rate / 2.0, step = 1 / 32768.0, peak = 0, least;

    out->bandwidth_hz = out->effective_rate_hz = NAN;
    for (double low = 0; low < half; low += BAND_HZ)
        peak = fmax(peak, band_density(meter, low));
    if (!(peak > 0))
        return;
    least = fmax(peak * pow(10, -BELOW_PEAK_DB / 10.0),
                 step * step / 12 / half * pow(10, OVER_ROUNDING_DB / 10.0));
    for (double low = 0; low < half; low += BAND_HZ)
        if (band_density(meter, low) > least)
            out->bandwidth_hz = fmin(low + BAND_HZ, half);
    if (isnan(out->bandwidth_hz))
        return;
    out->effective_rate_hz = meter->rate;
    for (size_t i = LENGTH_OF(usual_rates); i-- > 0;)
        if (usual_rates[i] <= meter->rate &&
            usual_rates[i] / 2 * RATE_SLACK >= out->bandwidth_hz)
            out->effective_rate_hz = usual_rates[i];
}

void quality_meter_finish(struct quality_meter *meter, struct quality *out)
{
    double frames = (double)meter->frames;

    assert(meter->frames > 0);
    if (meter->power.count == 0)
        end_frame(meter);
    if (meter->spectra == 0) {
        for (int i = meter->piece_fill; i < fft_size(meter->fft); i++)
            meter->piece[i] = 0;
        end_piece(meter);
    }
    out->duration_s = frames / meter->rate;
    out->digital_zero_share = (double)meter->zeros / frames;
    out->rms_db = decibels(meter->square / frames);
    out->dc_offset = meter->sum / frames;
    finish_channels(meter, out);
    finish_frames(meter, out);
    finish_spectrum(meter, out);
}
