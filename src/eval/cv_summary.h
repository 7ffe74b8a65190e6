/*
 * cv_summary - what a cross-validation found, in a few lines.
 */
#ifndef MIEN_EVAL_CV_SUMMARY_H
#define MIEN_EVAL_CV_SUMMARY_H

#include "common/base/buf.h"
#include "eval/fair/evaluation.h"
#include "eval/valid/cv.h"

/* `beside` is that of global z-scores for a transductive run, else NULL. */
void cv_summary(const struct cv_settings *settings,
                const struct cv_result *result,
                const struct evaluation *evaluation,
                const struct evaluation *beside, const char *run,
                struct buf *out);

#endif
