/*
 * update_segments_edit - the edges of the mark that is selected, and what is
 * said of it; hearing it.
 *
 * Only the mark that is selected moves: where another is in the way the edit
 * is refused with the reason, and edge-snap joins the two.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/app/update_internal.h"
#include "common/base/number.h"

enum {
    MS = 1000,
    AROUND_US = 400 * MS, /* heard before and behind an edge */
};

static int64_t edge_us(const struct model *model, const struct segment *segment)
{
    return model->marks.at_end && !segment_runs(segment) ? segment->to_us
                                                         : segment->from_us;
}

static bool is_point(const struct segment *segment)
{
    return segment->from_us == segment->to_us;
}

/* Moves the edge in hand; of a point both. */
void marks_move_edge(struct step *step, const struct segment *segment,
                     int64_t to_us)
{
    struct model *model = step->model;
    struct event_segment event = marks_event(model, segment);
    bool at_end = model->marks.at_end;

    event.has_to = at_end || is_point(segment);
    event.has_from = !at_end || is_point(segment);
    event.from_us = event.to_us = to_us;
    if (to_us < 0) {
        model_say(model, TONE_ALERT, "The sound begins here");
        return;
    }
    if (to_us == (at_end ? segment->to_us : segment->from_us))
        return;
    if (marks_do(step, EVENT_SEGMENT_CHANGED, &event) &&
        !model->playback.playing)
        play_seek_to(step, to_us);
}

static void move_by(struct step *step, int64_t by_us)
{
    struct model *model = step->model;
    const struct segment *segment = marks_need_selected(model);

    if (!segment)
        return;
    if (model->marks.at_end && segment_runs(segment))
        model_say(model, TONE_ALERT, "It runs still and has no end to move");
    else
        marks_move_edge(step, segment, edge_us(model, segment) + by_us);
}

static void other_edge(struct step *step)
{
    struct model *model = step->model;
    const struct segment *segment = marks_need_selected(model);
    char clock[NUMBER_TEXT_SIZE];

    if (!segment)
        return;
    if (segment_runs(segment) || is_point(segment)) {
        model_say(model, TONE_ALERT, "It has one edge only");
        return;
    }
    model->marks.at_end = !model->marks.at_end;
    if (!model->playback.playing)
        play_seek_to(step, edge_us(model, segment));
    model_say(model, TONE_PLAIN, "Its %s is in hand, at %s s",
              model->marks.at_end ? "end" : "beginning",
              number_format_seconds(edge_us(model, segment), clock));
}

/* Takes `us` when it is nearer to the edge than what was found so far. */
static void offer(int64_t us, int64_t edge, bool *any, int64_t *best)
{
    if (us == edge || us == SEGMENT_RUNS)
        return;
    if (!*any || llabs(us - edge) < llabs(*best - edge))
        *best = us;
    *any = true;
}

static void offer_tier(const struct track_tier *marks,
                       const struct segment *without, int64_t edge, bool *any,
                       int64_t *best)
{
    for (size_t i = 0; i < marks->count; i++) {
        const struct segment *it = marks->item[i];

        if (it == without)
            continue;
        offer(it->from_us, edge, any, best);
        offer(it->to_us, edge, any, best);
    }
}

/* The nearest edge of another mark of its tier, or of a parent. */
static void snap(struct step *step)
{
    struct model *model = step->model;
    const struct segment *segment = marks_need_selected(model);
    const struct track *track = model_track(model, model->question);
    const char *parent = model_tier(model)->parent;
    int64_t edge, best = 0;
    bool any = false;

    if (!segment)
        return;
    /* One that runs has its end where it plays. */
    edge = segment_runs(segment) && model->marks.at_end
               ? marks_heard_us(step)
               : edge_us(model, segment);
    offer_tier(track_tier(track, segment->tier), segment, edge, &any, &best);
    if (parent[0])
        offer_tier(track_tier(track, parent), segment, edge, &any, &best);
    if (any)
        marks_move_edge(step, segment, best);
    else
        model_say(model, TONE_ALERT, "There is no other mark to join it to");
}

static void edge_here(struct step *step)
{
    const struct segment *segment = marks_need_selected(step->model);

    if (segment)
        marks_move_edge(step, segment, marks_heard_us(step));
}

/* --- hearing -----------------------------------------------------------------
 */

static void hear_edge(struct step *step)
{
    struct model *model = step->model;
    const struct segment *segment = marks_need_selected(model);

    if (segment)
        play_part(step, edge_us(model, segment) - AROUND_US,
                  edge_us(model, segment) + AROUND_US);
}

/* Of a point what is around it; of one that runs, up to where it plays. */
static bool extent(struct step *step, int64_t *from_us, int64_t *to_us)
{
    const struct segment *segment = marks_need_selected(step->model);

    if (!segment)
        return false;
    *from_us = segment->from_us;
    *to_us = segment_runs(segment) ? marks_heard_us(step) : segment->to_us;
    if (is_point(segment)) {
        *from_us -= AROUND_US;
        *to_us += AROUND_US;
    }
    return true;
}

/* --- what is said of it -------------------------------------------------- */

/* The first attribute, the next one, and then none. */
void marks_next_attribute(struct model *model)
{
    const struct tier *tier = model_tier(model);

    model->marks.attribute++;
    if (!model_segment(model) ||
        model->marks.attribute >= (int)tier->attribute_count)
        model->marks.attribute = -1;
}

static void ask_attribute(struct step *step)
{
    struct model *model = step->model;

    if (!marks_need_selected(model))
        return;
    if (model_tier(model)->attribute_count == 0)
        model_say(model, TONE_ALERT, "Nothing else is asked of marks here");
    else
        marks_next_attribute(model);
}

static void set_attribute(struct step *step, const char *id, const char *value)
{
    struct event_segment event =
        marks_event(step->model, model_segment(step->model));

    segment_values_set(&event.values, id, value);
    if (strcmp(segment_value(model_segment(step->model), id), value) == 0)
        marks_next_attribute(step->model); /* kept already */
    else
        marks_do(step, EVENT_SEGMENT_CHANGED, &event);
    segment_values_release(&event.values);
}

/* The value of a key; NULL when the attribute has none. */
static const char *value_of_key(const struct tier_attribute *attribute,
                                uint32_t key, char text[NUMBER_TEXT_SIZE])
{
    if (attribute->has_scale) {
        int point = model_point_of_key(&attribute->scale, key);

        return point < 0
                   ? NULL
                   : number_format(
                         scale_value(&attribute->scale, (size_t)point), text);
    }
    for (size_t i = 0; i < attribute->option_count; i++) {
        if (attribute->option[i].code == key)
            return attribute->option[i].value;
    }
    return NULL;
}

bool marks_attribute_key(struct step *step, uint32_t key)
{
    struct model *model = step->model;
    const struct tier *tier = model_tier(model);
    char text[NUMBER_TEXT_SIZE];
    const char *value;

    if (!model_segment(model))
        return false;
    if (model->marks.attribute >= 0) {
        const struct tier_attribute *asked =
            &tier->attribute[model->marks.attribute];

        value = value_of_key(asked, key, text);
        if (value)
            set_attribute(step, asked->id, value);
        return value != NULL;
    }
    /* A digit is for the first scale, also when it was not asked for. */
    for (size_t i = 0; i < tier->attribute_count; i++) {
        if (!tier->attribute[i].has_scale)
            continue;
        value = value_of_key(&tier->attribute[i], key, text);
        if (value)
            set_attribute(step, tier->attribute[i].id, value);
        return value != NULL;
    }
    return false;
}

static bool edit_action(struct step *step, enum action action)
{
    switch (action) {
    case ACTION_SEGMENT_EDGE:
        other_edge(step);
        return true;
    case ACTION_EDGE_BACK:
    case ACTION_EDGE_ON:
        move_by(step, action == ACTION_EDGE_ON ? 10 * MS : -10 * MS);
        return true;
    case ACTION_EDGE_BACK_LITTLE:
    case ACTION_EDGE_ON_LITTLE:
        move_by(step, action == ACTION_EDGE_ON_LITTLE ? MS : -MS);
        return true;
    case ACTION_EDGE_BACK_FAR:
    case ACTION_EDGE_ON_FAR:
        move_by(step, action == ACTION_EDGE_ON_FAR ? 100 * MS : -100 * MS);
        return true;
    case ACTION_EDGE_HERE:
        edge_here(step);
        return true;
    case ACTION_EDGE_SNAP:
        snap(step);
        return true;
    case ACTION_SEGMENT_ATTRIBUTE:
        ask_attribute(step);
        return true;
    default:
        return false;
    }
}

bool segments_edit(struct step *step, enum action action)
{
    struct model *model = step->model;
    int64_t from_us, to_us;

    switch (action) {
    case ACTION_EDGE_HEAR:
        hear_edge(step);
        return true;
    case ACTION_SEGMENT_HEAR:
        if (extent(step, &from_us, &to_us))
            play_part(step, from_us, to_us);
        return true;
    case ACTION_SEGMENT_LOOP:
        if (extent(step, &from_us, &to_us))
            play_repeat(step, from_us, to_us, "mark");
        return true;
    case ACTION_TAKE:
        if (model->marks.attribute < 0)
            return false;
        marks_next_attribute(model);
        return true;
    case ACTION_CANCEL:
        model->marks.attribute = -1;
        return true;
    default:
        return edit_action(step, action);
    }
}
