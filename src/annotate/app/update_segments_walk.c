/*
 * update_segments_walk - from mark to mark, from tier to tier; what follows
 * once the journal has a deed on marks.
 */
#include <config.h>

#include <string.h>

#include "annotate/app/update_internal.h"
#include "common/base/number.h"

/* Where nothing plays, the playhead goes along. */
void marks_visit(struct step *step, const struct segment *segment)
{
    struct model *model = step->model;

    marks_select(model, segment);
    model->marks.at_end = false;
    if (!model->playback.playing)
        play_seek_to(step, segment->from_us);
}

static const struct track_tier *marks_of_tier(const struct model *model)
{
    return track_tier(model_track(model, model->question),
                      model_tier(model)->id);
}

/* From the one that is selected, else from where it plays, where there is one
 * on that side. */
static void walk(struct step *step, int direction)
{
    struct model *model = step->model;
    const struct track_tier *marks = marks_of_tier(model);
    const struct segment *selected = model_segment(model);
    int64_t here_us = marks_heard_us(step);
    size_t at;

    if (selected && strcmp(selected->tier, model_tier(model)->id) == 0)
        at = track_tier_place(marks, selected) + (direction > 0 ? 1 : 0);
    else
        at = track_tier_before(marks, direction > 0 ? here_us : here_us + 1);
    if (!model_segment(model) && marks->count > 0) {
        if (direction > 0 && at == marks->count)
            at--;
        else if (direction < 0 && at == 0)
            at++;
    }
    if (direction > 0 ? at < marks->count : at > 0)
        marks_visit(step, marks->item[direction > 0 ? at : at - 1]);
    else
        model_say(model, TONE_ALERT,
                  marks->count == 0 ? "This tier has no marks yet"
                  : direction > 0   ? "This is the last mark of the tier"
                                    : "This is the first mark of the tier");
}

/* Of those that lie where it plays the one that began last. */
static void select_here(struct step *step)
{
    struct model *model = step->model;
    const struct track_tier *marks = marks_of_tier(model);
    int64_t here_us = marks_heard_us(step);

    for (size_t i = track_tier_before(marks, here_us + 1); i-- > 0;) {
        const struct segment *it = marks->item[i];

        if (segment_runs(it) || it->to_us >= here_us) {
            marks_select(model, it);
            return;
        }
        if (!model_tier(model)->may_overlap)
            break;
    }
    marks_select(model, NULL);
    model_say(model, TONE_PLAIN, "No mark of this tier lies here");
}

static void change_tier(struct model *model, int direction)
{
    size_t count = model_question(model)->tier_count;

    marks_select(model, NULL);
    model->marks.tier =
        (model->marks.tier + count + (size_t)((int)count + direction)) % count;
}

bool segments_walk(struct step *step, enum action action)
{
    switch (action) {
    case ACTION_SEGMENT_NEXT:
        walk(step, 1);
        return true;
    case ACTION_SEGMENT_BACK:
        walk(step, -1);
        return true;
    case ACTION_SEGMENT_HERE:
        select_here(step);
        return true;
    case ACTION_CURSOR_UP:
        change_tier(step->model, -1);
        return true;
    case ACTION_CURSOR_DOWN:
        change_tier(step->model, 1);
        return true;
    default:
        return false;
    }
}

/* An end is drawn in the last cell that its interval covers. */
static int edge_column(const struct model *model, const struct segment *segment,
                       bool at_end)
{
    return timeline_column(&model->timeline,
                           at_end ? segment->to_us - 1 : segment->from_us);
}

/* Is it an edge of the mark that is selected already? */
static bool on_own_edge(const struct model *model, const struct hit *hit)
{
    const struct segment *segment = model_segment(model);

    return segment && model->marks.tier == (size_t)hit->index &&
           (hit->column == edge_column(model, segment, false) ||
            (!segment_runs(segment) &&
             hit->column == edge_column(model, segment, true)));
}

/* Of the marks under the cell the last one; none: the playhead goes there. */
void segments_press(struct step *step, const struct hit *hit)
{
    struct model *model = step->model;
    const struct timeline *axis = &model->timeline;
    int64_t from_us = timeline_time(axis, hit->column);
    int64_t to_us = timeline_time(axis, hit->column + 1);
    const struct track_tier *marks;

    model->marks.dragged_us = -1;
    if (hit->part == HIT_TRACK && on_own_edge(model, hit))
        return;
    model->marks.tier = (size_t)hit->index;
    if (hit->part == HIT_TIER)
        return;
    marks = marks_of_tier(model);
    for (size_t i = track_tier_before(marks, to_us); i-- > 0;) {
        const struct segment *it = marks->item[i];

        if (segment_runs(it) || it->to_us > from_us || it->from_us >= from_us) {
            marks_select(model, it);
            return;
        }
        if (!model_tier(model)->may_overlap)
            break;
    }
    marks_select(model, NULL);
    play_seek_to(step, timeline_time_at(axis, hit->x));
}

void segments_grab(struct model *model, const struct hit *hit)
{
    const struct segment *segment = model_segment(model);

    if (!segment)
        return;
    if (hit->column == edge_column(model, segment, false))
        model->marks.at_end = false;
    else if (!segment_runs(segment) &&
             hit->column == edge_column(model, segment, true))
        model->marks.at_end = true;
    else
        return;
    model->grabbed = true;
    model->grab = *hit;
    model->marks.dragged_us = -1;
}

void segments_drag(struct model *model, const struct hit *hit)
{
    const struct segment *segment = model_segment(model);

    if (!segment ||
        (hit->column == edge_column(model, segment, model->marks.at_end)))
        model->marks.dragged_us = -1; /* back where it was, to the last digit */
    else
        model->marks.dragged_us = timeline_time(
            &model->timeline, hit->column + (model->marks.at_end ? 1 : 0));
}

void segments_drop(struct step *step)
{
    struct model *model = step->model;
    const struct segment *segment = model_segment(model);
    int64_t to_us = model->marks.dragged_us;

    model->marks.dragged_us = -1;
    if (segment && to_us >= 0)
        marks_move_edge(step, segment, to_us);
}

/* Any mark of the question that has no end yet. */
static const struct segment *running(const struct model *model, size_t question)
{
    const struct track *track = model_track(model, question);

    for (size_t t = 0; t < track->tier_count; t++) {
        for (size_t i = track->tier[t].count; i-- > 0;) {
            if (segment_runs(track->tier[t].item[i]))
                return track->tier[t].item[i];
        }
    }
    return NULL;
}

bool segments_resume(struct step *step)
{
    struct model *model = step->model;
    char at[NUMBER_TEXT_SIZE], out[KEY_NAME_SIZE], clear[KEY_NAME_SIZE];

    for (size_t q = 0; q < model->protocol->question_count; q++) {
        const struct segment *it = running(model, q);

        if (!it)
            continue;
        if (model->question != q)
            focus_question(model, q);
        marks_select(model, it);
        model_say(model, TONE_ALERT,
                  "%s runs still from %s s: %s ends it, %s takes it away",
                  it->label[0] ? it->label : "A mark",
                  number_format_seconds(it->from_us, at),
                  key_name(keymap_key(model->keymap, ACTION_MARK_OUT), out),
                  key_name(keymap_key(model->keymap, ACTION_CLEAR), clear));
        return true;
    }
    return false;
}

/* --- after the journal has it -------------------------------------------- */

static const char *name_of(const struct segment *segment)
{
    return segment->label[0] ? segment->label : "a mark";
}

static void say_kept(struct model *model, const struct segment *segment)
{
    char from[NUMBER_TEXT_SIZE], to[NUMBER_TEXT_SIZE];

    number_format_seconds(segment->from_us, from);
    if (segment_runs(segment))
        model_say(model, TONE_GOOD, "Kept: %s runs from %s s", name_of(segment),
                  from);
    else if (segment->to_us == segment->from_us)
        model_say(model, TONE_GOOD, "Kept: %s at %s s", name_of(segment), from);
    else
        model_say(model, TONE_GOOD, "Kept: %s, %s to %s s", name_of(segment),
                  from, number_format_seconds(segment->to_us, to));
}

void marks_kept(struct step *step)
{
    struct model *model = step->model;
    const struct event *event = step->message->event;
    const struct track *track = model_track(model, model->question);
    const struct segment *segment = NULL;
    struct event_segment about;
    struct error err;
    bool moved_end = false, moved_start = false;
    bool at_end;
    int asked;

    if (event->kind == EVENT_SEGMENT_ADDED) {
        segment = track_find(track, event->hash);
    } else if (event_read_segment(event->kind, event->payload, &about, &err)) {
        segment = track_find(track, about.segment);
        moved_end = about.has_to && !about.has_from;
        moved_start = about.has_from && !about.has_to;
        event_segment_release(&about);
    }
    if (event->kind == EVENT_SEGMENT_DELETED) {
        marks_select(model, NULL);
        model_say(model, TONE_GOOD, "The mark is deleted");
        return;
    }
    if (!segment)
        return; /* of a question that lost the focus meanwhile */
    asked = model->marks.attribute;
    at_end = model->marks.selected &&
             memcmp(model->marks.segment, segment->id, EVENT_HASH_SIZE) == 0 &&
             model->marks.at_end;
    marks_select(model, segment);
    model->marks.at_end =
        (at_end || moved_end) && !moved_start && !segment_runs(segment);
    say_kept(model, segment);
    if (asked >= 0 && event->kind == EVENT_SEGMENT_CHANGED) {
        model->marks.attribute = asked;
        marks_next_attribute(model);
    }
}
