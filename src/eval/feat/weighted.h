/*
 * weighted - the functionals of a contour whose moments count unequally.
 *
 * Mean; standard deviation with the sum of weights as divisor; percentiles by
 * linear interpolation between the sorted values, each placed at the middle of
 * its weight (C_i - w_i / 2, where C_i sums the weights up to it), with the
 * first at 0 and the last at 1.  With equal weights these are the functionals
 * of functionals.h.
 */
#ifndef MIEN_FEAT_WEIGHTED_H
#define MIEN_FEAT_WEIGHTED_H

#include <stddef.h>

#include "eval/feat/functionals.h"

/*
 * Values that are NAN and those of weight 0 are passed over; where none is
 * left all results are NAN.  Weights are not negative.
 */
void weighted_compute(const double *value, const double *weight, size_t count,
                      double out[FUNCTIONAL_COUNT]);

#endif
