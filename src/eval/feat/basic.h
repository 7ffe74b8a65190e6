/*
 * basic - the set "basic": loudness, pitch, voicing and spectral shape.
 */
#ifndef MIEN_FEAT_BASIC_H
#define MIEN_FEAT_BASIC_H

#include "eval/feat/registry.h"

enum { BASIC_DESCRIPTORS = 20 };

extern const struct feature_set basic_set;
/* Its descriptors, for those who want them frame by frame. */
extern const struct descriptor basic_descriptors[BASIC_DESCRIPTORS];

#endif
