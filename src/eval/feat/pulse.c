/*
 * pulse - see pulse.h.
 */
#include <config.h>

#include "eval/feat/pulse.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "eval/feat/eda.h"

#define LOW_HZ 0.5
#define HIGH_HZ 8.0
#define SYSTOLE_S 0.111
#define BEAT_S 0.667
#define OFFSET 0.02

/* Means of `width` values (odd) around each; what is outside is not counted. */
static void moving_mean(const double *x, size_t count, size_t width,
                        double *out)
{
    size_t half = width / 2;
    double *sum = xcalloc(count + 1, sizeof(*sum));

    for (size_t i = 0; i < count; i++)
        sum[i + 1] = sum[i] + x[i];
    for (size_t i = 0; i < count; i++) {
        size_t from = i > half ? i - half : 0;
        size_t to = i + half + 1 < count ? i + half + 1 : count;

        out[i] = (sum[to] - sum[from]) / (double)(to - from);
    }
    free(sum);
}

static size_t odd(double samples)
{
    size_t whole = (size_t)samples;

    return whole % 2 ? whole : whole + 1;
}

/* The top of the parabola through a sample and its neighbours. */
static double top_of(const double *x, size_t at, size_t count)
{
    double bend, shift = 0;

    if (at == 0 || at + 1 >= count)
        return (double)at;
    bend = x[at - 1] - 2 * x[at] + x[at + 1];
    if (bend < 0)
        shift = (x[at - 1] - x[at + 1]) / (2 * bend);
    return (double)at + fmax(-0.5, fmin(0.5, shift));
}

struct run {
    const double *band, *systole, *beat; /* of the run */
    size_t count;
    double rate_hz, start_s, least; /* Hz, s, the offset */
};

static void find_peaks(const struct run *run, struct physio_beats *beats)
{
    size_t width = odd(SYSTOLE_S * run->rate_hz);
    double before = NAN;

    for (size_t i = 0, end; i < run->count; i = end + 1) {
        size_t peak = i;
        double at;

        for (end = i; end < run->count &&
                      run->systole[end] > run->beat[end] + run->least;
             end++)
            if (run->band[end] > run->band[peak])
                peak = end;
        if (end - i < width)
            continue;
        at = run->start_s + top_of(run->band, peak, run->count) / run->rate_hz;
        if (!isnan(before)) {
            struct physio_beat beat = { at, at - before };

            VEC_PUSH(beats, beat);
        }
        before = at;
    }
}

/* A run without gaps. */
static void run_beats(const double *value, size_t count, double rate_hz,
                      double start_s, struct physio_beats *beats)
{
    double *low = xcalloc(5 * count + 1, sizeof(*low));
    double *band = low + count, *square = band + count;
    double *systole = square + count, *beat = systole + count;
    struct run run = { band, systole, beat, count, rate_hz, start_s, 0 };

    /* What is above 0.5 Hz, and of that what is below 8 Hz. */
    if (!eda_split_at(value, count, rate_hz, LOW_HZ, low, square) ||
        !eda_split_at(square, count, rate_hz, HIGH_HZ, band, low)) {
        free(low);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        square[i] = band[i] > 0 ? band[i] * band[i] : 0;
        run.least += OFFSET * square[i] / (double)count;
    }
    moving_mean(square, count, odd(SYSTOLE_S * rate_hz), systole);
    moving_mean(square, count, odd(BEAT_S * rate_hz), beat);
    find_peaks(&run, beats);
    free(low);
}

void pulse_beats(const struct physio_stream *wave, struct physio_beats *beats)
{
    if (wave->rate_hz < PULSE_LEAST_RATE_HZ)
        return;
    beats->there = true;
    for (size_t i = 0, end; i < wave->count; i = end + 1) {
        for (end = i; end < wave->count && !isnan(wave->value[end]);)
            end++;
        if (end > i)
            run_beats(wave->value + i, end - i, wave->rate_hz,
                      wave->start_s + (double)i / wave->rate_hz, beats);
    }
}
