/* order - seeded orders without doublets, with hidden repeats. */
#include <config.h>

#include "common/study/order.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

static const size_t nothing = (size_t)-1;

static void count_up(size_t *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out[i] = i;
}

void order_permute(struct rng *rng, size_t count, size_t times, size_t *out)
{
    for (size_t block = 0; block < times; block++) {
        size_t *at = out + block * count;

        count_up(at, count);
        rng_shuffle(rng, at, count);
        if (block > 0 && count > 1 && at[0] == at[-1]) {
            /* Any later place is as good: each order stays as likely. */
            size_t other = 1 + (size_t)rng_below(rng, count - 1);
            size_t first = at[0];

            at[0] = at[other];
            at[other] = first;
        }
    }
}

/* What is left to place, by medium. */
struct rest {
    const struct order_item *item;
    size_t *next;     /* the list of items not yet placed, by place in it */
    size_t *left;     /* of each medium */
    size_t *with;     /* with[n]: media of which n are left */
    size_t most;      /* the greatest n with with[n] > 0 */
    size_t media;     /* 1 + the greatest medium */
    size_t crowded;   /* a medium of which `most` are left, perhaps */
    size_t remaining; /* items */
};

static void rest_count(struct rest *rest, const size_t *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t medium = rest->item[list[i]].medium;

        if (medium >= rest->media)
            rest->media = medium + 1;
    }
    rest->remaining = count;
    rest->left = xcalloc(rest->media + 1, sizeof(*rest->left));
    rest->with = xcalloc(count + 2, sizeof(*rest->with));
    rest->next = xcalloc(count + 2, sizeof(*rest->next));
    for (size_t i = 0; i < count; i++)
        rest->left[rest->item[list[i]].medium]++;
    for (size_t i = 0; i < rest->media; i++)
        rest->with[rest->left[i]]++;
    for (size_t i = 1; i <= count; i++) {
        if (rest->with[i] > 0)
            rest->most = i;
    }
    /* Place 0 stands before the first of the list, count + 1 behind it. */
    for (size_t i = 0; i <= count; i++)
        rest->next[i] = i + 1;
}

static void rest_take(struct rest *rest, size_t medium)
{
    size_t n = rest->left[medium]--;

    rest->with[n]--;
    rest->with[n - 1]++;
    while (rest->most > 0 && rest->with[rest->most] == 0)
        rest->most--;
    rest->remaining--;
}

static size_t rest_crowded(struct rest *rest)
{
    size_t i = rest->crowded;

    while (i < rest->media && rest->left[i] != rest->most)
        i++;
    for (size_t j = 0; i == rest->media && j < rest->media; j++) {
        if (rest->left[j] == rest->most)
            i = j;
    }
    rest->crowded = i;
    return i;
}

/*
 * The medium that must come now, or `nothing`: of one medium more than half
 * of what remains is left, so that waiting would bring doublets.
 */
static size_t rest_forced(struct rest *rest, size_t last)
{
    size_t medium;

    if (rest->most * 2 <= rest->remaining)
        return nothing;
    medium = rest_crowded(rest);
    return medium == last ? nothing : medium;
}

/* The place before the first item of the list that fits; `count` long. */
static size_t rest_find(const struct rest *rest, const size_t *list,
                        size_t count, size_t last, size_t forced)
{
    for (size_t before = 0; rest->next[before] <= count;
         before = rest->next[before]) {
        size_t medium = rest->item[list[rest->next[before] - 1]].medium;

        if (forced == nothing ? medium != last : medium == forced)
            return before;
    }
    return 0; /* a doublet cannot be had off */
}

/* Puts a shuffled list into an order without doublets after `last`. */
static void spread(const struct order_item *item, size_t *list, size_t count,
                   size_t last)
{
    struct rest rest = { .item = item };
    size_t *out = xcalloc(count + 1, sizeof(*out));

    rest_count(&rest, list, count);
    for (size_t i = 0; i < count; i++) {
        size_t forced = rest_forced(&rest, last);
        size_t before = rest_find(&rest, list, count, last, forced);
        size_t taken = rest.next[before];

        out[i] = list[taken - 1];
        rest.next[before] = rest.next[taken];
        last = item[out[i]].medium;
        rest_take(&rest, last);
    }
    memcpy(list, out, count * sizeof(*list));
    free(out);
    free(rest.left);
    free(rest.with);
    free(rest.next);
}

/* An item with the rank of its group, for sorting. */
struct ranked {
    size_t rank;  /* of its medium or block, in random order */
    double place; /* within the medium */
    size_t index; /* ties keep the order given */
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static size_t group_of(const struct order_item *item, enum protocol_order kind)
{
    return kind == ORDER_BLOCKED ? item->block : item->medium;
}

/* Groups in random order; within them by place (contextual) or as given. */
static void group(const struct order_item *item, size_t count,
                  enum protocol_order kind, struct rng *rng, size_t *list)
{
    struct ranked *ranked = xcalloc(count + 1, sizeof(*ranked));
    size_t groups = 0;
    size_t *rank, *copy;

    for (size_t i = 0; i < count; i++) {
        if (group_of(&item[i], kind) >= groups)
            groups = group_of(&item[i], kind) + 1;
    }
    rank = xcalloc(groups + 1, sizeof(*rank));
    count_up(rank, groups);
    rng_shuffle(rng, rank, groups);
    for (size_t i = 0; i < count; i++) {
        ranked[i].rank = rank[group_of(&item[list[i]], kind)];
        ranked[i].place = kind == ORDER_CONTEXTUAL ? item[list[i]].place : 0;
        ranked[i].index = i;
    }
    qsort(ranked, count, sizeof(*ranked), by_rank);
    copy = xcalloc(count + 1, sizeof(*copy));
    memcpy(copy, list, count * sizeof(*copy));
    for (size_t i = 0; i < count; i++)
        list[i] = copy[ranked[i].index];
    free(copy);
    free(rank);
    free(ranked);
}

/* Within each block no doublets, nor over its border. */
static void spread_blocks(const struct order_item *item, size_t *list,
                          size_t count)
{
    size_t last = nothing;

    for (size_t begin = 0, end; begin < count; begin = end) {
        end = begin + 1;
        while (end < count && item[list[end]].block == item[list[begin]].block)
            end++;
        spread(item, list + begin, end - begin, last);
        last = item[list[end - 1]].medium;
    }
}

/*
 * May `it` stand between the neighbours of gap `gap`?  `strictly`: not beside
 * a pair that has something in common with it either.
 */
static bool gap_fits(const struct order_item *item, const size_t *list,
                     size_t count, size_t gap, const struct order_item *it,
                     bool strictly)
{
    for (size_t at = gap > 0 ? gap - 1 : 0; at <= gap && at < count; at++)
        if (strictly ? order_share(it, &item[list[at]])
                     : it->medium == item[list[at]].medium)
            return false;
    return true;
}

/* The gap behind the last item of a place's block; else behind everything. */
static size_t last_gap(const struct order_item *item, const size_t *list,
                       size_t count, enum protocol_order kind, size_t place)
{
    size_t gap = place + 1;

    if (kind != ORDER_BLOCKED)
        return count;
    while (gap < count && item[list[gap]].block == item[list[place]].block)
        gap++;
    return gap;
}

/*
 * Gives repeats their gaps: gap g stands before place g of the list, and
 * takes one at most, so that a repeat's neighbours are first-time items.  Who
 * is asked twice is marked in `twice`, by place.
 */
static size_t fill_gaps(const struct order_item *item, const size_t *list,
                        size_t count, const struct order_settings *settings,
                        struct rng *rng, size_t *gap_of, bool *twice)
{
    size_t distance = settings->distance > 0 ? settings->distance : 1;
    size_t room = count >= distance ? count - distance + 1 : 0;
    size_t *candidate = xcalloc(room + 1, sizeof(*candidate));
    size_t placed = 0;
    /* What has no place of its own in a block is better off at the end. */
    size_t rounds = settings->kind == ORDER_BLOCKED ? 1 : 2;

    count_up(candidate, room);
    rng_shuffle(rng, candidate, room);
    for (size_t i = 0; i < room && placed < settings->repeats; i++) {
        size_t first = candidate[i] + distance;
        size_t last = last_gap(item, list, count, settings->kind, candidate[i]);
        size_t gaps = first <= last ? last + 1 - first : 0;
        size_t start = gaps > 0 ? (size_t)rng_below(rng, gaps) : 0;

        for (size_t j = 0; j < rounds * gaps; j++) {
            size_t gap = first + (start + j) % gaps;

            if (gap_of[gap] == nothing &&
                gap_fits(item, list, count, gap, &item[list[candidate[i]]],
                         j < gaps)) {
                gap_of[gap] = list[candidate[i]];
                twice[candidate[i]] = true;
                placed++;
                break;
            }
        }
    }
    free(candidate);
    return placed;
}

/* Repeats among the first times; raises *placed by how many found a gap. */
static size_t weave(const struct order_item *item, const size_t *list,
                    size_t count, const struct order_settings *settings,
                    struct rng *rng, struct order_entry *out, bool *twice,
                    size_t *placed)
{
    size_t *gap_of = xcalloc(count + 1, sizeof(*gap_of));
    size_t filled = 0;

    for (size_t i = 0; i <= count; i++)
        gap_of[i] = nothing;
    *placed += fill_gaps(item, list, count, settings, rng, gap_of, twice);
    for (size_t i = 0; i <= count; i++) {
        if (gap_of[i] != nothing)
            out[filled++] = (struct order_entry){ gap_of[i], true };
        if (i < count)
            out[filled++] = (struct order_entry){ list[i], false };
    }
    free(gap_of);
    return filled;
}

/* So many repeats behind everything, of what is not asked twice yet. */
static size_t append(const struct order_item *item, const size_t *list,
                     size_t count, const struct order_settings *settings,
                     struct rng *rng, size_t wanted, const bool *twice,
                     struct order_entry *out, size_t filled)
{
    size_t *pick = xcalloc(count + 1, sizeof(*pick));
    size_t picked = 0;

    /* At the end every item up to count - distance is far enough away. */
    for (size_t i = 0; i < count && i + settings->distance <= count; i++)
        if (!twice[i])
            pick[picked++] = list[i];
    rng_shuffle(rng, pick, picked);
    if (picked > wanted)
        picked = wanted;
    spread(item, pick, picked,
           filled > 0 ? item[out[filled - 1].item].medium : nothing);
    for (size_t i = 0; i < picked; i++)
        out[filled++] = (struct order_entry){ pick[i], true };
    free(pick);
    return filled;
}

size_t order_make(const struct order_item *item, size_t count,
                  const struct order_settings *settings, struct rng *rng,
                  struct order_entry *out)
{
    size_t *list = xcalloc(count + 1, sizeof(*list));
    bool *twice = xcalloc(count + 1, sizeof(*twice));
    size_t filled = 0, placed = 0;

    count_up(list, count);
    if (settings->kind != ORDER_CONTEXTUAL)
        rng_shuffle(rng, list, count);
    if (settings->kind == ORDER_RANDOM)
        spread(item, list, count, nothing);
    else
        group(item, count, settings->kind, rng, list);
    if (settings->kind == ORDER_BLOCKED)
        spread_blocks(item, list, count);
    if (settings->kind != ORDER_CONTEXTUAL && count > 0 && item[list[0]].pair)
        order_part(item, list, count);
    for (; settings->kind == ORDER_CONTEXTUAL && filled < count; filled++)
        out[filled] = (struct order_entry){ list[filled], false };
    if (settings->kind != ORDER_CONTEXTUAL)
        filled = weave(item, list, count, settings, rng, out, twice, &placed);
    if (settings->kind != ORDER_RANDOM)
        filled = append(item, list, count, settings, rng,
                        settings->repeats - placed, twice, out, filled);
    free(twice);
    free(list);
    return filled;
}

size_t order_doublets(const struct order_item *item,
                      const struct order_entry *entry, size_t count)
{
    size_t doublets = 0;

    for (size_t i = 1; i < count; i++) {
        if (item[entry[i].item].medium == item[entry[i - 1].item].medium)
            doublets++;
    }
    return doublets;
}
