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
    if (question->type == QUESTION_GRID) {
        buf_addf(out, ", up to %s away", number_format(distance, text));
        return;
    }
    buf_addf(out, ", %s away on a scale from %g", number_format(distance, text),
             question->scale.min);
    buf_addf(out, " to %s", number_format(question->scale.max, text));
}

/* Marks as a reference has them, from the item's beginning: "laugh 1.2 1.9". */
static void add_marks(const struct model *model,
                      const struct question *question, const char *tier,
                      struct buf *out)
{
    const struct track_tier *marks = track_tier(
        model_track(model, (size_t)(question - model->protocol->question)),
        tier);
    int64_t begin_us = model->about[model->position].begins_us;
    char clock[NUMBER_TEXT_SIZE];

    for (size_t i = 0; i < marks->count; i++) {
        const struct segment *it = marks->item[i];

        buf_addf(out, "%s%s%s%s", i ? "; " : "", it->label,
                 it->label[0] ? " " : "",
                 number_format_seconds(it->from_us - begin_us, clock));
        if (it->to_us != it->from_us && !segment_runs(it))
            buf_addf(out, " %s",
                     number_format_seconds(it->to_us - begin_us, clock));
    }
}

static void add_given(const struct canvas *canvas, size_t q, struct buf *out)
{
    const struct model *model = canvas->model;
    const struct question *question = &model->protocol->question[q];
    const struct conduct_reference *reference =
        conduct_reference(&model->protocol->conduct, question->id);
    size_t before = out->length;

    if (question->type == QUESTION_SEGMENTS && reference)
        add_marks(model, question,
                  reference->tier[0] ? reference->tier : question->tier[0].id,
                  out);
    if (out->length == before)
        view_answer_text(canvas, q, out);
    if (out->length == before)
        buf_add_text(out, "none");
}

/* Several options by their labels. */
static void add_truth(const struct model *model,
                      const struct question *question, const char *truth,
                      struct buf *out)
{
    struct text_list parts = { 0 };

    if (question->type == QUESTION_CHOICE)
        text_list_split(&parts, truth, '|');
    else
        text_list_add(&parts, truth);
    for (size_t i = 0; i < parts.count; i++)
        buf_addf(out, "%s%s", i ? ", " : "",
                 truth_label(model, question, parts.item[i]));
    text_list_release(&parts);
}

static void put_verdict(struct sheet *sheet, size_t q, const char *truth)
{
    const struct canvas *canvas = sheet->canvas;
    const struct model *model = canvas->model;
    const struct question *question = &model->protocol->question[q];
    const struct question_option *option = question_option(question, truth);
    struct buf text = { 0 };
    double distance;
    bool right = session_judge(model->protocol, &model->fold, model->about,
                               model->position, q, &distance) == VERDICT_RIGHT;

    sheet_blank(sheet);
    sheet_line(sheet, ROLE_TITLE, model_text(model, &question->text));
    buf_add_text(&text, right ? "Right: " : "Not as expected: ");
    buf_add_text(&text, "the answer is \"");
    add_truth(model, question, truth, &text);
    buf_add_text(&text, "\"");
    if (!right || (!isnan(distance) && distance > 0)) {
        buf_add_text(&text, ", and yours is \"");
        add_given(canvas, q, &text);
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
