/*
 * aggregate - a consensus as tables and as a summary.
 */
#ifndef MIEN_EVAL_AGGREGATE_H
#define MIEN_EVAL_AGGREGATE_H

#include "common/base/buf.h"
#include "common/file/columns.h"
#include "common/stat/consensus.h"
#include "common/study/ratings_table.h"

/* What was aggregated, and how it is to be written. */
struct aggregate {
    const struct ratings_table *table;  /* borrowed; its attributes */
    const struct consensus *consensus;  /* borrowed */
    const char *input;                  /* the file's name */
    const char *target;                 /* the column of labels or numbers */
    const struct text_list *attributes; /* names, as in the table */
    bool soft;                          /* a column a label, too */
    size_t repeats;                     /* ratings left out as repeats */
    char *sha256;                       /* of the input, or NULL */
};

/*
 * One row an item.  NULL with ERROR_USAGE when a kept attribute has the name
 * of a column.
 */
struct columns *aggregate_labels(const struct aggregate *aggregate,
                                 struct error *err);
/* One row an annotator. */
struct columns *aggregate_weights(const struct aggregate *aggregate);
/* One row an annotator, truth and answer; the rule has a confusion. */
struct columns *aggregate_confusion(const struct aggregate *aggregate);

/* What a rater's weight is called: "accuracy", ...; NULL: the rule has none. */
const char *aggregate_weight_name(const struct consensus *consensus);

/*
 * Weights of the raters from a table with the columns "annotator" and
 * "weight"; the caller frees.
 */
double *aggregate_weights_read(const char *path, const struct ratings *ratings,
                               struct error *err);

void aggregate_text(const struct aggregate *aggregate, struct buf *out);
void aggregate_json(const struct aggregate *aggregate, struct buf *out);

#endif
