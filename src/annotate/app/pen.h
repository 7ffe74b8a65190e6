/*
 * pen - the hand that moves a trace, and the sampler that asks where it was.
 *
 * Keys, the mouse and the joystick tell the pen what they do with the host
 * time at which they were read.  Between two looks at the player's clock the
 * sampler makes one sample for each 10 ms of media time that was heard.
 *
 * Never more samples than the truth: a sample stands for a multiple of 10 ms
 * of media time that has been heard between the last look and this one, its
 * host time lies on the line between the two looks, and its value is where
 * the pen was at that host time: after the moves that were read up to then,
 * and none that came later.  Nothing is guessed ahead of the clock, no media
 * time is sampled twice in a pass, and what was not heard has no sample.
 */
#ifndef MIEN_APP_PEN_H
#define MIEN_APP_PEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/study/question_trace.h"

enum { PEN_QUEUE = 64 };

enum pen_deed {
    PEN_TO,    /* value: where */
    PEN_BY,    /* value: how far */
    PEN_SPEED, /* value: how far in a second, from now on */
};

struct pen_move {
    int64_t host_us;
    enum pen_deed deed;
    size_t axis;
    double value;
};

struct pen {
    const struct question_trace *rules; /* borrowed */
    double value[TRACE_DIMENSIONS];
    double speed[TRACE_DIMENSIONS];  /* in a second */
    int64_t host_us;                 /* when it was there */
    bool touched;                    /* moved, or moving, since the last look */
    struct pen_move move[PEN_QUEUE]; /* still to come, as they were read */
    size_t moves;
};

/* At the start values, at rest. */
void pen_init(struct pen *pen, const struct question_trace *rules,
              int64_t host_us);
/* One whose time has gone by already counts from now on. */
void pen_tell(struct pen *pen, const struct pen_move *move);
/* Takes it to `host_us`. */
void pen_run(struct pen *pen, int64_t host_us);

struct sampler {
    bool on;                /* the medium sounds */
    int64_t host_us;        /* the last look ... */
    int64_t media_us;       /* ... and what was heard then */
    int64_t next_us;        /* media time of the next sample */
    bool gap;               /* sound broke off before it */
    int64_t from_us, to_us; /* samples lie in [from, to) */
    int64_t begun_us;       /* host time of the first sample; -1: none yet */
    int64_t input_us;       /* host time of the last input */
    bool idle;
};

void sampler_init(struct sampler *sampler, int64_t from_us, int64_t to_us);
/* Sound begins (again) with `media_us` at `host_us`. */
void sampler_begin(struct sampler *sampler, int64_t host_us, int64_t media_us);
/* A look at the clock: adds the samples since the last one. */
void sampler_look(struct sampler *sampler, struct pen *pen, int64_t host_us,
                  int64_t media_us, struct trace_samples *out);
/* Sound stopped; look first. */
void sampler_end(struct sampler *sampler);
bool sampler_is_full(const struct sampler *sampler);

#endif
