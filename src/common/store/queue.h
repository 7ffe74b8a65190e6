/*
 * queue - handing out work: who judges what, in which order.
 *
 * Balanced and seeded (study/order); each annotator's share becomes her next
 * bundle, which never changes afterwards.  Bundles know nothing of each
 * other, nor of reference labels (but for those of practice), nor which
 * entries are repeats or gold.
 */
#ifndef MIEN_STORE_QUEUE_H
#define MIEN_STORE_QUEUE_H

#include "common/base/text.h"
#include "common/store/project.h"

/* What is held to be right about an item; all borrowed. */
struct queue_truth {
    const char *item;
    const char *question;
    const char *value;
};

/*
 * Which items may serve as practice, or as gold: those of `truth`, or those
 * that have a reference (study/conduct) and that all `filter`s keep.
 */
struct queue_pool {
    const struct queue_truth *truth; /* wins over the corpus */
    size_t truth_count;
    const struct text_list *filter; /* "COL=V,..."; NULL: none */
};

struct queue_settings {
    size_t per_item;     /* annotators for each item, earlier work counted */
    double repeat;       /* share of a queue that is asked twice, hidden */
    size_t distance;     /* entries from the first time on; 0: as it can be */
    double gold;         /* share of a queue that is gold, hidden */
    bool practice_given; /* else the protocol's, once for each annotator */
    size_t practice;     /* items before the work */
    struct queue_pool practice_from, gold_from;
    const char *block; /* attribute whose values make blocks; or NULL */
    /* Of the unit pair: with how many others each item is compared, and an
     * attribute that both must have in common, or NULL. */
    size_t partners;
    const char *within;
    uint64_t seed;
    bool dry_run; /* only say what would be done */
};

struct queue_share {
    char *alias;    /* owned */
    int64_t number; /* of the bundle */
    size_t items;
    size_t repeats;
    size_t wanted; /* repeats that were asked for; not all may find room */
    size_t gold;
    size_t gold_wanted; /* as many may not be left that she has not had */
    size_t practice;
    size_t checks; /* of attention */
};

struct queue_report {
    struct queue_share *item; /* owned; annotators who get work, by alias */
    size_t count, capacity;
    size_t pairs;       /* that were made, of the unit pair */
    size_t pairs_parts; /* between which nothing is compared; 1 is good */
    size_t items;       /* that got more annotators */
    size_t shared_least, shared_most; /* items that two annotators share */
    /* Who has which item as work, now and before: [item * annotators + who]. */
    bool *panel; /* owned */
    size_t panel_items, panel_annotators;
};

bool queue_assign(struct project *project,
                  const struct queue_settings *settings,
                  struct queue_report *report, struct error *err);

/* One annotator is to judge one item, for the first time or once more. */
struct queue_task {
    const char *alias;
    int64_t item; /* its number */
};

/*
 * Further work by name, whoever had what before: items that are sent back, a
 * second round, what adjudication wants judged again.  Each annotator's tasks
 * become her next bundle, in an order of its own; an item that she had before
 * stands under the role "again".  Of the settings repeat, distance, block,
 * seed and dry_run count.  Fails, with nothing handed out, when a task names
 * nobody who works here or no item.
 */
bool queue_send(struct project *project, const struct queue_task *task,
                size_t count, const struct queue_settings *settings,
                struct queue_report *report, struct error *err);

void queue_report_release(struct queue_report *report);

#endif
