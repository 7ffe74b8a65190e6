/*
 * speech_span - a voice without what lies before and after it.
 */
#ifndef MIEN_FEAT_SPEECH_SPAN_H
#define MIEN_FEAT_SPEECH_SPAN_H

#include "eval/feat/speech.h"

/*
 * Keeps the moments from the first to the last that is less than 25 dB below
 * the loudest, and 0.1 s on both sides: how long somebody waited before and
 * after speaking is the recording's doing.  Digital silence stays as it is.
 */
void speech_span(struct speech *speech);

/*
 * Leaves the zeros that an editor put before and after out of a sound, also
 * where a resampler has smeared their edges: samples 90 dB and more below the
 * peak, which 16 bits hold as 0.  Frames then begin where the recording does.
 * A sound of zeros stays.
 */
void speech_leave_padding(const float **sample, int64_t *samples);

#endif
