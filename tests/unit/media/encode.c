/* encode - see encode.h. */
#include <config.h>

#include "encode.h"

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

bool encode_cut(const char *path, int keep)
{
    struct stat status;

    return stat(path, &status) == 0 &&
           truncate(path, status.st_size * keep / 100) == 0;
}
