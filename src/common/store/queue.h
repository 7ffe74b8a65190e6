/*
 * queue - handing out work: who judges what, in which order.
 *
 * Balanced and seeded (study/order); each annotator's share becomes her next
 * bundle, which never changes afterwards.  Bundles know nothing of each
 * other, nor of reference labels, nor which entries are repeats.
 */
#ifndef MIEN_STORE_QUEUE_H
#define MIEN_STORE_QUEUE_H

#include "common/store/project.h"

struct queue_settings {
    size_t per_item;   /* annotators for each item, earlier work counted */
    double repeat;     /* share of a queue that is asked twice, hidden */
    const char *block; /* attribute whose values make blocks; or NULL */
    uint64_t seed;
    bool dry_run; /* only say what would be done */
};

struct queue_share {
    char *alias;    /* owned */
    int64_t number; /* of the bundle */
    size_t items;
    size_t repeats;
    size_t wanted; /* repeats that were asked for; not all may find room */
};

struct queue_report {
    struct queue_share *item; /* owned; annotators who get work, by alias */
    size_t count, capacity;
    size_t items; /* that got more annotators */
};

bool queue_assign(struct project *project,
                  const struct queue_settings *settings,
                  struct queue_report *report, struct error *err);
void queue_report_release(struct queue_report *report);

#endif
