/*
 * update - the only writer of the model: messages to their places.
 */
#include <config.h>

#include "annotate/app/update_internal.h"

enum { TEXT_PAGE = 5 }; /* lines of an item's text, which has few rows */

void step_append_at(struct step *step, enum event_kind kind, int64_t mono_us,
                    int64_t media_us, char *payload)
{
    struct effect *effect;

    effects_add_entry(step->effects, EFFECT_APPEND, step->model->position);
    effect = &step->effects->item[step->effects->count - 1];
    if (!event_has(kind, EVENT_IS_ASKED))
        effect->entry = step->model->count;
    effect->event_kind = kind;
    effect->mono_us = mono_us;
    effect->media_us = media_us;
    effect->payload = payload;
}

void step_append(struct step *step, enum event_kind kind, char *payload)
{
    step_append_at(step, kind, step->message->host_us, step->message->media_us,
                   payload);
}

static void item_action(struct step *step, enum action action)
{
    struct model *model = step->model;

    if (segments_action(step, action) || trace_action(step, action) ||
        compare_action(step, action))
        return;
    switch (action) {
    case ACTION_TAKE:
        answer_take(step);
        break;
    case ACTION_CURSOR_UP:
    case ACTION_CURSOR_DOWN:
    case ACTION_CURSOR_LEFT:
    case ACTION_CURSOR_RIGHT:
    case ACTION_CURSOR_UP_FAR:
    case ACTION_CURSOR_DOWN_FAR:
    case ACTION_CURSOR_LEFT_FAR:
    case ACTION_CURSOR_RIGHT_FAR:
    case ACTION_CURSOR_FIRST:
    case ACTION_CURSOR_LAST:
        focus_move(step, action);
        break;
    case ACTION_QUESTION_NEXT:
        focus_next(step, 1);
        break;
    case ACTION_QUESTION_BACK:
        focus_next(step, -1);
        break;
    case ACTION_PAGE_UP:
    case ACTION_PAGE_DOWN:
        step_scroll_text(step,
                         action == ACTION_PAGE_UP ? -TEXT_PAGE : TEXT_PAGE);
        break;
    case ACTION_OTHER:
        answer_other(step);
        break;
    case ACTION_CANNOT_TELL:
        answer_cannot_tell(step);
        break;
    case ACTION_NOTHING:
        answer_nothing(step);
        break;
    case ACTION_CLEAR:
        answer_clear(step);
        break;
    case ACTION_UNDO:
        item_undo(step);
        break;
    case ACTION_REDO:
        item_redo(step);
        break;
    case ACTION_SUBMIT:
        item_submit(step);
        break;
    case ACTION_BACK:
        item_back(step);
        break;
    case ACTION_FORWARD:
        item_forward(step);
        break;
    case ACTION_SKIP:
        prompt_open(model, PROMPT_SKIP, "");
        break;
    case ACTION_NOTE:
        prompt_open(model, PROMPT_NOTE,
                    model->fold.entry[model->position].note);
        break;
    case ACTION_FLAG:
        item_flag(step);
        break;
    default:
        if (!page_common(step, action) && !timeline_action(step, action))
            play_action(step, action);
        break;
    }
}

static void do_action(struct step *step, enum action action)
{
    struct model *model = step->model;

    if (model->overlay != OVERLAY_NONE) {
        page_overlay(step, action);
    } else if (model->prompt.kind != PROMPT_NONE) {
        prompt_action(step, action);
    } else if (model->page == PAGE_START) {
        page_start(step, action);
    } else if (model->page == PAGE_DONE) {
        page_done(step, action);
    } else if (model->page == PAGE_COURT) {
        if (!court_action(step, action))
            page_common(step, action);
    } else if (model->page != PAGE_ITEM) { /* nothing but stopping */
        if (model->page != PAGE_FORM || !form_action(step, action))
            page_common(step, action);
    } else {
        item_action(step, action);
    }
}

bool step_too_small(const struct step *step)
{
    return step->model->width < MODEL_WIDTH_MIN ||
           step->model->height < MODEL_HEIGHT_MIN;
}

static void unknown_key(struct step *step, uint32_t key)
{
    char name[KEY_NAME_SIZE];
    char help[KEY_NAME_SIZE];

    model_say(step->model, TONE_ALERT,
              "%s does nothing here; %s shows all keys", key_name(key, name),
              key_name(keymap_key(step->model->keymap, ACTION_HELP), help));
}

bool step_too_soon(struct step *step)
{
    struct model *model = step->model;

    if (model->guard_us == 0 || model->opened_us == 0 ||
        model->page != PAGE_ITEM ||
        step->message->host_us - model->opened_us >= model->guard_us)
        return false;
    model_say(model, TONE_ALERT,
              "An answer that came too soon for this item was not taken");
    return true;
}

static void do_key(struct step *step, uint32_t key)
{
    struct model *model = step->model;
    enum action action = keymap_action(model->keymap, key);

    if (step_too_small(step)) { /* nobody can see what a key would do */
        if (action == ACTION_QUIT || action == ACTION_SUSPEND ||
            action == ACTION_REDRAW)
            page_common(step, action);
        return;
    }
    if (answer_frees_key(model, action))
        action = ACTION_NONE;
    if (key_is_answer(key) && step_too_soon(step))
        return;
    model->status.text[0] = '\0';
    if (model->overlay == OVERLAY_NONE) {
        if (model->prompt.kind != PROMPT_NONE) {
            prompt_key(step, key);
            return;
        }
        study_record_key(step, key);
        if (model->page == PAGE_ITEM && answer_key(step, key))
            return;
        if (model->page == PAGE_FORM && form_key(step, key))
            return;
        if (model->page == PAGE_COURT && court_key(step, key))
            return;
    }
    if (action == ACTION_NONE && model->overlay == OVERLAY_NONE)
        unknown_key(step, key);
    else
        do_action(step, action);
}

/* What follows once the journal has an event. */
static void after_kept(struct step *step)
{
    trace_kept(step);
    switch (step->message->event->kind) {
    case EVENT_ANSWER_SET:
        focus_after_answer(step);
        break;
    case EVENT_SEGMENT_ADDED:
    case EVENT_SEGMENT_CHANGED:
    case EVENT_SEGMENT_DELETED:
    case EVENT_SEGMENT_SPLIT:
    case EVENT_SEGMENT_MERGED:
        marks_kept(step);
        break;
    case EVENT_SUBMITTED:
    case EVENT_SKIPPED:
        court_or_next(step, step->message->event->kind == EVENT_SKIPPED);
        break;
    case EVENT_PRACTICE_JUDGED:
        study_after_judged(step);
        break;
    case EVENT_PAUSED:
        study_after_paused(step);
        break;
    case EVENT_PERSON_ANSWERED:
    case EVENT_FORM_DONE:
        form_after_kept(step);
        break;
    case EVENT_ENDED:
    case EVENT_PAUSE:
        if (step->model->going_on && model_heard_all(step->model))
            item_submit(step);
        break;
    default:
        break;
    }
}

static void not_kept(struct step *step)
{
    char key[KEY_NAME_SIZE];

    if (step->message->event_kind == EVENT_ENTRY_OPENED)
        model_say(
            step->model, TONE_ALERT, "NOT OPENED, %s tries again: %s",
            key_name(keymap_key(step->model->keymap, ACTION_PLAY_PAUSE), key),
            step->message->text);
    else
        model_say(step->model, TONE_ALERT, "NOT KEPT: %s", step->message->text);
    step->model->going_on = false;
    trace_not_kept(step);
    effects_add(step->effects, EFFECT_BEEP);
}

static void no_sound(struct step *step)
{
    struct model *model = step->model;

    model->overlay = OVERLAY_NO_SOUND;
    model_say(model, TONE_ALERT, "%s", step->message->text);
}

void update(struct model *model, const struct message *message,
            struct effects *effects)
{
    struct step step = { model, message, effects };

    model->now_us = message->now_us;
    model_heed_journal(model, message);
    switch (message->kind) {
    case MESSAGE_START:
        model->page = PAGE_START;
        item_foresee(&step);
        break;
    case MESSAGE_KEY:
        do_key(&step, message->key);
        break;
    case MESSAGE_ACTION:
        model->status.text[0] = '\0';
        do_action(&step, message->action);
        break;
    case MESSAGE_MOUSE:
        mouse_do(&step);
        break;
    case MESSAGE_TEXT:
        prompt_text(&step, message->text);
        break;
    case MESSAGE_TICK:
        break;
    case MESSAGE_SIZE:
        model->width = message->width;
        model->height = message->height;
        timeline_resize(&model->timeline, model->width - 2 * TIMELINE_MARGIN);
        break;
    case MESSAGE_KEPT:
        fold_apply(&model->fold, message->event);
        after_kept(&step);
        break;
    case MESSAGE_NOT_KEPT:
        not_kept(&step);
        break;
    case MESSAGE_MEDIUM:
        play_medium(&step);
        break;
    case MESSAGE_PLAYER:
        play_state(&step);
        break;
    case MESSAGE_HEARD:
        play_heard(&step);
        break;
    case MESSAGE_VIDEO:
        picture_state(&step);
        break;
    case MESSAGE_CELLS:
        picture_cells(&step);
        break;
    case MESSAGE_STEPPED:
        picture_found(&step);
        break;
    case MESSAGE_NO_SOUND:
        no_sound(&step);
        break;
    case MESSAGE_SAMPLED:
        sheet_sampled(&step);
        break;
    case MESSAGE_TRACED:
        sheet_traced(&step);
        break;
    case MESSAGE_STICK:
        trace_stick(&step);
        break;
    case MESSAGE_REVEALED:
        court_revealed(&step);
        break;
    case MESSAGE_FOUND:
        model_say(model, TONE_ALERT, "%s", message->text);
        break;
    }
}
