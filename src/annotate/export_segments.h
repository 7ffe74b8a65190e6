/*
 * export_segments - the marks of everyone, one row a mark.
 */
#ifndef MIEN_ANNOTATE_EXPORT_SEGMENTS_H
#define MIEN_ANNOTATE_EXPORT_SEGMENTS_H

#include "annotate/export_rows.h"
#include "common/base/mem.h"

/* Borrowed from `rows` of the list. */
struct export_mark {
    const char *item;
    const char *annotator;
    int64_t bundle;
    int64_t position; /* in it, from 1 */
    const char *role;
    const struct question *question;
    size_t question_order; /* in the protocol */
    size_t order;          /* of the tier in the question */
    const char *tier;
    const struct segment *segment; /* NULL: nothing was marked */
    const char *answer;            /* "@none" in place of marks, or "" */
    const struct fold_entry *entry;
    int64_t begins_us; /* the item, in its medium */
    int64_t lasts_us;  /* the item; -1: unknown */
};

struct export_place;

struct export_segments {
    struct export_mark *item; /* owned */
    size_t count, capacity;
    size_t running;             /* marks without an end, left out */
    struct export_rows rows;    /* owned */
    struct project_items items; /* owned */
    struct export_place *place; /* owned; one an item */
    struct arena texts;         /* of marks that a snapshot has */
};

/* `apart`: of practice and attention checks, as in export_gather(). */
bool export_segments_gather(struct project *project, bool apart,
                            struct export_segments *all, struct error *err);
void export_segments_release(struct export_segments *all);
/* Puts them in order, and tells of those that have no end. */
void export_segments_sort(struct export_segments *all);
/* Of a whole medium; -1 when it is not there, or does not say. */
int64_t export_medium_us(const char *folder, const char *file);

void export_segments_csv(const struct export_segments *all, struct buf *out);
void export_segments_jsonl(const struct export_segments *all, struct buf *out);

#endif
