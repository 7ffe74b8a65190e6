/*
 * view_status - what happened, and what to press next.
 */
#include <config.h>

#include <math.h>

#include "annotate/view/view.h"
#include "annotate/view/view_internal.h"
#include "common/base/utf8.h"
#include "common/base/vec.h"

static void add_key(const struct canvas *canvas, struct buf *out,
                    enum action action, const char *what)
{
    char key[KEY_NAME_SIZE];

    draw_key(canvas, action, key);
    if (key[0] != '\0')
        buf_addf(out, "%s %s", key, what);
    else
        buf_addf(out, "\"%s\" (it has no key) %s", action_name(action), what);
}

/* "1-5", or that a number must be typed. */
static void add_points(struct buf *out, const struct scale *scale)
{
    size_t count = scale_count(scale);
    uint32_t first = model_point_key(scale, 0);
    char name[KEY_NAME_SIZE];

    if (first == 0) {
        buf_add_text(out, "type a number");
        return;
    }
    buf_add_text(out, key_name(first, name));
    buf_addf(out, "-%s", key_name(model_point_key(scale, count - 1), name));
}

static void add_movers(const struct canvas *canvas, struct buf *out)
{
    if (model_question(canvas->model)->trace->count > 1) {
        buf_add_text(out, "arrows move it, ");
        return;
    }
    add_key(canvas, out, ACTION_CURSOR_UP, "and ");
    add_key(canvas, out, ACTION_CURSOR_DOWN, "move it, ");
}

static void next_in_trace(const struct canvas *canvas, struct buf *out)
{
    const struct model *model = canvas->model;

    if (!model->trace.armed) {
        add_key(canvas, out, ACTION_TRACE,
                fold_traced_us(&model->fold, model->position,
                               model_question(model)->id) > 0
                    ? "traces on"
                    : "begins the trace");
    } else if (!model->playback.playing) {
        add_key(canvas, out, ACTION_PLAY_PAUSE, "traces on");
    } else {
        add_movers(canvas, out);
        add_key(canvas, out, ACTION_CANCEL, "stops");
    }
}

static void next_in_segments(const struct canvas *canvas, struct buf *out)
{
    const struct model *model = canvas->model;
    const struct segment *segment = model_segment(model);
    const struct tier *tier = model_tier(model);

    if (model->marks.attribute >= 0) {
        buf_addf(
            out, "%s? ",
            model_text(model, &tier->attribute[model->marks.attribute].label));
        add_key(canvas, out, ACTION_TAKE, "leaves it open");
    } else if (segment && segment_runs(segment)) {
        add_key(canvas, out, ACTION_MARK_OUT, "ends the mark");
    } else if (segment && segment->label[0] == '\0' && tier_has_labels(tier)) {
        buf_add_text(out, "the key of its label");
    } else if (model_settled(model, model->question) &&
               !model->playback.playing) {
        add_key(canvas, out, ACTION_TAKE,
                model_unsettled(model, false) < model->protocol->question_count
                    ? "goes on"
                    : "hands it in");
    } else {
        buf_add_text(out, "the key of what you hear");
    }
}

static void next_in_question(const struct canvas *canvas, struct buf *out)
{
    const struct model *model = canvas->model;
    const struct question *question = model_question(model);

    if (question->type == QUESTION_SEGMENTS) {
        next_in_segments(canvas, out);
    } else if (question->trace && model->cursor < 0 &&
               (model->trace.armed || !model_settled(model, model->question))) {
        next_in_trace(canvas, out);
    } else if (model->on_intensity) {
        add_points(out, &question->scale);
        buf_add_text(out, question->type == QUESTION_COMPARE
                              ? " says how much more"
                              : " says how strong");
        if (!question->intensity_required) {
            buf_add_text(out, ", ");
            add_key(canvas, out, ACTION_TAKE, "leaves it open");
        }
    } else if (model->half) {
        add_points(out, &question->rise);
        buf_add_text(out, " says which row");
    } else if (model->cursor >= 0) {
        add_key(canvas, out, ACTION_TAKE, "takes it");
    } else if (model_settled(model, model->question)) {
        add_key(canvas, out, ACTION_TAKE,
                model_unsettled(model, false) < model->protocol->question_count
                    ? "goes on"
                    : "hands it in");
    } else if (question->type == QUESTION_TEXT) {
        add_key(canvas, out, ACTION_TAKE, "to write");
        if (!question->required) {
            buf_add_text(out, ", ");
            add_key(canvas, out, ACTION_SUBMIT, "goes on");
        }
    } else if (question->type == QUESTION_GRID) {
        buf_add_text(out, model_point_key(&question->scale, 0) &&
                                  model_point_key(&question->rise, 0)
                              ? "two digits, or arrows"
                              : "two numbers, or arrows");
    } else if (question->type == QUESTION_SCALE) {
        add_points(out, &question->scale);
        if (model_point_key(&question->scale, 0))
            buf_add_text(out, " answers");
    } else {
        buf_add_text(out, "the key of your answer");
    }
}

static void next_in_prompt(const struct canvas *canvas, struct buf *out)
{
    switch (canvas->model->prompt.kind) {
    case PROMPT_SKIP:
        add_key(canvas, out, ACTION_TAKE, "skips for the marked reason");
        break;
    case PROMPT_LABEL:
        add_key(canvas, out, ACTION_TAKE, "takes the marked label");
        break;
    case PROMPT_FIND:
        add_key(canvas, out, ACTION_TAKE, "finds it");
        break;
    case PROMPT_JUMP:
        add_key(canvas, out, ACTION_TAKE, "goes there");
        break;
    case PROMPT_WHY:
        add_key(canvas, out, ACTION_TAKE, "skips");
        break;
    case PROMPT_FORM:
        add_key(canvas, out, ACTION_TAKE, "keeps it and goes on, ");
        add_key(canvas, out, ACTION_CANCEL, "goes back");
        return;
    case PROMPT_TEXT:
        add_key(canvas, out, ACTION_TAKE, "keeps it, ");
        add_key(canvas, out, ACTION_NEW_LINE, "a new line");
        break;
    default:
        add_key(canvas, out, ACTION_TAKE, "keeps it");
        break;
    }
    buf_add_text(out, ", ");
    add_key(canvas, out, ACTION_CANCEL, "leaves");
}

static void next_in_overlay(const struct canvas *canvas, struct buf *out)
{
    switch (canvas->model->overlay) {
    case OVERLAY_BREAK:
        add_key(canvas, out, ACTION_TAKE, "goes on when you are ready");
        break;
    case OVERLAY_FEEDBACK:
    case OVERLAY_PRACTICE:
        add_key(canvas, out, ACTION_TAKE, "goes on");
        break;
    case OVERLAY_NO_SOUND:
        add_key(canvas, out, ACTION_TAKE, "goes on without sound, ");
        add_key(canvas, out, ACTION_QUIT, "stops");
        break;
    default:
        add_key(canvas, out, ACTION_CANCEL, "goes back");
        if (view_hidden(canvas->model) > 0) {
            buf_add_text(out, ", ");
            add_key(canvas, out, ACTION_PAGE_DOWN, "reads on");
        }
        break;
    }
}

static void next_in_form(const struct canvas *canvas, struct buf *out)
{
    if (canvas->model->cursor >= 0) {
        add_key(canvas, out, ACTION_TAKE, "takes the marked answer");
        return;
    }
    buf_add_text(out, "the number of your answer");
    if (!form_now(canvas->model)->required) {
        buf_add_text(out, ", ");
        add_key(canvas, out, ACTION_TAKE, "leaves it open");
    }
}

void view_next(const struct canvas *canvas, struct buf *out)
{
    const struct model *model = canvas->model;
    const struct playback *playback = &model->playback;

    if (model->overlay != OVERLAY_NONE) {
        next_in_overlay(canvas, out);
    } else if (model->prompt.kind != PROMPT_NONE) {
        next_in_prompt(canvas, out);
    } else if (model->page == PAGE_START) {
        if (view_hidden(model) > 0)
            add_key(canvas, out, ACTION_TAKE, "reads on");
        else
            add_key(canvas, out, ACTION_TAKE,
                    model->protocol->consent.count > 0 ? "agrees and begins"
                                                       : "begins");
    } else if (model->page == PAGE_FORM) {
        next_in_form(canvas, out);
    } else if (model->page == PAGE_COURT) {
        add_key(canvas, out, ACTION_TAKE, "decides");
    } else if (model->page != PAGE_ITEM) {
        add_key(canvas, out, ACTION_QUIT, "stops");
    } else if (playback->problem[0] != '\0') {
        add_key(canvas, out, ACTION_SKIP, "skips this item");
    } else if (model->going_on && playback->playing) {
        buf_add_text(out, "hear it out");
    } else if (model->going_on) {
        add_key(canvas, out, ACTION_PLAY_PAUSE, "plays the rest");
    } else {
        next_in_question(canvas, out);
    }
}

/* The commands at the right of the last line, the most wanted last. */
struct hint {
    enum action action;
    const char *what;
};

static const struct hint item_hints[] = {
    { ACTION_NOTE, "note" },    { ACTION_UNDO, "undo" },
    { ACTION_BACK, "back" },    { ACTION_SKIP, "skip" },
    { ACTION_REPLAY, "again" }, { ACTION_PLAY_PAUSE, "play" },
    { ACTION_HELP, "help" },    { ACTION_QUIT, "stop" },
};

static const struct hint page_hints[] = {
    { ACTION_PROGRESS, "progress" },
    { ACTION_HELP, "help" },
    { ACTION_QUIT, "stop" },
};

static const struct hint court_hints[] = {
    { ACTION_SEND_BACK, "send back" }, { ACTION_BACK, "yours" },
    { ACTION_UNDO, "undo" },           { ACTION_SKIP, "leave open" },
    { ACTION_REPLAY, "hear" },         { ACTION_HELP, "help" },
    { ACTION_QUIT, "stop" },
};

/* NULL where the key would do nothing. */
static const char *hint_text(const struct model *model, const struct hint *hint)
{
    bool sounds =
        model->page != PAGE_ITEM || model->playback.medium == MEDIUM_READY;

    if ((hint->action == ACTION_PLAY_PAUSE || hint->action == ACTION_REPLAY) &&
        !sounds)
        return NULL;
    if (hint->action == ACTION_PLAY_PAUSE && model->playback.playing)
        return "pause";
    return hint->what;
}

/* Draws from the right; what does not fit is left out. */
static void draw_hints(const struct canvas *canvas, int y, int from,
                       const struct hint *hints, size_t count)
{
    struct screen *screen = canvas->screen;
    int x = screen->width - 1;

    for (size_t i = count; i-- > 0;) {
        char key[KEY_NAME_SIZE];
        const char *what;
        int key_width;
        int width;

        what = hint_text(canvas->model, &hints[i]);
        draw_key(canvas, hints[i].action, key);
        if (key[0] == '\0' || !what)
            continue;
        key_width = utf8_width(key);
        width = key_width + 1 + utf8_width(what);
        if (x - width < from)
            return;
        x -= width;
        screen_put(screen, x, y, key_width, ROLE_BAR_KEY, key);
        screen_put(screen, x + key_width + 1, y, width, ROLE_BAR, what);
        x -= 2;
    }
}

static void draw_keys(const struct canvas *canvas, int y)
{
    struct screen *screen = canvas->screen;
    struct buf next = { 0 };
    int used;

    screen_fill(screen, 0, y, screen->width, ROLE_BAR, ' ');
    screen_put(screen, 1, y, 5, ROLE_BAR, "Next:");
    view_next(canvas, &next);
    used = 7 + screen_put_cut(screen, 7, y, screen->width - 8, ROLE_BAR_KEY,
                              buf_text(&next));
    buf_release(&next);
    if (canvas->model->overlay != OVERLAY_NONE ||
        canvas->model->prompt.kind != PROMPT_NONE)
        return;
    if (canvas->model->page == PAGE_ITEM)
        draw_hints(canvas, y, used + 2, item_hints, LENGTH_OF(item_hints));
    else if (canvas->model->page == PAGE_COURT)
        draw_hints(canvas, y, used + 2, court_hints, LENGTH_OF(court_hints));
    else
        draw_hints(canvas, y, used + 2, page_hints, LENGTH_OF(page_hints));
}

void view_status(const struct canvas *canvas, const struct layout *layout)
{
    const struct status *status = &canvas->model->status;
    int y = layout->status.y;

    if (status->text[0] != '\0') {
        enum role role = ROLE_PLAIN;

        if (status->tone == TONE_GOOD) {
            role = ROLE_GOOD;
            draw_glyph(canvas, 1, y, role, GLYPH_GOOD);
        } else if (status->tone == TONE_ALERT) {
            role = ROLE_ALERT;
            screen_put(canvas->screen, 1, y, 1, role, "!");
        }
        screen_put_cut(canvas->screen, 3, y, canvas->screen->width - 4, role,
                       status->text);
    }
    draw_keys(canvas, layout->keys.y);
}
