/*
 * matrix - plain dense numbers, row after row.
 */
#include <config.h>

#include "eval/learn/matrix.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

void matrix_init(struct matrix *matrix, size_t rows, size_t columns)
{
    assert(columns == 0 || rows <= SIZE_MAX / columns);
    matrix->rows = rows;
    matrix->columns = columns;
    matrix->cell = xcalloc(rows * columns + 1, sizeof(*matrix->cell));
}

void matrix_release(struct matrix *matrix)
{
    free(matrix->cell);
    memset(matrix, 0, sizeof(*matrix));
}

void matrix_gather(struct matrix *out, const struct matrix *from,
                   const size_t *row, size_t count)
{
    matrix_init(out, count, from->columns);
    for (size_t i = 0; i < count; i++) {
        assert(row[i] < from->rows);
        memcpy(matrix_row(out, i), matrix_row(from, row[i]),
               from->columns * sizeof(*out->cell));
    }
}
