/*
 * subharmonic - candidates for the pitch of one frame, by subharmonic
 * summation.
 *
 * Hermes, D. J. (1988). Measurement of pitch by subharmonic summation. JASA
 * 83(1), 257-264: the spectrum's peaks are put on a logarithmic axis by a
 * cubic spline, weighted as the ear does, and added to copies shifted by the
 * logarithms of 2 .. 15, each 0.85 times the one before.  A pitch is a maximum
 * of the sum; its voicing is how far it stands out of the sum's mean.
 */
#ifndef MIEN_FEAT_SUBHARMONIC_H
#define MIEN_FEAT_SUBHARMONIC_H

enum { SUBHARMONIC_CANDIDATES = 6 };

struct subharmonic_candidate {
    float hz;      /* 0: there is none */
    float voicing; /* 0 .. 1 */
};

struct subharmonic;

/* For magnitude spectra of size / 2 + 1 bins. */
struct subharmonic *subharmonic_new(int rate, int fft_size);
void subharmonic_free(struct subharmonic *sum); /* takes NULL */

/* The most voiced one first; empty ones last. */
void subharmonic_find(struct subharmonic *sum, const float *magnitude,
                      struct subharmonic_candidate *out);

#endif
