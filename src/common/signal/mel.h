/*
 * mel - a bank of triangular bands on the mel scale, and the cepstrum.
 *
 * Mel: 2595 log10(1 + f / 700), as in The HTK Book (Young et al. 2006),
 * equation 5.13 (the constants are O'Shaughnessy's, 1987).  The edges lie
 * evenly on that scale and each triangle is straight on it; neighbours cross
 * at one half.  Bands are sums over the power spectrum.
 *
 * Cepstrum: c[k] = sqrt(2 / bands) sum_m log(band[m]) cos(pi k (m + 0.5) /
 * bands), The HTK Book, equation 5.14; Davis, S. & Mermelstein, P. (1980),
 * IEEE Trans. ASSP 28(4), 357-366.  No lifter.
 */
#ifndef MIEN_SIGNAL_MEL_H
#define MIEN_SIGNAL_MEL_H

#include <stdbool.h>

struct mel_settings {
    int rate;       /* Hz */
    int fft_size;   /* the power spectrum has fft_size / 2 + 1 bins */
    int bands;      /* at least 1 */
    double low_hz;  /* lower edge of the first band */
    double high_hz; /* upper edge of the last; at most rate / 2 */
    /* The bins at the edges, and what lies outside, count for no band. */
    bool without_edge_bins;
};

struct mel;

struct mel *mel_new(const struct mel_settings *settings);
void mel_free(struct mel *mel); /* takes NULL */

void mel_bands(const struct mel *mel, const float *power, double *band);
/*
 * Coefficients `first` .. first + count - 1 of the bands' logarithms; a band
 * below `floor` counts as `floor`.
 */
void mel_cepstrum(const struct mel *mel, const double *band, double floor,
                  int first, int count, double *out);

double mel_from_hz(double hz);
double mel_to_hz(double mel);

#endif
