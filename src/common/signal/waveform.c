/*
 * waveform - see waveform.h.
 */
#include <config.h>

#include "common/signal/waveform.h"

#include <math.h>
#include <stdbool.h>

double waveform_rms_db(const float *sample, int count)
{
    double sum = 0;

    for (int i = 0; i < count; i++)
        sum += (double)sample[i] * sample[i];
    /* log10(0) is minus infinity, and fmax() takes the other. */
    return fmax(10 * log10(sum / count), WAVEFORM_FLOOR_DB);
}

double waveform_zero_crossings(const float *sample, int count, int rate)
{
    double mean = 0;
    int changes = 0;
    bool negative;

    for (int i = 0; i < count; i++)
        mean += sample[i];
    mean /= count;
    negative = sample[0] < mean;
    for (int i = 1; i < count; i++) {
        bool now = sample[i] < mean;

        changes += now != negative;
        negative = now;
    }
    return (double)changes * rate / count;
}
