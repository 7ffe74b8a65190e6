/*
 * egemaps - see egemaps.h.
 */
#include <config.h>

#include "eval/feat/egemaps.h"

#include <assert.h>

#include "common/base/vec.h"
#include "common/media/rate.h"
#include "eval/feat/voice.h"
#include "eval/feat/voice_sum.h"

#define GEMAPS "Eyben et al. 2016, IEEE TAC 7(2)"
#define HERMES "Hermes 1988, JASA 83(1)"
#define HERMANSKY "Hermansky 1990, JASA 87(4)"
#define DAVIS "Davis & Mermelstein 1980, IEEE TASSP 28(4)"
#define BOERSMA "Boersma 1993, Proc. IFA 17"
#define HAMMARBERG "Hammarberg et al. 1980, Acta Oto-laryng. 90"

#define ONE(column, unit_, text_, paper_)                              \
    {                                                                  \
        .name = column, .unit = unit_, .text = text_, .paper = paper_, \
        .mean_only = true                                              \
    }
#define MEAN(column, unit, text, paper) \
    ONE(column "_amean", unit, text ": mean", paper)
#define SPREAD(column, unit, text, paper) \
    MEAN(column, unit, text, paper),      \
        ONE(column "_stddevNorm", "1", text ": deviation over mean", paper)
#define FULL(column, unit, text, paper)                                        \
    SPREAD(column, unit, text, paper),                                         \
        ONE(column "_percentile20.0", unit, text ": 20 % are below", paper),   \
        ONE(column "_percentile50.0", unit, text ": median", paper),           \
        ONE(column "_percentile80.0", unit, text ": 80 % are below", paper),   \
        ONE(column "_pctlrange0-2", unit, text ": 20 to 80 % range", paper),   \
        ONE(column "_meanRisingSlope", unit "/s", text ": rise", paper),       \
        ONE(column "_stddevRisingSlope", unit "/s", text ": rises, deviation", \
            paper),                                                            \
        ONE(column "_meanFallingSlope", unit "/s", text ": fall", paper),      \
        ONE(column "_stddevFallingSlope", unit "/s",                           \
            text ": falls, deviation", paper)
#define FORMANT(number)                                                     \
    SPREAD("F" number "frequency_sma3nz", "Hz", "formant " number, GEMAPS), \
        SPREAD("F" number "bandwidth_sma3nz", "Hz",                         \
               "width of formant " number, GEMAPS),                         \
        SPREAD("F" number "amplitudeLogRelF0_sma3nz", "dB",                 \
               "level of formant " number ", -201 where unvoiced", GEMAPS)
#define MFCC(number) \
    SPREAD("mfcc" number "_sma3", "1", "cepstral coefficient " number, DAVIS)
#define VOICED_MFCC(number)               \
    SPREAD("mfcc" number "V_sma3nz", "1", \
           "cepstral coefficient " number " of voiced frames", DAVIS)

static const struct descriptor descriptors[] = {
    FULL("F0semitoneFrom27.5Hz_sma3nz", "semitones", "pitch", HERMES),
    FULL("loudness_sma3", "1", "loudness", HERMANSKY),
    SPREAD("spectralFlux_sma3", "1", "change of the spectrum", GEMAPS),
    MFCC("1"),
    MFCC("2"),
    MFCC("3"),
    MFCC("4"),
    SPREAD("jitterLocal_sma3nz", "1", "jitter", GEMAPS),
    SPREAD("shimmerLocaldB_sma3nz", "dB", "shimmer", GEMAPS),
    SPREAD("HNRdBACF_sma3nz", "dB", "harmonics to noise", BOERSMA),
    SPREAD("logRelF0-H1-H2_sma3nz", "dB", "harmonic 2 over 3", GEMAPS),
    SPREAD("logRelF0-H1-A3_sma3nz", "dB", "harmonic 2 over formant 3", GEMAPS),
    FORMANT("1"),
    FORMANT("2"),
    FORMANT("3"),
    SPREAD("alphaRatioV_sma3nz", "dB", "1-5 kHz over below, voiced", GEMAPS),
    SPREAD("hammarbergIndexV_sma3nz", "dB", "peak 0-2 over 2-5 kHz, voiced",
           HAMMARBERG),
    SPREAD("slopeV0-500_sma3nz", "dB/Hz", "spectral slope, voiced", GEMAPS),
    SPREAD("slopeV500-1500_sma3nz", "dB/Hz", "spectral slope, voiced", GEMAPS),
    SPREAD("spectralFluxV_sma3nz", "1", "change of the spectrum, voiced",
           GEMAPS),
    VOICED_MFCC("1"),
    VOICED_MFCC("2"),
    VOICED_MFCC("3"),
    VOICED_MFCC("4"),
    MEAN("alphaRatioUV_sma3nz", "dB", "1-5 kHz over below, unvoiced", GEMAPS),
    MEAN("hammarbergIndexUV_sma3nz", "dB", "peak 0-2 over 2-5 kHz, unvoiced",
         HAMMARBERG),
    MEAN("slopeUV0-500_sma3nz", "dB/Hz", "spectral slope, unvoiced", GEMAPS),
    MEAN("slopeUV500-1500_sma3nz", "dB/Hz", "spectral slope, unvoiced", GEMAPS),
    MEAN("spectralFluxUV_sma3nz", "1", "change of the spectrum, unvoiced",
         GEMAPS),
    ONE("loudnessPeaksPerSec", "1/s", "hills of the loudness", GEMAPS),
    ONE("VoicedSegmentsPerSec", "1/s", "voiced segments", GEMAPS),
    ONE("MeanVoicedSegmentLengthSec", "s", "voiced segments: mean length",
        GEMAPS),
    ONE("StddevVoicedSegmentLengthSec", "s", "the same: deviation", GEMAPS),
    ONE("MeanUnvoicedSegmentLength", "s", "unvoiced segments: mean length",
        GEMAPS),
    ONE("StddevUnvoicedSegmentLength", "s", "the same: deviation", GEMAPS),
    ONE("equivalentSoundLevel_dBp", "dB re full scale", "mean power", GEMAPS),
};

static_assert(LENGTH_OF(descriptors) == VOICE_SUM_COUNT,
              "one descriptor a column");

/* What goes on while a medium flows through. */
struct run {
    struct voice *voice;   /* owned */
    struct voice_sum *sum; /* owned */
};

static bool begin(void *context, int rate, const struct reader_info *info,
                  struct error *err)
{
    struct run *run = context;

    (void)info;
    run->sum = voice_sum_new(voice_hop_seconds(rate));
    run->voice = voice_new(rate, voice_sum_add, run->sum, err);
    return run->voice;
}

static void take(void *context, const float *sample, int64_t count)
{
    struct run *run = context;

    voice_push(run->voice, sample, count);
}

static bool measure(const struct feature_set *set,
                    const struct feature_item *item, double *out,
                    struct error *err)
{
    const int *rate = set->data;
    struct run run = { 0 };
    const struct rate_sink sink = { .begin = begin,
                                    .take = take,
                                    .context = &run };
    bool good = prepare_stream(item->path, item->start_us, item->end_us, *rate,
                               item->prepare, &sink, item->changes, err);

    if (good) {
        voice_finish(run.voice);
        voice_sum_finish(run.sum, out);
    }
    voice_free(run.voice);
    voice_sum_free(run.sum);
    return good;
}

static const int native = RATE_NATIVE, hz_16000 = 16000;

static const struct feature_set at_16000 = {
    .name = "egemaps-compat",
    .version = "2 at 16000 Hz",
    .summary = "eGeMAPSv02, 88 functionals, of sound at 16 kHz",
    .input = FEATURE_OF_SOUND,
    .rate = "16000",
    .descriptors = descriptors,
    .count = LENGTH_OF(descriptors),
    .measure = measure,
    .data = &hz_16000,
};

const struct feature_set egemaps_compat_set = {
    .name = "egemaps-compat",
    .version = "2",
    .summary = "eGeMAPSv02, 88 functionals, as the reference computes them",
    .input = FEATURE_OF_SOUND,
    .rate = "native",
    .at_16000 = &at_16000,
    .descriptors = descriptors,
    .count = LENGTH_OF(descriptors),
    .measure = measure,
    .data = &native,
};
