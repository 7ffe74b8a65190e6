/*
 * window - weights for a frame of samples.
 *
 * All are symmetric: weight i equals weight size - 1 - i.
 */
#ifndef MIEN_SIGNAL_WINDOW_H
#define MIEN_SIGNAL_WINDOW_H

enum window_kind {
    WINDOW_RECTANGLE,
    WINDOW_HANN,    /* 0.5 - 0.5 cos(2 pi (i + 0.5) / size): no zeros */
    WINDOW_HAMMING, /* 0.54 - 0.46 cos(2 pi i / (size - 1)) */
    WINDOW_GAUSS,   /* standard deviation: 0.4 of half the window */
};

void window_fill(enum window_kind kind, float *weight, int size);

#endif
