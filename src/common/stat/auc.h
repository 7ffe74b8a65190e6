/*
 * auc - area under the ROC curve, its variance, and two of them compared.
 *
 * DeLong, E. R., DeLong, D. M. & Clarke-Pearson, D. L. (1988). Comparing the
 * areas under two or more correlated receiver operating characteristic curves.
 * Biometrics 44(3), 837-845; by ranks in O(n log n): Sun, X. & Xu, W. (2014).
 * IEEE Signal Processing Letters 21(11), 1389-1393.  Items are taken as
 * independent.
 */
#ifndef MIEN_STAT_AUC_H
#define MIEN_STAT_AUC_H

#include <stdbool.h>
#include <stddef.h>

#include "common/stat/estimate.h"

struct auc {
    struct estimate value; /* a positive scores higher; ties count 1/2 */
    double variance;
    size_t positives, negatives;
};

/* Undefined without both kinds; the variance wants two of each, else 0. */
struct auc auc_of(const double *score, const bool *positive, size_t n);

/* Two areas of different items: t with Welch's degrees of freedom. */
struct auc_gap {
    struct estimate p;
    double statistic, df;
};
struct auc_gap auc_unpaired(const struct auc *a, const struct auc *b);

#endif
