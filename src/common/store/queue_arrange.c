/*
 * queue_arrange - the order of one annotator's queue: practice first, gold and
 * repeats hidden among the work, attention checks at uneven distances.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/store/queue_internal.h"

enum { REPEAT_DISTANCE = 10 }; /* entries between, where there are so many */

/* Items that serve as practice or gold for `who`; new ones come last. */
static size_t list_special(const struct assigning *work, size_t who, bool gold,
                           struct rng *rng, size_t *out)
{
    size_t count = 0;

    for (int fresh = 0; fresh < 2; fresh++) {
        size_t begin = count;

        for (size_t i = 0; i < work->items.count; i++) {
            const struct queue_standing *it = &work->standing[i];
            bool now = gold ? it->gold_now : it->practice_now;
            bool before = gold ? it->was_gold && it->may_gold
                               : it->was_practice && it->may_practise;

            if ((fresh ? now : before) &&
                !work->met[i * work->staff.count + who])
                out[count++] = i;
        }
        rng_shuffle(rng, out + begin, count - begin);
    }
    return count;
}

/* The distance that is kept when nobody says one. */
static size_t distance_of(const struct assigning *work, size_t count)
{
    if (work->settings->distance > 0)
        return work->settings->distance;
    if (work->protocol->conduct.repeat_distance > 0)
        return (size_t)work->protocol->conduct.repeat_distance;
    return count < 4 * REPEAT_DISTANCE ? count / 4 : REPEAT_DISTANCE;
}

static void put_in_order(const struct assigning *work, const size_t *mine,
                         size_t count, size_t ordinary, size_t who,
                         struct rng *rng, struct queue_list *list)
{
    struct order_item *trait = xcalloc(count + 1, sizeof(*trait));
    struct order_settings settings = {
        .kind = work->settings->block ? ORDER_BLOCKED : work->protocol->order,
        .repeats = (size_t)llround(work->settings->repeat * (double)ordinary),
        .distance = distance_of(work, count),
    };
    struct order_entry *entry =
        xcalloc(count + settings.repeats + 1, sizeof(*entry));
    size_t filled;

    for (size_t i = 0; i < count; i++)
        trait[i] = work->trait[mine[i]];
    filled = order_make(trait, count, &settings, rng, entry);
    for (size_t i = 0; i < filled; i++) {
        size_t item = mine[entry[i].item];
        struct queue_entry next = { .item = item, .check = -1 };

        if (entry[i].repeat)
            next.role = QUEUE_REPEAT;
        else if (entry[i].item >= ordinary)
            next.role = QUEUE_GOLD;
        else if (work->met[item * work->staff.count + who])
            next.role = QUEUE_AGAIN;
        VEC_PUSH(list, next);
    }
    list->share.items = ordinary;
    list->share.gold = count - ordinary;
    list->share.repeats = filled - count;
    list->share.wanted = settings.repeats;
    free(entry);
    free(trait);
}

/*
 * A check after about every so many entries, never at the very end, where it
 * would be of no use, and up to a quarter earlier or later, so that nobody
 * waits for it.
 */
static void put_checks(const struct assigning *work, struct rng *rng,
                       struct queue_list *list)
{
    const struct conduct *conduct = &work->protocol->conduct;
    struct queue_list out = { .share = list->share };
    size_t every = (size_t)conduct->check_every;
    size_t wobble = every / 4;
    size_t due, which;

    if (every == 0 || conduct->check_count == 0 || list->count < every)
        return;
    which = (size_t)rng_below(rng, conduct->check_count);
    due = every - wobble + (size_t)rng_below(rng, 2 * wobble + 1);
    for (size_t i = 0; i < list->count; i++) {
        if (i == due) {
            const char *id = conduct->check[which].item;

            VEC_PUSH(&out, ((struct queue_entry){
                               .role = QUEUE_ATTENTION,
                               .item = id[0] ? queue_find_id(work, id)
                                             : work->items.count,
                               .check = (int)which }));
            out.share.checks++;
            which = (which + 1) % conduct->check_count;
            due += every - wobble + (size_t)rng_below(rng, 2 * wobble + 1);
        }
        VEC_PUSH(&out, list->item[i]);
    }
    free(list->item);
    *list = out;
}

static void put_practice(const struct assigning *work, size_t who,
                         struct rng *rng, struct queue_list *list)
{
    size_t wanted = queue_practice_of(work, who);
    size_t *item = xcalloc(work->items.count + 1, sizeof(*item));
    size_t count = list_special(work, who, false, rng, item);

    if (count > wanted)
        count = wanted;
    rng_shuffle(rng, item, count);
    for (size_t i = 0; i < count; i++)
        VEC_PUSH(list,
                 ((struct queue_entry){
                     .role = QUEUE_PRACTICE, .item = item[i], .check = -1 }));
    list->share.practice = count;
    free(item);
}

void queue_arrange(const struct assigning *work, size_t who, const size_t *mine,
                   size_t count, struct rng *rng, struct queue_list *list)
{
    size_t *all = xcalloc(work->items.count + count + 1, sizeof(*all));
    size_t wanted = (size_t)llround(work->settings->gold * (double)count);
    struct queue_list rest = { 0 };
    size_t gold = 0;

    memcpy(all, mine, count * sizeof(*all));
    if (wanted > 0 && !work->sending)
        gold = list_special(work, who, true, rng, all + count);
    if (gold > wanted)
        gold = wanted;
    rest.share = list->share;
    put_in_order(work, all, count + gold, count, who, rng, &rest);
    rest.share.gold_wanted = work->sending ? 0 : wanted;
    put_checks(work, rng, &rest);
    list->share = rest.share;
    put_practice(work, who, rng, list);
    for (size_t i = 0; i < rest.count; i++)
        VEC_PUSH(list, rest.item[i]);
    free(rest.item);
    free(all);
}
