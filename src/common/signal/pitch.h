/*
 * pitch - fundamental frequency and voicing, by autocorrelation.
 *
 * Boersma, P. (1993). Accurate short-term analysis of the fundamental
 * frequency and the harmonics-to-noise ratio of a sampled sound. Proceedings
 * of the Institute of Phonetic Sciences, University of Amsterdam 17, 97-110.
 *
 * The autocorrelation of the windowed frame is divided by that of the window
 * (equation 9); its maxima are candidates (22-24), as is "unvoiced" (23); the
 * cheapest path through all frames wins (27, 28).  Lags are found between
 * samples by making the autocorrelation four times denser through its
 * spectrum, then by a parabola.
 *
 * Frames are centred (see frame.h).  Digital silence is unvoiced.
 */
#ifndef MIEN_SIGNAL_PITCH_H
#define MIEN_SIGNAL_PITCH_H

#include <stdint.h>

#include "common/base/error.h"

struct pitch_settings {
    int rate;          /* Hz */
    int hop;           /* samples between frames */
    double floor_hz;   /* lowest pitch looked for; three periods a frame */
    double ceiling_hz; /* highest; at most a quarter of the rate */
    double silence;    /* below this share of the peak: unvoiced */
    double voicing;    /* autocorrelation that unvoiced is worth */
    /* Costs of the path, for frames 10 ms apart (others are scaled). */
    double octave_cost;
    double octave_jump_cost;
    double voiced_unvoiced_cost;
};

/* 75 to 600 Hz, 0.03, 0.45, 0.01, 0.35, 0.14: as Praat has them. */
struct pitch_settings pitch_defaults(int rate, int hop);

struct pitch_value {
    float hz;       /* 0: unvoiced */
    float strength; /* the autocorrelation there, 0 .. 1; 0: unvoiced */
};

struct pitch;

/* NULL, with the reason, when the settings contradict each other. */
struct pitch *pitch_new(const struct pitch_settings *settings,
                        struct error *err);
void pitch_free(struct pitch *pitch); /* takes NULL */

int64_t pitch_count(const struct pitch *pitch, int64_t samples);
/* The whole sound at once; `out` has pitch_count() places. */
void pitch_track(struct pitch *pitch, const float *sample, int64_t samples,
                 struct pitch_value *out);

#endif
