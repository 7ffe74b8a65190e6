/*
 * voice - the low-level descriptors of the reference set, frame by frame.
 *
 * Sound goes in piece by piece, rows come out, each a frame of 60 ms that
 * begins every 10 ms; memory does not grow with the length.  Rows are not
 * smoothed.  Unvoiced frames have 0 for what only a voice has, formants'
 * amplitudes -201.
 *
 * Eyben, F. et al. (2016). The Geneva minimalistic acoustic parameter set
 * (GeMAPS) for voice research and affective computing. IEEE Transactions on
 * Affective Computing 7(2), 190-202.
 */
#ifndef MIEN_FEAT_VOICE_H
#define MIEN_FEAT_VOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"

/* In the published order. */
enum voice_descriptor {
    VOICE_LOUDNESS,
    VOICE_ALPHA_RATIO,
    VOICE_HAMMARBERG,
    VOICE_SLOPE_0,
    VOICE_SLOPE_500,
    VOICE_FLUX,
    VOICE_MFCC1,
    VOICE_MFCC2,
    VOICE_MFCC3,
    VOICE_MFCC4,
    VOICE_F0,
    VOICE_JITTER,
    VOICE_SHIMMER,
    VOICE_HNR,
    VOICE_H1_H2,
    VOICE_H1_A3,
    VOICE_F1_HZ,
    VOICE_F1_BANDWIDTH,
    VOICE_F1_LEVEL,
    VOICE_F2_HZ,
    VOICE_F2_BANDWIDTH,
    VOICE_F2_LEVEL,
    VOICE_F3_HZ,
    VOICE_F3_BANDWIDTH,
    VOICE_F3_LEVEL,
    VOICE_COUNT
};

struct voice_row {
    float value[VOICE_COUNT];
    double power; /* mean square of the first 20 ms */
    /* After the last whole frame of 60 ms: only the first ten and power. */
    bool tail;
};

typedef void voice_sink(void *context, const struct voice_row *row);

struct voice;

enum { VOICE_MIN_RATE = 8000, VOICE_MAX_RATE = 192000 };

/* NULL, with the reason, when the rate is outside the limits. */
struct voice *voice_new(int rate, voice_sink *sink, void *context,
                        struct error *err);
void voice_free(struct voice *voice); /* takes NULL */

/* Mono, full scale 1. */
void voice_push(struct voice *voice, const float *sample, int64_t samples);
/* No more comes: the last rows. */
void voice_finish(struct voice *voice);

double voice_hop_seconds(int rate);

#endif
