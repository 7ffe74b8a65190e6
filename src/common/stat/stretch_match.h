/*
 * stretch_match - which stretch of one rater is which of another's?
 *
 * Each has at most one partner.  The matching has the most pairs that there
 * can be, and of these matchings the one whose pairs are the most alike
 * (Kuhn's assignment, in groups of stretches that touch).
 */
#ifndef MIEN_STAT_STRETCH_MATCH_H
#define MIEN_STAT_STRETCH_MATCH_H

#include <stddef.h>

#include "common/stat/stretch.h"

struct stretch_rule {
    double overlap;   /* above 0: intersection over union at least this */
    double tolerance; /* else: starts and ends at most so far apart; s */
};

/* Intersection over union; 0 for points. */
double stretch_overlap(const struct stretch *a, const struct stretch *b);

/* How alike two stretches are, 0 .. 1; below 0: they may not be a pair. */
double stretch_likeness(const struct stretch *a, const struct stretch *b,
                        const struct stretch_rule *rule);

/*
 * partner[i] of a[i]: its place in b, or SIZE_MAX.  How many pairs.  Both are
 * sorted by start.
 */
size_t stretch_match(const struct stretch *a, size_t count_a,
                     const struct stretch *b, size_t count_b,
                     const struct stretch_rule *rule, size_t *partner);

/*
 * The same of more than two raters: group[k] of each stretch, rows one after
 * another, the groups numbered by their first beginning; how many there are.
 * A group has at most one stretch of a rater, and any two of it may be a pair.
 * The most alike come together first (complete linkage); `labels_apart`:
 * only of the same label.
 */
size_t stretch_groups(const struct stretch_row *row, size_t raters,
                      const struct stretch_rule *rule, bool labels_apart,
                      size_t *group);

#endif
