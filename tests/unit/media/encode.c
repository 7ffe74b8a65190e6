/* encode - see encode.h. */
#include <config.h>

#include "encode.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/media/encode.h"

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

bool encode_medium(const char *path, const char *codec, int rate, int channels,
                   const float *sample, int64_t frames)
{
    struct error ignored;

    return encode_sound(path, codec, 128000, rate, channels, sample, frames,
                        &ignored);
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
