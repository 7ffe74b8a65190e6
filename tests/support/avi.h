/*
 * avi.h - a film of raw pictures without sound, written by hand: for tests
 * that must not need an encoder.
 *
 * Ten pictures a second, 80 x 40; a white field that is one tenth of the
 * width wide moves a tenth to the right with each picture, on black.
 */
#ifndef MIEN_TESTS_AVI_H
#define MIEN_TESTS_AVI_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum {
    AVI_WIDTH = 80,
    AVI_HEIGHT = 40,
    AVI_RATE = 10,
    AVI_BYTES = AVI_WIDTH * AVI_HEIGHT * 3,
};

static inline void avi_put(FILE *file, uint32_t value, int bytes)
{
    for (; bytes > 0; bytes--, value >>= 8)
        fputc((int)(value & 255), file);
}

static inline void avi_put_many(FILE *file, const uint32_t *value, int count)
{
    for (int i = 0; i < count; i++)
        avi_put(file, value[i], 4);
}

static inline void avi_put_head(FILE *file, uint32_t frames)
{
    const uint32_t main_header[14] = { 1000000 / AVI_RATE,
                                       AVI_BYTES * AVI_RATE,
                                       0,
                                       0x10,
                                       frames,
                                       0,
                                       1,
                                       AVI_BYTES,
                                       AVI_WIDTH,
                                       AVI_HEIGHT };
    const uint32_t stream[11] = { 0, 0, 0, 1, AVI_RATE, 0, frames, AVI_BYTES };
    const uint32_t format[4] = { 0, AVI_BYTES, 0, 0 };

    fputs("RIFF", file);
    avi_put(file, 4 + 8 + 192 + 12 + frames * (8 + AVI_BYTES), 4);
    fputs("AVI LIST", file);
    avi_put(file, 192, 4);
    fputs("hdrlavih", file);
    avi_put(file, 56, 4);
    avi_put_many(file, main_header, 14);
    fputs("LIST", file);
    avi_put(file, 116, 4);
    fputs("strlstrh", file);
    avi_put(file, 56, 4);
    fputs("vidsDIB ", file);
    avi_put_many(file, stream, 11);
    avi_put(file, 0, 2);
    avi_put(file, 0, 2);
    fputs("strf", file);
    avi_put(file, 40, 4);
    avi_put(file, 40, 4);
    avi_put(file, AVI_WIDTH, 4);
    avi_put(file, AVI_HEIGHT, 4);
    avi_put(file, 1, 2);
    avi_put(file, 24, 2);
    avi_put_many(file, format, 4);
    avi_put(file, 0, 4);
    avi_put(file, 0, 4);
}

static inline bool avi_write(const char *path, uint32_t frames)
{
    FILE *file = fopen(path, "wb");

    if (!file)
        return false;
    avi_put_head(file, frames);
    fputs("LIST", file);
    avi_put(file, 4 + frames * (8 + AVI_BYTES), 4);
    fputs("movi", file);
    for (uint32_t n = 0; n < frames; n++) {
        fputs("00db", file);
        avi_put(file, AVI_BYTES, 4);
        for (int i = 0; i < AVI_WIDTH * AVI_HEIGHT; i++) {
            bool white = (uint32_t)(i % AVI_WIDTH / 8) == n % 10;

            avi_put(file, white ? 0xFFFFFF : 0, 3);
        }
    }
    return fclose(file) == 0;
}

#endif
