/*
 * functionals - a contour over time as a few numbers.
 *
 * Mean; standard deviation with divisor N; percentiles by linear
 * interpolation at place p (N - 1) of the sorted values (Hyndman & Fan 1996,
 * type 7).  Values that are NAN are passed over; where none is left all
 * results are NAN.
 */
#ifndef MIEN_FEAT_FUNCTIONALS_H
#define MIEN_FEAT_FUNCTIONALS_H

#include <stdint.h>

enum functional {
    FUNCTIONAL_MEAN,
    FUNCTIONAL_SD,
    FUNCTIONAL_P20,
    FUNCTIONAL_P50,
    FUNCTIONAL_P80,
    FUNCTIONAL_COUNT
};

/* "mean", "sd", "p20", "p50", "p80" */
extern const char *const functional_names[FUNCTIONAL_COUNT];

void functionals_compute(const double *value, int64_t count,
                         double out[FUNCTIONAL_COUNT]);
/* `sorted` ascending, `count` at least 1, `share` 0 .. 1. */
double functionals_percentile(const double *sorted, int64_t count,
                              double share);

#endif
