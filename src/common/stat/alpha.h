/*
 * alpha - Krippendorff's alpha, 1 - D_o / D_e.
 *
 * Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability; and
 * Krippendorff, K. (2004). Content Analysis, chapter 11.  Missing ratings are
 * allowed; items with fewer than two ratings do not count.  Anonymous raters
 * are allowed: raters are taken as interchangeable.
 */
#ifndef MIEN_STAT_ALPHA_H
#define MIEN_STAT_ALPHA_H

#include <stddef.h>

#include "common/stat/estimate.h"
#include "common/stat/ratings.h"

/* How far two values are from each other. */
enum alpha_metric {
    ALPHA_NOMINAL,  /* equal or not */
    ALPHA_ORDINAL,  /* ratings between them, by the ratings that there are */
    ALPHA_INTERVAL, /* their difference, squared */
    ALPHA_RATIO,    /* difference by sum, squared; no value below 0 */
    ALPHA_CIRCULAR  /* sine of half their angle, squared */
};

/* "nominal", "ordinal", ...; ends with NULL. */
extern const char *const alpha_metric_names[];

struct alpha {
    struct estimate value;
    double observed, expected; /* disagreement, D_o and D_e; 0 if undefined */
    size_t units;              /* items with two ratings or more */
    size_t pairable;           /* ratings of those */
};

/*
 * O(ratings + categories), with memory for the categories only; ratio takes
 * O(ratings + categories^2) time.  `times` counts item i so many times
 * (bootstrap, jackknife); NULL: each once.  `period` is the length of the
 * circle: of circular only.  Metrics but nominal and ordinal want numbers;
 * ordinal wants categories in order.
 */
struct alpha alpha_of(const struct ratings *ratings, enum alpha_metric metric,
                      double period, const int *times);

/*
 * The same where distances are one less weight[a * categories + b], which are
 * 1 on the diagonal and symmetric.  O(squared ratings of an item +
 * categories^2).
 */
struct alpha alpha_weighted(const struct ratings *ratings, const double *weight,
                            const int *times);

#endif
