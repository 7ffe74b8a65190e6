/*
 * bundle - opening a bundle and appending to its journal.
 */
#include <config.h>

#include "common/store/bundle.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/store/bundle_internal.h"
#include "common/store/lock.h"
#include "common/store/netfs.h"

static bool read_all(struct bundle *bundle, struct error *err)
{
    uint8_t id[BUNDLE_ID_SIZE];
    char *hex = db_meta(bundle->db, "id", err);
    bool good;

    if (!hex)
        return false;
    good = strlen(hex) == 2 * BUNDLE_ID_SIZE &&
           hash_from_hex(hex, id, BUNDLE_ID_SIZE);
    free(hex);
    if (!good)
        return error_set(err, ERROR_INPUT, "the file is damaged: bad id");
    bundle->alias = db_meta(bundle->db, "alias", err);
    if (!bundle->alias)
        return false;
    bundle->protocol = db_meta(bundle->db, "protocol", err);
    return bundle->protocol && bundle_read(bundle, err) &&
           journal_open(&bundle->journal, bundle->db, id, err);
}

/* It is not what the file has any more, or nobody will ask for it. */
static void forget_verified(struct bundle *bundle)
{
    if (bundle->has_verified)
        journal_list_release(&bundle->verified);
    bundle->has_verified = false;
}

/* Never appends to a journal that does not verify. */
static bool verify(struct bundle *bundle, struct error *err)
{
    struct journal_report report;
    struct journal_list *list = &bundle->verified;

    if (!journal_load(bundle->db, bundle->journal.chain, list, err))
        return false;
    bundle->has_verified = true;
    journal_verify(list, bundle->journal.chain, &report);
    if (!report.fault[0])
        return true;
    return error_set(err, ERROR_INPUT,
                     "the journal is damaged: %s; keep the file as it is "
                     "and tell who handed it out",
                     report.fault);
}

static bool open_db(struct bundle *bundle, enum bundle_mode mode,
                    struct error *err)
{
    if (mode == BUNDLE_WORK) {
        /* Ours, before a lock file is laid beside somebody else's. */
        if (!db_is_ours(bundle->path, DB_BUNDLE, err))
            return false;
        if (!netfs_check(bundle->path, err))
            return false;
        bundle->lock = lock_take(bundle->path, err);
        if (!bundle->lock)
            return false;
    }
    bundle->db = db_open(bundle->path, DB_BUNDLE,
                         mode == BUNDLE_WORK ? DB_WRITE : DB_READ, err);
    return bundle->db != NULL;
}

struct bundle *bundle_open(const char *path, enum bundle_mode mode,
                           struct error *err)
{
    struct bundle *bundle = xcalloc(1, sizeof(*bundle));

    bundle->path = xstrdup(path);
    if (!open_db(bundle, mode, err))
        goto failed; /* the text has the path already */
    if (mode == BUNDLE_WORK &&
        (!db_quick_check(bundle->db, err) || !db_use_wal(bundle->db, err))) {
        error_prefix(err, "%s", path);
        goto failed;
    }
    if (!read_all(bundle, err) ||
        (mode == BUNDLE_WORK && !verify(bundle, err))) {
        error_prefix(err, "%s", path);
        goto failed;
    }
    return bundle;

failed:
    bundle_close(bundle);
    return NULL;
}

void bundle_close(struct bundle *bundle)
{
    if (!bundle)
        return;
    forget_verified(bundle);
    db_close(bundle->db);
    lock_drop(bundle->lock);
    free(bundle->path);
    free(bundle->alias);
    free(bundle->protocol);
    free(bundle->places.item);
    free(bundle->truths.item);
    arena_release(&bundle->texts);
    free(bundle);
}

const char *bundle_path(const struct bundle *bundle)
{
    return bundle->path;
}

const char *bundle_alias(const struct bundle *bundle)
{
    return bundle->alias;
}

const char *bundle_protocol(const struct bundle *bundle)
{
    return bundle->protocol;
}

size_t bundle_count(const struct bundle *bundle)
{
    return bundle->places.count;
}

const struct bundle_entry *bundle_entry(const struct bundle *bundle,
                                        size_t index)
{
    return &bundle->places.item[index].entry;
}

const char *bundle_truth(const struct bundle *bundle, size_t index,
                         const char *question)
{
    const char *entry = bundle->places.item[index].entry.id;

    for (size_t i = 0; i < bundle->truths.count; i++)
        if (strcmp(bundle->truths.item[i].entry, entry) == 0 &&
            strcmp(bundle->truths.item[i].question, question) == 0)
            return bundle->truths.item[i].value;
    return NULL;
}

const char *bundle_medium_path(const struct bundle *bundle, size_t index,
                               enum bundle_side side, const uint8_t **sha256)
{
    *sha256 = bundle->places.item[index].side[side].sha256;
    return bundle->places.item[index].side[side].medium;
}

struct db *bundle_db(struct bundle *bundle)
{
    forget_verified(bundle); /* it may be written to */
    return bundle->db;
}

struct journal *bundle_journal(struct bundle *bundle)
{
    forget_verified(bundle);
    return &bundle->journal;
}

const uint8_t *bundle_id_bytes(const struct bundle *bundle)
{
    return bundle->journal.chain;
}

bool bundle_append(struct bundle *bundle, struct event *event,
                   struct error *err)
{
    forget_verified(bundle);
    return db_set_full(bundle->db, event_has(event->kind, EVENT_IS_KEPT),
                       err) &&
           journal_append_alone(&bundle->journal, event, err);
}

void bundle_head(const struct bundle *bundle, uint8_t hash[EVENT_HASH_SIZE])
{
    memcpy(hash, bundle->journal.head, EVENT_HASH_SIZE);
}

bool bundle_events(struct bundle *bundle,
                   bool (*visit)(void *context, const struct event *event,
                                 struct error *err),
                   void *context, struct error *err)
{
    struct journal_list list = bundle->verified;
    bool good = true;

    if (!bundle->has_verified &&
        !journal_load(bundle->db, bundle->journal.chain, &list, err))
        return false;
    bundle->has_verified = false; /* `list` owns it now */
    for (size_t i = 0; good && i < list.count; i++)
        good = visit(context, &list.item[i].event, err);
    journal_list_release(&list);
    return good;
}

static bool fold_one(void *context, const struct event *event,
                     struct error *err)
{
    (void)err;
    fold_apply(context, event);
    return true;
}

bool bundle_fold(struct bundle *bundle, struct fold *fold, struct error *err)
{
    size_t count = bundle->places.count;
    const char **id = xcalloc(count + 1, sizeof(*id));

    for (size_t i = 0; i < count; i++)
        id[i] = bundle->places.item[i].entry.id;
    fold_init(fold, id, count);
    free(id);
    if (bundle_fold_into(bundle, fold, err))
        return true;
    fold_release(fold);
    return false;
}

bool bundle_fold_into(struct bundle *bundle, struct fold *fold,
                      struct error *err)
{
    for (size_t i = 0; i < fold->count; i++) {
        const struct bundle_entry *entry = &bundle->places.item[i].entry;

        fold->entry[i].withdrawn = entry->erased;
        fold->entry[i].practice = entry->practice;
    }
    return bundle_events(bundle, fold_one, fold, err);
}

static int64_t now_us(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t bundle_mono_us(void)
{
    return now_us(CLOCK_MONOTONIC);
}

int64_t bundle_wall_us(void)
{
    return now_us(CLOCK_REALTIME);
}
