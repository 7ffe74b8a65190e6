/*
 * update_focus - where keys go: questions, options, points.
 */
#include <config.h>

#include "annotate/app/update_internal.h"

/* The chosen option of a question asks how strong. */
static bool has_intensity_step(const struct model *model, size_t question)
{
    const struct question *asked = &model->protocol->question[question];
    const struct event_answer *answer = model_answer(model, question);

    if (!answer || !question_is_list(asked) || !asked->has_scale)
        return false;
    for (size_t i = 0; i < answer->values.count; i++) {
        const struct question_option *option =
            question_option(asked, answer->values.item[i]);

        if (option && option->intensity)
            return true;
    }
    return false;
}

/* One answer is there, and how strong it is is still asked. */
static bool wants_intensity(const struct model *model, size_t question)
{
    const struct event_answer *answer = model_answer(model, question);

    return has_intensity_step(model, question) && !answer->has_intensity &&
           !model->protocol->question[question].many;
}

void focus_question(struct model *model, size_t question)
{
    model->question = question;
    model->cursor = -1;
    model->on_intensity = wants_intensity(model, question);
    model->marks = (struct model_marks){ .attribute = -1 };
    model->half = false;
}

void focus_next(struct step *step, int direction)
{
    struct model *model = step->model;
    size_t count = model->protocol->question_count;
    size_t question = model->question;

    if (direction > 0 && !model->on_intensity &&
        has_intensity_step(model, question)) {
        model->on_intensity = true;
        model->cursor = -1;
        return;
    }
    if (direction < 0 && model->on_intensity) {
        focus_question(model, question);
        model->on_intensity = false; /* to say something else */
        return;
    }
    question = direction > 0 ? question + 1 : question + count - 1;
    focus_question(model, question % count);
    if (direction < 0 && has_intensity_step(model, model->question))
        model->on_intensity = true;
}

/* The next question after the focus that wants an answer; else `count`. */
static size_t next_unsettled(const struct model *model)
{
    size_t count = model->protocol->question_count;

    for (size_t i = model->question + 1; i < count; i++) {
        if (!model_settled(model, i))
            return i;
    }
    return count;
}

static void say_go_on(struct model *model)
{
    char name[KEY_NAME_SIZE];

    model_say(model, TONE_GOOD, "Kept. %s goes on",
              key_name(keymap_key(model->keymap, ACTION_TAKE), name));
}

void focus_after_answer(struct step *step)
{
    struct model *model = step->model;
    const struct question *question = model_question(model);
    size_t count = model->protocol->question_count;
    size_t next;

    model->cursor = -1;
    model->half = false;
    if (wants_intensity(model, model->question)) {
        model->on_intensity = true;
        model_say(model, TONE_GOOD, "%s",
                  model_question(model)->type == QUESTION_COMPARE
                      ? "Kept. How much more?"
                      : "Kept. How strong is it?");
        return;
    }
    model->on_intensity = false;
    if (question->many) { /* there may be more of them */
        say_go_on(model);
        return;
    }
    next = next_unsettled(model);
    if (next == count)
        next = model_unsettled(model, false);
    if (next < count) {
        model_say(model, TONE_GOOD, "Kept");
        focus_question(model, next);
    } else if (model->protocol->advance == ADVANCE_LAST_ANSWER &&
               (model->fold.entry[model->position].revised == 0 ||
                count == 1)) {
        model_say(model, TONE_GOOD, "Kept");
        item_submit(step);
    } else {
        say_go_on(model);
    }
}

void focus_go_on(struct step *step)
{
    struct model *model = step->model;
    size_t count = model->protocol->question_count;
    size_t next;

    if (!model_settled(model, model->question) &&
        (model_question(model)->required ||
         model_track(model, model->question)->count > 0)) {
        if (say_unfinished(model, model->question))
            return;
        model_say(model, TONE_ALERT, "Not answered yet: %s",
                  model_text(model, &model_question(model)->text));
        return;
    }
    next = next_unsettled(model);
    if (next < count)
        focus_question(model, next);
    else
        item_submit(step);
}
