/*
 * update_cursor - the cursor among options and points.
 */
#include <config.h>

#include "annotate/app/update_internal.h"

enum { FAR_STEPS = 10, WHEEL_SIDES = 2 };

/* Where the cursor starts: on the present answer, else before the first. */
static int present_stop(const struct model *model)
{
    const struct question *question = model_question(model);
    const struct event_answer *answer = model_answer(model, model->question);

    if (!answer)
        return -1;
    if (model->on_intensity)
        return answer->has_intensity
                   ? scale_index(&question->scale, answer->intensity)
                   : -1;
    if (answer->kind == EVENT_VALUE_NUMBER)
        return scale_index(&question->scale, answer->number);
    if (answer->kind == EVENT_VALUE_PAIR)
        return model_grid_point(question, answer);
    for (size_t i = 0; i < question->option_count; i++) {
        if (model_answer_has(answer, question->option[i].value))
            return (int)(i + question_points(question));
    }
    return -1;
}

static int clamp(int value, int count)
{
    if (value < 0)
        return 0;
    return value < count ? value : count - 1;
}

/* A tenth of a long row, half of what is left of a short one, at least 2. */
static int far_step(int count)
{
    return count > 2 * FAR_STEPS ? (count - 1) / FAR_STEPS : 2;
}

/* To the next stop, around the end: points first, then options. */
static void turn(struct model *model, int direction)
{
    const struct question *question = model_question(model);
    int points = (int)question_points(question);
    int count = points + (int)question->option_count;
    bool rises = points > 0 || model->on_intensity;

    if (model->on_intensity)
        count = (int)scale_count(&question->scale);
    if (count == 0)
        return;
    /* Options stand one below the other, so down is the next one; points rise
     * to the right, so up is the higher one. */
    if (rises)
        direction = -direction;
    if (model->cursor < 0)
        model->cursor = direction > 0 ? 0 : count - 1;
    else
        model->cursor = (model->cursor + direction + count) % count;
}

/* Along a row of points, to its ends at most. */
static void shift(struct model *model, int by)
{
    const struct scale *scale = &model_question(model)->scale;
    int count = (int)scale_count(scale);

    if (model->cursor < 0 || model->cursor >= count)
        model->cursor = by > 0 ? 0 : count - 1;
    else
        model->cursor = clamp(model->cursor + by, count);
}

/* On a grid; from the middle at first, and below its rows to the options. */
static void step_grid(struct model *model, int dx, int dy)
{
    const struct question *question = model_question(model);
    int columns = (int)scale_count(&question->scale);
    int rows = (int)scale_count(&question->rise);
    int points = columns * rows;
    int options = (int)question->option_count;

    if (model->cursor < 0) {
        model->cursor = rows / 2 * columns + columns / 2;
    } else if (model->cursor >= points) {
        model->cursor = clamp(model->cursor - dy, points + options);
        if (model->cursor < points)
            model->cursor = columns / 2; /* the lowest row */
    } else if (dy == -1 && model->cursor < columns && options > 0) {
        model->cursor = points;
    } else {
        model->cursor = clamp(model->cursor / columns + dy, rows) * columns +
                        clamp(model->cursor % columns + dx, columns);
    }
}

/* The wheel turns clockwise; the other side lies across. */
static void cross_wheel(struct model *model)
{
    int count = (int)model_question(model)->value_count;

    if (model->cursor < 0)
        model->cursor = 0;
    else if (model->cursor < count)
        model->cursor = count - 1 - model->cursor;
}

static void move_on_grid(struct model *model, enum action action)
{
    const struct question *question = model_question(model);
    int columns = (int)scale_count(&question->scale);
    int wide = far_step(columns);
    int high = far_step((int)scale_count(&question->rise));

    switch (action) {
    case ACTION_CURSOR_UP:
        step_grid(model, 0, 1);
        break;
    case ACTION_CURSOR_DOWN:
        step_grid(model, 0, -1);
        break;
    case ACTION_CURSOR_LEFT:
        step_grid(model, -1, 0);
        break;
    case ACTION_CURSOR_RIGHT:
        step_grid(model, 1, 0);
        break;
    case ACTION_CURSOR_UP_FAR:
        step_grid(model, 0, high);
        break;
    case ACTION_CURSOR_DOWN_FAR:
        step_grid(model, 0, -high);
        break;
    case ACTION_CURSOR_LEFT_FAR:
        step_grid(model, -wide, 0);
        break;
    case ACTION_CURSOR_RIGHT_FAR:
        step_grid(model, wide, 0);
        break;
    case ACTION_CURSOR_FIRST:
        step_grid(model, -columns, 0);
        break;
    default:
        step_grid(model, columns, 0);
        break;
    }
}

static void move_on_points(struct model *model, enum action action)
{
    int count = (int)scale_count(&model_question(model)->scale);
    int far = far_step(count);

    switch (action) {
    case ACTION_CURSOR_UP:
        turn(model, -1);
        break;
    case ACTION_CURSOR_DOWN:
        turn(model, 1);
        break;
    case ACTION_CURSOR_RIGHT:
        shift(model, 1);
        break;
    case ACTION_CURSOR_LEFT:
        shift(model, -1);
        break;
    case ACTION_CURSOR_UP_FAR:
    case ACTION_CURSOR_RIGHT_FAR:
        shift(model, far);
        break;
    case ACTION_CURSOR_DOWN_FAR:
    case ACTION_CURSOR_LEFT_FAR:
        shift(model, -far);
        break;
    case ACTION_CURSOR_FIRST:
        model->cursor = 0;
        break;
    default:
        model->cursor = count - 1;
        break;
    }
}

static void move_on_options(struct model *model, enum action action)
{
    const struct question *question = model_question(model);
    bool across =
        action == ACTION_CURSOR_LEFT || action == ACTION_CURSOR_RIGHT ||
        action == ACTION_CURSOR_LEFT_FAR || action == ACTION_CURSOR_RIGHT_FAR;

    if (question->wheel && across)
        cross_wheel(model);
    else if (action == ACTION_CURSOR_FIRST)
        model->cursor = 0;
    else if (action == ACTION_CURSOR_LAST)
        model->cursor = (int)question->option_count - 1;
    else if (action == ACTION_CURSOR_UP || action == ACTION_CURSOR_LEFT ||
             action == ACTION_CURSOR_UP_FAR || action == ACTION_CURSOR_LEFT_FAR)
        turn(model, -1);
    else
        turn(model, 1);
}

void focus_move(struct step *step, enum action action)
{
    struct model *model = step->model;
    const struct question *question = model_question(model);

    model->half = false;
    if (model->cursor < 0)
        model->cursor = present_stop(model);
    if (model->on_intensity || question->type == QUESTION_SCALE)
        move_on_points(model, action);
    else if (question->type == QUESTION_GRID)
        move_on_grid(model, action);
    else if (question->option_count > 0)
        move_on_options(model, action);
}
