/*
 * curve_table - tables of continuous ratings: one row a sample.
 *
 * Columns: item, annotator, time (seconds), value, and where there are several
 * dimension (or question); or one column a dimension.  A file without a column
 * of items is one item, by the file's name.  Where a column "version" says
 * that somebody traced an item again, the last version counts.
 */
#ifndef MIEN_STUDY_CURVE_TABLE_H
#define MIEN_STUDY_CURVE_TABLE_H

#include "common/base/error.h"
#include "common/base/text.h"
#include "common/stat/curve.h"

struct curve_table_options {
    /* Columns; NULL: the usual names. */
    const char *item;      /* item, id */
    const char *rater;     /* annotator, rater, participant */
    const char *time;      /* time, time_s, t_s */
    const char *dimension; /* dimension, question */
    /* Of values: "value"; several are dimensions by their names. */
    const struct text_list *values;
    const struct text_list *only; /* "COL=V,...", all must hold */
    bool anonymous;               /* no annotators: a signal */
};

struct curve_table {
    struct text_list items, raters, dimensions;
    struct curve *curve; /* owned; see curve_at() */
    double *time;        /* owned; all samples */
    double *value;       /* owned */
    size_t samples;
    size_t again;   /* samples of earlier versions, left out */
    size_t doubled; /* at a time that came again: the last one counts */
    double gap;     /* longest between two samples of a trace; s */
};

/* `count` files together. */
bool curve_table_read(char *const *path, size_t count,
                      const struct curve_table_options *options,
                      struct curve_table *out, struct error *err);

/* The same of samples that are in no file; `finish' frees the builder. */
struct curve_builder;

struct curve_builder *curve_builder_new(void);
void curve_builder_add(struct curve_builder *builder, const char *item,
                       const char *rater, const char *dimension, int version,
                       double time, double value);
void curve_builder_finish(struct curve_builder *builder,
                          struct curve_table *out);

void curve_table_release(struct curve_table *table);

/* Of all raters, in order; those without have n 0. */
static inline const struct curve *curve_at(const struct curve_table *table,
                                           size_t dimension, size_t item)
{
    return table->curve +
           (dimension * table->items.count + item) * table->raters.count;
}

#endif
