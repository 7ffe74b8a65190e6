/*
 * pitch - the candidates of each frame; see pitch.h.
 */
#include <config.h>

#include "common/signal/pitch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/signal/fft.h"
#include "common/signal/frame.h"
#include "common/signal/pitch_internal.h"
#include "common/signal/window.h"

enum { DENSER = 4 }; /* lags a sample */

struct pitch {
    struct pitch_settings settings;
    struct frame_settings framing;
    int period;         /* samples of the longest period */
    int lags;           /* fine lags looked at: 0 .. lags - 1 */
    float *window;      /* owned */
    float *weight;      /* owned: the window's own autocorrelation, [lags] */
    float *piece;       /* owned: one frame, zeros after it */
    float *coarse;      /* owned: its spectrum */
    float *fine;        /* owned: the same, zeros above */
    float *correlation; /* owned */
    struct fft *forward, *backward;
};

struct pitch_settings pitch_defaults(int rate, int hop)
{
    struct pitch_settings settings = {
        .rate = rate,
        .hop = hop,
        .floor_hz = 75,
        .ceiling_hz = 600,
        .silence = 0.03,
        .voicing = 0.45,
        .octave_cost = 0.01,
        .octave_jump_cost = 0.35,
        .voiced_unvoiced_cost = 0.14,
    };

    return settings;
}

static bool check(const struct pitch_settings *settings, struct error *err)
{
    if (settings->floor_hz < 10 || settings->floor_hz >= settings->ceiling_hz)
        return error_set(err, ERROR_USAGE,
                         "pitch: the floor (%g Hz) must be at least 10 Hz and "
                         "below the ceiling (%g Hz)",
                         settings->floor_hz, settings->ceiling_hz);
    if (settings->ceiling_hz > settings->rate / 4.0)
        return error_set(err, ERROR_USAGE,
                         "pitch: the ceiling (%g Hz) must be at most a "
                         "quarter of the sampling rate (%d Hz)",
                         settings->ceiling_hz, settings->rate);
    if (settings->hop < 1)
        return error_set(err, ERROR_USAGE, "pitch: the hop must be positive");
    return true;
}

/*
 * Autocorrelation of pitch->piece at fine lags, divided by that at lag 0.
 * False for a piece of zeros.
 */
static bool correlate(struct pitch *pitch)
{
    int bins = fft_bins(pitch->forward);
    float whole;

    fft_power(pitch->forward, pitch->piece, pitch->coarse);
    for (int k = 0; k < bins; k++)
        pitch->fine[2 * k] = pitch->coarse[k];
    pitch->fine[2 * (bins - 1)] /= 2; /* both halves of the Nyquist bin */
    fft_inverse(pitch->backward, pitch->fine, pitch->correlation);
    whole = pitch->correlation[0];
    if (!(whole > 0))
        return false;
    for (int i = 0; i < pitch->lags; i++)
        pitch->correlation[i] /= whole;
    return true;
}

struct pitch *pitch_new(const struct pitch_settings *settings,
                        struct error *err)
{
    struct pitch *pitch;
    int half, size, room;

    if (!check(settings, err))
        return NULL;
    pitch = xcalloc(1, sizeof(*pitch));
    pitch->settings = *settings;
    pitch->period = (int)ceil(settings->rate / settings->floor_hz);
    half = (int)(1.5 * settings->rate / settings->floor_hz);
    size = 2 * half + 1;
    pitch->framing.size = size;
    pitch->framing.hop = settings->hop;
    pitch->framing.centred = true;
    pitch->lags = (pitch->period + 2) * DENSER;
    room = fft_size_for(size + pitch->period + 2);
    pitch->forward = fft_new(room);
    pitch->backward = fft_new(room * DENSER);
    pitch->window = xcalloc((size_t)size, sizeof(float));
    pitch->weight = xcalloc((size_t)pitch->lags, sizeof(float));
    pitch->piece = xcalloc((size_t)room, sizeof(float));
    pitch->coarse = xcalloc((size_t)room, sizeof(float));
    pitch->fine = xcalloc((size_t)room * DENSER + 2, sizeof(float));
    pitch->correlation = xcalloc((size_t)room * DENSER, sizeof(float));
    window_fill(WINDOW_HANN, pitch->window, size);
    memcpy(pitch->piece, pitch->window, (size_t)size * sizeof(float));
    correlate(pitch);
    memcpy(pitch->weight, pitch->correlation,
           (size_t)pitch->lags * sizeof(float));
    return pitch;
}

void pitch_free(struct pitch *pitch)
{
    if (!pitch)
        return;
    fft_free(pitch->forward);
    fft_free(pitch->backward);
    free(pitch->window);
    free(pitch->weight);
    free(pitch->piece);
    free(pitch->coarse);
    free(pitch->fine);
    free(pitch->correlation);
    free(pitch);
}

int64_t pitch_count(const struct pitch *pitch, int64_t samples)
{
    return frame_count(&pitch->framing, samples);
}

/* Highest distance from the mean. */
static double global_peak(const float *sample, int64_t samples)
{
    double sum = 0, mean, peak = 0;

    for (int64_t i = 0; i < samples; i++)
        sum += sample[i];
    mean = samples > 0 ? sum / (double)samples : 0;
    for (int64_t i = 0; i < samples; i++)
        peak = fmax(peak, fabs(sample[i] - mean));
    return peak;
}

/*
 * Puts the frame into pitch->piece: the mean of two longest periods around
 * the middle is taken off, then the window put on.  Returns the highest
 * sample within half a longest period of the middle.
 */
static double take_frame(struct pitch *pitch, const float *sample,
                         int64_t samples, int64_t index)
{
    int size = pitch->framing.size, middle = size / 2;
    int64_t begin = frame_begin(&pitch->framing, index);
    double sum = 0, peak = 0;
    float mean;
    int count = 0;

    frame_copy(&pitch->framing, sample, samples, index, pitch->piece);
    for (int i = middle - pitch->period; i <= middle + pitch->period; i++) {
        if (begin + i < 0 || begin + i >= samples)
            continue;
        sum += pitch->piece[i];
        count++;
    }
    mean = (float)(sum / count);
    for (int i = 0; i < size; i++)
        if (begin + i >= 0 && begin + i < samples)
            pitch->piece[i] = (pitch->piece[i] - mean) * pitch->window[i];
    for (int i = middle - pitch->period / 2; i <= middle + pitch->period / 2;
         i++)
        peak = fmax(peak, fabs(pitch->piece[i]));
    return peak;
}

/* Keeps the best PITCH_CANDIDATES - 1, by what they are worth. */
static void add_candidate(struct pitch_frame *frame,
                          const struct pitch_candidate *candidate)
{
    int worst = 1;

    if (frame->count < PITCH_CANDIDATES) {
        frame->candidate[frame->count++] = *candidate;
        return;
    }
    for (int i = 2; i < PITCH_CANDIDATES; i++)
        if (frame->candidate[i].local < frame->candidate[worst].local)
            worst = i;
    if (candidate->local > frame->candidate[worst].local)
        frame->candidate[worst] = *candidate;
}

/* The maximum around fine lag `i`, between the lags by a parabola. */
static void candidate_at(const struct pitch *pitch, const float *r, int i,
                         struct pitch_frame *frame)
{
    const struct pitch_settings *settings = &pitch->settings;
    double left = r[i - 1], here = r[i], right = r[i + 1];
    double slope = 0.5 * (right - left), bend = 2 * here - left - right;
    double lag = (i + slope / bend) / DENSER;
    double height = here + 0.5 * slope * slope / bend;
    double hz = settings->rate / lag;
    struct pitch_candidate candidate;

    if (hz < settings->floor_hz || hz > settings->ceiling_hz)
        return;
    if (height > 1) /* the window's division overshoots in very short noise */
        height = 1 / height;
    candidate.hz = (float)hz;
    candidate.strength = (float)height;
    /* Equation 24: of equal maxima the shorter lag wins. */
    candidate.local =
        (float)(height - settings->octave_cost *
                             log2(settings->floor_hz * lag / settings->rate));
    add_candidate(frame, &candidate);
}

static void find_candidates(struct pitch *pitch, double loudness,
                            struct pitch_frame *frame)
{
    const struct pitch_settings *settings = &pitch->settings;
    float *r = pitch->correlation;
    int first = (int)(settings->rate / settings->ceiling_hz * DENSER) - 1;
    double quiet;

    /* Equation 23. */
    quiet = 2 - loudness * (1 + settings->voicing) / settings->silence;
    frame->candidate[0] = (struct pitch_candidate){
        .local = (float)(settings->voicing + fmax(0, quiet))
    };
    frame->count = 1;
    if (!(loudness > 0) || !correlate(pitch))
        return;
    if (first < 1)
        first = 1;
    for (int i = first - 1; i < pitch->lags; i++)
        r[i] /= pitch->weight[i];
    for (int i = first; i < pitch->lags - 1; i++)
        if (r[i] > r[i - 1] && r[i] >= r[i + 1] &&
            r[i] > 0.5 * settings->voicing)
            candidate_at(pitch, r, i, frame);
}

void pitch_track(struct pitch *pitch, const float *sample, int64_t samples,
                 struct pitch_value *out)
{
    int64_t count = pitch_count(pitch, samples);
    double peak = global_peak(sample, samples);
    struct pitch_frame *frame;

    frame = xcalloc((size_t)count + 1, sizeof(*frame));
    for (int64_t t = 0; t < count; t++) {
        double loudness = 0;

        if (peak > 0)
            loudness = take_frame(pitch, sample, samples, t) / peak;
        find_candidates(pitch, fmin(loudness, 1), &frame[t]);
    }
    pitch_path(&pitch->settings, frame, count, out);
    free(frame);
}
