/*
 * series_only - only some rows of a table with time stamps: --only.
 */
#ifndef MIEN_FEAT_SERIES_ONLY_H
#define MIEN_FEAT_SERIES_ONLY_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/base/text.h"
#include "common/file/csv.h"

/* What holds for the rows of one table; zero-initialised keeps all. */
struct series_only {
    struct {
        size_t column;
        struct text_list values; /* owned */
    } * rule;                    /* owned; those whose column the table has */
    size_t count;
};

/*
 * Of each of `only`, "COL=V,...", whether the table has the column is added
 * to has[]; `only` may be NULL.  ERROR_USAGE for what has another form.
 */
bool series_only_find(struct series_only *rules, const struct text_list *only,
                      const struct csv_reader *csv, bool *has,
                      struct error *err);
/* Does the row at which the reader stands belong to it? */
bool series_only_has(const struct series_only *rules,
                     const struct csv_reader *csv);
void series_only_release(struct series_only *rules);

#endif
