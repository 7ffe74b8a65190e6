/*
 * view_form - the questionnaire, one question a page.
 */
#include <config.h>

#include "annotate/view/view_internal.h"

static void put_option(struct sheet *sheet,
                       const struct form_question *question, size_t index)
{
    const struct canvas *canvas = sheet->canvas;
    const struct model *model = canvas->model;
    bool here = (int)index == model->cursor;
    char name[KEY_NAME_SIZE] = "";
    int y;

    if (!sheet_row(sheet, &y))
        return;
    if (here)
        draw_glyph(canvas, SHEET_LEFT, y, ROLE_CURSOR, GLYPH_CURSOR);
    if (index < 9)
        key_name('1' + (uint32_t)index, name);
    screen_put(canvas->screen, SHEET_LEFT + 2, y, 2, ROLE_KEY, name);
    screen_put_cut(canvas->screen, SHEET_LEFT + 5, y,
                   canvas->screen->width - SHEET_LEFT - 6,
                   here ? ROLE_CURSOR : ROLE_PLAIN,
                   model_text(model, &question->option[index].label));
}

void view_form(const struct canvas *canvas)
{
    const struct model *model = canvas->model;
    const struct form_question *question = form_now(model);
    struct sheet sheet = sheet_open(canvas, 0);
    struct buf text = { 0 };

    buf_addf(&text, "About you: question %zu of %zu", model->form_question + 1,
             form_of(model)->count);
    sheet_line(&sheet, ROLE_FAINT, buf_text(&text));
    sheet_blank(&sheet);
    sheet_text(&sheet, ROLE_TITLE, model_text(model, &question->text));
    if (question->help.count > 0)
        sheet_text(&sheet, ROLE_PLAIN, model_text(model, &question->help));
    sheet_blank(&sheet);
    for (size_t i = 0; i < question->option_count; i++)
        put_option(&sheet, question, i);
    if (question->type != FORM_CHOICE) {
        struct band band = { .y = sheet.top + sheet.line, .rows = 1 };

        view_prompt(canvas, &band);
        sheet.line++;
    }
    sheet_blank(&sheet);
    sheet_text(&sheet, ROLE_FAINT,
               question->required
                   ? "What you say here is kept apart from your judgements, "
                     "for the lead only."
                   : "What you say here is kept apart from your judgements, "
                     "for the lead only. You may leave it open.");
    buf_release(&text);
}
