/*
 * beats - how the intervals between heart beats vary.
 *
 * Task Force of the European Society of Cardiology (1996). Heart rate
 * variability. Circulation 93, 1043-1065: its measures over time, and power
 * in its bands LF (0.04 to 0.15 Hz) and HF (0.15 to 0.4 Hz) of pieces of five
 * minutes.  The spectrum is Lomb's (1976, Astrophys. Space Sci. 39; Scargle
 * 1982, Astrophys. J. 263), which takes beats when they come and asks for no
 * interpolation: 2 P(f) / N at multiples of 1 / T sums up to the variance.
 */
#ifndef MIEN_FEAT_BEATS_H
#define MIEN_FEAT_BEATS_H

#include <stddef.h>

#include "eval/feat/physio_read.h"

#define BEATS_LEAST_S 0.3 /* intervals out of 30 .. 200 a minute are errors */
#define BEATS_MOST_S 2.0
/* A time and its interval that differ by more have lost a beat between. */
#define BEATS_SLACK_S 0.02
#define BEATS_PIECE_S 300
#define BEATS_LEAST_PIECE_S 120
#define BEATS_LEAST_COVER 0.8 /* of a piece by intervals, for its spectrum */

struct beats_measures {
    size_t count;    /* good intervals */
    double rejected; /* share of intervals that are errors */
    double coverage; /* share of the time that good intervals fill */
    double mean_ms, sdnn_ms, rmssd_ms;
    double pnn50; /* share of neighbours more than 50 ms apart */
    double lf_ms2, hf_ms2, lf_hf;
};

/* Beats from `start_s` to `end_s`; what is not defined is NAN. */
void beats_measure(const struct physio_beats *beats, double start_s,
                   double end_s, struct beats_measures *out);

#endif
