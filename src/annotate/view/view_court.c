/*
 * view_court - a case of the conflict workbench: judgements, rules, history,
 * and what can be decided.
 */
#include <config.h>

#include <stdlib.h>

#include "annotate/view/view_internal.h"

static void put_voices(struct sheet *sheet,
                       const struct court_question *question)
{
    struct buf text = { 0 };

    sheet_line(sheet, ROLE_FAINT, "Judgements");
    for (size_t v = 0; v < question->voices; v++) {
        buf_clear(&text);
        buf_addf(&text, "%s  %s%s%s", question->voice[v].name,
                 question->voice[v].value,
                 *question->voice[v].beside ? ", " : "",
                 question->voice[v].beside);
        sheet_text(sheet, ROLE_PLAIN, buf_text(&text));
    }
    if (question->voices == 0)
        sheet_text(sheet, ROLE_PLAIN, "none that count");
    buf_release(&text);
}

static void put_opinions(struct sheet *sheet,
                         const struct court_question *question)
{
    struct buf text = { 0 };

    sheet_line(sheet, ROLE_FAINT, "The rules");
    for (size_t r = 0; r < question->opinions; r++) {
        const struct court_opinion *it = &question->opinion[r];

        buf_clear(&text);
        buf_addf(&text, "%s%s%s: %s", it->rule, *it->value ? " says " : "",
                 it->value, it->why);
        sheet_text(sheet, it->settled ? ROLE_PLAIN : ROLE_FAINT,
                   buf_text(&text));
    }
    buf_release(&text);
}

static void put_choices(struct sheet *sheet,
                        const struct court_question *question)
{
    const struct model *model = sheet->canvas->model;
    struct buf text = { 0 };

    sheet_line(sheet, ROLE_FAINT, "Decide");
    for (size_t c = 0; c < question->choices; c++) {
        bool at = (int)c == model->court_choice;

        buf_clear(&text);
        buf_addf(&text, "%s %zu %s%s%s%s", at ? ">" : " ", c + 1,
                 question->brief[c], c == question->own ? "  (yours)" : "",
                 *question->from[c] ? "  " : "", question->from[c]);
        sheet_text(sheet, at ? ROLE_CURSOR : ROLE_PLAIN, buf_text(&text));
    }
    buf_clear(&text);
    if (question->decided)
        buf_addf(&text, "decided: %s", question->decided);
    else if (question->sent_back)
        buf_add_text(&text, "sent back to the annotators");
    if (text.length > 0)
        sheet_text(sheet, ROLE_GOOD, buf_text(&text));
    buf_release(&text);
}

static void put_history(struct sheet *sheet,
                        const struct court_question *question)
{
    if (question->past == 0)
        return;
    sheet_line(sheet, ROLE_FAINT, "Before");
    for (size_t h = 0; h < question->past; h++)
        sheet_text(sheet, ROLE_PLAIN, question->history[h]);
}

static void put_all(struct sheet *sheet)
{
    const struct model *model = sheet->canvas->model;
    const struct court_question *question = court_question(model);
    const struct question *asked = &model->protocol->question[question->number];
    struct buf text = { 0 };

    buf_addf(&text, "%s, %s", question->id, question->state);
    if (model->court->count > 1)
        buf_addf(&text, "  (question %zu of %zu)", model->court_question + 1,
                 model->court->count);
    sheet_line(sheet, ROLE_TITLE, buf_text(&text));
    buf_release(&text);
    put_choices(sheet, question);
    if (asked->type == QUESTION_SEGMENTS)
        view_court_marks(sheet, question);
    else if (asked->type == QUESTION_TRACE)
        view_court_traces(sheet, question);
    put_voices(sheet, question);
    put_opinions(sheet, question);
    put_history(sheet, question);
}

void view_court(const struct canvas *canvas)
{
    struct sheet sheet =
        sheet_open(canvas, canvas->model->scroll + canvas->screen->height);

    if (court_question(canvas->model))
        put_all(&sheet);
}
