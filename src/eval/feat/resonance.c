/*
 * resonance - see resonance.h.
 */
#include <config.h>

#include "eval/feat/resonance.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/media/rate.h"
#include "common/signal/lpc.h"
#include "common/signal/roots.h"
#include "common/signal/window.h"

enum { RATE = 11000, FRAME = 275, ORDER = 11 };

#define EMPHASIS_HZ 50.0
#define LOWEST_HZ 90.0
#define HIGHEST_HZ (RATE / 2.0 - 50)
#define WIDEST_HZ 1000.0

struct resonance {
    float *sample; /* owned; at RATE, with pre-emphasis */
    int64_t count;
    float window[FRAME];
};

/* x[n] - a x[n - 1], from the end as it is done in place. */
static void emphasise(float *sample, int64_t count)
{
    float a = (float)exp(-2 * M_PI * EMPHASIS_HZ / RATE);

    for (int64_t i = count - 1; i > 0; i--)
        sample[i] -= a * sample[i - 1];
}

struct resonance *resonance_new(const float *sample, int64_t samples, int rate,
                                struct error *err)
{
    struct rate *change = rate_new(rate, RATE, 1, err);
    struct resonance *resonance;

    if (!change)
        return NULL;
    resonance = xcalloc(1, sizeof(*resonance));
    rate_push(change, sample, samples);
    rate_finish(change);
    resonance->count = rate_ready(change);
    resonance->sample =
        xcalloc((size_t)resonance->count + 1, sizeof(*resonance->sample));
    resonance->count = rate_pull(change, resonance->sample, resonance->count);
    rate_free(change);
    emphasise(resonance->sample, resonance->count);
    window_fill(WINDOW_HAMMING, resonance->window, FRAME);
    return resonance;
}

void resonance_free(struct resonance *resonance)
{
    if (!resonance)
        return;
    free(resonance->sample);
    free(resonance);
}

/* Puts one into its place by frequency; the highest falls out. */
static void put(struct resonance_value *out, double hz, double bandwidth_hz)
{
    for (int i = 0; i < RESONANCES; i++) {
        struct resonance_value was = out[i];

        if (!isnan(was.hz) && was.hz <= hz)
            continue;
        out[i] = (struct resonance_value){ hz, bandwidth_hz };
        if (isnan(was.hz))
            return;
        hz = was.hz;
        bandwidth_hz = was.bandwidth_hz;
    }
}

void resonance_at(struct resonance *resonance, double seconds,
                  struct resonance_value out[RESONANCES])
{
    int64_t begin = llround(seconds * RATE) - FRAME / 2;
    double r[ORDER + 1], coefficient[ORDER + 1] = { 1 };
    struct root root[ORDER];
    float frame[FRAME];
    int roots;

    for (int i = 0; i < RESONANCES; i++)
        out[i] = (struct resonance_value){ NAN, NAN };
    for (int64_t i = 0; i < FRAME; i++) {
        bool inside = begin + i >= 0 && begin + i < resonance->count;

        frame[i] =
            inside ? resonance->sample[begin + i] * resonance->window[i] : 0;
    }
    lpc_autocorrelate(frame, FRAME, ORDER, r);
    if (!lpc_durbin(r, ORDER, coefficient + 1))
        return;
    roots = roots_find(coefficient, ORDER, root);
    for (int i = 0; i < roots; i++) {
        double hz = atan2(root[i].im, root[i].re) * RATE / (2 * M_PI);
        double size = hypot(root[i].re, root[i].im);
        double bandwidth_hz = -log(size) * RATE / M_PI;

        if (hz >= LOWEST_HZ && hz <= HIGHEST_HZ && bandwidth_hz >= 0 &&
            bandwidth_hz <= WIDEST_HZ)
            put(out, hz, bandwidth_hz);
    }
}
