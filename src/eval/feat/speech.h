/*
 * speech - the contours of a voice, for the sets "egemaps" and "mien".
 *
 * Sound at 16 kHz; a value every 10 ms from centred frames: 25 ms under a
 * Hamming window, for harmonics 60 ms under a Gaussian one.  Pitch and its
 * strength are those of common/signal/pitch (Boersma 1993).  What is not
 * defined at a moment (a pitch where nothing is voiced, a formant that is not
 * found, the shape of digital silence) is NAN, never 0.
 */
#ifndef MIEN_FEAT_SPEECH_H
#define MIEN_FEAT_SPEECH_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"

enum {
    SPEECH_RATE = 16000,
    SPEECH_FRAME = 400,
    SPEECH_HOP = 160,
    SPEECH_MFCC_COUNT = 13,
    SPEECH_BANDS = 26,
};

#define SPEECH_HOP_S ((double)SPEECH_HOP / SPEECH_RATE)

enum speech_contour {
    /* Of voiced moments only. */
    SPEECH_F0,      /* semitones above 27.5 Hz */
    SPEECH_JITTER,  /* ratio */
    SPEECH_SHIMMER, /* dB */
    SPEECH_HNR,     /* dB */
    SPEECH_H1_H2,   /* dB: harmonic 1 over harmonic 2 */
    SPEECH_H1_A3,   /* dB: harmonic 1 over the highest at formant 3 */
    SPEECH_F1_HZ,
    SPEECH_F1_WIDTH,
    SPEECH_F1_LEVEL, /* dB: the highest harmonic there over harmonic 1 */
    SPEECH_F2_HZ,
    SPEECH_F2_WIDTH,
    SPEECH_F2_LEVEL,
    SPEECH_F3_HZ,
    SPEECH_F3_WIDTH,
    SPEECH_F3_LEVEL,
    /* Of all moments but digital silence. */
    SPEECH_LEVEL, /* dB re full scale */
    SPEECH_LOUDNESS,
    SPEECH_ALPHA_RATIO,
    SPEECH_HAMMARBERG,
    SPEECH_SLOPE_0,   /* dB/Hz, up to 500 Hz */
    SPEECH_SLOPE_500, /* dB/Hz, 500 to 1,500 Hz */
    SPEECH_FLUX,
    SPEECH_CENTROID,
    SPEECH_ROLLOFF,
    SPEECH_SHAPE_FLUX,
    SPEECH_ENTROPY,
    SPEECH_CPP,  /* dB: cepstral peak prominence */
    SPEECH_CPPS, /* the same, smoothed */
    SPEECH_MFCC1,
    SPEECH_DELTA1 = SPEECH_MFCC1 + SPEECH_MFCC_COUNT,
    SPEECH_BEND1 = SPEECH_DELTA1 + SPEECH_MFCC_COUNT,
    SPEECH_CONTOURS = SPEECH_BEND1 + SPEECH_MFCC_COUNT,
};

struct speech {
    int64_t count;                    /* moments */
    double *contour[SPEECH_CONTOURS]; /* owned */
    /* Power of the mel bands, summed over all moments. */
    double band[SPEECH_BANDS];
    double power; /* mean square of all samples */
};

/*
 * The sound is at SPEECH_RATE.  CPP and CPPS cost a sixth of all time, and are
 * there with `prominence` only.
 */
bool speech_measure(struct speech *speech, const float *sample, int64_t samples,
                    bool prominence, struct error *err);
void speech_release(struct speech *speech);

#endif
