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
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/log.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/media/reader_internal.h"

enum {
    /* Going on this far is cheaper than a jump. */
    NEAR_MS = 2000,
    /* Longer than the bit reservoir of MP3 and the pre-roll of Opus. */
    PREROLL_MS = 500,
    /* How much less than the header claims is still no truncation. */
    SLACK_MS = 250,
};

/* Demuxers of media; none that follows names of other files in a list. */
static const char trusted_formats[] =
    "mov,mp4,m4a,3gp,3g2,mj2,mp3,aac,matroska,webm,avi,asf,flv,mpeg,mpegts,"
    "ogg,wav,w64,flac,aiff,caf,au,ac3,eac3,amr,amrnb,amrwb,wv,ape,tta,dts,"
    "dsf,mp2,ivf,nut,rm,mxf,mpc,mpc8,tak,xwma,dv";

struct track {
    char *path; /* owned */
    AVFormatContext *format;
    AVCodecContext *codec;
    SwrContext *convert; /* to interleaved floats */
    AVPacket *packet;
    AVFrame *frame;
    int stream;
    int rate, channels;
    int64_t origin;  /* timestamp of frame 0, in the stream's time base */
    bool fine;       /* the time base can name every sample */
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

static bool fail(struct error *err, int code, const char *what)
{
    char text[AV_ERROR_MAX_STRING_SIZE] = "";

    av_strerror(code, text, sizeof(text));
    return error_set(err, ERROR_INPUT, "%s: %s", what, text);
}

static void release(struct track *track)
{
    swr_free(&track->convert);
    avcodec_free_context(&track->codec);
    avformat_close_input(&track->format);
    av_packet_free(&track->packet);
    av_frame_free(&track->frame);
    free(track->pending);
    track->pending = NULL;
    track->pending_room = track->pending_count = track->pending_next = 0;
    track->drained = track->ended = track->damaged = false;
    track->decoded = 0;
}

static void track_close(void *source)
{
    struct track *track = source;

    if (!track)
        return;
    release(track);
    free(track->path);
    free(track);
}

/* Foreign when no trusted demuxer knows the file. */
static enum backend_answer open_format(struct track *track, struct error *err)
{
    /* "file:" keeps a colon in a name from being read as a protocol. */
    char *url = xasprintf("file:%s", track->path);
    AVDictionary *options = NULL;
    int code;

    av_dict_set(&options, "format_whitelist", trusted_formats, 0);
    av_dict_set(&options, "protocol_whitelist", "file", 0);
    code = avformat_open_input(&track->format, url, NULL, &options);
    av_dict_free(&options);
    free(url);
    if (code == AVERROR_INVALIDDATA || code == AVERROR(EINVAL) ||
        code == AVERROR_EOF) {
        error_set(err, ERROR_INPUT,
                  "is no sound or video file that can be read, or is damaged");
        return BACKEND_FAILED;
    }
    if (code < 0) {
        fail(err, code, "cannot be read");
        return BACKEND_FAILED;
    }
    code = avformat_find_stream_info(track->format, NULL);
    if (code < 0) {
        fail(err, code, "is damaged");
        return BACKEND_FAILED;
    }
    return BACKEND_OPEN;
}

static bool open_codec(struct track *track, struct error *err)
{
    const AVCodec *decoder = NULL;
    AVStream *stream;
    int code = av_find_best_stream(track->format, AVMEDIA_TYPE_AUDIO, -1, -1,
                                   &decoder, 0);

    if (code == AVERROR_STREAM_NOT_FOUND)
        return error_set(err, ERROR_INPUT, "has no sound in it");
    if (code < 0)
        return fail(err, code, "has sound of a kind that cannot be decoded");
    track->stream = code;
    for (unsigned i = 0; i < track->format->nb_streams; i++)
        if (i != (unsigned)track->stream)
            track->format->streams[i]->discard = AVDISCARD_ALL;
    stream = track->format->streams[track->stream];
    track->codec = avcodec_alloc_context3(decoder);
    track->packet = av_packet_alloc();
    track->frame = av_frame_alloc();
    if (!track->codec || !track->packet || !track->frame)
        abort(); /* out of memory */
    code = avcodec_parameters_to_context(track->codec, stream->codecpar);
    if (code < 0)
        return fail(err, code, "has sound of a kind that cannot be decoded");
    track->codec->pkt_timebase = stream->time_base;
    track->codec->thread_count = 1;
    code = avcodec_open2(track->codec, decoder, NULL);
    if (code < 0)
        return fail(err, code, "has sound of a kind that cannot be decoded");
    return true;
}

static bool open_convert(struct track *track, struct error *err)
{
    const AVFrame *frame = track->frame;
    AVChannelLayout layout = { 0 };
    int code;

    if (av_channel_layout_copy(&layout, &frame->ch_layout) < 0)
        abort(); /* out of memory */
    code = swr_alloc_set_opts2(&track->convert, &layout, AV_SAMPLE_FMT_FLT,
                               frame->sample_rate, &layout, frame->format,
                               frame->sample_rate, 0, NULL);
    if (code >= 0)
        code = swr_init(track->convert);
    av_channel_layout_uninit(&layout);
    if (code < 0)
        return fail(err, code, "has samples that cannot be converted");
    track->rate = frame->sample_rate;
    track->channels = frame->ch_layout.nb_channels;
    return true;
}

/* The present AVFrame becomes `pending`. */
static bool take_frame(struct track *track, struct error *err)
{
    const AVFrame *frame = track->frame;
    int64_t count = frame->nb_samples;
    uint8_t *out;
    int got;

    if (!track->convert && !open_convert(track, err))
        return false;
    if (frame->sample_rate != track->rate ||
        frame->ch_layout.nb_channels != track->channels)
        return error_set(err, ERROR_INPUT,
                         "changes its rate or channels at %.3f s",
                         (double)track->decoded / track->rate);
    if (count > track->pending_room) {
        track->pending_room = count;
        track->pending = xreallocarray(track->pending, (size_t)count,
                                       (size_t)track->channels * sizeof(float));
    }
    out = (uint8_t *)track->pending;
    got =
        swr_convert(track->convert, &out, (int)count,
                    (const uint8_t **)(void *)frame->extended_data, (int)count);
    if (got < 0)
        return fail(err, got, "has samples that cannot be converted");
    /* MP4 tells of the encoder's last padding only by its duration. */
    if (track->end > track->decoded && track->end < track->decoded + got) {
        got = (int)(track->end - track->decoded);
        track->drained = track->ended = true;
    }
    track->pending_count = got;
    track->pending_next = 0;
    track->decoded += got;
    return true;
}

/* Gives the decoder its next packet, or the end. */
static bool feed(struct track *track, struct error *err)
{
    int code = av_read_frame(track->format, track->packet);

    if (code == AVERROR_EOF || code == AVERROR_INVALIDDATA ||
        (code == AVERROR(EIO) && avio_feof(track->format->pb))) {
        track->drained = true; /* whether too early is seen by the count */
        avcodec_send_packet(track->codec, NULL);
        return true;
    }
    if (code < 0)
        return fail(err, code, "cannot be read");
    if (track->packet->stream_index == track->stream) {
        code = avcodec_send_packet(track->codec, track->packet);
        /* Tags after the last packet look like damage: wait and see. */
        if (code < 0 && code != AVERROR(EAGAIN) && code != AVERROR_EOF)
            track->damaged = true;
    }
    av_packet_unref(track->packet);
    return true;
}

/* 1: track->frame is the next one; 0: the end; -1: `err` is filled. */
static int next_frame(struct track *track, struct error *err)
{
    while (!track->ended) {
        int code = avcodec_receive_frame(track->codec, track->frame);

        if (code >= 0 && track->frame->nb_samples > 0)
            return 1;
        if (code == AVERROR_EOF || (code < 0 && track->drained))
            return 0;
        if (code < 0 && code != AVERROR(EAGAIN))
            track->damaged = true;
        if (!track->drained && !feed(track, err))
            return -1;
    }
    return 0;
}

static int64_t frame_time(const struct track *track)
{
    return track->frame->best_effort_timestamp;
}

static int64_t to_frames(const struct track *track, int64_t time)
{
    AVRational base = track->format->streams[track->stream]->time_base;

    return av_rescale_q(time, base, (AVRational){ 1, track->rate });
}

/*
 * What the container says of the length, where it counted rather than
 * guessed from the bit rate; -1 elsewhere.
 */
static int64_t claimed_frames(const struct track *track)
{
    const AVStream *stream = track->format->streams[track->stream];
    const char *name = track->format->iformat->name;

    if (stream->duration == AV_NOPTS_VALUE ||
        track->format->duration_estimation_method ==
            AVFMT_DURATION_FROM_BITRATE)
        return -1;
    if (strncmp(name, "mov,", 4) != 0 && strcmp(name, "mp3") != 0)
        return -1;
    return to_frames(track, stream->duration);
}

/* MP4 with a table of its frames, in a time base that names samples. */
static int64_t exact_end(const struct track *track)
{
    const AVStream *stream = track->format->streams[track->stream];

    if (strncmp(track->format->iformat->name, "mov,", 4) != 0 ||
        stream->nb_frames <= 0 || stream->time_base.num != 1 ||
        stream->time_base.den % track->rate != 0 || track->claimed <= 0)
        return -1;
    return track->claimed;
}

/* Opens everything and decodes the first frame, for rate and origin. */
static enum backend_answer start(struct track *track, struct error *err)
{
    enum backend_answer answer = open_format(track, err);
    AVRational base;
    int got;

    if (answer != BACKEND_OPEN)
        return answer;
    if (!open_codec(track, err))
        return BACKEND_FAILED;
    got = next_frame(track, err);
    if (got < 0)
        return BACKEND_FAILED;
    if (got == 0) {
        error_set(err, ERROR_INPUT, "has no samples, or is damaged");
        return BACKEND_FAILED;
    }
    if (!take_frame(track, err))
        return BACKEND_FAILED;
    base = track->format->streams[track->stream]->time_base;
    track->origin = frame_time(track);
    track->fine = track->origin != AV_NOPTS_VALUE &&
                  (int64_t)base.num * track->rate <= base.den;
    track->claimed = claimed_frames(track);
    track->end = exact_end(track);
    return BACKEND_OPEN;
}

static void be_quiet(void)
{
    av_log_set_level(AV_LOG_QUIET); /* our errors say it */
}

static enum backend_answer track_open(const char *path,
                                      struct reader_info *info, void **source,
                                      struct error *err)
{
    struct track *track = xcalloc(1, sizeof(*track));
    enum backend_answer answer;
    int64_t duration;

    be_quiet();
    track->end = -1;
    track->path = xstrdup(path);
    answer = start(track, err);
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
    info->format = avcodec_get_name(track->codec->codec_id);
    *source = track;
    return BACKEND_OPEN;
}

/* Fills `pending`; 1, 0 at the end, -1. */
static int advance(struct track *track, struct error *err)
{
    int got;
    bool was_damaged;

    track->pending_count = track->pending_next = 0;
    got = next_frame(track, err);
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
    return take_frame(track, err) ? 1 : -1;
}

static int64_t track_read(void *source, float *out, int64_t frames,
                          struct error *err)
{
    struct track *track = source;
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
static bool skip_to(struct track *track, int64_t frame, struct error *err)
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
static bool jump(struct track *track, int64_t frame)
{
    int64_t preroll = (int64_t)track->rate * PREROLL_MS / 1000;
    AVRational base = track->format->streams[track->stream]->time_base;
    struct error ignored;
    int64_t goal, found;

    if (!track->fine || frame <= preroll)
        return false;
    goal = track->origin +
           av_rescale_q(frame - preroll, (AVRational){ 1, track->rate }, base);
    if (av_seek_frame(track->format, track->stream, goal,
                      AVSEEK_FLAG_BACKWARD) < 0)
        return false;
    avcodec_flush_buffers(track->codec);
    track->drained = track->ended = false;
    track->pending_count = track->pending_next = 0;
    if (next_frame(track, &ignored) != 1)
        return false;
    /* The first packets may lack what they refer to. */
    track->damaged = false;
    if (frame_time(track) == AV_NOPTS_VALUE)
        return false;
    found = to_frames(track, frame_time(track) - track->origin);
    if (found < 0 || found > frame)
        return false;
    track->decoded = found;
    return take_frame(track, &ignored);
}

static bool track_seek(void *source, int64_t frame, struct error *err)
{
    struct track *track = source;
    int64_t first = track->decoded - track->pending_count;
    int64_t near = (int64_t)track->rate * NEAR_MS / 1000;

    if (frame >= first && frame <= track->decoded + near)
        return skip_to(track, frame, err);
    if (!jump(track, frame)) {
        int rate = track->rate, channels = track->channels;

        release(track);
        if (start(track, err) != BACKEND_OPEN)
            return false;
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
