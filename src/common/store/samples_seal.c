/*
 * samples_seal - samples against the seals of a journal: are they as they
 * were written, and which of them go along.
 */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/store/samples_internal.h"
#include "common/study/event_trace.h"

static bool read_seal(const struct journal_record *record,
                      struct event_seal *seal, bool *malformed)
{
    struct error err;

    *malformed = false;
    if (record->event.kind != EVENT_TRACE_SEALED || !record->event.payload)
        return false;
    if (event_read_seal(record->event.payload, seal, &err))
        return true;
    *malformed = true;
    return false;
}

/* The rows of one seal, in an emptied `out`. */
static bool sealed_rows(struct db *db, const struct event_seal *seal,
                        struct trace_samples *out, struct error *err)
{
    int64_t pass = samples_pass(db, seal->pass, err);

    out->count = 0;
    return pass >= 0 && (pass == 0 || samples_get(db, pass, seal->first,
                                                  seal->count, out, err));
}

static bool holds(const struct event_seal *seal,
                  const struct trace_samples *rows)
{
    uint8_t hash[EVENT_HASH_SIZE];

    if ((int64_t)rows->count != seal->count ||
        rows->item[0].media_us != seal->first_us ||
        rows->item[rows->count - 1].media_us != seal->last_us)
        return false;
    trace_hash(seal->pass, seal->first, rows->item, rows->count, hash);
    return memcmp(hash, seal->hash, EVENT_HASH_SIZE) == 0;
}

bool samples_verify(struct db *db, const struct journal_list *list,
                    char fault[256], struct error *err)
{
    struct trace_samples rows = { 0 };
    bool good = true;

    fault[0] = '\0';
    for (size_t i = 0; good && !fault[0] && i < list->count; i++) {
        struct event_seal seal;
        bool malformed;

        if (!read_seal(&list->item[i], &seal, &malformed)) {
            if (malformed)
                snprintf(fault, 256, "event %" PRId64 " is no seal of samples",
                         list->item[i].seq);
            continue;
        }
        good = sealed_rows(db, &seal, &rows, err);
        if (good && !holds(&seal, &rows))
            snprintf(fault, 256,
                     "samples of a trace are not those that event %" PRId64
                     " sealed",
                     list->item[i].seq);
    }
    free(rows.item);
    return good;
}

static bool bring_seal(struct db *from, struct db *to,
                       const struct event_seal *seal,
                       struct trace_samples *rows, size_t *fresh,
                       struct error *err)
{
    int64_t pass = samples_new_pass(to, seal->pass, err);

    if (pass < 0)
        return false;
    rows->count = 0;
    if (!samples_get(to, pass, seal->first, 1, rows, err))
        return false;
    if (rows->count > 0)
        return true; /* a seal comes whole or not at all */
    if (!sealed_rows(from, seal, rows, err))
        return false;
    *fresh += rows->count;
    return samples_put(to, pass, seal->first, rows->item, rows->count, err);
}

bool samples_bring(struct db *from, struct db *to,
                   const struct journal_list *list,
                   const struct samples_filter *filter, size_t *fresh,
                   struct error *err)
{
    struct trace_samples rows = { 0 };
    bool good = true;

    for (size_t i = 0; good && i < list->count; i++) {
        struct event_seal seal;
        bool malformed;
        int taken = 1;

        if (!read_seal(&list->item[i], &seal, &malformed))
            continue;
        if (filter)
            taken = filter->taken(filter->context, seal.pass, err);
        if (taken > 0)
            good = bring_seal(from, to, &seal, &rows, fresh, err);
        else
            good = taken == 0;
    }
    free(rows.item);
    return good;
}

/* How many samples of the pass that `started` began are sealed. */
static int64_t sealed_count(const struct journal_list *list, size_t from,
                            const uint8_t started[EVENT_HASH_SIZE])
{
    int64_t count = 0;

    for (size_t i = from; i < list->count; i++) {
        struct event_seal seal;
        bool malformed;

        if (read_seal(&list->item[i], &seal, &malformed) &&
            memcmp(seal.pass, started, EVENT_HASH_SIZE) == 0 &&
            seal.first + seal.count > count)
            count = seal.first + seal.count;
    }
    return count;
}

bool samples_cut_unsealed(struct db *db, const struct journal_list *list,
                          struct error *err)
{
    for (size_t i = list->count; i-- > 0;) {
        const struct event *event = &list->item[i].event;
        int64_t pass;

        if (event->kind == EVENT_TRACE_ENDED)
            return true; /* passes do not overlap: all before have ended */
        if (event->kind != EVENT_TRACE_STARTED)
            continue;
        pass = samples_pass(db, event->hash, err);
        return pass == 0 ||
               (pass > 0 &&
                samples_cut(db, pass, sealed_count(list, i, event->hash), err));
    }
    return true;
}
