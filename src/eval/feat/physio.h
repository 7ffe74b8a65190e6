/*
 * physio - the set "physio": a wristband's skin conductance, heart,
 * temperature and movement.
 */
#ifndef MIEN_FEAT_PHYSIO_H
#define MIEN_FEAT_PHYSIO_H

#include "eval/feat/registry.h"

extern const struct feature_set physio_set;

#endif
