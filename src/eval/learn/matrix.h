/*
 * matrix - plain dense numbers, row after row.
 */
#ifndef MIEN_LEARN_MATRIX_H
#define MIEN_LEARN_MATRIX_H

#include <stddef.h>

struct matrix {
    double *cell; /* owned */
    size_t rows;
    size_t columns;
};

/* All zero; a product that overflows aborts. */
void matrix_init(struct matrix *matrix, size_t rows, size_t columns);
void matrix_release(struct matrix *matrix);

static inline double *matrix_row(const struct matrix *matrix, size_t row)
{
    return matrix->cell + row * matrix->columns;
}

/* The rows that `row` lists, in its order. */
void matrix_gather(struct matrix *out, const struct matrix *from,
                   const size_t *row, size_t count);

#endif
