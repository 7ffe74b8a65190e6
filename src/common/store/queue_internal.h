/*
 * queue_internal - the two halves of handing out work.
 */
#ifndef MIEN_STORE_QUEUE_INTERNAL_H
#define MIEN_STORE_QUEUE_INTERNAL_H

#include "common/store/project_internal.h"
#include "common/store/queue.h"
#include "common/study/order.h"

struct assigning {
    struct project *project;
    const struct queue_settings *settings;
    struct protocol *protocol; /* owned */
    int64_t protocol_number;
    struct project_items items;
    struct project_annotators staff; /* those who work here first */
    size_t working;                  /* how many of them do */
    struct order_item *trait;        /* owned; of each item */
    bool *has;                       /* owned; [item * staff + annotator] */
    bool *before;                    /* owned; the same, as it was */
};

/* Makes the bundle of the annotator numbered `who`, if there is new work. */
bool queue_bundle(struct assigning *work, size_t who,
                  struct queue_report *report, struct error *err);
/* Gives the bundles that were made their names. */
bool queue_name(struct assigning *work, const struct queue_report *report,
                struct error *err);

#endif
