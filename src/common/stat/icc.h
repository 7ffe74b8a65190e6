/*
 * icc - intraclass correlations, by the names of McGraw and Wong.
 *
 * McGraw, K. O. & Wong, S. P. (1996). Forming inferences about some
 * intraclass correlation coefficients. Psychological Methods 1(1), 30-46;
 * Shrout, P. E. & Fleiss, J. L. (1979). Intraclass correlations. Psychological
 * Bulletin 86(2), 420-428.  Negative estimates are kept.
 */
#ifndef MIEN_STAT_ICC_H
#define MIEN_STAT_ICC_H

#include <stdbool.h>
#include <stddef.h>

#include "common/stat/estimate.h"
#include "common/stat/ratings.h"

enum icc_kind {
    ICC_1,  /* one rating, raters differ item by item: Shrout-Fleiss (1,1) */
    ICC_K,  /* the mean of k such: (1,k) */
    ICC_A1, /* one rater, absolute agreement: (2,1) */
    ICC_AK, /* the mean of k raters, absolute agreement: (2,k) */
    ICC_C1, /* one rater, consistency: (3,1) */
    ICC_CK, /* the mean of k raters, consistency: (3,k); Cronbach's alpha */
    ICC_KIND_COUNT
};

/* "ICC(1)", "ICC(k)", "ICC(A,1)", ... */
const char *icc_name(enum icc_kind kind);

struct icc {
    struct estimate value;
    double f, df1, df2, p; /* of the test against 0; when `tested` */
    bool tested;
    bool bounded; /* low and high are there */
    double low, high;
    double k; /* raters, or ratings an item (their k0 when unequal) */
};

struct icc_squares {
    double between; /* items: MSB, MSR */
    double raters;  /* MSJ, MSC */
    double error;   /* MSE */
    double within;  /* MSW */
};

/*
 * All forms from a full table x[item * raters + rater].  Intervals from F;
 * (A,k)'s limits are those of (A,1) by Spearman and Brown, as Shrout and
 * Fleiss have it; p of the agreement forms is that of MSB / MSE.  `level` 0:
 * values only, neither tests nor limits.
 */
void icc_complete(const double *x, size_t items, size_t raters, double level,
                  struct icc out[ICC_KIND_COUNT], struct icc_squares *squares);

/*
 * ICC(1) and ICC(k) where each item has its own raters, in any number: k is
 * k0 = (N - sum n_i^2 / N) / (I - 1) (Donner, A. (1986). International
 * Statistical Review 54(1), 67-82); the interval is approximate when numbers
 * differ.  Items with one rating count.  Fills out[ICC_1] and out[ICC_K].
 */
void icc_oneway(const struct ratings *ratings, double level, struct icc *out,
                struct icc_squares *squares);

#endif
