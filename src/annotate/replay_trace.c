/*
 * replay_trace - traces in a replay: what was kept of them up to an event.
 *
 * A trace is as far as it was sealed, once a second while it is made.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/replay.h"
#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/store/bundle_trace.h"

/* Read once, however often its screens are drawn; NULL when it cannot be. */
static const struct trace_samples *samples_of(struct replay *replay,
                                              const struct fold_pass *pass)
{
    struct replay_passes *passes = &replay->passes;
    struct replay_pass fresh = { 0 };
    struct error err;

    for (size_t i = 0; i < passes->count; i++)
        if (memcmp(passes->item[i].hash, pass->hash, EVENT_HASH_SIZE) == 0)
            return &passes->item[i].samples;
    if (!bundle_trace_read(replay->bundle, pass->hash, 0, &fresh.samples,
                           &err)) {
        free(fresh.samples.item);
        return NULL;
    }
    memcpy(fresh.hash, pass->hash, EVENT_HASH_SIZE);
    VEC_PUSH(passes, fresh);
    return &passes->item[passes->count - 1].samples;
}

static void blank(struct trace_sheet *sheet, int64_t from_us, int64_t to_us)
{
    size_t count = (size_t)((to_us - from_us) / TRACE_STEP_US + 1);

    if (count != sheet->count) {
        free(sheet->slot);
        sheet->slot = xcalloc(count, sizeof(*sheet->slot));
        sheet->count = count;
    }
    for (size_t i = 0; i < count; i++)
        sheet->slot[i] = (struct trace_slot){ { NAN, NAN } };
}

/* The first `count` samples, over what is there. */
static void lay(struct trace_sheet *sheet, int64_t from_us,
                const struct trace_samples *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct trace_sample *it = &samples->item[i];
        int64_t slot = (it->media_us - from_us) / TRACE_STEP_US;

        if (it->media_us >= from_us && (size_t)slot < sheet->count)
            sheet->slot[slot] = (struct trace_slot){ { (float)it->value[0],
                                                       (float)it->value[1] } };
    }
}

/* The hand is where the last sample was. */
static void put_pen(struct model *model, const struct fold_pass *pass,
                    const struct trace_sample *last)
{
    struct tracing *trace = &model->trace;

    pen_init(&trace->pen, model_trace(model), 0);
    trace->armed = trace->running = true;
    trace->entry = model->position;
    trace->question = model->question;
    trace->version = pass->begin.version;
    trace->retraces = pass->begin.version > 1;
    trace->from_us = pass->begin.from_us;
    trace->to_us = pass->begin.to_us;
    trace->sampler.next_us =
        last ? last->media_us + TRACE_STEP_US : trace->from_us;
    if (last)
        memcpy(trace->pen.value, last->value, sizeof(trace->pen.value));
}

void replay_trace(struct replay *replay)
{
    struct model *model = &replay->model;
    struct tracing *trace = &model->trace;
    const struct fold_passes *passes;
    const char *question;

    trace->armed = trace->running = trace->retraces = false;
    trace->shown = SIZE_MAX;
    if (!model_trace(model) || model->playback.medium != MEDIUM_READY)
        return;
    trace->shown = model->question;
    blank(&trace->sheet, model->playback.from_us, model->playback.to_us);
    passes = &model->fold.entry[model->position].passes;
    question = model_question(model)->id;
    for (size_t i = 0; i < passes->count; i++) {
        const struct fold_pass *pass = &passes->item[i];
        bool runs = pass->end == TRACE_RUNNING && !pass->discarded &&
                    strcmp(pass->begin.question, question) == 0;
        const struct trace_samples *samples;
        size_t count;

        if (!runs && !fold_pass_counts(pass, question))
            continue;
        samples = samples_of(replay, pass);
        count = samples && (size_t)pass->count < samples->count
                    ? (size_t)pass->count
                : samples ? samples->count
                          : 0;
        if (count > 0)
            lay(&trace->sheet, model->playback.from_us, samples, count);
        if (runs)
            put_pen(model, pass, count > 0 ? &samples->item[count - 1] : NULL);
    }
}

void replay_trace_release(struct replay *replay)
{
    for (size_t i = 0; i < replay->passes.count; i++)
        free(replay->passes.item[i].samples.item);
    free(replay->passes.item);
}
