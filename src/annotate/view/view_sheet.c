/*
 * view_sheet - a page of text that may be longer than the screen.
 */
#include <config.h>

#include "annotate/view/view_internal.h"

struct sheet sheet_open(const struct canvas *canvas, int lines)
{
    struct sheet sheet = {
        .canvas = canvas,
        .top = 2,
        .rows = canvas->screen->height - 2 - 2,
        .scroll = canvas->model->scroll,
    };

    if (sheet.scroll > lines - sheet.rows)
        sheet.scroll = lines - sheet.rows;
    if (sheet.scroll < 0)
        sheet.scroll = 0;
    return sheet;
}

/* The row of the next line; false when it is scrolled out of sight. */
bool sheet_row(struct sheet *sheet, int *y)
{
    int at = sheet->line++ - sheet->scroll;

    *y = sheet->top + at;
    return at >= 0 && at < sheet->rows;
}

void sheet_line(struct sheet *sheet, enum role role, const char *text)
{
    int y;

    if (sheet_row(sheet, &y))
        screen_put_cut(sheet->canvas->screen, SHEET_LEFT, y,
                       sheet->canvas->screen->width - SHEET_LEFT - 1, role,
                       text);
}

void sheet_blank(struct sheet *sheet)
{
    sheet_line(sheet, ROLE_PLAIN, "");
}

static int text_width(const struct canvas *canvas)
{
    int width = canvas->screen->width - 2 * SHEET_LEFT;

    return width > 76 ? 76 : width; /* longer lines are hard to read */
}

void sheet_text(struct sheet *sheet, enum role role, const char *text)
{
    int width = text_width(sheet->canvas);
    int lines = draw_wrapped(sheet->canvas, 0, 0, width, 0, 0, role, text);

    for (int i = 0; i < lines; i++) {
        int y;

        if (sheet_row(sheet, &y))
            draw_wrapped(sheet->canvas, SHEET_LEFT, y, width, i, 1, role, text);
    }
}
