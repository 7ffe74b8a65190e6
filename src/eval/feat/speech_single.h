/*
 * speech_single - what is told of a whole utterance by one number: rhythm,
 * pauses, melody, modulation, the long-term spectrum.
 */
#ifndef MIEN_FEAT_SPEECH_SINGLE_H
#define MIEN_FEAT_SPEECH_SINGLE_H

#include "eval/feat/speech.h"

enum { SPEECH_DCT_COUNT = 5 };

enum speech_single {
    SPEECH_VOICED_SHARE,
    SPEECH_VOICED_FRAMES,
    SPEECH_LOUDNESS_PEAKS,
    SPEECH_VOICED_RATE,
    SPEECH_VOICED_LENGTH,
    SPEECH_VOICED_LENGTH_SD,
    SPEECH_UNVOICED_LENGTH,
    SPEECH_UNVOICED_LENGTH_SD,
    SPEECH_POWER_DB,
    SPEECH_SYLLABLES,
    SPEECH_PAUSE_SHARE,
    SPEECH_PAUSE_RATE,
    SPEECH_PAUSE_LENGTH,
    SPEECH_MODULATION,
    SPEECH_MODULATION_2,
    SPEECH_MODULATION_4,
    SPEECH_MODULATION_8,
    SPEECH_MODULATION_PEAK,
    SPEECH_MODULATION_CENTRE,
    SPEECH_ONSET_DELAY,
    SPEECH_ATTACK_TIME,
    SPEECH_ATTACK_TIME_SD,
    SPEECH_ATTACK,
    SPEECH_ATTACK_SD,
    SPEECH_RELEASE,
    SPEECH_F0_BEGIN,
    SPEECH_F0_END,
    SPEECH_F0_FIRST,
    SPEECH_F0_LAST,
    SPEECH_ARTICULATION,
    SPEECH_SYLLABLE_INTERVAL,
    SPEECH_SYLLABLE_INTERVAL_SD,
    SPEECH_SYLLABLE_NPVI,
    SPEECH_VOICED_NPVI,
    SPEECH_F0_DCT0,
    SPEECH_LOUDNESS_DCT0 = SPEECH_F0_DCT0 + SPEECH_DCT_COUNT,
    SPEECH_LTAS1 = SPEECH_LOUDNESS_DCT0 + SPEECH_DCT_COUNT,
    SPEECH_SINGLES = SPEECH_LTAS1 + SPEECH_BANDS,
};

/* What is not defined is NAN. */
void speech_single_measure(const struct speech *speech,
                           double out[SPEECH_SINGLES]);

/*
 * Cosine coefficients 0, 1, ... of the values that are there, gaps closed;
 * not touched where there are fewer values than coefficients.
 */
void speech_dct(const double *value, int64_t count,
                double out[SPEECH_DCT_COUNT]);

#endif
