/*
 * linear - linear support vector machines and logistic regression.
 *
 * Fan, R.-E., Chang, K.-W., Hsieh, C.-J., Wang, X.-R. & Lin, C.-J. (2008).
 * LIBLINEAR: a library for large linear classification. JMLR 9, 1871-1874.
 */
#ifndef MIEN_LEARN_LINEAR_H
#define MIEN_LEARN_LINEAR_H

#include "eval/learn/learner.h"

/* L2-regularised, squared hinge loss, one class against the rest. */
extern const struct learner linear_svm;
/* L2-regularised logistic loss, one class against the rest. */
extern const struct learner linear_logreg;
/* L2-regularised, squared epsilon-insensitive loss. */
extern const struct learner linear_svr;

#endif
