/*
 * view_question - the questions of an item: the one that has the focus in
 * full, the others in full where there is room, else on one line each.
 */
#include <config.h>

#include "annotate/view/view_internal.h"
#include "common/base/number.h"
#include "common/base/utf8.h"

/* On wide screens answers stay where the eye is: not beyond this column. */
enum { ANSWER_EDGE = 100, TEXT_SHOWN = 24, TITLES_LEAST = 2, PLACE_WIDTH = 16 };

/* Of a text its beginning, on one line. */
static void add_one_line(struct buf *out, const char *text)
{
    size_t length = utf8_clip(text, TEXT_SHOWN);

    for (size_t i = 0; i < length; i++)
        buf_add_char(out, text[i] == '\n' ? ' ' : text[i]);
    if (text[length] != '\0')
        buf_add_text(out, " ...");
}

void view_answer_text(const struct canvas *canvas, size_t question,
                      struct buf *out)
{
    const struct model *model = canvas->model;
    const struct question *asked = &model->protocol->question[question];
    const struct event_answer *answer = model_answer(model, question);
    size_t marks = model_track(model, question)->count;
    char number[NUMBER_TEXT_SIZE];

    if (marks > 0)
        buf_addf(out, "%zu mark%s", marks, marks == 1 ? "" : "s");
    if (!answer && asked->trace && model_settled(model, question))
        buf_add_text(out, "traced");
    if (!answer)
        return;
    if (answer->kind == EVENT_VALUE_NUMBER)
        buf_add_text(out, number_format(answer->number, number));
    if (answer->kind == EVENT_VALUE_PAIR) {
        buf_addf(out, "%s, ", number_format(answer->number, number));
        buf_add_text(out, number_format(answer->rise, number));
    }
    for (size_t i = 0; i < answer->values.count; i++) {
        const char *value = answer->values.item[i];
        const struct question_option *option = question_option(asked, value);

        if (i > 0)
            buf_add_text(out, ", ");
        if (asked->type == QUESTION_TEXT && !option)
            add_one_line(out, value);
        else
            buf_add_text(out,
                         option ? model_text(model, &option->label) : value);
    }
    if (answer->text)
        buf_addf(out, " \"%s\"", answer->text);
    if (answer->has_intensity)
        buf_addf(out, ", %s", number_format(answer->intensity, number));
}

static int full_height(const struct canvas *canvas, size_t question)
{
    switch (canvas->model->protocol->question[question].type) {
    case QUESTION_SCALE:
        return 1 + view_scale_height(canvas, question);
    case QUESTION_TEXT:
        return 1 + view_writing_height(canvas, question);
    case QUESTION_GRID:
        return 1 + view_grid_height(canvas, question);
    case QUESTION_SEGMENTS:
        return 1 + view_segments_height(canvas, question);
    case QUESTION_TRACE:
        return 1 + view_trace_height(canvas, question);
    default:
        break;
    }
    return 1 + view_choice_height(canvas, question);
}

int view_questions_height(const struct canvas *canvas)
{
    int rows = 0;

    for (size_t i = 0; i < canvas->model->protocol->question_count; i++)
        rows += full_height(canvas, i) + (i > 0 ? 1 : 0);
    return rows;
}

/* The highest of them, so that the panes stand still while the focus moves. */
int view_question_height(const struct canvas *canvas)
{
    int count = (int)canvas->model->protocol->question_count;
    int highest = 0;

    for (int i = 0; i < count; i++) {
        int rows = full_height(canvas, (size_t)i);

        if (rows > highest)
            highest = rows;
    }
    return highest + count - 1;
}

/* A text of the item is more than they are. */
int view_titles_least(const struct canvas *canvas)
{
    int others = (int)canvas->model->protocol->question_count - 1;

    if (view_text_height(canvas) > 0)
        return 0;
    return others < TITLES_LEAST ? others : TITLES_LEAST;
}

/* The highest of them, so that the panes stand still while the focus moves. */
int view_question_least(const struct canvas *canvas)
{
    const struct protocol *protocol = canvas->model->protocol;
    int highest = 0;

    for (size_t i = 0; i < protocol->question_count; i++) {
        bool picture = protocol->question[i].type == QUESTION_GRID ||
                       view_wheel_height(canvas, i) > 0;
        int rows = picture ? full_height(canvas, i) : 0;

        if (rows > highest)
            highest = rows;
    }
    return highest > 0 ? highest + view_titles_least(canvas) : 0;
}

/* "2 of 5", where some of them cannot be seen. */
static int draw_place(const struct canvas *canvas, size_t question, int x,
                      int y)
{
    return screen_putf(canvas->screen, x, y, PLACE_WIDTH, ROLE_FAINT,
                       "%zu of %zu", question + 1,
                       canvas->model->protocol->question_count);
}

/* The title, and at the right the answer that is kept. */
static void draw_title(const struct canvas *canvas, size_t question, int y,
                       bool placed)
{
    const struct model *model = canvas->model;
    const struct question *asked = &model->protocol->question[question];
    struct screen *screen = canvas->screen;
    bool focus = model->question == question;
    int edge = screen->width < ANSWER_EDGE ? screen->width : ANSWER_EDGE;
    struct buf answer = { 0 };
    int width = 0;
    int x;

    mark_part(canvas, 0, y, screen->width, 1, question, HIT_TITLE, 0);
    view_answer_text(canvas, question, &answer);
    if (answer.length > 0) {
        width = utf8_width(buf_text(&answer));
        if (width > edge / 2)
            width = edge / 2;
        x = edge - 2 - width;
        draw_glyph(canvas, x - 2, y, ROLE_GOOD, GLYPH_GOOD);
        screen_put_cut(screen, x, y, width, ROLE_GOOD, buf_text(&answer));
        width += 4;
    } else if (!asked->required) {
        width = 8 + 2;
        screen_put(screen, edge - width, y, 8, ROLE_FAINT, "optional");
    }
    buf_release(&answer);
    if (focus)
        draw_glyph(canvas, 1, y, ROLE_TITLE, GLYPH_FOCUS);
    x = 3;
    if (placed) {
        x += draw_place(canvas, question, x, y) + 2;
        width += x - 3;
    }
    screen_put_cut(screen, x, y, edge - 5 - width,
                   focus ? ROLE_TITLE : ROLE_PLAIN,
                   model_text(model, &asked->text));
}

static void draw_full(const struct canvas *canvas, size_t question, int y,
                      bool placed)
{
    draw_title(canvas, question, y, placed);
    switch (canvas->model->protocol->question[question].type) {
    case QUESTION_SCALE:
        view_scale(canvas, question, y + 1);
        break;
    case QUESTION_TEXT:
        view_writing(canvas, question, y + 1);
        break;
    case QUESTION_GRID:
        view_grid(canvas, question, y + 1);
        break;
    case QUESTION_SEGMENTS:
        view_segments(canvas, question, y + 1);
        break;
    case QUESTION_TRACE:
        view_trace(canvas, question, y + 1);
        break;
    default:
        view_choice(canvas, question, y + 1);
        break;
    }
}

/* All in full, with a blank row between them where there is room. */
static void draw_all(const struct canvas *canvas, const struct band *band,
                     int gap)
{
    int y = band->y;

    for (size_t i = 0; i < canvas->model->protocol->question_count; i++) {
        draw_full(canvas, i, y, false);
        y += full_height(canvas, i) + gap;
    }
}

/* The focused one in full, the others as titles, around it. */
static void draw_focused(const struct canvas *canvas, const struct band *band)
{
    const struct model *model = canvas->model;
    int count = (int)model->protocol->question_count;
    int focus = (int)model->question;
    int height = full_height(canvas, model->question);
    int titles = band->rows - height;
    int first = 0;
    int y = band->y;
    int spare;

    if (titles < 0)
        titles = 0;
    if (titles < count - 1 && focus > titles / 2)
        first = focus - titles / 2;
    if (first + titles + 1 > count)
        first = count - titles - 1 > 0 ? count - titles - 1 : 0;
    spare = titles - (count - 1); /* rows to set it off with */
    for (int i = first; i < count && y < band->y + band->rows; i++) {
        if (i == focus) {
            y += spare > 1 && i > first ? 1 : 0;
            draw_full(canvas, (size_t)i, y, spare < 0);
            y += height + (spare > 0 ? 1 : 0);
        } else {
            draw_title(canvas, (size_t)i, y, false);
            y++;
        }
    }
}

void view_questions(const struct canvas *canvas, const struct band *band)
{
    int count = (int)canvas->model->protocol->question_count;
    int wanted = view_questions_height(canvas);

    if (wanted <= band->rows)
        draw_all(canvas, band, 1);
    else if (wanted - (count - 1) <= band->rows)
        draw_all(canvas, band, 0);
    else
        draw_focused(canvas, band);
}

void view_note(const struct canvas *canvas, const struct band *band)
{
    const struct model *model = canvas->model;
    const struct fold_entry *entry = &model->fold.entry[model->position];
    int x = 1;

    if (entry->flagged) {
        draw_glyph(canvas, x, band->y, ROLE_ALERT, GLYPH_FLAG);
        x += 2;
        x += screen_put(canvas->screen, x, band->y, 30, ROLE_ALERT,
                        "flagged for the lead");
        x += 3;
    }
    if (entry->note && entry->note[0]) {
        x += screen_put(canvas->screen, x, band->y, 6, ROLE_FAINT, "note: ");
        screen_put_cut(canvas->screen, x, band->y,
                       canvas->screen->width - x - 1, ROLE_PLAIN, entry->note);
    }
}
