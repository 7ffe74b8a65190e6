/*
 * feed - what the audio callback does.
 */
#include <config.h>

#include "annotate/play/feed.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

enum {
    RUNS = 64,     /* wraps of a short loop that fit into the ring */
    EVENTS = 1024, /* far more than come in a pass of the loop */
};

/* One call of feed_fill(). */
struct pass {
    float *out;
    int frames;     /* wanted */
    int done;       /* given */
    int64_t out_us; /* host time at which the first one leaves the speaker */
};

void feed_init(struct feed *feed, int rate, int channels, int64_t latency_us,
               double seconds)
{
    *feed = (struct feed){ .rate = rate,
                           .channels = channels,
                           .latency_us = latency_us,
                           .pace = { .rate = rate },
                           .last_gain = 1 };
    ring_init(&feed->samples, (size_t)(seconds * rate),
              (size_t)channels * sizeof(float));
    ring_init(&feed->runs, RUNS, sizeof(struct run));
    ring_init(&feed->events, EVENTS, sizeof(struct player_event));
    atomic_init(&feed->epoch, 1);
    atomic_init(&feed->speed_epoch, 0);
    atomic_init(&feed->playing, false);
    atomic_init(&feed->gain, 1.0f);
}

void feed_release(struct feed *feed)
{
    ring_release(&feed->samples);
    ring_release(&feed->runs);
    ring_release(&feed->events);
}

static int64_t frames_to_us(const struct feed *feed, uint64_t frames)
{
    uint64_t rate = (uint64_t)feed->rate;

    return (int64_t)(frames / rate * 1000000 +
                     (frames % rate * 1000000 + rate / 2) / rate);
}

/* Media time of the frame that is next in the ring. */
static int64_t position_us(const struct feed *feed)
{
    uint64_t at = ring_taken(&feed->samples);

    int64_t us = frames_to_us(feed, at - feed->run.at);

    if (feed->run.speed != 1)
        us = llround((double)us * feed->run.speed);
    return feed->run.origin_us + us;
}

/* Host time at which the next frame of this pass leaves the speaker. */
static int64_t leaves_us(const struct feed *feed, const struct pass *pass)
{
    return pass->out_us + frames_to_us(feed, (uint64_t)pass->done);
}

static void tell(struct feed *feed, const struct pass *pass,
                 enum player_event_kind kind, int64_t media_us)
{
    struct player_event event = { .kind = kind,
                                  .media_us = media_us,
                                  .host_us = leaves_us(feed, pass),
                                  .speed = feed->run.speed,
                                  .epoch = feed->run.epoch,
                                  .medium = feed->run.medium };

    ring_write(&feed->events, &event, 1);
}

static void stand_still(struct feed *feed, const struct pass *pass,
                        int64_t media_us, bool ended)
{
    struct anchor anchor = { .media_us = media_us,
                             .host_us = leaves_us(feed, pass),
                             .limit_us = media_us,
                             .epoch = feed->run.epoch,
                             .heard = feed->heard,
                             .begun = feed->begun,
                             .ended = ended };

    clock_publish(&feed->clock, &anchor);
}

/* The sound stops at `media_us`, if there is any. */
static void stop(struct feed *feed, const struct pass *pass,
                 enum player_event_kind why, int64_t media_us)
{
    if (!feed->sounding)
        return;
    feed->sounding = false;
    tell(feed, pass, why, media_us);
    stand_still(feed, pass, media_us, false);
}

/* A command left the place, or came back to it at another speed. */
static void leave(struct feed *feed, const struct pass *pass)
{
    uint32_t epoch = atomic_load(&feed->epoch);
    bool same_place = epoch == atomic_load(&feed->speed_epoch);

    stop(feed, pass, same_place ? PLAYER_HEARD_SPEED : PLAYER_HEARD_SEEK,
         position_us(feed));
}

/*
 * Goes on to the run of the epoch that is wanted and drops what is older.
 * False when the decode thread has not yet sent it.
 */
static bool find_run(struct feed *feed, const struct pass *pass)
{
    /* The epoch is raised before the first run of it is sent: looked at
     * each time, none of its frames is dropped for an older one. */
    while (!feed->have_run || feed->run.epoch != atomic_load(&feed->epoch)) {
        /* First the frames, then the runs: a run is sent before its frames,
         * so each frame counted here has a run that is seen here. */
        uint64_t end = ring_written(&feed->samples);
        struct run next;
        bool more = ring_peek(&feed->runs, &next);

        if (feed->have_run)
            leave(feed, pass);
        if (more)
            end = next.at;
        ring_read(&feed->samples, NULL,
                  (size_t)(end - ring_taken(&feed->samples)));
        if (!more)
            return false;
        ring_read(&feed->runs, NULL, 1);
        if (!feed->have_run || next.medium != feed->run.medium)
            feed->begun = false;
        feed->heard = false;
        feed->have_run = true;
        feed->run = next;
        if (next.epoch == atomic_load(&feed->epoch))
            stand_still(feed, pass, next.origin_us, false);
    }
    return true;
}

static void start(struct feed *feed, const struct pass *pass)
{
    if (feed->sounding)
        return;
    feed->sounding = true;
    feed->heard = feed->begun = true;
    feed->last_gain = atomic_load(&feed->gain);
    tell(feed, pass, PLAYER_HEARD_START, position_us(feed));
}

/* Hands over `frames` frames that are in the ring. */
static void give(struct feed *feed, struct pass *pass, int frames)
{
    struct anchor anchor = { .host_us = leaves_us(feed, pass),
                             .epoch = feed->run.epoch,
                             .running = true,
                             .heard = true,
                             .begun = true };

    start(feed, pass);
    anchor.media_us = position_us(feed);
    ring_read(&feed->samples,
              pass->out + (ptrdiff_t)pass->done * feed->channels,
              (size_t)frames);
    anchor.limit_us = position_us(feed);
    anchor.speed = feed->run.speed;
    clock_publish(&feed->clock, &anchor);
    pass->done += frames;
}

/* The run is used up and `next` follows it. */
static void change_run(struct feed *feed, struct pass *pass,
                       const struct run *next)
{
    switch (next->kind) {
    case RUN_SOUND:
        break;
    case RUN_WRAP:
        stop(feed, pass, PLAYER_HEARD_LOOP, next->before_us);
        break;
    case RUN_END:
        stop(feed, pass, PLAYER_HEARD_END, next->before_us);
        stand_still(feed, pass, next->before_us, true);
        atomic_store(&feed->ended_epoch, next->epoch);
        break;
    case RUN_BROKEN:
        stop(feed, pass, PLAYER_HEARD_STARVED, next->before_us);
        break;
    }
    feed->run = *next;
    ring_read(&feed->runs, NULL, 1);
}

static bool at_end(const struct feed *feed)
{
    return feed->run.kind == RUN_END || feed->run.kind == RUN_BROKEN;
}

/* The samples did not come in time. */
static void starve(struct feed *feed, const struct pass *pass)
{
    if (!feed->sounding)
        return; /* after a seek they are still on their way */
    atomic_fetch_add(&feed->underruns, 1);
    stop(feed, pass, PLAYER_HEARD_STARVED, position_us(feed));
}

/* Gives what there is until the buffer is full or the sound stops. */
static void play(struct feed *feed, struct pass *pass)
{
    while (pass->done < pass->frames && !at_end(feed)) {
        uint64_t end = ring_written(&feed->samples); /* before the runs */
        struct run next;
        bool more = ring_peek(&feed->runs, &next);
        uint64_t there = (more && next.at < end ? next.at : end) -
                         ring_taken(&feed->samples);
        uint64_t wanted = (uint64_t)(pass->frames - pass->done);

        if (there > 0) {
            give(feed, pass, (int)(there < wanted ? there : wanted));
        } else if (!more) {
            starve(feed, pass);
            return;
        } else if (next.epoch != feed->run.epoch) {
            leave(feed, pass);
            return;
        } else {
            change_run(feed, pass, &next);
        }
    }
}

static float clip(float value)
{
    return value > 1 ? 1 : value < -1 ? -1 : value;
}

/* Goes from the last gain to the new one in a straight line: no clicks. */
static void amplify(struct feed *feed, const struct pass *pass)
{
    float to = atomic_load(&feed->gain);
    float from = feed->last_gain;
    float *sample = pass->out;

    feed->last_gain = to;
    if ((from == 1 && to == 1) || pass->done == 0)
        return;
    for (int i = 0; i < pass->done; i++) {
        float gain = from + (to - from) * (float)(i + 1) / (float)pass->done;

        for (int c = 0; c < feed->channels; c++, sample++)
            *sample = clip(*sample * gain);
    }
}

void feed_fill(void *context, float *out, int frames, int64_t host_us)
{
    struct feed *feed = context;
    struct pass pass = { .out = out, .frames = frames };

    pass.out_us = pace_step(&feed->pace, host_us, frames) + feed->latency_us;
    if (find_run(feed, &pass)) {
        if (atomic_load(&feed->playing))
            play(feed, &pass);
        else
            stop(feed, &pass, PLAYER_HEARD_PAUSE, position_us(feed));
    }
    amplify(feed, &pass);
    memset(out + (ptrdiff_t)pass.done * feed->channels, 0,
           (size_t)(frames - pass.done) * (size_t)feed->channels *
               sizeof(*out));
}
