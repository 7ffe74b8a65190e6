/*
 * sound.h - media for the tests of the player, made by hand.
 *
 * In the numbered sound each frame says which one it is, and none is silent:
 * the first channel counts 1 to 32767 over and over, the second counts these
 * rounds from 1.  All values fit 16 bits, so that they stay exact as floats.
 */
#ifndef TEST_PLAY_SOUND_H
#define TEST_PLAY_SOUND_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROUND = 32767 };

struct folder {
    char path[64];
    char *file[8]; /* owned */
    int count;
};

static inline void folder_open(struct folder *folder)
{
    *folder = (struct folder){ .path = "/tmp/mien-play-XXXXXX" };
    if (!mkdtemp(folder->path))
        abort();
}

/* A name in the folder; removed with it. */
static inline const char *folder_file(struct folder *folder, const char *name)
{
    char path[128];

    snprintf(path, sizeof(path), "%s/%s", folder->path, name);
    return folder->file[folder->count++] = strdup(path);
}

static inline void folder_remove(struct folder *folder)
{
    for (int i = 0; i < folder->count; i++) {
        unlink(folder->file[i]);
        free(folder->file[i]);
    }
    rmdir(folder->path);
}

static inline void put(FILE *file, uint32_t value, int bytes)
{
    for (; bytes > 0; bytes--, value >>= 8)
        fputc((int)(value & 255), file);
}

static inline void put_head(FILE *file, int rate, int channels, uint32_t frames)
{
    uint32_t width = (uint32_t)channels * 2;

    fputs("RIFF", file);
    put(file, 36 + frames * width, 4);
    fputs("WAVEfmt ", file);
    put(file, 16, 4);
    put(file, 1, 2); /* PCM */
    put(file, (uint32_t)channels, 2);
    put(file, (uint32_t)rate, 4);
    put(file, (uint32_t)rate * width, 4);
    put(file, width, 2);
    put(file, 16, 2);
    fputs("data", file);
    put(file, frames * width, 4);
}

static inline int numbered(int64_t frame, int channel)
{
    return (int)(channel == 0 ? frame % ROUND : frame / ROUND) + 1;
}

/* The numbered sound as a WAV file of 16 bits. */
static inline const char *write_numbered(struct folder *folder,
                                         const char *name, int rate,
                                         int channels, int64_t frames)
{
    const char *path = folder_file(folder, name);
    FILE *file = fopen(path, "wb");

    if (!file)
        abort();
    put_head(file, rate, channels, (uint32_t)frames);
    for (int64_t i = 0; i < frames; i++) {
        for (int c = 0; c < channels; c++)
            put(file, (uint32_t)numbered(i, c), 2);
    }
    if (fclose(file) != 0)
        abort();
    return path;
}

/* Which frame a stereo frame of the numbered sound is; -1: silence. */
static inline int64_t number_of(const float *frame)
{
    int low = (int)(frame[0] * 32768.0f);
    int high = (int)(frame[1] * 32768.0f);

    if (low == 0 && high == 0)
        return -1;
    return (int64_t)(high - 1) * ROUND + low - 1;
}

#endif
