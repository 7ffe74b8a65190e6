/*
 * stretch_table - tables of segments: item, annotator, tier, start, end,
 * label, one row a segment, in seconds.
 *
 * A row without start, end and label says that the annotator judged the item
 * and marked nothing on the tier.  An item is as long as its column "duration"
 * says, else as its last end.
 */
#ifndef MIEN_STUDY_STRETCH_TABLE_H
#define MIEN_STUDY_STRETCH_TABLE_H

#include "common/base/error.h"
#include "common/base/text.h"
#include "common/stat/stretch.h"

struct stretch_table_options {
    /* Columns; NULL: item or id; annotator or rater; tier or question; label
       or value. */
    const char *item, *rater, *tier, *label;
    const struct text_list *only; /* "COL=V,...", all must hold */
    const struct text_list *keep; /* columns that say something of items */
};

/* What a column says about each item. */
struct stretch_attribute {
    struct text_list values; /* as first met; "" is missing */
    uint32_t *code;          /* owned; of each item */
};

struct stretch_table {
    struct text_list items, raters, tiers, labels;
    struct stretch_row *row; /* owned; see stretch_at() */
    struct stretch *stretch; /* owned; all of them */
    size_t stretches;
    double *length;                      /* owned; of each item; s */
    bool has_duration;                   /* lengths are from the table */
    struct stretch_attribute *attribute; /* owned; as options.keep */
    size_t attributes;
    size_t overlaps; /* stretches that begin before one before them ends */
};

bool stretch_table_read(const char *path,
                        const struct stretch_table_options *options,
                        struct stretch_table *out, struct error *err);
/* The same of a table that is there; `name` is for errors. */
struct columns;
bool stretch_table_of(struct columns *table, const char *name,
                      const struct stretch_table_options *options,
                      struct stretch_table *out, struct error *err);
void stretch_table_release(struct stretch_table *table);

/* Of all raters, in order. */
static inline const struct stretch_row *stretch_at(
    const struct stretch_table *table, size_t tier, size_t item)
{
    return table->row +
           (tier * table->items.count + item) * table->raters.count;
}

#endif
