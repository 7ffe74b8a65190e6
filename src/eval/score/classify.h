/*
 * classify - scores of labels against labels, read from a confusion matrix.
 *
 * Conventions (mien-predictions(5), "Scores"): UAR is the mean recall over
 * the classes that occur in the truth; recall of a class without items and
 * precision of a class that is never predicted are undefined, never 0; the
 * macro F1 is the mean of F1 over the classes that occur in truth or
 * predictions (there 0 is an honest value).
 */
#ifndef MIEN_SCORE_CLASSIFY_H
#define MIEN_SCORE_CLASSIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/stat/estimate.h"

struct confusion {
    size_t classes;
    double *weight; /* owned; [truth * classes + predicted] */
    int64_t *count; /* owned; items of any weight above 0 */
};

void confusion_init(struct confusion *confusion, size_t classes);
void confusion_release(struct confusion *confusion);
void confusion_clear(struct confusion *confusion);
/* Of equal size. */
void confusion_copy(struct confusion *to, const struct confusion *from);
void confusion_add(struct confusion *confusion, size_t truth, size_t predicted,
                   double weight);

/* Sums of the counts and of the weights. */
int64_t confusion_items(const struct confusion *confusion);
int64_t confusion_truth_items(const struct confusion *confusion, size_t label);
int64_t confusion_predicted_items(const struct confusion *confusion,
                                  size_t label);
/* Classes that occur in the truth. */
size_t confusion_present(const struct confusion *confusion);

/*
 * The scores.  `among` (one place a class, or NULL for all) narrows what is
 * averaged over: a class among them that has no item in the truth makes UAR
 * and F1 undefined.
 */
struct estimate classify_accuracy(const struct confusion *confusion);
struct estimate classify_uar(const struct confusion *confusion,
                             const bool *among);
struct estimate classify_f1_macro(const struct confusion *confusion,
                                  const bool *among);
/* Weighted by the truth's share of each class. */
struct estimate classify_f1_weighted(const struct confusion *confusion,
                                     const bool *among);
struct estimate classify_recall(const struct confusion *confusion,
                                size_t label);
struct estimate classify_precision(const struct confusion *confusion,
                                   size_t label);
/* Undefined only for a class in neither truth nor predictions. */
struct estimate classify_f1(const struct confusion *confusion, size_t label);

/* UAR straight from labels 0 .. classes - 1: for searching a grid. */
struct estimate classify_uar_of(const size_t *truth, const size_t *predicted,
                                size_t count, size_t classes);

#endif
