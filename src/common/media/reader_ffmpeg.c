/*
 * reader_ffmpeg - compressed sound and the sound track of videos, by FFmpeg.
 *
 * Samples are counted from the first one that the decoder gives after it has
 * cut the codec's delay; its timestamp is the origin.  While reading on, the
 * position is counted; after a seek it comes from the timestamp of the frame
 * that was found, some way before the goal so that the decoder's memory (bit
 * reservoir, overlap) is full when the goal comes.
 */
#include <config.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/media/container_internal.h"
#include "common/media/soundtrack_internal.h"

enum {
    /* Going on this far is cheaper than a jump. */
    NEAR_MS = 2000,
    /* How much less than the header claims is still no truncation. */
    SLACK_MS = 250,
};

static void track_close(void *source)
{
    struct soundtrack *track = source;

    if (!track)
        return;
    soundtrack_stop(track);
    free(track->path);
    free(track);
}

static enum backend_answer track_open(const char *path,
                                      struct reader_info *info, void **source,
                                      struct error *err)
{
    struct soundtrack *track = xcalloc(1, sizeof(*track));
    enum backend_answer answer;
    int64_t duration;

    track->end = -1;
    track->path = xstrdup(path);
    answer = soundtrack_start(track, err);
    if (answer != BACKEND_OPEN) {
        track_close(track);
        return answer;
    }
    duration = track->format->duration;
    info->rate = track->rate;
    info->channels = track->channels;
    info->frames = -1;
    info->about_frames = track->claimed;
    if (track->claimed < 0 && duration != AV_NOPTS_VALUE)
        info->about_frames = av_rescale(duration, track->rate, AV_TIME_BASE);
    info->has_video = container_video(track->format) >= 0;
    info->format = track->ff->avcodec_get_name(track->codec->codec_id);
    *source = track;
    return BACKEND_OPEN;
}

/* Fills `pending`; 1, 0 at the end, -1. */
static int advance(struct soundtrack *track, struct error *err)
{
    int got;
    bool was_damaged;

    track->pending_count = track->pending_next = 0;
    if (!track->codec) { /* a seek could not open the file again */
        error_set(err, ERROR_IO, "cannot be read any more");
        return -1;
    }
    got = soundtrack_next(track, err);
    if (got < 0)
        return -1;
    if (got == 0) {
        int64_t slack = (int64_t)track->rate * SLACK_MS / 1000;

        if (track->claimed > track->decoded + slack) {
            error_set(err, ERROR_INPUT,
                      "is truncated or damaged: %.3f of %.3f s can be read",
                      (double)track->decoded / track->rate,
                      (double)track->claimed / track->rate);
            return -1;
        }
        return 0;
    }
    was_damaged = track->damaged;
    track->damaged = false;
    if (was_damaged) {
        error_set(err, ERROR_INPUT, "is damaged at %.3f s",
                  (double)track->decoded / track->rate);
        return -1;
    }
    return soundtrack_take(track, err) ? 1 : -1;
}

static int64_t track_read(void *source, float *out, int64_t frames,
                          struct error *err)
{
    struct soundtrack *track = source;
    int64_t count;
    size_t width = (size_t)track->channels;

    while (track->pending_next == track->pending_count) {
        int got = advance(track, err);

        if (got <= 0)
            return got;
    }
    count = track->pending_count - track->pending_next;
    if (count > frames)
        count = frames;
    memcpy(out, track->pending + (size_t)track->pending_next * width,
           (size_t)count * width * sizeof(float));
    track->pending_next += count;
    return count;
}

/* Reads on until `frame` is the next one in `pending`. */
static bool skip_to(struct soundtrack *track, int64_t frame, struct error *err)
{
    for (;;) {
        int64_t first = track->decoded - track->pending_count;
        int got;

        if (frame < track->decoded) {
            assert(frame >= first);
            track->pending_next = frame - first;
            return true;
        }
        got = advance(track, err);
        if (got < 0)
            return false;
        if (got == 0)
            return frame == track->decoded ||
                   error_set(err, ERROR_INPUT,
                             "%.3f s is beyond the end at %.3f s",
                             (double)frame / track->rate,
                             (double)track->decoded / track->rate);
    }
}

/* False when the file must be read from its start instead. */
static bool jump(struct soundtrack *track, int64_t frame)
{
    int64_t preroll = (int64_t)track->rate * track->preroll_ms / 1000;
    struct error ignored;
    int64_t goal, found;

    if (!track->codec || !track->fine || frame <= preroll)
        return false;
    goal = track->origin + soundtrack_to_time(track, frame - preroll);
    if (track->ff->av_seek_frame(track->format, track->stream, goal,
                                 AVSEEK_FLAG_BACKWARD) < 0)
        return false;
    track->ff->avcodec_flush_buffers(track->codec);
    track->drained = track->ended = false;
    track->pending_count = track->pending_next = 0;
    if (soundtrack_next(track, &ignored) != 1)
        return false;
    /* The first packets may lack what they refer to. */
    track->damaged = false;
    if (soundtrack_time(track) == AV_NOPTS_VALUE)
        return false;
    found = soundtrack_to_frames(track, soundtrack_time(track) - track->origin);
    if (found < 0 || found > frame)
        return false;
    track->decoded = found;
    return soundtrack_take(track, &ignored);
}

static bool track_seek(void *source, int64_t frame, struct error *err)
{
    struct soundtrack *track = source;
    int64_t first = track->decoded - track->pending_count;
    int64_t near = (int64_t)track->rate * NEAR_MS / 1000;

    if (frame >= first && frame <= track->decoded + near)
        return skip_to(track, frame, err);
    if (!jump(track, frame)) {
        int rate = track->rate, channels = track->channels;

        soundtrack_stop(track);
        if (soundtrack_start(track, err) != BACKEND_OPEN) {
            soundtrack_stop(track);
            return false;
        }
        if (track->rate != rate || track->channels != channels)
            return error_set(err, ERROR_INPUT, "has changed while it was read");
    }
    return skip_to(track, frame, err);
}

const struct reader_backend reader_ffmpeg = {
    .open = track_open,
    .read = track_read,
    .seek = track_seek,
    .close = track_close,
};
