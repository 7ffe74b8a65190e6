/*
 * voice - see voice.h.
 *
 * A frame is looked at twice: when it is complete (its spectra, and what needs
 * them only), and PITCH_CHOICE_DELAY frames later, when its pitch is known.
 * Between the two its magnitudes and first results wait in a ring.
 */
#include <config.h>

#include "eval/feat/voice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/signal/fft.h"
#include "common/signal/window.h"
#include "eval/feat/harmonics.h"
#include "eval/feat/periods.h"
#include "eval/feat/pitch_choice.h"
#include "eval/feat/subharmonic.h"
#include "eval/feat/timbre.h"

enum {
    RING = PITCH_CHOICE_DELAY + 1,
    PIECE = 1 << 14, /* samples taken at once */
};

#define LONG_FRAME 0.06
#define SHORT_FRAME 0.02
#define HOP 0.01
#define GATE_RMS 0.001 /* of the windowed frame; below it is no pitch */
#define BASE_HZ 27.5   /* semitone 0: A0 */
#define LOWEST_HZ 55.0
#define FULL_SCALE (32768.0f / 32767.0f) /* that of the reference */

/* A frame whose pitch is not yet decided. */
struct waiting {
    struct voice_row row;
    struct timbre_formants formants;
    float *magnitude; /* owned */
    bool loud;        /* loud enough for a pitch */
};

struct voice {
    int rate, frame, hop; /* samples */
    voice_sink *sink;
    void *context;
    struct fft *fft;
    int bins;
    double bin_hz;
    float *window; /* owned, as are the others */
    float *piece;  /* the windowed frame, zeros after it */
    float *power;
    float *lags;
    struct timbre *timbre;
    struct subharmonic *subharmonic;
    struct pitch_choice *choice;
    struct periods *periods;
    struct waiting waiting[RING]; /* frame n is at n % RING */
    int64_t measured, decided;    /* frames */
    /* Samples from `begin` on. */
    float *sample;
    int64_t begin, count, room;
};

static int length_of(double seconds, int rate)
{
    return (int)floor(seconds * rate + 0.5);
}

double voice_hop_seconds(int rate)
{
    return (double)length_of(HOP, rate) / rate;
}

static void set_up(struct voice *voice)
{
    struct periods_settings periods = { .rate = voice->rate,
                                        .hop = voice->hop,
                                        .frame = voice->frame,
                                        .lowest_hz = LOWEST_HZ };
    int size = fft_size_for(voice->frame);

    voice->fft = fft_new(size);
    voice->bins = fft_bins(voice->fft);
    voice->bin_hz = (double)voice->rate / size;
    voice->window = xcalloc((size_t)voice->frame, sizeof(float));
    window_fill(WINDOW_GAUSS, voice->window, voice->frame);
    voice->piece = xcalloc((size_t)size, sizeof(float));
    voice->power = xcalloc((size_t)size + 2, sizeof(float));
    voice->lags = xcalloc((size_t)size, sizeof(float));
    voice->timbre =
        timbre_new(voice->rate, length_of(SHORT_FRAME, voice->rate));
    voice->subharmonic = subharmonic_new(voice->rate, size);
    voice->choice = pitch_choice_new();
    voice->periods = periods_new(&periods);
    for (int i = 0; i < RING; i++)
        voice->waiting[i].magnitude =
            xcalloc((size_t)voice->bins, sizeof(float));
    voice->room = (int64_t)periods_reach(voice->periods) +
                  (int64_t)(RING + 1) * voice->hop + voice->frame + PIECE;
    voice->sample = xcalloc((size_t)voice->room, sizeof(float));
}

struct voice *voice_new(int rate, voice_sink *sink, void *context,
                        struct error *err)
{
    struct voice *voice;

    if (rate < VOICE_MIN_RATE || rate > VOICE_MAX_RATE) {
        error_set(err, ERROR_LIMIT,
                  "%d Hz: expected a sampling rate of %d to %d Hz", rate,
                  VOICE_MIN_RATE, VOICE_MAX_RATE);
        return NULL;
    }
    voice = xcalloc(1, sizeof(*voice));
    voice->rate = rate;
    voice->frame = length_of(LONG_FRAME, rate);
    voice->hop = length_of(HOP, rate);
    voice->sink = sink;
    voice->context = context;
    set_up(voice);
    return voice;
}

void voice_free(struct voice *voice)
{
    if (!voice)
        return;
    fft_free(voice->fft);
    free(voice->window);
    free(voice->piece);
    free(voice->power);
    free(voice->lags);
    timbre_free(voice->timbre);
    subharmonic_free(voice->subharmonic);
    pitch_choice_free(voice->choice);
    periods_free(voice->periods);
    for (int i = 0; i < RING; i++)
        free(voice->waiting[i].magnitude);
    free(voice->sample);
    free(voice);
}

static const float *frame_at(const struct voice *voice, int64_t index)
{
    return voice->sample + (index * voice->hop - voice->begin);
}

/* The harmonics-to-noise ratio, from the autocorrelation of the frame. */
static double noise_ratio(struct voice *voice, const float *magnitude,
                          double hz)
{
    int size = fft_size(voice->fft);

    for (int k = 0; k < voice->bins; k++) {
        voice->power[2 * k] = magnitude[k] * magnitude[k];
        voice->power[2 * k + 1] = 0;
    }
    fft_inverse(voice->fft, voice->power, voice->lags);
    for (int i = 0; i < size; i++)
        voice->lags[i] = fabsf(voice->lags[i]);
    return harmonics_to_noise(voice->lags, size / 2, voice->rate / hz);
}

static double clip_level(double level)
{
    return fmin(201, fmax(-201, level));
}

/* Levels of harmonics by themselves and at the formants. */
static void measure_harmonics(struct voice *voice,
                              const struct waiting *waiting, double hz,
                              float *value)
{
    struct harmonics harmonics;
    double second, level = HARMONICS_NO_LEVEL;

    harmonics_find(&harmonics, waiting->magnitude, voice->bins, voice->bin_hz,
                   hz);
    second = harmonics_level(&harmonics, 2);
    value[VOICE_H1_H2] =
        (float)clip_level(second - harmonics_level(&harmonics, 3));
    for (int i = 0; i < FORMANT_COUNT; i++) {
        int near = harmonics_near(&harmonics, waiting->formants.item[i].hz);

        /* The fundamental itself counts as none, as its level is 0. */
        level = near > 1 ? harmonics_level(&harmonics, near) : 0;
        value[VOICE_F1_LEVEL + 3 * i] = (float)level;
        if (near <= 1)
            level = -HARMONICS_NO_LEVEL;
    }
    value[VOICE_H1_A3] = (float)clip_level(second - level);
}

/* The second look at a frame: its pitch is known. */
static void finish_frame(struct voice *voice, float hz)
{
    struct waiting *waiting = &voice->waiting[voice->decided % RING];
    float *value = waiting->row.value;
    struct periods_value periods;
    double semitones = 0;

    if (!waiting->loud)
        hz = 0;
    if (hz > 0) /* below about 29.1 Hz: 1, as 0 is unvoiced */
        semitones = fmax(1, 12 * log2(hz / BASE_HZ));
    value[VOICE_F0] = (float)semitones;
    periods = periods_step(voice->periods, frame_at(voice, voice->decided), hz);
    value[VOICE_JITTER] = (float)periods.jitter;
    value[VOICE_SHIMMER] = (float)periods.shimmer_db;
    for (int i = 0; i < FORMANT_COUNT; i++) {
        value[VOICE_F1_HZ + 3 * i] = (float)waiting->formants.item[i].hz;
        value[VOICE_F1_BANDWIDTH + 3 * i] =
            (float)waiting->formants.item[i].bandwidth_hz;
        value[VOICE_F1_LEVEL + 3 * i] = (float)HARMONICS_NO_LEVEL;
    }
    value[VOICE_HNR] = value[VOICE_H1_H2] = value[VOICE_H1_A3] = 0;
    if (hz > 0) {
        value[VOICE_HNR] = (float)noise_ratio(voice, waiting->magnitude, hz);
        measure_harmonics(voice, waiting, hz, value);
    }
    voice->decided++;
    voice->sink(voice->context, &waiting->row);
}

/* Four sums side by side. */
static double energy_of(const float *x, int count)
{
    double sum[4] = { 0 };
    int i = 0;

    for (; i + 3 < count; i += 4)
        for (int k = 0; k < 4; k++)
            sum[k] += (double)x[i + k] * x[i + k];
    for (; i < count; i++)
        sum[0] += (double)x[i] * x[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* The first look at a frame: all that needs no pitch. */
static void measure_frame(struct voice *voice)
{
    struct waiting *waiting = &voice->waiting[voice->measured % RING];
    const float *sample = frame_at(voice, voice->measured);
    struct subharmonic_candidate candidate[SUBHARMONIC_CANDIDATES];
    double energy;
    float hz;

    for (int i = 0; i < voice->frame; i++)
        voice->piece[i] = sample[i] * voice->window[i];
    energy = energy_of(voice->piece, voice->frame);
    waiting->loud = sqrt(energy / voice->frame) > GATE_RMS;
    fft_power(voice->fft, voice->piece, voice->power);
    for (int k = 0; k < voice->bins; k++)
        waiting->magnitude[k] = sqrtf(voice->power[k]);
    timbre_step(voice->timbre, sample, &waiting->row, &waiting->formants);
    waiting->row.tail = false;
    subharmonic_find(voice->subharmonic, waiting->magnitude, candidate);
    voice->measured++;
    if (pitch_choice_push(voice->choice, candidate, &hz))
        finish_frame(voice, hz);
}

/* Forgets what no frame to come looks at. */
static void make_room(struct voice *voice)
{
    int64_t keep = voice->decided * voice->hop - periods_reach(voice->periods);
    int64_t gone = keep - voice->begin;

    if (gone <= 0)
        return;
    memmove(voice->sample, voice->sample + gone,
            (size_t)(voice->count - gone) * sizeof(float));
    voice->begin += gone;
    voice->count -= gone;
}

void voice_push(struct voice *voice, const float *sample, int64_t samples)
{
    while (samples > 0) {
        int64_t piece = samples < PIECE ? samples : PIECE;

        make_room(voice);
        if (piece > voice->room - voice->count)
            piece = voice->room - voice->count;
        for (int64_t i = 0; i < piece; i++)
            voice->sample[voice->count + i] = sample[i] * FULL_SCALE;
        voice->count += piece;
        sample += piece;
        samples -= piece;
        while (voice->measured * voice->hop + voice->frame <=
               voice->begin + voice->count)
            measure_frame(voice);
    }
}

void voice_finish(struct voice *voice)
{
    struct voice_row tail = { .tail = true };
    struct timbre_formants ignored;
    int64_t next = voice->measured;
    float hz;

    while (pitch_choice_drain(voice->choice, &hz))
        finish_frame(voice, hz);
    for (; next * voice->hop + length_of(SHORT_FRAME, voice->rate) <=
           voice->begin + voice->count;
         next++) {
        timbre_step(voice->timbre, frame_at(voice, next), &tail, &ignored);
        voice->sink(voice->context, &tail);
    }
}
