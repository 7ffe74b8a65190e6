/*
 * formant - the resonances of one frame by linear prediction.
 *
 * The reference set's way, kept for numbers that compare: order 11 on the frame
 * brought to 11 kHz by a truncated inverse Fourier transform that counts the
 * constant part twice and begins with the padding before the frame; and the
 * roots of z^11 - sum a[k] z^(11 - k), where those of the inverse filter are
 * z^11 + ...: bandwidths come out near 1,000 Hz.  Markel, J. D. & Gray, A. H.
 * (1976). Linear Prediction of Speech, has the method as it is meant.
 */
#ifndef MIEN_FEAT_FORMANT_H
#define MIEN_FEAT_FORMANT_H

enum { FORMANT_COUNT = 3 };

struct formant_value {
    double hz;           /* 0: there is none */
    double bandwidth_hz; /* 0: there is none */
};

struct formant;

/* For frames of `frame` samples, zero-padded to `fft_size` on both sides. */
struct formant *formant_new(int rate, int frame, int fft_size);
void formant_free(struct formant *formant); /* takes NULL */

/*
 * `bins`: the spectrum of the padded frame, where the frame begins at sample 0;
 * real and imaginary in turn.
 */
void formant_find(struct formant *formant, const float *bins,
                  struct formant_value out[FORMANT_COUNT]);

#endif
