/*
 * spectrogram - how strong each band of frequencies is around a moment.
 *
 * The power spectrum of a Gaussian-windowed frame, in bands of equal width
 * from 0 Hz up, in dB re a full-scale sine.  A wide-band spectrogram, as
 * phoneticians read it, has a window of 5 ms (standard deviation 1 ms: a
 * bandwidth of 265 Hz at -3 dB), which shows single glottal pulses and
 * formants; a narrow-band one of 30 ms (44 Hz) shows harmonics.  Speech falls
 * by some 6 dB an octave: the emphasis lifts it, and is 0 dB at 1 kHz.
 *
 * Koenig, W., Dunn, H. K. & Lacy, L. Y. (1946). The sound spectrograph. JASA
 * 18(1), 19-49.
 */
#ifndef MIEN_SIGNAL_SPECTROGRAM_H
#define MIEN_SIGNAL_SPECTROGRAM_H

#include "common/base/error.h"

enum {
    SPECTROGRAM_FLOOR_DB = -160,
    SPECTROGRAM_MAX_BANDS = 1024,
};

struct spectrogram_settings {
    int rate;           /* Hz */
    double window_s;    /* all of the window, 5 standard deviations */
    double top_hz;      /* upper edge of the highest band */
    int bands;          /* of equal width */
    double emphasis_db; /* an octave */
};

/* 5 ms, to 5000 Hz (half the rate where that is less), 6 dB an octave. */
struct spectrogram_settings spectrogram_wide_band(int rate, int bands);

struct spectrogram;

/* NULL, with the reason, when the settings contradict each other. */
struct spectrogram *spectrogram_new(const struct spectrogram_settings *settings,
                                    struct error *err);
void spectrogram_free(struct spectrogram *spectrogram); /* takes NULL */

/* Samples of a frame. */
int spectrogram_frame(const struct spectrogram *spectrogram);
/* Adds a frame to the mean that the next spectrogram_take() gives. */
void spectrogram_add(struct spectrogram *spectrogram, const float *frame);
/* dB of the mean power of the frames since the last call; a value a band. */
void spectrogram_take(struct spectrogram *spectrogram, float *db);

#endif
