/*
 * update_form - the questionnaire: what is asked about the annotator.
 *
 * One question a page.  A text or a number is typed, a choice is taken; what
 * may stay open is left with Enter.
 */
#include <config.h>

#include <math.h>
#include <string.h>

#include "annotate/app/update_internal.h"
#include "common/base/number.h"

const struct form *form_of(const struct model *model)
{
    return model->form_at_end ? &model->protocol->conduct.end
                              : &model->protocol->conduct.start;
}

const struct form_question *form_now(const struct model *model)
{
    return &form_of(model)->question[model->form_question];
}

static const struct event_answer *answer_to(const struct model *model,
                                            const char *id)
{
    for (size_t i = 0; i < model->fold.person.count; i++)
        if (strcmp(model->fold.person.item[i].question, id) == 0)
            return &model->fold.person.item[i];
    return NULL;
}

/* Shows a question; what was answered before stands in its place. */
static void show(struct step *step, size_t index)
{
    struct model *model = step->model;
    const struct form_question *question;
    const struct event_answer *answer;
    char number[NUMBER_TEXT_SIZE];
    const char *text = "";

    model->form_question = index;
    question = form_now(model);
    answer = answer_to(model, question->id);
    model->cursor = -1; /* nobody is anything unless they say so */
    model->prompt.kind = PROMPT_NONE;
    if (answer && answer->kind == EVENT_VALUE_NUMBER)
        text = number_format(answer->number, number);
    else if (answer && answer->values.count > 0)
        text = answer->values.item[0];
    if (question->type != FORM_CHOICE) {
        prompt_open(model, PROMPT_FORM, text);
        return;
    }
    for (size_t i = 0; i < question->option_count; i++)
        if (strcmp(question->option[i].value, text) == 0)
            model->cursor = (int)i;
}

bool form_begin(struct step *step, bool at_end)
{
    struct model *model = step->model;
    size_t first = 0;

    model->form_at_end = at_end;
    if (form_of(model)->count == 0 ||
        (at_end ? model->fold.end_form_done : model->fold.start_form_done))
        return false;
    while (first + 1 < form_of(model)->count &&
           answer_to(model, form_of(model)->question[first].id))
        first++;
    effects_add(step->effects, EFFECT_STOP);
    model->page = PAGE_FORM;
    model->position = model->count;
    model->scroll = 0;
    show(step, first);
    return true;
}

/* On to the next question, or out of the form. */
static void go_on(struct step *step)
{
    struct model *model = step->model;

    if (model->form_question + 1 < form_of(model)->count) {
        show(step, model->form_question + 1);
        return;
    }
    model->prompt.kind = PROMPT_NONE;
    step_append(
        step, EVENT_FORM_DONE,
        event_payload_text("part", model->form_at_end ? "end" : "start"));
}

void form_after_kept(struct step *step)
{
    if (step->message->event->kind == EVENT_PERSON_ANSWERED)
        go_on(step);
    else if (step->model->form_at_end)
        item_go(step);
    else
        item_start(step);
}

static void send(struct step *step, struct event_answer *answer)
{
    const struct event_answer *before =
        answer_to(step->model, answer->question);

    if (before && event_answer_same(before, answer))
        go_on(step);
    else
        step_append(step, EVENT_PERSON_ANSWERED, event_payload_answer(answer));
    event_answer_release(answer);
}

static bool in_range(const struct form_question *question, double value)
{
    return !(value < question->min) && !(value > question->max);
}

/* False: the status says why not. */
static bool read_number(struct model *model,
                        const struct form_question *question, const char *text,
                        struct event_answer *answer)
{
    answer->kind = EVENT_VALUE_NUMBER;
    if (number_parse(text, &answer->number) &&
        in_range(question, answer->number))
        return true;
    if (isnan(question->min) || isnan(question->max))
        model_say(model, TONE_ALERT, "A number is asked for, such as 12");
    else
        model_say(model, TONE_ALERT, "A number from %g to %g is asked for",
                  question->min, question->max);
    return false;
}

void form_typed(struct step *step)
{
    struct model *model = step->model;
    const struct form_question *question = form_now(model);
    const char *text = model->prompt.text;
    struct event_answer answer;

    if (text[0] == '\0') {
        if (question->required)
            model_say(model, TONE_ALERT, "This question wants an answer");
        else
            go_on(step);
        return;
    }
    event_answer_init(&answer, question->id);
    if (question->type == FORM_NUMBER) {
        if (!read_number(model, question, text, &answer)) {
            event_answer_release(&answer);
            return;
        }
    } else {
        answer.kind = EVENT_VALUE_TEXT;
        text_list_add(&answer.values, text);
    }
    send(step, &answer);
}

static void take_option(struct step *step, size_t index)
{
    const struct form_question *question = form_now(step->model);
    struct event_answer answer;

    event_answer_init(&answer, question->id);
    answer.kind = EVENT_VALUE_TEXT;
    text_list_add(&answer.values, question->option[index].value);
    send(step, &answer);
}

/* Enter where nothing is marked. */
static void leave_open(struct step *step)
{
    const struct form_question *question = form_now(step->model);

    if (question->required && !answer_to(step->model, question->id))
        model_say(step->model, TONE_ALERT, "This question wants an answer");
    else
        go_on(step);
}

bool form_key(struct step *step, uint32_t key)
{
    const struct form_question *question = form_now(step->model);

    if (question->type != FORM_CHOICE || key < '1' || key > '9' ||
        key - '1' >= question->option_count)
        return false;
    take_option(step, key - '1');
    return true;
}

bool form_action(struct step *step, enum action action)
{
    struct model *model = step->model;
    const struct form_question *question = form_now(model);
    int count = (int)question->option_count;

    switch (action) {
    case ACTION_TAKE:
        if (question->type == FORM_CHOICE && model->cursor >= 0)
            take_option(step, (size_t)model->cursor);
        else
            leave_open(step);
        return true;
    case ACTION_CURSOR_UP:
    case ACTION_CURSOR_DOWN:
        if (model->cursor < 0)
            model->cursor = action == ACTION_CURSOR_UP ? count - 1 : 0;
        else if (count > 0)
            model->cursor = (model->cursor + count +
                             (action == ACTION_CURSOR_UP ? -1 : 1)) %
                            count;
        return true;
    case ACTION_QUESTION_NEXT:
        leave_open(step);
        return true;
    case ACTION_QUESTION_BACK:
    case ACTION_BACK:
    case ACTION_CANCEL:
        if (model->form_question > 0)
            show(step, model->form_question - 1);
        return true;
    default:
        return false;
    }
}
