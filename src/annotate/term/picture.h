/*
 * picture - from pixels to the cells of a terminal; the only door to chafa.
 */
#ifndef MIEN_TERM_PICTURE_H
#define MIEN_TERM_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "annotate/app/picture.h"

enum { PAINTER_CELL = 8 }; /* pixels of a cell's side: what chafa looks at */

struct painter;

/* `ascii`: of no other characters. */
struct painter *painter_new(enum picture_depth depth, bool ascii);
void painter_free(struct painter *painter); /* takes NULL */

/*
 * Fills columns * rows cells from pixels of three bytes, rows without gaps.
 * Best where the picture has PAINTER_CELL pixels a cell in both directions.
 */
void painter_paint(struct painter *painter, const uint8_t *rgb, int width,
                   int height, struct picture_cell *cell, int columns,
                   int rows);

#endif
