/*
 * update_choice - answers out of a list: one or several, and how strong.
 */
#include <config.h>

#include <string.h>

#include "annotate/app/update_internal.h"
#include "common/base/mem.h"

/* Stands alone even where several options may be chosen. */
static bool is_exclusive(const struct question_option *option)
{
    return option->kind != ANSWER_VALUE && option->kind != ANSWER_OTHER;
}

static bool list_is_exclusive(const struct question *question,
                              const struct event_answer *answer)
{
    for (size_t i = 0; i < answer->values.count; i++) {
        const struct question_option *option =
            question_option(question, answer->values.item[i]);

        if (!option || is_exclusive(option))
            return true;
    }
    return false;
}

/* Adds the values of `from` to `to`, but not `without`. */
static void copy_values(struct event_answer *to,
                        const struct event_answer *from, const char *without)
{
    for (size_t i = 0; i < from->values.count; i++) {
        if (strcmp(from->values.item[i], without) != 0)
            text_list_add(&to->values, from->values.item[i]);
    }
}

/* The answer after `option` was switched on or off among several. */
static void toggle(const struct question *question,
                   const struct event_answer *before,
                   const struct question_option *option, const char *text,
                   struct event_answer *after)
{
    bool was_on = model_answer_has(before, option->value);

    after->kind = EVENT_VALUE_LIST;
    if (before && !list_is_exclusive(question, before)) {
        copy_values(after, before, option->value);
        after->has_intensity = before->has_intensity;
        after->intensity = before->intensity;
        if (before->text && option->kind != ANSWER_OTHER)
            after->text = xstrdup(before->text);
    }
    if (!was_on || text)
        text_list_add(&after->values, option->value);
    if (text)
        after->text = xstrdup(text);
}

static void take_one(const struct question_option *option, const char *text,
                     struct event_answer *answer)
{
    answer->kind = EVENT_VALUE_TEXT;
    text_list_add(&answer->values, option->value);
    if (text)
        answer->text = xstrdup(text);
}

/* The same option again keeps how strong it is. */
static void keep_intensity(const struct event_answer *before,
                           const struct question_option *option,
                           struct event_answer *answer)
{
    if (before && option->intensity && before->kind == EVENT_VALUE_TEXT &&
        model_answer_has(before, option->value)) {
        answer->has_intensity = before->has_intensity;
        answer->intensity = before->intensity;
    }
}

void choice_take(struct step *step, size_t question,
                 const struct question_option *option, const char *text)
{
    struct model *model = step->model;
    const struct question *asked = &model->protocol->question[question];
    const struct event_answer *before = model_answer(model, question);
    struct event_answer answer;

    if (option->kind == ANSWER_OTHER && !text &&
        !(asked->many && model_answer_has(before, option->value))) {
        prompt_open(model, PROMPT_OTHER, before ? before->text : "");
        return;
    }
    event_answer_init(&answer, asked->id);
    if (asked->many && !is_exclusive(option)) {
        toggle(asked, before, option, text, &answer);
    } else {
        take_one(option, text, &answer);
        keep_intensity(before, option, &answer);
    }
    if (answer.values.count == 0) /* the last one was switched off */
        answer_clear(step);
    else
        answer_send(step, &answer);
    event_answer_release(&answer);
}

void choice_take_level(struct step *step, size_t question,
                       const struct question_option *option, size_t point)
{
    const struct question *asked = &step->model->protocol->question[question];
    struct event_answer answer;

    event_answer_init(&answer, asked->id);
    take_one(option, NULL, &answer);
    answer.has_intensity = option->intensity;
    if (option->intensity)
        answer.intensity = scale_value(&asked->scale, point);
    answer_send(step, &answer);
    event_answer_release(&answer);
}

void choice_intensity(struct step *step, size_t question, size_t point)
{
    struct model *model = step->model;
    const struct question *asked = &model->protocol->question[question];
    const struct event_answer *before = model_answer(model, question);
    struct event_answer answer;

    if (!before)
        return;
    event_answer_copy(&answer, before);
    answer.has_intensity = true;
    answer.intensity = scale_value(&asked->scale, point);
    answer_send(step, &answer);
    event_answer_release(&answer);
}

bool choice_key(struct step *step, size_t question, uint32_t key)
{
    struct model *model = step->model;
    const struct question *asked = &model->protocol->question[question];
    const struct question_option *option;

    if (model->on_intensity && model->question == question) {
        int point = model_point_of_key(&asked->scale, key);

        if (point >= 0) {
            choice_intensity(step, question, (size_t)point);
            return true;
        }
    }
    option = question_option_by_code(asked, key);
    if (!option)
        return false;
    model->on_intensity = false;
    model->cursor = -1;
    choice_take(step, question, option, NULL);
    return true;
}
