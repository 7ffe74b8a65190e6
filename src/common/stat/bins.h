/*
 * bins - counts of numbers between edges, to compare two samples as shares.
 */
#ifndef MIEN_STAT_BINS_H
#define MIEN_STAT_BINS_H

#include <stdbool.h>

#include "common/stat/two_sample.h"

/* Zero-initialised is none; release it. */
struct bins {
    double *edge;  /* owned; count + 1 */
    double *a, *b; /* owned; of each bin */
    size_t count;
};

/*
 * As many of equal width as Sturges, H. A. (1926). JASA 21(153), 65-66 says,
 * ceil(log2(n) + 1), from the least to the greatest of both samples; a number
 * on an edge counts above it.  `distinct`: n is of different numbers.
 */
void bins_sturges(struct sample a, struct sample b, bool distinct,
                  struct bins *out);
/*
 * Ten between the deciles of a (type 7); a number on an edge counts below it,
 * and the outer bins have no ends (edges -HUGE_VAL, HUGE_VAL).
 */
void bins_deciles(struct sample a, struct sample b, struct bins *out);
void bins_release(struct bins *bins);

#endif
