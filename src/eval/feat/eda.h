/*
 * eda - skin conductance as a slow level and the responses that ride on it.
 *
 * The tonic part is the signal below EDA_SPLIT_HZ, by a Butterworth filter of
 * the second order run forwards and backwards (no delay), its ends mirrored;
 * the phasic part is the rest.  Boucsein, W. et al. (2012). Publication
 * recommendations for electrodermal measurements. Psychophysiology 49,
 * 1017-1034.
 *
 * A response (SCR) is a rise of the phasic part from a trough to a peak by
 * EDA_LEAST_RISE and more; the peak is one when the signal has fallen by half
 * of that.
 */
#ifndef MIEN_FEAT_EDA_H
#define MIEN_FEAT_EDA_H

#include <stdbool.h>
#include <stddef.h>

#define EDA_SPLIT_HZ 0.05
#define EDA_LEAST_RISE 0.05 /* microsiemens */

struct eda_responses {
    size_t count;
    double height; /* sum of the rises, microsiemens */
    double rise;   /* sum of the times from trough to peak, samples */
};

/* False when the signal is shorter than one period of EDA_SPLIT_HZ. */
bool eda_split(const double *value, size_t count, double rate_hz, double *tonic,
               double *phasic);

/*
 * The same at any frequency: below `cut_hz` and the rest.  False when the
 * signal is shorter than one period of it, or its rate not over twice that.
 */
bool eda_split_at(const double *value, size_t count, double rate_hz,
                  double cut_hz, double *low, double *high);

/*
 * As eda_split(), each run between gaps (NAN) by itself; what is too short is
 * NAN.  False when all is.
 */
bool eda_split_runs(const double *value, size_t count, double rate_hz,
                    double *tonic, double *phasic);

/*
 * Responses whose peak lies at `from` up to `to` (not included); none goes
 * over a gap (NAN).
 */
void eda_find_responses(const double *phasic, size_t count, size_t from,
                        size_t to, struct eda_responses *out);

#endif
