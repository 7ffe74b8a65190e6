/*
 * reader - sound out of a medium: probe, decode, seek to the sample.
 *
 * Samples are interleaved floats, full scale 1.  Frame 0 is media time 0: the
 * first audible sample after the codec's delay; the padding that encoders add
 * at both ends is cut.  libsndfile reads PCM and FLAC; FFmpeg reads the rest,
 * also the first sound track of a video.
 *
 * A medium that ends before its own header says so is an error, not a short
 * reading.  Every error begins with the path.
 *
 * One thread at a time may use a reader; several readers may run at once.
 */
#ifndef MIEN_MEDIA_READER_H
#define MIEN_MEDIA_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"

struct reader;

enum {
    READER_MAX_CHANNELS = 64,
    READER_MIN_RATE = 1000,    /* Hz */
    READER_MAX_RATE = 1000000, /* Hz */
};

/* A sample beyond this, of a file of floats, is damage: whole numbers of 32
 * bits that were stored as floats still fit. */
#define READER_LOUDEST 1e10F

struct reader_info {
    int rate;     /* Hz */
    int channels; /* at least 1 */
    /* Exact, or -1 when it is not known before the end has been read. */
    int64_t frames;
    /* As `frames`, else what the header claims; -1 when it says nothing. */
    int64_t about_frames;
    int64_t second;     /* of a pair: where the second begins; else 0 */
    bool has_video;     /* there are moving pictures beside the sound */
    const char *format; /* "FLAC", "mp3": for people; lives as the reader */
};

/*
 * NULL with the reason: missing, empty, no medium, without sound, damaged.
 * The path may be a name of two media (reader_pair.h).
 */
struct reader *reader_open(const char *path, struct error *err);
/*
 * The same, for as long as there are pictures: where the pictures of a video
 * go on after its sound, or there is no sound, silence stands for it.
 */
struct reader *reader_open_film(const char *path, struct error *err);
void reader_close(struct reader *reader); /* takes NULL */

/* Borrowed; `frames` becomes exact when the end is read. */
const struct reader_info *reader_info(const struct reader *reader);
const char *reader_path(const struct reader *reader);

/*
 * Up to `frames` frames of channels floats each; fewer only at the end.
 * Returns how many, 0 at the end, -1 with the reason.
 */
int64_t reader_read(struct reader *reader, float *out, int64_t frames,
                    struct error *err);

/*
 * The next frame read is `frame`, exactly.  Beyond the end is an error, the
 * end itself is none; a seek that fails leaves the position.  Where timestamps
 * do not name the sample (Matroska, raw AC-3) a backward seek decodes from the
 * start.  AAC may hold "some noise" in place of samples: that noise is another
 * after a seek.
 */
bool reader_seek(struct reader *reader, int64_t frame, struct error *err);

/* The frame that is read next. */
int64_t reader_position(const struct reader *reader);

/* Media time in microseconds to the nearest frame, and back. */
int64_t reader_frame_at(const struct reader *reader, int64_t us);
int64_t reader_time_of(const struct reader *reader, int64_t frame);

#endif
