/*
 * update_study - the study's rules: practice, pauses, breaks, session length.
 */
#include <config.h>

#include "annotate/app/update_internal.h"

static const int64_t minute_us = INT64_C(60) * 1000000;
static const int64_t day_us = INT64_C(24) * 3600 * 1000000;

bool study_in_practice(const struct model *model)
{
    return session_in_practice(&model->fold);
}

bool study_may_go_to(struct step *step, size_t entry)
{
    struct model *model = step->model;

    if (!model->fold.entry[entry].practice)
        return true;
    model_say(model, TONE_ALERT,
              study_in_practice(model)
                  ? "Practice goes on, one item after the other"
                  : "This is the first item");
    return false;
}

/* All practice items were handed in: how did it go? */
static void judge(struct step *step)
{
    struct model *model = step->model;
    struct session_score score =
        session_practice(model->protocol, &model->fold, model->about);
    struct event_practice practice = {
        .right = score.right,
        .of = score.of,
        .passed = session_passes(model->protocol, score),
    };

    model->practice = practice;
    step_append(step, EVENT_PRACTICE_JUDGED, event_payload_practice(&practice));
}

void study_after_judged(struct step *step)
{
    struct model *model = step->model;

    effects_add(step->effects, EFFECT_STOP);
    if (!model->practice.passed &&
        model->fold.practice.attempts >= model->protocol->conduct.attempts)
        step_append(step, EVENT_PAUSED, event_payload_paused("practice", true));
    else
        model->overlay = OVERLAY_PRACTICE;
    model->position = model->count;
}

void study_after_paused(struct step *step)
{
    struct model *model = step->model;

    effects_add(step->effects, EFFECT_STOP);
    model->overlay = OVERLAY_NONE;
    model->prompt.kind = PROMPT_NONE;
    model->page = PAGE_PAUSED;
    model->position = model->count;
    model->status.text[0] = '\0';
}

bool study_practise(struct step *step)
{
    struct model *model = step->model;
    size_t count = session_practice_count(&model->fold);

    if (!study_in_practice(model))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!fold_done(&model->fold, i))
            return false; /* it is what comes next in any case */
    judge(step);
    return true;
}

bool study_feedback(struct step *step)
{
    struct model *model = step->model;

    if (model->position >= model->count ||
        !model->fold.entry[model->position].practice || !model->about)
        return false;
    model->overlay = OVERLAY_FEEDBACK;
    model->scroll = 0;
    effects_add(step->effects, EFFECT_PAUSE);
    return true;
}

bool study_pause(struct step *step)
{
    struct model *model = step->model;
    const struct pause_rule *rule;

    if (model->protocol->conduct.pause_count == 0 || !model->about ||
        model->position >= model->count)
        return false;
    rule = session_pause(model->protocol, &model->fold, model->about,
                         model->position);
    if (!rule)
        return false;
    step_append(
        step, EVENT_PAUSED,
        event_payload_paused(pause_rule_names[rule->kind], rule->refuse));
    return true;
}

static int64_t session_us(const struct model *model)
{
    const struct fold_sessions *sessions = &model->fold.sessions;

    return sessions->count > 0 ? sessions->item[sessions->count - 1].active_us
                               : 0;
}

/* Active time of the sessions that ended in the last 24 hours. */
static int64_t today_us(const struct model *model)
{
    const struct fold_sessions *sessions = &model->fold.sessions;
    int64_t now_us = 0;
    int64_t sum = 0;

    for (size_t i = 0; i < sessions->count; i++)
        if (sessions->item[i].last_wall_us > now_us)
            now_us = sessions->item[i].last_wall_us;
    for (size_t i = 0; i < sessions->count; i++)
        if (sessions->item[i].last_wall_us > now_us - day_us)
            sum += sessions->item[i].active_us;
    return sum;
}

bool study_enough(struct step *step)
{
    struct model *model = step->model;
    const struct conduct *conduct = &model->protocol->conduct;
    const char *limit = NULL;

    if (conduct->day_minutes > 0 &&
        (double)today_us(model) >= conduct->day_minutes * (double)minute_us)
        limit = "day";
    else if (conduct->session_minutes > 0 &&
             (double)session_us(model) >=
                 conduct->session_minutes * (double)minute_us)
        limit = "session";
    if (!limit)
        return false;
    step_append(step, EVENT_LIMIT_REACHED, event_payload_text("limit", limit));
    effects_add(step->effects, EFFECT_STOP);
    model->page = limit[0] == 'd' ? PAGE_DAY_OVER : PAGE_SESSION_OVER;
    model->position = model->count;
    return true;
}

void study_begin_work(struct model *model)
{
    model->break_base_us = fold_active_us(&model->fold);
    model->break_base_done = fold_done_count(&model->fold);
}

bool study_break_is_due(const struct model *model)
{
    const struct conduct *conduct = &model->protocol->conduct;
    int64_t worked = fold_active_us(&model->fold) - model->break_base_us;
    size_t done = fold_done_count(&model->fold);
    int minutes = model->protocol->break_minutes;

    if (minutes > 0 && worked >= minutes * minute_us)
        return true;
    return conduct->break_items > 0 &&
           done >= model->break_base_done + (size_t)conduct->break_items;
}

int64_t study_break_left_us(const struct model *model)
{
    double least = model->protocol->conduct.break_minutes * (double)minute_us;
    int64_t left = model->break_begun_us + (int64_t)least - model->now_us;

    return left > 0 ? left : 0;
}

bool study_break_may_end(struct step *step)
{
    struct model *model = step->model;
    int64_t left = study_break_left_us(model);

    if (left == 0)
        return true;
    model_say(model, TONE_PLAIN, "The break lasts %d:%02d more",
              (int)(left / minute_us), (int)(left % minute_us / 1000000));
    return false;
}

enum { IDLE_US = 5 * 1000000 };

void study_record_key(struct step *step, uint32_t key)
{
    struct model *model = step->model;
    int64_t gap = step->message->host_us - model->last_key_us;
    char name[KEY_NAME_SIZE];

    if (model->protocol->record != RECORD_FULL || model->page != PAGE_ITEM ||
        model->prompt.kind != PROMPT_NONE)
        return; /* what is written is kept once, as what it is */
    if (model->last_key_us > 0 && gap >= IDLE_US)
        step_append(step, EVENT_IDLE, event_payload_waited(gap));
    model->last_key_us = step->message->host_us;
    step_append(step, EVENT_KEY,
                event_payload_text("key", key_name(key, name)));
}
