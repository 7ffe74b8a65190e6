/*
 * moments - the frame pipeline: sound, frames, descriptors, functionals.
 */
#ifndef MIEN_FEAT_MOMENTS_H
#define MIEN_FEAT_MOMENTS_H

#include <stdint.h>

#include "eval/feat/registry.h"

/* Moments that the plan gives for a sound. */
int64_t moments_count(const struct moment_plan *plan, int64_t samples);

/*
 * Every descriptor at every moment: contour[d * moments_count() + t].
 */
bool moments_contours(const struct feature_set *set, const float *sample,
                      int64_t samples, double *contour, struct error *err);

/* The functionals of all contours: the `compute` of sets made of frames. */
bool moments_compute(const struct feature_set *set, const float *sample,
                     int64_t samples, double *out, struct error *err);

#endif
