/*
 * update_segments - intervals and points on tiers while the medium plays.
 *
 * A label's key begins an interval where the sound is heard, the same key
 * ends it; on a tier of points it sets one.  Every deed is tried on the marks
 * first, and what the protocol does not allow is refused with the reason.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "annotate/app/update_internal.h"
#include "common/base/number.h"

/* What was heard when the key was read, within the item. */
int64_t marks_heard_us(const struct step *step)
{
    const struct playback *playback = &step->model->playback;
    int64_t us = step->message->media_us;

    if (us == EVENT_NO_TIME)
        us = playback->position_us;
    if (us < playback->from_us)
        us = playback->from_us;
    return us > playback->to_us ? playback->to_us : us;
}

void marks_select(struct model *model, const struct segment *segment)
{
    const struct question *question = model_question(model);

    model->marks.selected = segment != NULL;
    model->marks.attribute = -1;
    if (!segment)
        return;
    memcpy(model->marks.segment, segment->id, sizeof(segment->id));
    model->marks.tier = question_tier(question, segment->tier);
}

/* Time has a meaning only where there is something that plays. */
static bool has_time(struct model *model)
{
    return play_ready(model, "Marks need a sound to lie in; there is none");
}

struct event_segment marks_event(const struct model *model,
                                 const struct segment *about)
{
    struct event_segment event = { 0 };

    event.question = (char *)model_question(model)->id;
    if (about) {
        event.has_segment = true;
        memcpy(event.segment, about->id, sizeof(event.segment));
    }
    return event;
}

/*
 * May it be done, beside what `with` (or NULL) does?  The status says why
 * not.
 */
static bool may_do(struct step *step, enum event_kind kind,
                   const struct event_segment *event,
                   const struct track_deed *with)
{
    static const uint8_t new_id[EVENT_HASH_SIZE] = { 0 };
    struct model *model = step->model;
    const struct track *track = model_track(model, model->question);
    struct track_bounds bounds = { model->playback.from_us,
                                   model->playback.to_us };
    struct track_deed deed, both;
    struct error err;
    bool good;

    if (!track_resolve(track, kind, event, new_id, &deed, &err)) {
        model_say(model, TONE_ALERT, "%s", err.text);
        return false;
    }
    both = deed;
    if (with)
        both.change[both.count++] = with->change[0];
    good = track_allows(track, model_question(model), &bounds, &both, &err);
    track_deed_release(&deed);
    if (!good)
        model_say(model, TONE_ALERT, "%s", err.text);
    return good;
}

/* Marks and the answer that there are none cannot both stand. */
static void withdraw_answer(struct step *step)
{
    if (model_answer(step->model, step->model->question))
        step_append(step, EVENT_ANSWER_CLEARED,
                    event_payload_cleared(model_question(step->model)->id));
}

static void append(struct step *step, enum event_kind kind,
                   const struct event_segment *event)
{
    step_append(step, kind, event_payload_segment(event));
}

bool marks_do(struct step *step, enum event_kind kind,
              const struct event_segment *event)
{
    if (!has_time(step->model) || !may_do(step, kind, event, NULL) ||
        !item_may_change(step))
        return false;
    if (kind == EVENT_SEGMENT_ADDED)
        withdraw_answer(step);
    append(step, kind, event);
    return true;
}

/* --- marks in and out --------------------------------------------------------
 */

/* Of those that run on a tier the one that began last, with this label (any
 * when NULL); or NULL. */
static const struct segment *running(const struct model *model,
                                     const struct tier *tier, const char *label)
{
    const struct track_tier *marks =
        track_tier(model_track(model, model->question), tier->id);

    for (size_t i = marks->count; i-- > 0;) {
        const struct segment *it = marks->item[i];

        if (segment_runs(it) && (!label || strcmp(it->label, label) == 0))
            return it;
    }
    return NULL;
}

static struct event_segment begin_event(const struct step *step,
                                        const struct tier *tier,
                                        const char *label)
{
    struct event_segment event = marks_event(step->model, NULL);

    event.tier = (char *)tier->id;
    event.label = (char *)label;
    event.has_from = true;
    event.from_us = marks_heard_us(step);
    event.has_to = tier->kind == TIER_POINT;
    event.to_us = event.from_us;
    return event;
}

static struct event_segment end_event(const struct step *step,
                                      const struct segment *segment)
{
    struct event_segment event = marks_event(step->model, segment);

    event.has_to = true;
    event.to_us = marks_heard_us(step);
    return event;
}

/* An interval that begins where the item ends could never be ended. */
static bool room_to_begin(struct step *step, const struct tier *tier)
{
    if (tier->kind == TIER_POINT ||
        marks_heard_us(step) < step->model->playback.to_us)
        return true;
    model_say(step->model, TONE_ALERT,
              "It ends here: an interval begins while it plays, or earlier");
    return false;
}

static void begin(struct step *step, const struct tier *tier, const char *label)
{
    struct event_segment event = begin_event(step, tier, label);

    if (!has_time(step->model) || room_to_begin(step, tier))
        marks_do(step, EVENT_SEGMENT_ADDED, &event);
}

static void end(struct step *step, const struct segment *segment)
{
    struct event_segment event = end_event(step, segment);

    marks_do(step, EVENT_SEGMENT_CHANGED, &event);
}

/* One ends where the other begins: the same number in both. */
static void go_over(struct step *step, const struct tier *tier,
                    const struct segment *from, const char *label)
{
    struct model *model = step->model;
    struct event_segment last = end_event(step, from);
    struct event_segment next = begin_event(step, tier, label);
    struct track_deed deed;
    struct error err;
    bool good;

    if (!has_time(model) || !room_to_begin(step, tier) ||
        !may_do(step, EVENT_SEGMENT_CHANGED, &last, NULL) ||
        !track_resolve(model_track(model, model->question),
                       EVENT_SEGMENT_CHANGED, &last, from->id, &deed, &err))
        return;
    good = may_do(step, EVENT_SEGMENT_ADDED, &next, &deed);
    track_deed_release(&deed);
    if (!good || !item_may_change(step))
        return;
    append(step, EVENT_SEGMENT_CHANGED, &last);
    append(step, EVENT_SEGMENT_ADDED, &next);
}

void marks_label(struct step *step, const struct segment *segment,
                 const char *label)
{
    struct event_segment event = marks_event(step->model, segment);

    if (strcmp(segment->label, label) == 0)
        return;
    event.label = (char *)label;
    marks_do(step, EVENT_SEGMENT_CHANGED, &event);
}

static void press_label(struct step *step, const struct tier *tier,
                        const char *label)
{
    struct model *model = step->model;
    const struct segment *selected = model_segment(model);
    const struct segment *same = running(model, tier, label);
    const struct segment *nameless = running(model, tier, "");
    const struct segment *other =
        tier->may_overlap ? NULL : running(model, tier, NULL);

    if (selected && selected->label[0] == '\0' &&
        strcmp(selected->tier, tier->id) == 0)
        marks_label(step, selected, label);
    else if (nameless)
        marks_label(step, nameless, label);
    else if (same)
        end(step, same);
    else if (other)
        go_over(step, tier, other, label);
    else
        begin(step, tier, label);
}

static void mark_in(struct step *step)
{
    struct model *model = step->model;
    const struct tier *tier = model_tier(model);

    if (!tier->may_overlap && running(model, tier, NULL))
        model_say(model, TONE_ALERT, "%s runs still on this tier: end it first",
                  running(model, tier, NULL)->label[0]
                      ? running(model, tier, NULL)->label
                      : "An interval without a label");
    else
        begin(step, tier, "");
}

static void mark_out(struct step *step)
{
    struct model *model = step->model;
    const struct segment *segment = running(model, model_tier(model), NULL);

    if (segment)
        end(step, segment);
    else
        model_say(model, TONE_ALERT, "Nothing runs on this tier");
}

/* --- deeds on the mark that is selected -------------------------------------
 */

const struct segment *marks_need_selected(struct model *model)
{
    const struct segment *segment = model_segment(model);
    char next[KEY_NAME_SIZE], here[KEY_NAME_SIZE];

    if (!segment)
        model_say(
            model, TONE_ALERT,
            "No mark is selected: %s the next one, %s the one here",
            key_name(keymap_key(model->keymap, ACTION_SEGMENT_NEXT), next),
            key_name(keymap_key(model->keymap, ACTION_SEGMENT_HERE), here));
    return segment;
}

static void split(struct step *step)
{
    const struct segment *segment = marks_need_selected(step->model);
    struct event_segment event;

    if (!segment)
        return;
    event = marks_event(step->model, segment);
    event.has_at = true;
    event.at_us = marks_heard_us(step);
    marks_do(step, EVENT_SEGMENT_SPLIT, &event);
}

static void merge(struct step *step)
{
    struct model *model = step->model;
    const struct segment *segment = marks_need_selected(model);
    const struct track_tier *marks;
    struct event_segment event;
    size_t at;

    if (!segment)
        return;
    marks = track_tier(model_track(model, model->question), segment->tier);
    at = track_tier_place(marks, segment);
    if (at + 1 >= marks->count) {
        model_say(model, TONE_ALERT, "No mark follows on this tier");
        return;
    }
    event = marks_event(model, segment);
    event.has_with = true;
    memcpy(event.with, marks->item[at + 1]->id, sizeof(event.with));
    marks_do(step, EVENT_SEGMENT_MERGED, &event);
}

void marks_delete(struct step *step)
{
    const struct segment *segment = model_segment(step->model);
    struct event_segment event = marks_event(step->model, segment);

    if (segment)
        marks_do(step, EVENT_SEGMENT_DELETED, &event);
}

/* --- keys ---------------------------------------------------------------- */

/* The tier whose label has this key: the focused one first, else the only
 * other one; the question's count when there is none. */
static size_t tier_of_key(const struct model *model, size_t question,
                          uint32_t key)
{
    const struct question *asked = &model->protocol->question[question];
    size_t found = asked->tier_count;

    if (model->question == question && model->marks.tier < asked->tier_count &&
        tier_option_by_code(&asked->tier[model->marks.tier], key))
        return model->marks.tier;
    for (size_t i = 0; i < asked->tier_count; i++) {
        if (!tier_option_by_code(&asked->tier[i], key))
            continue;
        if (found < asked->tier_count)
            return asked->tier_count;
        found = i;
    }
    return found;
}

bool segments_know_key(const struct model *model, size_t question, uint32_t key)
{
    const struct question *asked = &model->protocol->question[question];

    return tier_of_key(model, question, key) < asked->tier_count;
}

bool segments_key(struct step *step, size_t question, uint32_t key)
{
    struct model *model = step->model;
    const struct question *asked = &model->protocol->question[question];
    const struct question_option *option = question_option_by_code(asked, key);
    size_t tier = tier_of_key(model, question, key);

    if (model->question == question && marks_attribute_key(step, key))
        return true;
    if (option) {
        segments_answer(step, question, option);
        return true;
    }
    if (tier == asked->tier_count)
        return false;
    if (model->marks.tier != tier) {
        marks_select(model, NULL);
        model->marks.tier = tier;
    }
    press_label(step, &asked->tier[tier],
                tier_option_by_code(&asked->tier[tier], key)->value);
    return true;
}

void segments_answer(struct step *step, size_t question,
                     const struct question_option *option)
{
    struct model *model = step->model;
    size_t count = model_track(model, question)->count;

    if (count > 0)
        model_say(model, TONE_ALERT,
                  count == 1 ? "There is a mark: delete it first"
                             : "There are %zu marks: delete them first",
                  count);
    else
        choice_take(step, question, option, NULL);
}

bool segments_action(struct step *step, enum action action)
{
    struct model *model = step->model;

    if (model_question(model)->type != QUESTION_SEGMENTS)
        return false;
    switch (action) {
    case ACTION_MARK_IN:
        mark_in(step);
        return true;
    case ACTION_MARK_OUT:
        mark_out(step);
        return true;
    case ACTION_SEGMENT_SPLIT:
        split(step);
        return true;
    case ACTION_SEGMENT_MERGE:
        merge(step);
        return true;
    case ACTION_CLEAR:
        if (!model_segment(model))
            return false; /* the answer that there are none */
        marks_delete(step);
        return true;
    default:
        return segments_walk(step, action) || segments_edit(step, action) ||
               segments_find(step, action);
    }
}
