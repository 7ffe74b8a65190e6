/*
 * bench_effect - carrying out what update() wants.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/bench_internal.h"
#include "common/base/mem.h"
#include "common/study/event_segment.h"
#include "common/study/event_timing.h"

bool bench_append(struct bench *bench, struct event *event, struct error *err)
{
    memcpy(event->session, bench->session, sizeof(event->session));
    event->name = event_name(event->kind);
    /* Anew each time: a machine that slept, or whose clock was set, has not
     * told CLOCK_MONOTONIC. */
    if (!bench->patient)
        bench->wall_offset_us = bundle_wall_us() - bench_now_us(bench);
    event->wall_us = event->mono_us + bench->wall_offset_us;
    return bundle_append(bench->bundle, event, err);
}

/* What was to follow an event that the journal has not must not happen. */
static void drop_rest(struct bench *bench)
{
    for (size_t i = bench->done; i < bench->effects.count; i++) {
        struct effect *effect = &bench->effects.item[i];

        if (effect->kind != EFFECT_PAUSE && effect->kind != EFFECT_QUIT)
            effect->kind = EFFECT_REDRAW;
    }
}

/* Where only answers are recorded, what was heard just then is not. */
static int64_t place_of(const struct bench *bench, const struct effect *effect)
{
    switch (effect->event_kind) {
    case EVENT_TRACE_STARTED:
    case EVENT_TRACE_SEALED:
    case EVENT_TRACE_IDLE:
    case EVENT_TRACE_ENDED:
        return effect->media_us;
    default:
        return protocol_journals_hearing(bench->protocol) ||
                       event_is_segment(effect->event_kind)
                   ? effect->media_us
                   : EVENT_NO_TIME;
    }
}

static void append(struct bench *bench, const struct effect *effect)
{
    struct message message;
    struct error err;
    char *timed = NULL;
    struct event event = {
        .kind = effect->event_kind,
        .entry = effect->entry < bench->model.count
                     ? bench->entries[effect->entry].id
                     : "",
        .mono_us = effect->mono_us,
        .media_us = place_of(bench, effect),
        .payload = effect->payload,
    };

    /* Each mark carries how far its time may be off. */
    if (event.media_us != EVENT_NO_TIME && effect->payload) {
        timed = event_payload_with_uncertainty(xstrdup(effect->payload),
                                               bench->uncertainty_ms);
        event.payload = timed;
    }
    if (bench_append(bench, &event, &err)) {
        message = bench_message(bench, MESSAGE_KEPT);
        message.event = &event;
        message.host_us = effect->mono_us;
        message.media_us = effect->media_us;
        message.entry = effect->entry;
        bench_send(bench, &message);
        if (bench->watch.kept)
            bench->watch.kept(bench->watch.context, &event);
        free(timed);
        return;
    }
    free(timed);
    drop_rest(bench);
    bench->refused += event_has(event.kind, EVENT_IS_KEPT);
    message = bench_message(bench, MESSAGE_NOT_KEPT);
    message.event_kind = effect->event_kind;
    message.text = err.text;
    bench_send(bench, &message);
}

/* The seal that follows must not hold what is not written. */
static void write_samples(struct bench *bench)
{
    struct message message;
    struct error err;

    if (bench_trace_write(bench, &err)) {
        message = bench_message(bench, MESSAGE_SAMPLED);
        bench_send(bench, &message);
        return;
    }
    drop_rest(bench);
    bench->refused++;
    message = bench_message(bench, MESSAGE_NOT_KEPT);
    message.event_kind = EVENT_TRACE_SEALED;
    message.text = err.text;
    bench_send(bench, &message);
}

/* The case as it is now, or why what was asked for was not done. */
static void tell_case(struct bench *bench, bool good,
                      const struct court_case *shown, enum court_deed deed,
                      const struct error *err)
{
    struct message message = bench_message(bench, MESSAGE_REVEALED);

    message.court = shown;
    message.deed = good ? deed : COURT_LOOK;
    if (shown || good)
        bench_send(bench, &message);
    if (good)
        return;
    message = bench_message(bench, MESSAGE_FOUND);
    if (deed != COURT_UNDO || err->code != ERROR_INPUT) {
        bench->refused++; /* else there was nothing to take back or to lose */
        message.kind = MESSAGE_NOT_KEPT;
    }
    message.event_kind = EVENT_DECISION_MADE;
    message.text = err->text;
    bench_send(bench, &message);
}

static void reveal(struct bench *bench, const struct effect *effect)
{
    const struct court_case *shown = NULL;
    struct error err;
    bool good = court_reveal(bench->court, effect->entry, &bench->model.fold,
                             &shown, &err);

    tell_case(bench, good, shown, COURT_DECIDE, &err);
}

static void judge(struct bench *bench, const struct effect *effect)
{
    enum court_deed deed = (enum court_deed)effect->number;
    const struct court_case *shown = NULL;
    struct error err;
    bool good =
        court_judge(bench->court, deed, effect->entry, (size_t)effect->at_us,
                    effect->payload, &shown, &err);

    tell_case(bench, good, shown, deed, &err);
}

static void call(void (*watcher)(void *context), void *context)
{
    if (watcher)
        watcher(context);
}

void bench_carry_out(struct bench *bench, const struct effect *effect)
{
    void *context = bench->watch.context;

    switch (effect->kind) {
    case EFFECT_APPEND:
        append(bench, effect);
        break;
    case EFFECT_OPEN:
        bench_medium_open(bench, effect->entry);
        break;
    case EFFECT_PREFETCH:
        bench_medium_prefetch(bench, effect->entry);
        break;
    case EFFECT_STOP:
        bench_medium_stop(bench);
        break;
    case EFFECT_PLAY:
        player_play(bench->player);
        break;
    case EFFECT_REPLAY:
        player_replay(bench->player);
        break;
    case EFFECT_PAUSE:
        player_pause(bench->player);
        break;
    case EFFECT_SEEK:
        player_seek(bench->player, effect->at_us);
        break;
    case EFFECT_LOOP:
        /* Where it cannot wrap by itself the model begins it again. */
        if (effect->number > 0)
            player_loop_all(bench->player);
        else
            player_loop_off(bench->player);
        break;
    case EFFECT_PART:
        if (player_part(bench->player, effect->at_us, effect->to_us))
            player_play(bench->player);
        break;
    case EFFECT_REPEAT:
        if (player_loop(bench->player, effect->at_us, effect->to_us))
            player_play(bench->player);
        break;
    case EFFECT_SPEED:
        player_set_speed(bench->player, effect->number);
        break;
    case EFFECT_VOLUME:
        player_set_gain(bench->player, (float)effect->number);
        break;
    case EFFECT_STEP:
        if (bench->film)
            film_step(bench->film, bench->model.playback.position_us,
                      effect->number > 0 ? 1 : -1);
        break;
    case EFFECT_SAMPLE:
        write_samples(bench);
        break;
    case EFFECT_TRACES:
        bench_trace_read(bench, effect->entry, (size_t)effect->number);
        break;
    case EFFECT_REVEAL:
        reveal(bench, effect);
        break;
    case EFFECT_JUDGE:
        judge(bench, effect);
        break;
    case EFFECT_BEEP:
        call(bench->watch.beep, context);
        break;
    case EFFECT_REDRAW:
        call(bench->watch.redraw, context);
        break;
    case EFFECT_SUSPEND:
        call(bench->watch.suspend, context);
        break;
    case EFFECT_QUIT:
        bench->quit = true;
        break;
    }
}
