/*
 * soundtrack - opens the sound track of a file and decodes it, frame by frame.
 */
#include <config.h>

#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/media/container_internal.h"
#include "common/media/soundtrack_internal.h"

void soundtrack_stop(struct soundtrack *track)
{
    if (track->ff) {
        track->ff->avcodec_free_context(&track->codec);
        track->ff->avformat_close_input(&track->format);
        track->ff->av_packet_free(&track->packet);
    }
    swr_free(&track->convert);
    av_frame_free(&track->frame);
    free(track->pending);
    track->pending = NULL;
    track->pending_room = track->pending_count = track->pending_next = 0;
    track->drained = track->ended = track->damaged = false;
    track->decoded = 0;
}

static bool open_codec(struct soundtrack *track, struct error *err)
{
    const AVCodec *decoder = NULL;
    AVStream *stream;
    int code = track->ff->av_find_best_stream(track->format, AVMEDIA_TYPE_AUDIO,
                                              -1, -1, &decoder, 0);

    if (code == AVERROR_STREAM_NOT_FOUND)
        return error_set(err, ERROR_INPUT, "has no sound in it");
    if (code < 0)
        return container_fail(err, code,
                              "has sound of a kind that cannot be decoded");
    track->stream = code;
    for (unsigned i = 0; i < track->format->nb_streams; i++)
        if (i != (unsigned)track->stream)
            track->format->streams[i]->discard = AVDISCARD_ALL;
    stream = track->format->streams[track->stream];
    track->codec = track->ff->avcodec_alloc_context3(decoder);
    track->packet = track->ff->av_packet_alloc();
    track->frame = av_frame_alloc();
    if (!track->codec || !track->packet || !track->frame)
        abort(); /* out of memory */
    code = track->ff->avcodec_parameters_to_context(track->codec,
                                                    stream->codecpar);
    if (code < 0)
        return container_fail(err, code,
                              "has sound of a kind that cannot be decoded");
    track->codec->pkt_timebase = stream->time_base;
    track->codec->thread_count = 1;
    code = track->ff->avcodec_open2(track->codec, decoder, NULL);
    if (code < 0)
        return container_fail(err, code,
                              "has sound of a kind that cannot be decoded");
    return true;
}

static bool open_convert(struct soundtrack *track, struct error *err)
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
        return container_fail(err, code,
                              "has samples that cannot be converted");
    track->rate = frame->sample_rate;
    track->channels = frame->ch_layout.nb_channels;
    return true;
}

bool soundtrack_take(struct soundtrack *track, struct error *err)
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
        return container_fail(err, got, "has samples that cannot be converted");
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
static bool feed(struct soundtrack *track, struct error *err)
{
    int code = track->ff->av_read_frame(track->format, track->packet);

    if (code == AVERROR_EOF || code == AVERROR_INVALIDDATA ||
        (code == AVERROR(EIO) && track->ff->avio_feof(track->format->pb))) {
        track->drained = true; /* whether too early is seen by the count */
        track->ff->avcodec_send_packet(track->codec, NULL);
        return true;
    }
    if (code < 0)
        return container_fail(err, code, "cannot be read");
    if (track->packet->stream_index == track->stream) {
        code = track->ff->avcodec_send_packet(track->codec, track->packet);
        /* Tags after the last packet look like damage: wait and see. */
        if (code < 0 && code != AVERROR(EAGAIN) && code != AVERROR_EOF)
            track->damaged = true;
    }
    track->ff->av_packet_unref(track->packet);
    return true;
}

int soundtrack_next(struct soundtrack *track, struct error *err)
{
    while (!track->ended) {
        int code = track->ff->avcodec_receive_frame(track->codec, track->frame);

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

int64_t soundtrack_time(const struct soundtrack *track)
{
    return track->frame->best_effort_timestamp;
}

int64_t soundtrack_to_time(const struct soundtrack *track, int64_t frames)
{
    AVRational base = track->format->streams[track->stream]->time_base;

    return av_rescale_q(frames, (AVRational){ 1, track->rate }, base);
}

int64_t soundtrack_to_frames(const struct soundtrack *track, int64_t time)
{
    AVRational base = track->format->streams[track->stream]->time_base;

    return av_rescale_q(time, base, (AVRational){ 1, track->rate });
}

/*
 * What the container says of the length, where it counted rather than
 * guessed from the bit rate; -1 elsewhere.
 */
static int64_t claimed_frames(const struct soundtrack *track)
{
    const AVStream *stream = track->format->streams[track->stream];
    const char *name = track->format->iformat->name;

    if (stream->duration == AV_NOPTS_VALUE ||
        track->format->duration_estimation_method ==
            AVFMT_DURATION_FROM_BITRATE)
        return -1;
    if (strncmp(name, "mov,", 4) != 0 && strcmp(name, "mp3") != 0)
        return -1;
    return soundtrack_to_frames(track, stream->duration);
}

/*
 * Demuxers whose timestamps are exact after a jump, by trial.  (Raw AC-3 has
 * them guessed from the bit rate; others are rare.)
 */
static const char *const exact_formats[] = {
    "mov,mp4,m4a,3gp,3g2,mj2",
    "mp3",
    "aac",
    "ogg",
    "avi",
    "mpegts",
    "wav",
    "w64",
    "flac",
    "aiff",
    "caf",
    "au",
    "wv",
    "tta",
};

enum {
    /* Longer than the bit reservoir of MP3 and the pre-roll of Opus. */
    PREROLL_MS = 500,
    /*
     * The last page of Ogg has the end as its only timestamp, from which
     * FFmpeg cannot tell its beginning: a jump must land before it.
     */
    OGG_PREROLL_MS = 3000,
};

/* How jumps are to be made, if at all. */
static void plan_jumps(struct soundtrack *track)
{
    AVRational base = track->format->streams[track->stream]->time_base;
    const char *name = track->format->iformat->name;
    bool exact = false;

    for (size_t i = 0; i < LENGTH_OF(exact_formats); i++)
        exact = exact || strcmp(name, exact_formats[i]) == 0;
    track->fine = exact && track->origin != AV_NOPTS_VALUE &&
                  (int64_t)base.num * track->rate <= base.den;
    track->preroll_ms = strcmp(name, "ogg") == 0 ? OGG_PREROLL_MS : PREROLL_MS;
}

/* MP4 with a table of its frames, in a time base that names samples. */
static int64_t exact_end(const struct soundtrack *track)
{
    const AVStream *stream = track->format->streams[track->stream];

    if (strncmp(track->format->iformat->name, "mov,", 4) != 0 ||
        stream->nb_frames <= 0 || stream->time_base.num != 1 ||
        stream->time_base.den % track->rate != 0 || track->claimed <= 0)
        return -1;
    return track->claimed;
}

enum backend_answer soundtrack_start(struct soundtrack *track,
                                     struct error *err)
{
    enum backend_answer answer;
    int got;

    track->ff = ffmpeg_load(err);
    if (!track->ff)
        return BACKEND_FAILED;
    answer = container_open(track->path, &track->format, err);
    if (answer != BACKEND_OPEN)
        return answer;
    if (!open_codec(track, err))
        return BACKEND_FAILED;
    got = soundtrack_next(track, err);
    if (got < 0)
        return BACKEND_FAILED;
    if (got == 0) {
        error_set(err, ERROR_INPUT, "has no samples, or is damaged");
        return BACKEND_FAILED;
    }
    if (!soundtrack_take(track, err))
        return BACKEND_FAILED;
    track->origin = soundtrack_time(track);
    plan_jumps(track);
    track->claimed = claimed_frames(track);
    track->end = exact_end(track);
    return BACKEND_OPEN;
}
