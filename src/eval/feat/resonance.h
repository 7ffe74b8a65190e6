/*
 * resonance - the formants of a voice, by linear prediction as it is meant.
 *
 * Markel, J. D. & Gray, A. H. (1976). Linear Prediction of Speech, chapters 2
 * and 7: the sound at 11 kHz, so that five formants lie in its band of 5.5
 * kHz; pre-emphasis from 50 Hz on; 25 ms under a Hamming window, centred;
 * order 11; the roots of the inverse filter.  A root whose bandwidth is above
 * 1 kHz shapes the tilt of the spectrum and is not a formant.
 *
 * formant.h has the reference set's way, which differs.
 */
#ifndef MIEN_FEAT_RESONANCE_H
#define MIEN_FEAT_RESONANCE_H

#include <stdint.h>

#include "common/base/error.h"

enum { RESONANCES = 3 };

struct resonance_value {
    double hz;           /* NAN: there is none */
    double bandwidth_hz; /* NAN: there is none */
};

struct resonance;

/* The whole sound at once; it is copied.  NULL with the reason. */
struct resonance *resonance_new(const float *sample, int64_t samples, int rate,
                                struct error *err);
void resonance_free(struct resonance *resonance); /* takes NULL */

/* Around a moment. */
void resonance_at(struct resonance *resonance, double seconds,
                  struct resonance_value out[RESONANCES]);

#endif
