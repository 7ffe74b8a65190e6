/*
 * ffmpeg_internal - FFmpeg's containers, codecs and scaling, loaded when the
 * first file asks for them; private to media.
 *
 * libavutil and libswresample are small and linked as usual.
 */
#ifndef MIEN_MEDIA_FFMPEG_INTERNAL_H
#define MIEN_MEDIA_FFMPEG_INTERNAL_H

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>

#include "common/base/error.h"

/* What is called of each library: F(its own name). */
#define FFMPEG_AVCODEC(F)              \
    F(av_packet_alloc)                 \
    F(av_packet_free)                  \
    F(av_packet_rescale_ts)            \
    F(av_packet_unref)                 \
    F(avcodec_alloc_context3)          \
    F(avcodec_find_decoder)            \
    F(avcodec_find_encoder_by_name)    \
    F(avcodec_flush_buffers)           \
    F(avcodec_free_context)            \
    F(avcodec_get_name)                \
    F(avcodec_open2)                   \
    F(avcodec_parameters_from_context) \
    F(avcodec_parameters_to_context)   \
    F(avcodec_receive_frame)           \
    F(avcodec_receive_packet)          \
    F(avcodec_send_frame)              \
    F(avcodec_send_packet)
#define FFMPEG_AVFORMAT(F)            \
    F(av_find_best_stream)            \
    F(av_guess_sample_aspect_ratio)   \
    F(av_interleaved_write_frame)     \
    F(av_read_frame)                  \
    F(av_seek_frame)                  \
    F(av_stream_get_side_data)        \
    F(av_write_trailer)               \
    F(avformat_alloc_output_context2) \
    F(avformat_close_input)           \
    F(avformat_find_stream_info)      \
    F(avformat_free_context)          \
    F(avformat_new_stream)            \
    F(avformat_open_input)            \
    F(avformat_write_header)          \
    F(avio_closep)                    \
    F(avio_feof)                      \
    F(avio_open)
#define FFMPEG_SWSCALE(F)   \
    F(sws_freeContext)      \
    F(sws_getCachedContext) \
    F(sws_getCoefficients)  \
    F(sws_scale)            \
    F(sws_setColorspaceDetails)

struct ffmpeg {
#define FFMPEG_MEMBER(name) __typeof__(name) *name;
    FFMPEG_AVCODEC(FFMPEG_MEMBER)
    FFMPEG_AVFORMAT(FFMPEG_MEMBER)
    FFMPEG_SWSCALE(FFMPEG_MEMBER)
#undef FFMPEG_MEMBER
};

/*
 * Loads them, once; of any thread.  NULL: they are not installed, and `err`
 * (which may be NULL) says what is missing.
 */
const struct ffmpeg *ffmpeg_load(struct error *err);

#endif
