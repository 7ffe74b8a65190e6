/*
 * view_choice - options in columns, the marks of what was chosen, and how
 * strong it is.
 */
#include <config.h>

#include <string.h>

#include "annotate/view/view_internal.h"
#include "common/base/utf8.h"

enum {
    INDENT = 3,
    COLUMN_GAP = 3,
    KEY_WIDTH_MIN = 1,
    COLUMNS_MAX = 16,
    EXTRA_WIDTH = 22,
    /* header 2, waveform 3, playback 2, rule, title, note, status, keys */
    OTHER_ROWS = 12,
};

/* How the options stand: in columns, each as wide as it must be. */
struct grid {
    int key_width;
    int columns;
    int rows;
    int x[COLUMNS_MAX + 1]; /* of each column, and past the last */
};

/* Its own key, else that of the action which gives the same answer. */
static const char *option_key(const struct canvas *canvas,
                              const struct question_option *option,
                              char out[KEY_NAME_SIZE])
{
    if (option->code)
        return key_name(option->code, out);
    if (option->kind == ANSWER_OTHER)
        return draw_key(canvas, ACTION_OTHER, out);
    if (option->kind == ANSWER_CANNOT_TELL)
        return draw_key(canvas, ACTION_CANNOT_TELL, out);
    out[0] = '\0';
    return out;
}

/* The mark: a circle for one of them, a box for one of several. */
static int mark_width(const struct canvas *canvas,
                      const struct question *question)
{
    return question->many || canvas->screen->ascii ? 3 : 1;
}

/* Sets the columns for so many rows; false when they are too wide. */
static bool fit_rows(const struct canvas *canvas,
                     const struct question *question, int rows,
                     struct grid *grid)
{
    /* cursor, mark, blank, key, blank */
    int fixed = 1 + mark_width(canvas, question) + 1 + grid->key_width + 1;
    int count = (int)question->option_count;
    int x = INDENT - 1;

    grid->rows = rows;
    grid->columns = (count + rows - 1) / rows;
    if (grid->columns > COLUMNS_MAX)
        return false;
    for (int column = 0; column < grid->columns; column++) {
        int widest = 0;

        for (int i = column * rows; i < count && i < (column + 1) * rows; i++) {
            int width = utf8_width(
                model_text(canvas->model, &question->option[i].label));

            if (width > widest)
                widest = width;
        }
        grid->x[column] = x;
        x += fixed + widest + COLUMN_GAP;
    }
    grid->x[grid->columns] = x;
    return x - COLUMN_GAP <= canvas->screen->width - 1;
}

static bool has_help(const struct question *question)
{
    if (question->help.count > 0)
        return true;
    for (size_t i = 0; i < question->option_count; i++) {
        if (question->option[i].help.count > 0)
            return true;
    }
    return false;
}

/* What stands below the options: their help, and how strong. */
static int height_below(const struct canvas *canvas,
                        const struct question *question)
{
    int rows = has_help(question) ? 1 : 0;

    if (question->has_scale) {
        struct points points = { .scale = &question->scale };

        rows += view_points(canvas, &points, 0, false);
    }
    return rows;
}

/* Columns of one width, their labels cut, so that no option is hidden. */
static void squeeze(const struct canvas *canvas,
                    const struct question *question, int rows,
                    struct grid *grid)
{
    int count = (int)question->option_count;
    int width;

    grid->rows = rows;
    grid->columns = (count + rows - 1) / rows;
    if (grid->columns > COLUMNS_MAX)
        grid->columns = COLUMNS_MAX;
    width = (canvas->screen->width - INDENT + COLUMN_GAP) / grid->columns;
    for (int column = 0; column <= grid->columns; column++)
        grid->x[column] = INDENT - 1 + column * width;
}

/* The fewest rows that fit; labels are cut where they must be. */
static struct grid measure(const struct canvas *canvas,
                           const struct question *question)
{
    struct grid grid = { .key_width = KEY_WIDTH_MIN };
    int most = canvas->screen->height - OTHER_ROWS;
    int count = (int)question->option_count;
    int rows = 1;

    for (int i = 0; i < count; i++) {
        char key[KEY_NAME_SIZE];
        int wide = utf8_width(option_key(canvas, &question->option[i], key));

        if (wide > grid.key_width)
            grid.key_width = wide;
    }
    while (!fit_rows(canvas, question, rows, &grid) && rows < count)
        rows++;
    most -= height_below(canvas, question);
    if (rows > most && most > 0)
        squeeze(canvas, question, most, &grid);
    if (grid.x[grid.columns] > canvas->screen->width - 1 + COLUMN_GAP)
        grid.x[grid.columns] = canvas->screen->width - 1 + COLUMN_GAP;
    return grid;
}

int view_options_height(const struct canvas *canvas, size_t question)
{
    const struct question *asked = &canvas->model->protocol->question[question];

    return asked->option_count ? measure(canvas, asked).rows : 0;
}

static enum role role_of(bool chosen, bool cursor)
{
    if (chosen)
        return cursor ? ROLE_BOTH : ROLE_CHOSEN;
    return cursor ? ROLE_CURSOR : ROLE_PLAIN;
}

static int draw_mark(const struct canvas *canvas,
                     const struct question *question, int x, int y, bool chosen)
{
    enum role role = chosen ? ROLE_CHOSEN : ROLE_PLAIN;

    if (question->many)
        screen_put(canvas->screen, x, y, 3, role, chosen ? "[x]" : "[ ]");
    else if (canvas->screen->ascii)
        screen_put(canvas->screen, x, y, 3, role, chosen ? "(*)" : "( )");
    else
        draw_glyph(canvas, x, y, role, chosen ? GLYPH_ON : GLYPH_OFF);
    return mark_width(canvas, question);
}

static void draw_option(const struct canvas *canvas,
                        const struct question *question,
                        const struct question_option *option,
                        const struct grid *grid, int column, int y, bool chosen,
                        bool cursor)
{
    char key[KEY_NAME_SIZE];
    int x = grid->x[column];
    int end = grid->x[column + 1] - COLUMN_GAP;

    if (cursor)
        draw_glyph(canvas, x, y, ROLE_CURSOR, GLYPH_CURSOR);
    x++;
    x += draw_mark(canvas, question, x, y, chosen) + 1;
    screen_put(canvas->screen, x, y, grid->key_width, ROLE_KEY,
               option_key(canvas, option, key));
    x += grid->key_width + 1;
    screen_put_cut(canvas->screen, x, y, end - x, role_of(chosen, cursor),
                   model_text(canvas->model, &option->label));
}

void view_options(const struct canvas *canvas, size_t question, int y,
                  int first)
{
    const struct model *model = canvas->model;
    const struct question *asked = &model->protocol->question[question];
    const struct event_answer *answer = model_answer(model, question);
    struct grid grid;

    if (asked->option_count == 0)
        return;
    grid = measure(canvas, asked);
    for (int i = 0; i < (int)asked->option_count; i++) {
        const struct question_option *option = &asked->option[i];
        int x = grid.x[i / grid.rows];

        mark_part(canvas, x, y + i % grid.rows,
                  grid.x[i / grid.rows + 1] - COLUMN_GAP + 1 - x, 1, question,
                  HIT_OPTION, i);
        draw_option(canvas, asked, option, &grid, i / grid.rows,
                    y + i % grid.rows, model_answer_has(answer, option->value),
                    model->question == question && !model->on_intensity &&
                        model->cursor == first + i);
    }
}

/* On one row, each as wide as the others. */
static void draw_extras(const struct canvas *canvas, size_t question, int y,
                        int from, int width)
{
    const struct model *model = canvas->model;
    const struct question *asked = &model->protocol->question[question];
    const struct event_answer *answer = model_answer(model, question);
    int first = (int)question_points(asked);
    int count = (int)(asked->option_count - asked->value_count);
    struct grid grid = { .key_width = KEY_WIDTH_MIN, .rows = 1 };

    for (int i = 0; i < count; i++) {
        int option = (int)asked->value_count + i;

        grid.x[0] = from + i * width;
        grid.x[1] = grid.x[0] + width;
        mark_part(canvas, grid.x[0], y, width - COLUMN_GAP + 1, 1, question,
                  HIT_OPTION, option);
        draw_option(canvas, asked, &asked->option[option], &grid, 0, y,
                    model_answer_has(answer, asked->option[option].value),
                    model->question == question && !model->on_intensity &&
                        model->cursor == first + option);
    }
}

/* Labels are cut where they must be. */
void view_extras(const struct canvas *canvas, size_t question, int y,
                 int middle)
{
    const struct question *asked = &canvas->model->protocol->question[question];
    int count = (int)(asked->option_count - asked->value_count);
    int width = (canvas->screen->width - INDENT) / count;
    int from;

    if (width > EXTRA_WIDTH)
        width = EXTRA_WIDTH;
    from = middle - count * width / 2;
    if (from < INDENT)
        from = INDENT;
    draw_extras(canvas, question, y, from, width);
}

bool view_extras_aside(const struct canvas *canvas, size_t question, int x,
                       int y, bool draw)
{
    const struct question *asked = &canvas->model->protocol->question[question];
    int count = (int)(asked->option_count - asked->value_count);
    int widest = 0;

    for (size_t i = asked->value_count; i < asked->option_count; i++) {
        int width =
            utf8_width(model_text(canvas->model, &asked->option[i].label));

        if (width > widest)
            widest = width;
    }
    /* cursor, mark, blank, key, blank */
    widest +=
        1 + mark_width(canvas, asked) + 1 + KEY_WIDTH_MIN + 1 + COLUMN_GAP;
    if (count == 0 ||
        x + count * widest - COLUMN_GAP > canvas->screen->width - 1)
        return false;
    if (draw)
        draw_extras(canvas, question, y, x, widest);
    return true;
}

/* What the option under the cursor, or the chosen one, means. */
static const char *help_text(const struct canvas *canvas, size_t question)
{
    const struct model *model = canvas->model;
    const struct question *asked = &model->protocol->question[question];
    const struct event_answer *answer = model_answer(model, question);

    if (model->question == question && !model->on_intensity &&
        model->cursor >= 0 && model->cursor < (int)asked->option_count)
        return model_text(model, &asked->option[model->cursor].help);
    for (size_t i = 0; answer && i < asked->option_count; i++) {
        if (model_answer_has(answer, asked->option[i].value))
            return model_text(model, &asked->option[i].help);
    }
    return model_text(model, &asked->help);
}

int view_choice_height(const struct canvas *canvas, size_t question)
{
    const struct question *asked = &canvas->model->protocol->question[question];

    int wheel = view_wheel_height(canvas, question);

    if (wheel > 0)
        return wheel;
    return view_options_height(canvas, question) + height_below(canvas, asked);
}

static void draw_intensity(const struct canvas *canvas, size_t question, int y)
{
    const struct model *model = canvas->model;
    const struct question *asked = &model->protocol->question[question];
    const struct event_answer *answer = model_answer(model, question);
    bool here = model->question == question && model->on_intensity;
    struct points points = {
        .scale = &asked->scale,
        .question = question,
        .strength = true,
        .chosen = -1,
        .cursor = here ? model->cursor : -1,
    };

    if (here)
        draw_glyph(canvas, 1, y, ROLE_TITLE, GLYPH_FOCUS);
    if (answer && answer->has_intensity)
        points.chosen = scale_index(&asked->scale, answer->intensity);
    view_points(canvas, &points, y, true);
}

void view_choice(const struct canvas *canvas, size_t question, int y)
{
    const struct question *asked = &canvas->model->protocol->question[question];

    if (view_wheel_height(canvas, question) > 0) {
        view_wheel(canvas, question, y);
        return;
    }
    view_options(canvas, question, y, 0);
    y += view_options_height(canvas, question);
    if (has_help(asked)) {
        screen_put_cut(canvas->screen, INDENT, y,
                       canvas->screen->width - INDENT - 1, ROLE_FAINT,
                       help_text(canvas, question));
        y++;
    }
    if (asked->has_scale)
        draw_intensity(canvas, question, y);
}
