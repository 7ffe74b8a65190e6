/*
 * encode - see encode.h.
 */
#include <config.h>

#include "common/media/encode.h"

#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/media/ffmpeg_internal.h"

enum { PIECE = 1024 }; /* frames, of codecs that take any number */

struct encoder {
    const struct ffmpeg *ff;
    AVFormatContext *format; /* owned, as are the others */
    AVCodecContext *codec;
    AVStream *stream; /* borrowed from the format */
    SwrContext *convert;
    AVFrame *frame;
    AVPacket *packet;
};

bool encode_has(const char *codec)
{
    const struct ffmpeg *ff = ffmpeg_load(NULL);

    return ff && ff->avcodec_find_encoder_by_name(codec);
}

int encode_rate(const char *codec_name, int rate)
{
    const struct ffmpeg *ff = ffmpeg_load(NULL);
    const AVCodec *codec =
        ff ? ff->avcodec_find_encoder_by_name(codec_name) : NULL;
    const int *rates = codec ? codec->supported_samplerates : NULL;
    int best = 0, most = 0;

    if (!rates)
        return rate;
    for (; *rates; rates++) {
        if (*rates >= rate && (best == 0 || *rates < best))
            best = *rates;
        if (*rates > most)
            most = *rates;
    }
    return best > 0 ? best : most;
}

static bool open_codec(struct encoder *it, const AVCodec *codec,
                       int64_t bit_rate, int rate, int channels)
{
    it->codec = it->ff->avcodec_alloc_context3(codec);
    it->stream = it->ff->avformat_new_stream(it->format, NULL);
    it->frame = av_frame_alloc();
    it->packet = it->ff->av_packet_alloc();
    if (!it->codec || !it->stream || !it->frame || !it->packet)
        abort(); /* out of memory */
    it->codec->sample_rate = rate;
    it->codec->sample_fmt = codec->sample_fmts[0];
    it->codec->bit_rate = bit_rate;
    it->codec->time_base = (AVRational){ 1, rate };
    it->codec->thread_count = 1;
    av_channel_layout_default(&it->codec->ch_layout, channels);
    if (it->format->oformat->flags & AVFMT_GLOBALHEADER)
        it->codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (it->ff->avcodec_open2(it->codec, codec, NULL) < 0 ||
        it->ff->avcodec_parameters_from_context(it->stream->codecpar,
                                                it->codec) < 0)
        return false;
    it->stream->time_base = it->codec->time_base;
    return swr_alloc_set_opts2(
               &it->convert, &it->codec->ch_layout, it->codec->sample_fmt, rate,
               &it->codec->ch_layout, AV_SAMPLE_FMT_FLT, rate, 0, NULL) >= 0 &&
           swr_init(it->convert) >= 0;
}

/* NULL: the end. */
static bool give(struct encoder *it, const AVFrame *frame)
{
    if (it->ff->avcodec_send_frame(it->codec, frame) < 0)
        return false;
    while (it->ff->avcodec_receive_packet(it->codec, it->packet) >= 0) {
        it->ff->av_packet_rescale_ts(it->packet, it->codec->time_base,
                                     it->stream->time_base);
        it->packet->stream_index = 0;
        if (it->ff->av_interleaved_write_frame(it->format, it->packet) < 0)
            return false;
    }
    return true;
}

static bool put_sound(struct encoder *it, const float *sample, int64_t frames)
{
    int size = it->codec->frame_size ? it->codec->frame_size : PIECE;
    int channels = it->codec->ch_layout.nb_channels;
    AVFrame *frame = it->frame;

    for (int64_t i = 0; i < frames; i += size) {
        const uint8_t *in = (const uint8_t *)(sample + i * channels);
        int count = frames - i < size ? (int)(frames - i) : size;
        bool good;

        frame->nb_samples = count;
        frame->format = it->codec->sample_fmt;
        frame->sample_rate = it->codec->sample_rate;
        av_channel_layout_copy(&frame->ch_layout, &it->codec->ch_layout);
        if (av_frame_get_buffer(frame, 0) < 0)
            abort(); /* out of memory */
        swr_convert(it->convert, frame->extended_data, count, &in, count);
        frame->pts = i;
        good = give(it, frame);
        av_frame_unref(frame);
        if (!good)
            return false;
    }
    return give(it, NULL);
}

static void release(struct encoder *it)
{
    swr_free(&it->convert);
    av_frame_free(&it->frame);
    it->ff->av_packet_free(&it->packet);
    it->ff->avcodec_free_context(&it->codec);
    if (it->format)
        it->ff->avio_closep(&it->format->pb);
    it->ff->avformat_free_context(it->format);
}

bool encode_sound(const char *path, const char *codec_name, int64_t bit_rate,
                  int rate, int channels, const float *sample, int64_t frames,
                  struct error *err)
{
    struct encoder it = { .ff = ffmpeg_load(err) };
    const AVCodec *codec;
    bool good;

    if (!it.ff)
        return error_prefix(err, "%s", path);
    av_log_set_level(AV_LOG_QUIET);
    codec = it.ff->avcodec_find_encoder_by_name(codec_name);
    if (!codec)
        return error_set(err, ERROR_LIMIT, "this FFmpeg has no encoder %s",
                         codec_name);
    if (it.ff->avformat_alloc_output_context2(&it.format, NULL, NULL, path) < 0)
        return error_set(err, ERROR_LIMIT, "%s: no container of that name",
                         path);
    good = open_codec(&it, codec, bit_rate, rate, channels);
    if (!good) {
        error_set(err, ERROR_LIMIT, "%s: %s does not take %d Hz in %d channels",
                  path, codec_name, rate, channels);
        goto done;
    }
    good = it.ff->avio_open(&it.format->pb, path, AVIO_FLAG_WRITE) >= 0 &&
           it.ff->avformat_write_header(it.format, NULL) >= 0 &&
           put_sound(&it, sample, frames) &&
           it.ff->av_write_trailer(it.format) >= 0;
    if (!good)
        error_set(err, ERROR_IO, "%s: cannot be written", path);
done:
    release(&it);
    return good;
}
