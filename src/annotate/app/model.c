/*
 * model - all that the workbench knows, as plain data.
 */
#include <config.h>

#include "annotate/app/model.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

enum { HEARD_SLACK_US = 150000 }; /* a device's last buffer may not be told */

/* Of the protocol's speeds the one that is nearest to 1. */
static double natural_speed(const struct protocol *protocol)
{
    const double *speed = protocol->playback.speed;
    double best = speed[0];

    for (size_t i = 1; i < protocol->playback.speed_count; i++) {
        if (fabs(log(speed[i])) < fabs(log(best)))
            best = speed[i];
    }
    return best;
}

void model_init(struct model *model, const struct protocol *protocol,
                const struct keymap *keymap, const struct model_entry *entry,
                size_t count)
{
    const char **ids = xcalloc(count ? count : 1, sizeof(*ids));

    memset(model, 0, sizeof(*model));
    for (size_t i = 0; i < count; i++)
        ids[i] = entry[i].id;
    fold_init(&model->fold, ids, count);
    free(ids);
    model->protocol = protocol;
    model->keymap = keymap;
    model->entry = entry;
    model->count = count;
    model->position = count;
    model->cursor = -1;
    model->marks.attribute = -1;
    model->width = MODEL_WIDTH_MIN;
    model->height = MODEL_HEIGHT_MIN;
    timeline_reset(&model->timeline, 0, 0);
    timeline_resize(&model->timeline, model->width - 2 * TIMELINE_MARGIN);
    model->playback.volume = MODEL_VOLUME_STEPS;
    model->playback.speed = natural_speed(protocol);
    model->trace.shown = SIZE_MAX;
}

void model_release(struct model *model)
{
    fold_release(&model->fold);
    picture_release(&model->picture);
    free(model->trace.fresh.item);
    free(model->trace.unsealed.item);
    free(model->trace.sheet.slot);
    free(model->trace.earlier.slot);
}

void model_say(struct model *model, enum tone tone, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(model->status.text, sizeof(model->status.text), format,
              arguments);
    va_end(arguments);
    model->status.tone = tone;
    model->status.count++;
}

void model_heed_journal(struct model *model, const struct message *message)
{
    if (message->kind == MESSAGE_NOT_KEPT)
        snprintf(model->not_kept, sizeof(model->not_kept), "%s", message->text);
    else if (message->kind == MESSAGE_KEPT ||
             message->kind == MESSAGE_SAMPLED ||
             (message->kind == MESSAGE_REVEALED && message->deed != COURT_LOOK))
        model->not_kept[0] = '\0';
}

static size_t first_counted(const struct model *model)
{
    return session_in_practice(&model->fold)
               ? 0
               : session_practice_count(&model->fold);
}

/* Of a meeting, each item stands once for every member. */
static size_t times(const struct model *model)
{
    return model->members > 1 ? model->members : 1;
}

size_t model_number(const struct model *model)
{
    return (model->position - first_counted(model)) / times(model) + 1;
}

size_t model_total(const struct model *model)
{
    size_t practice = session_practice_count(&model->fold);

    return session_in_practice(&model->fold)
               ? practice
               : (model->count - practice) / times(model);
}

size_t model_total_done(const struct model *model)
{
    size_t first = first_counted(model);
    size_t done = 0;

    for (size_t i = first; i < first + model_total(model) * times(model); i++)
        done += fold_done(&model->fold, i);
    return done / times(model);
}

const char *model_turn(const struct model *model)
{
    return model->members > 1 ? model->member[model->position % model->members]
                              : NULL;
}

const char *model_next_turn(const struct model *model)
{
    return model->members > 1 && (model->position + 1) % model->members != 0
               ? model->member[(model->position + 1) % model->members]
               : NULL;
}

const struct conduct_check *model_check(const struct model *model)
{
    return model->about && model->position < model->count
               ? model->about[model->position].check
               : NULL;
}

const struct question *model_question(const struct model *model)
{
    return &model->protocol->question[model->question];
}

const struct question_trace *model_trace(const struct model *model)
{
    return model->page == PAGE_ITEM ? model_question(model)->trace : NULL;
}

bool model_trace_hole(const struct model *model, size_t question,
                      struct fold_span *hole)
{
    const struct playback *playback = &model->playback;

    *hole = (struct fold_span){ playback->from_us, playback->to_us };
    if (model->position >= model->count || playback->medium != MEDIUM_READY)
        return true;
    return fold_trace_hole(&model->fold, model->position,
                           model->protocol->question[question].id,
                           playback->from_us, playback->to_us, hole);
}

const struct event_answer *model_answer(const struct model *model,
                                        size_t question)
{
    if (model->position >= model->count)
        return NULL;
    return fold_answer(&model->fold, model->position,
                       model->protocol->question[question].id);
}

/* Does any chosen option ask how strong? */
static bool wants_intensity(const struct question *question,
                            const struct event_answer *answer)
{
    for (size_t i = 0; i < answer->values.count; i++) {
        const struct question_option *option =
            question_option(question, answer->values.item[i]);

        if (option && option->intensity)
            return true;
    }
    return false;
}

bool model_settled(const struct model *model, size_t question)
{
    const struct question *asked = &model->protocol->question[question];
    const struct event_answer *answer = model_answer(model, question);
    const char *lack;

    if (asked->type == QUESTION_SEGMENTS &&
        model_track(model, question)->count > 0)
        return !model_unfinished(model, question, &lack);
    struct fold_span hole;

    if (!answer && asked->type == QUESTION_TRACE)
        return !model_trace_hole(model, question, &hole);
    if (!answer)
        return false;
    if (question_is_list(asked) && asked->intensity_required &&
        wants_intensity(asked, answer))
        return answer->has_intensity;
    return true;
}

size_t model_unsettled(const struct model *model, bool required_only)
{
    size_t count = model->protocol->question_count;

    for (size_t i = 0; i < count; i++) {
        if (required_only && !model->protocol->question[i].required &&
            model_track(model, i)->count == 0)
            continue; /* but marks that were begun are to be ended */
        if (!model_settled(model, i))
            return i;
    }
    return count;
}

const struct track *model_track(const struct model *model, size_t question)
{
    static const struct track empty = { 0 };
    const struct track *track = NULL;

    if (model->position < model->count)
        track = fold_track(&model->fold, model->position,
                           model->protocol->question[question].id);
    return track ? track : &empty;
}

const struct tier *model_tier(const struct model *model)
{
    const struct question *question = model_question(model);

    return model->marks.tier < question->tier_count
               ? &question->tier[model->marks.tier]
               : NULL;
}

const struct segment *model_segment(const struct model *model)
{
    return model->marks.selected
               ? track_find(model_track(model, model->question),
                            model->marks.segment)
               : NULL;
}

static const char *lacks(const struct tier *tier, const struct segment *segment)
{
    if (segment_runs(segment))
        return "runs still: end it";
    if (segment->label[0] == '\0' && tier_has_labels(tier))
        return "has no label yet";
    for (size_t i = 0; i < tier->attribute_count; i++) {
        if (tier->attribute[i].required &&
            !segment_value(segment, tier->attribute[i].id)[0])
            return "lacks what must be said of it";
    }
    return NULL;
}

const struct segment *model_unfinished(const struct model *model,
                                       size_t question, const char **lack)
{
    const struct question *asked = &model->protocol->question[question];
    const struct track *track = model_track(model, question);

    for (size_t t = 0; t < asked->tier_count; t++) {
        const struct tier *tier = &asked->tier[t];
        const struct track_tier *marks = track_tier(track, tier->id);

        for (size_t i = 0; i < marks->count; i++) {
            *lack = lacks(tier, marks->item[i]);
            if (*lack)
                return marks->item[i];
        }
    }
    return NULL;
}

bool model_done(const struct model *model)
{
    return model->position < model->count &&
           fold_done(&model->fold, model->position);
}

bool model_heard_all(const struct model *model)
{
    const struct playback *playback = &model->playback;

    if (model->position >= model->count ||
        !model->entry[model->position].has_medium || playback->silent)
        return true;
    if (playback->medium != MEDIUM_READY)
        return false;
    if (model_pair(model) && playback->second_us > 0) /* no silence between */
        return model_side_heard(model, 0) && model_side_heard(model, 1);
    return fold_heard_all(&model->fold, model->position, playback->from_us,
                          playback->to_us, HEARD_SLACK_US);
}

bool model_pair(const struct model *model)
{
    return model->position < model->count &&
           model->entry[model->position].pair &&
           model->entry[model->position].has_medium;
}

void model_side(const struct model *model, int side, int64_t *from_us,
                int64_t *to_us)
{
    const struct playback *playback = &model->playback;

    *from_us = side ? playback->second_us : playback->from_us;
    *to_us = side ? playback->to_us : playback->first_end_us;
}

bool model_side_heard(const struct model *model, int side)
{
    int64_t from_us, to_us;

    model_side(model, side, &from_us, &to_us);
    return fold_heard_all(&model->fold, model->position, from_us, to_us,
                          HEARD_SLACK_US);
}

int model_hearings_left(const struct model *model)
{
    int allowed = model->protocol->playback.max_replays;
    int left;

    if (allowed < 0 || model->position >= model->count)
        return -1;
    left = allowed + 1 - model->fold.entry[model->position].hearings;
    return left > 0 ? left : 0;
}

bool model_answer_has(const struct event_answer *answer, const char *value)
{
    return answer && text_list_has(&answer->values, value);
}

const char *model_text(const struct model *model, const struct localized *text)
{
    return localized_pick(text, model->language);
}

bool model_prompt_is_list(const struct model *model)
{
    return model->prompt.kind == PROMPT_SKIP ||
           model->prompt.kind == PROMPT_LABEL;
}

const struct question_option *model_prompt_list(const struct model *model,
                                                size_t *count)
{
    const struct tier *tier = model_tier(model);

    if (model->prompt.kind == PROMPT_LABEL && tier) {
        *count = tier->option_count;
        return tier->option;
    }
    *count = model->protocol->skip_count;
    return model->protocol->skip;
}

/* Every point is a whole number from 0 to 9. */
static bool all_digits(const struct scale *scale)
{
    size_t count = scale_count(scale);

    for (size_t i = 0; i < count; i++) {
        double value = scale_value(scale, i);

        if (value < 0 || value > 9 || value != floor(value))
            return false;
    }
    return count > 0;
}

/* 1 to 10, where 0 stands for 10. */
static bool one_to_ten(const struct scale *scale)
{
    return scale->min == 1 && scale->max == 10 && scale->step == 1;
}

uint32_t model_point_key(const struct scale *scale, size_t index)
{
    double value = scale_value(scale, index);

    if (all_digits(scale))
        return '0' + (uint32_t)value;
    if (one_to_ten(scale))
        return index == 9 ? '0' : '1' + (uint32_t)index;
    return 0;
}

bool model_takes_arrows(const struct model *model)
{
    const struct question *question = model_question(model);

    if (question->wheel || question->type == QUESTION_GRID)
        return true;
    return (model->on_intensity || question->type == QUESTION_SCALE) &&
           model_point_key(&question->scale, 0) == 0;
}

int model_grid_point(const struct question *question,
                     const struct event_answer *answer)
{
    int x, y;

    if (!answer || answer->kind != EVENT_VALUE_PAIR)
        return -1;
    x = scale_index(&question->scale, answer->number);
    y = scale_index(&question->rise, answer->rise);
    return x < 0 || y < 0 ? -1 : y * (int)scale_count(&question->scale) + x;
}

int model_point_of_key(const struct scale *scale, uint32_t key)
{
    size_t count = scale_count(scale);

    if (key < '0' || key > '9')
        return -1;
    for (size_t i = 0; i < count && i < 10; i++) {
        if (model_point_key(scale, i) == key)
            return (int)i;
    }
    return -1;
}

const struct court_question *court_question(const struct model *model)
{
    return model->court && model->court_question < model->court->count
               ? &model->court->question[model->court_question]
               : NULL;
}
