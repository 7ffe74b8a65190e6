/*
 * face - the set "face": tables of OpenFace and Py-Feat, one an item.
 */
#ifndef MIEN_FEAT_FACE_H
#define MIEN_FEAT_FACE_H

#include "eval/feat/registry.h"

extern const struct feature_set face_set;

#endif
