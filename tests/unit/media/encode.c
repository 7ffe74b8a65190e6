/* encode - see encode.h. */
#include <config.h>

#include "encode.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void put(FILE *file, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        fputc((int)(value >> (8 * i) & 255), file);
}

bool encode_wav(const char *path, int rate, int channels, const float *sample,
                int64_t frames)
{
    FILE *file = fopen(path, "wb");
    uint32_t bytes = (uint32_t)(frames * channels * 2);

    if (!file)
        return false;
    fputs("RIFF", file);
    put(file, 36 + bytes, 4);
    fputs("WAVEfmt ", file);
    put(file, 16, 4);
    put(file, 1, 2);
    put(file, (uint32_t)channels, 2);
    put(file, (uint32_t)rate, 4);
    put(file, (uint32_t)(rate * channels * 2), 4);
    put(file, (uint32_t)(channels * 2), 2);
    put(file, 16, 2);
    fputs("data", file);
    put(file, bytes, 4);
    for (int64_t i = 0; i < frames * channels; i++)
        put(file, (uint32_t)(int32_t)lrintf(sample[i] * 32767), 2);
    return fclose(file) == 0;
}

struct work {
    AVFormatContext *format;
    AVCodecContext *codec;
    AVStream *stream;
    SwrContext *convert;
    AVFrame *frame;
    AVPacket *packet;
};

static bool open_codec(struct work *work, const AVCodec *codec, int rate,
                       int channels)
{
    work->codec = avcodec_alloc_context3(codec);
    work->codec->sample_rate = rate;
    work->codec->sample_fmt = codec->sample_fmts[0];
    work->codec->bit_rate = 128000;
    work->codec->time_base = (AVRational){ 1, rate };
    av_channel_layout_default(&work->codec->ch_layout, channels);
    if (work->format->oformat->flags & AVFMT_GLOBALHEADER)
        work->codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (avcodec_open2(work->codec, codec, NULL) < 0)
        return false;
    avcodec_parameters_from_context(work->stream->codecpar, work->codec);
    work->stream->time_base = work->codec->time_base;
    return swr_alloc_set_opts2(&work->convert, &work->codec->ch_layout,
                               work->codec->sample_fmt, rate,
                               &work->codec->ch_layout, AV_SAMPLE_FMT_FLT, rate,
                               0, NULL) >= 0 &&
           swr_init(work->convert) >= 0;
}

static bool drain(struct work *work, const AVFrame *frame)
{
    if (avcodec_send_frame(work->codec, frame) < 0)
        return false;
    while (avcodec_receive_packet(work->codec, work->packet) >= 0) {
        av_packet_rescale_ts(work->packet, work->codec->time_base,
                             work->stream->time_base);
        work->packet->stream_index = 0;
        if (av_interleaved_write_frame(work->format, work->packet) < 0)
            return false;
    }
    return true;
}

static bool put_sound(struct work *work, const float *sample, int64_t frames)
{
    int size = work->codec->frame_size ? work->codec->frame_size : 1024;
    int channels = work->codec->ch_layout.nb_channels;

    for (int64_t i = 0; i < frames; i += size) {
        const uint8_t *in = (const uint8_t *)(sample + i * channels);
        int count = frames - i < size ? (int)(frames - i) : size;
        AVFrame *frame = work->frame;

        frame->nb_samples = count;
        frame->format = work->codec->sample_fmt;
        frame->sample_rate = work->codec->sample_rate;
        av_channel_layout_copy(&frame->ch_layout, &work->codec->ch_layout);
        if (av_frame_get_buffer(frame, 0) < 0)
            return false;
        swr_convert(work->convert, frame->extended_data, count, &in, count);
        frame->pts = i;
        if (!drain(work, frame))
            return false;
        av_frame_unref(frame);
    }
    return drain(work, NULL);
}

bool encode_medium(const char *path, const char *codec_name, int rate,
                   int channels, const float *sample, int64_t frames)
{
    const AVCodec *codec = avcodec_find_encoder_by_name(codec_name);
    struct work work = { 0 };
    bool good = false;

    av_log_set_level(AV_LOG_QUIET);
    if (!codec)
        return false;
    if (avformat_alloc_output_context2(&work.format, NULL, NULL, path) < 0)
        return false;
    work.stream = avformat_new_stream(work.format, NULL);
    work.frame = av_frame_alloc();
    work.packet = av_packet_alloc();
    if (open_codec(&work, codec, rate, channels) &&
        avio_open(&work.format->pb, path, AVIO_FLAG_WRITE) >= 0) {
        good = avformat_write_header(work.format, NULL) >= 0 &&
               put_sound(&work, sample, frames) &&
               av_write_trailer(work.format) >= 0;
        avio_closep(&work.format->pb);
    }
    swr_free(&work.convert);
    av_frame_free(&work.frame);
    av_packet_free(&work.packet);
    avcodec_free_context(&work.codec);
    avformat_free_context(work.format);
    return good;
}

bool encode_silent_video(const char *path)
{
    AVFormatContext *format = NULL;
    AVStream *stream;
    AVPacket *packet = av_packet_alloc();
    bool good = false;

    if (avformat_alloc_output_context2(&format, NULL, NULL, path) < 0)
        return false;
    stream = avformat_new_stream(format, NULL);
    stream->codecpar->codec_type = AVMEDIA_TYPE_VIDEO;
    stream->codecpar->codec_id = AV_CODEC_ID_RAWVIDEO;
    stream->codecpar->format = AV_PIX_FMT_GRAY8;
    stream->codecpar->codec_tag = MKTAG('Y', '8', '0', '0');
    stream->codecpar->width = stream->codecpar->height = 16;
    stream->time_base = (AVRational){ 1, 25 };
    if (avio_open(&format->pb, path, AVIO_FLAG_WRITE) >= 0) {
        good = avformat_write_header(format, NULL) >= 0;
        for (int i = 0; good && i < 5; i++) {
            av_new_packet(packet, 256);
            memset(packet->data, i, 256);
            packet->pts = packet->dts = i;
            packet->duration = 1;
            packet->flags |= AV_PKT_FLAG_KEY;
            good = av_interleaved_write_frame(format, packet) >= 0;
        }
        good = good && av_write_trailer(format) >= 0;
        avio_closep(&format->pb);
    }
    av_packet_free(&packet);
    avformat_free_context(format);
    return good;
}

bool encode_cut(const char *path, int keep)
{
    struct stat status;

    return stat(path, &status) == 0 &&
           truncate(path, status.st_size * keep / 100) == 0;
}
