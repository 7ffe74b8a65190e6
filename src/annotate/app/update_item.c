/*
 * update_item - items one after the other: open, hand in, go back, skip.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/app/update_internal.h"
#include "common/base/number.h"

/* The first entry from `from` on that is still to be done; else `count`. */
static size_t first_open(const struct model *model, size_t from)
{
    for (size_t i = from; i < model->count; i++) {
        if (!model->entry[i].erased && !fold_done(&model->fold, i))
            return i;
    }
    return model->count;
}

static void forget_medium(struct model *model)
{
    struct playback *playback = &model->playback;

    playback->medium = MEDIUM_NONE;
    playback->problem[0] = '\0';
    playback->from_us = 0;
    playback->to_us = 0;
    playback->position_us = 0;
    playback->playing = false;
    playback->at_end = false;
    playback->loop = false;
    playback->loop_part = false;
    timeline_reset(&model->timeline, 0, 0);
    model->wave.count = 0;
    model->picture.state = PICTURE_NONE;
    picture_set(&model->picture, NULL, 0, 0);
    model->spectrum.count = 0;
    model->tracks.count = 0;
}

static void prefetch(struct step *step, size_t entry)
{
    const struct model *model = step->model;

    if (entry < model->count && model->entry[entry].has_medium)
        effects_add_entry(step->effects, EFFECT_PREFETCH, entry);
}

static void open_entry(struct step *step, size_t entry)
{
    struct model *model = step->model;
    size_t next;

    trace_leave(step);
    model->page = PAGE_ITEM;
    model->position = entry;
    model->going_on = false;
    model->text_scroll = 0;
    forget_medium(model);
    focus_question(model, 0);
    step_append_at(step, EVENT_ENTRY_OPENED, step->message->host_us,
                   EVENT_NO_TIME, event_payload_empty());
    next = model_unsettled(model, false);
    if (next < model->protocol->question_count)
        focus_question(model, next);
    segments_resume(step);
    if (model->entry[entry].has_medium) {
        model->playback.medium = MEDIUM_LOADING;
        effects_add_entry(step->effects, EFFECT_OPEN, entry);
    } else {
        effects_add(step->effects, EFFECT_STOP);
    }
    prefetch(step, first_open(model, entry + 1));
}

bool item_reopen(struct step *step)
{
    struct model *model = step->model;

    if (model->fold.current == model->position)
        return false;
    open_entry(step, model->position);
    return true;
}

/* Where work goes on; `count` when nothing is left. */
static size_t resume_at(const struct model *model)
{
    size_t entry = fold_resume(&model->fold);

    if (entry < model->count && model->entry[entry].erased)
        entry = first_open(model, 0);
    return entry;
}

/* A long medium is checked while the start page is read. */
void item_foresee(struct step *step)
{
    prefetch(step, resume_at(step->model));
}

void item_go(struct step *step)
{
    struct model *model = step->model;
    size_t entry;

    if (study_practise(step) || study_enough(step))
        return;
    entry = resume_at(model);
    if (entry < model->count) {
        open_entry(step, entry);
        return;
    }
    trace_leave(step);
    forget_medium(model);
    if (form_begin(step, true))
        return;
    effects_add(step->effects, EFFECT_STOP);
    model->page = PAGE_DONE;
    model->position = model->count;
}

void item_begin(struct step *step)
{
    struct model *model = step->model;

    if (model->protocol->consent.count > 0)
        step_append(step, EVENT_CONSENT_GIVEN, event_payload_empty());
    model->scroll = 0;
    if (!form_begin(step, false))
        item_start(step);
}

void item_start(struct step *step)
{
    study_begin_work(step->model);
    item_go(step);
}

void item_next(struct step *step)
{
    struct model *model = step->model;

    model->opened_us = step->message->now_us;
    if (study_feedback(step) || study_pause(step))
        return;
    if (study_break_is_due(model) && first_open(model, 0) < model->count) {
        effects_add(step->effects, EFFECT_PAUSE);
        step_append(step, EVENT_BREAK_SUGGESTED, event_payload_empty());
        step_append(step, EVENT_BREAK_STARTED, event_payload_empty());
        model->overlay = OVERLAY_BREAK;
        model->break_begun_us = step->message->now_us;
        return;
    }
    item_go(step);
}

static void refuse_unheard(struct step *step)
{
    struct model *model = step->model;
    int64_t whole = model->playback.to_us - model->playback.from_us;
    int64_t heard = fold_heard_us(&model->fold, model->position);

    model->going_on = true;
    if (model->playback.medium != MEDIUM_READY)
        model_say(model, TONE_ALERT, "This item must be heard, and %s",
                  model->playback.problem[0] ? "cannot be: skip it"
                                             : "it is not there yet");
    else if (model->playback.playing)
        model_say(model, TONE_PLAIN,
                  "Kept. It goes on by itself when all of it was heard");
    else
        model_say(model, TONE_ALERT,
                  "Hear all of it first: %.1f of %.1f s are heard",
                  (double)heard / 1e6, (double)whole / 1e6);
}

bool say_unfinished(struct model *model, size_t question)
{
    const char *lack;
    const struct segment *segment = model_unfinished(model, question, &lack);
    char from[NUMBER_TEXT_SIZE];

    if (!segment)
        return false;
    if (model->question != question)
        focus_question(model, question);
    marks_select(model, segment);
    model_say(model, TONE_ALERT, "%s at %s s %s",
              segment->label[0] ? segment->label : "The mark",
              number_format_seconds(segment->from_us, from), lack);
    return true;
}

static void refuse_untraced(struct model *model,
                            const struct question *question)
{
    int64_t whole_us = model->playback.to_us - model->playback.from_us;
    int64_t traced_us =
        fold_traced_us(&model->fold, model->position, question->id);
    char key[KEY_NAME_SIZE];

    model_say(model, TONE_ALERT,
              "Trace all of it first: %.1f of %.1f s are traced; %s goes on",
              (double)traced_us / 1e6, (double)whole_us / 1e6,
              key_name(keymap_key(model->keymap, ACTION_TRACE), key));
}

void item_submit(struct step *step)
{
    struct model *model = step->model;
    size_t missing = model_unsettled(model, true);

    model->going_on = false;
    if (missing < model->protocol->question_count) {
        const struct question *question = &model->protocol->question[missing];

        if (say_unfinished(model, missing))
            return;
        focus_question(model, missing);
        if (question->trace && model->trace.running)
            model_say(model, TONE_ALERT, "The trace is still under way");
        else if (question->trace)
            refuse_untraced(model, question);
        else
            model_say(model, TONE_ALERT, "Not answered yet: %s",
                      model_text(model, &question->text));
        return;
    }
    if (model_done(model)) { /* looked at, and left as it was */
        play_leave(step);
        item_next(step);
        return;
    }
    if (model->protocol->playback.must_hear_all && !model_heard_all(model)) {
        refuse_unheard(step);
        return;
    }
    play_leave(step);
    step_append(step, EVENT_SUBMITTED, event_payload_empty());
}

void item_back(struct step *step)
{
    struct model *model = step->model;
    size_t entry = model->position;

    if (!model->protocol->revise) {
        model_say(model, TONE_ALERT,
                  "This protocol does not let earlier items be changed");
        return;
    }
    if (model->members > 1 && entry % model->members > 0) {
        model_say(model, TONE_ALERT,
                  "The votes before yours are shown when all have voted");
        return;
    }
    do {
        if (entry == 0) {
            model_say(model, TONE_ALERT, "This is the first item");
            return;
        }
        entry--;
    } while (model->entry[entry].erased);
    if (!study_may_go_to(step, entry))
        return;
    play_leave(step);
    open_entry(step, entry);
}

void item_again(struct step *step)
{
    play_leave(step);
    open_entry(step, step->model->position);
}

void item_forward(struct step *step)
{
    struct model *model = step->model;
    size_t entry = model->position + 1;

    if (!model_done(model)) {
        model_say(model, TONE_ALERT,
                  "This item is not done: answer it, or skip it");
        return;
    }
    while (entry < model->count && model->entry[entry].erased)
        entry++;
    play_leave(step);
    if (entry < model->count)
        open_entry(step, entry);
    else
        item_go(step);
}

bool item_may_change(struct step *step)
{
    struct model *model = step->model;

    model->going_on = false;
    if (!model_done(model))
        return true;
    if (!study_may_go_to(step, model->position))
        return false;
    if (!model->protocol->revise) {
        model_say(model, TONE_ALERT,
                  "This protocol does not let earlier items be changed");
        return false;
    }
    step_append(step, EVENT_REVISED, event_payload_empty());
    return true;
}

void item_skip(struct step *step, const struct question_option *reason,
               const char *text)
{
    if (!item_may_change(step))
        return;
    step_append(
        step, EVENT_SKIPPED,
        event_payload_skip(reason->value, text && text[0] ? text : NULL));
}

void item_note(struct step *step, const char *text)
{
    const char *before = step->model->fold.entry[step->model->position].note;

    if (strcmp(before ? before : "", text) == 0)
        return;
    step_append(step, EVENT_NOTE, event_payload_note(text));
    model_say(step->model, TONE_GOOD,
              text[0] ? "The note is kept" : "The note is taken away");
}

void item_flag(struct step *step)
{
    struct model *model = step->model;
    bool on = !model->fold.entry[model->position].flagged;

    step_append(step, EVENT_FLAG, event_payload_flag(on, NULL));
    model_say(model, TONE_GOOD,
              on ? "Flagged for the lead" : "The flag is taken away");
}

/* What a deed on marks was, in words. */
static const char *focus_marks(struct model *model,
                               const struct fold_deed *deed)
{
    for (size_t i = 0; i < model->protocol->question_count; i++) {
        if (strcmp(model->protocol->question[i].id, deed->segment.question) ==
                0 &&
            model->question != i)
            focus_question(model, i);
    }
    model->marks.attribute = -1;
    switch (deed->kind) {
    case EVENT_SEGMENT_ADDED:
        return "a new mark";
    case EVENT_SEGMENT_DELETED:
        return "a deletion";
    case EVENT_SEGMENT_SPLIT:
        return "a split";
    case EVENT_SEGMENT_MERGED:
        return "a merger";
    default:
        return "a change of a mark";
    }
}

/* The question that a deed was about gets the focus; else its kind's name. */
static const char *focus_deed(struct model *model, const struct fold_deed *deed)
{
    if (event_is_segment(deed->kind))
        return focus_marks(model, deed);
    if (deed->kind != EVENT_ANSWER_SET && deed->kind != EVENT_ANSWER_CLEARED)
        return deed->kind == EVENT_NOTE ? "the note" : "the flag";
    for (size_t i = 0; i < model->protocol->question_count; i++) {
        const struct question *question = &model->protocol->question[i];

        if (strcmp(question->id, deed->answer.question) == 0) {
            focus_question(model, i);
            return model_text(model, &question->text);
        }
    }
    return "an answer";
}

static void take_back(struct step *step, const struct fold_deed *deed,
                      enum event_kind kind, const char *nothing,
                      const char *done)
{
    struct model *model = step->model;
    uint8_t hash[EVENT_HASH_SIZE];

    if (!deed) {
        model_say(model, TONE_ALERT, "%s", nothing);
        return;
    }
    memcpy(hash, deed->hash, sizeof(hash));
    model_say(model, TONE_GOOD, "%s: %s", done, focus_deed(model, deed));
    if (item_may_change(step))
        step_append(step, kind, event_payload_undo(hash));
}

void item_undo(struct step *step)
{
    struct model *model = step->model;

    take_back(step, fold_undo_target(&model->fold, model->position), EVENT_UNDO,
              "Nothing to undo in this item; `back' opens the one before",
              "Undone");
}

void item_redo(struct step *step)
{
    struct model *model = step->model;

    take_back(step, fold_redo_target(&model->fold, model->position), EVENT_REDO,
              "Nothing to redo in this item", "Done again");
}
