/*
 * frame_set - sets that give a row a frame, with its time.
 */
#include <config.h>

#include "eval/feat/frame_set.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/media/rate.h"
#include "eval/feat/egemaps.h"
#include "eval/feat/voice.h"
#include "eval/feat/voice_sum.h"

double *frames_add(struct frames *frames, double time)
{
    if (frames->rows == frames->room) {
        frames->room = frames->room ? 2 * frames->room : 1024;
        frames->time =
            xreallocarray(frames->time, frames->room, sizeof(*frames->time));
        frames->value = xreallocarray(frames->value, frames->room,
                                      frames->columns * sizeof(*frames->value));
    }
    frames->time[frames->rows] = time;
    return frames->value + frames->columns * frames->rows++;
}

void frames_release(struct frames *frames)
{
    free(frames->time);
    free(frames->value);
    memset(frames, 0, sizeof(*frames));
}

#define GEMAPS "Eyben et al. 2016, IEEE TAC 7(2)"

/* In the order of enum voice_descriptor; the reference's names. */
static const struct descriptor egemaps_columns[] = {
    { .name = "Loudness_sma3",
      .unit = "1",
      .text = "loudness",
      .paper = "Hermansky 1990, JASA 87(4)" },
    { .name = "alphaRatio_sma3",
      .unit = "dB",
      .text = "1-5 kHz over below",
      .paper = GEMAPS },
    { .name = "hammarbergIndex_sma3",
      .unit = "dB",
      .text = "peak 0-2 over 2-5 kHz",
      .paper = "Hammarberg et al. 1980, Acta Oto-laryng. 90" },
    { .name = "slope0-500_sma3",
      .unit = "dB/Hz",
      .text = "spectral slope",
      .paper = GEMAPS },
    { .name = "slope500-1500_sma3",
      .unit = "dB/Hz",
      .text = "spectral slope",
      .paper = GEMAPS },
    { .name = "spectralFlux_sma3",
      .unit = "1",
      .text = "change of the spectrum",
      .paper = GEMAPS },
    { .name = "mfcc1_sma3",
      .unit = "1",
      .text = "cepstral coefficient",
      .paper = "Davis & Mermelstein 1980, IEEE TASSP 28(4)" },
    { .name = "mfcc2_sma3",
      .unit = "1",
      .text = "cepstral coefficient",
      .paper = "Davis & Mermelstein 1980, IEEE TASSP 28(4)" },
    { .name = "mfcc3_sma3",
      .unit = "1",
      .text = "cepstral coefficient",
      .paper = "Davis & Mermelstein 1980, IEEE TASSP 28(4)" },
    { .name = "mfcc4_sma3",
      .unit = "1",
      .text = "cepstral coefficient",
      .paper = "Davis & Mermelstein 1980, IEEE TASSP 28(4)" },
    { .name = "F0semitoneFrom27.5Hz_sma3nz",
      .unit = "semitones",
      .text = "pitch",
      .paper = "Hermes 1988, JASA 83(1)" },
    { .name = "jitterLocal_sma3nz",
      .unit = "1",
      .text = "jitter",
      .paper = GEMAPS },
    { .name = "shimmerLocaldB_sma3nz",
      .unit = "dB",
      .text = "shimmer",
      .paper = GEMAPS },
    { .name = "HNRdBACF_sma3nz",
      .unit = "dB",
      .text = "harmonics to noise",
      .paper = "Boersma 1993, Proc. IFA 17" },
    { .name = "logRelF0-H1-H2_sma3nz",
      .unit = "dB",
      .text = "harmonic 2 over 3",
      .paper = GEMAPS },
    { .name = "logRelF0-H1-A3_sma3nz",
      .unit = "dB",
      .text = "harmonic 2 over formant 3",
      .paper = GEMAPS },
    { .name = "F1frequency_sma3nz",
      .unit = "Hz",
      .text = "formant 1",
      .paper = GEMAPS },
    { .name = "F1bandwidth_sma3nz",
      .unit = "Hz",
      .text = "width of formant 1",
      .paper = GEMAPS },
    { .name = "F1amplitudeLogRelF0_sma3nz",
      .unit = "dB",
      .text = "level of formant 1, -201 where unvoiced",
      .paper = GEMAPS },
    { .name = "F2frequency_sma3nz",
      .unit = "Hz",
      .text = "formant 2",
      .paper = GEMAPS },
    { .name = "F2bandwidth_sma3nz",
      .unit = "Hz",
      .text = "width of formant 2",
      .paper = GEMAPS },
    { .name = "F2amplitudeLogRelF0_sma3nz",
      .unit = "dB",
      .text = "level of formant 2, -201 where unvoiced",
      .paper = GEMAPS },
    { .name = "F3frequency_sma3nz",
      .unit = "Hz",
      .text = "formant 3",
      .paper = GEMAPS },
    { .name = "F3bandwidth_sma3nz",
      .unit = "Hz",
      .text = "width of formant 3",
      .paper = GEMAPS },
    { .name = "F3amplitudeLogRelF0_sma3nz",
      .unit = "dB",
      .text = "level of formant 3, -201 where unvoiced",
      .paper = GEMAPS },
};

static_assert(LENGTH_OF(egemaps_columns) == VOICE_COUNT, "one name a column");

/* A medium on its way through `voice`; a row waits for the one after it. */
struct run {
    struct voice *voice; /* owned */
    struct frames *frames;
    double hop;
    struct voice_row row[2]; /* before, and the one that waits */
    bool waits;
};

static void put_row(struct run *run, const struct voice_row *after)
{
    float smoothed[VOICE_COUNT];
    double *out = frames_add(run->frames, (double)run->frames->rows * run->hop);

    voice_sum_smooth(&run->row[0], &run->row[1], after, smoothed);
    for (int i = 0; i < VOICE_COUNT; i++)
        out[i] = smoothed[i];
}

/* A voice_sink.  Frames that are not whole only end the last one's mean. */
static void take_row(void *context, const struct voice_row *row)
{
    struct run *run = context;

    if (run->waits)
        put_row(run, row);
    run->row[0] = run->waits ? run->row[1] : *row;
    run->row[1] = *row;
    run->waits = !row->tail;
}

static bool begin(void *context, int rate, const struct reader_info *info,
                  struct error *err)
{
    struct run *run = context;

    (void)info;
    run->hop = voice_hop_seconds(rate);
    run->voice = voice_new(rate, take_row, run, err);
    return run->voice;
}

static void take(void *context, const float *sample, int64_t count)
{
    struct run *run = context;

    voice_push(run->voice, sample, count);
}

static bool measure_egemaps(const struct frame_set *set,
                            const struct feature_item *item,
                            struct frames *frames, struct error *err)
{
    struct run run = { .frames = frames };
    const struct rate_sink sink = { .begin = begin,
                                    .take = take,
                                    .context = &run,
                                    /* All rows are held at once. */
                                    .most_seconds = RATE_LOAD_MAX_SECONDS };
    int rate = text_equal(set->rate, "native") ? RATE_NATIVE : 16000;
    bool good =
        rate_stream(item->path, item->start_us, item->end_us, rate, &sink, err);

    if (good) {
        voice_finish(run.voice);
        if (run.waits)
            put_row(&run, &run.row[1]);
    }
    voice_free(run.voice);
    return good;
}

static const struct frame_set egemaps_compat_lld = {
    .name = "egemaps-compat-lld",
    .version = "1",
    .summary = "the 25 descriptors of eGeMAPSv02, a row a frame",
    .rate = "native",
    .descriptors = egemaps_columns,
    .count = LENGTH_OF(egemaps_columns),
    .measure = measure_egemaps,
};

const struct frame_set *const frame_sets[] = { &frame_lld, &egemaps_compat_lld,
                                               NULL };

const struct descriptor *frame_set_column(const struct frame_set *set,
                                          size_t column)
{
    if (set->more && column >= set->more_from)
        return &set->more[column - set->more_from];
    return &set->descriptors[column];
}

const struct frame_set *frame_set_find(const char *name)
{
    for (size_t i = 0; frame_sets[i]; i++)
        if (text_equal(frame_sets[i]->name, name))
            return frame_sets[i];
    return NULL;
}
