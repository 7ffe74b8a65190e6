/*
 * peaks - a waveform as a pyramid of lowest and highest samples.
 *
 * Level 0 holds one pair for each bucket of frames, each level above
 * one for four of the level below: any span is drawn in time that grows with
 * the number of columns only, however long the medium.
 *
 * Memory: 5.3 bytes a bucket and channel.  A bucket is one frame, doubled
 * until there are at most 2^20 of them: no more than 5.6 MB a channel for a
 * medium of known length (twice that while it grows), and single samples can
 * be seen in 22 s at 48 kHz.
 *
 * A long medium is first sketched: a few hundred short looks, spread over all
 * of it, are drawn where the pyramid is not built yet.
 *
 * One thread builds, others may draw meanwhile.
 */
#ifndef MIEN_MEDIA_PEAKS_H
#define MIEN_MEDIA_PEAKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/media/reader.h"

enum {
    PEAKS_CHANNELS = 2, /* kept apart; more are mixed to one */
    PEAKS_ALL = -1,     /* the lowest and highest of all channels */
};

struct peak {
    float low, high; /* -1 .. 1, rounded outward to 1/32767 */
};

struct peaks;

struct peaks_info {
    int rate;              /* Hz */
    int channels;          /* kept: 1 or 2 */
    int64_t first, frames; /* frames of the medium: from, and how many */
    bool finished;
    int64_t bucket; /* frames that one pair of the lowest level is about */
    size_t bytes;   /* memory taken by the pyramid */
};

/*
 * For `channels` interleaved channels that begin with frame `first` of the
 * medium; about_frames < 0: length not known.
 */
struct peaks *peaks_new(int rate, int channels, int64_t first,
                        int64_t about_frames);
void peaks_free(struct peaks *peaks); /* takes NULL */

/* The builder's. */
void peaks_add(struct peaks *peaks, const float *frames, int64_t count);
void peaks_finish(struct peaks *peaks);

/* Loudest and softest of `count` looks, evenly over `frames` frames. */
void peaks_sketch(struct peaks *peaks, const struct peak *look, size_t count,
                  int64_t frames);

/*
 * Reads start_us to end_us of a medium (end_us < 0: to its end) into peaks
 * that `publish` is told of before the first sample.  `go_on` is asked after
 * each piece; when it says no the result is false with ERROR_INTERRUPTED.
 */
struct peaks_watch {
    void (*publish)(void *context, struct peaks *peaks); /* now its owner */
    bool (*go_on)(void *context);
    void *context;
};
bool peaks_build(const char *path, int64_t start_us, int64_t end_us,
                 const struct peaks_watch *watch, struct error *err);

/* Any thread. */
void peaks_info(struct peaks *peaks, struct peaks_info *out);
/*
 * The span from_us to to_us of media time in `count` columns, of one channel
 * or of PEAKS_ALL.  Columns outside of what is built are 0, 0.  Returns how
 * many columns could be drawn up to the last one that could.
 */
size_t peaks_draw(struct peaks *peaks, int channel, int64_t from_us,
                  int64_t to_us, struct peak *column, size_t count);

#endif
