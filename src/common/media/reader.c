/*
 * reader - chooses the library for a medium and keeps the position.
 */
#include <config.h>

#include "common/media/reader.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/media/reader_internal.h"
#include "common/media/reader_pair.h"

struct reader {
    char *path; /* owned */
    struct reader_info info;
    const struct reader_backend *backend;
    void *source; /* owned, by way of backend->close */
    int64_t position;
};

/* In the order in which they are asked. */
static const struct reader_backend *const backends[] = {
    &reader_sndfile,
    &reader_ffmpeg,
};

static bool check_file(const char *path, struct error *err)
{
    struct stat status;

    if (stat(path, &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return error_set(err, ERROR_INPUT, "no such file");
        return error_set_errno(err, ERROR_IO, "cannot be read");
    }
    if (S_ISDIR(status.st_mode))
        return error_set(err, ERROR_INPUT, "is a folder, not a medium");
    if (!S_ISREG(status.st_mode))
        return error_set(err, ERROR_INPUT, "is not a plain file");
    if (status.st_size == 0)
        return error_set(err, ERROR_INPUT, "is empty (0 bytes)");
    return true;
}

static bool check_info(const struct reader_info *info, struct error *err)
{
    if (info->channels < 1 || info->channels > READER_MAX_CHANNELS)
        return error_set(err, ERROR_LIMIT, "has %d channels; 1 to %d are read",
                         info->channels, READER_MAX_CHANNELS);
    if (info->rate < READER_MIN_RATE || info->rate > READER_MAX_RATE)
        return error_set(err, ERROR_LIMIT,
                         "has a sampling rate of %d Hz; %d to %d are read",
                         info->rate, READER_MIN_RATE, READER_MAX_RATE);
    if (info->frames == 0)
        return error_set(err, ERROR_INPUT, "has no samples (zero length)");
    return true;
}

static bool open_source(struct reader *reader, struct error *err)
{
    for (size_t i = 0; i < LENGTH_OF(backends); i++) {
        switch (backends[i]->open(reader->path, &reader->info, &reader->source,
                                  err)) {
        case BACKEND_OPEN:
            reader->backend = backends[i];
            return check_info(&reader->info, err);
        case BACKEND_FAILED:
            return false;
        case BACKEND_FOREIGN:
            break;
        }
    }
    return error_set(err, ERROR_INPUT,
                     "is no sound or video file that can be read");
}

struct reader *reader_open(const char *path, struct error *err)
{
    struct reader *reader;

    if (reader_is_pair(path))
        return reader_open_pair(path, err);
    reader = xcalloc(1, sizeof(*reader));
    reader->path = xstrdup(path);
    if (!check_file(path, err))
        goto failed;
    if (!open_source(reader, err))
        goto failed;
    return reader;

failed:
    error_prefix(err, "%s", path);
    reader_close(reader);
    return NULL;
}

struct reader *reader_wrap(const char *path, const struct reader_info *info,
                           const struct reader_backend *backend, void *source)
{
    struct reader *reader = xcalloc(1, sizeof(*reader));

    reader->path = xstrdup(path);
    reader->info = *info;
    reader->backend = backend;
    reader->source = source;
    return reader;
}

void reader_close(struct reader *reader)
{
    if (!reader)
        return;
    if (reader->backend)
        reader->backend->close(reader->source);
    free(reader->path);
    free(reader);
}

const struct reader_info *reader_info(const struct reader *reader)
{
    return &reader->info;
}

const char *reader_path(const struct reader *reader)
{
    return reader->path;
}

int64_t reader_position(const struct reader *reader)
{
    return reader->position;
}

/* Those of a pair name the one of the two already. */
static bool name_error(const struct reader *reader, struct error *err)
{
    return !reader_is_pair(reader->path) &&
           error_prefix(err, "%s", reader->path);
}

/* The end has come at `position`: too early, or as it should. */
static bool at_end(struct reader *reader, struct error *err)
{
    struct reader_info *info = &reader->info;

    if (info->frames > reader->position) {
        error_set(err, ERROR_INPUT,
                  "is truncated or damaged: %.3f of %.3f s can be read",
                  (double)reader->position / info->rate,
                  (double)info->frames / info->rate);
        return error_prefix(err, "%s", reader->path);
    }
    info->frames = reader->position;
    info->about_frames = reader->position;
    return true;
}

/*
 * The first frame of which a sample is none, or `frames`.  Files of floating
 * point may hold anything, and features of an infinity are no features.
 */
static int64_t unsound_frame(const float *sample, int64_t frames, int channels)
{
    int64_t count = frames * channels;
    bool sound = true;
    int64_t i = 0;

    for (int64_t k = 0; k < count; k++)
        sound &= fabsf(sample[k]) <= READER_LOUDEST;
    if (sound)
        return frames;
    while (fabsf(sample[i]) <= READER_LOUDEST)
        i++;
    return i / channels;
}

static bool check_samples(const struct reader *reader, const float *sample,
                          int64_t frames, struct error *err)
{
    int64_t at = unsound_frame(sample, frames, reader->info.channels);

    if (at == frames)
        return true;
    error_set(err, ERROR_INPUT,
              "is damaged at %.3f s: a sample is not a number, or %g times "
              "as large as the loudest that fits",
              (double)(reader->position + at) / reader->info.rate,
              (double)READER_LOUDEST);
    return error_prefix(err, "%s", reader->path);
}

int64_t reader_read(struct reader *reader, float *out, int64_t frames,
                    struct error *err)
{
    int64_t done = 0;

    assert(frames >= 0);
    while (done < frames) {
        int64_t got = reader->backend->read(reader->source,
                                            out + done * reader->info.channels,
                                            frames - done, err);

        if (got < 0) {
            name_error(reader, err);
            return -1;
        }
        if (got == 0) {
            if (!at_end(reader, err))
                return -1;
            break;
        }
        if (!check_samples(reader, out + done * reader->info.channels, got,
                           err))
            return -1;
        done += got;
        reader->position += got;
    }
    return done;
}

bool reader_seek(struct reader *reader, int64_t frame, struct error *err)
{
    const struct reader_info *info = &reader->info;

    assert(frame >= 0);
    if (frame == reader->position)
        return true;
    if (info->frames >= 0 && frame > info->frames) {
        error_set(err, ERROR_INPUT, "%.3f s is beyond the end at %.3f s",
                  (double)frame / info->rate,
                  (double)info->frames / info->rate);
        goto failed;
    }
    if (!reader->backend->seek(reader->source, frame, err)) {
        struct error ignored;

        /* Back to where it was, as if nothing had been asked. */
        reader->backend->seek(reader->source, reader->position, &ignored);
        goto failed;
    }
    reader->position = frame;
    return true;

failed:
    return name_error(reader, err);
}

/* Exact for every time and rate: whole seconds are taken out first. */
int64_t reader_frame_at(const struct reader *reader, int64_t us)
{
    int64_t second = us / 1000000;
    int64_t rest = us % 1000000;

    return second * reader->info.rate +
           (rest * reader->info.rate + 500000) / 1000000;
}

int64_t reader_time_of(const struct reader *reader, int64_t frame)
{
    int64_t rate = reader->info.rate;

    return frame / rate * 1000000 + (frame % rate * 1000000 + rate / 2) / rate;
}
