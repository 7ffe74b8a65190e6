/*
 * update_grid - answers on a grid: two numbers at once.
 *
 * Where both axes have digits for points, two of them answer: the column,
 * then the row.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/app/update_internal.h"
#include "common/base/mem.h"
#include "common/base/number.h"

void grid_take(struct step *step, size_t question, size_t point)
{
    const struct question *asked = &step->model->protocol->question[question];
    size_t columns = scale_count(&asked->scale);
    struct event_answer answer;

    event_answer_init(&answer, asked->id);
    answer.kind = EVENT_VALUE_PAIR;
    answer.number = scale_value(&asked->scale, point % columns);
    answer.rise = scale_value(&asked->rise, point / columns);
    answer_send(step, &answer);
    event_answer_release(&answer);
}

bool grid_typed(struct step *step, const char *text)
{
    struct model *model = step->model;
    const struct question *question = model_question(model);
    size_t length = strcspn(text, " ,;");
    const char *second = text + length + strspn(text + length, " ,;");
    char *first = xstrndup(text, length);
    double x, y;
    int column = -1;
    int row = -1;

    if (number_parse(first, &x) && number_parse(second, &y)) {
        column = scale_index(&question->scale, x);
        row = scale_index(&question->rise, y);
    }
    free(first);
    if (column < 0 || row < 0) {
        char low[NUMBER_TEXT_SIZE];
        char high[NUMBER_TEXT_SIZE];

        model_say(model, TONE_ALERT,
                  "\"%s\" is no point of this grid: two numbers, such as "
                  "\"%s %s\"",
                  text, number_format(question->scale.min, low),
                  number_format(question->rise.max, high));
        return false;
    }
    grid_take(step, model->question,
              (size_t)row * scale_count(&question->scale) + (size_t)column);
    return true;
}

/* A digit is a column first, then a row. */
static bool take_digit(struct step *step, size_t question, uint32_t key)
{
    struct model *model = step->model;
    const struct question *asked = &model->protocol->question[question];
    int columns = (int)scale_count(&asked->scale);
    bool second = model->half && model->question == question;
    int point = model_point_of_key(second ? &asked->rise : &asked->scale, key);

    if (point < 0)
        return false;
    if (second) {
        model->half = false;
        grid_take(step, question,
                  (size_t)(point * columns + model->cursor % columns));
        return true;
    }
    focus_question(model, question);
    model->half = true;
    model->cursor = (int)scale_count(&asked->rise) / 2 * columns + point;
    return true;
}

bool grid_key(struct step *step, size_t question, uint32_t key)
{
    struct model *model = step->model;
    const struct question *asked = &model->protocol->question[question];
    const struct question_option *option = question_option_by_code(asked, key);

    if (option) {
        choice_take(step, question, option, NULL);
        return true;
    }
    if (model_point_key(&asked->scale, 0) && model_point_key(&asked->rise, 0))
        return take_digit(step, question, key);
    if ((key >= '0' && key <= '9') || key == '-') {
        char digit[2] = { (char)key, '\0' };

        focus_question(model, question);
        prompt_open(model, PROMPT_NUMBER, digit);
        return true;
    }
    return false;
}
