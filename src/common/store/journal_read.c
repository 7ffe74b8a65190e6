/*
 * journal_read - loading a chain, looking it over, putting forks in order.
 */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/store/journal_internal.h"

static bool read_record(struct stmt *stmt, struct journal_list *list,
                        struct error *err)
{
    struct journal_record record = { 0 };
    struct event *event = &record.event;

    record.seq = stmt_int(stmt, 0);
    if (!stmt_blob(stmt, 1, event->hash, EVENT_HASH_SIZE) ||
        !stmt_blob(stmt, 2, record.previous, EVENT_HASH_SIZE) ||
        !stmt_blob(stmt, 5, event->session, EVENT_SESSION_SIZE) ||
        !stmt_blob(stmt, 9, record.commitment, HASH_SIZE) ||
        (!stmt_is_null(stmt, 11) &&
         !stmt_blob(stmt, 10, record.salt, HASH_SALT_SIZE)))
        return error_set(err, ERROR_INPUT,
                         "the journal is damaged: event %" PRId64
                         " has fields of the wrong size",
                         record.seq);
    event->kind = event_kind_of(stmt_text(stmt, 3));
    event->name = event->kind < EVENT_KIND_COUNT
                      ? event_name(event->kind)
                      : arena_strdup(&list->texts, stmt_text(stmt, 3));
    event->entry = arena_strdup(&list->texts, stmt_text(stmt, 4));
    event->mono_us = stmt_int(stmt, 6);
    event->wall_us = stmt_int(stmt, 7);
    event->media_us = stmt_int(stmt, 8);
    if (!stmt_is_null(stmt, 11))
        event->payload = arena_strdup(&list->texts, stmt_text(stmt, 11));
    record.tombstone = stmt_int(stmt, 12) != 0;
    VEC_PUSH(list, record);
    return true;
}

bool journal_load(struct db *db, const uint8_t chain[JOURNAL_CHAIN_SIZE],
                  struct journal_list *list, struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_EVENT_LIST, err);
    int step = -1;

    memset(list, 0, sizeof(*list));
    if (!stmt)
        return false;
    stmt_bind_blob(stmt, 1, chain, JOURNAL_CHAIN_SIZE);
    while ((step = stmt_step(db, stmt, err)) > 0)
        if (!read_record(stmt, list, err)) {
            step = -1;
            break;
        }
    stmt_reset(stmt);
    if (step < 0)
        journal_list_release(list);
    return step == 0;
}

void journal_list_release(struct journal_list *list)
{
    free(list->item);
    arena_release(&list->texts);
    memset(list, 0, sizeof(*list));
}

/* Where a hash stands in the list: pairs in byte order. */
struct place {
    const uint8_t *hash;
    size_t index;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *one = a;
    const struct place *two = b;

    return memcmp(one->hash, two->hash, EVENT_HASH_SIZE);
}

static struct place *index_hashes(const struct journal_list *list)
{
    struct place *places = xcalloc(list->count + 1, sizeof(*places));

    for (size_t i = 0; i < list->count; i++)
        places[i] = (struct place){ list->item[i].event.hash, i };
    qsort(places, list->count, sizeof(*places), compare_places);
    return places;
}

/* The index of the event that [index] follows, or the list's count. */
static size_t parent_of(const struct journal_list *list,
                        const struct place *places, size_t index)
{
    const struct journal_record *record = &list->item[index];
    struct place key = { record->previous, 0 };
    const struct place *found;

    /* Without forks it is the one before. */
    if (index > 0 && memcmp(list->item[index - 1].event.hash, record->previous,
                            EVENT_HASH_SIZE) == 0)
        return index - 1;
    found = bsearch(&key, places, list->count, sizeof(*places), compare_places);
    return found ? found->index : list->count;
}

/* How many follow each event; [count] for the chain's beginning. */
static size_t *count_followers(const struct journal_list *list,
                               const struct place *places)
{
    size_t *followers = xcalloc(list->count + 1, sizeof(*followers));

    for (size_t i = 0; i < list->count; i++)
        followers[parent_of(list, places, i)]++;
    return followers;
}

static bool comes_first(const struct journal_record *a,
                        const struct journal_record *b)
{
    if (a->event.wall_us != b->event.wall_us)
        return a->event.wall_us < b->event.wall_us;
    return memcmp(a->event.hash, b->event.hash, EVENT_HASH_SIZE) < 0;
}

/* Children as linked lists: first[parent], next[child]; count ends them. */
struct family {
    size_t *first;
    size_t *next;
};

static struct family find_family(const struct journal_list *list,
                                 const struct place *places)
{
    struct family family = {
        .first = xcalloc(list->count + 1, sizeof(size_t)),
        .next = xcalloc(list->count + 1, sizeof(size_t)),
    };

    for (size_t i = 0; i <= list->count; i++)
        family.first[i] = list->count;
    for (size_t i = list->count; i-- > 0;) {
        size_t parent = parent_of(list, places, i);

        family.next[i] = family.first[parent];
        family.first[parent] = i;
    }
    return family;
}

/* `ready` is short: as many as there are branches. */
static void walk_family(const struct journal_list *list,
                        const struct family *family, struct journal_record *out)
{
    size_t *ready = xcalloc(list->count + 1, sizeof(*ready));
    size_t waiting = 0;
    size_t done = 0;
    size_t parent = list->count;

    for (;;) {
        size_t best = 0;

        for (size_t i = family->first[parent]; i < list->count;
             i = family->next[i])
            ready[waiting++] = i;
        if (waiting == 0)
            break;
        for (size_t i = 1; i < waiting; i++)
            if (comes_first(&list->item[ready[i]], &list->item[ready[best]]))
                best = i;
        parent = ready[best];
        out[done++] = list->item[parent];
        ready[best] = ready[--waiting];
    }
    free(ready);
}

void journal_order(struct journal_list *list)
{
    struct place *places = index_hashes(list);
    struct family family = find_family(list, places);
    struct journal_record *out = xcalloc(list->count + 1, sizeof(*out));

    walk_family(list, &family, out);
    free(list->item);
    list->item = out;
    list->capacity = list->count + 1;
    free(family.first);
    free(family.next);
    free(places);
}

uint8_t (*journal_heads(const struct journal_list *list,
                        size_t *count))[EVENT_HASH_SIZE]
{
    struct place *places = index_hashes(list);
    size_t *followers = count_followers(list, places);
    uint8_t(*heads)[EVENT_HASH_SIZE] = xcalloc(list->count + 1, sizeof(*heads));

    *count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (followers[places[i].index] == 0)
            memcpy(heads[(*count)++], places[i].hash, EVENT_HASH_SIZE);
    free(followers);
    free(places);
    return heads;
}

/* NULL when the record is as it was written. */
static const char *fault_of(const struct journal_record *record)
{
    uint8_t hash[HASH_SIZE];

    journal_hash(&record->event, record->previous, record->commitment, hash);
    if (memcmp(hash, record->event.hash, HASH_SIZE) != 0)
        return "its header was changed";
    if (!record->event.payload)
        return record->tombstone ? NULL : "its payload is missing";
    if (record->tombstone)
        return "its payload was erased and is back";
    journal_commitment(record->salt, record->event.payload, hash);
    if (memcmp(hash, record->commitment, HASH_SIZE) != 0)
        return "its payload was changed";
    return NULL;
}

static void set_fault(struct journal_report *report,
                      const struct journal_record *record, size_t index,
                      const char *fault)
{
    if (!report->fault[0])
        snprintf(report->fault, sizeof(report->fault), "event %zu (%.40s): %s",
                 index + 1, record->event.name, fault);
}

void journal_verify(const struct journal_list *list,
                    const uint8_t chain[JOURNAL_CHAIN_SIZE],
                    struct journal_report *report)
{
    struct place *places = index_hashes(list);
    size_t *followers = count_followers(list, places);
    uint8_t beginning[EVENT_HASH_SIZE];

    memset(report, 0, sizeof(*report));
    report->events = list->count;
    journal_beginning(chain, beginning);
    for (size_t i = 0; i < list->count; i++) {
        const struct journal_record *record = &list->item[i];
        size_t parent = parent_of(list, places, i);
        const char *fault = fault_of(record);

        if (fault)
            set_fault(report, record, i, fault);
        if (parent == list->count
                ? memcmp(record->previous, beginning, EVENT_HASH_SIZE) != 0
                : parent >= i)
            set_fault(report, record, i, "it follows no event before it");
        report->erased += !record->event.payload;
    }
    for (size_t i = 0; i <= list->count; i++)
        report->forks += followers[i] > 1 ? followers[i] - 1 : 0;
    free(followers);
    free(places);
}
