/*
 * curve_lag - how late each rater reacts.
 *
 * Against a signal that is known (seconds after it), or against the other
 * raters: then only differences can be known, and the lags are about their
 * mean, which is 0.  The lag is where the rater, looked at that much earlier,
 * fits the reference best; mean over items of a fit within each.  Mariooryad,
 * S. & Busso, C. (2015). Correcting time-continuous emotional labels by
 * modeling the reaction lag of evaluators. IEEE Trans. Affective Computing
 * 6(2), 97-108 (mutual information); Nicolle, J. et al. (2012). Robust
 * continuous prediction of human emotions. ICMI, 501-508 (correlation).
 */
#ifndef MIEN_STAT_CURVE_LAG_H
#define MIEN_STAT_CURVE_LAG_H

#include <stdbool.h>
#include <stddef.h>

#include "common/stat/curve.h"
#include "common/stat/estimate.h"

enum curve_fit {
    CURVE_FIT_CORRELATION,
    CURVE_FIT_CCC,
    CURVE_FIT_MUTUAL_INFORMATION /* of eight equally full bins each; nats */
};

/* "correlation", "ccc", "mutual-information"; ends with NULL. */
extern const char *const curve_fit_names[];

/* Rounds that raters are fitted to each other at most. */
enum { CURVE_LAG_ROUNDS = 30 };

struct curve_lag_plan {
    size_t items, raters;
    const struct curve *trace;  /* [item * raters + rater]; borrowed */
    const struct curve *signal; /* of each item; NULL: the other raters */
    enum curve_fit fit;
    double rate; /* points a second at which traces are compared */
    double most; /* s; -most .. most among raters, 0 .. most from a signal */
};

struct curve_lag {
    struct estimate lag; /* s; above 0: late; undefined at the limit */
    double at_zero;      /* fit without a lag */
    double at_lag;       /* fit with it */
    bool at_limit;       /* best at the end of what was tried */
    size_t items;        /* that it is from */
};

/*
 * Fills out[raters].  Among raters each is fitted in turn to the mean of the
 * others at their present lags, until no lag moves by a tenth of a point, at
 * most 30 times; how often is handed back.
 */
size_t curve_lags(const struct curve_lag_plan *plan, struct curve_lag *out);

#endif
