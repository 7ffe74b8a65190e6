/*
 * harmonics - the harmonics of a pitch in a magnitude spectrum, and how far
 * they stand out of the noise.
 *
 * Harmonic 1 is the fundamental.  Levels are in dB above the bin of harmonic 1.
 */
#ifndef MIEN_FEAT_HARMONICS_H
#define MIEN_FEAT_HARMONICS_H

enum { HARMONICS_COUNT = 100 };

#define HARMONICS_NO_LEVEL (-201.0) /* of a harmonic that is not there */

struct harmonics {
    const float *magnitude;   /* borrowed; of the spectrum */
    int bin[HARMONICS_COUNT]; /* [0] is harmonic 1; -1: not there */
    double hz[HARMONICS_COUNT];
    double height[HARMONICS_COUNT];
};

/* `magnitude` must live as long as `harmonics` is used. */
void harmonics_find(struct harmonics *harmonics, const float *magnitude,
                    int bins, double bin_hz, double f0_hz);
/* dB; `number` from 1. */
double harmonics_level(const struct harmonics *harmonics, int number);
/*
 * The harmonic of the highest magnitude within a fifth of a frequency, such as
 * a formant's; 0: there is none.
 */
int harmonics_near(const struct harmonics *harmonics, double hz);

/*
 * Harmonics-to-noise ratio in dB, -90 to 110, from the autocorrelation of a
 * frame: Boersma, P. (1993), Proc. IFA 17, equation 4, without the correction
 * for the window.  `lag`: the period in samples; it is moved to the nearest
 * maximum.
 */
double harmonics_to_noise(const float *autocorrelation, int lags, double lag);

#endif
