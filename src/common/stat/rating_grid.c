/*
 * rating_grid - filling the cells, and reading rows against each other.
 */
#include <config.h>

#include "common/stat/rating_grid.h"

#include <stdlib.h>

#include "common/base/mem.h"

/* The row of each rater, or SIZE_MAX for one without ratings. */
static size_t *rows_of(const struct ratings *ratings, size_t *rows)
{
    size_t raters = ratings->raters.count;
    size_t *row = xcalloc(raters + 1, sizeof(*row));

    for (size_t k = 0; k < ratings_count(ratings); k++)
        row[ratings->rating[k].rater] = 1;
    *rows = 0;
    for (size_t g = 0; g < raters; g++)
        row[g] = row[g] ? (*rows)++ : SIZE_MAX;
    return row;
}

bool rating_grid_init(struct rating_grid *grid, const struct ratings *ratings,
                      const char **reason)
{
    size_t items = ratings->items.count;
    size_t *row;

    *grid = (struct rating_grid){ .items = items };
    for (size_t k = 0; k < ratings_count(ratings); k++) {
        if (ratings->rating[k].rater == RATINGS_NOBODY) {
            *reason = "raters have no names";
            return false;
        }
    }
    row = rows_of(ratings, &grid->raters);
    if (items > 0 && grid->raters > RATING_GRID_CELLS_MAX / items) {
        free(row);
        *reason = "too many raters for a table of items by raters";
        return false;
    }
    grid->code = xcalloc(items * grid->raters + 1, sizeof(*grid->code));
    grid->rater = xcalloc(grid->raters + 1, sizeof(*grid->rater));
    for (size_t i = 0; i < items * grid->raters; i++)
        grid->code[i] = RATING_GRID_EMPTY;
    for (size_t g = 0; g < ratings->raters.count; g++)
        if (row[g] != SIZE_MAX)
            grid->rater[row[g]] = g;
    for (size_t i = 0; i < items; i++)
        for (size_t k = ratings->start[i]; k < ratings->start[i + 1]; k++)
            grid->code[row[ratings->rating[k].rater] * items + i] =
                (int32_t)ratings->rating[k].code;
    free(row);
    return true;
}

void rating_grid_release(struct rating_grid *grid)
{
    free(grid->code);
    free(grid->rater);
    *grid = (struct rating_grid){ 0 };
}

double *rating_grid_complete(const struct rating_grid *grid,
                             const struct ratings *ratings, size_t *items)
{
    size_t k = grid->raters, full = 0;
    double *x = xcalloc(grid->items * k + 1, sizeof(*x));

    for (size_t i = 0; i < grid->items; i++) {
        size_t j = 0;

        for (; j < k; j++) {
            int32_t code = grid->code[j * grid->items + i];

            if (code == RATING_GRID_EMPTY)
                break;
            x[full * k + j] = ratings->value[code];
        }
        full += j == k && k > 0;
    }
    *items = full;
    return x;
}

void rating_grid_cross(const struct rating_grid *grid, size_t a, size_t b,
                       size_t k, double *table)
{
    const int32_t *one = grid->code + a * grid->items;
    const int32_t *other = grid->code + b * grid->items;

    for (size_t i = 0; i < grid->items; i++)
        if (one[i] != RATING_GRID_EMPTY && other[i] != RATING_GRID_EMPTY)
            table[(size_t)one[i] * k + (size_t)other[i]]++;
}

size_t rating_grid_pair(const struct rating_grid *grid,
                        const struct ratings *ratings, size_t a, size_t b,
                        double *x, double *y)
{
    const int32_t *one = grid->code + a * grid->items;
    const int32_t *other = grid->code + b * grid->items;
    size_t n = 0;

    for (size_t i = 0; i < grid->items; i++) {
        if (one[i] == RATING_GRID_EMPTY || other[i] == RATING_GRID_EMPTY)
            continue;
        x[n] = ratings->value[one[i]];
        y[n] = ratings->value[other[i]];
        n++;
    }
    return n;
}
