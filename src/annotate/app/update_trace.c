/*
 * update_trace - passes of a trace: begin, sample, seal, end.
 *
 * A pass begins when sound does, once tracing was asked for (armed), and ends
 * when the sound stops, jumps or comes to the end of what is to be traced.
 * After a pause the trace stays armed: the next sound begins the next pass,
 * of the same version.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/app/update_internal.h"
#include "common/base/vec.h"

enum { SEAL_EVERY = TRACE_RATE };

static const char *question_id(const struct model *model)
{
    return model->protocol->question[model->trace.question].id;
}

static void append(struct step *step, enum event_kind kind, int64_t mono_us,
                   int64_t media_us, char *payload)
{
    struct effect *effect;

    effects_add_entry(step->effects, EFFECT_APPEND, step->model->trace.entry);
    effect = &step->effects->item[step->effects->count - 1];
    effect->event_kind = kind;
    effect->mono_us = mono_us;
    effect->media_us = media_us;
    effect->payload = payload;
}

static void seal(struct step *step)
{
    struct tracing *trace = &step->model->trace;
    const struct trace_samples *rows = &trace->unsealed;
    const struct trace_sample *last;
    struct event_seal seal = { 0 };

    if (rows->count == 0)
        return;
    last = &rows->item[rows->count - 1];
    memcpy(seal.pass, trace->pass, EVENT_HASH_SIZE);
    seal.count = (int64_t)rows->count;
    seal.first = trace->count - seal.count;
    seal.first_us = rows->item[0].media_us;
    seal.last_us = last->media_us;
    trace_hash(seal.pass, seal.first, rows->item, rows->count, seal.hash);
    append(step, EVENT_TRACE_SEALED, last->host_us, last->media_us,
           event_payload_seal(&seal));
    trace->unsealed.count = 0;
}

/*
 * Has the fresh samples written, and sealed each second.  When they cannot be
 * written nothing that is asked for after them happens (see bench_effect), so
 * that a seal never holds what is not there.
 */
static void flush(struct step *step, bool at_once)
{
    struct tracing *trace = &step->model->trace;

    if (trace->fresh.count > 0)
        effects_add(step->effects, EFFECT_SAMPLE);
    for (size_t i = 0; i < trace->fresh.count; i++)
        VEC_PUSH(&trace->unsealed, trace->fresh.item[i]);
    trace->count += (int64_t)trace->fresh.count;
    if (at_once || trace->unsealed.count >= SEAL_EVERY)
        seal(step);
}

static void look(struct step *step, int64_t host_us, int64_t media_us)
{
    struct tracing *trace = &step->model->trace;

    if (model_trace_held(step->model))
        trace->pen.touched = true;
    sampler_look(&trace->sampler, &trace->pen, host_us, media_us,
                 &trace->fresh);
}

static void finish(struct step *step, enum trace_end end, int64_t host_us,
                   int64_t media_us)
{
    struct tracing *trace = &step->model->trace;

    flush(step, true);
    append(
        step, EVENT_TRACE_ENDED, host_us, media_us,
        event_payload_pass_end(trace->pass, end, trace->count, &trace->inputs));
    sampler_end(&trace->sampler);
    trace->running = false;
    for (size_t i = 0; i < TRACE_DIMENSIONS; i++)
        trace->pen.speed[i] = 0;
    if (end == TRACE_COMPLETE) {
        trace->armed = false;
        trace->planned = false;
        if (trace->to_us < step->model->playback.to_us)
            effects_add(step->effects, EFFECT_PAUSE);
    }
}

/* Is the place within what is traced already? */
static bool is_traced(const struct model *model, int64_t at_us, int64_t *end_us)
{
    struct fold_spans spans = { 0 };
    bool inside = false;

    *end_us = model->playback.to_us;
    fold_trace_spans(&model->fold, model->trace.entry, question_id(model),
                     &spans);
    for (size_t i = spans.count; i-- > 0;) {
        if (spans.item[i].from_us > at_us)
            *end_us = spans.item[i].from_us; /* a hole ends where it begins */
        else if (at_us < spans.item[i].to_us - TRACE_GAP_US)
            inside = true;
    }
    free(spans.item);
    if (inside)
        *end_us = model->playback.to_us;
    return inside;
}

static void plan(struct model *model, int64_t from_us, int64_t to_us,
                 bool retraces)
{
    struct tracing *trace = &model->trace;
    const struct question *question =
        &model->protocol->question[trace->question];
    int now = fold_trace_version(&model->fold, trace->entry, question->id);

    trace->from_us = from_us;
    trace->to_us = to_us;
    trace->retraces = retraces;
    trace->version = now;
    if (now == 0 || retraces || question->trace->transport == TRACE_LOCKED)
        trace->version =
            fold_trace_next_version(&model->fold, trace->entry, question->id);
}

static void begin_pass(struct step *step, const struct heard *heard)
{
    struct model *model = step->model;
    struct tracing *trace = &model->trace;
    const struct question_trace *rules =
        model->protocol->question[trace->question].trace;
    struct event_pass pass = { .whole = rules->transport == TRACE_LOCKED };
    int64_t at_us = heard->media_us;
    int64_t end_us;

    if (!trace->planned || at_us >= trace->to_us) {
        bool again = is_traced(model, at_us, &end_us);

        plan(model, at_us, end_us, again);
        trace->planned = true;
    }
    if (at_us > trace->from_us)
        trace->from_us = at_us;
    pass.question = (char *)question_id(model);
    pass.version = trace->version;
    pass.from_us = trace->from_us;
    pass.to_us = trace->to_us;
    trace->fresh.count = trace->unsealed.count = 0;
    trace->count = 0;
    trace->inputs = (struct event_inputs){ 0 };
    trace->idle_told = false;
    sampler_init(&trace->sampler, pass.from_us, pass.to_us);
    sampler_begin(&trace->sampler, heard->host_us, at_us);
    sheet_begin(model);
    append(step, EVENT_TRACE_STARTED, heard->host_us, at_us,
           event_payload_pass(&pass));
    trace->starting = true;
}

void trace_arm(struct step *step, int64_t from_us, int64_t to_us, bool retraces)
{
    struct model *model = step->model;
    struct tracing *trace = &model->trace;
    const struct playback *playback = &model->playback;
    int64_t lead_us = from_us - TRACE_LEAD_US;

    if (from_us - playback->from_us < TRACE_END_SLACK_US)
        lead_us = from_us = playback->from_us;
    else if (lead_us < playback->from_us)
        lead_us = playback->from_us;
    if (!item_may_change(step) || !play_from(step, lead_us))
        return;
    trace->entry = model->position;
    trace->question = model->question;
    plan(model, from_us, to_us, retraces);
    trace->planned = true;
    trace->armed = true;
    pen_init(&trace->pen, model_question(model)->trace, step->message->host_us);
    sheet_value(model, from_us - TRACE_STEP_US, trace->pen.value);
    trace_steer(step);
}

void trace_stop(struct step *step, enum trace_end end)
{
    struct model *model = step->model;
    struct tracing *trace = &model->trace;
    int64_t media_us = step->message->media_us;

    trace->armed = trace->planned = false;
    if (!trace->running)
        return;
    if (media_us == EVENT_NO_TIME || media_us < model->playback.from_us)
        media_us = trace->sampler.media_us;
    look(step, step->message->host_us, media_us);
    finish(step, sampler_is_full(&trace->sampler) ? TRACE_COMPLETE : end,
           step->message->host_us, media_us);
}

void trace_leave(struct step *step)
{
    trace_stop(step, TRACE_LEFT);
    step->model->trace.shown = SIZE_MAX;
}

static enum trace_end end_of(const struct tracing *trace, enum heard_kind kind)
{
    if (sampler_is_full(&trace->sampler))
        return TRACE_COMPLETE;
    switch (kind) {
    case HEARD_END:
    case HEARD_LOOP:
        return trace->sampler.next_us + TRACE_END_SLACK_US >= trace->to_us
                   ? TRACE_COMPLETE
                   : TRACE_SOUGHT;
    case HEARD_SEEK:
        return TRACE_SOUGHT;
    default:
        return TRACE_PAUSED;
    }
}

void trace_heard(struct step *step)
{
    const struct heard *heard = &step->message->heard;
    struct tracing *trace = &step->model->trace;

    if (step->message->entry != step->model->position)
        return;
    if (heard->kind == HEARD_START) {
        if (trace->running)
            sampler_begin(&trace->sampler, heard->host_us, heard->media_us);
        else if (trace->armed)
            begin_pass(step, heard);
        return;
    }
    if (!trace->running)
        return;
    look(step, heard->host_us, heard->media_us);
    if (heard->kind == HEARD_STARVED || heard->kind == HEARD_SPEED) {
        flush(step, false);
        sampler_end(&trace->sampler);
        return;
    }
    finish(step, end_of(trace, heard->kind), heard->host_us, heard->media_us);
    trace->from_us = trace->sampler.next_us; /* where it goes on */
}

static void notice_idle(struct step *step)
{
    struct model *model = step->model;
    struct tracing *trace = &model->trace;

    if (trace->sampler.idle && !trace->idle_told) {
        append(step, EVENT_TRACE_IDLE, trace->sampler.host_us,
               trace->sampler.media_us,
               event_payload_idle(trace->pass, trace->pen.rules->idle_seconds));
        model_say(model, TONE_PLAIN,
                  "The trace has not moved for %g s; if it still holds, leave "
                  "it",
                  trace->pen.rules->idle_seconds);
    }
    trace->idle_told = trace->sampler.idle;
}

void trace_tick(struct step *step)
{
    struct model *model = step->model;
    struct tracing *trace = &model->trace;
    const struct play_state *player = &step->message->player;

    if (model_trace(model) && trace->shown != model->question &&
        !trace->running && !trace->starting)
        sheet_ask(step);
    if (!trace->running || !player->playing)
        return;
    look(step, step->message->host_us, player->position_us);
    if (sampler_is_full(&trace->sampler)) {
        finish(step, TRACE_COMPLETE, step->message->host_us,
               player->position_us);
        return;
    }
    flush(step, false);
    notice_idle(step);
}

static void say_ended(struct model *model)
{
    const struct tracing *trace = &model->trace;
    char key[KEY_NAME_SIZE];

    if (trace->question != model->question || model->page != PAGE_ITEM ||
        trace->entry != model->position)
        return;
    if (model_settled(model, trace->question))
        model_say(model, TONE_GOOD, "Kept: all of it is traced. %s goes on",
                  key_name(keymap_key(model->keymap, ACTION_TAKE), key));
    else if (trace->armed)
        model_say(model, TONE_PLAIN, "Kept. %s traces on from here",
                  key_name(keymap_key(model->keymap, ACTION_PLAY_PAUSE), key));
    else if (model_question(model)->trace->transport == TRACE_LOCKED)
        model_say(model, TONE_PLAIN, "Broken off. %s begins it anew",
                  key_name(keymap_key(model->keymap, ACTION_TRACE), key));
    else
        model_say(model, TONE_PLAIN, "Kept. %s goes on where the trace stops",
                  key_name(keymap_key(model->keymap, ACTION_TRACE), key));
}

void trace_kept(struct step *step)
{
    struct model *model = step->model;
    struct tracing *trace = &model->trace;

    switch (step->message->event->kind) {
    case EVENT_TRACE_STARTED:
        memcpy(trace->pass, step->message->event->hash, EVENT_HASH_SIZE);
        trace->starting = false;
        trace->running = true;
        break;
    case EVENT_TRACE_ENDED:
        say_ended(model);
        if (trace->retraces || trace->pen.rules->transport == TRACE_LOCKED)
            trace->shown = SIZE_MAX; /* as it counts now */
        break;
    case EVENT_TRACE_DISCARDED:
    case EVENT_UNDO:
    case EVENT_REDO:
        if (!trace->running)
            trace->shown = SIZE_MAX;
        break;
    default:
        break;
    }
}

void trace_not_kept(struct step *step)
{
    struct tracing *trace = &step->model->trace;

    if (!trace->running && !trace->starting)
        return;
    /* What is missing cannot be said later: the next session closes it. */
    trace->running = trace->starting = trace->armed = trace->planned = false;
    trace->fresh.count = trace->unsealed.count = 0;
    trace->shown = SIZE_MAX;
    sampler_end(&trace->sampler);
    effects_add(step->effects, EFFECT_PAUSE);
}
