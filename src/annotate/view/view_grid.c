/*
 * view_grid - a field of points with words at its edges and corners.
 *
 * The affect grid of Russell, Weiss & Mendelsohn (1989) is one of 9 by 9.
 * Where a grid has more points than the screen has cells, a cell stands for
 * several of them, and the mark says which.
 */
#include <config.h>

#include <string.h>

#include "annotate/view/view_internal.h"
#include "common/base/number.h"
#include "common/base/utf8.h"

enum {
    INDENT = 3,
    SIDE_MAX = 17, /* cells of the words beside it */
    CELL_MAX = 4,
    WHERE_WIDTH = 12,
    WAVE_ROWS = 1,      /* a waveform gives way to it, but for a row */
    FIELD_COLUMNS = 61, /* of a grid with more points than cells */
    FIELD_ROWS = 15,
    ROWS_MIN = 5,
    /* header 2, playback 2, rule, title, note, status, keys; two rows of
     * words */
    OTHER_ROWS = 11,
};

/* Where the field stands. */
struct field {
    int nx, ny;         /* points */
    int columns, rows;  /* drawn places */
    int cell;           /* cells of a column */
    int x, y;           /* of its upper left cell */
    int left, right;    /* cells of the words beside it */
    int row_digits;     /* cells of the numbers of the rows */
    bool column_digits; /* a row for those of the columns */
    bool aside;         /* the other answers stand on that row */
};

static int number_width(const struct scale *scale)
{
    char text[NUMBER_TEXT_SIZE];
    int low = (int)strlen(number_format(scale->min, text));
    int high = (int)strlen(number_format(scale->max, text));

    return low > high ? low : high;
}

static int side_width(const struct canvas *canvas, const struct localized *text)
{
    int width = utf8_width(model_text(canvas->model, text));

    return width > SIDE_MAX ? SIDE_MAX : width;
}

int view_extras_height(const struct question *question)
{
    return question->option_count > question->value_count ? 1 : 0;
}

/* Right of the numbers of the columns. */
static int aside_column(const struct field *field)
{
    return field->x + field->columns * field->cell + 2;
}

/*
 * Each row of points has one of its own, where that can be; then titles of
 * other questions and the waveform come first, then the numbers of the
 * columns, which can share a row with the answers that are no points.
 */
static void measure_rows(const struct canvas *canvas, size_t question,
                         struct field *field)
{
    const struct question *asked = &canvas->model->protocol->question[question];
    int most = canvas->screen->height - OTHER_ROWS - view_extras_height(asked);
    int high = most - view_titles_least(canvas);

    field->rows = field->ny;
    if (field->rows > most)
        field->rows = high < FIELD_ROWS ? high : FIELD_ROWS;
    if (field->rows < ROWS_MIN)
        field->rows = field->ny < ROWS_MIN ? field->ny : ROWS_MIN;
    if (canvas->model->protocol->show & SHOW_WAVEFORM)
        high -= WAVE_ROWS;
    field->column_digits = high > field->rows;
    if (!field->column_digits)
        field->column_digits = field->aside =
            view_extras_aside(canvas, question, aside_column(field), 0, false);
}

static struct field measure(const struct canvas *canvas, size_t question)
{
    const struct question *asked = &canvas->model->protocol->question[question];
    struct field field = {
        .nx = (int)scale_count(&asked->scale),
        .ny = (int)scale_count(&asked->rise),
        .left = side_width(canvas, &asked->scale.low),
        .right = side_width(canvas, &asked->scale.high),
        .row_digits = number_width(&asked->rise) + 1,
    };
    int wide = canvas->screen->width - INDENT - field.left - field.right -
               field.row_digits - 3;

    field.columns = field.nx;
    if (2 * field.nx > wide) { /* and room to say which point it is */
        wide -= field.right < WHERE_WIDTH ? WHERE_WIDTH - field.right : 0;
        field.columns = wide < FIELD_COLUMNS ? wide : FIELD_COLUMNS;
    }
    field.cell = wide / field.columns;
    if (field.cell > CELL_MAX)
        field.cell = CELL_MAX;
    if (field.columns < field.nx)
        field.cell = 1;
    field.x = INDENT + field.left + 1 + field.row_digits;
    measure_rows(canvas, question, &field);
    return field;
}

int view_grid_height(const struct canvas *canvas, size_t question)
{
    const struct question *asked = &canvas->model->protocol->question[question];
    struct field field = measure(canvas, question);

    return 2 + field.rows + (field.column_digits ? 1 : 0) +
           (field.aside ? 0 : view_extras_height(asked));
}

/* The place of point `index` of `count`, when there are `places`. */
static int place_of(int index, int count, int places)
{
    if (places >= count || count < 2)
        return index;
    return (index * (places - 1) + (count - 1) / 2) / (count - 1);
}

static void draw_edge(const struct canvas *canvas, const struct field *field,
                      int y, const char *low, const char *middle,
                      const char *high)
{
    struct screen *screen = canvas->screen;
    int from = INDENT;
    int end = field->x + field->columns * field->cell + 1 + field->right;
    int width = utf8_width(middle);
    int third = (end - from) / 3;
    int wide = utf8_width(high) < third ? utf8_width(high) : third;

    screen_put_cut(screen, from, y, third, ROLE_FAINT, low);
    screen_put_cut(screen, end - wide, y, wide, ROLE_FAINT, high);
    if (width > third)
        width = third;
    screen_put_cut(screen,
                   field->x + (field->columns * field->cell - width) / 2, y,
                   width, ROLE_PLAIN, middle);
}

/* In as many lines as it needs, around the middle row. */
static void draw_side(const struct canvas *canvas, const struct field *field,
                      int x, int width, bool to_right, const char *text)
{
    int lines = draw_wrapped(canvas, 0, 0, width, 0, 0, ROLE_PLAIN, text);
    int y = field->y + (field->rows - lines) / 2;
    int used = utf8_width(text);

    if (to_right && lines == 1)
        x += width - used;
    if (width > 0)
        draw_wrapped(canvas, x, y, width, 0, lines, ROLE_PLAIN, text);
}

/* The numbers of rows and columns, which are keys where they are digits. */
static void draw_numbers(const struct canvas *canvas, const struct field *field,
                         const struct question *question)
{
    enum role role = model_point_key(&question->scale, 0) &&
                             model_point_key(&question->rise, 0)
                         ? ROLE_KEY
                         : ROLE_FAINT;
    bool all = field->rows == field->ny;
    char text[NUMBER_TEXT_SIZE];

    for (int row = 0; row < field->rows; row++) {
        int index = row == 0 ? 0 : field->ny - 1;

        if (!all && row > 0 && row < field->rows - 1)
            continue;
        number_format(scale_value(&question->rise, (size_t)(all ? row : index)),
                      text);
        screen_put(canvas->screen, field->x - 1 - (int)strlen(text),
                   field->y + field->rows - 1 - row, NUMBER_TEXT_SIZE, role,
                   text);
    }
    all = field->columns == field->nx && field->cell >= 3;
    for (int column = 0; field->column_digits && column < field->columns;
         column++) {
        int index =
            field->columns == field->nx || column == 0 ? column : field->nx - 1;

        if (!all && column > 0 && column < field->columns - 1)
            continue;
        number_format(scale_value(&question->scale, (size_t)index), text);
        screen_put(canvas->screen,
                   field->x + column * field->cell + (field->cell - 1) / 2,
                   field->y + field->rows, NUMBER_TEXT_SIZE, role, text);
    }
}

static void draw_place(const struct canvas *canvas, const struct field *field,
                       int column, int row, bool chosen, bool cursor)
{
    bool axis = (field->nx % 2 == 1 && column == field->columns / 2) ||
                (field->ny % 2 == 1 && row == field->rows / 2);
    int x = field->x + column * field->cell + (field->cell - 1) / 2;
    int y = field->y + field->rows - 1 - row;
    enum role role = ROLE_PLAIN;

    if (chosen)
        role = cursor ? ROLE_BOTH : ROLE_CHOSEN;
    else if (cursor)
        role = ROLE_CURSOR;
    if (!chosen && !cursor) {
        draw_glyph(canvas, x, y, ROLE_FAINT, axis ? GLYPH_AXIS : GLYPH_DOT);
        return;
    }
    draw_glyph(canvas, x, y, role, chosen ? GLYPH_ON : GLYPH_OFF);
    if (field->cell < 2)
        return;
    if (cursor) { /* filled when it is chosen, too */
        draw_glyph(canvas, x - 1, y, role, GLYPH_CURSOR);
        draw_glyph(canvas, x + 1, y, role, GLYPH_CURSOR_END);
    } else {
        screen_put(canvas->screen, x - 1, y, 1, role, "[");
        screen_put(canvas->screen, x + 1, y, 1, role, "]");
    }
}

static void draw_field(const struct canvas *canvas, size_t question,
                       const struct field *field, int chosen, int cursor)
{
    for (int row = 0; row < field->rows; row++) {
        for (int column = 0; column < field->columns; column++)
            draw_place(canvas, field, column, row, false, false);
    }
    for (int turn = 0; turn < 2; turn++) {
        int point = turn == 0 ? chosen : cursor;

        if (point >= 0)
            draw_place(canvas, field,
                       place_of(point % field->nx, field->nx, field->columns),
                       place_of(point / field->nx, field->ny, field->rows),
                       point == chosen, point == cursor);
    }
    mark_part(canvas, field->x, field->y, field->columns * field->cell,
              field->rows, question, HIT_FIELD, 0);
}

/* Which point the cursor is on, where a cell stands for several. */
static void draw_where(const struct canvas *canvas, const struct field *field,
                       const struct question *question, int point)
{
    char x[NUMBER_TEXT_SIZE];
    char y[NUMBER_TEXT_SIZE];

    if (point < 0 || (field->columns == field->nx && field->rows == field->ny))
        return;
    number_format(scale_value(&question->scale, (size_t)(point % field->nx)),
                  x);
    number_format(scale_value(&question->rise, (size_t)(point / field->nx)), y);
    screen_putf(canvas->screen, field->x + field->columns * field->cell + 1,
                field->y, SIDE_MAX, ROLE_CURSOR, "%s, %s", x, y);
}

void view_grid(const struct canvas *canvas, size_t question, int y)
{
    const struct model *model = canvas->model;
    const struct question *asked = &model->protocol->question[question];
    struct field field = measure(canvas, question);
    int points = (int)question_points(asked);
    int cursor = model->question == question && model->cursor < points
                     ? model->cursor
                     : -1;

    field.y = y + 1;
    draw_edge(canvas, &field, y,
              model_text(model, &asked->corner[CORNER_TOP_LEFT]),
              model_text(model, &asked->rise.high),
              model_text(model, &asked->corner[CORNER_TOP_RIGHT]));
    draw_side(canvas, &field, INDENT, field.left, true,
              model_text(model, &asked->scale.low));
    draw_side(canvas, &field, field.x + field.columns * field.cell + 1,
              field.right, false, model_text(model, &asked->scale.high));
    draw_numbers(canvas, &field, asked);
    draw_field(canvas, question, &field,
               model_grid_point(asked, model_answer(model, question)), cursor);
    draw_where(canvas, &field, asked, cursor);
    y = field.y + field.rows + (field.column_digits ? 1 : 0);
    draw_edge(canvas, &field, y,
              model_text(model, &asked->corner[CORNER_BOTTOM_LEFT]),
              model_text(model, &asked->rise.low),
              model_text(model, &asked->corner[CORNER_BOTTOM_RIGHT]));
    if (field.aside)
        view_extras_aside(canvas, question, aside_column(&field), y - 1, true);
    else if (view_extras_height(asked))
        view_extras(canvas, question, y + 1,
                    field.x + field.columns * field.cell / 2);
}
