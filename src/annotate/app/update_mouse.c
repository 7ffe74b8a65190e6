/*
 * update_mouse - clicks, drags and the wheel.
 *
 * A press on an option or a point answers, as its key does; on a slider it
 * sets the cursor, which follows the mouse, and the release answers.  On the
 * panes of time a click goes there, a drag selects, and the wheel zooms where
 * it points.
 */
#include <config.h>

#include <math.h>

#include "annotate/app/update_internal.h"

enum { WHEEL_LINES = 3 };

static void wheel(struct step *step, int direction)
{
    struct model *model = step->model;
    const struct hit *hit = &step->message->hit;

    if (model->overlay == OVERLAY_NONE && model->prompt.kind == PROMPT_NONE &&
        trace_wheel(step, -direction))
        return;
    if (model->overlay != OVERLAY_NONE || model->page == PAGE_START)
        step_scroll(step, direction * WHEEL_LINES);
    else if (model_prompt_is_list(model))
        prompt_action(step,
                      direction < 0 ? ACTION_CURSOR_UP : ACTION_CURSOR_DOWN);
    else if (model->page == PAGE_ITEM && hit->pane == PANE_TEXT)
        step_scroll_text(step, direction * WHEEL_LINES);
    else if (model->page == PAGE_ITEM && hit->pane == PANE_WAVE)
        timeline_wheel(step, direction);
}

/* The wheel that lies across, or Shift with the other one. */
static void wheel_across(struct step *step, int direction)
{
    const struct model *model = step->model;

    if (model->overlay == OVERLAY_NONE && model->page == PAGE_ITEM &&
        step->message->hit.pane == PANE_WAVE)
        timeline_roll(step, direction);
}

static bool is_across(const struct mouse *mouse)
{
    return (mouse->modifiers & KEY_MOD_SHIFT) != 0;
}

/* The point of a scale under the mouse, along its line. */
static int point_at(const struct scale *scale, const struct hit *hit)
{
    return (int)lround(hit->x * (double)(scale_count(scale) - 1));
}

/* The number of `count` equal parts of the axis that a cell lies in. */
static int part_of(int count, int cell, int cells)
{
    if (cells >= count)
        return cell * count / cells;
    return (int)lround((double)cell / (cells - 1) * (count - 1));
}

static int grid_point_at(const struct question *question, const struct hit *hit)
{
    int columns = (int)scale_count(&question->scale);
    int rows = (int)scale_count(&question->rise);

    return part_of(rows, hit->rows - 1 - hit->row, hit->rows) * columns +
           part_of(columns, hit->column, hit->columns);
}

static void slide(struct step *step, const struct hit *hit)
{
    struct model *model = step->model;
    const struct question *question = &model->protocol->question[hit->question];

    model->half = false;
    model->cursor = hit->part == HIT_FIELD ? grid_point_at(question, hit)
                                           : point_at(&question->scale, hit);
}

static void press_strength(struct step *step, const struct hit *hit)
{
    struct model *model = step->model;

    if (!model_answer(model, hit->question)) {
        model_say(model, TONE_ALERT, "First say what it is, then how strong");
        return;
    }
    model->on_intensity = true;
    if (hit->part == HIT_INTENSITY)
        choice_intensity(step, hit->question, (size_t)hit->index);
    else
        slide(step, hit);
}

static void press_question(struct step *step, const struct hit *hit)
{
    struct model *model = step->model;
    const struct question *question = &model->protocol->question[hit->question];

    if (hit->part != HIT_TITLE && step_too_soon(step))
        return;
    if (model->question != hit->question || question->tier_count == 0)
        focus_question(model, hit->question);
    switch (hit->part) {
    case HIT_TITLE:
        break;
    case HIT_WRITING:
        text_write(step, hit->question);
        break;
    case HIT_OPTION:
        model->on_intensity = false;
        choice_take(step, hit->question, &question->option[hit->index], NULL);
        break;
    case HIT_POINT:
        scale_take(step, hit->question, (size_t)hit->index);
        break;
    case HIT_SLIDER:
    case HIT_FIELD:
        slide(step, hit);
        break;
    case HIT_CIRCLE:
        choice_take_level(step, hit->question, &question->option[hit->index],
                          (size_t)hit->level);
        break;
    case HIT_INTENSITY:
    case HIT_STRENGTH:
        press_strength(step, hit);
        break;
    case HIT_TIER:
    case HIT_TRACK:
        segments_press(step, hit);
        break;
    case HIT_TRACE:
    case HIT_TRACE_BAR:
        trace_mouse(step);
        break;
    }
}

static bool is_trace(const struct hit *hit)
{
    return hit->pane == PANE_QUESTION &&
           (hit->part == HIT_TRACE || hit->part == HIT_TRACE_BAR);
}

static bool is_slider(const struct hit *hit)
{
    return hit->pane == PANE_QUESTION &&
           (hit->part == HIT_SLIDER || hit->part == HIT_STRENGTH ||
            hit->part == HIT_FIELD);
}

static void press(struct step *step)
{
    struct model *model = step->model;
    const struct hit *hit = &step->message->hit;

    model->grabbed = false;
    if (step->message->mouse.button != MOUSE_LEFT)
        return;
    model->status.text[0] = '\0';
    if (model->overlay != OVERLAY_NONE || model->page != PAGE_ITEM)
        return;
    if (model_prompt_is_list(model) && hit->pane == PANE_REASON) {
        prompt_reason(step, (size_t)hit->index);
        return;
    }
    if (model->prompt.kind != PROMPT_NONE)
        return; /* what is written must not be lost by a slip */
    if (hit->pane == PANE_QUESTION)
        press_question(step, hit);
    else if (hit->pane == PANE_SIDE)
        compare_press(step, hit);
    else if (hit->pane == PANE_WAVE)
        timeline_grab(step);
    else if (hit->pane == PANE_POSITION)
        play_seek_to(step,
                     timeline_item_time(&model->timeline,
                                        (double)hit->column / hit->columns));
    if (hit->pane == PANE_QUESTION && hit->part == HIT_TRACK)
        segments_grab(model, hit);
    /* A slider that did not take the press holds nothing. */
    if (is_trace(hit) || (is_slider(hit) && model->question == hit->question &&
                          model->cursor >= 0)) {
        model->grabbed = true;
        model->grab = *hit;
    }
}

static void drag(struct step *step)
{
    struct model *model = step->model;
    const struct hit *hit = &step->message->hit;

    if (model->grabbed && model->grab.pane == PANE_WAVE) {
        timeline_drag(step);
        return;
    }
    if (model->grabbed && hit->part == HIT_TRACK && hit->pane == PANE_QUESTION)
        segments_drag(model, hit);
    if (model->grabbed && is_slider(hit))
        slide(step, hit);
    if (model->grabbed && is_trace(hit))
        trace_mouse(step);
}

static void release(struct step *step)
{
    struct model *model = step->model;

    if (!model->grabbed)
        return;
    drag(step);
    model->grabbed = false;
    if (model->grab.pane == PANE_WAVE) {
        timeline_drop(step);
        return;
    }
    if (is_trace(&model->grab))
        return;
    if (model->grab.part == HIT_TRACK) {
        segments_drop(step);
        return;
    }
    if (model->on_intensity)
        choice_intensity(step, model->question, (size_t)model->cursor);
    else if (model->grab.part == HIT_FIELD)
        grid_take(step, model->question, (size_t)model->cursor);
    else
        scale_take(step, model->question, (size_t)model->cursor);
}

/* A key, another item or a page came between the press and the release. */
static bool grab_is_over(const struct model *model)
{
    if (model->page != PAGE_ITEM || model->overlay != OVERLAY_NONE ||
        model->prompt.kind != PROMPT_NONE)
        return true;
    if (model->grab.pane == PANE_WAVE)
        return model->playback.medium != MEDIUM_READY;
    return model->question != model->grab.question ||
           (model->cursor < 0 && model->grab.part != HIT_TRACK &&
            !is_trace(&model->grab));
}

void mouse_do(struct step *step)
{
    struct model *model = step->model;
    int direction;

    if (step_too_small(step))
        return;
    if (model->grabbed && grab_is_over(model))
        model->grabbed = false;
    switch (step->message->mouse.deed) {
    case MOUSE_PRESS:
        press(step);
        break;
    case MOUSE_DRAG:
        drag(step);
        break;
    case MOUSE_MOVE:
        if (is_trace(&step->message->hit) &&
            step->message->hit.question == model->question &&
            model->overlay == OVERLAY_NONE)
            trace_mouse(step);
        break;
    case MOUSE_RELEASE:
        release(step);
        break;
    case MOUSE_WHEEL_UP:
    case MOUSE_WHEEL_DOWN:
        direction = step->message->mouse.deed == MOUSE_WHEEL_UP ? -1 : 1;
        if (is_across(&step->message->mouse))
            wheel_across(step, direction);
        else
            wheel(step, direction);
        break;
    case MOUSE_WHEEL_LEFT:
        wheel_across(step, -1);
        break;
    case MOUSE_WHEEL_RIGHT:
        wheel_across(step, 1);
        break;
    }
}
