/*
 * prominence - how far the cepstrum of a voice stands out at its pitch.
 *
 * Cepstral peak prominence: the highest level of the cepstrum at a quefrency
 * that a pitch can have, over the straight line through the levels of all
 * quefrencies from 1 ms on: Hillenbrand, J., Cleveland, R. A. & Erickson,
 * R. L. (1994). Acoustic correlates of breathy vocal quality. Journal of
 * Speech and Hearing Research 37, 769-778.  Smoothed over time and quefrency
 * first: Hillenbrand, J. & Houde, R. A. (1996). Journal of Speech and Hearing
 * Research 39, 311-321.
 */
#ifndef MIEN_FEAT_PROMINENCE_H
#define MIEN_FEAT_PROMINENCE_H

#include <stdint.h>

struct prominence;

/* `sample` is kept in use until prominence_free(). */
struct prominence *prominence_new(const float *sample, int64_t samples,
                                  int rate, int hop);
void prominence_free(struct prominence *prominence); /* takes NULL */

/*
 * dB at the moment t * hop: of that frame alone, and of the mean of it and
 * its two neighbours.  Moments are asked for in ascending order.
 */
void prominence_at(struct prominence *prominence, int64_t t, double *plain,
                   double *smoothed);

#endif
