/*
 * stretch_match - see stretch_match.h.
 *
 * The assignment is found by shortest augmenting paths with potentials
 * (Jonker, R. & Volgenant, A. (1987). Computing 38, 325-340), O(n^3) in a
 * group; groups of real tiers are small.
 */
#include <config.h>

#include "common/stat/stretch_match.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "common/base/mem.h"

double stretch_overlap(const struct stretch *a, const struct stretch *b)
{
    double both = fmin(a->end, b->end) - fmax(a->start, b->start);
    double either = fmax(a->end, b->end) - fmin(a->start, b->start);

    return both > 0 ? both / either : 0;
}

double stretch_likeness(const struct stretch *a, const struct stretch *b,
                        const struct stretch_rule *rule)
{
    const double slack = 1e-9; /* seconds read from text */
    double start = fabs(a->start - b->start), end = fabs(a->end - b->end);

    if (rule->overlap > 0) {
        double overlap = stretch_overlap(a, b);

        return overlap >= rule->overlap - slack ? overlap : -1;
    }
    if (start > rule->tolerance + slack || end > rule->tolerance + slack)
        return -1;
    return rule->tolerance > 0 ? 1 - (start + end) / (2 * rule->tolerance) : 1;
}

/* A group: some of a, some of b, and what a pair costs. */
struct group {
    const struct stretch *a, *b;
    size_t first_a, first_b, count_a, count_b;
    const struct stretch_rule *rule;
};

/*
 * No pair costs 0, a pair at least -2 and at most -1 times `big`, so that one
 * pair more is worth any likeness.
 */
static double cost(const struct group *group, size_t i, size_t j)
{
    double like;

    if (i >= group->count_a || j >= group->count_b)
        return 0;
    like = stretch_likeness(&group->a[group->first_a + i],
                            &group->b[group->first_b + j], group->rule);
    return like < 0 ? 0 : -1 - like / (2.0 * (double)(group->count_a + 1));
}

/* Rows and columns from 1; column 0 holds the row that is being placed. */
struct assignment {
    size_t n;
    double *row, *column, *least; /* owned by row */
    size_t *at, *way;             /* owned by at; at[column] is its row */
    bool *used;                   /* owned */
};

/* The next column on the shortest path from the one in hand. */
static size_t relax(const struct group *group, struct assignment *as,
                    size_t column)
{
    size_t row = as->at[column], next = 0;
    double delta = HUGE_VAL;

    as->used[column] = true;
    for (size_t j = 1; j <= as->n; j++) {
        double through;

        if (as->used[j])
            continue;
        through = cost(group, row - 1, j - 1) - as->row[row] - as->column[j];
        if (through < as->least[j]) {
            as->least[j] = through;
            as->way[j] = column;
        }
        if (as->least[j] < delta) {
            delta = as->least[j];
            next = j;
        }
    }
    for (size_t j = 0; j <= as->n; j++) {
        if (as->used[j]) {
            as->row[as->at[j]] += delta;
            as->column[j] -= delta;
        } else {
            as->least[j] -= delta;
        }
    }
    return next;
}

static void place(const struct group *group, struct assignment *as, size_t row)
{
    size_t column = 0;

    as->at[0] = row;
    for (size_t j = 0; j <= as->n; j++) {
        as->least[j] = HUGE_VAL;
        as->used[j] = false;
    }
    do
        column = relax(group, as, column);
    while (as->at[column] != 0);
    while (column != 0) {
        size_t before = as->way[column];

        as->at[column] = as->at[before];
        column = before;
    }
}

static size_t match_group(const struct group *group, size_t *partner)
{
    size_t n =
        group->count_a > group->count_b ? group->count_a : group->count_b;
    struct assignment as = { .n = n };
    size_t pairs = 0;

    as.row = xcalloc(3 * (n + 1), sizeof(double));
    as.column = as.row + n + 1;
    as.least = as.column + n + 1;
    as.at = xcalloc(2 * (n + 1), sizeof(size_t));
    as.way = as.at + n + 1;
    as.used = xcalloc(n + 1, sizeof(bool));
    for (size_t row = 1; row <= n; row++)
        place(group, &as, row);
    for (size_t j = 1; j <= n; j++) {
        if (cost(group, as.at[j] - 1, j - 1) >= 0)
            continue;
        partner[group->first_a + as.at[j] - 1] = group->first_b + j - 1;
        pairs++;
    }
    free(as.row);
    free(as.at);
    free(as.used);
    return pairs;
}

/*
 * The next group: from its first stretch on, all that begin before everything
 * so far has ended (with the tolerance).
 */
static void next_group(struct group *group, size_t all_a, size_t all_b)
{
    size_t i = group->first_a, j = group->first_b;
    double margin = group->rule->overlap > 0 ? 0 : group->rule->tolerance;
    double reach = -HUGE_VAL;

    while (i < all_a || j < all_b) {
        bool take_a =
            j >= all_b || (i < all_a && group->a[i].start <= group->b[j].start);
        const struct stretch *next = take_a ? &group->a[i] : &group->b[j];

        if (next->start > reach && (i > group->first_a || j > group->first_b))
            break;
        reach = fmax(reach, next->end + margin + 1e-9);
        *(take_a ? &i : &j) += 1;
    }
    group->count_a = i - group->first_a;
    group->count_b = j - group->first_b;
}

size_t stretch_match(const struct stretch *a, size_t count_a,
                     const struct stretch *b, size_t count_b,
                     const struct stretch_rule *rule, size_t *partner)
{
    struct group group = { .a = a, .b = b, .rule = rule };
    size_t pairs = 0;

    for (size_t i = 0; i < count_a; i++)
        partner[i] = SIZE_MAX;
    while (group.first_a < count_a && group.first_b < count_b) {
        next_group(&group, count_a, count_b);
        if (group.count_a > 0 && group.count_b > 0)
            pairs += match_group(&group, partner);
        group.first_a += group.count_a;
        group.first_b += group.count_b;
    }
    return pairs;
}
