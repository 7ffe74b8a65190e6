/*
 * tally - what each speaker adds to the scores of a set of rows.
 *
 * A tally is made once from rows of a table of predictions: for each cluster
 * (speaker, or row where speakers are not known) the few sums that every
 * score is read from.  tally_sums are such sums over any clusters; clusters
 * go in and out of them without a look at the rows.
 */
#ifndef MIEN_SCORE_TALLY_H
#define MIEN_SCORE_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/stat/ccc.h"
#include "eval/score/classify.h"
#include "eval/score/predictions.h"

struct tally_cell;

struct tally {
    enum predictions_task task;
    size_t classes;    /* classify */
    size_t recordings; /* regress; of all rows; 0: no such column */
    size_t rows;       /* of weight above 0 */
    size_t items;      /* distinct ids among them */
    size_t clusters;
    size_t *cluster; /* owned; which of the predictions' each one is */
    size_t *first;   /* owned; cells of cluster c: first[c] .. first[c+1] */
    struct tally_cell *cell;  /* owned */
    int64_t *recording_items; /* owned; rows of each recording */
};

struct tally_sums {
    enum predictions_task task;
    struct confusion confusion;     /* classify */
    struct ccc_sums all;            /* regress */
    struct ccc_sums *recording;     /* owned; regress: one each */
    size_t recordings;              /* 0: no such column */
    const int64_t *recording_items; /* of each in the tally, borrowed */
};

/* Of the rows row[0 .. count - 1]. */
struct tally *tally_new(const struct predictions *predictions,
                        const size_t *row, size_t count);
void tally_free(struct tally *tally);

/* In how many clusters the class occurs in the truth, or is predicted. */
size_t tally_carriers(const struct tally *tally, size_t label, bool predicted);

void tally_sums_init(struct tally_sums *sums, const struct tally *tally);
void tally_sums_release(struct tally_sums *sums);
void tally_sums_clear(struct tally_sums *sums);
/* Takes a cluster in `times` times; a negative number takes it out. */
void tally_sums_add(struct tally_sums *sums, const struct tally *tally,
                    size_t cluster, int times);
/* All clusters once. */
void tally_sums_fill(struct tally_sums *sums, const struct tally *tally);

#endif
