/*
 * view_ruler - the times of the shared axis, and the selection on it.
 */
#include <config.h>

#include "annotate/view/view_internal.h"
#include "common/base/number.h"
#include "common/base/utf8.h"

/* Distances between ticks that people count in. */
static const int64_t steps_us[] = {
    10,        20,        50,         100,        200,        500,
    1000,      2000,      5000,       10000,      20000,      50000,
    100000,    200000,    500000,     1000000,    2000000,    5000000,
    10000000,  15000000,  30000000,   60000000,   120000000,  300000000,
    600000000, 900000000, 1800000000, 3600000000, 7200000000, 14400000000,
};

enum { STEP_COUNT = sizeof(steps_us) / sizeof(steps_us[0]), GAP = 3 };

/* Decimals that tell one tick from the next. */
static int decimals_of(int64_t step_us)
{
    int decimals = 6;

    while (decimals > 0 && step_us % 10 == 0) {
        step_us /= 10;
        decimals--;
    }
    return decimals;
}

/* The shortest step whose labels do not touch each other. */
static int64_t step_of(const struct timeline *timeline)
{
    int64_t window = timeline->right_us - timeline->left_us;
    char text[NUMBER_TEXT_SIZE];

    for (int i = 0; i < STEP_COUNT; i++) {
        int cells = (int)utf8_width(number_format_clock_to(
                        timeline->right_us - timeline->from_us,
                        decimals_of(steps_us[i]), text)) +
                    GAP;

        if (steps_us[i] * timeline->width / window >= cells)
            return steps_us[i];
    }
    return steps_us[STEP_COUNT - 1];
}

/* Times count from the beginning of the item, as on the transport line. */
static void draw_ticks(const struct canvas *canvas, int y)
{
    const struct timeline *timeline = &canvas->model->timeline;
    int64_t step = step_of(timeline);
    int64_t at = (timeline->left_us - timeline->from_us + step - 1) / step;
    int end = TIMELINE_MARGIN + timeline->width;

    for (int64_t us = at * step; us + timeline->from_us <= timeline->right_us;
         us += step) {
        int x =
            TIMELINE_MARGIN + timeline_column(timeline, us + timeline->from_us);
        char text[NUMBER_TEXT_SIZE];

        if (x >= end)
            break;
        draw_glyph(canvas, x, y, ROLE_FAINT, GLYPH_TICK);
        number_format_clock_to(us, decimals_of(step), text);
        if (x + 1 + utf8_width(text) <= end)
            screen_put(canvas->screen, x + 1, y, end - x - 1, ROLE_FAINT, text);
    }
}

void view_selection(const struct canvas *canvas, int y,
                    const struct timeline *axis)
{
    const struct timeline *timeline = &canvas->model->timeline;
    int64_t from_us, to_us;
    int from, to;

    if (!timeline_selection(timeline, &from_us, &to_us)) {
        if (timeline->select_from_us == TIMELINE_UNSET)
            return;
        from_us = to_us = timeline->select_from_us;
    }
    from = timeline_column(axis, from_us);
    to = timeline_column(axis, to_us);
    for (int column = from < 0 ? 0 : from; column <= to && column < axis->width;
         column++)
        draw_glyph(canvas, TIMELINE_MARGIN + column, y, ROLE_SELECTION,
                   column == from ? GLYPH_SELECT_FROM
                   : column == to ? GLYPH_SELECT_TO
                                  : GLYPH_SELECTED);
}

void view_ruler(const struct canvas *canvas, const struct band *band)
{
    const struct timeline *timeline = &canvas->model->timeline;

    if (timeline->right_us <= timeline->left_us)
        return;
    draw_ticks(canvas, band->y);
    view_selection(canvas, band->y, timeline);
}
