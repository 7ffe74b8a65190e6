/*
 * agree_weights - how much two categories agree, 1 (the same) to 0.
 *
 * Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th edition,
 * chapter 3.
 */
#ifndef MIEN_STAT_AGREE_WEIGHTS_H
#define MIEN_STAT_AGREE_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>

enum agree_weighting {
    AGREE_UNWEIGHTED,
    AGREE_LINEAR,    /* 1 - |x - y| / range */
    AGREE_QUADRATIC, /* 1 - (x - y)^2 / range^2 */
    AGREE_ORDINAL,   /* by ranks: pairs of categories between them */
    AGREE_RADICAL,   /* 1 - sqrt(|x - y| / range) */
    AGREE_RATIO,     /* 1 - ((x - y) / (x + y))^2 by its largest */
    AGREE_CIRCULAR,  /* 1 - sin^2(pi (x - y) / (range + 1)) by its largest */
    AGREE_BIPOLAR    /* 1 - (x - y)^2 by the distances to both ends */
};

/* "unweighted", "linear", ...; ends with NULL. */
extern const char *const agree_weighting_names[];

/*
 * Fills weight[k * k] row by row.  `value` NULL: 1, 2, ... k.  With fewer
 * than two categories: 1.  Ratio wants no value below 0.
 */
void agree_weights_fill(enum agree_weighting weighting, const double *value,
                        size_t k, double *weight);
/* From disagreements, 0 on the diagonal: 1 - d / largest. */
void agree_weights_from_distances(const double *distance, size_t k,
                                  double *weight);

#endif
