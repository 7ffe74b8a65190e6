/*
 * loudness - see loudness.h.
 */
#include <config.h>

#include "eval/feat/loudness.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/signal/mel.h"

#define FLOOR 9.3e-10 /* of a band's power */
#define POWER_LAW 0.33

struct loudness {
    int bands;
    float *weight; /* owned */
};

/* The equal-loudness curve at about 40 dB; 1e32 brings it to about 1. */
static double equal_loudness(double hz)
{
    double w2 = pow(2 * M_PI * hz, 2);
    double low = w2 + 6.3e6;

    return 1e32 * (w2 + 56.8e6) * w2 * w2 /
           (low * low * (w2 + 0.38e9) * (pow(w2, 3.5) + 1.7e31));
}

struct loudness *loudness_new(int bands, double low_hz, double high_hz)
{
    struct loudness *loudness = xcalloc(1, sizeof(*loudness));
    double low = mel_from_hz(low_hz), high = mel_from_hz(high_hz);

    loudness->bands = bands;
    loudness->weight = xcalloc((size_t)bands, sizeof(float));
    for (int m = 0; m < bands; m++) {
        double hz = mel_to_hz(low + (high - low) * (m + 1) / (bands + 1));

        loudness->weight[m] = (float)equal_loudness(hz);
    }
    return loudness;
}

void loudness_free(struct loudness *loudness)
{
    if (!loudness)
        return;
    free(loudness->weight);
    free(loudness);
}

double loudness_of(const struct loudness *loudness, const double *band)
{
    double sum = 0;

    for (int m = 0; m < loudness->bands; m++) {
        float power = (float)fmax(band[m], FLOOR);

        sum += powf(power * loudness->weight[m], (float)POWER_LAW);
    }
    return sum / loudness->bands;
}
