/*
 * cascade - what comes after z-scores: each cell and each item tamed.
 *
 * Kaya, H., Karpov, A. A. & Salah, A. A. (2016). Robust acoustic emotion
 * recognition based on cascaded normalization and extreme learning machines.
 * ISNN 2016, LNCS 9719, 115-123: by speaker first, then a power of each value
 * (few outliers in hundreds of features outvote the rest otherwise), then each
 * item's length.  Nothing here is learned: a row goes by itself alone.
 */
#ifndef MIEN_LEARN_CASCADE_H
#define MIEN_LEARN_CASCADE_H

#include "eval/learn/matrix.h"

enum cascade {
    CASCADE_NONE,
    CASCADE_POWER, /* x becomes sign(x) sqrt |x| */
    /*
     * The same, then the item's cells by their root mean square: a length of
     * sqrt(columns), that of z-scores on average, so that a cost C means what
     * it means without.
     */
    CASCADE_UNIT,
};

/* "none", "power", "unit", NULL: the choices of an option. */
extern const char *const cascade_names[];

/* No cell is missing. */
void cascade_apply(enum cascade cascade, struct matrix *part);

#endif
