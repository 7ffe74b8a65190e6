/*
 * view_prompt - a line that is typed, and lists: reasons to skip, labels.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/view/view_internal.h"
#include "common/base/mem.h"
#include "common/base/utf8.h"

static const char *prompt_name(enum prompt_kind kind)
{
    switch (kind) {
    case PROMPT_NOTE:
        return "Note: ";
    case PROMPT_OTHER:
        return "In your words: ";
    case PROMPT_NUMBER:
        return "Number: ";
    case PROMPT_WHY:
    case PROMPT_REASON:
        return "Why: ";
    case PROMPT_FORM:
        return "Your answer: ";
    case PROMPT_LABEL_WORDS:
        return "Label: ";
    case PROMPT_MARK_NOTE:
        return "Note on the mark: ";
    case PROMPT_FIND:
        return "Find label or note: ";
    case PROMPT_JUMP:
        return "Go to time: ";
    default:
        return "";
    }
}

/*
 * The part of a long text that shows the cursor: begins so many bytes in that
 * what is before the cursor fits.
 */
static size_t first_shown(const struct prompt *prompt, int room)
{
    char *before = xstrndup(prompt->text, prompt->cursor);
    size_t from = 0;
    uint32_t code;

    while (utf8_width(before + from) > room)
        from += utf8_decode(before + from, &code);
    free(before);
    return from;
}

static void draw_line(const struct canvas *canvas, int y)
{
    const struct prompt *prompt = &canvas->model->prompt;
    struct screen *screen = canvas->screen;
    int x = 1;
    int room;
    size_t from;
    char *before;

    x += screen_put(screen, x, y, 40, ROLE_TITLE, prompt_name(prompt->kind));
    room = screen->width - x - 2;
    from = first_shown(prompt, room);
    screen_fill(screen, x, y, room + 1, ROLE_INPUT, ' ');
    screen_put(screen, x, y, room, ROLE_INPUT, prompt->text + from);
    before = xstrndup(prompt->text + from, prompt->cursor - from);
    screen->cursor_x = x + utf8_width(before);
    screen->cursor_y = y;
    free(before);
}

static void draw_list(const struct canvas *canvas, const struct band *band)
{
    const struct model *model = canvas->model;
    struct screen *screen = canvas->screen;
    int rows = band->rows - 1;
    int first = 0;
    size_t count;
    const struct question_option *list = model_prompt_list(model, &count);

    screen_put(screen, 3, band->y, screen->width - 4, ROLE_TITLE,
               model->prompt.kind == PROMPT_SKIP ? "Why is this item skipped?"
                                                 : "What is the mark?");
    if ((int)model->prompt.reason >= rows)
        first = (int)model->prompt.reason - rows + 1;
    for (int i = first; i < (int)count; i++) {
        const struct question_option *row = &list[i];
        bool here = i == (int)model->prompt.reason;
        int y = band->y + 1 + i - first;
        char name[KEY_NAME_SIZE] = "";

        if (i - first >= rows)
            break;
        if (row->code)
            key_name(row->code, name);
        else if (i < 9)
            key_name('1' + (uint32_t)i, name);
        mark_reason(canvas, y, i);
        if (here)
            draw_glyph(canvas, 2, y, ROLE_CURSOR, GLYPH_CURSOR);
        screen_put(screen, 4, y, 3, ROLE_KEY, name);
        screen_put_cut(screen, 7, y, screen->width - 8,
                       here ? ROLE_CURSOR : ROLE_PLAIN,
                       model_text(model, &row->label));
    }
}

void view_prompt(const struct canvas *canvas, const struct band *band)
{
    if (model_prompt_is_list(canvas->model))
        draw_list(canvas, band);
    else
        draw_line(canvas, band->y);
}
