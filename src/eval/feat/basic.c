/*
 * basic - the descriptors of the set "basic".
 *
 * 16 kHz; frames of 25 ms every 10 ms, Hamming window, 512 points; pitch on
 * frames of 40 ms around the same moments.  Frames of digital silence count
 * for the voiced fraction only.
 */
#include <config.h>

#include "eval/feat/basic.h"

#include <assert.h>
#include <math.h>

#include "common/base/vec.h"
#include "common/signal/waveform.h"
#include "eval/feat/moments.h"
#include "eval/feat/spectral.h"

#define ROLLOFF_SHARE 0.85
#define SEMITONE_BASE_HZ 27.5 /* A0 */

#define TZANETAKIS "Tzanetakis & Cook 2002, IEEE TSAP 10(5)"
#define BOERSMA "Boersma 1993, Proc. IFA 17"
#define DAVIS "Davis & Mermelstein 1980, IEEE TASSP 28(4)"
#define GOUYON "Gouyon et al. 2000, DAFX-00"

static double rms_db(const struct moment *moment, int index)
{
    (void)index;
    return waveform_rms_db(moment->sample, moment->samples);
}

static double f0(const struct moment *moment, int index)
{
    (void)index;
    if (!(moment->pitch.hz > 0))
        return NAN;
    return 12 * log2(moment->pitch.hz / SEMITONE_BASE_HZ);
}

static double voiced(const struct moment *moment, int index)
{
    (void)index;
    return moment->pitch.hz > 0;
}

static double zero_crossings(const struct moment *moment, int index)
{
    (void)index;
    return waveform_zero_crossings(moment->sample, moment->samples,
                                   moment->rate);
}

static double centroid(const struct moment *moment, int index)
{
    (void)index;
    return spectral_centroid(moment->magnitude, moment->bins, moment->bin_hz);
}

static double rolloff(const struct moment *moment, int index)
{
    (void)index;
    return spectral_rolloff(moment->magnitude, moment->bins, moment->bin_hz,
                            ROLLOFF_SHARE);
}

static double flux(const struct moment *moment, int index)
{
    (void)index;
    if (!moment->before)
        return NAN;
    return spectral_flux(moment->magnitude, moment->before, moment->bins);
}

static double mfcc(const struct moment *moment, int index)
{
    return moment->cepstrum[index - 1];
}

#define MFCC(number)                                                  \
    {                                                                 \
        .name = "mfcc" #number, .unit = "1",                          \
        .text = "mel-frequency cepstral coefficient", .paper = DAVIS, \
        .compute = mfcc, .index = number                              \
    }

const struct descriptor basic_descriptors[] = {
    { .name = "rms_db",
      .unit = "dB re full scale",
      .text = "energy: root mean square",
      .paper = "definition: 20 log10 RMS",
      .compute = rms_db },
    { .name = "f0",
      .unit = "semitones re 27.5 Hz",
      .text = "pitch, voiced frames only",
      .paper = BOERSMA,
      .compute = f0 },
    { .name = "voiced_fraction",
      .unit = "share of frames",
      .text = "voiced frames",
      .paper = BOERSMA,
      .compute = voiced,
      .of_silence = true,
      .mean_only = true },
    { .name = "zero_crossings",
      .unit = "1/s",
      .text = "sign changes",
      .paper = GOUYON,
      .compute = zero_crossings },
    { .name = "spectral_centroid",
      .unit = "Hz",
      .text = "mean frequency",
      .paper = TZANETAKIS,
      .compute = centroid },
    { .name = "spectral_rolloff",
      .unit = "Hz",
      .text = "85 % of the magnitude lie below",
      .paper = TZANETAKIS,
      .compute = rolloff },
    { .name = "spectral_flux",
      .unit = "0 to 2",
      .text = "change of shape from frame to frame",
      .paper = TZANETAKIS,
      .compute = flux },
    MFCC(1),
    MFCC(2),
    MFCC(3),
    MFCC(4),
    MFCC(5),
    MFCC(6),
    MFCC(7),
    MFCC(8),
    MFCC(9),
    MFCC(10),
    MFCC(11),
    MFCC(12),
    MFCC(13),
};

static_assert(LENGTH_OF(basic_descriptors) == BASIC_DESCRIPTORS,
              "the number in the header");

static const struct moment_plan plan = {
    .rate = 16000,
    .frame = 400,
    .hop = 160,
    .window = WINDOW_HAMMING,
    .mel_bands = 26,
    .mel_low_hz = 20,
    .mel_high_hz = 8000,
    .mel_floor = 1e-10, /* below the rounding noise of 16 bits */
    .coefficients = 13,
};

const struct feature_set basic_set = {
    .name = "basic",
    .version = "1",
    .summary = "energy, pitch, voicing, spectral shape, 13 MFCC",
    .plan = &plan,
    .descriptors = basic_descriptors,
    .count = LENGTH_OF(basic_descriptors),
    .compute = moments_compute,
};
