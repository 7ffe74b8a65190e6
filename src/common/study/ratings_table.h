/*
 * ratings_table - a table of ratings as people have it: long, wide, counts.
 *
 * Long: one row a rating (item, annotator, value; without a column of
 * annotators the raters are anonymous).  Wide: one row an item, one column an
 * annotator.  Counts: one row an item, one column a category, how many chose
 * it.  The file is read row by row, so that ten million ratings are no
 * trouble.
 */
#ifndef MIEN_STUDY_RATINGS_TABLE_H
#define MIEN_STUDY_RATINGS_TABLE_H

#include "common/base/error.h"
#include "common/stat/ratings.h"

enum ratings_layout { RATINGS_LONG, RATINGS_WIDE, RATINGS_COUNTS };

/* All zero: long, columns by their usual names. */
struct ratings_table_options {
    enum ratings_layout layout;
    /*
     * Columns.  NULL: "item" or "id"; "annotator", "rater" or "worker";
     * "value", "label" or "rating".  Wide and counts without a column of
     * items: rows are "1", "2", ...
     */
    const char *item, *rater, *value;
    /*
     * Wide and counts: which columns are raters or categories, "COLUMN" or
     * "COLUMN=NAME"; NULL or empty: all that are nothing else.
     */
    const struct text_list *columns;
    const struct text_list *categories; /* declared; NULL: what occurs */
    const struct text_list *only;       /* "COL=V,...", all must hold */
    const struct text_list *keep;       /* attributes of items to keep */
    char separator;                     /* 0: ',' ; "\t" by name .tsv */
    char sets; /* values are sets of labels, joined by this; 0: they are not */
};

/* What a column says about each item. */
struct ratings_attribute {
    struct text_list values; /* in byte order; "" is missing */
    uint32_t *code;          /* owned; of each item */
};

struct ratings_table {
    struct ratings *ratings;             /* owned */
    struct ratings_attribute *attribute; /* owned; as options.keep */
    size_t attributes;
    size_t rows; /* read, that --only kept */
};

/* "-" reads standard input. */
bool ratings_table_read(const char *path,
                        const struct ratings_table_options *options,
                        struct ratings_table *out, struct error *err);
void ratings_table_release(struct ratings_table *table);

#endif
