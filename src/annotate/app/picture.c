/*
 * picture - the picture of a video as cells of a terminal.
 */
#include <config.h>

#include "annotate/app/picture.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

void picture_set(struct picture *picture, const struct picture_cell *cell,
                 int columns, int rows)
{
    size_t count = (size_t)columns * (size_t)rows;

    if (count == 0) {
        picture->columns = picture->rows = 0;
        return;
    }
    if (columns != picture->columns || rows != picture->rows)
        picture->cell =
            xreallocarray(picture->cell, count, sizeof(*picture->cell));
    memcpy(picture->cell, cell, count * sizeof(*cell));
    picture->columns = columns;
    picture->rows = rows;
}

void picture_release(struct picture *picture)
{
    free(picture->cell);
    *picture = (struct picture){ 0 };
}

static int within(double value, int most)
{
    int whole = (int)(value + 0.5);

    return whole < 1 ? 1 : whole > most ? most : whole;
}

void picture_fit(const struct picture *picture, int columns_most, int rows_most,
                 int *columns, int *rows)
{
    double wide; /* columns for each row */

    *columns = *rows = 0;
    if (picture->width < 1 || picture->height < 1 || columns_most < 1 ||
        rows_most < 1)
        return;
    wide = 2.0 * picture->width / picture->height;
    if (columns_most > PICTURE_COLUMNS_MAX)
        columns_most = PICTURE_COLUMNS_MAX;
    if (rows_most > PICTURE_ROWS_MAX)
        rows_most = PICTURE_ROWS_MAX;
    if (rows_most * wide <= columns_most) {
        *rows = rows_most;
        *columns = within(rows_most * wide, columns_most);
    } else {
        *columns = columns_most;
        *rows = within(columns_most / wide, rows_most);
    }
}
