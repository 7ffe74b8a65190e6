/*
 * view_scale - a row of points with their anchors; long scales as a line.
 */
#include <config.h>

#include <string.h>

#include "annotate/view/view_internal.h"
#include "common/base/number.h"
#include "common/base/utf8.h"

enum { INDENT = 3, POINTS_MAX = 21 };

/* How a row of points is drawn. */
struct row {
    int count;
    int cell;  /* cells of one point: "[9]" and room for the figures */
    int x;     /* of the first point */
    int above; /* rows of the figures */
    bool line; /* too many points: a line with a mark */
    bool low_beside, high_beside;
};

static int widest_number(const struct scale *scale, int count)
{
    char text[NUMBER_TEXT_SIZE];
    int widest = 1;

    for (int i = 0; i < count; i++) {
        int width =
            (int)strlen(number_format(scale_value(scale, (size_t)i), text));

        if (width > widest)
            widest = width;
    }
    return widest;
}

static struct row measure(const struct canvas *canvas,
                          const struct scale *scale)
{
    struct row row = { .count = (int)scale_count(scale), .x = INDENT };
    int low = utf8_width(model_text(canvas->model, &scale->low));
    int high = utf8_width(model_text(canvas->model, &scale->high));
    int room = canvas->screen->width - INDENT - 1;

    row.above = view_figure_height(scale);
    row.line = row.count > POINTS_MAX;
    row.cell = row.line ? 0 : widest_number(scale, row.count) + 3;
    if (row.above > 0)
        row.cell = 7;
    if (row.cell * row.count > room) {
        row.line = true;
        row.above = 0;
    }
    if (!row.line && row.above == 0 &&
        row.cell * row.count + low + high + 4 <= room) {
        row.low_beside = low > 0;
        row.high_beside = high > 0;
        row.x += low > 0 ? low + 1 : 0;
    }
    return row;
}

static void draw_point(const struct canvas *canvas, const struct scale *scale,
                       const struct row *row, int index, int y, bool chosen,
                       bool cursor)
{
    struct screen *screen = canvas->screen;
    char number[NUMBER_TEXT_SIZE];
    int width;
    int x;
    enum role role = ROLE_KEY;

    number_format(scale_value(scale, (size_t)index), number);
    width = (int)strlen(number);
    x = row->x + index * row->cell + (row->cell - width) / 2;
    if (chosen)
        role = cursor ? ROLE_BOTH : ROLE_CHOSEN;
    else if (cursor)
        role = ROLE_CURSOR;
    screen_put(screen, x, y, width, role, number);
    if (chosen) {
        screen_put(screen, x - 1, y, 1, role, "[");
        screen_put(screen, x + width, y, 1, role, "]");
    }
    if (cursor) /* every cell has a blank to spare */
        draw_glyph(canvas, chosen ? x - 2 : x - 1, y, role, GLYPH_CURSOR);
}

static void draw_anchors(const struct canvas *canvas, const struct scale *scale,
                         const struct row *row, int y)
{
    const char *low = model_text(canvas->model, &scale->low);
    const char *high = model_text(canvas->model, &scale->high);
    struct screen *screen = canvas->screen;
    int end = row->line ? screen->width - 2 : row->x + row->count * row->cell;

    if (row->low_beside || row->high_beside) {
        screen_put(screen, INDENT, y, row->x - INDENT, ROLE_PLAIN, low);
        screen_put(screen, end + 1, y, screen->width - end - 2, ROLE_PLAIN,
                   high);
    } else if (*low || *high) {
        int half = (end - INDENT) / 2 - 1;
        int width = utf8_width(high);

        if (width > half)
            width = half;
        screen_put_cut(screen, INDENT, y + 1, half, ROLE_PLAIN, low);
        screen_put_cut(screen, end - width, y + 1, width, ROLE_PLAIN, high);
    }
}

/* "[64]", under the cursor with a quote before it; "›64‹" is but the cursor. */
static void put_mark(const struct canvas *canvas, int x, int y,
                     const char *number, bool chosen, bool cursor)
{
    int end = x + 1 + (int)strlen(number);
    enum role role = ROLE_CURSOR;

    if (chosen)
        role = cursor ? ROLE_BOTH : ROLE_CHOSEN;
    screen_put(canvas->screen, x + 1, y, 20, role, number);
    if (cursor)
        draw_glyph(canvas, chosen ? x - 1 : x, y, role, GLYPH_CURSOR);
    if (chosen) {
        screen_put(canvas->screen, x, y, 1, role, "[");
        screen_put(canvas->screen, end, y, 1, role, "]");
    } else {
        draw_glyph(canvas, end, y, role, GLYPH_CURSOR_END);
    }
}

/* A line from the lowest to the highest point, with a mark on it. */
static void draw_line(const struct canvas *canvas, const struct points *points,
                      const struct row *row, int y)
{
    const struct scale *scale = points->scale;
    int cursor = points->cursor;
    struct screen *screen = canvas->screen;
    char low[NUMBER_TEXT_SIZE];
    char high[NUMBER_TEXT_SIZE];
    int at = cursor >= 0 ? cursor : points->chosen;
    int x = INDENT;
    int end = screen->width - 2;

    number_format(scale->min, low);
    number_format(scale->max, high);
    x += screen_put(screen, x, y, 20, ROLE_KEY, low) + 1;
    end -= (int)strlen(high);
    screen_put(screen, end, y, 20, ROLE_KEY, high);
    end--;
    for (int i = x; i < end; i++)
        draw_glyph(canvas, i, y, ROLE_FAINT, GLYPH_UNHEARD);
    mark_part(canvas, x, y, end - x, 1, points->question,
              points->strength ? HIT_STRENGTH : HIT_SLIDER, 0);
    if (at < 0 || row->count < 2)
        return;
    x += (end - 1 - x) * at / (row->count - 1);
    put_mark(canvas, x, y, number_format(scale_value(scale, (size_t)at), low),
             at == points->chosen, at == cursor);
}

/* With the figures above them: a click on one answers as its point does. */
static void draw_points(const struct canvas *canvas,
                        const struct points *points, const struct row *row,
                        int y)
{
    enum hit_part part = points->strength ? HIT_INTENSITY : HIT_POINT;
    int cursor = points->cursor;

    if (row->above > 0)
        view_figure(canvas, points->scale, row->x, y - row->above, row->cell,
                    cursor >= 0 ? cursor : points->chosen);
    for (int i = 0; i < row->count; i++) {
        mark_part(canvas, row->x + i * row->cell, y - row->above, row->cell,
                  row->above + 1, points->question, part, i);
        draw_point(canvas, points->scale, row, i, y, i == points->chosen,
                   i == cursor);
    }
}

int view_points(const struct canvas *canvas, const struct points *points, int y,
                bool draw)
{
    const struct scale *scale = points->scale;
    struct row row = measure(canvas, scale);
    bool below = (scale->low.count > 0 || scale->high.count > 0) &&
                 !row.low_beside && !row.high_beside;

    if (draw) {
        y += row.above;
        if (row.line)
            draw_line(canvas, points, &row, y);
        else
            draw_points(canvas, points, &row, y);
        draw_anchors(canvas, scale, &row, y);
    }
    return row.above + 1 + (below ? 1 : 0);
}

/* A row for the names of points, or for what the question means. */
static bool has_help(const struct question *question)
{
    return question->scale.point_count > 0 || question->help.count > 0;
}

static const char *help_text(const struct canvas *canvas,
                             const struct question *question, int point)
{
    const char *name = "";

    if (point >= 0 && question->scale.point_count > 0)
        name = scale_label(&question->scale, (size_t)point,
                           canvas->model->language);
    return name[0] ? name : model_text(canvas->model, &question->help);
}

int view_scale_height(const struct canvas *canvas, size_t question)
{
    const struct question *asked = &canvas->model->protocol->question[question];
    struct points points = { .scale = &asked->scale };

    return (has_help(asked) ? 1 : 0) + view_points(canvas, &points, 0, false) +
           view_options_height(canvas, question);
}

void view_scale(const struct canvas *canvas, size_t question, int y)
{
    const struct model *model = canvas->model;
    const struct question *asked = &model->protocol->question[question];
    const struct event_answer *answer = model_answer(model, question);
    int count = (int)scale_count(&asked->scale);
    struct points points = {
        .scale = &asked->scale,
        .question = question,
        .chosen = -1,
        .cursor = -1,
    };

    if (answer && answer->kind == EVENT_VALUE_NUMBER)
        points.chosen = scale_index(&asked->scale, answer->number);
    if (model->question == question && model->cursor < count)
        points.cursor = model->cursor;
    if (has_help(asked)) {
        screen_put_cut(
            canvas->screen, INDENT, y, canvas->screen->width - INDENT - 1,
            ROLE_FAINT,
            help_text(canvas, asked,
                      points.cursor >= 0 ? points.cursor : points.chosen));
        y++;
    }
    y += view_points(canvas, &points, y, true);
    view_options(canvas, question, y, count);
}
