/*
 * view_text - what was said, by whom, and the turns before it.
 *
 * Lines that find no room are scrolled; the last row then says how many are
 * below.  Right-to-left scripts keep their logical order, a cell a character:
 * terminals that turn them round do it within the row, and nothing else
 * stands in it.
 */
#include <config.h>

#include "annotate/view/view.h"
#include "annotate/view/view_internal.h"

enum { LEFT = 2, WIDEST = 96 /* cells; longer lines are hard to read */ };

/* One part after the other, scrolled. */
struct reel {
    const struct canvas *canvas;
    int y, rows; /* 0 rows: they are only counted */
    int skip;    /* lines above the first row */
    int line;    /* the next one */
};

static int text_width(const struct canvas *canvas)
{
    int width = canvas->screen->width - 2 * LEFT;

    return width < WIDEST ? width : WIDEST;
}

static void put(struct reel *reel, enum role role, const char *text)
{
    int width = text_width(reel->canvas);
    int lines = draw_wrapped(reel->canvas, 0, 0, width, 0, 0, role, text);

    for (int i = 0; i < lines; i++, reel->line++) {
        int row = reel->line - reel->skip;

        if (row >= 0 && row < reel->rows)
            draw_wrapped(reel->canvas, LEFT, reel->y + row, width, i, 1, role,
                         text);
    }
}

/* Of a pair with its letter before it. */
static void put_side(struct reel *reel, const char *name, const char *speaker,
                     const char *text)
{
    struct buf line = { 0 };

    if (name && (speaker || text))
        buf_addf(&line, "%s  ", name);
    if (speaker) {
        buf_addf(&line, "speaker %s", speaker);
        put(reel, ROLE_FAINT, buf_text(&line));
        buf_clear(&line);
    }
    if (text) {
        buf_add_text(&line, text);
        put(reel, ROLE_PLAIN, buf_text(&line));
    }
    buf_release(&line);
}

/* Returns the line on which the item's own words begin. */
static int put_all(struct reel *reel)
{
    const struct model *model = reel->canvas->model;
    const struct model_entry *entry = &model->entry[model->position];
    int own;

    if (entry->context)
        put(reel, ROLE_FAINT, entry->context);
    own = reel->line;
    put_side(reel, entry->pair ? view_side_names[0] : NULL, entry->speaker,
             entry->text);
    if (entry->pair)
        put_side(reel, view_side_names[1], entry->second_speaker,
                 entry->second_text);
    return own;
}

int view_text_height(const struct canvas *canvas)
{
    struct reel reel = { .canvas = canvas };

    put_all(&reel);
    return reel.line;
}

/*
 * Where it begins: with the item's own words at the top or, when they are
 * short, with the last of them at the bottom; from there on as it was scrolled.
 */
static void set_reel(const struct canvas *canvas, const struct band *band,
                     struct reel *reel, int *lines)
{
    struct reel all = { .canvas = canvas };
    int own = put_all(&all);

    *lines = all.line;
    *reel = (struct reel){ .canvas = canvas, .y = band->y, .rows = band->rows };
    if (*lines <= band->rows)
        return;
    reel->rows--; /* for how many there are */
    reel->skip = own < *lines - reel->rows ? own : *lines - reel->rows;
    reel->skip += canvas->model->text_scroll;
    if (reel->skip > *lines - reel->rows)
        reel->skip = *lines - reel->rows;
    if (reel->skip < 0)
        reel->skip = 0;
}

void view_text(const struct canvas *canvas, const struct band *band)
{
    struct reel reel;
    int lines;

    if (band->rows == 0)
        return;
    set_reel(canvas, band, &reel, &lines);
    put_all(&reel);
    mark_pane(canvas, 0, band->y, canvas->screen->width, band->rows, PANE_TEXT);
    if (lines > band->rows)
        screen_putf(canvas->screen, LEFT, band->y + reel.rows, 60, ROLE_FAINT,
                    "%d lines above, %d below", reel.skip,
                    lines - reel.rows - reel.skip);
}

void view_text_hidden(const struct canvas *canvas, const struct band *band,
                      int *above, int *below)
{
    struct reel reel;
    int lines;

    *above = 0;
    *below = 0;
    if (band->rows == 0)
        return;
    set_reel(canvas, band, &reel, &lines);
    *above = reel.skip;
    if (lines > band->rows)
        *below = lines - reel.rows - reel.skip;
}
