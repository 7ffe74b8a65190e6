/*
 * harmonics - see harmonics.h.
 */
#include <config.h>

#include "eval/feat/harmonics.h"

#include <math.h>
#include <stdbool.h>

#define LOWEST_LEVEL (-200.0)

static bool is_peak(const float *x, int count, int at)
{
    return at > 0 && at < count - 1 && x[at] > x[at - 1] && x[at] > x[at + 1];
}

/* The nearest peak to a bin, right before left; -1: none within the range. */
static int nearest_peak(const float *x, int count, int at, int low, int high)
{
    if (is_peak(x, count, at))
        return at;
    for (int off = 1; at - off >= low || at + off <= high; off++) {
        if (at + off <= high && is_peak(x, count, at + off))
            return at + off;
        if (at - off >= low && is_peak(x, count, at - off))
            return at - off;
    }
    return -1;
}

/* The summit of the parabola through a bin and its neighbours. */
static double summit(const float *x, int at, double *height)
{
    double left = x[at - 1], mid = x[at], right = x[at + 1];
    double bow = 2 * mid - left - right;
    double off = bow > 0 ? 0.5 * (right - left) / bow : 0;

    *height = mid + 0.25 * (right - left) * off;
    return at + off;
}

void harmonics_find(struct harmonics *harmonics, const float *magnitude,
                    int bins, double bin_hz, double f0_hz)
{
    int before = -1;

    harmonics->magnitude = magnitude;
    for (int i = 0; i < HARMONICS_COUNT; i++) {
        double f = (i + 1) * f0_hz;
        int at = (int)floor(f / bin_hz + 0.5);
        int low, high;

        harmonics->bin[i] = -1;
        harmonics->hz[i] = harmonics->height[i] = 0;
        if (at >= bins) /* so are the others */
            continue;
        low = (int)ceil((f - 0.5 * f0_hz) / bin_hz);
        high = (int)floor((f + 0.5 * f0_hz) / bin_hz);
        at = nearest_peak(magnitude, bins, at, low, high);
        if (at < 0 || at == before)
            continue;
        before = at;
        harmonics->bin[i] = at;
        harmonics->hz[i] =
            bin_hz * summit(magnitude, at, &harmonics->height[i]);
    }
}

double harmonics_level(const struct harmonics *harmonics, int number)
{
    int first = harmonics->bin[0], at = harmonics->bin[number - 1];

    if (first < 0 || at < 0 || !(harmonics->magnitude[first] > 0))
        return HARMONICS_NO_LEVEL;
    return fmax(LOWEST_LEVEL, 20 * log10(harmonics->height[number - 1] /
                                         harmonics->magnitude[first]));
}

int harmonics_near(const struct harmonics *harmonics, double hz)
{
    int best = 0;
    float most = 0;

    for (int i = 0; i < HARMONICS_COUNT; i++) {
        int at = harmonics->bin[i];

        if (at < 0 || harmonics->hz[i] < 0.8 * hz ||
            harmonics->hz[i] > 1.2 * hz)
            continue;
        if (best == 0 || harmonics->magnitude[at] > most) {
            most = harmonics->magnitude[at];
            best = i + 1;
        }
    }
    return best;
}

double harmonics_to_noise(const float *autocorrelation, int lags, double lag)
{
    const float *a = autocorrelation;
    int at = (int)floor(lag), peak = -1;
    double ratio;

    for (int off = 0; peak < 0 && off < lags; off++) {
        if (is_peak(a, lags, at - off))
            peak = at - off;
        else if (is_peak(a, lags, at + off))
            peak = at + off;
    }
    if (peak < 0)
        return 0;
    ratio = (double)a[peak] / ((double)a[0] - a[peak]);
    if (!(ratio > 0)) /* no noise at all */
        return a[peak] > 0 ? 110 : -90;
    return fmin(110, fmax(-90, 10 * log10(ratio)));
}
