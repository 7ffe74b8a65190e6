/*
 * concord - do raters of numbers order and place the items alike?
 *
 * Means over pairs of raters (each pair on the items that both judged), and
 * Kendall's W and Cronbach's alpha on the items that all judged.
 */
#ifndef MIEN_STAT_CONCORD_H
#define MIEN_STAT_CONCORD_H

#include <stddef.h>

#include "common/stat/estimate.h"
#include "common/stat/rating_grid.h"

/* Ranks from 1, ties share their mean; out[] may not be x[]. */
void concord_ranks(const double *x, size_t n, double *out);
/* Pearson's r of the ranks. */
struct estimate concord_spearman(const double *x, const double *y, size_t n);

/* A coefficient over all pairs of raters. */
struct concord_mean {
    struct estimate mean;
    /* Averaged as Fisher's z, atanh r; undefined when a pair has r = 1. */
    struct estimate fisher;
    double low, high; /* the pairs' smallest and largest */
    size_t pairs;     /* with a value */
    size_t of;        /* all */
};

struct concord_pairs {
    struct concord_mean pearson, spearman, ccc; /* ccc: Lin's, 1/n variances */
};

struct concord_pairs concord_pairs_of(const struct rating_grid *grid,
                                      const struct ratings *ratings);

/*
 * Kendall, M. G. & Babington Smith, B. (1939). The problem of m rankings.
 * Annals of Mathematical Statistics 10(3), 275-287; ties: Kendall, M. G.
 * (1948). Rank Correlation Methods, chapter 6.  x[item * raters + rater].
 */
struct concord_w {
    struct estimate corrected, uncorrected; /* for ties, and not */
    double chi2; /* raters (items - 1) W, of the corrected one */
    double df, p;
};

struct concord_w concord_kendall(const double *x, size_t items, size_t raters);

/*
 * Cronbach, L. J. (1951). Coefficient alpha and the internal structure of
 * tests. Psychometrika 16(3), 297-334; `standardized` from the mean
 * correlation.
 */
struct estimate concord_cronbach(const double *x, size_t items, size_t raters,
                                 struct estimate *standardized);

#endif
