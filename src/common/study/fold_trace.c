/*
 * fold_trace - passes of traces, their seals and their ends.
 */
#include <config.h>

#include "common/study/fold_internal.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/study/trace.h"

void fold_passes_release(struct fold_passes *passes)
{
    for (size_t i = 0; i < passes->count; i++)
        event_pass_release(&passes->item[i].begin);
    free(passes->item);
    memset(passes, 0, sizeof(*passes));
}

static struct fold_pass *find(struct fold_entry *it,
                              const uint8_t hash[EVENT_HASH_SIZE])
{
    for (size_t i = it->passes.count; i-- > 0;)
        if (memcmp(it->passes.item[i].hash, hash, EVENT_HASH_SIZE) == 0)
            return &it->passes.item[i];
    return NULL;
}

static bool begin(struct fold_entry *it, const struct event *event)
{
    struct fold_pass pass = { 0 };
    struct error err;

    if (!event_read_pass(event->payload, &pass.begin, &err))
        return false;
    memcpy(pass.hash, event->hash, EVENT_HASH_SIZE);
    VEC_PUSH(&it->passes, pass);
    return true;
}

static bool seal(struct fold_entry *it, const struct event *event)
{
    struct event_seal found;
    struct fold_pass *pass;
    struct error err;

    if (!event_read_seal(event->payload, &found, &err))
        return false;
    pass = find(it, found.pass);
    if (!pass || found.first != pass->count)
        return false;
    if (pass->count == 0)
        pass->first_us = found.first_us;
    pass->last_us = found.last_us;
    pass->count += found.count;
    return true;
}

static bool end(struct fold_entry *it, const struct event *event)
{
    uint8_t hash[EVENT_HASH_SIZE];
    struct fold_pass *pass;
    struct error err;

    if (!event_read_pass_name(event->payload, hash, &err))
        return false;
    pass = find(it, hash);
    if (!pass)
        return false;
    if (event->kind == EVENT_TRACE_IDLE) {
        pass->idle++;
        return true;
    }
    return event_read_pass_end(event->payload, &pass->end, &pass->inputs, &err);
}

void fold_trace_apply(struct fold *fold, size_t entry,
                      const struct event *event)
{
    struct fold_entry *it = &fold->entry[entry];
    bool good;

    if (!event->payload) {
        fold->erased++;
        return;
    }
    if (event->kind == EVENT_TRACE_STARTED)
        good = begin(it, event);
    else if (event->kind == EVENT_TRACE_SEALED)
        good = seal(it, event);
    else
        good = end(it, event);
    if (!good)
        fold->malformed++;
}

void fold_trace_discard(struct fold_entry *it, const char *question,
                        int version, bool discarded)
{
    for (size_t i = 0; i < it->passes.count; i++) {
        struct fold_pass *pass = &it->passes.item[i];

        if (pass->begin.version == version &&
            strcmp(pass->begin.question, question) == 0)
            pass->discarded = discarded;
    }
}

bool fold_pass_counts(const struct fold_pass *pass, const char *question)
{
    return strcmp(pass->begin.question, question) == 0 && !pass->discarded &&
           pass->count > 0 &&
           (!pass->begin.whole || pass->end == TRACE_COMPLETE);
}

bool fold_trace_samples(
    const struct fold_entry *entry, const char *question,
    bool (*read)(void *context, const uint8_t started[EVENT_HASH_SIZE],
                 struct trace_samples *out, struct error *err),
    void *context, struct trace_samples *out, struct error *err)
{
    size_t count = entry->passes.count;
    struct trace_samples *rows = xcalloc(count + 1, sizeof(*rows));
    struct trace_part *part = xcalloc(count + 1, sizeof(*part));
    bool good = true;

    for (size_t i = 0; good && i < count; i++) {
        if (!fold_pass_counts(&entry->passes.item[i], question))
            continue;
        good = read(context, entry->passes.item[i].hash, &rows[i], err);
        part[i] = (struct trace_part){ rows[i].item, rows[i].count };
    }
    if (good)
        trace_compose(part, count, out);
    for (size_t i = 0; i < count; i++)
        free(rows[i].item);
    free(rows);
    free(part);
    return good;
}

int fold_trace_version(const struct fold *fold, size_t entry,
                       const char *question)
{
    const struct fold_passes *passes = &fold->entry[entry].passes;
    int version = 0;

    for (size_t i = 0; i < passes->count; i++)
        if (fold_pass_counts(&passes->item[i], question) &&
            passes->item[i].begin.version > version)
            version = passes->item[i].begin.version;
    return version;
}

int fold_trace_next_version(const struct fold *fold, size_t entry,
                            const char *question)
{
    const struct fold_passes *passes = &fold->entry[entry].passes;
    int version = 0;

    for (size_t i = 0; i < passes->count; i++)
        if (strcmp(passes->item[i].begin.question, question) == 0 &&
            passes->item[i].begin.version > version)
            version = passes->item[i].begin.version;
    return version + 1;
}

void fold_trace_spans(const struct fold *fold, size_t entry,
                      const char *question, struct fold_spans *spans)
{
    const struct fold_passes *passes = &fold->entry[entry].passes;

    for (size_t i = 0; i < passes->count; i++)
        if (fold_pass_counts(&passes->item[i], question))
            fold_spans_add(spans, passes->item[i].first_us,
                           passes->item[i].last_us + TRACE_STEP_US);
}

bool fold_trace_hole(const struct fold *fold, size_t entry,
                     const char *question, int64_t from_us, int64_t to_us,
                     struct fold_span *hole)
{
    struct fold_spans spans = { 0 };
    int64_t reach = from_us;
    size_t i;

    fold_trace_spans(fold, entry, question, &spans);
    for (i = 0; i < spans.count; i++) {
        if (spans.item[i].from_us > reach + TRACE_GAP_US)
            break;
        if (spans.item[i].to_us > reach)
            reach = spans.item[i].to_us;
    }
    hole->from_us = reach;
    hole->to_us = i < spans.count ? spans.item[i].from_us : to_us;
    free(spans.item);
    return reach < to_us - TRACE_END_SLACK_US;
}

int64_t fold_traced_us(const struct fold *fold, size_t entry,
                       const char *question)
{
    struct fold_spans spans = { 0 };
    int64_t sum = 0;

    fold_trace_spans(fold, entry, question, &spans);
    for (size_t i = 0; i < spans.count; i++)
        sum += spans.item[i].to_us - spans.item[i].from_us;
    free(spans.item);
    return sum;
}

void fold_trace_dump(const struct fold_entry *it, struct buf *out)
{
    char hex[EVENT_HASH_HEX_SIZE];

    for (size_t i = 0; i < it->passes.count; i++) {
        const struct fold_pass *pass = &it->passes.item[i];

        event_hash_hex(pass->hash, hex);
        buf_addf(out,
                 "  pass %s %s version %d whole %d in %lld..%lld %s "
                 "count %lld %lld..%lld idle %d discarded %d\n",
                 hex, pass->begin.question, pass->begin.version,
                 pass->begin.whole, (long long)pass->begin.from_us,
                 (long long)pass->begin.to_us, trace_end_name(pass->end),
                 (long long)pass->count, (long long)pass->first_us,
                 (long long)pass->last_us, pass->idle, pass->discarded);
    }
}
