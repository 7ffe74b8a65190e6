/*
 * bench_trace - samples of traces: writing them, reading them back, and
 * closing what a crash left open.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/bench_internal.h"
#include "common/store/bundle_trace.h"

bool bench_trace_write(struct bench *bench, struct error *err)
{
    const struct tracing *trace = &bench->model.trace;
    const struct trace_samples *fresh = &trace->fresh;

    return bundle_trace_add(bench->bundle, trace->pass,
                            trace->count - (int64_t)fresh->count, fresh->item,
                            fresh->count, err);
}

static void tell_pass(struct bench *bench, const struct fold_pass *pass,
                      const struct trace_samples *samples)
{
    struct message message = bench_message(bench, MESSAGE_TRACED);

    message.samples = samples->item;
    message.sample_count = samples->count;
    message.version = pass->begin.version;
    bench_send(bench, &message);
}

void bench_trace_read(struct bench *bench, size_t entry, size_t question)
{
    const struct fold_passes *passes = &bench->model.fold.entry[entry].passes;
    const char *id = bench->protocol->question[question].id;

    for (size_t i = 0; i < passes->count; i++) {
        struct trace_samples samples = { 0 };
        struct error err;

        if (!fold_pass_counts(&passes->item[i], id))
            continue;
        if (bundle_trace_read(bench->bundle, passes->item[i].hash, 0, &samples,
                              &err))
            tell_pass(bench, &passes->item[i], &samples);
        else
            bench_tell(bench, err.text);
        free(samples.item);
    }
}

/* Appends, and folds what was appended. */
static bool append(struct bench *bench, enum event_kind kind, size_t entry,
                   int64_t media_us, char *payload, struct error *err)
{
    struct event event = {
        .kind = kind,
        .entry = bench->entries[entry].id,
        .mono_us = bench_now_us(bench),
        .media_us = media_us,
        .payload = payload,
    };
    bool good = bench_append(bench, &event, err);

    if (good)
        fold_apply(&bench->model.fold, &event);
    free(payload);
    return good;
}

static bool seal_tail(struct bench *bench, size_t entry,
                      const struct fold_pass *pass,
                      const struct trace_samples *tail, struct error *err)
{
    const struct trace_sample *last = &tail->item[tail->count - 1];
    struct event_seal seal = {
        .first = pass->count,
        .count = (int64_t)tail->count,
        .first_us = tail->item[0].media_us,
        .last_us = last->media_us,
    };

    memcpy(seal.pass, pass->hash, EVENT_HASH_SIZE);
    trace_hash(seal.pass, seal.first, tail->item, tail->count, seal.hash);
    return append(bench, EVENT_TRACE_SEALED, entry, last->media_us,
                  event_payload_seal(&seal), err);
}

static bool close_pass(struct bench *bench, size_t entry, size_t number,
                       struct error *err)
{
    const struct fold_passes *passes = &bench->model.fold.entry[entry].passes;
    const struct fold_pass *pass = &passes->item[number];
    struct event_inputs inputs = { 0 };
    struct trace_samples tail = { 0 };
    bool good =
        bundle_trace_read(bench->bundle, pass->hash, pass->count, &tail, err);

    if (good && tail.count > 0)
        good = seal_tail(bench, entry, pass, &tail, err);
    free(tail.item);
    return good && append(bench, EVENT_TRACE_ENDED, entry,
                          pass->count ? pass->last_us : EVENT_NO_TIME,
                          event_payload_pass_end(pass->hash, TRACE_CUT_OFF,
                                                 pass->count, &inputs),
                          err);
}

bool bench_trace_recover(struct bench *bench, struct error *err)
{
    const struct fold *fold = &bench->model.fold;

    for (size_t i = 0; i < fold->count; i++)
        for (size_t k = 0; k < fold->entry[i].passes.count; k++)
            if (fold->entry[i].passes.item[k].end == TRACE_RUNNING &&
                !fold->entry[i].withdrawn && !close_pass(bench, i, k, err))
                return false;
    return true;
}
