/*
 * update_timeline - what of the item is in the window, and what is selected.
 */
#include <config.h>

#include "annotate/app/update_internal.h"
#include "common/base/number.h"

/* What a key was about: what was heard when it was pressed, else where it
 * stands. */
static int64_t heard_now(const struct step *step)
{
    const struct playback *playback = &step->model->playback;

    return playback->playing && step->message->media_us != EVENT_NO_TIME
               ? step->message->media_us
               : playback->position_us;
}

/* The playhead where it can be seen, else the middle. */
static void zoom(struct step *step, double factor)
{
    struct timeline *timeline = &step->model->timeline;
    int64_t at_us = step->model->playback.position_us;

    if (!timeline_shows(timeline, at_us))
        at_us =
            timeline->left_us + (timeline->right_us - timeline->left_us) / 2;
    timeline_zoom(timeline, factor, at_us);
}

static void say_selection(struct model *model)
{
    const struct timeline *timeline = &model->timeline;
    char from[NUMBER_TEXT_SIZE], to[NUMBER_TEXT_SIZE];
    int64_t from_us, to_us;

    if (timeline_selection(timeline, &from_us, &to_us))
        model_say(model, TONE_PLAIN, "Selected: %s to %s, %.3f s",
                  number_format_clock(from_us - timeline->from_us, from),
                  number_format_clock(to_us - timeline->from_us, to),
                  (double)(to_us - from_us) / 1e6);
    else if (timeline->select_from_us != TIMELINE_UNSET)
        model_say(model, TONE_PLAIN, "The selection begins at %s",
                  number_format_clock(
                      timeline->select_from_us - timeline->from_us, from));
    else
        model_say(model, TONE_PLAIN, "Nothing is selected");
}

static void zoom_selection(struct model *model)
{
    int64_t from_us, to_us;

    if (timeline_selection(&model->timeline, &from_us, &to_us))
        timeline_zoom_to(&model->timeline, from_us, to_us);
    else
        model_say(model, TONE_ALERT, "Nothing is selected");
}

static void next_follow(struct model *model)
{
    static const char *const says[FOLLOW_COUNT] = {
        [FOLLOW_PAGES] = "The window follows the sound page by page",
        [FOLLOW_SMOOTH] = "The window follows the sound smoothly",
        [FOLLOW_NOT] = "The window stays where it is",
    };
    struct timeline *timeline = &model->timeline;

    timeline->follow = (timeline->follow + 1) % FOLLOW_COUNT;
    model_say(model, TONE_PLAIN, "%s", says[timeline->follow]);
}

static void change(struct step *step, enum action action)
{
    struct model *model = step->model;
    struct timeline *timeline = &model->timeline;

    switch (action) {
    case ACTION_ZOOM_IN:
        zoom(step, 0.5);
        break;
    case ACTION_ZOOM_OUT:
        zoom(step, 2);
        break;
    case ACTION_ZOOM_ALL:
        timeline_zoom_all(timeline);
        break;
    case ACTION_ZOOM_SELECTION:
        zoom_selection(model);
        break;
    case ACTION_VIEW_BACK:
        timeline_scroll(timeline, -0.5);
        break;
    case ACTION_VIEW_ON:
        timeline_scroll(timeline, 0.5);
        break;
    case ACTION_FOLLOW:
        next_follow(model);
        break;
    case ACTION_SELECT_FROM:
        timeline_select_from(timeline, heard_now(step));
        say_selection(model);
        break;
    case ACTION_SELECT_TO:
        timeline_select_to(timeline, heard_now(step));
        say_selection(model);
        break;
    default: /* ACTION_SELECT_NONE */
        timeline_select_none(timeline);
        say_selection(model);
        break;
    }
}

bool timeline_action(struct step *step, enum action action)
{
    struct model *model = step->model;

    if (action < ACTION_ZOOM_IN || action > ACTION_SELECT_NONE)
        return false;
    if (play_ready(model, "There is nothing to look at in this item"))
        change(step, action);
    return true;
}

/* --- the mouse ----------------------------------------------------------- */

static const double wheel_zoom = 0.5, wheel_share = 0.125;

/* Cells are counted from their left edges: a cell that is pointed at belongs
 * to what is selected. */
static int64_t pointed_at(const struct step *step, int more)
{
    return timeline_time(&step->model->timeline,
                         step->message->hit.column + more);
}

void timeline_grab(struct step *step)
{
    struct model *model = step->model;

    if (model->playback.medium != MEDIUM_READY)
        return;
    model->grabbed = true;
    model->grab = step->message->hit;
    model->grab_from_us = pointed_at(step, 0);
    model->grab_to_us = pointed_at(step, 1);
    model->dragged = false;
    model->marks.dragged_us = -1;
}

/* The window may have moved meanwhile; what was pressed on has its time. */
void timeline_drag(struct step *step)
{
    struct model *model = step->model;
    int64_t from_us = pointed_at(step, 0);
    int64_t to_us = pointed_at(step, 1);

    if (step->message->hit.column != model->grab.column)
        model->dragged = true;
    if (!model->dragged)
        return;
    timeline_select(&model->timeline,
                    from_us < model->grab_from_us ? from_us
                                                  : model->grab_from_us,
                    to_us > model->grab_to_us ? to_us : model->grab_to_us);
    say_selection(model);
}

/* Nothing was dragged: it was a click, which goes there. */
void timeline_drop(struct step *step)
{
    if (!step->model->dragged)
        play_seek_to(step, step->model->grab_from_us);
}

void timeline_wheel(struct step *step, int direction)
{
    struct model *model = step->model;
    const struct hit *hit = &step->message->hit;

    if (model->playback.medium == MEDIUM_READY && hit->columns > 0)
        timeline_zoom(&model->timeline,
                      direction < 0 ? wheel_zoom : 1 / wheel_zoom,
                      timeline_time_at(&model->timeline,
                                       (hit->column + 0.5) / hit->columns));
}

void timeline_roll(struct step *step, int direction)
{
    if (step->model->playback.medium == MEDIUM_READY)
        timeline_scroll(&step->model->timeline, direction * wheel_share);
}
