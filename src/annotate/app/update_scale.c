/*
 * update_scale - answers on a row of numbers.
 */
#include <config.h>

#include "annotate/app/update_internal.h"
#include "common/base/number.h"

void scale_take(struct step *step, size_t question, size_t point)
{
    const struct question *asked = &step->model->protocol->question[question];
    struct event_answer answer;

    event_answer_init(&answer, asked->id);
    answer.kind = EVENT_VALUE_NUMBER;
    answer.number = scale_value(&asked->scale, point);
    answer_send(step, &answer);
    event_answer_release(&answer);
}

bool scale_typed(struct step *step, const char *text)
{
    struct model *model = step->model;
    const struct scale *scale = &model_question(model)->scale;
    char low[NUMBER_TEXT_SIZE];
    char high[NUMBER_TEXT_SIZE];
    char wide[NUMBER_TEXT_SIZE];
    double value;
    int point;

    point = number_parse(text, &value) ? scale_index(scale, value) : -1;
    if (point < 0) {
        model_say(model, TONE_ALERT,
                  "\"%s\" is no point of this scale: %s to %s in steps of %s",
                  text, number_format(scale->min, low),
                  number_format(scale->max, high),
                  number_format(scale->step, wide));
        return false;
    }
    scale_take(step, model->question, (size_t)point);
    return true;
}

bool scale_key(struct step *step, size_t question, uint32_t key)
{
    struct model *model = step->model;
    const struct question *asked = &model->protocol->question[question];
    const struct question_option *option = question_option_by_code(asked, key);
    int point = model_point_of_key(&asked->scale, key);

    if (option) {
        choice_take(step, question, option, NULL);
        return true;
    }
    if (point >= 0) {
        scale_take(step, question, (size_t)point);
        return true;
    }
    /* A scale with other points than digits: the number is typed. */
    if (model_point_key(&asked->scale, 0) == 0 &&
        ((key >= '0' && key <= '9') || (key == '-' && asked->scale.min < 0))) {
        char digit[2] = { (char)key, '\0' };

        focus_question(model, question);
        prompt_open(model, PROMPT_NUMBER, digit);
        return true;
    }
    return false;
}
