/*
 * extract - the features of every item of a corpus table.
 *
 * Each item's `file` (or its segment from `start` to `end`) is decoded, mixed
 * down, resampled and measured, on several threads; what was done before comes
 * from the cache.  The table's rows are in the corpus's order, its numbers
 * the same with any number of threads.
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
    const char *folder; /* that `file` is relative to */
};

struct extract_failure {
    size_t row; /* of the corpus table */
    char *text; /* owned: names the medium */
};

struct extract_result {
    struct feature_table *table;     /* owned; without notes */
    struct extract_failure *failure; /* owned; in the corpus's order */
    size_t failures;
    size_t cached;   /* items that came from the cache */
    size_t fileless; /* items whose `file` is empty: no row */
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

/* One medium, or a piece of it (`end_us` negative: to the end). */
bool extract_medium(const struct feature_set *set, const char *path,
                    int64_t start_us, int64_t end_us, double *out,
                    struct error *err);

#endif
