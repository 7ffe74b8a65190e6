/*
 * pairing - which items are compared with which.
 */
#include <config.h>

#include "common/study/pairing.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"

/* The partners of one item. */
struct circle {
    size_t *item; /* owned */
    size_t count, capacity;
};

struct work {
    const struct pairing_settings *settings;
    struct circle *circle; /* owned; of each item */
    size_t *part;          /* owned; items of one part have the same number */
    size_t *size;          /* owned; of each part */
    size_t *whole;         /* owned; of each group */
    size_t *order;         /* owned; in which items are looked at */
};

static size_t group_of(const struct work *work, size_t item)
{
    return work->settings->group ? work->settings->group[item] : 0;
}

static bool are_partners(const struct work *work, size_t a, size_t b)
{
    const struct circle *circle = &work->circle[a];

    for (size_t i = 0; i < circle->count; i++)
        if (circle->item[i] == b)
            return true;
    return false;
}

static void join(struct work *work, size_t a, size_t b)
{
    size_t gone = work->part[b], stays = work->part[a];

    VEC_PUSH(&work->circle[a], b);
    VEC_PUSH(&work->circle[b], a);
    if (gone == stays)
        return;
    for (size_t i = 0; i < work->settings->items; i++)
        if (work->part[i] == gone)
            work->part[i] = stays;
    work->size[stays] += work->size[gone];
    work->size[gone] = 0;
}

static void begin(struct work *work, const struct pairing *pairing,
                  struct rng *rng)
{
    size_t count = work->settings->items;

    work->circle = xcalloc(count + 1, sizeof(*work->circle));
    work->part = xcalloc(count + 1, sizeof(*work->part));
    work->size = xcalloc(count + 1, sizeof(*work->size));
    work->whole = xcalloc(count + 1, sizeof(*work->whole));
    work->order = xcalloc(count + 1, sizeof(*work->order));
    for (size_t i = 0; i < count; i++) {
        work->part[i] = work->order[i] = i;
        work->size[i] = 1;
        work->whole[group_of(work, i)]++;
    }
    for (size_t i = 0; i < pairing->count; i++)
        join(work, pairing->item[i].first, pairing->item[i].second);
    if (rng)
        rng_shuffle(rng, work->order, count);
}

static void end(struct work *work)
{
    for (size_t i = 0; i < work->settings->items; i++)
        free(work->circle[i].item);
    free(work->circle);
    free(work->part);
    free(work->size);
    free(work->whole);
    free(work->order);
}

static void add(struct work *work, struct pairing *pairing, size_t a, size_t b)
{
    struct pairing_pair pair = { a < b ? a : b, a < b ? b : a };

    VEC_PUSH(pairing, pair);
    join(work, a, b);
}

/* Whom `item` is compared with next: the one with the fewest partners. */
static size_t partner_of(const struct work *work, size_t item, bool apart)
{
    size_t count = work->settings->items;
    size_t best = count;

    for (size_t i = 0; i < count; i++) {
        size_t other = work->order[i];

        if (other == item || group_of(work, other) != group_of(work, item) ||
            (apart && work->part[other] == work->part[item]) ||
            are_partners(work, item, other))
            continue;
        if (best == count ||
            work->circle[other].count < work->circle[best].count)
            best = other;
    }
    return best;
}

/* The item that joins the smallest part to another, or the count. */
static size_t next_apart(const struct work *work)
{
    size_t count = work->settings->items;
    size_t best = count;

    for (size_t i = 0; i < count; i++) {
        size_t item = work->order[i];
        size_t here = work->size[work->part[item]];
        size_t there = best < count ? work->size[work->part[best]] : 0;

        if (here == work->whole[group_of(work, item)])
            continue; /* its group is in one part */
        if (best == count || here < there ||
            (here == there &&
             work->circle[item].count < work->circle[best].count))
            best = item;
    }
    return best;
}

/* The item with the fewest partners that can have one more, or the count. */
static size_t next_short(const struct work *work)
{
    size_t count = work->settings->items;
    size_t best = count;

    for (size_t i = 0; i < count; i++) {
        size_t item = work->order[i];
        size_t have = work->circle[item].count;

        if (have < work->settings->partners &&
            have + 1 < work->whole[group_of(work, item)] &&
            (best == count || have < work->circle[best].count))
            best = item;
    }
    return best;
}

void pairing_extend(const struct pairing_settings *settings, struct rng *rng,
                    struct pairing *pairing)
{
    struct work work = { .settings = settings };
    size_t item;

    begin(&work, pairing, rng);
    while ((item = next_apart(&work)) < settings->items)
        add(&work, pairing, item, partner_of(&work, item, true));
    while ((item = next_short(&work)) < settings->items)
        add(&work, pairing, item, partner_of(&work, item, false));
    end(&work);
}

size_t pairing_parts(const struct pairing_settings *settings,
                     const struct pairing *pairing)
{
    struct work work = { .settings = settings };
    size_t most = 0;

    begin(&work, pairing, NULL);
    memset(work.whole, 0, settings->items * sizeof(*work.whole));
    for (size_t i = 0; i < settings->items; i++) {
        size_t *parts = &work.whole[group_of(&work, i)];

        *parts += work.size[i] > 0; /* a part bears the number of one of it */
        most = *parts > most ? *parts : most;
    }
    end(&work);
    return most;
}

void pairing_release(struct pairing *pairing)
{
    free(pairing->item);
    memset(pairing, 0, sizeof(*pairing));
}

bool pairing_swaps(int shown, int first, int second, struct rng *rng)
{
    if (shown != 0)
        return shown > 0;
    if (first != second)
        return first > second;
    return rng_below(rng, 2) == 0;
}
