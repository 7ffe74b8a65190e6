/*
 * predictions - what a model said, beside the truth: mien-predictions(5).
 *
 * A table with `id`, `truth`, `predicted` and, where known, `fold`,
 * `repeat`, `speaker`, `recording`, `time`, `weight`, `score:LABEL` columns
 * and attributes.  Any toolkit's model can be audited by writing one.
 *
 * To write one:
 *
 *     struct columns *sheet = predictions_sheet(&shape);
 *     predictions_sheet_add(sheet, &shape, &row);       for every item
 *     p = predictions_take(sheet, "predictions.csv", NULL, err);
 *     predictions_write(p, path, err);
 */
#ifndef MIEN_SCORE_PREDICTIONS_H
#define MIEN_SCORE_PREDICTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/base/text.h"
#include "common/file/columns.h"

enum { PREDICTIONS_MOST_LABELS = 200 };

enum predictions_task {
    PREDICTIONS_TASK_UNKNOWN, /* only in options: look at the file */
    PREDICTIONS_CLASSIFY,
    PREDICTIONS_REGRESS,
};

/* "classify", "regress" */
const char *predictions_task_name(enum predictions_task task);

/* Zero-initialised: the task from the file, the column "speaker" if any. */
struct predictions_options {
    enum predictions_task task;   /* stands above the file's own note */
    const char *speaker;          /* column; NULL: "speaker" when it is there */
    const struct text_list *only; /* COL=V expressions of --only, or NULL */
};

/* Rows by number, without those that --only leaves out. */
struct predictions {
    struct columns *table; /* owned */
    enum predictions_task task;
    size_t rows;
    size_t items;   /* distinct ids */
    size_t repeats; /* distinct values of `repeat`; 1 without the column */
    size_t *item;   /* owned; of each row, 0 .. items - 1 */
    double *weight; /* owned; 1 without the column */

    /* Classify. */
    struct text_list labels; /* of truth, predicted, score:; byte order */
    size_t *truth;           /* owned; index into labels */
    size_t *predicted;       /* owned */

    /* Regress. */
    double *true_value;      /* owned */
    double *predicted_value; /* owned */

    /* Who speaks: the clusters.  Without a column every row is its own. */
    bool has_speakers;
    struct text_list speakers; /* in byte order */
    size_t *cluster;           /* owned; speaker, or the row's number */
    size_t clusters;

    bool has_recordings;
    size_t recordings;
    size_t *recording; /* owned; 0 .. recordings - 1; all 0 without */
};

/*
 * Reads a file, or `predictions.csv` of a run folder.  Errors name the file,
 * the line and the column.
 */
struct predictions *predictions_read(const char *path,
                                     const struct predictions_options *options,
                                     struct error *err);
/*
 * Takes `table` over (also when it fails); `name` stands before messages.
 * `options` may be NULL.
 */
struct predictions *predictions_take(struct columns *table, const char *name,
                                     const struct predictions_options *options,
                                     struct error *err);
void predictions_free(struct predictions *predictions);

/* The whole table, in its own order of columns; "-" is stdout. */
bool predictions_write(const struct predictions *predictions, const char *path,
                       struct error *err);

/* The index of a label, or -1. */
int predictions_label(const struct predictions *predictions, const char *label);

/* What the written table will have. */
struct predictions_shape {
    enum predictions_task task;
    const struct text_list *scores;     /* labels with a score, or NULL */
    const struct text_list *attributes; /* further columns, or NULL */
    bool fold, repeat, speaker, recording, time, weight;
};

/* Fields that the shape leaves out are not looked at. */
struct predictions_row {
    const char *id;
    const char *truth, *predicted;      /* classify */
    double true_value, predicted_value; /* regress */
    const char *fold;                   /* a name: the test speaker, a number */
    int64_t repeat;                     /* from 1 */
    const char *speaker;
    const char *recording;
    double time; /* seconds */
    double weight;
    const double *scores;          /* one for each label of the shape */
    const char *const *attributes; /* "" or NULL: missing */
};

/* An empty table with the columns of `shape` and its task note. */
struct columns *predictions_sheet(const struct predictions_shape *shape);
void predictions_sheet_add(struct columns *sheet,
                           const struct predictions_shape *shape,
                           const struct predictions_row *row);

#endif
