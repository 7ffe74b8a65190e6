/*
 * span - fewer numbers an item, without loss: coordinates within the span of
 * the items.
 *
 * A linear model with an L2 penalty has its weights in the span of its
 * training items.  Where items have more features than there are items, the
 * model can be found among coordinates on an orthonormal basis of that span:
 * inner products and norms, all that the penalty and the losses see, are the
 * same there.
 */
#ifndef MIEN_LEARN_SPAN_H
#define MIEN_LEARN_SPAN_H

#include <stddef.h>

#include "eval/learn/matrix.h"

struct span {
    size_t width;           /* coordinates an item */
    size_t *pick;           /* owned: the items that make the basis */
    struct matrix position; /* one row an item, `width` coordinates */
};

/* Each row of `x` is taken with one more cell that is 1, for the bias. */
void span_init(struct span *span, const struct matrix *x);
void span_release(struct span *span);

/*
 * The weights, x->columns of them and then the bias, of a model whose
 * weights on the coordinates are `on_position`.
 */
void span_weights(const struct span *span, const struct matrix *x,
                  const double *on_position, double *weight);

#endif
