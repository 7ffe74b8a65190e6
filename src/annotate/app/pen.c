/*
 * pen - the hand that moves a trace, and the sampler that asks where it was.
 */
#include <config.h>

#include "annotate/app/pen.h"

#include <math.h>
#include <string.h>

#include "common/base/vec.h"

enum { SECOND_US = 1000000 };

void pen_init(struct pen *pen, const struct question_trace *rules,
              int64_t host_us)
{
    memset(pen, 0, sizeof(*pen));
    pen->rules = rules;
    pen->host_us = host_us;
    for (size_t i = 0; i < rules->count; i++)
        pen->value[i] = rules->dimension[i].start;
}

/* An absolute trace stops at its ends. */
static void hold(struct pen *pen, size_t axis)
{
    const struct trace_dimension *dimension = &pen->rules->dimension[axis];

    if (pen->rules->mode == TRACE_UNBOUNDED)
        return;
    if (pen->value[axis] <= dimension->min) {
        pen->value[axis] = dimension->min;
        pen->speed[axis] = fmax(pen->speed[axis], 0);
    }
    if (pen->value[axis] >= dimension->max) {
        pen->value[axis] = dimension->max;
        pen->speed[axis] = fmin(pen->speed[axis], 0);
    }
}

static void drift(struct pen *pen, int64_t host_us)
{
    double seconds = (double)(host_us - pen->host_us) / SECOND_US;

    if (seconds <= 0)
        return;
    for (size_t i = 0; i < pen->rules->count; i++) {
        if (pen->speed[i] == 0)
            continue;
        pen->touched = true;
        pen->value[i] += pen->speed[i] * seconds;
        hold(pen, i);
    }
    pen->host_us = host_us;
}

static void apply(struct pen *pen, const struct pen_move *move)
{
    if (move->deed == PEN_TO)
        pen->value[move->axis] = move->value;
    else if (move->deed == PEN_BY)
        pen->value[move->axis] += move->value;
    else
        pen->speed[move->axis] = move->value;
    /* Steps of 0.05 must meet 0 again, and leave no minus before it. */
    pen->value[move->axis] = round(pen->value[move->axis] * 1e9) / 1e9 + 0.0;
    hold(pen, move->axis);
    pen->touched = true;
}

void pen_run(struct pen *pen, int64_t host_us)
{
    size_t done = 0;

    while (done < pen->moves && pen->move[done].host_us <= host_us) {
        drift(pen, pen->move[done].host_us);
        apply(pen, &pen->move[done++]);
    }
    pen->moves -= done;
    memmove(pen->move, pen->move + done, pen->moves * sizeof(*pen->move));
    drift(pen, host_us);
}

void pen_tell(struct pen *pen, const struct pen_move *move)
{
    if (pen->moves == PEN_QUEUE) /* nobody looks: no sample can be wrong */
        pen_run(pen, pen->move[0].host_us);
    pen->move[pen->moves] = *move;
    if (pen->moves > 0 && move->host_us < pen->move[pen->moves - 1].host_us)
        pen->move[pen->moves].host_us = pen->move[pen->moves - 1].host_us;
    pen->moves++;
}

void sampler_init(struct sampler *sampler, int64_t from_us, int64_t to_us)
{
    memset(sampler, 0, sizeof(*sampler));
    sampler->from_us = sampler->next_us = from_us;
    sampler->to_us = to_us;
    sampler->begun_us = -1;
}

/* The first multiple that is not before `us`. */
static int64_t on_grid(int64_t us)
{
    return (us + TRACE_STEP_US - 1) / TRACE_STEP_US * TRACE_STEP_US;
}

void sampler_begin(struct sampler *sampler, int64_t host_us, int64_t media_us)
{
    sampler->gap = sampler->begun_us >= 0;
    sampler->on = true;
    sampler->host_us = host_us;
    sampler->media_us = media_us;
    if (sampler->next_us < media_us)
        sampler->next_us = media_us;
    sampler->next_us = on_grid(sampler->next_us);
    if (sampler->begun_us < 0)
        sampler->input_us = host_us;
}

static int64_t host_of(const struct sampler *sampler, int64_t host_us,
                       int64_t media_us)
{
    double part = (double)(sampler->next_us - sampler->media_us) /
                  (double)(media_us - sampler->media_us);

    return sampler->host_us +
           llround(part * (double)(host_us - sampler->host_us));
}

static unsigned flags_of(struct sampler *sampler, struct pen *pen,
                         int64_t host_us)
{
    const struct question_trace *rules = pen->rules;
    unsigned flags = sampler->gap ? TRACE_AFTER_GAP : 0;

    if ((double)(host_us - sampler->begun_us) <
        rules->settle_seconds * SECOND_US)
        flags |= TRACE_SETTLING;
    if (pen->touched) {
        sampler->input_us = host_us;
        flags |= TRACE_INPUT;
    }
    sampler->idle =
        rules->idle_seconds > 0 && (double)(host_us - sampler->input_us) >=
                                       rules->idle_seconds * SECOND_US;
    if (sampler->idle)
        flags |= TRACE_IDLE;
    sampler->gap = false;
    pen->touched = false;
    return flags;
}

void sampler_look(struct sampler *sampler, struct pen *pen, int64_t host_us,
                  int64_t media_us, struct trace_samples *out)
{
    if (!sampler->on || host_us < sampler->host_us)
        return;
    while (media_us > sampler->media_us && sampler->next_us <= media_us &&
           !sampler_is_full(sampler)) {
        struct trace_sample sample = { .media_us = sampler->next_us };

        sample.host_us = host_of(sampler, host_us, media_us);
        pen_run(pen, sample.host_us);
        if (sampler->begun_us < 0)
            sampler->begun_us = sample.host_us;
        sample.flags = flags_of(sampler, pen, sample.host_us);
        sample.value[0] = pen->value[0];
        sample.value[1] = pen->rules->count > 1 ? pen->value[1] : NAN;
        VEC_PUSH(out, sample);
        sampler->next_us += TRACE_STEP_US;
    }
    sampler->host_us = host_us;
    if (media_us > sampler->media_us)
        sampler->media_us = media_us;
}

void sampler_end(struct sampler *sampler)
{
    sampler->on = false;
}

bool sampler_is_full(const struct sampler *sampler)
{
    return sampler->next_us >= sampler->to_us;
}
