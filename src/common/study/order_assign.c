/* order_assign - balanced incomplete assignment of items to annotators. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/study/order.h"

struct assignment {
    const struct order_panel *panel;
    struct rng *rng;
    bool *has;      /* borrowed */
    size_t *load;   /* borrowed */
    size_t *shared; /* owned; items that two annotators both have */
    size_t *turn;   /* owned; annotators in random order */
};

/* How often the annotator has met those that have the item already. */
static size_t met(const struct assignment *work, const bool *row,
                  size_t annotator)
{
    size_t n = work->panel->annotators;
    size_t sum = 0;

    for (size_t other = 0; other < n; other++) {
        if (row[other])
            sum += work->shared[annotator * n + other];
    }
    return sum;
}

/*
 * The least loaded annotator without the item; among those of equal load the
 * one who has met the others least, then the first in this turn's order.
 */
static size_t choose(const struct assignment *work, const bool *row)
{
    size_t n = work->panel->annotators;
    size_t best = n, best_met = 0;

    for (size_t i = 0; i < n; i++) {
        size_t annotator = work->turn[i];
        size_t meetings;

        if (row[annotator])
            continue;
        if (best < n && work->load[annotator] > work->load[best])
            continue;
        meetings = met(work, row, annotator);
        if (best == n || work->load[annotator] < work->load[best] ||
            meetings < best_met) {
            best = annotator;
            best_met = meetings;
        }
    }
    return best;
}

static void give(struct assignment *work, bool *row, size_t annotator)
{
    size_t n = work->panel->annotators;

    for (size_t other = 0; other < n; other++) {
        if (row[other]) {
            work->shared[annotator * n + other]++;
            work->shared[other * n + annotator]++;
        }
    }
    row[annotator] = true;
    work->load[annotator]++;
}

/* What is set already has brought annotators together, too. */
static void count_shared(struct assignment *work)
{
    size_t n = work->panel->annotators;

    for (size_t item = 0; item < work->panel->items; item++) {
        const bool *row = work->has + item * n;

        for (size_t a = 0; a < n; a++) {
            for (size_t b = 0; row[a] && b < n; b++) {
                if (a != b && row[b])
                    work->shared[a * n + b]++;
            }
        }
    }
}

static void fill_item(struct assignment *work, size_t item)
{
    size_t n = work->panel->annotators;
    bool *row = work->has + item * n;
    size_t have = 0;

    for (size_t i = 0; i < n; i++)
        have += row[i];
    rng_shuffle(work->rng, work->turn, n);
    for (; have < work->panel->per_item; have++)
        give(work, row, choose(work, row));
}

bool order_assign(const struct order_panel *panel, struct rng *rng, bool *has,
                  size_t *load, struct error *err)
{
    size_t n = panel->annotators;
    struct assignment work = { panel, rng, has, load, NULL, NULL };
    size_t *items;

    if (panel->per_item > n)
        return error_set(err, ERROR_INPUT,
                         "each item is to be judged by %zu annotators, but "
                         "there are %zu; add some or ask for fewer",
                         panel->per_item, n);
    items = xcalloc(panel->items + 1, sizeof(*items));
    work.shared = xcalloc(n * n + 1, sizeof(*work.shared));
    work.turn = xcalloc(n + 1, sizeof(*work.turn));
    for (size_t i = 0; i < n; i++)
        work.turn[i] = i;
    for (size_t i = 0; i < panel->items; i++)
        items[i] = i;
    count_shared(&work);
    rng_shuffle(rng, items, panel->items);
    for (size_t i = 0; i < panel->items; i++)
        fill_item(&work, items[i]);
    free(items);
    free(work.shared);
    free(work.turn);
    return true;
}
