/*
 * window - see window.h.
 */
#include <config.h>

#include "common/signal/window.h"

#include <math.h>

static double weight_at(enum window_kind kind, int i, int size)
{
    double middle = (size - 1) / 2.0;
    double x;

    if (size == 1)
        return 1;
    switch (kind) {
    case WINDOW_HANN:
        return 0.5 - 0.5 * cos(2 * M_PI * (i + 0.5) / size);
    case WINDOW_HAMMING:
        return 0.54 - 0.46 * cos(2 * M_PI * i / (size - 1));
    case WINDOW_GAUSS:
        x = (i - middle) / (0.4 * middle);
        return exp(-0.5 * x * x);
    case WINDOW_RECTANGLE:
        break;
    }
    return 1;
}

void window_fill(enum window_kind kind, float *weight, int size)
{
    for (int i = 0; i < size; i++)
        weight[i] = (float)weight_at(kind, i, size);
}
