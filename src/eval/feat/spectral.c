/*
 * spectral - see spectral.h.
 */
#include <config.h>

#include "eval/feat/spectral.h"

#include <math.h>

double spectral_centroid(const float *magnitude, int bins, double bin_hz)
{
    double sum = 0, moment = 0;

    for (int k = 1; k < bins; k++) {
        sum += magnitude[k];
        moment += k * bin_hz * magnitude[k];
    }
    return sum > 0 ? moment / sum : NAN;
}

double spectral_rolloff(const float *magnitude, int bins, double bin_hz,
                        double share)
{
    double sum = 0, part = 0;

    for (int k = 1; k < bins; k++)
        sum += magnitude[k];
    if (!(sum > 0))
        return NAN;
    for (int k = 1; k < bins; k++) {
        part += magnitude[k];
        if (part >= share * sum)
            return k * bin_hz;
    }
    return (bins - 1) * bin_hz; /* rounding */
}

static double length_of(const float *magnitude, int bins)
{
    double sum = 0;

    for (int k = 1; k < bins; k++)
        sum += (double)magnitude[k] * magnitude[k];
    return sqrt(sum);
}

double spectral_flux(const float *magnitude, const float *before, int bins)
{
    double now_length = length_of(magnitude, bins);
    double before_length = length_of(before, bins);
    double sum = 0;

    if (!(now_length > 0) || !(before_length > 0))
        return NAN;
    for (int k = 1; k < bins; k++) {
        double step = magnitude[k] / now_length - before[k] / before_length;

        sum += step * step;
    }
    return sum;
}
