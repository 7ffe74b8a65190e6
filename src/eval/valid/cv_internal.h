/* cv_internal - what cv.c and cv_warn.c share. */
#ifndef MIEN_VALID_CV_INTERNAL_H
#define MIEN_VALID_CV_INTERNAL_H

#include "eval/valid/cv.h"

/* Says all that a reader of the scores must know. */
void cv_warn(const struct cv_settings *settings, struct cv_result *result);

#endif
