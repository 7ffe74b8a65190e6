/*
 * extract - the features of every item of a corpus table.
 *
 * Each item's input (for sets of sound its `file`, or the segment from `start`
 * to `end`, decoded, mixed down and resampled) is measured, on several threads;
 * what was done before comes from the cache, but for text, which is measured
 * sooner than looked up.  The table's rows are in the corpus's order, its
 * numbers the same with any number of threads.
 *
 * What is done to sound before it is measured belongs to a cache entry's key,
 * and what that changed to the entry.
 *
 * A set that reads another column C than `file` takes a piece's times from
 * C_start and C_end: that table may have a clock of its own.
 */
#ifndef MIEN_FEAT_EXTRACT_H
#define MIEN_FEAT_EXTRACT_H

#include "common/file/columns.h"
#include "eval/feat/feature_table.h"
#include "eval/feat/registry.h"

struct extract_settings {
    const struct feature_set *set;
    int jobs;           /* 0: one for each processor */
    const char *cache;  /* folder; NULL: none */
    const char *folder; /* that paths are relative to */
    /* Of the corpus table; NULL: registry_input_column(). */
    const char *column;
    /* What is done to sound first; NULL: nothing.  For sets of sound. */
    const struct prepare_settings *prepare;
};

struct extract_failure {
    size_t row; /* of the corpus table */
    char *text; /* owned: names the medium */
};

struct extract_result {
    struct feature_table *table; /* owned; without notes */
    /* Owned, the same rows: what preparing changed; NULL: nothing was done. */
    struct feature_table *changes;
    struct extract_failure *failure; /* owned; in the corpus's order */
    size_t failures;
    size_t cached;   /* items that came from the cache */
    size_t fileless; /* items whose cell is empty: no row */
    size_t left_out; /* columns of a sparse set without any value */
};

/*
 * Items that cannot be extracted are failures in the result; false only when
 * the corpus table is bad, or on Ctrl-C: what was done is in the cache then.
 * A cache that cannot be written is warned of, once.
 */
bool extract_corpus(const struct columns *corpus,
                    const struct extract_settings *settings,
                    struct extract_result *result, struct error *err);
void extract_result_release(struct extract_result *result);

/*
 * One item by itself; nothing comes from a cache.  What is not finite is
 * missing.
 */
bool extract_one(const struct feature_set *set, const struct feature_item *item,
                 double *out, struct error *err);

#endif
