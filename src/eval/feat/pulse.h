/*
 * pulse - the beats in a pulse wave (BVP, photoplethysmogram).
 *
 * Elgendi, M. et al. (2013). Systolic peak detection in acceleration
 * photoplethysmograms measured from emergency responders in tropical
 * conditions. PLoS ONE 8(10), e76585: the wave from 0.5 to 8 Hz, cut off below
 * 0 and squared; where its mean over 111 ms (a systole) is above that over 667
 * ms (a beat) and 0.02 of its mean in all, for at least 111 ms, there is a
 * systole, and the wave's highest value in it is the peak.  Here the band is
 * what two Butterworth filters of the second order leave that run forwards and
 * backwards, and the peak's time is that of the parabola through its top.
 */
#ifndef MIEN_FEAT_PULSE_H
#define MIEN_FEAT_PULSE_H

#include <stddef.h>

#include "eval/feat/physio_read.h"

#define PULSE_LEAST_RATE_HZ 20

/*
 * Adds the intervals between neighbouring peaks to `beats`; none over a gap
 * (NAN).  A wave of a lower rate has none.
 */
void pulse_beats(const struct physio_stream *wave, struct physio_beats *beats);

#endif
