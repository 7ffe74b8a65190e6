/*
 * group - rows by the values of attribute columns and their intersections.
 *
 * A missing value is a value of its own, "(missing)".  In an intersection
 * every combination of values is a group, also one that nobody is in: that a
 * model was never tried on it is worth knowing.  Combinations with a missing
 * value are listed only when somebody is in them.
 */
#ifndef MIEN_FAIR_GROUP_H
#define MIEN_FAIR_GROUP_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/base/text.h"
#include "eval/score/predictions.h"

enum {
    GROUP_MOST_COLUMNS = 4,  /* of --by */
    GROUP_MOST_CELLS = 4096, /* combinations in one grouping */
};

struct group {
    char *name;  /* owned; "female", "female*30s" */
    size_t *row; /* owned; rows of the predictions, upwards */
    size_t count;
};

struct grouping {
    char *by;           /* owned; "sex", "sex*age" */
    struct group *item; /* owned; byte order of the values, missing last */
    size_t count, capacity;
};

/* `by` is a column, or columns with "*" between. */
bool grouping_make(const struct predictions *predictions, const char *by,
                   struct grouping *out, struct error *err);
void grouping_release(struct grouping *grouping);

/*
 * What `--by a,b` asks for: a, b and a*b (with three columns also all pairs
 * and all three); a column list that has a "*" in it stands for itself.
 */
bool group_expand(const struct text_list *by, struct text_list *out,
                  struct error *err);

#endif
