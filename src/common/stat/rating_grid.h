/*
 * rating_grid - a matrix of ratings with a cell for each item and rater.
 *
 * For what compares raters pair by pair or wants every cell filled.  Only for
 * raters with names and without repeats (ratings_single()).
 */
#ifndef MIEN_STAT_RATING_GRID_H
#define MIEN_STAT_RATING_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/stat/ratings.h"

enum { RATING_GRID_CELLS_MAX = 100000000 };

#define RATING_GRID_EMPTY (-1)

struct rating_grid {
    size_t items, raters;
    int32_t *code; /* owned; [rater * items + item], or RATING_GRID_EMPTY */
    size_t *rater; /* owned; of each row: the place in ratings->raters */
};

/*
 * Raters without a rating get no row.  False, with the reason, when raters
 * have no names or there would be too many cells.
 */
bool rating_grid_init(struct rating_grid *grid, const struct ratings *ratings,
                      const char **reason);
void rating_grid_release(struct rating_grid *grid);

/*
 * The items that all raters judged, as numbers: x[item * raters + rater].
 * The caller frees; *items of them.
 */
double *rating_grid_complete(const struct rating_grid *grid,
                             const struct ratings *ratings, size_t *items);
/* Adds to table[k * k] each item that both raters judged. */
void rating_grid_cross(const struct rating_grid *grid, size_t a, size_t b,
                       size_t k, double *table);
/*
 * The numbers of the items that both judged; x and y have room for all items.
 * How many.
 */
size_t rating_grid_pair(const struct rating_grid *grid,
                        const struct ratings *ratings, size_t a, size_t b,
                        double *x, double *y);

#endif
