/*
 * timbre - what the spectrum of 20 ms says without a pitch: loudness, balance,
 * flux, cepstrum, formants.
 */
#ifndef MIEN_FEAT_TIMBRE_H
#define MIEN_FEAT_TIMBRE_H

#include "eval/feat/formant.h"
#include "eval/feat/voice.h"

struct timbre_formants {
    struct formant_value item[FORMANT_COUNT];
};

struct timbre;

struct timbre *timbre_new(int rate, int frame);
void timbre_free(struct timbre *timbre); /* takes NULL */

/* The next frame: fills the first ten values of `row` and its power. */
void timbre_step(struct timbre *timbre, const float *sample,
                 struct voice_row *row, struct timbre_formants *formants);

#endif
