/* order_part - pairs that have an item in common are taken apart. */
#include <config.h>

#include "common/study/order.h"

enum { EDGES = 4 }; /* that two places touch */

bool order_share(const struct order_item *a, const struct order_item *b)
{
    if (a->medium == b->medium)
        return true;
    for (int i = 0; a->pair && b->pair && i < 2; i++)
        if (a->side[i] == b->side[0] || a->side[i] == b->side[1])
            return true;
    return false;
}

/* Edge e lies between the places e - 1 and e. */
static size_t cost_of(const struct order_item *item, const size_t *list,
                      const size_t *edge, size_t edges)
{
    size_t cost = 0;

    for (size_t e = 0; e < edges; e++)
        cost += order_share(&item[list[edge[e] - 1]], &item[list[edge[e]]]);
    return cost;
}

static void add_edge(size_t *edge, size_t *edges, size_t at, size_t count)
{
    if (at == 0 || at >= count)
        return;
    for (size_t e = 0; e < *edges; e++)
        if (edge[e] == at)
            return;
    edge[(*edges)++] = at;
}

static void swap(size_t *list, size_t a, size_t b)
{
    size_t one = list[a];

    list[a] = list[b];
    list[b] = one;
}

/* Is it better so?  Else nothing has changed. */
static bool improve(const struct order_item *item, size_t *list, size_t count,
                    size_t a, size_t b)
{
    size_t edge[EDGES], edges = 0, before;

    if (a == b || item[list[a]].block != item[list[b]].block)
        return false;
    add_edge(edge, &edges, a, count);
    add_edge(edge, &edges, a + 1, count);
    add_edge(edge, &edges, b, count);
    add_edge(edge, &edges, b + 1, count);
    before = cost_of(item, list, edge, edges);
    swap(list, a, b);
    if (cost_of(item, list, edge, edges) < before)
        return true;
    swap(list, a, b);
    return false;
}

/* Changes places with the next one, going round, that makes it better. */
static bool move(const struct order_item *item, size_t *list, size_t count,
                 size_t at)
{
    for (size_t i = 1; i < count; i++)
        if (improve(item, list, count, at, (at + i) % count))
            return true;
    return false;
}

/* Each move leaves fewer neighbours that share something: it comes to an end.
 */
void order_part(const struct order_item *item, size_t *list, size_t count)
{
    bool moved = true;

    while (moved) {
        moved = false;
        for (size_t at = 1; at < count; at++)
            if (order_share(&item[list[at - 1]], &item[list[at]]))
                moved |= move(item, list, count, at) ||
                         move(item, list, count, at - 1);
    }
}
