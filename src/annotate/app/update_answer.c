/*
 * update_answer - what choices and scales share: keys to answers.
 */
#include <config.h>

#include <stdlib.h>

#include "annotate/app/update_internal.h"
#include "common/base/vec.h"

void answer_send(struct step *step, const struct event_answer *answer)
{
    const struct event_answer *before =
        model_answer(step->model, step->model->question);

    if (before && event_answer_same(before, answer)) {
        focus_after_answer(step); /* kept already; go on as if new */
        return;
    }
    if (!item_may_change(step))
        return;
    step_append(step, EVENT_ANSWER_SET, event_payload_answer(answer));
}

static bool takes_key(struct step *step, size_t question, uint32_t key)
{
    switch (step->model->protocol->question[question].type) {
    case QUESTION_SCALE:
        return scale_key(step, question, key);
    case QUESTION_GRID:
        return grid_key(step, question, key);
    case QUESTION_SEGMENTS:
        return segments_key(step, question, key);
    case QUESTION_TRACE:
        return trace_key(step, key) || choice_key(step, question, key);
    default:
        return choice_key(step, question, key);
    }
}

/* Does the key answer this question? */
static bool knows_key(const struct model *model, size_t question, uint32_t key)
{
    const struct question *asked = &model->protocol->question[question];

    if (question_option_by_code(asked, key))
        return true;
    if (asked->type == QUESTION_SEGMENTS)
        return segments_know_key(model, question, key);
    return question_points(asked) > 0 &&
           model_point_of_key(&asked->scale, key) >= 0;
}

/* What an arrow does where it moves both ways, else ACTION_NONE. */
static enum action arrow_action(const struct model *model, uint32_t key)
{
    static const struct {
        uint32_t key;
        enum action action;
    } arrows[] = {
        { KEY_CODE_LEFT, ACTION_CURSOR_LEFT },
        { KEY_CODE_RIGHT, ACTION_CURSOR_RIGHT },
        { KEY_MOD_SHIFT | KEY_CODE_LEFT, ACTION_CURSOR_LEFT_FAR },
        { KEY_MOD_SHIFT | KEY_CODE_RIGHT, ACTION_CURSOR_RIGHT_FAR },
        { KEY_CODE_HOME, ACTION_CURSOR_FIRST },
        { KEY_CODE_END, ACTION_CURSOR_LAST },
    };

    for (size_t i = 0; model_takes_arrows(model) && i < LENGTH_OF(arrows);
         i++) {
        if (arrows[i].key == key)
            return arrows[i].action;
    }
    return ACTION_NONE;
}

bool answer_frees_key(const struct model *model, enum action action)
{
    if (action >= ACTION_TRACE && action <= ACTION_TRACE_START)
        return !model_trace(model);
    if (action >= ACTION_MARK_IN && action <= ACTION_JUMP)
        return model->page == PAGE_ITEM &&
               model_question(model)->type != QUESTION_SEGMENTS;
    return (action == ACTION_PLAY_FIRST || action == ACTION_PLAY_SECOND) &&
           !model_pair(model);
}

bool answer_key(struct step *step, uint32_t key)
{
    struct model *model = step->model;
    size_t count = model->protocol->question_count;
    size_t found = count;

    if (takes_key(step, model->question, key) || compare_key(step, key))
        return true;
    if (arrow_action(model, key) != ACTION_NONE) {
        focus_move(step, arrow_action(model, key));
        return true;
    }
    /* Another question's key, when only one question can mean it. */
    for (size_t i = 0; i < count; i++) {
        if (!knows_key(model, i, key))
            continue;
        if (found < count)
            return false;
        found = i;
    }
    if (found == count)
        return false;
    focus_question(model, found);
    return takes_key(step, found, key);
}

static void take_at_cursor(struct step *step)
{
    struct model *model = step->model;
    const struct question *question = model_question(model);
    size_t cursor = (size_t)model->cursor;
    size_t points = question_points(question);

    if (model->on_intensity)
        choice_intensity(step, model->question, cursor);
    else if (cursor < points && question->type == QUESTION_GRID)
        grid_take(step, model->question, cursor);
    else if (cursor < points)
        scale_take(step, model->question, cursor);
    else
        choice_take(step, model->question, &question->option[cursor - points],
                    NULL);
}

/* Is the thing under the cursor the answer already? */
static bool cursor_is_taken(const struct model *model)
{
    const struct question *question = model_question(model);
    const struct event_answer *answer = model_answer(model, model->question);
    size_t cursor = (size_t)model->cursor;
    size_t points = question_points(question);

    if (!answer)
        return false;
    if (model->on_intensity)
        return answer->has_intensity &&
               scale_index(&question->scale, answer->intensity) ==
                   model->cursor;
    if (cursor < points && question->type == QUESTION_GRID)
        return model_grid_point(question, answer) == model->cursor;
    if (cursor < points)
        return answer->kind == EVENT_VALUE_NUMBER &&
               scale_index(&question->scale, answer->number) == model->cursor;
    return model_answer_has(answer, question->option[cursor - points].value);
}

void answer_take(struct step *step)
{
    struct model *model = step->model;

    if (model_question(model)->type != QUESTION_SEGMENTS &&
        model->cursor >= 0 && !cursor_is_taken(model))
        take_at_cursor(step);
    else if (model_question(model)->type == QUESTION_TEXT &&
             !model_answer(model, model->question))
        text_write(step, model->question);
    else
        focus_go_on(step);
}

void answer_clear(struct step *step)
{
    struct model *model = step->model;
    const struct question *question = model_question(model);

    if (!model_answer(model, model->question)) {
        model_say(model, TONE_ALERT, "There is no answer to take back: %s",
                  model_text(model, &question->text));
        return;
    }
    if (!item_may_change(step))
        return;
    focus_question(model, model->question);
    model->on_intensity = false; /* of nothing */
    step_append(step, EVENT_ANSWER_CLEARED,
                event_payload_cleared(question->id));
    model_say(model, TONE_GOOD, "Taken back: %s",
              model_text(model, &question->text));
}

const struct question_option *answer_option(const struct question *question,
                                            enum answer_kind kind)
{
    for (size_t i = 0; i < question->option_count; i++) {
        if (question->option[i].kind == kind)
            return &question->option[i];
    }
    return NULL;
}

/* An answer that is no value, by its action. */
static bool take_kind(struct step *step, enum answer_kind kind)
{
    struct model *model = step->model;
    const struct question_option *option =
        answer_option(model_question(model), kind);

    if (option && model_question(model)->type == QUESTION_SEGMENTS)
        segments_answer(step, model->question, option);
    else if (option)
        choice_take(step, model->question, option, NULL);
    return option != NULL;
}

void answer_nothing(struct step *step)
{
    if (!take_kind(step, ANSWER_NONE))
        model_say(step->model, TONE_ALERT,
                  "This question has no answer that there is nothing");
}

void answer_cannot_tell(struct step *step)
{
    struct model *model = step->model;

    if (!take_kind(step, ANSWER_CANNOT_TELL))
        model_say(model, TONE_ALERT,
                  "This question wants an answer; the item can be skipped");
}

void answer_other(struct step *step)
{
    struct model *model = step->model;
    const struct question_option *option =
        answer_option(model_question(model), ANSWER_OTHER);

    if (model_question(model)->type == QUESTION_TEXT)
        text_write(step, model->question);
    else if (option)
        choice_take(step, model->question, option, NULL);
    else
        model_say(model, TONE_ALERT,
                  "This question has no answer in your own words");
}
