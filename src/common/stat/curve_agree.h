/*
 * curve_agree - how far continuous ratings of one item agree.
 *
 * On a panel, in which every rater has a value at every point.  Neighbouring
 * points are alike, so nothing here takes them for independent: intervals are
 * made over items, or by shifting traces in time.
 */
#ifndef MIEN_STAT_CURVE_AGREE_H
#define MIEN_STAT_CURVE_AGREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/stat/curve.h"
#include "common/stat/estimate.h"

/*
 * The largest of CCC - penalty |lag| over all lags of y against x up to
 * `most` points: so that a better fit by chance at a far lag does not win.
 * What is left of both must be half of the points.
 */
struct curve_lagged {
    struct estimate ccc;     /* at that lag, without the penalty */
    struct estimate pearson; /* the same */
    double lag;              /* points; above 0: y comes later */
};
struct curve_lagged curve_lagged_ccc(const double *x, const double *y,
                                     size_t points, size_t most,
                                     double penalty);

struct curve_means {
    struct estimate ccc, pearson; /* means over pairs of raters */
    struct estimate lagged;       /* mean CCC, each pair at its best lag */
    struct estimate cronbach;     /* points as items */
    size_t pairs, undefined;      /* pairs; those where a side is constant */
};

/* `most` points of lag, `penalty` a point. */
struct curve_means curve_means_of(const struct curve_panel *panel, size_t most,
                                  double penalty);

/*
 * Qualitative agreement: do raters agree on where it rises and falls?  The
 * trace's means over bins of `bin` points; each pair of bins is a rise, a fall
 * or neither to a rater, neither when the step is at most `threshold` of the
 * rater's own range.  Cowie, R. & McKeown, G. (2010). Statistical analysis of
 * data from initial labelled database; Parthasarathy, S. & Busso, C. (2016).
 * Defining emotionally salient regions using qualitative agreement method.
 * Interspeech, 3598-3602.
 */
struct curve_qa {
    struct estimate agreement; /* mean over cells: pairs of raters that agree */
    struct estimate alpha;     /* of fall -1, neither 0, rise 1; interval */
    struct estimate consensus; /* cells that `share` of the raters call a rise,
                                  or a fall */
    size_t bins, cells;
};
struct curve_qa curve_qa_of(const struct curve_panel *panel, size_t bin,
                            double threshold, double share);

/*
 * Dynamic time warping within a window, against the same with one trace
 * shifted around the clock: warping makes any two traces alike, so what
 * counts is how much nearer they are than at wrong times.  Both are first
 * brought to mean 0 and standard deviation 1; distance is the mean square
 * along the best path (Sakoe, H. & Chiba, S. (1978). IEEE Trans. ASSP 26(1),
 * 43-49).  Shifts are spread evenly over those by more than two windows.
 */
struct curve_warp {
    struct estimate distance;
    struct estimate shifted;    /* mean distance of the shifted ones */
    struct estimate similarity; /* 1 - distance / shifted */
    struct estimate p;          /* (1 + as near) / (1 + shifts) */
    size_t shifts;
};
/* `each`, when not NULL, gets the distance of each shift (`shifts` places). */
struct curve_warp curve_warp_of(const double *x, const double *y, size_t points,
                                size_t window, size_t shifts, double *each);

/*
 * The best path itself: at[j] is the place in x, in points, that y's point j
 * stands beside (the mean of several; several points at one place stand within
 * 0.2 of it).  It rises strictly, from 0 or more to points - 1 or less.  Takes
 * points * (2 window + 1) bytes; false when one of them is constant.
 */
bool curve_warp_path(const double *x, const double *y, size_t points,
                     size_t window, double *at);

#endif
