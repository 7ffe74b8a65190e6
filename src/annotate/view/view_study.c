/*
 * view_study - how practice went, breaks, and pages where work stops.
 *
 * A pause says nothing of the rule that asked for it.
 */
#include <config.h>

#include <math.h>
#include <stdio.h>

#include "annotate/view/view_internal.h"
#include "common/base/number.h"

/* The name of the right answer, as a person reads it. */
static const char *truth_label(const struct model *model,
                               const struct question *question,
                               const char *truth)
{
    const struct question_option *option = question_option(question, truth);

    return option ? model_text(model, &option->label) : truth;
}

/* "within 1 counts as right", where that is not the same. */
static void add_distance(const struct question *question, double distance,
                         struct buf *out)
{
    char text[NUMBER_TEXT_SIZE];

    if (isnan(distance) || distance == 0)
        return;
    buf_addf(out, ", %s away on a scale from %g", number_format(distance, text),
             question->scale.min);
    buf_addf(out, " to %s", number_format(question->scale.max, text));
}

static void put_verdict(struct sheet *sheet, size_t q, const char *truth)
{
    const struct canvas *canvas = sheet->canvas;
    const struct model *model = canvas->model;
    const struct question *question = &model->protocol->question[q];
    const struct question_option *option = question_option(question, truth);
    struct buf text = { 0 };
    double distance;
    bool right =
        session_judge(model->protocol, question, model_answer(model, q), truth,
                      &distance) == VERDICT_RIGHT;

    sheet_blank(sheet);
    sheet_line(sheet, ROLE_TITLE, model_text(model, &question->text));
    buf_add_text(&text, right ? "Right: " : "Not as expected: ");
    buf_addf(&text, "the answer is \"%s\"",
             truth_label(model, question, truth));
    if (!right || (!isnan(distance) && distance > 0)) {
        buf_add_text(&text, ", and yours is \"");
        if (model_answer(model, q))
            view_answer_text(canvas, q, &text);
        else
            buf_add_text(&text, "none");
        buf_add_text(&text, "\"");
        add_distance(question, distance, &text);
    }
    sheet_text(sheet, right ? ROLE_GOOD : ROLE_ALERT, buf_text(&text));
    if (option && option->help.count > 0) {
        buf_clear(&text);
        buf_addf(&text, "%s: %s", truth_label(model, question, truth),
                 model_text(model, &option->help));
        sheet_text(sheet, ROLE_PLAIN, buf_text(&text));
    }
    buf_release(&text);
}

void view_feedback(struct sheet *sheet)
{
    const struct model *model = sheet->canvas->model;
    const char *const *truth;

    sheet_line(sheet, ROLE_TITLE, "Practice: how this one is heard");
    if (model->position >= model->count || !model->about)
        return;
    truth = model->about[model->position].truth;
    for (size_t q = 0; truth && q < model->protocol->question_count; q++)
        if (truth[q])
            put_verdict(sheet, q, truth[q]);
}

void view_practice(struct sheet *sheet)
{
    const struct model *model = sheet->canvas->model;
    const struct event_practice *practice = &model->practice;
    int left =
        model->protocol->conduct.attempts - model->fold.practice.attempts;
    struct buf text = { 0 };

    sheet_line(sheet, ROLE_TITLE,
               practice->passed ? "Practice is done" : "Practice once more");
    sheet_blank(sheet);
    buf_addf(&text, "%zu of %zu practice items were right. ", practice->right,
             practice->of);
    if (practice->passed)
        buf_add_text(&text, "From here on it is the real work: nothing more is "
                            "said about right and wrong. What you practised "
                            "with does not count.");
    else
        buf_addf(&text,
                 "At least %g %% are wanted before the work begins. You can "
                 "try %s; read the instructions again if you like.",
                 model->protocol->gold_min * 100,
                 left == 1 ? "once more" : "again");
    sheet_text(sheet, ROLE_PLAIN, buf_text(&text));
    buf_release(&text);
}

void view_break(struct sheet *sheet)
{
    const struct model *model = sheet->canvas->model;
    int64_t left = study_break_left_us(model);
    int minutes = model->protocol->break_minutes;
    struct buf text = { 0 };

    sheet_line(sheet, ROLE_TITLE, "Time for a break");
    if (minutes > 0 && model->protocol->conduct.break_items == 0)
        buf_addf(&text, "You have worked for %d minute%s. ", minutes,
                 minutes == 1 ? "" : "s");
    buf_add_text(&text,
                 "Judgements get worse with tiredness, so please rest your "
                 "ears for a while. Everything is kept; you can also stop here "
                 "and go on another day.");
    sheet_text(sheet, ROLE_PLAIN, buf_text(&text));
    if (left > 0) {
        buf_clear(&text);
        buf_addf(&text, "The break lasts %d:%02d more.", (int)(left / 60000000),
                 (int)(left % 60000000 / 1000000));
        sheet_blank(sheet);
        sheet_text(sheet, ROLE_PLAIN, buf_text(&text));
    }
    buf_release(&text);
}

void view_stopped(const struct canvas *canvas)
{
    struct sheet sheet = sheet_open(canvas, 0);

    switch (canvas->model->page) {
    case PAGE_PAUSED:
        sheet_line(&sheet, ROLE_TITLE, "A pause");
        sheet_blank(&sheet);
        sheet_text(&sheet, ROLE_PLAIN,
                   "Please take a break here, and speak with whoever leads the "
                   "project before you go on. Everything that you did is "
                   "kept.");
        break;
    case PAGE_SESSION_OVER:
        sheet_line(&sheet, ROLE_TITLE, "Enough for now");
        sheet_blank(&sheet);
        sheet_text(&sheet, ROLE_PLAIN,
                   "This session is as long as sessions are meant to be. "
                   "Thank you; everything is kept, and work goes on where you "
                   "left off when you come back rested.");
        break;
    default:
        sheet_line(&sheet, ROLE_TITLE, "Enough for today");
        sheet_blank(&sheet);
        sheet_text(&sheet, ROLE_PLAIN,
                   "You have worked as long as is meant for one day. Thank "
                   "you; everything is kept, and work goes on where you left "
                   "off tomorrow.");
        break;
    }
}
