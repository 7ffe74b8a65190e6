/*
 * container - opens a file of sound or video.
 */
#include <config.h>

#include "common/media/container_internal.h"

#include <libavutil/log.h>
#include <stdlib.h>

#include "common/base/mem.h"

/* Demuxers of media; none that follows names of other files in a list. */
static const char trusted_formats[] =
    "mov,mp4,m4a,3gp,3g2,mj2,mp3,aac,matroska,webm,avi,asf,flv,mpeg,mpegts,"
    "ogg,wav,w64,flac,aiff,caf,au,ac3,eac3,amr,amrnb,amrwb,wv,ape,tta,dts,"
    "dsf,mp2,ivf,nut,rm,mxf,mpc,mpc8,tak,xwma,dv";

bool container_fail(struct error *err, int code, const char *what)
{
    char text[AV_ERROR_MAX_STRING_SIZE] = "";

    av_strerror(code, text, sizeof(text));
    return error_set(err, ERROR_INPUT, "%s: %s", what, text);
}

enum backend_answer container_open(const char *path,
                                   struct AVFormatContext **format,
                                   struct error *err)
{
    const struct ffmpeg *ff = ffmpeg_load(err);
    AVDictionary *options = NULL;
    char *url;
    int code;

    if (!ff)
        return BACKEND_FAILED;
    /* "file:" keeps a colon in a name from being read as a protocol. */
    url = xasprintf("file:%s", path);
    av_log_set_level(AV_LOG_QUIET); /* our errors say it */
    av_dict_set(&options, "format_whitelist", trusted_formats, 0);
    av_dict_set(&options, "protocol_whitelist", "file", 0);
    code = ff->avformat_open_input(format, url, NULL, &options);
    av_dict_free(&options);
    free(url);
    if (code == AVERROR_INVALIDDATA || code == AVERROR(EINVAL) ||
        code == AVERROR_EOF) {
        error_set(err, ERROR_INPUT,
                  "is no sound or video file that can be read, or is damaged");
        return BACKEND_FAILED;
    }
    if (code < 0) {
        container_fail(err, code, "cannot be read");
        return BACKEND_FAILED;
    }
    code = ff->avformat_find_stream_info(*format, NULL);
    if (code < 0) {
        container_fail(err, code, "is damaged");
        return BACKEND_FAILED;
    }
    return BACKEND_OPEN;
}

int container_video(const struct AVFormatContext *format)
{
    int found = -1;

    for (unsigned i = 0; i < format->nb_streams; i++) {
        const AVStream *stream = format->streams[i];
        int kind = stream->disposition;

        if (stream->codecpar->codec_type != AVMEDIA_TYPE_VIDEO ||
            (kind & (AV_DISPOSITION_ATTACHED_PIC |
                     AV_DISPOSITION_TIMED_THUMBNAILS)) != 0)
            continue;
        if (kind & AV_DISPOSITION_DEFAULT)
            return (int)i;
        if (found < 0)
            found = (int)i;
    }
    return found;
}
