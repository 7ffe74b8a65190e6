/*
 * video_draw - from a decoded picture to the pixels that are shown: scaled,
 * turned upright, in RGB.
 */
#include <config.h>

#include <libavutil/pixdesc.h>
#include <stdlib.h>
#include <string.h>

#include "common/media/container_internal.h"
#include "common/media/video_internal.h"

enum {
    ALIGN = 64, /* of rows: the library writes that many bytes at once */
    HIGH_DEFINITION = 720,
};

static int aligned(int bytes)
{
    return (bytes + ALIGN - 1) / ALIGN * ALIGN;
}

void video_draw_release(struct video *video)
{
    if (video->scale)
        video->ff->sws_freeContext(video->scale);
    video->scale = NULL;
    av_freep(&video->pixels);
    video->room_width = video->room_height = 0;
}

/*
 * The display matrix takes a stored point (p, q) to
 * (m0 p + m3 q, m1 p + m4 q), y downwards; see libavutil/display.h.  Angles
 * between the right ones are taken to the nearest.
 */
void video_find_turn(struct video *video)
{
    const AVStream *stream = video->format->streams[video->stream];
    const int32_t *m =
        (const int32_t *)(const void *)video->ff->av_stream_get_side_data(
            stream, AV_PKT_DATA_DISPLAYMATRIX, NULL);
    int64_t straight, across;

    video->turn = (struct turn){ 0 };
    if (!m)
        return;
    straight = llabs((int64_t)m[0]) + llabs((int64_t)m[4]);
    across = llabs((int64_t)m[1]) + llabs((int64_t)m[3]);
    video->turn.transposed = across > straight;
    video->turn.mirror_x = (video->turn.transposed ? m[3] : m[0]) < 0;
    video->turn.mirror_y = (video->turn.transposed ? m[1] : m[4]) < 0;
}

/* Films that say nothing of their colours: by custom, by their height. */
static void set_colours(struct video *video, const AVFrame *frame)
{
    int space = frame->colorspace;
    bool full = frame->color_range == AVCOL_RANGE_JPEG;

    if (space == AVCOL_SPC_UNSPECIFIED || space == AVCOL_SPC_RGB)
        space =
            frame->height >= HIGH_DEFINITION ? SWS_CS_ITU709 : SWS_CS_ITU601;
    video->ff->sws_setColorspaceDetails(
        video->scale, video->ff->sws_getCoefficients(space), full,
        video->ff->sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16);
}

static bool prepare(struct video *video, int width, int height,
                    struct error *err)
{
    const AVFrame *frame = video->now.frame;
    int how = width * 2 <= frame->width ? SWS_AREA : SWS_BILINEAR;

    video->scale = video->ff->sws_getCachedContext(
        video->scale, frame->width, frame->height,
        (enum AVPixelFormat)frame->format, width, height, AV_PIX_FMT_RGB24, how,
        NULL, NULL, NULL);
    if (!video->scale)
        return error_set(
            err, ERROR_INPUT, "has pictures whose colours cannot be read (%s)",
            av_get_pix_fmt_name((enum AVPixelFormat)frame->format));
    set_colours(video, frame);
    if (video->room_width != width || video->room_height != height) {
        av_freep(&video->pixels);
        video->pixels =
            av_malloc((size_t)aligned(width * 3) * (size_t)height + ALIGN);
        if (!video->pixels)
            abort(); /* out of memory */
        video->room_width = width;
        video->room_height = height;
    }
    return true;
}

/* One row of the upright picture from `pixels`, stored `stride` a row. */
static void turn_row(const struct video *video, int width, int height,
                     size_t stride, int y, uint8_t *out)
{
    const struct turn *turn = &video->turn;

    if (turn->mirror_y)
        y = height - 1 - y;
    if (!turn->transposed && !turn->mirror_x) {
        memcpy(out, video->pixels + (size_t)y * stride, (size_t)width * 3);
        return;
    }
    for (int i = 0; i < width; i++) {
        int x = turn->mirror_x ? width - 1 - i : i;
        size_t at = turn->transposed ? (size_t)x * stride + (size_t)y * 3
                                     : (size_t)y * stride + (size_t)x * 3;

        memcpy(out + (size_t)i * 3, video->pixels + at, 3);
    }
}

bool video_draw(struct video *video, int width, int height, uint8_t *rgb,
                struct error *err)
{
    const AVFrame *frame = video->now.frame;
    bool transposed = video->turn.transposed;
    int stored_width = transposed ? height : width;
    int stored_height = transposed ? width : height;
    int stride = aligned(stored_width * 3);
    int got;

    if (width < 1 || height < 1 || width > VIDEO_SIDE_MAX ||
        height > VIDEO_SIDE_MAX)
        return error_set(err, ERROR_LIMIT, "%s: no picture can be %d x %d",
                         video->path, width, height);
    if (!prepare(video, stored_width, stored_height, err))
        return error_prefix(err, "%s", video->path);
    got = video->ff->sws_scale(
        video->scale, (const uint8_t *const *)frame->data, frame->linesize, 0,
        frame->height, &video->pixels, &stride);
    if (got < 0) {
        container_fail(err, got, "has pictures that cannot be scaled");
        return error_prefix(err, "%s", video->path);
    }
    for (int y = 0; y < height; y++)
        turn_row(video, width, height, (size_t)stride, y,
                 rgb + (size_t)y * (size_t)width * 3);
    return true;
}
