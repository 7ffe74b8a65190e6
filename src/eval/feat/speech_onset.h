/*
 * speech_onset - how voices begin and end, and how regularly syllables come.
 */
#ifndef MIEN_FEAT_SPEECH_ONSET_H
#define MIEN_FEAT_SPEECH_ONSET_H

#include "eval/feat/speech_single.h"

/* Fills SPEECH_ONSET_DELAY .. SPEECH_VOICED_NPVI; not defined: as it was. */
void speech_onset_measure(const struct speech *speech,
                          double out[SPEECH_SINGLES]);

/*
 * Moments that are the middle of a syllable: voiced tops of the level above
 * its median, with dips of 2 dB between them (de Jong & Wempe 2009).  `work`
 * has room for 2 speech->count values, `top` for all moments.
 */
int64_t speech_syllables(const struct speech *speech, double *work,
                         int64_t *top);

/* The mean of each value and of `reach` on each side; a gap is a gap. */
void speech_smooth(const double *from, int64_t count, int64_t reach,
                   double *out);

#endif
