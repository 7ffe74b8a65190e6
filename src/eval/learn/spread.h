/*
 * spread - the middle of some numbers, and how far they lie from it.
 *
 * Classical: mean and standard deviation (1/n).  Robust: median and the
 * median absolute deviation times 1.4826, which estimates the standard
 * deviation of normal data (Rousseeuw & Croux 1993, "Alternatives to the
 * median absolute deviation", JASA 88:1273, eq. 1.1).
 */
#ifndef MIEN_LEARN_SPREAD_H
#define MIEN_LEARN_SPREAD_H

#include <stdbool.h>
#include <stddef.h>

struct spread {
    size_t count;
    double middle; /* 0 when there is no number */
    double scale;  /* exactly 0 for a constant */
};

/*
 * Reorders `value`.  Robust, where more than half of the numbers are equal
 * but not all, the scale is the standard deviation: 0 would say that they are
 * constant.
 */
struct spread spread_of(double *value, size_t count, bool robust);

/* Reorders `value`; NAN when there is none. */
double spread_median(double *value, size_t count);

#endif
