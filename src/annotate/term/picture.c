/*
 * picture - from pixels to the cells of a terminal; the only door to chafa.
 */
#include <config.h>

#include "annotate/term/picture.h"

#include <chafa.h>
#include <stdlib.h>

#include "common/base/mem.h"

/* Half of what chafa would do for a still: pictures come 30 times a second. */
static const float work = 0.25f;

struct painter {
    enum picture_depth depth;
    ChafaSymbolMap *symbols; /* owned */
    ChafaCanvas *canvas;     /* owned; NULL: none yet */
    int columns, rows;       /* of the canvas */
};

static const ChafaCanvasMode modes[] = {
    [PICTURE_MONO] = CHAFA_CANVAS_MODE_FGBG,
    [PICTURE_8] = CHAFA_CANVAS_MODE_INDEXED_8,
    [PICTURE_16] = CHAFA_CANVAS_MODE_INDEXED_16,
    [PICTURE_256] = CHAFA_CANVAS_MODE_INDEXED_256,
    [PICTURE_TRUE] = CHAFA_CANVAS_MODE_TRUECOLOR,
};

/* Characters that every font has. */
static ChafaSymbolTags symbols_of(enum picture_depth depth, bool ascii)
{
    if (ascii)
        return CHAFA_SYMBOL_TAG_ASCII;
    if (depth == PICTURE_MONO)
        return CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_SOLID |
               CHAFA_SYMBOL_TAG_STIPPLE | CHAFA_SYMBOL_TAG_HALF |
               CHAFA_SYMBOL_TAG_QUAD | CHAFA_SYMBOL_TAG_ASCII;
    return CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_SOLID |
           CHAFA_SYMBOL_TAG_HALF | CHAFA_SYMBOL_TAG_QUAD;
}

struct painter *painter_new(enum picture_depth depth, bool ascii)
{
    struct painter *painter = xcalloc(1, sizeof(*painter));

    painter->depth = depth;
    painter->symbols = chafa_symbol_map_new();
    chafa_symbol_map_add_by_tags(painter->symbols, symbols_of(depth, ascii));
    return painter;
}

static void drop_canvas(struct painter *painter)
{
    if (painter->canvas)
        chafa_canvas_unref(painter->canvas);
    painter->canvas = NULL;
}

void painter_free(struct painter *painter)
{
    if (!painter)
        return;
    drop_canvas(painter);
    chafa_symbol_map_unref(painter->symbols);
    free(painter);
}

static void prepare(struct painter *painter, int columns, int rows)
{
    ChafaCanvasConfig *config;

    if (painter->canvas && painter->columns == columns && painter->rows == rows)
        return;
    drop_canvas(painter);
    config = chafa_canvas_config_new();
    chafa_canvas_config_set_geometry(config, columns, rows);
    chafa_canvas_config_set_canvas_mode(config, modes[painter->depth]);
    chafa_canvas_config_set_pixel_mode(config, CHAFA_PIXEL_MODE_SYMBOLS);
    chafa_canvas_config_set_symbol_map(config, painter->symbols);
    chafa_canvas_config_set_work_factor(config, work);
    painter->canvas = chafa_canvas_new(config);
    chafa_canvas_config_unref(config);
    painter->columns = columns;
    painter->rows = rows;
}

static int32_t colour_of(const struct painter *painter, gint raw)
{
    static const int32_t most[] = {
        [PICTURE_8] = 7,
        [PICTURE_16] = 15,
        [PICTURE_256] = 255,
        [PICTURE_TRUE] = 0xFFFFFF,
    };

    if (painter->depth == PICTURE_MONO || raw < 0)
        return PICTURE_PLAIN;
    raw &= 0xFFFFFF;
    return raw > most[painter->depth] ? PICTURE_PLAIN : raw;
}

void painter_paint(struct painter *painter, const uint8_t *rgb, int width,
                   int height, struct picture_cell *cell, int columns, int rows)
{
    prepare(painter, columns, rows);
    chafa_canvas_draw_all_pixels(painter->canvas, CHAFA_PIXEL_RGB8, rgb, width,
                                 height, width * 3);
    for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++, cell++) {
            gint ink, paper;

            chafa_canvas_get_raw_colors_at(painter->canvas, x, y, &ink, &paper);
            cell->code = chafa_canvas_get_char_at(painter->canvas, x, y);
            if (cell->code < ' ')
                cell->code = ' ';
            cell->ink = colour_of(painter, ink);
            cell->paper = colour_of(painter, paper);
        }
    }
}
