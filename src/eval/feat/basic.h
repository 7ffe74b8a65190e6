/*
 * basic - the set "basic": loudness, pitch, voicing and spectral shape.
 */
#ifndef MIEN_FEAT_BASIC_H
#define MIEN_FEAT_BASIC_H

#include "eval/feat/registry.h"

extern const struct feature_set basic_set;

#endif
