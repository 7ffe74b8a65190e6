/*
 * update_text - answers in the annotator's own words; scrolling what is read.
 */
#include <config.h>

#include <string.h>

#include "annotate/app/update_internal.h"
#include "common/base/utf8.h"

void text_write(struct step *step, size_t question)
{
    struct model *model = step->model;
    const struct event_answer *answer = model_answer(model, question);
    const char *text = "";

    if (answer && answer->values.count > 0 && !event_answer_reserved(answer))
        text = answer->values.item[0];
    focus_question(model, question);
    prompt_open(model, PROMPT_TEXT, text);
}

/* Blanks alone are no answer. */
static bool is_empty(const char *text)
{
    return text[strspn(text, " \n\t")] == '\0';
}

bool text_typed(struct step *step, const char *text)
{
    struct model *model = step->model;
    const struct question *question = model_question(model);
    struct event_answer answer;

    if (is_empty(text) && !question->required) {
        model->prompt.kind = PROMPT_NONE; /* nothing to say is no fault */
        focus_go_on(step);
        return true;
    }
    if (is_empty(text)) {
        model_say(model, TONE_ALERT, "Write a word or two, or leave with Esc");
        return false;
    }
    if (text[0] == '@') { /* in the data these are no texts */
        model_say(model, TONE_ALERT,
                  "A text cannot begin with @: put something before it");
        return false;
    }
    if (utf8_count(text) > (size_t)question->max_length) {
        model_say(model, TONE_ALERT,
                  "%zu characters, and at most %d may be: take some away",
                  utf8_count(text), question->max_length);
        return false;
    }
    event_answer_init(&answer, question->id);
    answer.kind = EVENT_VALUE_TEXT;
    text_list_add(&answer.values, text);
    model->prompt.kind = PROMPT_NONE;
    answer_send(step, &answer);
    event_answer_release(&answer);
    return true;
}

void step_scroll_text(struct step *step, int lines)
{
    if (lines > step->message->text_below)
        lines = step->message->text_below;
    if (lines < -step->message->text_above)
        lines = -step->message->text_above;
    step->model->text_scroll += lines;
}
