/*
 * normalize - features on a common scale, and missing cells filled.
 *
 * Everything is fitted on the training part of a fold; the tested part is
 * only carried along.  The steps, in this order:
 *
 * 1. speaker, enrol, neutral-enrol: each cell becomes (x - m) / s with mean
 *    and standard deviation of its owner's items (the speaker's, or those
 *    that share another value, such as a session): all of them (`speaker`),
 *    or the enrolled ones only.  Where s is 0 (a constant, a single item), s
 *    is that of the training items.  An owner without any value to go by gets
 *    mean and s of the training items, and is counted.
 * 2. all but none: z-scores by mean and standard deviation (1/n) of the
 *    training items.  A constant column becomes 0.
 * 3. a missing cell gets the mean or the median of its column among the
 *    training items, as they are after step 2; 0 where the column has no
 *    value at all.
 * 4. `cascade`, item by item (cascade.h).
 *
 * `robust` takes median and MAD instead in both steps (spread.h).
 *
 * `speaker` uses the tested speakers' own unlabelled items: it is
 * transductive, and whoever prints a score made with it must say so.
 */
#ifndef MIEN_LEARN_NORMALIZE_H
#define MIEN_LEARN_NORMALIZE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "eval/learn/cascade.h"
#include "eval/learn/matrix.h"

enum normalize_mode {
    NORMALIZE_NONE,
    NORMALIZE_GLOBAL,
    NORMALIZE_SPEAKER,
    NORMALIZE_ENROL,
    NORMALIZE_NEUTRAL_ENROL,
};

enum impute { IMPUTE_MEAN, IMPUTE_MEDIAN };

/* "mean", "median", NULL: the choices of an option. */
extern const char *const impute_names[];
/* "sd", "mad", NULL: what `robust` is, as the choices of an option. */
extern const char *const normalize_spread_names[];

struct normalize_settings {
    enum normalize_mode mode;
    size_t enrol; /* items a speaker, for the two enrolling modes */
    enum impute impute;
    bool robust; /* median and MAD in place of mean and sd */
    enum cascade cascade;
};

/* "global", "enrol:5"; leaves `impute` and `robust` alone. */
bool normalize_parse(const char *text, struct normalize_settings *settings,
                     struct error *err);
bool normalize_is_transductive(const struct normalize_settings *settings);
bool normalize_enrols(const struct normalize_settings *settings);
bool normalize_needs_speakers(const struct normalize_settings *settings);
/* One sentence on what the scores rest on; NULL when nothing is special. */
const char *normalize_remark(const struct normalize_settings *settings);

/* Steps 2 and 3, as fitted; one entry a column. */
struct scaler {
    size_t columns;
    double *mean;  /* owned */
    double *scale; /* owned; never 0 */
    double *fill;  /* owned; on the new scale */
};

/* Takes the training items before step 2 and leaves them unchanged. */
void scaler_fit(struct scaler *scaler,
                const struct normalize_settings *settings,
                const struct matrix *train);
/* Returns the number of cells that were filled. */
size_t scaler_apply(const struct scaler *scaler, struct matrix *part);
void scaler_release(struct scaler *scaler);

/* All items; arrays of `x->rows`, borrowed. */
struct normalize_items {
    const struct matrix *x; /* NAN where a cell is missing */
    const size_t *owner;    /* whose they are; NULL when no mode needs it */
    size_t owners;
    const bool *enrolled; /* NULL when no mode needs it */
};

struct normalized {
    struct matrix train; /* owned */
    struct matrix test;  /* owned */
    size_t filled_train; /* cells that had no value */
    size_t filled_test;
    size_t cells_train;
    size_t cells_test;
    size_t empty_columns;    /* no value in training */
    size_t constant_columns; /* one value in training */
    size_t bare_speakers;    /* nothing of their own to go by */
};

/* The rows in `train` and `test` are numbers of items. */
void normalize_fold(const struct normalize_settings *settings,
                    const struct normalize_items *items, const size_t *train,
                    size_t train_count, const size_t *test, size_t test_count,
                    struct normalized *out);
void normalized_release(struct normalized *normalized);

#endif
