/*
 * quality - the set "quality": is this recording fit to be measured?
 */
#ifndef MIEN_FEAT_QUALITY_H
#define MIEN_FEAT_QUALITY_H

#include "eval/feat/registry.h"

extern const struct feature_set quality_set;

#endif
