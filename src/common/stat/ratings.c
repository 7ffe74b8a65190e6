/*
 * ratings - copies of a matrix: without repeats, of some items and raters.
 */
#include <config.h>

#include "common/stat/ratings.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

void ratings_free(struct ratings *ratings)
{
    if (!ratings)
        return;
    text_list_release(&ratings->items);
    text_list_release(&ratings->raters);
    text_list_release(&ratings->categories);
    text_list_release(&ratings->reserved_names);
    free(ratings->value);
    free(ratings->start);
    free(ratings->rating);
    free(ratings->reserved_start);
    free(ratings->reserved);
    free(ratings);
}

size_t ratings_count(const struct ratings *ratings)
{
    return ratings->start[ratings->items.count];
}

size_t ratings_of(const struct ratings *ratings, size_t item)
{
    return ratings->start[item + 1] - ratings->start[item];
}

static void copy_list(struct text_list *to, const struct text_list *from)
{
    for (size_t i = 0; i < from->count; i++)
        text_list_add(to, from->item[i]);
}

/* All but items and their judgements. */
static struct ratings *copy_frame(const struct ratings *from)
{
    struct ratings *to = xcalloc(1, sizeof(*to));

    copy_list(&to->raters, &from->raters);
    copy_list(&to->categories, &from->categories);
    copy_list(&to->reserved_names, &from->reserved_names);
    to->ordered = from->ordered;
    to->anonymous = from->anonymous;
    if (from->value) {
        size_t bytes = from->categories.count * sizeof(*to->value);

        to->value = xmalloc(bytes + 1);
        memcpy(to->value, from->value, bytes);
    }
    to->start = xcalloc(from->items.count + 1, sizeof(*to->start));
    to->reserved_start = xcalloc(from->items.count + 1, sizeof(*to->start));
    to->rating = xcalloc(ratings_count(from) + 1, sizeof(*to->rating));
    to->reserved = xcalloc(from->reserved_start[from->items.count] + 1,
                           sizeof(*to->reserved));
    return to;
}

/*
 * Whether place `at` of item `i` is this rater's first (last) one.  Items
 * have few ratings, so that looking at each of them is cheap enough.
 */
static bool is_chosen(const struct ratings *ratings, size_t i, size_t at,
                      enum ratings_repeat which)
{
    uint32_t rater = ratings->rating[at].rater;
    size_t from = which == RATINGS_FIRST ? ratings->start[i] : at + 1;
    size_t to = which == RATINGS_FIRST ? at : ratings->start[i + 1];

    if (rater == RATINGS_NOBODY)
        return true;
    for (size_t k = from; k < to; k++)
        if (ratings->rating[k].rater == rater)
            return false;
    return true;
}

struct ratings *ratings_single(const struct ratings *ratings,
                               enum ratings_repeat which, size_t *dropped)
{
    struct ratings *out = copy_frame(ratings);
    size_t n = ratings->items.count, kept = 0;

    copy_list(&out->items, &ratings->items);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = ratings->start[i]; k < ratings->start[i + 1]; k++)
            if (is_chosen(ratings, i, k, which))
                out->rating[kept++] = ratings->rating[k];
        out->start[i + 1] = kept;
    }
    memcpy(out->reserved_start, ratings->reserved_start,
           (n + 1) * sizeof(*out->reserved_start));
    memcpy(out->reserved, ratings->reserved,
           ratings->reserved_start[n] * sizeof(*out->reserved));
    if (dropped)
        *dropped = ratings_count(ratings) - kept;
    return out;
}

/* Appends those of from[first .. end - 1] that are wanted; the new count. */
static size_t copy_some(struct rating *to, size_t kept,
                        const struct rating *from, size_t first, size_t end,
                        const bool *keep_rater)
{
    for (size_t k = first; k < end; k++) {
        uint32_t rater = from[k].rater;

        if (!keep_rater || rater == RATINGS_NOBODY || keep_rater[rater])
            to[kept++] = from[k];
    }
    return kept;
}

struct ratings *ratings_subset(const struct ratings *ratings,
                               const bool *keep_item, const bool *keep_rater)
{
    struct ratings *out = copy_frame(ratings);

    for (size_t i = 0; i < ratings->items.count; i++) {
        size_t n = out->items.count;

        if (keep_item && !keep_item[i])
            continue;
        text_list_add(&out->items, ratings->items.item[i]);
        out->start[n + 1] =
            copy_some(out->rating, out->start[n], ratings->rating,
                      ratings->start[i], ratings->start[i + 1], keep_rater);
        out->reserved_start[n + 1] =
            copy_some(out->reserved, out->reserved_start[n], ratings->reserved,
                      ratings->reserved_start[i],
                      ratings->reserved_start[i + 1], keep_rater);
    }
    return out;
}
