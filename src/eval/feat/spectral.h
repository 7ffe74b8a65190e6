/*
 * spectral - the shape of one magnitude spectrum.
 *
 * Tzanetakis, G. & Cook, P. (2002). Musical genre classification of audio
 * signals. IEEE Transactions on Speech and Audio Processing 10(5), 293-302,
 * equations 1 to 3.  All are NAN for a spectrum of zeros, which has no shape.
 * Bin 0 (DC) is left out.
 */
#ifndef MIEN_FEAT_SPECTRAL_H
#define MIEN_FEAT_SPECTRAL_H

/* Mean frequency, weighted by magnitude; Hz. */
double spectral_centroid(const float *magnitude, int bins, double bin_hz);
/* The lowest frequency that has `share` of the magnitude below it; Hz. */
double spectral_rolloff(const float *magnitude, int bins, double bin_hz,
                        double share);
/*
 * Squared distance of two spectra, each scaled to length 1: 0 for the same
 * shape, 2 for shapes that share no frequency.  Loudness does not enter.
 */
double spectral_flux(const float *magnitude, const float *before, int bins);

#endif
