/*
 * queue_internal - the parts of handing out work.
 */
#ifndef MIEN_STORE_QUEUE_INTERNAL_H
#define MIEN_STORE_QUEUE_INTERNAL_H

#include "common/store/project_internal.h"
#include "common/store/queue.h"
#include "common/study/order.h"

/* How an item stands apart from ordinary work. */
struct queue_standing {
    bool reserved;     /* is no ordinary work */
    bool may_practise; /* is of the pool, and has a truth */
    bool may_gold;
    bool was_practice; /* in an earlier bundle of anybody */
    bool was_gold;
    bool handed_out;   /* as ordinary work, to anybody */
    bool practice_now; /* drawn for everybody, this time */
    bool gold_now;
};

struct assigning {
    struct project *project;
    const struct queue_settings *settings;
    struct protocol *protocol; /* owned */
    int64_t protocol_number;
    int64_t protocol_since; /* the oldest version that is compatible */
    struct project_items items;
    struct project_annotators staff; /* those who work here first */
    size_t working;                  /* how many of them do */
    struct order_item *trait;        /* owned; of each item */
    bool *has;                       /* owned; [item * staff + annotator] */
    bool *before;                    /* owned; the same, as it was */
    bool *met;                       /* owned; in whatever role, ever */
    size_t *turn_before;             /* owned; of each item, or the count */
    struct queue_standing *standing; /* owned; of each item */
    const char **truth;              /* owned; [item * questions + question] */
    struct queue_pairs *pairs;       /* owned; NULL unless the unit is a pair */
    bool sending;                    /* queue_send(): nothing is drawn */
    struct arena texts;
};

enum queue_role {
    QUEUE_WORK,
    QUEUE_REPEAT,
    QUEUE_AGAIN,
    QUEUE_GOLD,
    QUEUE_PRACTICE,
    QUEUE_ATTENTION
};
extern const char *const queue_role_names[];

/* An entry of a bundle that is being made. */
struct queue_entry {
    enum queue_role role;
    size_t item;  /* the count of items: none */
    int check;    /* the protocol's attention check, or -1 */
    bool swapped; /* a pair, its second first */
};

/* One annotator's new queue. */
struct queue_list {
    struct queue_entry *item; /* owned */
    size_t count, capacity;
    struct queue_share share; /* alias is borrowed */
};

/* queue_before: what was handed out earlier. */
bool queue_read_before(struct assigning *work, struct error *err);
size_t queue_find_item(const struct assigning *work, int64_t number);
size_t queue_find_id(const struct assigning *work, const char *id);
size_t queue_find_staff(const struct assigning *work, const char *alias);

/* queue_pair: what is compared with what, when the unit is a pair. */
struct queue_pairs {
    struct project_items member; /* the items that are no pairs */
    /* Of each pair, which `items` has: places in `member`. */
    size_t *first, *second; /* owned */
    int *shown;   /* owned; how much more often as it is than swapped */
    int *lead;    /* owned; of each member: first rather than second */
    size_t made;  /* that many at the end are new */
    size_t parts; /* between which nothing is compared */
};

/*
 * Of `items`, those that are to be judged stay: the pairs, with new ones as
 * the settings want them, or all that are no pairs.
 */
bool queue_read_pairs(struct assigning *work, struct error *err);
/* Writes down the new ones. */
bool queue_keep_pairs(struct assigning *work, struct error *err);
/* In which of the two orders each is met; of a repeat in the other one. */
void queue_orient(struct assigning *work, struct rng *rng,
                  struct queue_list *list);
void queue_pairs_free(struct queue_pairs *pairs); /* takes NULL */

/* queue_context: the turns before an item; see `turn_before`. */
bool queue_read_groups(struct assigning *work, struct error *err);
/* A line each, the oldest first, in `texts`; NULL when there are none. */
const char *queue_context(const struct assigning *work, size_t item,
                          struct arena *texts);

/* queue_pool: truths, and who is practice and gold. */
bool queue_read_truths(struct assigning *work, struct error *err);
/* Draws practice and gold for everybody; sets what is reserved. */
bool queue_draw(struct assigning *work, struct error *err);
/* Does `who` get practice, and how many items? */
size_t queue_practice_of(const struct assigning *work, size_t who);
/* Writes down what the drawn items are judged by. */
bool queue_keep_truths(struct assigning *work, struct error *err);

/* queue_arrange: `mine` has the items of her share. */
void queue_arrange(const struct assigning *work, size_t who, const size_t *mine,
                   size_t count, struct rng *rng, struct queue_list *list);

/* Makes the bundle of the annotator numbered `who`, if there is new work. */
bool queue_bundle(struct assigning *work, size_t who,
                  struct queue_report *report, struct error *err);
/* Gives the bundles that were made their names. */
bool queue_name(struct assigning *work, const struct queue_report *report,
                struct error *err);

#endif
