/*
 * icc_reml - intraclass correlations where not everybody judged everything.
 *
 * Rating = mean + item + rater + rest, items and raters crossed, any cell
 * missing; variances by restricted maximum likelihood.  Patterson, H. D. &
 * Thompson, R. (1971). Biometrika 58(3), 545-554; the profiled deviance is
 * that of Bates, D. et al. (2015). Journal of Statistical Software 67(1),
 * equation 42.
 */
#ifndef MIEN_STAT_ICC_REML_H
#define MIEN_STAT_ICC_REML_H

#include <stddef.h>

#include "common/stat/icc.h"

enum { ICC_REML_RATERS_MAX = 300 };

struct icc_components {
    double item, rater, rest; /* variances, never below 0 */
    double k;                 /* harmonic mean of the ratings an item */
    double deviance;          /* -2 log restricted likelihood */
};

/*
 * Fills the forms (A,1), (A,k), (C,1), (C,k) of out[], values only; undefined
 * with a reason where they cannot be had.  `one_way`: no raters, which fills
 * ICC_1 and ICC_K instead (REML's, which are never negative).  Ratings have
 * numbers, and names of raters unless one-way.
 */
void icc_reml(const struct ratings *ratings, bool one_way, struct icc *out,
              struct icc_components *components);

#endif
