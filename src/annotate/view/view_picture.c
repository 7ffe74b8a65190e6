/*
 * view_picture - the picture of a video, in the middle of its pane.
 */
#include <config.h>

#include "annotate/view/view.h"
#include "annotate/view/view_internal.h"
#include "common/base/utf8.h"

/* Where the picture lies in its pane, as large as it can be. */
static void place(const struct canvas *canvas, const struct band *band, int *x,
                  int *columns, int *rows)
{
    int width = canvas->screen->width;

    picture_fit(&canvas->model->picture, width - 2, band->rows, columns, rows);
    *x = (width - *columns) / 2;
}

static void draw_words(const struct canvas *canvas, const struct band *band,
                       const char *text)
{
    int x = (canvas->screen->width - utf8_width(text)) / 2;

    screen_put(canvas->screen, x, band->y + band->rows / 2,
               canvas->screen->width - x, ROLE_FAINT, text);
}

void view_picture(const struct canvas *canvas, const struct band *band)
{
    const struct picture *picture = &canvas->model->picture;
    const struct picture_cell *cell = picture->cell;
    int x, columns, rows;

    if (picture->state == PICTURE_FAILED)
        draw_words(canvas, band, "the pictures cannot be shown");
    if (picture->state != PICTURE_HERE)
        return;
    place(canvas, band, &x, &columns, &rows);
    if (picture->columns != columns || picture->rows != rows)
        return; /* drawn for another size; the right one is on its way */
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++, cell++)
            screen_put_picture(canvas->screen, x + column, band->y + row, cell);
    }
}

bool view_picture_size(const struct model *model, int *columns, int *rows)
{
    struct screen screen = { .width = model->width, .height = model->height };
    struct canvas canvas = { .model = model, .screen = &screen };
    struct layout layout;
    int x;

    *columns = *rows = 0;
    if (model->page != PAGE_ITEM || model->overlay != OVERLAY_NONE ||
        model->width < MODEL_WIDTH_MIN || model->height < MODEL_HEIGHT_MIN)
        return false;
    view_layout(&canvas, &layout);
    if (layout.picture.rows > 0)
        place(&canvas, &layout.picture, &x, columns, rows);
    return *columns > 0;
}
