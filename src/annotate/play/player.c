/*
 * player - plays a medium; commands in, a snapshot and events out.
 */
#include <config.h>

#include "annotate/play/player.h"

#include <stdlib.h>
#include <string.h>

#include "annotate/play/player_internal.h"
#include "annotate/play/sink_null.h"
#include "annotate/play/sink_sdl.h"
#include "common/base/mem.h"
#include "common/media/stretch.h"

/* Sound that is decoded ahead: the disk may stall that long. */
static const double ring_seconds = 0.4;
enum { SHORTEST_LOOP_US = 10000 };

/* The device's thread. */
static void fill_and_tap(void *context, float *out, int frames, int64_t host_us)
{
    struct player *player = context;

    feed_fill(&player->feed, out, frames, host_us);
    player->tap(player->tap_context, out, frames,
                host_us + player->feed.latency_us);
}

static struct sink *open_sink(struct player *player,
                              const struct player_settings *settings,
                              struct error *err)
{
    struct sink_request request = { .device = settings->device,
                                    .rate = settings->rate,
                                    .channels = settings->channels,
                                    .buffer_frames = settings->buffer_frames,
                                    .fill = feed_fill,
                                    .context = &player->feed };

    if (player->tap) {
        request.fill = fill_and_tap;
        request.context = player;
    }
    switch (settings->output) {
    case PLAYER_DEVICE:
        return sink_sdl_open(&request, err);
    case PLAYER_SILENT:
        return sink_null_open(&request, false);
    case PLAYER_MANUAL:
        return sink_null_open(&request, true);
    }
    return NULL;
}

struct player *player_new(const struct player_settings *settings,
                          struct error *err)
{
    struct player *player = xcalloc(1, sizeof(*player));
    int64_t latency_us = settings->latency_us;

    player->output = settings->output;
    player->speed = 1;
    player->gain = player->level = 1;
    player->wake = settings->wake;
    player->tap = settings->tap;
    player->tap_context = settings->tap_context;
    player->sink = open_sink(player, settings, err);
    if (!player->sink)
        goto failed;
    player->latency_source = LATENCY_MEASURED;
    if (latency_us < 0 && settings->measured_device &&
        strcmp(settings->measured_device, player->sink->info.name) == 0)
        latency_us = settings->measured_us;
    if (latency_us < 0) {
        latency_us = player->sink->info.latency_us;
        player->latency_source =
            player->sink->info.silent ? LATENCY_NONE : LATENCY_ASSUMED;
    }
    feed_init(&player->feed, player->sink->info.rate,
              player->sink->info.channels, latency_us, ring_seconds);
    player->epoch = atomic_load(&player->feed.epoch);
    player->decode = decode_new(&player->feed, player->wake, err);
    if (!player->decode)
        goto failed;
    player->sink->ops->start(player->sink);
    return player;

failed:
    player_free(player);
    return NULL;
}

void player_free(struct player *player)
{
    if (!player)
        return;
    if (player->sink)
        player->sink->ops->close(player->sink);
    decode_free(player->decode);
    feed_release(&player->feed);
    free(player);
}

int64_t player_now_us(const struct player *player)
{
    return player->sink->ops->now_us(player->sink);
}

/* --- commands ----------------------------------------------------------- */

static uint32_t next_epoch(const struct player *player)
{
    return player->epoch == UINT32_MAX ? 1 : player->epoch + 1;
}

/* Whatever is in the ring is not wanted any more. */
static void raise_epoch(struct player *player)
{
    player->epoch = next_epoch(player);
    atomic_store(&player->feed.epoch, player->epoch);
}

static void set_playing(struct player *player, bool playing)
{
    atomic_store(&player->feed.playing, playing);
    decode_nudge(player->decode);
}

void player_open(struct player *player, const char *path, int64_t start_us,
                 int64_t end_us)
{
    raise_epoch(player);
    set_playing(player, false);
    player->has_medium = true;
    player->medium++;
    player->medium_epoch = player->epoch;
    player->start_us = start_us > 0 ? start_us : 0;
    player->end_us = end_us;
    player->target_us = player->start_us;
    player->loop = (struct decode_loop){ 0 };
    decode_open(player->decode, path, start_us, end_us, player->medium,
                player->epoch);
}

void player_prefetch(struct player *player, const char *path, int64_t start_us,
                     int64_t end_us)
{
    decode_prefetch(player->decode, path, start_us, end_us);
}

void player_stop(struct player *player)
{
    raise_epoch(player);
    set_playing(player, false);
    player->has_medium = false;
    player->medium++;
    player->medium_epoch = player->epoch;
    player->loop = (struct decode_loop){ 0 };
    decode_open(player->decode, NULL, 0, 0, player->medium, player->epoch);
}

/* Kept inside the span, as far as that is known yet. */
static int64_t clamp(struct player *player, int64_t media_us)
{
    struct decode_status status;
    int64_t start_us = player->start_us, end_us = player->end_us;

    decode_status(player->decode, &status);
    if (status.open && status.medium == player->medium) {
        start_us = status.info.start_us;
        end_us = status.info.end_us;
    }
    if (end_us >= 0 && media_us > end_us)
        media_us = end_us;
    return media_us < start_us ? start_us : media_us;
}

/* Goes on at `media_us`; what plays plays on. */
static void move_to(struct player *player, int64_t media_us)
{
    if (!player->has_medium)
        return;
    raise_epoch(player);
    player->part_epoch = player->loop.once ? player->epoch : 0;
    player->target_us = clamp(player, media_us);
    decode_place(player->decode, player->target_us, &player->loop,
                 player->epoch);
}

/* As far as sound was handed over; where it will begin, if none was. */
static int64_t handed_over_us(const struct player *player)
{
    struct anchor anchor;

    if (!clock_newest(&player->feed.clock, &anchor) ||
        anchor.epoch != player->epoch)
        return player->target_us;
    return anchor.running ? anchor.limit_us : anchor.media_us;
}

bool player_set_speed(struct player *player, double speed)
{
    int64_t from_us = handed_over_us(player);

    if (!(speed >= STRETCH_SLOWEST && speed <= STRETCH_FASTEST))
        return false;
    if (speed == player->speed)
        return true;
    player->speed = speed;
    decode_speed(player->decode, speed);
    if (!player->has_medium ||
        atomic_load(&player->feed.ended_epoch) == player->epoch)
        return true; /* for what comes next */
    if (player->loop.to_us > player->loop.from_us && !player->loop.once &&
        from_us == player->loop.to_us)
        from_us = player->loop.from_us;
    atomic_store(&player->feed.speed_epoch, next_epoch(player));
    move_to(player, from_us);
    return true;
}

/* After a part it goes on from where that ended. */
static void play_after_end(struct player *player)
{
    int64_t from_us = player->start_us;

    if (player->loop.once) {
        from_us = player->loop.to_us;
        player->loop = (struct decode_loop){ 0 };
    }
    move_to(player, from_us);
}

void player_play(struct player *player)
{
    if (!player->has_medium || player->gone)
        return;
    if (atomic_load(&player->feed.ended_epoch) == player->epoch)
        play_after_end(player);
    set_playing(player, true);
}

void player_pause(struct player *player)
{
    set_playing(player, false);
}

void player_seek(struct player *player, int64_t media_us)
{
    struct decode_loop *loop = &player->loop;

    media_us = clamp(player, media_us);
    if (loop->once || media_us < loop->from_us || media_us > loop->to_us)
        *loop = (struct decode_loop){ 0 };
    else if (media_us == loop->to_us)
        media_us = loop->from_us; /* its end is where it begins again */
    move_to(player, media_us);
}

void player_replay(struct player *player)
{
    player_seek(player, player->start_us);
    if (player->has_medium && !player->gone)
        set_playing(player, true);
}

static bool set_loop(struct player *player, int64_t from_us, int64_t to_us,
                     bool once)
{
    if (from_us < player->start_us)
        from_us = player->start_us;
    if (player->end_us >= 0 && to_us > player->end_us)
        to_us = player->end_us;
    if (!player->has_medium || to_us - from_us < SHORTEST_LOOP_US)
        return false;
    player->loop = (struct decode_loop){ from_us, to_us, once };
    move_to(player, from_us);
    return true;
}

bool player_loop(struct player *player, int64_t from_us, int64_t to_us)
{
    return set_loop(player, from_us, to_us, false);
}

bool player_part(struct player *player, int64_t from_us, int64_t to_us)
{
    return set_loop(player, from_us, to_us, true);
}

bool player_loop_all(struct player *player)
{
    struct decode_status status;
    struct decode_loop loop;

    decode_status(player->decode, &status);
    loop =
        (struct decode_loop){ status.info.start_us, status.info.end_us, false };
    if (!player->has_medium || !status.open ||
        status.medium != player->medium ||
        loop.to_us - loop.from_us < SHORTEST_LOOP_US)
        return false;
    player->loop = loop;
    decode_loop(player->decode, &loop);
    return true;
}

void player_loop_off(struct player *player)
{
    player->loop = (struct decode_loop){ 0 };
    decode_loop(player->decode, &player->loop);
}

void player_set_gain(struct player *player, float gain)
{
    if (!(gain >= 0)) /* also what is no number */
        gain = 0;
    if (gain > PLAYER_GAIN_MAX)
        gain = PLAYER_GAIN_MAX;
    player->gain = gain;
    atomic_store(&player->feed.gain, player->gain * player->level);
}

void player_set_level(struct player *player, float level)
{
    if (!(level >= 0))
        level = 0;
    if (level > PLAYER_LEVEL_MAX)
        level = PLAYER_LEVEL_MAX;
    player->level = level;
    atomic_store(&player->feed.gain, player->gain * player->level);
}

/* --- what is so now ----------------------------------------------------- */

bool player_next_event(struct player *player, struct player_event *event)
{
    struct ring *events = &player->feed.events;

    if (!ring_peek(events, event) || event->host_us > player_now_us(player))
        return false;
    ring_read(events, NULL, 1);
    if (event->kind == PLAYER_HEARD_END && event->epoch == player->part_epoch) {
        event->kind = PLAYER_HEARD_PAUSE; /* the medium has not ended */
        if (player->part_epoch == player->epoch)
            set_playing(player, false);
    }
    return true;
}

bool player_heard_at(struct player *player, int64_t host_us, int64_t *media_us)
{
    struct anchor anchor;

    if (!player->has_medium ||
        !clock_at(&player->feed.clock, host_us, &anchor) ||
        !clock_epoch_reached(anchor.epoch, player->medium_epoch) ||
        !anchor.begun)
        return false;
    *media_us = anchor.media_us;
    return true;
}

/* --- PLAYER_MANUAL ------------------------------------------------------ */

void player_advance(struct player *player, int64_t us)
{
    int64_t until_us = player_now_us(player) + us;

    if (player->output != PLAYER_MANUAL)
        return;
    do {
        decode_settle(player->decode);
    } while (sink_null_step(player->sink, until_us));
}
