/*
 * synth - a small corpus of sounds, named as EmoDB names its files.
 *
 *     synth DIR [TEXTS]     writes DIR/wav/03a01Wa.wav ...
 *
 * Ten speakers (five of each sex, EmoDB's numbers), anger, happiness, sadness
 * and neutral, TEXTS sentences each (default 2).  A voice is a pulse train
 * through two resonators; the emotion moves its pitch, range, rate and
 * loudness, and a seeded jitter keeps the classes from being trivial.  The
 * same bytes on every machine of one processor type.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { RATE = 16000, MOST = 2 * RATE };

static const double pi = 3.14159265358979323846;

struct speaker {
    const char *name;
    double f0;    /* Hz */
    double tract; /* formants are multiplied by this */
};

struct emotion {
    char letter;
    double f0, range, rate, level; /* factors */
};

/* EmoDB's ten sentences. */
static const char *const texts[] = { "a01", "a02", "a04", "a05", "a07",
                                     "b01", "b02", "b03", "b09", "b10" };

static const struct speaker speakers[] = {
    { "03", 115, 1.00 }, { "08", 205, 1.17 }, { "09", 220, 1.15 },
    { "10", 105, 0.97 }, { "11", 130, 1.02 }, { "12", 122, 0.99 },
    { "13", 190, 1.12 }, { "14", 210, 1.20 }, { "15", 110, 1.01 },
    { "16", 228, 1.18 },
};

static const struct emotion emotions[] = {
    { 'W', 1.35, 1.5, 1.15, 1.60 },
    { 'F', 1.45, 1.8, 1.10, 1.10 },
    { 'T', 0.92, 0.5, 0.75, 0.45 },
    { 'N', 1.00, 0.8, 1.00, 0.80 },
};

/* In [-1, 1); the constants are those of Numerical Recipes' quick LCG. */
static double chance(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (double)(*state >> 8) / 8388608.0 - 1;
}

struct resonator {
    double a, b, c, y1, y2;
};

static void tune(struct resonator *r, double hz, double width)
{
    double radius = exp(-pi * width / RATE);

    r->c = -radius * radius;
    r->b = 2 * radius * cos(2 * pi * hz / RATE);
    r->a = 1 - r->b - r->c;
}

static double step(struct resonator *r, double x)
{
    double y = r->a * x + r->b * r->y1 + r->c * r->y2;

    r->y2 = r->y1;
    r->y1 = y;
    return y;
}

static int16_t clip(double value)
{
    return (int16_t)(value > 32767 ? 32767 : value < -32768 ? -32768 : value);
}

static int speak(const struct speaker *speaker, const struct emotion *emotion,
                 int text, uint32_t seed, int16_t *out)
{
    struct resonator first = { 0 }, second = { 0 };
    double rate = emotion->rate * (1 + 0.08 * chance(&seed));
    double f0 = speaker->f0 * emotion->f0 * (1 + 0.07 * chance(&seed));
    double level = emotion->level * (1 + 0.25 * chance(&seed));
    int count = (int)(RATE * (0.55 + 0.05 * text) / rate);
    double phase = 0;

    for (int i = 0; i < count && i < MOST; i++) {
        double t = (double)i / count;
        double tune_now = f0 * (1 + 0.10 * emotion->range *
                                        sin(2 * pi * (1.5 * t + 0.2 * text)));
        double pulse = 0;

        if (i % 400 == 0) { /* a vowel of its own every 25 ms */
            tune(&first, speaker->tract * (450 + 250 * sin(5 * t + text)), 90);
            tune(&second, speaker->tract * (1500 + 500 * cos(4 * t)), 120);
        }
        phase += tune_now / RATE * (1 + 0.01 * chance(&seed));
        if (phase >= 1) {
            phase -= 1;
            pulse = 1;
        }
        pulse += 0.004 * chance(&seed);
        out[i] =
            clip(level * 7000 * sin(pi * t) *
                 (step(&first, 8 * pulse) + 0.5 * step(&second, 8 * pulse)));
    }
    return count < MOST ? count : MOST;
}

static void put32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> 8 * i);
}

/* RIFF, 16 bit, mono. */
static int write_wav(const char *path, const int16_t *sample, int count)
{
    unsigned char head[44] =
        "RIFF....WAVEfmt ....\1\0\1\0........\2\0\20\0data";
    FILE *file = fopen(path, "wb");

    if (!file)
        return 1;
    put32(head + 4, 36 + 2 * (uint32_t)count);
    put32(head + 16, 16);
    put32(head + 24, RATE);
    put32(head + 28, 2 * RATE);
    put32(head + 40, 2 * (uint32_t)count);
    fwrite(head, 1, 44, file);
    for (int i = 0; i < count; i++) {
        fputc(sample[i] & 255, file);
        fputc(sample[i] >> 8 & 255, file);
    }
    return fclose(file) != 0;
}

int main(int argc, char **argv)
{
    static int16_t sample[MOST];
    int count_texts = argc > 2 ? atoi(argv[2]) : 2;
    uint32_t seed = 1;
    char path[4096];

    if (argc < 2)
        return 2;
    mkdir(argv[1], 0777);
    snprintf(path, sizeof(path), "%s/wav", argv[1]);
    mkdir(path, 0777);
    for (size_t s = 0; s < sizeof(speakers) / sizeof(speakers[0]); s++) {
        for (size_t e = 0; e < sizeof(emotions) / sizeof(emotions[0]); e++) {
            for (int t = 0; t < count_texts && t < 10; t++) {
                int count = speak(&speakers[s], &emotions[e], t, seed++ * 7919u,
                                  sample);

                snprintf(path, sizeof(path), "%s/wav/%s%s%ca.wav", argv[1],
                         speakers[s].name, texts[t], emotions[e].letter);
                if (write_wav(path, sample, count))
                    return 3;
            }
        }
    }
    return 0;
}
