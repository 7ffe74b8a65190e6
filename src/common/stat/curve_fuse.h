/*
 * curve_fuse - one trace from those of several raters.
 *
 * Panels are the items of one dimension; a rater's weight is from all of
 * them.  Mean; or the evaluator weighted estimator of Grimm and Kroschel
 * (2005), see consensus_number.h: r is with the mean of all raters, with
 * `leave_one_out` with that of the others, which flatters nobody; negative
 * and undefined ones weigh 0.
 */
#ifndef MIEN_STAT_CURVE_FUSE_H
#define MIEN_STAT_CURVE_FUSE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/stat/curve.h"
#include "common/stat/estimate.h"

struct curve_weight {
    struct estimate r;
    double weight;
    size_t items; /* with a trace */
};

/* Fills out[raters]. */
void curve_weights(const struct curve_panel *panel, size_t panels,
                   size_t raters, bool leave_one_out, struct curve_weight *out);

/*
 * Fills value[points] with the weighted mean (`weight` of each rater, by place
 * in what the panel is from; NULL: all alike), and sd[] with the standard
 * deviation of the ratings (n - 1, not weighted; 0 for one rater).  False when
 * all its raters weigh nothing.
 */
bool curve_fuse(const struct curve_panel *panel, const double *weight,
                double *value, double *sd);

#endif
