/*
 * bench_medium - finding the medium of an entry, loading it, its news.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/bench_internal.h"
#include "common/base/mem.h"
#include "common/base/text.h"

enum { ADVANCE_SLICE_US = 20000 };

static void tell_medium(struct bench *bench, size_t entry,
                        enum medium_state state, const char *text)
{
    struct message message = bench_message(bench, MESSAGE_MEDIUM);

    message.entry = entry;
    message.medium = state;
    message.text = text;
    bench_send(bench, &message);
}

static enum medium_state state_of(enum bundle_medium found)
{
    switch (found) {
    case BUNDLE_MEDIUM_OK:
        return MEDIUM_LOADING;
    case BUNDLE_MEDIUM_MISSING:
        return MEDIUM_MISSING;
    case BUNDLE_MEDIUM_CHANGED:
        return MEDIUM_CHANGED;
    default:
        return MEDIUM_UNREADABLE;
    }
}

/* Finds and checks it, or takes what was found ahead of time. */
static enum medium_state find(struct bench *bench, size_t entry, char **path,
                              struct error *err)
{
    if (bench->checked == entry) {
        *path = bench->checked_path;
        bench->checked_path = NULL;
        bench->checked = bench->model.count;
        return MEDIUM_LOADING;
    }
    return state_of(
        bundle_medium(bench->bundle, entry, bench->media, path, err));
}

static void build_wave(struct bench *bench, const char *path,
                       const struct bundle_entry *known)
{
    struct worker_want want = { path, known->start_us, known->end_us };

    bench->drawn = false;
    if (!bench->worker)
        return;
    worker_want(bench->worker, &want);
    if (bench->patient)
        worker_settle(bench->worker);
}

static void draw_wave(struct bench *bench)
{
    struct model *model = &bench->model;
    struct peak column[MODEL_WAVE_COLUMNS];
    struct peaks_info info;
    struct peaks *peaks;

    if (!bench->worker || bench->drawn ||
        model->playback.medium != MEDIUM_READY)
        return;
    peaks = worker_peaks(bench->worker);
    if (!peaks)
        return;
    peaks_info(peaks, &info); /* before it is drawn: it may yet grow */
    bench->drawn = info.finished;
    peaks_draw(peaks, PEAKS_ALL, model->playback.from_us, model->playback.to_us,
               column, MODEL_WAVE_COLUMNS);
    for (size_t i = 0; i < MODEL_WAVE_COLUMNS; i++) {
        model->wave.low[i] = column[i].low;
        model->wave.high[i] = column[i].high;
    }
    model->wave.count = MODEL_WAVE_COLUMNS;
}

static void drop_wave(struct bench *bench)
{
    struct worker_want nothing = { 0 };

    if (bench->worker)
        worker_want(bench->worker, &nothing);
}

void bench_medium_stop(struct bench *bench)
{
    drop_wave(bench);
    bench_film_open(bench, NULL);
    player_stop(bench->player);
    bench->loading = bench->model.count;
    bench->sounding = bench->model.count;
}

void bench_medium_open(struct bench *bench, size_t entry)
{
    const struct bundle_entry *known = bundle_entry(bench->bundle, entry);
    struct player_snapshot snapshot;
    enum medium_state state;
    struct error err;
    char *path = NULL;

    state = find(bench, entry, &path, &err);
    if (state != MEDIUM_LOADING) {
        bench_medium_stop(bench);
        tell_medium(bench, entry, state, err.text);
        return;
    }
    player_open(bench->player, path, known->start_us, known->end_us);
    build_wave(bench, path, known);
    player_snapshot(bench->player, &snapshot);
    bench->loading = entry;
    bench->sounding = entry;
    bench->medium = snapshot.medium;
    bench_film_open(bench, path);
    free(path);
}

void bench_medium_prefetch(struct bench *bench, size_t entry)
{
    const struct bundle_entry *known = bundle_entry(bench->bundle, entry);
    struct error err;
    char *path = NULL;

    if (bench->checked == entry)
        return;
    if (bundle_medium(bench->bundle, entry, bench->media, &path, &err) !=
        BUNDLE_MEDIUM_OK)
        return; /* said when its turn comes */
    free(bench->checked_path);
    bench->checked_path = path;
    bench->checked = entry;
    player_prefetch(bench->player, path, known->start_us, known->end_us);
    if (bench->worker)
        worker_want_next(
            bench->worker,
            &(struct worker_want){ path, known->start_us, known->end_us });
}

/* A reader's error names the file; a screen must not. */
static void tell_unreadable(struct bench *bench, size_t entry, const char *text)
{
    struct error err;
    const char *reason = strrchr(text, ':');

    if (reason && reason[1] != ' ')
        reason = NULL;
    error_set(&err, ERROR_INPUT, "The medium of item %zu cannot be played (%s)",
              entry + 1, reason ? reason + 2 : "it cannot be read");
    tell_medium(bench, entry, MEDIUM_UNREADABLE, err.text);
}

void bench_medium_settle(struct bench *bench,
                         const struct player_snapshot *snapshot)
{
    size_t entry = bench->loading;
    struct message message;

    if (entry >= bench->model.count || snapshot->medium != bench->medium ||
        snapshot->state == PLAYER_OPENING || snapshot->state == PLAYER_EMPTY)
        return;
    bench->loading = bench->model.count;
    if (snapshot->state == PLAYER_FAILED) {
        tell_unreadable(bench, entry, snapshot->error_text);
        return;
    }
    message = bench_message(bench, MESSAGE_MEDIUM);
    message.entry = entry;
    message.medium = MEDIUM_READY;
    message.from_us = snapshot->start_us;
    message.to_us = snapshot->end_us;
    bench_send(bench, &message);
}

static enum heard_kind heard_of(enum player_event_kind kind)
{
    switch (kind) {
    case PLAYER_HEARD_START:
        return HEARD_START;
    case PLAYER_HEARD_PAUSE:
        return HEARD_PAUSE;
    case PLAYER_HEARD_SEEK:
        return HEARD_SEEK;
    case PLAYER_HEARD_SPEED:
        return HEARD_SPEED;
    case PLAYER_HEARD_LOOP:
        return HEARD_LOOP;
    case PLAYER_HEARD_END:
        return HEARD_END;
    default:
        return HEARD_STARVED;
    }
}

static void tell_heard(struct bench *bench, const struct player_event *event)
{
    struct message message = bench_message(bench, MESSAGE_HEARD);

    if (event->medium == bench->medium)
        message.entry = bench->sounding;
    message.heard = (struct heard){
        .kind = heard_of(event->kind),
        .media_us = event->media_us,
        .host_us = event->host_us,
        .speed = event->speed,
    };
    bench_send(bench, &message);
}

static void tell_state(struct bench *bench,
                       const struct player_snapshot *snapshot)
{
    struct message message = bench_message(bench, MESSAGE_PLAYER);

    if (snapshot->medium != bench->medium ||
        bench->sounding >= bench->model.count)
        return;
    if (snapshot->state == PLAYER_FAILED) { /* broke off on the way */
        size_t entry = bench->sounding;

        bench->sounding = bench->model.count;
        tell_unreadable(bench, entry, snapshot->error_text);
        return;
    }
    message.host_us = snapshot->now_us;
    message.player = (struct play_state){
        .playing = snapshot->state == PLAYER_PLAYING,
        .ended = snapshot->state == PLAYER_ENDED,
        .position_us = snapshot->media_us,
        .to_us = snapshot->end_us,
    };
    bench_send(bench, &message);
}

void bench_pump(struct bench *bench)
{
    struct player_snapshot snapshot;
    struct player_event event;

    wake_drain(&bench->wake);
    bench_window_pump(bench);
    while (player_next_event(bench->player, &event))
        tell_heard(bench, &event);
    player_snapshot(bench->player, &snapshot);
    bench_medium_settle(bench, &snapshot);
    player_snapshot(bench->player, &snapshot);
    tell_state(bench, &snapshot);
    bench_film_pump(bench, &snapshot);
    draw_wave(bench);
}

void bench_advance(struct bench *bench, int64_t us)
{
    do {
        int64_t slice = us < ADVANCE_SLICE_US ? us : ADVANCE_SLICE_US;

        player_advance(bench->player, slice);
        us -= slice;
        bench_pump(bench);
    } while (us > 0);
}
