/*
 * label_sets - answers of several labels: how much two of them agree.
 *
 * A category is a set, its labels joined by a separator ("fear|surprise").
 * Jaccard: labels in both by labels in either.  MASI: that times how the sets
 * lie, 1 when equal, 2/3 when one holds the other, 1/3 when they overlap, 0
 * when not.  Passonneau, R. (2006). Measuring agreement on set-valued items
 * (MASI) for semantic and pragmatic annotation. LREC, 831-836.
 */
#ifndef MIEN_STAT_LABEL_SETS_H
#define MIEN_STAT_LABEL_SETS_H

#include "common/base/text.h"

enum label_sets_metric { LABEL_SETS_MASI, LABEL_SETS_JACCARD };

/* Categories that there may be: the weights are a table of their pairs. */
enum { LABEL_SETS_MAX = 4096 };

/* The set in one way of writing: byte order, each once.  The caller frees. */
char *label_sets_canonical(const char *set, char separator);

/* weight[a * count + b], 1 (the same) to 0; the caller frees. */
double *label_sets_weights(const struct text_list *categories, char separator,
                           enum label_sets_metric metric);

#endif
