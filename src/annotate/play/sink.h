/*
 * sink - where samples go: the sound device, or nowhere.
 *
 * A sink pulls: it calls `fill` for each buffer, from a thread of its own
 * (or, for the manual one, from sink_null_step()).  `fill` gets interleaved
 * floats to fill and the host time at which it was called; the first of them
 * leaves the speaker info.latency_us later.
 */
#ifndef MIEN_PLAY_SINK_H
#define MIEN_PLAY_SINK_H

#include <stdbool.h>
#include <stdint.h>

/* Must not lock, allocate, log or wait. */
typedef void sink_fill(void *context, float *out, int frames, int64_t host_us);

struct sink_request {
    const char *device; /* NULL: the default one */
    int rate;           /* Hz; 0: the device's choice */
    int channels;       /* 0: 2 */
    int buffer_frames;  /* 0: about 20 ms */
    sink_fill *fill;
    void *context;
};

struct sink_info {
    char name[128];
    int rate;     /* Hz */
    int channels; /* what `fill` must give */
    int buffer_frames;
    int64_t latency_us; /* assumed, from the buffer */
    bool silent;        /* there is no device behind it */
};

struct sink;

struct sink_ops {
    /* From here on `fill` is called, with silence wanted too. */
    void (*start)(struct sink *sink);
    /* After this `fill` is not called any more. */
    void (*close)(struct sink *sink);
    /* The clock that `fill` gets its times from. */
    int64_t (*now_us)(const struct sink *sink);
    /* False once the device has been unplugged. */
    bool (*alive)(const struct sink *sink);
};

/* The first member of every kind of sink. */
struct sink {
    const struct sink_ops *ops;
    struct sink_info info;
};

/* CLOCK_MONOTONIC in microseconds. */
int64_t sink_monotonic_us(void);

#endif
