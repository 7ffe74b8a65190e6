/*
 * source - a medium as the device wants it.
 *
 * medium -> reader -> mix (fewer channels) -> rate -> stretch (unless the
 * speed is 1) -> spread (more channels) -> device
 */
#include <config.h>

#include "annotate/play/source.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/media/rate.h"
#include "common/media/reader.h"
#include "common/media/reader_pair.h"
#include "common/media/stretch.h"

enum { PIECE = 1024 }; /* frames read from the medium at once */

struct source {
    struct source_info info;
    struct reader *reader;   /* owned */
    struct rate *rate;       /* owned; `width` channels */
    struct stretch *stretch; /* owned; NULL: not yet needed */
    double speed;
    int device_rate;
    int channels; /* of the device */
    int width;    /* the fewer of the medium's and the device's */

    /* Frames of the medium. */
    int64_t first, last; /* the span; last is -1 while unknown */
    int64_t origin;      /* of the last source_place() */
    int64_t limit;       /* where reading ends; -1: where the medium does */
    int64_t at;          /* read next */
    bool finished;       /* the rate was told that no more comes */

    float *in;    /* owned; PIECE frames of the medium */
    float *mixed; /* owned; PIECE frames of `width` */
    float *out;   /* owned; PIECE frames of `width` */

    /* Decoded ahead, frames of the device. */
    float *ahead; /* owned; NULL: none */
    int64_t ahead_count, ahead_next;
};

static int64_t time_of(const struct source *source, int64_t frame)
{
    return reader_time_of(source->reader, frame);
}

static bool measure(struct source *source, int64_t start_us, int64_t end_us,
                    struct error *err)
{
    const struct reader_info *info = reader_info(source->reader);
    int64_t frames = info->frames;

    source->first =
        start_us > 0 ? reader_frame_at(source->reader, start_us) : 0;
    source->last =
        end_us >= 0 ? reader_frame_at(source->reader, end_us) : frames;
    if (frames >= 0 && source->last > frames)
        source->last = frames;
    if (frames >= 0 && source->first > frames)
        return error_set(err, ERROR_INPUT,
                         "%s: the span begins after the end of the medium",
                         reader_path(source->reader));
    if (source->last >= 0 && source->last < source->first)
        return error_set(err, ERROR_INPUT, "%s: the span ends before it begins",
                         reader_path(source->reader));
    source->info.rate = info->rate;
    source->info.channels = info->channels;
    source->info.start_us = time_of(source, source->first);
    source->info.end_us =
        source->last >= 0 ? time_of(source, source->last) : -1;
    if (info->second > 0) {
        source->info.second_us = time_of(source, info->second);
        source->info.first_end_us = source->info.second_us - READER_PAIR_GAP_US;
    }
    if (info->about_frames >= 0)
        source->info.duration_us = time_of(source, info->about_frames);
    return true;
}

struct source *source_open(const char *path, int64_t start_us, int64_t end_us,
                           int rate, int channels, double speed,
                           struct error *err)
{
    struct source *source = xcalloc(1, sizeof(*source));
    int medium_channels;

    source->reader = reader_open_film(path, err);
    if (!source->reader || !measure(source, start_us, end_us, err))
        goto failed;
    medium_channels = source->info.channels;
    source->channels = channels;
    source->device_rate = rate;
    source->width = medium_channels < channels ? medium_channels : channels;
    source->rate = rate_new(source->info.rate, rate, source->width, err);
    if (!source->rate) {
        error_prefix(err, "%s", path);
        goto failed;
    }
    source->in =
        xreallocarray(NULL, PIECE, (size_t)medium_channels * sizeof(float));
    source->mixed =
        xreallocarray(NULL, PIECE, (size_t)source->width * sizeof(float));
    source->out =
        xreallocarray(NULL, PIECE, (size_t)source->width * sizeof(float));
    if (!source_place(source, source->info.start_us, -1, speed, err))
        goto failed;
    return source;

failed:
    source_close(source);
    return NULL;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    rate_free(source->rate);
    stretch_free(source->stretch);
    reader_close(source->reader);
    free(source->in);
    free(source->mixed);
    free(source->out);
    free(source->ahead);
    free(source);
}

const struct source_info *source_info(const struct source *source)
{
    return &source->info;
}

static int64_t frame_inside(const struct source *source, int64_t us)
{
    int64_t frame = us > 0 ? reader_frame_at(source->reader, us) : 0;

    if (frame < source->first)
        frame = source->first;
    if (source->last >= 0 && frame > source->last)
        frame = source->last;
    return frame;
}

/* The stretch is ready for `speed`, if one is needed. */
static bool set_speed(struct source *source, double speed, struct error *err)
{
    source->speed = speed;
    if (speed == 1)
        return true;
    if (source->stretch)
        stretch_reset(source->stretch, speed);
    else
        source->stretch =
            stretch_new(source->device_rate, source->width, speed, err);
    return source->stretch != NULL;
}

bool source_place(struct source *source, int64_t from_us, int64_t to_us,
                  double speed, struct error *err)
{
    int64_t frame = frame_inside(source, from_us);
    bool primed = source->ahead && source->ahead_next == 0 &&
                  frame == source->first && to_us < 0 && speed == source->speed;

    source->limit = to_us < 0 ? source->last : frame_inside(source, to_us);
    source->origin = frame;
    if (primed)
        return true;
    free(source->ahead);
    source->ahead = NULL;
    rate_reset(source->rate);
    source->finished = false;
    source->at = frame;
    return set_speed(source, speed, err) &&
           reader_seek(source->reader, frame, err);
}

int64_t source_origin_us(const struct source *source)
{
    return time_of(source, source->origin);
}

double source_speed(const struct source *source)
{
    return source->speed;
}

int64_t source_ended_us(const struct source *source)
{
    return time_of(source, source->at);
}

void source_extend(struct source *source)
{
    source->limit = source->last;
}

/* To `width` channels: all of them, or where there are too many their mean. */
static const float *mix(struct source *source, int64_t frames)
{
    int channels = source->info.channels;
    const float *in = source->in;

    if (source->width == channels)
        return in;
    for (int64_t i = 0; i < frames; i++) {
        float sum = 0;

        for (int c = 0; c < channels; c++)
            sum += *in++;
        for (int c = 0; c < source->width; c++)
            source->mixed[i * source->width + c] = sum / (float)channels;
    }
    return source->mixed;
}

/* From `width` to the device's channels: one to all, else the first ones. */
static void spread(const struct source *source, float *out, int64_t frames)
{
    const float *in = source->out;

    for (int64_t i = 0; i < frames; i++, in += source->width) {
        for (int c = 0; c < source->channels; c++)
            *out++ = source->width == 1 ? in[0] : c < source->width ? in[c] : 0;
    }
}

/* The end of the medium came; now it is known. */
static void note_end(struct source *source)
{
    const struct reader_info *info = reader_info(source->reader);

    source->last = source->at;
    source->limit = source->at;
    source->info.end_us = time_of(source, source->at);
    source->info.duration_us =
        time_of(source, info->frames >= 0 ? info->frames : source->at);
}

/* Gives the rate one more piece, or tells it that none comes. */
static bool push(struct source *source, struct error *err)
{
    int64_t frames = PIECE;

    if (source->limit >= 0 && source->limit - source->at < frames)
        frames = source->limit - source->at;
    if (frames > 0) {
        frames = reader_read(source->reader, source->in, frames, err);
        if (frames < 0)
            return false;
    }
    if (frames > 0) {
        rate_push(source->rate, mix(source, frames), frames);
        source->at += frames;
        return true;
    }
    if (source->limit < 0 || source->at < source->limit)
        note_end(source);
    rate_finish(source->rate);
    source->finished = true;
    return true;
}

/* From the rate to the stretch. */
static void move_on(struct source *source)
{
    int64_t got;

    while ((got = rate_pull(source->rate, source->out, PIECE)) > 0)
        stretch_push(source->stretch, source->out, got);
    if (source->finished)
        stretch_finish(source->stretch);
}

static int64_t ready(const struct source *source)
{
    return source->speed == 1 ? rate_ready(source->rate)
                              : stretch_ready(source->stretch);
}

static int64_t read_ahead(struct source *source, float *out, int64_t frames)
{
    int64_t left = source->ahead_count - source->ahead_next;
    size_t width = (size_t)source->channels;

    if (frames > left)
        frames = left;
    memcpy(out, source->ahead + (size_t)source->ahead_next * width,
           (size_t)frames * width * sizeof(*out));
    source->ahead_next += frames;
    if (source->ahead_next == source->ahead_count) {
        free(source->ahead);
        source->ahead = NULL;
    }
    return frames;
}

int64_t source_read(struct source *source, float *out, int64_t frames,
                    struct error *err)
{
    int64_t got;

    if (source->ahead)
        return read_ahead(source, out, frames);
    while (ready(source) == 0) {
        if (source->finished)
            return 0;
        if (!push(source, err))
            return -1;
        if (source->speed != 1)
            move_on(source);
    }
    if (frames > PIECE)
        frames = PIECE;
    got = source->speed == 1
              ? rate_pull(source->rate, source->out, frames)
              : stretch_pull(source->stretch, source->out, frames);
    spread(source, out, got);
    return got;
}

bool source_prime(struct source *source, int64_t frames, struct error *err)
{
    size_t width = (size_t)source->channels;
    float *ahead = xreallocarray(NULL, (size_t)frames, width * sizeof(float));
    int64_t count = 0;

    while (count < frames) {
        int64_t got = source_read(source, ahead + (size_t)count * width,
                                  frames - count, err);

        if (got < 0) {
            free(ahead);
            return false;
        }
        if (got == 0)
            break;
        count += got;
    }
    if (count == 0) {
        free(ahead);
        ahead = NULL;
    }
    source->ahead = ahead;
    source->ahead_count = count;
    source->ahead_next = 0;
    return true;
}
