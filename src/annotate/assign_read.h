/*
 * assign_read - what the lead writes down for assign: items with their right
 * answers, and tasks.
 */
#ifndef MIEN_ANNOTATE_ASSIGN_READ_H
#define MIEN_ANNOTATE_ASSIGN_READ_H

#include "common/base/mem.h"
#include "common/store/queue.h"

/* Zero-initialised is empty. */
struct assign_list {
    struct queue_truth *truth; /* owned */
    struct queue_task *task;   /* owned */
    size_t count;
    struct arena texts;
};

/*
 * `from` holds filters, or one .csv file with a column `id` (or `item`) and
 * one for each question that has a right answer in it; empty cells say
 * nothing.  The pool borrows from `list` and `from`.
 */
bool assign_read_pool(struct project *project, const struct text_list *from,
                      struct assign_list *list, struct queue_pool *pool,
                      struct error *err);
/* A .csv file with the columns item (or id) and annotator. */
bool assign_read_tasks(struct project *project, const char *path,
                       struct assign_list *list, struct error *err);
void assign_list_release(struct assign_list *list);

#endif
