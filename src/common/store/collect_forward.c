/*
 * collect_forward - work that was done elsewhere goes on at home.
 */
#include <config.h>

#include <string.h>

#include "common/store/collect_internal.h"
#include "common/store/samples_internal.h"

/* The index after the event `head`, or `count` when it is not there. */
static size_t after(const struct journal_list *list, const uint8_t *head,
                    const uint8_t *beginning)
{
    if (memcmp(head, beginning, EVENT_HASH_SIZE) == 0)
        return 0;
    for (size_t i = list->count; i-- > 0;)
        if (memcmp(list->item[i].event.hash, head, EVENT_HASH_SIZE) == 0)
            return i + 1;
    return list->count;
}

static bool is_erased(const struct bundle *bundle, const char *entry)
{
    for (size_t i = 0; *entry && i < bundle_count(bundle); i++)
        if (strcmp(bundle_entry(bundle, i)->id, entry) == 0)
            return bundle_entry(bundle, i)->erased;
    return false;
}

static bool put(struct bundle *bundle, struct journal_record record,
                struct error *err)
{
    struct db *db = bundle_db(bundle);
    bool gone = record.tombstone || is_erased(bundle, record.event.entry);
    int64_t seq;

    if (gone)
        record.event.payload = NULL;
    return journal_put(db, bundle_id_bytes(bundle), &record, &seq, err) &&
           (!gone || journal_bury(db, record.event.hash, err));
}

/* Each event follows the one before it: no fork is made. */
static bool follows(const struct journal_list *list, size_t i,
                    const uint8_t *head)
{
    return memcmp(list->item[i].previous, head, EVENT_HASH_SIZE) == 0;
}

static int may_come(void *context, const uint8_t started[EVENT_HASH_SIZE],
                    struct error *err)
{
    int gone = journal_is_tombstone(context, started, err);

    return gone < 0 ? -1 : gone == 0;
}

static size_t bring(struct bundle *bundle, const struct journal_list *list,
                    struct db *from, struct error *err)
{
    struct db *db = bundle_db(bundle);
    uint8_t beginning[EVENT_HASH_SIZE];
    uint8_t head[EVENT_HASH_SIZE];
    struct samples_filter filter = { db, may_come };
    size_t samples = 0;
    size_t first, i;

    journal_beginning(bundle_id_bytes(bundle), beginning);
    bundle_head(bundle, head);
    first = after(list, head, beginning);
    if (first == list->count)
        return 0;
    if (!db_set_full(db, true, err) || !db_begin(db, err))
        return 0;
    for (i = first; i < list->count && follows(list, i, head); i++) {
        if (!put(bundle, list->item[i], err)) {
            db_rollback(db);
            return 0;
        }
        memcpy(head, list->item[i].event.hash, EVENT_HASH_SIZE);
    }
    if (samples_bring(from, db, list, &filter, &samples, err) &&
        db_commit(db, err))
        return i - first;
    db_rollback(db);
    return 0;
}

size_t collect_forward(const char *path, const struct journal_list *list,
                       struct db *from, struct error *err)
{
    struct bundle *bundle = bundle_open(path, BUNDLE_WORK, err);
    size_t got;

    if (!bundle)
        return 0;
    error_clear(err);
    got = bring(bundle, list, from, err);
    bundle_close(bundle);
    return got;
}
