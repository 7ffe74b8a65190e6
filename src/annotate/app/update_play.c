/*
 * update_play - the player: what may be heard, what was heard.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/app/update_internal.h"

enum { TENTH_US = 100000, SECOND_US = 1000000, LAST_US = 2 * SECOND_US };

static const char being_read[] = "This item is still being read";
static const char no_sound[] = "There is nothing to hear in this item";

static void say_heard_enough(struct model *model)
{
    int allowed = model->protocol->playback.max_replays;

    model_say(model, TONE_ALERT,
              "Heard as often as this protocol allows: %d time%s", allowed + 1,
              allowed == 0 ? "" : "s");
}

bool play_ready(struct model *model, const char *none)
{
    if (model->playback.medium == MEDIUM_READY)
        return true;
    if (!model->entry[model->position].has_medium)
        model_say(model, TONE_ALERT, "%s", none);
    else if (model->playback.problem[0])
        model_say(model, TONE_ALERT, "This item cannot be heard");
    else
        model_say(model, TONE_PLAIN, "%s", being_read);
    return false;
}

/* Reasons that forbid sound from `from_us` on; the status says which. */
static bool may_hear(struct model *model, int64_t from_us)
{
    if (!play_ready(model, no_sound))
        return false;
    if (model_hearings_left(model) == 0 &&
        fold_begins_hearing(&model->fold, model->position, from_us)) {
        say_heard_enough(model);
        return false;
    }
    return true;
}

static void play_pause(struct step *step)
{
    struct model *model = step->model;
    struct playback *playback = &model->playback;

    if (playback->playing) {
        effects_add(step->effects, EFFECT_PAUSE);
        return;
    }
    if (may_hear(model,
                 playback->at_end ? playback->from_us : playback->position_us))
        effects_add(step->effects, EFFECT_PLAY);
}

void play_seek_to(struct step *step, int64_t to_us)
{
    struct model *model = step->model;
    struct playback *playback = &model->playback;

    if (to_us < playback->from_us)
        to_us = playback->from_us;
    if (to_us > playback->to_us)
        to_us = playback->to_us;
    /* Going back while it plays is hearing it again. */
    if (playback->playing
            ? !may_hear(model, to_us)
            : !play_ready(model, no_sound) || !picture_may_see(model))
        return;
    if (trace_locks(step))
        return;
    model->trace.planned = false; /* it is traced anew from there */
    playback->seek_to_us = to_us;
    playback->at_end = false;
    playback->position_us = to_us;
    timeline_show(&model->timeline, to_us);
    effects_add_at(step->effects, EFFECT_SEEK, to_us);
}

static void seek(struct step *step, int64_t by_us)
{
    play_seek_to(step, step->model->playback.position_us + by_us);
}

static void switch_loop(struct step *step)
{
    struct model *model = step->model;

    if (model->protocol->playback.max_replays >= 0) {
        model_say(model, TONE_ALERT,
                  "This protocol counts hearings, so there is no loop");
        return;
    }
    model->playback.loop = !model->playback.loop;
    model->playback.loop_part = false;
    if (model->playback.loop && !model->playback.playing &&
        may_hear(model, model->playback.from_us))
        effects_add(step->effects, EFFECT_PLAY);
    effects_add_number(step->effects, EFFECT_LOOP, model->playback.loop);
    model_say(model, TONE_PLAIN, "Loop %s",
              model->playback.loop ? "on" : "off");
}

static bool cut_to_item(const struct playback *playback, int64_t *from_us,
                        int64_t *to_us)
{
    if (*from_us < playback->from_us)
        *from_us = playback->from_us;
    if (*to_us > playback->to_us)
        *to_us = playback->to_us;
    return *from_us < *to_us;
}

/* What is heard of it ends a loop that went on. */
void play_part(struct step *step, int64_t from_us, int64_t to_us)
{
    struct playback *playback = &step->model->playback;

    if (!play_ready(step->model, no_sound) ||
        !cut_to_item(playback, &from_us, &to_us) ||
        !may_hear(step->model, from_us))
        return;
    playback->loop = playback->loop_part = false;
    playback->at_end = false;
    playback->seek_to_us = from_us;
    effects_add_part(step->effects, EFFECT_PART, from_us, to_us);
}

void play_repeat(struct step *step, int64_t from_us, int64_t to_us,
                 const char *what)
{
    struct model *model = step->model;
    struct playback *playback = &model->playback;

    if (playback->loop && playback->loop_part) {
        switch_loop(step);
        return;
    }
    if (model->protocol->playback.max_replays >= 0) {
        model_say(model, TONE_ALERT,
                  "This protocol counts hearings, so there is no loop");
        return;
    }
    if (!play_ready(model, no_sound) ||
        !cut_to_item(playback, &from_us, &to_us) || !may_hear(model, from_us))
        return;
    playback->loop = playback->loop_part = true;
    playback->at_end = false;
    playback->seek_to_us = from_us;
    effects_add_part(step->effects, EFFECT_REPEAT, from_us, to_us);
    model_say(model, TONE_PLAIN, "The %s is heard over and over", what);
}

/* Of the selection, where there is one; else of all. */
static void loop(struct step *step)
{
    struct model *model = step->model;
    int64_t from_us, to_us;

    if (!model->playback.loop &&
        timeline_selection(&model->timeline, &from_us, &to_us))
        play_repeat(step, from_us, to_us, "selection");
    else
        switch_loop(step);
}

static void play_last(struct step *step)
{
    struct model *model = step->model;
    int64_t from_us = model->playback.position_us - LAST_US;

    if (from_us < model->playback.from_us)
        from_us = model->playback.from_us;
    if (!may_hear(model, from_us))
        return;
    play_seek_to(step, from_us);
    if (!model->playback.playing)
        effects_add(step->effects, EFFECT_PLAY);
}

/* The next of the protocol's speeds; the present one when there is none. */
static double next_speed(const struct model *model, bool faster)
{
    const struct protocol_playback *playback = &model->protocol->playback;
    double now = model->playback.speed;
    double best = now;

    for (size_t i = 0; i < playback->speed_count; i++) {
        double speed = playback->speed[i];

        if (faster ? speed > now && (best == now || speed < best)
                   : speed < now && (best == now || speed > best))
            best = speed;
    }
    return best;
}

static void change_speed(struct step *step, bool faster)
{
    struct model *model = step->model;
    double speed = next_speed(model, faster);

    if (model->protocol->playback.speed_count == 1 && speed == 1) {
        model_say(model, TONE_ALERT,
                  "This protocol lets it be heard at its own speed only");
        return;
    }
    if (speed == model->playback.speed) {
        model_say(model, TONE_ALERT,
                  "%g is the %s speed that this protocol allows", speed,
                  faster ? "highest" : "lowest");
        return;
    }
    model->playback.speed = speed;
    effects_add_number(step->effects, EFFECT_SPEED, speed);
    model_say(model, TONE_PLAIN, "Speed %g", speed);
}

/* Steps of equal loudness rather than of equal size: the gain is a square. */
static void change_volume(struct step *step, int by)
{
    struct playback *playback = &step->model->playback;
    double level;

    playback->volume += by;
    if (playback->volume < 0)
        playback->volume = 0;
    if (playback->volume > MODEL_VOLUME_STEPS)
        playback->volume = MODEL_VOLUME_STEPS;
    level = (double)playback->volume / MODEL_VOLUME_STEPS;
    effects_add_number(step->effects, EFFECT_VOLUME, level * level);
    model_say(step->model, TONE_PLAIN, "Volume %d %%",
              playback->volume * 100 / MODEL_VOLUME_STEPS);
}

void play_action(struct step *step, enum action action)
{
    struct model *model = step->model;

    switch (action) {
    case ACTION_PLAY_PAUSE:
        if (!item_reopen(step))
            play_pause(step);
        break;
    case ACTION_REPLAY:
        if (!item_reopen(step) && may_hear(model, model->playback.from_us)) {
            model->trace.planned = false;
            model->playback.seek_to_us = model->playback.from_us;
            timeline_show(&model->timeline, model->playback.from_us);
            effects_add(step->effects, EFFECT_REPLAY);
        }
        break;
    case ACTION_SEEK_BACK_TENTH:
        seek(step, -TENTH_US);
        break;
    case ACTION_SEEK_ON_TENTH:
        seek(step, TENTH_US);
        break;
    case ACTION_SEEK_BACK:
        seek(step, -SECOND_US);
        break;
    case ACTION_SEEK_ON:
        seek(step, SECOND_US);
        break;
    case ACTION_SEEK_BACK_FAR:
        seek(step, -5 * SECOND_US);
        break;
    case ACTION_SEEK_ON_FAR:
        seek(step, 5 * SECOND_US);
        break;
    case ACTION_FRAME_BACK:
        picture_step(step, -1);
        break;
    case ACTION_FRAME_ON:
        picture_step(step, 1);
        break;
    case ACTION_HEAR_LAST:
        if (!item_reopen(step))
            play_last(step);
        break;
    case ACTION_LOOP:
        loop(step);
        break;
    case ACTION_VOLUME_UP:
        change_volume(step, 1);
        break;
    case ACTION_VOLUME_DOWN:
        change_volume(step, -1);
        break;
    case ACTION_SLOWER:
    case ACTION_FASTER:
        change_speed(step, action == ACTION_FASTER);
        break;
    default:
        break;
    }
}

static const char *failure_word(enum medium_state medium)
{
    switch (medium) {
    case MEDIUM_MISSING:
        return "missing";
    case MEDIUM_CHANGED:
        return "changed";
    default:
        return "unreadable";
    }
}

void play_medium(struct step *step)
{
    struct model *model = step->model;
    const struct message *message = step->message;
    struct playback *playback = &model->playback;

    if (message->entry != model->position)
        return; /* of an entry that was left meanwhile */
    playback->medium = message->medium;
    if (message->medium == MEDIUM_READY) {
        playback->from_us = message->from_us;
        playback->to_us = message->to_us;
        playback->first_end_us = message->first_end_us;
        playback->second_us = message->second_us;
        playback->position_us = message->from_us;
        playback->seek_to_us = message->from_us;
        if (strcmp(model->status.text, being_read) == 0)
            model->status.text[0] = '\0'; /* it is true no more */
        timeline_reset(&model->timeline, message->from_us, message->to_us);
        if (playback->loop) /* asked for while it was loading */
            effects_add_number(step->effects, EFFECT_LOOP, 1);
        /* A trace waits for its annotator. */
        if (!model_trace(model) && may_hear(model, message->from_us)) {
            if (segments_resume(step))
                play_seek_to(step, model_segment(model)->from_us - SECOND_US);
            effects_add(step->effects, EFFECT_PLAY);
        }
        return;
    }
    if (message->medium == MEDIUM_CHECKING ||
        message->medium == MEDIUM_LOADING || message->medium == MEDIUM_NONE)
        return;
    model_say(model, TONE_ALERT, "%s", message->text);
    if (model->status.text[0] >= 'a' && model->status.text[0] <= 'z')
        model->status.text[0] -= 'a' - 'A'; /* here it is a sentence */
    memcpy(playback->problem, model->status.text, sizeof(playback->problem));
    model_say(model, TONE_ALERT,
              "Item %zu cannot be heard; skip it and say why",
              model_number(model));
    step_append_at(step, EVENT_MEDIUM_FAILED, message->now_us, EVENT_NO_TIME,
                   event_payload_text("reason", failure_word(message->medium)));
    effects_add(step->effects, EFFECT_BEEP);
}

void play_state(struct step *step)
{
    struct playback *playback = &step->model->playback;
    const struct play_state *player = &step->message->player;

    if (playback->medium != MEDIUM_READY)
        return;
    playback->playing = player->playing;
    playback->at_end = player->ended;
    if (playback->loop_part && !player->looping) /* it was gone out of */
        playback->loop = playback->loop_part = false;
    if (player->playing)
        timeline_follow(&step->model->timeline, playback->position_us,
                        player->position_us);
    playback->position_us = player->position_us;
    if (player->ended && player->to_us > playback->from_us)
        playback->to_us = player->to_us; /* exact, now that it was reached */
    /* What was left out may be heard, but not on into what was heard. */
    if (playback->playing && model_hearings_left(step->model) == 0 &&
        fold_hears_again(&step->model->fold, playback->position_us)) {
        effects_add(step->effects, EFFECT_PAUSE);
        say_heard_enough(step->model);
    }
    trace_tick(step);
}

bool play_from(struct step *step, int64_t from_us)
{
    struct model *model = step->model;
    struct playback *playback = &model->playback;

    if (item_reopen(step) || !may_hear(model, from_us))
        return false;
    playback->seek_to_us = from_us;
    playback->at_end = false;
    if (playback->loop) {
        playback->loop = false;
        effects_add_number(step->effects, EFFECT_LOOP, 0);
    }
    effects_add_at(step->effects, EFFECT_SEEK, from_us);
    if (!playback->playing)
        effects_add(step->effects, EFFECT_PLAY);
    return true;
}

void play_leave(struct step *step)
{
    struct model *model = step->model;
    int64_t media_us = step->message->media_us;

    trace_leave(step);
    if (model->position >= model->count || !model->fold.playing)
        return;
    if (media_us < model->playback.from_us)
        media_us = model->playback.position_us;
    step_append_at(step, EVENT_PAUSE, step->message->host_us, media_us,
                   event_payload_empty());
    effects_add(step->effects, EFFECT_PAUSE);
}

static bool has_gain(const struct model *model)
{
    enum protocol_gain gain = model->protocol->playback.gain;

    return gain == GAIN_SESSION || gain == GAIN_LUFS;
}

static void journal_heard(struct step *step)
{
    struct model *model = step->model;
    const struct heard *heard = &step->message->heard;
    enum event_kind kind = EVENT_PAUSE;
    char *payload;

    if (step->message->entry != model->position || model->playback.silent ||
        !protocol_journals_hearing(model->protocol))
        return; /* play_leave() has told of an entry that was left */
    if (heard->kind != HEARD_START && !model->fold.playing)
        return;
    switch (heard->kind) {
    case HEARD_START:
        kind = EVENT_PLAY;
        break;
    case HEARD_SEEK:
        kind = EVENT_SEEK;
        break;
    case HEARD_LOOP:
        kind = model->playback.loop_part ? EVENT_PAUSE : EVENT_ENDED;
        break;
    case HEARD_END:
        kind = EVENT_ENDED;
        break;
    case HEARD_PAUSE:
    case HEARD_SPEED:
    case HEARD_STARVED:
        break;
    }
    if (kind == EVENT_PLAY)
        payload = event_payload_play(
            heard->speed, has_gain(model) ? &heard->gain_db : NULL,
            model->playback.second_us, model->playback.to_us);
    else if (kind == EVENT_SEEK)
        payload = event_payload_seek(model->playback.seek_to_us);
    else
        payload = event_payload_empty();
    step_append_at(step, kind, heard->host_us, heard->media_us, payload);
}

void play_heard(struct step *step)
{
    struct model *model = step->model;
    bool begins = step->message->heard.kind == HEARD_START;

    if (!begins) /* what was traced is known before what was heard */
        trace_heard(step);
    journal_heard(step);
    if (begins)
        trace_heard(step);
    if (step->message->heard.kind == HEARD_END && model->playback.loop &&
        step->message->entry == model->position && !model->going_on)
        effects_add(step->effects, EFFECT_REPLAY);
}
