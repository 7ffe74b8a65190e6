/*
 * ratings - who judged which item how: a sparse matrix of items by raters.
 *
 * A judgement is a category's number, also where the values are numbers:
 * their distinct values are the categories, upwards, and value[] has them.
 * Reserved answers (a name that begins with "@", such as "@cannot_tell") are
 * no ratings and are kept apart.  One rater may judge an item several times
 * (hidden repeats): all of it is kept, in the order in which it was added;
 * ratings_single() makes the matrix without repeats.
 */
#ifndef MIEN_STAT_RATINGS_H
#define MIEN_STAT_RATINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/text.h"

/* The rater of a vote in a table of counts: somebody. */
#define RATINGS_NOBODY UINT32_MAX

struct rating {
    uint32_t rater; /* place in raters, or RATINGS_NOBODY */
    uint32_t
        code; /* place in categories; of reserved ones, in reserved_names */
};

/* Read only, once built; ratings_free() frees. */
struct ratings {
    struct text_list items;      /* in the order of their first appearance */
    struct text_list raters;     /* the same; empty when all are nobody */
    struct text_list categories; /* by number, as declared, or in byte order */
    double *value;               /* of each category; NULL: not all numbers */
    bool ordered; /* the categories' order means something: numbers, declared */
    bool anonymous;        /* nobody has a name: raters differ item by item */
    size_t *start;         /* items + 1; rating[start[i]] .. of item i */
    struct rating *rating; /* item by item, as added within an item */
    struct text_list reserved_names; /* "@cannot_tell", ... in byte order */
    size_t *reserved_start;          /* items + 1 */
    struct rating *reserved;         /* as rating[] */
};

struct ratings_builder;

/*
 * `declared` NULL: categories are what occurs.  Else they are these, in this
 * order, whether they occur or not.
 */
struct ratings_builder *ratings_builder_new(const struct text_list *declared);
void ratings_builder_free(struct ratings_builder *builder);
/* The item's (the rater's) number; a new one gets the next. */
uint32_t ratings_builder_item(struct ratings_builder *builder,
                              const char *name);
uint32_t ratings_builder_rater(struct ratings_builder *builder,
                               const char *name);
/*
 * Adds a judgement; "" is none at all (item and rater are known all the
 * same).  False when the value is not among the declared categories.
 */
bool ratings_builder_add(struct ratings_builder *builder, uint32_t item,
                         uint32_t rater, const char *value);
/* Adds `times` the same by nobody: a cell of a table of counts. */
bool ratings_builder_add_votes(struct ratings_builder *builder, uint32_t item,
                               const char *value, size_t times);
/* Frees the builder; the matrix is the caller's. */
struct ratings *ratings_builder_finish(struct ratings_builder *builder);

void ratings_free(struct ratings *ratings);

/* Ratings in all (without reserved answers); of one item. */
size_t ratings_count(const struct ratings *ratings);
size_t ratings_of(const struct ratings *ratings, size_t item);

enum ratings_repeat { RATINGS_FIRST, RATINGS_LAST };

/*
 * A copy with one rating of each rater and item, and in *dropped (may be
 * NULL) how many were left out.  Nobody's ratings stay as they are.
 */
struct ratings *ratings_single(const struct ratings *ratings,
                               enum ratings_repeat which, size_t *dropped);

/*
 * A copy with some of the items and raters (NULL: all).  Names of raters and
 * categories keep their numbers; items are numbered anew, in order.
 */
struct ratings *ratings_subset(const struct ratings *ratings,
                               const bool *keep_item, const bool *keep_rater);

#endif
