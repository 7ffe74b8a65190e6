/*
 * consensus_number - one number from several: mean, median, and the
 * evaluator weighted estimator.
 */
#ifndef MIEN_STAT_CONSENSUS_NUMBER_H
#define MIEN_STAT_CONSENSUS_NUMBER_H

#include "common/stat/estimate.h"
#include "common/stat/ratings.h"

struct consensus_number {
    struct estimate value;
    struct estimate sd; /* of the ratings, n - 1, not weighted */
    double weight;      /* sum of the raters' weights; ratings without */
};

/*
 * Of each item; the caller frees.  The categories are numbers.  `weight` of
 * each rater, none negative; NULL: all alike.
 */
struct consensus_number *consensus_number_mean(const struct ratings *ratings,
                                               const double *weight);
/* Of an even number of ratings the middle between the two inner ones. */
struct consensus_number *consensus_number_median(const struct ratings *ratings);

/*
 * Evaluator weights: Pearson's r between a rater and the mean of all raters
 * over the items that the rater judged.  Grimm, M. & Kroschel, K. (2005).
 * Evaluation of natural emotions using self assessment manikins. IEEE ASRU,
 * 381-385.  The mean has the rater's own ratings in it; with `leave_one_out`
 * it has not, which does not flatter small panels, and items that nobody else
 * judged are left out.  A negative r, and one that is undefined (fewer than
 * 3 items, or no variation), weighs 0.
 */
struct consensus_evaluator {
    struct estimate r;
    size_t items; /* that r is made of */
    double weight;
};

/* Of each rater; the caller frees.  Every rating has a rater. */
struct consensus_evaluator *consensus_number_evaluators(
    const struct ratings *ratings, bool leave_one_out);

#endif
