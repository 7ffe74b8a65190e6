/*
 * view_wheel - options around a circle, each with a spoke of circles that say
 * how strong it is.
 *
 * After the Geneva emotion wheel (Scherer 2005): the options go clockwise
 * from the top, the weakest circle is the innermost.  A row holds two of
 * them, one of each half; the spokes of the rows in the middle reach farther
 * out, as on a circle.
 */
#include <config.h>

#include <math.h>

#include "annotate/view/view_internal.h"
#include "common/base/utf8.h"

enum {
    INDENT = 2,
    LEVELS_MAX = 9,
    GAP = 3, /* cells between two circles at the top and the bottom */
    BOW_MAX = 14,
    OTHER_ROWS = 9, /* header 2, playback 2, rule, title, note, status, keys */
};

static const double pi = 3.14159265358979323846;

struct wheel {
    const struct question *question;
    int rows;   /* of each half */
    int levels; /* circles of a spoke */
    int middle; /* column of the hub */
    int label;  /* cells of the widest label, with its key */
    int bow;    /* cells by which the widest row is wider */
};

static int widest_label(const struct canvas *canvas,
                        const struct question *question)
{
    int widest = 0;

    for (size_t i = 0; i < question->value_count; i++) {
        int width =
            utf8_width(model_text(canvas->model, &question->option[i].label));

        if (width > widest)
            widest = width;
    }
    return widest + 5; /* the cursor, the mark, the key, blanks */
}

/* False where it does not fit: the options then stand in columns. */
static bool measure(const struct canvas *canvas,
                    const struct question *question, struct wheel *wheel)
{
    int others = (int)canvas->model->protocol->question_count - 1;
    int room, half;

    *wheel = (struct wheel){
        .question = question,
        .rows = ((int)question->value_count + 1) / 2,
        .levels = question->has_scale ? (int)scale_count(&question->scale) : 1,
        .middle = canvas->screen->width / 2,
        .label = widest_label(canvas, question),
    };
    if (!question->wheel || wheel->levels > LEVELS_MAX)
        return false;
    half = GAP * wheel->levels + 2 + wheel->label;
    room = canvas->screen->width / 2 - INDENT - half;
    wheel->bow = room > BOW_MAX ? BOW_MAX : room;
    return room >= 0 && wheel->rows + view_extras_height(question) + others <=
                            canvas->screen->height - OTHER_ROWS;
}

int view_wheel_height(const struct canvas *canvas, size_t question)
{
    const struct question *asked = &canvas->model->protocol->question[question];
    struct wheel wheel;

    if (!measure(canvas, asked, &wheel))
        return 0;
    return wheel.rows + view_extras_height(asked);
}

/* How far the circle of a level lies from the hub. */
static int distance(const struct wheel *wheel, int row, int level)
{
    double angle = pi * (row + 0.5) / wheel->rows; /* from the top */
    int reach = (int)lround(wheel->bow * sin(angle));

    return GAP * (level + 1) + reach * (level + 1) / wheel->levels;
}

static void draw_circles(const struct canvas *canvas, const struct wheel *wheel,
                         size_t question, int option, int row, int y, int side,
                         int chosen, int cursor)
{
    for (int level = 0; level < wheel->levels; level++) {
        int x = wheel->middle + side * distance(wheel, row, level);
        bool on = level == chosen;
        bool here = level == cursor;
        enum role role = ROLE_FAINT;

        if (on)
            role = here ? ROLE_BOTH : ROLE_CHOSEN;
        else if (here)
            role = ROLE_CURSOR;
        draw_glyph(canvas, x, y, role,
                   on ? GLYPH_ON : (here ? GLYPH_OFF : GLYPH_DOT));
        if (here) { /* filled when it is chosen, too */
            draw_glyph(canvas, x - 1, y, role, GLYPH_CURSOR);
            draw_glyph(canvas, x + 1, y, role, GLYPH_CURSOR_END);
        } else if (on) {
            screen_put(canvas->screen, x - 1, y, 1, role, "[");
            screen_put(canvas->screen, x + 1, y, 1, role, "]");
        }
        mark_circle(canvas, x - 1, y, GAP, question, option, level);
    }
}

/* "› ● a anger", outside the last circle. */
static void draw_label(const struct canvas *canvas, const struct wheel *wheel,
                       size_t question, int option, int row, int y, int side,
                       bool chosen, bool cursor)
{
    const struct question_option *it = &wheel->question->option[option];
    const char *text = model_text(canvas->model, &it->label);
    int out = distance(wheel, row, wheel->levels - 1) + 2;
    int x = side > 0 ? wheel->middle + out
                     : wheel->middle - out - utf8_width(text) - 4;
    enum role role = ROLE_PLAIN;

    if (chosen)
        role = cursor ? ROLE_BOTH : ROLE_CHOSEN;
    else if (cursor)
        role = ROLE_CURSOR;
    mark_part(canvas, x - 1, y, utf8_width(text) + 5, 1, question, HIT_OPTION,
              option);
    if (cursor)
        draw_glyph(canvas, x - 1, y, ROLE_CURSOR, GLYPH_CURSOR);
    if (chosen)
        draw_glyph(canvas, x, y, ROLE_CHOSEN, GLYPH_ON);
    screen_put(canvas->screen, x + 2, y, 1, ROLE_KEY, it->key);
    screen_put(canvas->screen, x + 4, y, utf8_width(text), role, text);
}

static void draw_spoke(const struct canvas *canvas, const struct wheel *wheel,
                       size_t question, int option, int y)
{
    const struct model *model = canvas->model;
    const struct event_answer *answer = model_answer(model, question);
    bool chosen =
        model_answer_has(answer, wheel->question->option[option].value);
    bool focus = model->question == question;
    bool right = option < wheel->rows;
    int row = right ? option : (int)wheel->question->value_count - 1 - option;
    int level = -1;
    int cursor = -1;

    if (chosen && answer->has_intensity)
        level = scale_index(&wheel->question->scale, answer->intensity);
    if (chosen && focus && model->on_intensity)
        cursor = model->cursor;
    draw_label(canvas, wheel, question, option, row, y + row, right ? 1 : -1,
               chosen,
               focus && !model->on_intensity && model->cursor == option);
    if (wheel->question->option[option].intensity)
        draw_circles(canvas, wheel, question, option, row, y + row,
                     right ? 1 : -1, level, cursor);
}

void view_wheel(const struct canvas *canvas, size_t question, int y)
{
    const struct question *asked = &canvas->model->protocol->question[question];
    struct wheel wheel;

    if (!measure(canvas, asked, &wheel))
        return;
    for (int i = 0; i < (int)asked->value_count; i++)
        draw_spoke(canvas, &wheel, question, i, y);
    if (view_extras_height(asked))
        view_extras(canvas, question, y + wheel.rows,
                    canvas->screen->width / 2);
}
