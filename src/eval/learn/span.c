/*
 * span - fewer numbers an item, without loss.
 *
 * With G = X X' the items' inner products and L L' = G (Cholesky), the rows
 * of L are the items' coordinates.  An item that depends on those before it
 * has a pivot of 0 and brings no new coordinate; with S the items that do,
 * w = X_S' inv(L_SS') v.
 */
#include <config.h>

#include "eval/learn/span.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

/* In four sums, always in the same order, so that the compiler may pair. */
static double dot(const double *a, const double *b, size_t count)
{
    double sum[4] = { 0 };
    size_t i = 0;

    for (; i + 4 <= count; i += 4) {
        sum[0] += a[i] * b[i];
        sum[1] += a[i + 1] * b[i + 1];
        sum[2] += a[i + 2] * b[i + 2];
        sum[3] += a[i + 3] * b[i + 3];
    }
    for (; i < count; i++)
        sum[0] += a[i] * b[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Rows in blocks that stay in the cache; the lower half only. */
static void inner_products(const struct matrix *x, struct matrix *gram)
{
    enum { BLOCK = 16 };

    for (size_t from = 0; from < x->rows; from += BLOCK) {
        size_t to = from + BLOCK < x->rows ? from + BLOCK : x->rows;

        for (size_t i = from; i < x->rows; i++)
            for (size_t k = from; k < to && k <= i; k++)
                matrix_row(gram, i)[k] =
                    1 + dot(matrix_row(x, i), matrix_row(x, k), x->columns);
    }
}

void span_init(struct span *span, const struct matrix *x)
{
    struct matrix gram = { 0 };

    memset(span, 0, sizeof(*span));
    span->pick = xcalloc(x->rows + 1, sizeof(*span->pick));
    matrix_init(&gram, x->rows, x->rows);
    matrix_init(&span->position, x->rows, x->rows);
    inner_products(x, &gram);
    for (size_t i = 0; i < x->rows; i++) {
        double *row = matrix_row(&span->position, i);
        double pivot;

        for (size_t s = 0; s < span->width; s++) {
            const double *basis = matrix_row(&span->position, span->pick[s]);

            row[s] =
                (matrix_row(&gram, i)[span->pick[s]] - dot(row, basis, s)) /
                basis[s];
        }
        pivot = matrix_row(&gram, i)[i] - dot(row, row, span->width);
        if (pivot > 1e-10 * matrix_row(&gram, i)[i]) {
            row[span->width] = sqrt(pivot);
            span->pick[span->width++] = i;
        }
    }
    matrix_release(&gram);
}

void span_release(struct span *span)
{
    free(span->pick);
    matrix_release(&span->position);
    memset(span, 0, sizeof(*span));
}

void span_weights(const struct span *span, const struct matrix *x,
                  const double *on_position, double *weight)
{
    double *share = xcalloc(span->width + 1, sizeof(*share));

    memset(weight, 0, (x->columns + 1) * sizeof(*weight));
    for (size_t s = span->width; s-- > 0;) { /* backwards through L_SS' */
        double sum = on_position[s];

        for (size_t t = s + 1; t < span->width; t++)
            sum -= matrix_row(&span->position, span->pick[t])[s] * share[t];
        share[s] = sum / matrix_row(&span->position, span->pick[s])[s];
    }
    for (size_t s = 0; s < span->width; s++) {
        const double *row = matrix_row(x, span->pick[s]);

        for (size_t k = 0; k < x->columns; k++)
            weight[k] += share[s] * row[k];
        weight[x->columns] += share[s];
    }
    free(share);
}
