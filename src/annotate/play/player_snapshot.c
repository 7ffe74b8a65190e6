/*
 * player_snapshot - what the player does now, for whoever asks.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "annotate/play/player_internal.h"
#include "annotate/play/sink.h"

static bool says_wireless(const char *name)
{
    return strcasestr(name, "bluetooth") || strcasestr(name, "bluez");
}

static void copy_device(const struct player *player,
                        struct player_snapshot *out)
{
    const struct sink_info *info = &player->sink->info;

    out->silent = info->silent;
    out->latency_us = player->feed.latency_us;
    out->latency_source = player->latency_source;
    out->wireless = says_wireless(info->name);
    out->device_rate = info->rate;
    out->device_buffer = info->buffer_frames;
    snprintf(out->device, sizeof(out->device), "%s", info->name);
}

static void copy_medium(const struct player *player,
                        const struct decode_status *status,
                        struct player_snapshot *out)
{
    out->start_us = player->start_us;
    out->end_us = player->end_us;
    out->media_us = player->target_us;
    if (!status->open)
        return;
    out->start_us = status->info.start_us;
    if (status->info.end_us >= 0)
        out->end_us = status->info.end_us;
    else if (out->end_us < 0) /* until it has been heard: what is claimed */
        out->end_us = status->info.duration_us;
    out->duration_us = status->info.duration_us;
    out->first_end_us = status->info.first_end_us;
    out->second_us = status->info.second_us;
    out->rate = status->info.rate;
    out->channels = status->info.channels;
    if (status->epoch == player->epoch)
        out->media_us = status->origin_us;
}

static enum player_state play_state(struct player *player,
                                    struct player_snapshot *out)
{
    bool playing = atomic_load(&player->feed.playing);
    struct anchor anchor;

    if (clock_at(&player->feed.clock, out->now_us, &anchor) &&
        clock_epoch_reached(anchor.epoch, player->medium_epoch)) {
        /* What is still heard from before a seek keeps it playing, but the
         * place is where the seek went. */
        playing = playing || anchor.running;
        if (anchor.epoch == player->epoch) {
            out->media_us = anchor.media_us;
            out->heard = anchor.heard;
            if (anchor.ended)
                return player->loop.once ? PLAYER_PAUSED : PLAYER_ENDED;
        }
    }
    return playing ? PLAYER_PLAYING : PLAYER_PAUSED;
}

static void copy_failure(struct player *player,
                         const struct decode_status *status,
                         struct player_snapshot *out)
{
    if (player->has_medium && status->failed) {
        out->state = PLAYER_FAILED;
        snprintf(out->error_text, sizeof(out->error_text), "%s",
                 status->error_text);
    }
    if (!player->gone && !player->sink->ops->alive(player->sink)) {
        player->gone = true;
        atomic_store(&player->feed.playing, false);
    }
    if (player->gone) {
        out->state = PLAYER_FAILED;
        snprintf(out->error_text, sizeof(out->error_text),
                 "the sound device has gone: %s", player->sink->info.name);
    }
}

void player_snapshot(struct player *player, struct player_snapshot *out)
{
    struct decode_status status;

    *out = (struct player_snapshot){ .now_us = player_now_us(player),
                                     .epoch = player->epoch,
                                     .medium = player->medium };
    if (player->output == PLAYER_MANUAL)
        decode_settle(player->decode); /* the disk takes no time there */
    decode_status(player->decode, &status);
    if (status.medium != player->medium)
        status = (struct decode_status){ 0 };
    copy_device(player, out);
    out->speed = player->speed;
    out->gain = player->gain;
    out->underruns = atomic_load(&player->feed.underruns);
    if (player->has_medium) {
        copy_medium(player, &status, out);
        out->state = status.open ? play_state(player, out) : PLAYER_OPENING;
        out->looping =
            player->loop.to_us > player->loop.from_us && !player->loop.once;
        out->loop_from_us = player->loop.from_us;
        out->loop_to_us = player->loop.to_us;
    }
    copy_failure(player, &status, out);
}
