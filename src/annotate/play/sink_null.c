/*
 * sink_null - takes samples at the pace of a device and drops them.
 */
#include <config.h>

#include "annotate/play/sink_null.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "common/base/mem.h"

enum { DEFAULT_RATE = 48000, DEFAULT_CHANNELS = 2 };

struct sink_null {
    struct sink sink;

    /* Set once. */
    sink_fill *fill;
    void *context;
    bool manual;
    float *buffer; /* owned */

    /* Whoever makes the callbacks: the thread, or the manual stepper. */
    int64_t now_us; /* manual only */
    int64_t begin_us;
    uint64_t frames; /* asked for since begin_us */

    pthread_t thread;
    bool running; /* the thread is there */
    _Atomic bool quit;
};

int64_t sink_monotonic_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t next_due_us(const struct sink_null *null)
{
    int64_t rate = null->sink.info.rate;
    int64_t frames = (int64_t)null->frames;

    return null->begin_us + frames / rate * 1000000 +
           (frames % rate * 1000000 + rate / 2) / rate;
}

static void call(struct sink_null *null, int64_t host_us)
{
    int frames = null->sink.info.buffer_frames;

    null->fill(null->context, null->buffer, frames, host_us);
    null->frames += (uint64_t)frames;
}

static void *run(void *context)
{
    struct sink_null *null = context;

    null->begin_us = sink_monotonic_us();
    while (!atomic_load(&null->quit)) {
        int64_t due_us = next_due_us(null);
        struct timespec due = { .tv_sec = due_us / 1000000,
                                .tv_nsec = due_us % 1000000 * 1000 };

        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
        call(null, sink_monotonic_us());
    }
    return NULL;
}

static void start(struct sink *sink)
{
    struct sink_null *null = (struct sink_null *)sink;

    if (!null->manual)
        null->running = pthread_create(&null->thread, NULL, run, null) == 0;
}

static void close_null(struct sink *sink)
{
    struct sink_null *null = (struct sink_null *)sink;

    atomic_store(&null->quit, true);
    if (null->running)
        pthread_join(null->thread, NULL);
    free(null->buffer);
    free(null);
}

static int64_t now_us(const struct sink *sink)
{
    const struct sink_null *null = (const struct sink_null *)sink;

    return null->manual ? null->now_us : sink_monotonic_us();
}

static bool alive(const struct sink *sink)
{
    const struct sink_null *null = (const struct sink_null *)sink;

    return null->manual || null->running;
}

struct sink *sink_null_open(const struct sink_request *request, bool manual)
{
    static const struct sink_ops ops = { start, close_null, now_us, alive };
    struct sink_null *null = xcalloc(1, sizeof(*null));
    struct sink_info *info = &null->sink.info;

    null->sink.ops = &ops;
    info->rate = request->rate ? request->rate : DEFAULT_RATE;
    info->channels = request->channels ? request->channels : DEFAULT_CHANNELS;
    info->buffer_frames =
        request->buffer_frames
            ? request->buffer_frames
            : info->rate / 100; /* 10 ms: there is nothing to run dry */
    info->silent = true;
    snprintf(info->name, sizeof(info->name), "no sound");
    null->fill = request->fill;
    null->context = request->context;
    null->manual = manual;
    null->buffer = xcalloc((size_t)info->buffer_frames * (size_t)info->channels,
                           sizeof(float));
    return &null->sink;
}

bool sink_null_step(struct sink *sink, int64_t until_us)
{
    struct sink_null *null = (struct sink_null *)sink;
    int64_t due_us = next_due_us(null);

    if (due_us > until_us) {
        null->now_us = until_us;
        return false;
    }
    null->now_us = due_us;
    call(null, due_us);
    return true;
}
