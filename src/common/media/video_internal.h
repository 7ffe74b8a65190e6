/*
 * video_internal - the video stream of a file that FFmpeg has open; private to
 * media.
 */
#ifndef MIEN_MEDIA_VIDEO_INTERNAL_H
#define MIEN_MEDIA_VIDEO_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/media/ffmpeg_internal.h"
#include "common/media/video.h"

/* One decoded picture. */
struct still {
    struct AVFrame *frame; /* owned */
    int64_t from_us;
    int64_t length_us; /* that it claims to last; 0: it says nothing */
    bool there;
};

/* How the pixels as stored lie on the screen: mirrored, then transposed. */
struct turn {
    bool transposed;
    bool mirror_x, mirror_y; /* of the upright picture */
};

struct video {
    char *path;              /* owned */
    const struct ffmpeg *ff; /* NULL until it is started */
    struct video_info info;
    /* All owned. */
    struct AVFormatContext *format;
    struct AVCodecContext *codec;
    struct AVPacket *packet;
    struct still now, then; /* the present one, and the one after it */
    int stream;
    int64_t origin_us; /* container time of media time 0 */
    int64_t latest_us; /* of what was decoded; INT64_MIN: nothing yet */
    int64_t latest_length_us;
    bool jumped;  /* since it was opened */
    bool drained; /* the decoder was told that no more comes */
    unsigned damaged;

    /* Drawing. */
    struct turn turn;
    struct SwsContext *scale; /* owned */
    uint8_t *pixels;          /* owned by libavutil; before it is turned */
    int room_width, room_height;
};

/* video_stream: opens the path at its beginning, with nothing decoded. */
bool video_start(struct video *video, bool *present, struct error *err);
void video_stop(struct video *video); /* the path stays */
/* Where media time 0 lies: asks the sound. */
void video_find_origin(struct video *video);
/* Decodes the next picture in the order of showing: false at the end. */
bool video_decode(struct video *video, struct still *still);
/*
 * What is decoded next begins before `us` if the container finds its way;
 * false when it cannot tell.
 */
bool video_jump(struct video *video, int64_t us);

/* video_draw: from the stream's own data. */
void video_find_turn(struct video *video);
void video_draw_release(struct video *video);

#endif
