/*
 * update_page - what is not the open item: pages that lie over it, the page
 * before the first item and the one after the last.
 */
#include <config.h>

#include "annotate/app/update_internal.h"

static void open_overlay(struct model *model, enum overlay overlay)
{
    model->overlay = model->overlay == overlay ? OVERLAY_NONE : overlay;
    model->scroll = 0;
}

/* Actions that work wherever one is; false when it is none of them. */
bool page_common(struct step *step, enum action action)
{
    struct model *model = step->model;

    switch (action) {
    case ACTION_QUIT:
        play_leave(step);
        effects_add(step->effects, EFFECT_QUIT);
        return true;
    case ACTION_REDRAW:
        effects_add(step->effects, EFFECT_REDRAW);
        return true;
    case ACTION_SUSPEND:
        if (model->playback.playing)
            effects_add(step->effects, EFFECT_PAUSE);
        effects_add(step->effects, EFFECT_SUSPEND);
        return true;
    case ACTION_HELP:
        open_overlay(model, OVERLAY_HELP);
        return true;
    case ACTION_PROGRESS:
        open_overlay(model, OVERLAY_PROGRESS);
        return true;
    case ACTION_INSTRUCTIONS:
        open_overlay(model, OVERLAY_INSTRUCTIONS);
        return true;
    default:
        return false;
    }
}

void step_scroll(struct step *step, int lines)
{
    struct model *model = step->model;

    if (lines > step->message->hidden)
        lines = step->message->hidden;
    model->scroll += lines;
    if (model->scroll < 0)
        model->scroll = 0;
}

/* Lines of one page; the last ones stay in sight. */
static int page_lines(const struct model *model)
{
    return model->height - 6;
}

/* Something else than a page that lies there to be read. */
static bool holds_on(enum overlay overlay)
{
    return overlay == OVERLAY_BREAK || overlay == OVERLAY_NO_SOUND ||
           overlay == OVERLAY_FEEDBACK || overlay == OVERLAY_PRACTICE;
}

static void leave_overlay(struct step *step)
{
    struct model *model = step->model;
    enum overlay left = model->overlay;

    if (left == OVERLAY_BREAK && !study_break_may_end(step))
        return;
    model->overlay = OVERLAY_NONE;
    model->scroll = 0;
    if (left == OVERLAY_BREAK) {
        step_append(step, EVENT_BREAK_ENDED, event_payload_empty());
        study_begin_work(model);
    }
    if (left == OVERLAY_BREAK || left == OVERLAY_FEEDBACK ||
        left == OVERLAY_PRACTICE)
        item_go(step);
}

void page_overlay(struct step *step, enum action action)
{
    struct model *model = step->model;

    switch (action) {
    case ACTION_CURSOR_UP:
        step_scroll(step, -1);
        break;
    case ACTION_CURSOR_DOWN:
        step_scroll(step, 1);
        break;
    case ACTION_PAGE_UP:
        step_scroll(step, -page_lines(model));
        break;
    case ACTION_PAGE_DOWN:
        step_scroll(step, page_lines(model));
        break;
    case ACTION_TAKE:
        if (model->overlay == OVERLAY_NO_SOUND)
            model->playback.silent = true;
        leave_overlay(step);
        break;
    case ACTION_CANCEL:
        if (model->overlay != OVERLAY_NO_SOUND)
            leave_overlay(step);
        break;
    default:
        if (holds_on(model->overlay)) {
            if (action == ACTION_QUIT)
                page_common(step, action);
        } else if (!page_common(step, action)) {
            leave_overlay(step);
        }
        break;
    }
}

void page_start(struct step *step, enum action action)
{
    switch (action) {
    case ACTION_TAKE: /* nobody agrees to what was not shown */
        if (step->message->hidden > 0)
            step_scroll(step, page_lines(step->model));
        else
            item_begin(step);
        break;
    case ACTION_CURSOR_UP:
        step_scroll(step, -1);
        break;
    case ACTION_CURSOR_DOWN:
        step_scroll(step, 1);
        break;
    case ACTION_PAGE_UP:
        step_scroll(step, -page_lines(step->model));
        break;
    case ACTION_PAGE_DOWN:
        step_scroll(step, page_lines(step->model));
        break;
    default:
        page_common(step, action);
        break;
    }
}

/* All is done; earlier items can still be looked at. */
void page_done(struct step *step, enum action action)
{
    if (action == ACTION_BACK)
        item_back(step);
    else
        page_common(step, action);
}
