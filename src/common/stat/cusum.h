/*
 * cusum - has a mean moved?  The tabular cumulative sum chart.
 *
 * Page, E. S. (1954). Continuous inspection schemes. Biometrika 41, 100-115;
 * in the tabular form of Montgomery, D. C., Introduction to Statistical
 * Quality Control, chapter 9: with observations in units of their standard
 * deviation about the target,
 *
 *     C+(i) = max(0, z(i) - k + C+(i - 1))
 *     C-(i) = max(0, -z(i) - k + C-(i - 1))
 *
 * and an alarm when one of them is above h.  With k = 0.5 and h = 4 a chart of
 * both sides gives a false alarm once in 168 observations, and notices a move
 * of one standard deviation after 8.38 of them (his table 9.3).
 */
#ifndef MIEN_STAT_CUSUM_H
#define MIEN_STAT_CUSUM_H

#include <stdbool.h>
#include <stddef.h>

struct cusum {
    double k, h; /* the allowance and the limit, in standard deviations */
    double high, low;
    size_t count;
    /* The first observation beyond the limit, from 1; 0: none. */
    size_t high_alarm, low_alarm;
    size_t low_run; /* observations since C- left 0: when it may have begun */
};

void cusum_init(struct cusum *cusum, double k, double h);
/* `z` in standard deviations from the target. */
void cusum_add(struct cusum *cusum, double z);

#endif
