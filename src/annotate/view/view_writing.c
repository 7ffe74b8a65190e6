/*
 * view_writing - an answer in the annotator's own words: rows to write in.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/view/view_internal.h"
#include "common/base/mem.h"
#include "common/base/utf8.h"

enum { INDENT = 3, WIDEST = 96 };

int view_writing_height(const struct canvas *canvas, size_t question)
{
    const struct question *asked = &canvas->model->protocol->question[question];

    return asked->rows + view_extras_height(asked);
}

/* The line, as it is shown, that holds the cursor, and its column there. */
static int cursor_line(const char *text, size_t cursor, int width, int *column)
{
    size_t at = 0;
    int line = 0;

    for (;;) {
        size_t length = wrap_line(text + at, width);
        size_t next = at + length;

        if (text[next] == '\n' || text[next] == ' ')
            next++;
        if (cursor < next || next == at || text[at + length] == '\0') {
            char *before = xstrndup(text + at, cursor - at);

            *column = utf8_width(before);
            free(before);
            /* Just after a line break at the end: on the next, empty line. */
            return line;
        }
        at = next;
        line++;
        if (text[at] == '\0') {
            *column = 0;
            return line;
        }
    }
}

static void draw_cursor(const struct canvas *canvas, int x, int y, int rows,
                        int width, int *skip)
{
    const struct prompt *prompt = &canvas->model->prompt;
    int column = 0;
    int line = cursor_line(prompt->text, prompt->cursor, width, &column);

    *skip = line >= rows ? line - rows + 1 : 0;
    canvas->screen->cursor_x = x + (column < width ? column : width);
    canvas->screen->cursor_y = y + line - *skip;
}

void view_writing(const struct canvas *canvas, size_t question, int y)
{
    const struct model *model = canvas->model;
    const struct question *asked = &model->protocol->question[question];
    const struct event_answer *answer = model_answer(model, question);
    bool writing =
        model->question == question && model->prompt.kind == PROMPT_TEXT;
    int width = canvas->screen->width - 2 * INDENT;
    const char *text = "";
    int skip = 0;

    if (width > WIDEST)
        width = WIDEST;
    if (writing)
        text = model->prompt.text;
    else if (answer && answer->values.count > 0 &&
             !event_answer_reserved(answer))
        text = answer->values.item[0];
    mark_part(canvas, INDENT, y, width, asked->rows, question, HIT_WRITING, 0);
    for (int row = 0; row < asked->rows; row++) {
        screen_put(canvas->screen, INDENT - 1, y + row, 1, ROLE_FAINT, "|");
        if (writing)
            screen_fill(canvas->screen, INDENT, y + row, width + 1, ROLE_INPUT,
                        ' ');
    }
    if (writing)
        draw_cursor(canvas, INDENT, y, asked->rows, width, &skip);
    draw_wrapped(canvas, INDENT, y, width, skip, asked->rows,
                 writing ? ROLE_INPUT : ROLE_CHOSEN, text);
    if (view_extras_height(asked))
        view_extras(canvas, question, y + asked->rows, INDENT + width / 2);
}
