/*
 * loudness - how loud a moment sounds, about.
 *
 * Hermansky, H. (1990). Perceptual linear predictive (PLP) analysis of speech.
 * JASA 87(4), 1738-1752: band powers, weighted by the equal-loudness curve
 * (equations 6 and 7), then the power law of hearing (equation 9; 0.33).  The
 * bands are those of mel.h, the loudness is the mean over them.
 */
#ifndef MIEN_FEAT_LOUDNESS_H
#define MIEN_FEAT_LOUDNESS_H

struct loudness;

/* Bands whose centres lie evenly on the mel scale between the two edges. */
struct loudness *loudness_new(int bands, double low_hz, double high_hz);
void loudness_free(struct loudness *loudness); /* takes NULL */

/* `band`: powers, as mel_bands() gives them. */
double loudness_of(const struct loudness *loudness, const double *band);

#endif
