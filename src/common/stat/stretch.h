/*
 * stretch - labelled stretches of time by several raters: who says what when.
 *
 * A row is what one rater marked on one item's tier, sorted by start.  Where
 * stretches of a row overlap, the one that starts later holds.
 */
#ifndef MIEN_STAT_STRETCH_H
#define MIEN_STAT_STRETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/stat/estimate.h"

struct stretch {
    double start, end; /* s; a point has both the same */
    uint32_t label;
};

struct stretch_row {
    const struct stretch *item; /* borrowed */
    size_t n;
    bool judged; /* false: this rater did not see the item */
};

enum { STRETCH_GAP = 0, STRETCH_ABSENT = -1 };

/*
 * Calls `visit` with what each rater says (STRETCH_ABSENT, STRETCH_GAP, or
 * label + 1) and for how long: `step` 0: between any two neighbouring borders
 * from 0 to `length`, in seconds; else at the middle of each step, as 1.
 */
void stretch_moments(const struct stretch_row *row, size_t raters,
                     double length, double step,
                     void (*visit)(void *context, double weight,
                                   const int *says),
                     void *context);

/*
 * Agreement moment by moment, from additive sums: of items, of which one's can
 * be taken out again.  A gap is a value as any other.
 */
struct stretch_sums {
    size_t raters, labels; /* labels without the gap */
    double *pair;          /* owned; [(a * raters + b) * k * k], a < b */
    double *value;         /* owned; k: weight of each value where two are */
    double differ;         /* pairs that differ, by raters less one */
    double moments;        /* number or seconds with two raters or more */
};

void stretch_sums_init(struct stretch_sums *sums, size_t raters, size_t labels);
void stretch_sums_release(struct stretch_sums *sums);
void stretch_sums_clear(struct stretch_sums *sums);
/* Adds an item `times` times. */
void stretch_sums_add(struct stretch_sums *sums, const struct stretch_row *row,
                      double length, double step, int times);

struct stretch_agreement {
    struct estimate percent; /* mean over pairs of raters */
    struct estimate kappa;   /* Cohen's; of more than two the mean (Light) */
    /*
     * Krippendorff's, nominal.  Of seconds its limit for ever finer units:
     * 1 - D_o / D_e with D_e = 1 - sum of squared shares.
     */
    struct estimate alpha;
};
struct stretch_agreement stretch_read(const struct stretch_sums *sums,
                                      bool seconds);

/*
 * Krippendorff's alpha for unitising, alpha_U.  Krippendorff, K. (1995). On
 * the reliability of unitizing continuous data. Sociological Methodology 25,
 * 47-76; as in Krippendorff, K. (2004). Content Analysis, 2nd edition, pages
 * 251-256.  Borders count in whole units: starts, ends and `length` are.
 * Every rater judged; stretches of one label may not overlap in a row.
 */
struct stretch_unitised {
    struct estimate value;
    double observed, expected; /* D_o, D_e */
};
/* Of one label, or (UINT32_MAX) of all, their D_o and D_e summed. */
struct stretch_unitised stretch_alpha_u(const struct stretch_row *row,
                                        size_t raters, double length,
                                        uint32_t label, size_t labels);

#endif
