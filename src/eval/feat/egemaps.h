/*
 * egemaps - the set "egemaps-compat": the extended Geneva minimalistic acoustic
 * parameters (eGeMAPSv02), as their reference implementation computes them.
 *
 * Its numbers depend on the sampling rate, and are those of the file's own
 * unless the variant at 16 kHz is asked for.
 */
#ifndef MIEN_FEAT_EGEMAPS_H
#define MIEN_FEAT_EGEMAPS_H

#include "eval/feat/registry.h"

extern const struct feature_set egemaps_compat_set;

#endif
