/*
 * moments - see moments.h.
 */
#include <config.h>

#include "eval/feat/moments.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/signal/fft.h"
#include "common/signal/frame.h"
#include "common/signal/mel.h"
#include "eval/feat/functionals.h"

/* What one sound's moments are made with. */
struct pipeline {
    const struct moment_plan *plan;
    struct frame_settings framing;
    struct fft *fft;
    struct mel *mel;
    int bins;
    /* All owned. */
    float *window;
    float *sample;       /* the frame */
    float *piece;        /* the windowed frame, zeros after it */
    float *power;        /* its spectrum */
    float *magnitude[2]; /* this frame's and that of the one before */
    double *band;
    double *cepstrum;
    struct pitch_value *pitch; /* of all frames */
};

static struct frame_settings framing_of(const struct moment_plan *plan)
{
    return (struct frame_settings){ .size = plan->frame,
                                    .hop = plan->hop,
                                    .centred = true };
}

int64_t moments_count(const struct moment_plan *plan, int64_t samples)
{
    struct frame_settings framing = framing_of(plan);

    return frame_count(&framing, samples);
}

static void set_up(struct pipeline *line, const struct moment_plan *plan)
{
    int room = fft_size_for(plan->frame);
    struct mel_settings mel = { .rate = plan->rate,
                                .fft_size = room,
                                .bands = plan->mel_bands,
                                .low_hz = plan->mel_low_hz,
                                .high_hz = plan->mel_high_hz };

    line->plan = plan;
    line->framing = framing_of(plan);
    line->fft = fft_new(room);
    line->mel = mel_new(&mel);
    line->bins = fft_bins(line->fft);
    line->window = xcalloc((size_t)plan->frame, sizeof(float));
    line->sample = xcalloc((size_t)plan->frame, sizeof(float));
    line->piece = xcalloc((size_t)room, sizeof(float));
    line->power = xcalloc((size_t)line->bins, sizeof(float));
    for (int i = 0; i < 2; i++)
        line->magnitude[i] = xcalloc((size_t)line->bins, sizeof(float));
    line->band = xcalloc((size_t)plan->mel_bands, sizeof(double));
    line->cepstrum = xcalloc((size_t)plan->coefficients, sizeof(double));
    window_fill(plan->window, line->window, plan->frame);
}

static void tear_down(struct pipeline *line)
{
    fft_free(line->fft);
    mel_free(line->mel);
    free(line->window);
    free(line->sample);
    free(line->piece);
    free(line->power);
    free(line->magnitude[0]);
    free(line->magnitude[1]);
    free(line->band);
    free(line->cepstrum);
    free(line->pitch);
}

static bool find_pitch(struct pipeline *line, const float *sample,
                       int64_t samples, struct error *err)
{
    struct pitch_settings settings =
        pitch_defaults(line->plan->rate, line->plan->hop);
    struct pitch *pitch = pitch_new(&settings, err);

    if (!pitch)
        return false;
    line->pitch =
        xcalloc((size_t)pitch_count(pitch, samples) + 1, sizeof(*line->pitch));
    pitch_track(pitch, sample, samples, line->pitch);
    pitch_free(pitch);
    return true;
}

static void take_moment(struct pipeline *line, const float *sample,
                        int64_t samples, int64_t t, struct moment *moment)
{
    const struct moment_plan *plan = line->plan;
    float *magnitude = line->magnitude[t % 2];

    frame_copy(&line->framing, sample, samples, t, line->sample);
    for (int i = 0; i < plan->frame; i++)
        line->piece[i] = line->sample[i] * line->window[i];
    fft_power(line->fft, line->piece, line->power);
    for (int k = 0; k < line->bins; k++)
        magnitude[k] = sqrtf(line->power[k]);
    mel_bands(line->mel, line->power, line->band);
    mel_cepstrum(line->mel, line->band, plan->mel_floor, 1, plan->coefficients,
                 line->cepstrum);
    *moment = (struct moment){
        .rate = plan->rate,
        .sample = line->sample,
        .samples = plan->frame,
        .magnitude = magnitude,
        .before = t > 0 ? line->magnitude[(t - 1) % 2] : NULL,
        .bins = line->bins,
        .bin_hz = (double)plan->rate / fft_size(line->fft),
        .cepstrum = line->cepstrum,
        .pitch = line->pitch[t],
    };
}

static bool is_silent(const struct moment *moment)
{
    for (int i = 0; i < moment->samples; i++)
        if (moment->sample[i] != 0)
            return false;
    return true;
}

static double describe(const struct descriptor *descriptor,
                       const struct moment *moment, bool silent)
{
    if (silent && !descriptor->of_silence)
        return NAN;
    return descriptor->compute(moment, descriptor->index);
}

bool moments_contours(const struct feature_set *set, const float *sample,
                      int64_t samples, double *contour, struct error *err)
{
    int64_t count = moments_count(set->plan, samples);
    struct pipeline line = { 0 };
    bool good = false;

    set_up(&line, set->plan);
    if (!find_pitch(&line, sample, samples, err))
        goto failed;
    for (int64_t t = 0; t < count; t++) {
        struct moment moment;
        bool silent;

        take_moment(&line, sample, samples, t, &moment);
        silent = is_silent(&moment);
        for (size_t d = 0; d < set->count; d++)
            contour[(int64_t)d * count + t] =
                describe(&set->descriptors[d], &moment, silent);
    }
    good = true;
failed:
    tear_down(&line);
    return good;
}

bool moments_compute(const struct feature_set *set, const float *sample,
                     int64_t samples, double *out, struct error *err)
{
    int64_t count = moments_count(set->plan, samples);
    double *contour =
        xreallocarray(NULL, set->count * (size_t)count + 1, sizeof(*contour));
    bool good = moments_contours(set, sample, samples, contour, err);

    for (size_t d = 0; good && d < set->count; d++) {
        double value[FUNCTIONAL_COUNT];

        functionals_compute(contour + (int64_t)d * count, count, value);
        if (set->descriptors[d].mean_only) {
            *out++ = value[FUNCTIONAL_MEAN];
            continue;
        }
        for (int i = 0; i < FUNCTIONAL_COUNT; i++)
            *out++ = value[i];
    }
    free(contour);
    return good;
}
