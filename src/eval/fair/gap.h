/*
 * gap - how much better a model does for one group than for another.
 *
 * A gap is signed, first - second, and has an interval; max - min of many
 * groups never covers 0 and says nothing.  Means over classes use the
 * classes that occur in both groups only.
 */
#ifndef MIEN_FAIR_GAP_H
#define MIEN_FAIR_GAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/stat/interval.h"
#include "common/stat/permute.h"
#include "eval/fair/group.h"
#include "eval/fair/support.h"
#include "eval/score/metrics.h"
#include "eval/score/predictions.h"

struct gap_settings {
    double level;      /* of the intervals */
    int64_t resamples; /* of the bootstrap; 0: none */
    uint64_t seed;
    uint64_t exact_limit;  /* all splits of the speakers up to so many */
    uint64_t permutations; /* else so many */
};

struct gap {
    const char *first, *second; /* names of the groups, borrowed */
    bool *shared;               /* owned; classes in both; NULL: not used */
    size_t classes;             /* how many are shared */
    size_t clusters[2];
    bool disjoint; /* no speaker is in both groups */
    struct estimate value[2];
    struct estimate difference;          /* first - second */
    struct estimate ratio;               /* smaller / larger; 0/x is 0 */
    struct interval difference_interval; /* jackknife; Welch if disjoint */
    struct interval difference_bootstrap;
    struct interval ratio_interval; /* of `ratio`, from that of its log */
    struct permutation permutation; /* of the difference; if disjoint */
    char *lack;                     /* owned; why it is insufficient, or NULL */
};

/* `label` of a metric of one class, else METRIC_NO_LABEL. */
void gap_measure(const struct predictions *predictions,
                 const struct group *first, const struct group *second,
                 const struct metric *metric, size_t label,
                 const struct gap_settings *settings, struct gap *out);
void gap_release(struct gap *gap);

#endif
