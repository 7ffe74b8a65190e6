/*
 * compare - two runs' predictions of the same items: which is better, and
 * may it be luck?
 *
 * Speakers are what is left out (interval) and what is swapped (p), never
 * items.  If neither run is better, each speaker's two sets of predictions
 * may as well stand the other way round: p is the share of all ways to swap
 * them that give a difference as large.  For scores that are sums over
 * speakers (accuracy, UAR, MAE) that is Fisher's sign-flip test of each
 * speaker's part in the difference (Fisher, R. A. (1935). The design of
 * experiments, section 21).
 */
#ifndef MIEN_VALID_COMPARE_H
#define MIEN_VALID_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/stat/interval.h"
#include "common/stat/paired.h"
#include "common/stat/permute.h"
#include "common/stat/resampled.h"
#include "eval/score/metrics.h"
#include "eval/score/pairing.h"

enum {
    COMPARE_FEW_SPEAKERS = 4,    /* fewer: no interval, as in score */
    COMPARE_EXACT_SPEAKERS = 20, /* up to so many, all 2^n ways */
    COMPARE_SAMPLES = 100000,
    COMPARE_SWAPS = 50000000, /* some seconds */
};

struct compare_settings {
    double level; /* of the intervals, such as 0.95 */
    /*
     * Ways that are drawn where not all are tried; 0: COMPARE_SAMPLES, fewer
     * where speakers times ways pass COMPARE_SWAPS, at least 1,000.
     */
    uint64_t samples;
    uint64_t seed;
};

/* One score of both. */
struct compare_score {
    const struct metric *metric;
    size_t label; /* or METRIC_NO_LABEL */
    struct estimate value[2];
    struct estimate difference; /* the first's less the second's */
    struct interval interval;   /* of the difference */
    struct permutation luck;
    /* Clusters for which the first is better, the second, neither. */
    size_t first_better, second_better, equal;
};

/* The same folds in both: one difference a fold. */
struct compare_folds {
    bool used;
    size_t folds; /* over all repeats */
    double test_by_train;
    struct resampled_test corrected;
    bool five_by_two; /* 5 repeats of 2 folds: */
    struct resampled_test f;
};

struct comparison {
    const struct predictions *side[2]; /* borrowed */
    size_t rows, items, clusters;
    struct {
        struct compare_score *item; /* owned; [0] leads */
        size_t count, capacity;
    } scores;
    /* Classify, one repeat: rows (weights aside) that only one got right. */
    bool has_mcnemar;
    size_t only_right[2], both_right, both_wrong;
    struct paired_mcnemar mcnemar;
    struct compare_folds folds; /* of the leading score */
};

/* `pairing` joins `first` and `second`, which are borrowed. */
bool compare_run(const struct predictions *first,
                 const struct predictions *second,
                 const struct pairing *pairing,
                 const struct compare_settings *settings,
                 struct comparison *out, struct error *err);
void compare_release(struct comparison *comparison);

/* compare_folds.c */
void compare_by_fold(const struct predictions *const side[2],
                     const struct pairing *pairing, const struct metric *metric,
                     struct compare_folds *out);

#endif
