/*
 * encode - media for the tests, made by FFmpeg's own encoders.
 */
#ifndef MIEN_TESTS_ENCODE_H
#define MIEN_TESTS_ENCODE_H

#include <stdbool.h>
#include <stdint.h>

/* 16-bit WAV; sample in -1 .. 1, interleaved. */
bool encode_wav(const char *path, int rate, int channels, const float *sample,
                int64_t frames);
/*
 * One sound track by the encoder called `codec` ("aac", "libmp3lame",
 * "libopus", "flac") in the container that the path's extension names.
 * False when this build of FFmpeg has no such encoder.
 */
bool encode_medium(const char *path, const char *codec, int rate, int channels,
                   const float *sample, int64_t frames);
/* Keeps the first `keep` of 100 parts of the file. */
bool encode_cut(const char *path, int keep);

#endif
