/*
 * bench_medium - finding the medium of an entry, loading it, its news.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/bench_internal.h"
#include "common/media/reader_pair.h"

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

/* What the player opens of an entry; two media are one there, played whole. */
struct sounding {
    char *path;              /* owned */
    struct worker_want want; /* borrows it */
};

static struct reader_part part_of(const struct bundle_entry *entry,
                                  enum bundle_side side, const char *path)
{
    return side == BUNDLE_FIRST
               ? (struct reader_part){ path, entry->start_us, entry->end_us }
               : (struct reader_part){ path, entry->second.start_us,
                                       entry->second.end_us };
}

/* False, with the reason, when it (or one of the two) is missing. */
static bool find_sound(const struct bench *bench, size_t entry,
                       struct sounding *out, struct error *err)
{
    const struct bundle_entry *known = bundle_entry(bench->bundle, entry);
    const uint8_t *sha256[BUNDLE_SIDES] = { NULL };
    char *path[BUNDLE_SIDES] = { NULL };
    struct reader_part first, second;
    int sides = known->pair ? BUNDLE_SIDES : 1;

    for (int side = 0; side < sides; side++)
        if (bundle_medium_find(bench->bundle, entry, (enum bundle_side)side,
                               bench->media, &path[side], &sha256[side],
                               err) != BUNDLE_MEDIUM_OK) {
            free(path[0]);
            return false;
        }
    out->want = (struct worker_want){ .start_us = known->start_us,
                                      .end_us = known->end_us,
                                      .sha256 = sha256[0],
                                      .second = sha256[1] };
    out->path = path[0];
    if (known->pair) {
        first = part_of(known, BUNDLE_FIRST, path[0]);
        second = part_of(known, BUNDLE_SECOND, path[1]);
        out->path = reader_pair_name(&first, &second);
        out->want.start_us = 0;
        out->want.end_us = -1;
        free(path[0]);
        free(path[1]);
    }
    out->want.path = out->path;
    return true;
}

void bench_medium_stop(struct bench *bench)
{
    struct worker_want nothing = { 0 };

    worker_want(bench->worker, &nothing);
    bench_film_open(bench, NULL);
    bench_sight_open(bench, NULL);
    player_stop(bench->player);
    bench->checking = bench->model.count;
    bench->loading = bench->model.count;
    bench->sounding = bench->model.count;
}

/* What the protocol wants done to the item that the worker has checked. */
static double gain_of(const struct bench *bench)
{
    const struct protocol_playback *playback = &bench->protocol->playback;
    struct loudness loudness;

    switch (playback->gain) {
    case GAIN_SESSION:
        return playback->gain_value;
    case GAIN_LUFS:
        loudness = worker_loudness(bench->worker);
        return loudness_gain(&loudness, playback->gain_value);
    default:
        return 0;
    }
}

/* It is the right one: it may be heard. */
static void open_checked(struct bench *bench, size_t entry)
{
    const struct bundle_entry *known = bundle_entry(bench->bundle, entry);
    struct player_snapshot snapshot;

    player_open(bench->player, bench->path, known->pair ? 0 : known->start_us,
                known->pair ? -1 : known->end_us);
    bench->gain_db = gain_of(bench);
    player_set_level(bench->player, (float)pow(10, bench->gain_db / 20));
    player_snapshot(bench->player, &snapshot);
    bench->loading = entry;
    bench->sounding = entry;
    bench->medium = snapshot.medium;
    bench_film_open(bench, known->pair ? NULL : bench->path);
}

/* Behind "PATH: "; NULL: the text does not begin so, or names it again. */
static const char *behind(const char *text, const char *path)
{
    size_t length = path ? strlen(path) : 0;

    if (length == 0 || strncmp(text, path, length) != 0 ||
        strncmp(text + length, ": ", 2) != 0 || strstr(text + length, path))
        return NULL;
    return text + length + 2;
}

/* What is wrong by a reader's error, which names the file: a screen must not.
 * The path may be that of a pair, of which the text names one. */
static const char *reason_of(const char *text, const char *path)
{
    bool pair = path && reader_is_pair(path);
    const char *reason = pair ? NULL : behind(text, path);
    const char *last = strrchr(text, ':');

    for (int side = 0; !reason && pair && side < BUNDLE_SIDES; side++) {
        char *one = reader_pair_path(path, side);

        reason = behind(text, one);
        free(one);
    }
    if (reason)
        return reason;
    return last && last[1] == ' ' ? last + 2 : "it cannot be read";
}

static void tell_unreadable(struct bench *bench, size_t entry, const char *text)
{
    struct error err;

    error_set(&err, ERROR_INPUT, "The medium of item %zu cannot be played (%s)",
              entry + 1, reason_of(text, bench->path));
    tell_medium(bench, entry, MEDIUM_UNREADABLE, err.text);
}

/* Goes on with a medium once the worker knows its SHA-256. */
static void settle_check(struct bench *bench)
{
    size_t entry = bench->checking;
    enum worker_check check;
    struct error err, why;

    if (entry >= bench->model.count)
        return;
    check = worker_checked(bench->worker);
    if (check == CHECK_RUNNING)
        return;
    bench->checking = bench->model.count;
    if (check == CHECK_GOOD) {
        open_checked(bench, entry);
        return;
    }
    if (check == CHECK_UNPLAYABLE)
        worker_complaint(bench->worker, &why);
    bench_medium_stop(bench);
    if (check == CHECK_UNPLAYABLE) {
        tell_unreadable(bench, entry, why.text);
        return;
    }
    if (check == CHECK_CHANGED)
        bundle_medium_changed(entry, &err);
    else
        bundle_medium_unreadable(entry, &err);
    tell_medium(bench, entry,
                check == CHECK_CHANGED ? MEDIUM_CHANGED : MEDIUM_UNREADABLE,
                err.text);
}

void bench_medium_open(struct bench *bench, size_t entry)
{
    struct sounding sounding;
    struct error err;

    free(bench->path);
    bench->path = NULL;
    if (!find_sound(bench, entry, &sounding, &err)) {
        bench_medium_stop(bench);
        tell_medium(bench, entry, MEDIUM_MISSING, err.text);
        return;
    }
    bench->path = sounding.path;
    worker_want(bench->worker, &sounding.want);
    bench_sight_open(bench, NULL);
    if (bench->patient)
        worker_settle(bench->worker);
    bench->checking = entry;
    bench->sounding = bench->model.count;
    bench->loading = bench->model.count;
    settle_check(bench);
    if (bench->checking == entry) { /* it takes its time */
        player_stop(bench->player);
        tell_medium(bench, entry, MEDIUM_CHECKING, NULL);
    }
}

void bench_medium_prefetch(struct bench *bench, size_t entry)
{
    struct sounding sounding;
    struct error err;

    if (!find_sound(bench, entry, &sounding, &err))
        return; /* said when its turn comes */
    player_prefetch(bench->player, sounding.path, sounding.want.start_us,
                    sounding.want.end_us);
    worker_want_next(bench->worker, &sounding.want);
    free(sounding.path);
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
    message.first_end_us = snapshot->first_end_us;
    message.second_us = snapshot->second_us;
    bench_send(bench, &message);
    bench_sight_open(bench, bench->path);
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
        .gain_db = bench->gain_db,
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
        .looping = snapshot->looping,
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
    settle_check(bench);
    player_snapshot(bench->player, &snapshot);
    bench_medium_settle(bench, &snapshot);
    player_snapshot(bench->player, &snapshot);
    tell_state(bench, &snapshot);
    bench_film_pump(bench, &snapshot);
    bench_sight_draw(bench);
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
