/*
 * view_spectrogram - the spectrogram of the window.
 *
 * Where the terminal has 256 colours, a cell shows two heights in colours
 * from dark blue to yellow that grow lighter all the way, so that people with
 * any colour vision (and a print in grey) have them in the same order.  Where
 * it has not, a cell shows one height in shades.
 */
#include <config.h>

#include "annotate/view/view_internal.h"

enum {
    RANGE = 120, /* half dB below the loudest: what is softer is blank */
    SHADES = 5,
};

/* The mean level of the bands from `low` to `high` - 1. */
static int level_of(const uint8_t *band, int low, int high)
{
    int sum = 0;

    if (high <= low)
        high = low + 1;
    for (int i = low; i < high; i++)
        sum += band[i];
    return sum / (high - low);
}

/* 0 to steps - 1; `row` of `rows` counts from the top. */
static int heat_of(const struct spectrum *spectrum, int column, int row,
                   int rows, int steps)
{
    int low = (rows - 1 - row) * SPECTRUM_BANDS / rows;
    int high = (rows - row) * SPECTRUM_BANDS / rows;
    int level = level_of(spectrum->level[column], low, high);
    int above = level - (spectrum->loudest - RANGE);

    if (level == 0 || above <= 0)
        return 0;
    if (above >= RANGE)
        return steps - 1;
    return above * steps / RANGE;
}

static void draw_heats(const struct canvas *canvas, int column,
                       const struct band *band)
{
    const struct spectrum *spectrum = &canvas->model->spectrum;
    int rows = 2 * band->rows;

    for (int row = 0; row < rows; row += 2) {
        int upper = heat_of(spectrum, column, row, rows, SCREEN_HEATS);
        int lower = heat_of(spectrum, column, row + 1, rows, SCREEN_HEATS);

        screen_put_code(canvas->screen, TIMELINE_MARGIN + column,
                        band->y + row / 2, screen_heat_role(upper, lower),
                        glyph_code(GLYPH_UPPER, false));
    }
}

static void draw_shades(const struct canvas *canvas, int column,
                        const struct band *band)
{
    static const enum glyph shade[SHADES] = {
        GLYPH_BLANK, GLYPH_SHADE_1, GLYPH_SHADE_2, GLYPH_SHADE_3, GLYPH_FULL,
    };

    for (int row = 0; row < band->rows; row++) {
        int heat =
            heat_of(&canvas->model->spectrum, column, row, band->rows, SHADES);

        draw_glyph(canvas, TIMELINE_MARGIN + column, band->y + row, ROLE_PLAIN,
                   shade[heat]);
    }
}

void view_spectrogram(const struct canvas *canvas, const struct band *band)
{
    const struct model *model = canvas->model;
    const struct spectrum *spectrum = &model->spectrum;

    if (model->playback.medium != MEDIUM_READY ||
        spectrum->count != model->timeline.width)
        return;
    mark_pane(canvas, TIMELINE_MARGIN, band->y, spectrum->count, band->rows,
              PANE_WAVE);
    for (int column = 0; column < spectrum->count; column++) {
        if (canvas->screen->heat)
            draw_heats(canvas, column, band);
        else
            draw_shades(canvas, column, band);
    }
    view_playhead(canvas, band);
}
