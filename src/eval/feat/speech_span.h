/*
 * speech_span - a voice without the silence before and after it.
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

#endif
