/*
 * kappa - Cohen's kappa of two raters, with any weights.
 *
 * Cohen, J. (1968). Weighted kappa. Psychological Bulletin 70(4), 213-220.
 * Variances: Fleiss, J. L., Cohen, J. & Everitt, B. S. (1969). Large sample
 * standard errors of kappa and weighted kappa. Psychological Bulletin 72(5),
 * 323-327, equations 14 (for an interval) and 9 (for a test against 0).
 */
#ifndef MIEN_STAT_KAPPA_H
#define MIEN_STAT_KAPPA_H

#include <stddef.h>

#include "common/stat/estimate.h"
#include "common/stat/rating_grid.h"

struct kappa {
    struct estimate value;
    double n;
    double agreement, chance; /* weighted, p_o and p_e */
    double variance;          /* 0 when undefined, as the next */
    double variance_null;     /* if kappa were 0 */
};

/* table[a * k + b]: items that the first rater called a, the second b. */
struct kappa kappa_of(const double *table, size_t k, const double *weight);

/* Two-sided p of the test against 0, and z. */
struct estimate kappa_z(const struct kappa *kappa, double *p);

/*
 * Light, R. J. (1971). Psychological Bulletin 76, 365-377: the mean of all
 * pairs of raters.  Pairs without a value are left out, *pairs have one, of
 * *of.  Undefined when none has.
 */
struct estimate kappa_light(const struct rating_grid *grid, size_t k,
                            const double *weight, size_t *pairs, size_t *of);

#endif
