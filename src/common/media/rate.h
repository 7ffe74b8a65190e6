/*
 * rate - another sampling rate, by libswresample's polyphase filter.
 *
 * The filter is linear-phase and its delay is taken out: output frame k lies
 * at time k / out_rate.  N frames in give ceil(N * out_rate / in_rate) frames
 * out, exactly, whatever the sizes of the pieces; the values do not depend on
 * these sizes either.  The pass band ends at 0.45 of the lower rate, the stop
 * band (90 dB) begins at half of it.  Equal rates are a plain copy.
 */
#ifndef MIEN_MEDIA_RATE_H
#define MIEN_MEDIA_RATE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"

struct rate;

/* Rates and channels within the limits of reader; interleaved floats. */
struct rate *rate_new(int in_rate, int out_rate, int channels,
                      struct error *err);
void rate_free(struct rate *rate); /* takes NULL */

/* Takes all of the input; not after rate_finish(). */
void rate_push(struct rate *rate, const float *in, int64_t frames);
/* No more comes: the tail of the filter is made ready. */
void rate_finish(struct rate *rate);
/* Frames ready to be pulled. */
int64_t rate_ready(const struct rate *rate);
/* Up to `frames` of those; returns how many. */
int64_t rate_pull(struct rate *rate, float *out, int64_t frames);
/* Forgets all samples, as after a seek. */
void rate_reset(struct rate *rate);

/* ceil(frames * out_rate / in_rate) */
int64_t rate_length(int64_t frames, int in_rate, int out_rate);

/* A piece of sound in memory, one channel. */
struct rate_sound {
    float *sample; /* owned */
    int64_t count;
    int rate; /* Hz */
    /* What the medium has. */
    int source_rate;
    int source_channels;
};

enum {
    /* Longer pieces are refused (460 MB at 16 kHz). */
    RATE_LOAD_MAX_SECONDS = 2 * 60 * 60,
    /* How far `end_us` may lie beyond the end of the medium: rounding. */
    RATE_LOAD_SLACK_US = 100000,
};

/*
 * The medium from `start_us` to `end_us` (not included; negative: to the end)
 * as one channel, the plain mean of all, at `out_rate`.  The piece is cut
 * first: nothing outside of it has any influence.  Stops with
 * ERROR_INTERRUPTED after Ctrl-C.
 */
bool rate_load(const char *path, int64_t start_us, int64_t end_us, int out_rate,
               struct rate_sound *sound, struct error *err);
void rate_sound_release(struct rate_sound *sound);

struct reader_info;

/* Where rate_stream() brings the sound. */
struct rate_sink {
    /* Once, before the first piece; false with the reason ends it. */
    bool (*begin)(void *context, int rate, const struct reader_info *info,
                  struct error *err);
    void (*take)(void *context, const float *sample, int64_t count);
    void *context;
    int64_t most_seconds; /* longer ones are refused; 0: any length */
};

enum { RATE_NATIVE = 0 }; /* as out_rate: that of the medium */

/* As rate_load(), piece by piece: nothing is kept. */
bool rate_stream(const char *path, int64_t start_us, int64_t end_us,
                 int out_rate, const struct rate_sink *sink, struct error *err);

/* A sink that keeps all of it in `sound`, which it empties first. */
struct rate_keeper {
    struct rate_sound *sound;
    int64_t room; /* private */
};
struct rate_sink rate_keep(struct rate_keeper *keeper);

#endif
