/*
 * cascade - see cascade.h.
 */
#include <config.h>

#include "eval/learn/cascade.h"

#include <math.h>
#include <stddef.h>

const char *const cascade_names[] = { "none", "power", "unit", NULL };

void cascade_apply(enum cascade cascade, struct matrix *part)
{
    for (size_t i = 0; cascade != CASCADE_NONE && i < part->rows; i++) {
        double *row = matrix_row(part, i), square = 0, size;

        for (size_t k = 0; k < part->columns; k++) {
            row[k] = copysign(sqrt(fabs(row[k])), row[k]);
            square += row[k] * row[k];
        }
        size = sqrt(square / (double)part->columns);
        for (size_t k = 0;
             cascade == CASCADE_UNIT && size > 0 && k < part->columns; k++)
            row[k] /= size;
    }
}
