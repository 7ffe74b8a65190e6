/*
 * video_stream - opens the video stream of a file and decodes it, picture by
 * picture in the order in which they are shown.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/media/container_internal.h"
#include "common/media/soundtrack_internal.h"
#include "common/media/video_internal.h"

enum {
    THREADS = 2, /* in the decoder: high definition on a small machine */
    FALLBACK_LENGTH_US = 40000,
};

static const AVRational microseconds = { 1, 1000000 };

void video_stop(struct video *video)
{
    if (video->ff) {
        video->ff->avcodec_free_context(&video->codec);
        video->ff->avformat_close_input(&video->format);
        video->ff->av_packet_free(&video->packet);
    }
    av_frame_free(&video->now.frame);
    av_frame_free(&video->then.frame);
    video->now = video->then = (struct still){ 0 };
    video->drained = false;
    video->jumped = false;
    video->latest_us = INT64_MIN;
}

static const AVStream *stream_of(const struct video *video)
{
    return video->format->streams[video->stream];
}

static bool open_codec(struct video *video, struct error *err)
{
    const AVStream *stream = stream_of(video);
    const AVCodec *decoder =
        video->ff->avcodec_find_decoder(stream->codecpar->codec_id);
    int code;

    if (!decoder)
        return error_set(
            err, ERROR_INPUT,
            "has pictures of a kind that cannot be decoded (%s)",
            video->ff->avcodec_get_name(stream->codecpar->codec_id));
    video->codec = video->ff->avcodec_alloc_context3(decoder);
    video->packet = video->ff->av_packet_alloc();
    video->now.frame = av_frame_alloc();
    video->then.frame = av_frame_alloc();
    if (!video->codec || !video->packet || !video->now.frame ||
        !video->then.frame)
        abort(); /* out of memory */
    code = video->ff->avcodec_parameters_to_context(video->codec,
                                                    stream->codecpar);
    if (code >= 0) {
        video->codec->pkt_timebase = stream->time_base;
        video->codec->thread_count = THREADS;
        video->codec->max_pixels = (int64_t)VIDEO_SIDE_MAX * VIDEO_SIDE_MAX / 4;
        code = video->ff->avcodec_open2(video->codec, decoder, NULL);
    }
    if (code < 0)
        return container_fail(err, code,
                              "has pictures of a kind that cannot be decoded");
    return true;
}

/* As it is shown: the pixels made square, the picture turned upright. */
static bool measure(struct video *video, struct error *err)
{
    AVStream *stream = video->format->streams[video->stream];
    int width = stream->codecpar->width;
    int height = stream->codecpar->height;
    AVRational pixel =
        video->ff->av_guess_sample_aspect_ratio(video->format, stream, NULL);

    if (width < 1 || height < 1 || width > VIDEO_SIDE_MAX ||
        height > VIDEO_SIDE_MAX)
        return error_set(err, ERROR_LIMIT,
                         "has pictures of %d x %d pixels; 1 to %d are read",
                         width, height, VIDEO_SIDE_MAX);
    if (pixel.num > 0 && pixel.den > 0) {
        double wide = (double)width * pixel.num / pixel.den;

        /* Beyond this it is a mistake of the file's. */
        if (wide >= width / 8.0 && wide <= width * 8.0 &&
            wide <= VIDEO_SIDE_MAX)
            width = (int)lround(wide) > 0 ? (int)lround(wide) : 1;
    }
    video_find_turn(video);
    video->info.width = video->turn.transposed ? height : width;
    video->info.height = video->turn.transposed ? width : height;
    return true;
}

static int64_t to_us(const struct video *video, int64_t time)
{
    return av_rescale_q(time, stream_of(video)->time_base, microseconds);
}

/* Where the header says that the pictures end, in container time; -1. */
static int64_t claimed_end_us(const struct video *video)
{
    const AVStream *stream = stream_of(video);
    int64_t start = stream->start_time;

    if (stream->duration > 0)
        return to_us(video,
                     (start == AV_NOPTS_VALUE ? 0 : start) + stream->duration);
    if (video->format->duration > 0)
        return video->format->duration +
               (video->format->start_time == AV_NOPTS_VALUE
                    ? 0
                    : video->format->start_time);
    return -1;
}

/*
 * The container's time of the first audible sample, as the sound's own
 * reader finds it; false where there is no sound.
 */
static bool sound_origin(char *path, int64_t *us)
{
    struct soundtrack track = { .end = -1, .path = path };
    struct error ignored;
    bool found = soundtrack_start(&track, &ignored) == BACKEND_OPEN &&
                 track.origin != AV_NOPTS_VALUE;

    if (found)
        *us = av_rescale_q(track.origin,
                           track.format->streams[track.stream]->time_base,
                           microseconds);
    soundtrack_stop(&track);
    return found;
}

void video_find_origin(struct video *video)
{
    if (!sound_origin(video->path, &video->origin_us))
        video->origin_us = INT64_MIN; /* the first picture's, when it comes */
}

bool video_start(struct video *video, bool *present, struct error *err)
{
    video->ff = ffmpeg_load(err);
    if (!video->ff ||
        container_open(video->path, &video->format, err) != BACKEND_OPEN)
        return false;
    video->stream = container_video(video->format);
    if (video->stream < 0)
        return error_set(err, ERROR_INPUT, "has no pictures in it");
    *present = true;
    for (unsigned i = 0; i < video->format->nb_streams; i++)
        if (i != (unsigned)video->stream)
            video->format->streams[i]->discard = AVDISCARD_ALL;
    /* Only some pictures have timestamps there, and after a jump the library
     * guesses those of the others wrong. */
    if (strcmp(video->format->iformat->name, "mpeg") == 0)
        video->format->flags |= AVFMT_FLAG_NOFILLIN;
    if (!open_codec(video, err) || !measure(video, err))
        return false;
    video->info.end_us = claimed_end_us(video);
    video->info.rate = av_q2d(stream_of(video)->avg_frame_rate);
    if (!isfinite(video->info.rate))
        video->info.rate = 0;
    video->info.format = video->ff->avcodec_get_name(video->codec->codec_id);
    return true;
}

/* Gives the decoder its next packet, or the end. */
static void feed(struct video *video)
{
    /* Whatever ends the reading, what has come so far can be shown. */
    if (video->ff->av_read_frame(video->format, video->packet) < 0) {
        video->drained = true;
        video->ff->avcodec_send_packet(video->codec, NULL);
        return;
    }
    if (video->packet->stream_index == video->stream) {
        int code = video->ff->avcodec_send_packet(video->codec, video->packet);

        if (code < 0 && code != AVERROR(EAGAIN) && code != AVERROR_EOF)
            video->damaged++;
    }
    video->ff->av_packet_unref(video->packet);
}

/* The time of a frame; one without a timestamp follows the one before it. */
static int64_t time_of(struct video *video, const AVFrame *frame)
{
    int64_t time = frame->best_effort_timestamp;
    bool first = video->latest_us == INT64_MIN;

    if (time != AV_NOPTS_VALUE) {
        int64_t us = to_us(video, time);

        if (video->origin_us == INT64_MIN)
            video->origin_us = us;
        return us - video->origin_us;
    }
    if (video->origin_us == INT64_MIN)
        video->origin_us = 0;
    if (first) /* after a jump it is not known */
        return video->jumped ? INT64_MIN : 0;
    return video->latest_us + video->latest_length_us;
}

static int64_t length_of(const struct video *video, const AVFrame *frame)
{
    if (frame->pkt_duration > 0)
        return to_us(video, frame->pkt_duration);
    if (video->info.rate > 0)
        return llround(1e6 / video->info.rate);
    return FALLBACK_LENGTH_US;
}

bool video_decode(struct video *video, struct still *still)
{
    still->there = false;
    for (;;) {
        int code = video->ff->avcodec_receive_frame(video->codec, still->frame);
        int64_t from_us;

        if (code == AVERROR_EOF || (code < 0 && video->drained))
            return false;
        if (code < 0) {
            if (code != AVERROR(EAGAIN))
                video->damaged++;
            feed(video);
            continue;
        }
        from_us = time_of(video, still->frame);
        if (from_us <= video->latest_us)
            continue; /* two at once, or out of order: damage */
        still->from_us = from_us;
        still->length_us = length_of(video, still->frame);
        still->there = true;
        video->latest_us = from_us;
        video->latest_length_us = still->length_us;
        return true;
    }
}

bool video_jump(struct video *video, int64_t us)
{
    int64_t goal;

    if (video->origin_us == INT64_MIN)
        return false;
    goal = av_rescale_q(us + video->origin_us, microseconds,
                        stream_of(video)->time_base);
    if (video->ff->av_seek_frame(video->format, video->stream, goal,
                                 AVSEEK_FLAG_BACKWARD) < 0)
        return false;
    video->ff->avcodec_flush_buffers(video->codec);
    video->drained = false;
    video->jumped = true;
    video->latest_us = INT64_MIN;
    video->now.there = video->then.there = false;
    return true;
}
