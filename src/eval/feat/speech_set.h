/*
 * speech_set - the sets "egemaps" and "mien".
 *
 * "egemaps" has the parameters of Eyben et al. (2016) as that paper means them,
 * at 16 kHz; its numbers are not those of egemaps-compat.  "mien" has the same
 * columns and more.
 */
#ifndef MIEN_FEAT_SPEECH_SET_H
#define MIEN_FEAT_SPEECH_SET_H

#include "eval/feat/registry.h"

extern const struct feature_set egemaps_set;
extern const struct feature_set mien_set;

#endif
