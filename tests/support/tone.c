/*
 * tone - a WAV file with a buzz of five partials, for shell tests.
 *
 *     tone PATH RATE CHANNELS SECONDS HZ LEVEL
 *
 * 16 bits; a LEVEL over 1 is clipped.  LEVEL 0 is digital silence.  Channel 2
 * has half the level of channel 1, channel 3 a third, so that mixing down is a
 * visible deed.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static const double pi = 3.14159265358979323846;

static void put(FILE *file, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        fputc((int)(value >> (8 * i) & 255), file);
}

static void put_head(FILE *file, uint32_t rate, uint32_t channels,
                     uint32_t bytes)
{
    fputs("RIFF", file);
    put(file, 36 + bytes, 4);
    fputs("WAVEfmt ", file);
    put(file, 16, 4);
    put(file, 1, 2);
    put(file, channels, 2);
    put(file, rate, 4);
    put(file, rate * channels * 2, 4);
    put(file, channels * 2, 2);
    put(file, 16, 2);
    fputs("data", file);
    put(file, bytes, 4);
}

int main(int argc, char **argv)
{
    uint32_t rate, channels, frames;
    double hz, level;
    FILE *file;

    if (argc != 7) {
        fputs("usage: tone PATH RATE CHANNELS SECONDS HZ LEVEL\n", stderr);
        return 2;
    }
    rate = (uint32_t)strtoul(argv[2], NULL, 10);
    channels = (uint32_t)strtoul(argv[3], NULL, 10);
    frames = (uint32_t)(strtod(argv[4], NULL) * rate);
    hz = strtod(argv[5], NULL);
    level = strtod(argv[6], NULL);
    file = fopen(argv[1], "wb");
    if (!file)
        return 1;
    put_head(file, rate, channels, frames * channels * 2);
    for (uint32_t i = 0; i < frames; i++) {
        double sum = 0;

        for (int k = 1; k <= 5; k++)
            sum += sin(2 * pi * hz * k * i / rate) / 5;
        for (uint32_t c = 1; c <= channels; c++) {
            double value = fmax(-1, fmin(sum * level / c, 1));

            put(file, (uint32_t)(int32_t)lrint(value * 32767), 2);
        }
    }
    return fclose(file) == 0 ? 0 : 1;
}
