/*
 * soundtrack_internal - the sound track of a file that FFmpeg has open; private
 * to media.
 */
#ifndef MIEN_MEDIA_SOUNDTRACK_INTERNAL_H
#define MIEN_MEDIA_SOUNDTRACK_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/media/ffmpeg_internal.h"
#include "common/media/reader_internal.h"

struct SwrContext;

struct soundtrack {
    char *path;              /* owned */
    const struct ffmpeg *ff; /* NULL until it is started */
    /* All owned; NULL while it is stopped. */
    struct AVFormatContext *format;
    struct AVCodecContext *codec;
    struct SwrContext *convert; /* to interleaved floats */
    struct AVPacket *packet;
    struct AVFrame *frame;
    int stream;
    int rate, channels;
    int64_t origin;  /* timestamp of frame 0, in the stream's time base */
    bool fine;       /* timestamps name the sample, also after a jump */
    int preroll_ms;  /* how far before its goal a jump goes */
    bool drained;    /* the decoder was told that no more comes */
    bool ended;      /* what follows is padding */
    bool damaged;    /* the last packet did not decode */
    int64_t claimed; /* frames by the header, -1 when it is a guess */
    int64_t end;     /* exact end within the last frame, -1: its end */
    int64_t decoded; /* frame number after the last one in `pending` */
    /* Decoded and not yet read. */
    float *pending; /* owned */
    int64_t pending_room, pending_count, pending_next;
};

/*
 * Opens track->path and decodes the first frame into `pending`, for rate and
 * origin.  A track that failed must be closed.
 */
enum backend_answer soundtrack_start(struct soundtrack *track,
                                     struct error *err);
/* Closes all but the path; the track can be started again. */
void soundtrack_stop(struct soundtrack *track);

/* 1: track->frame is the next one; 0: the end; -1: `err` is filled. */
int soundtrack_next(struct soundtrack *track, struct error *err);
/* That frame becomes `pending`, as interleaved floats. */
bool soundtrack_take(struct soundtrack *track, struct error *err);

/* The timestamp of track->frame. */
int64_t soundtrack_time(const struct soundtrack *track);
/* A timestamp of the stream in frames of sound, and back. */
int64_t soundtrack_to_frames(const struct soundtrack *track, int64_t time);
int64_t soundtrack_to_time(const struct soundtrack *track, int64_t frames);

#endif
