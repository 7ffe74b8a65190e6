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

struct place {
    struct bundle_entry entry; /* its texts belong to the bundle's arena */
    struct {
        const char *medium;
        uint8_t sha256[HASH_SIZE];
    } side[BUNDLE_SIDES];
};

/* A reference answer; its texts belong to the bundle's arena. */
struct known {
    const char *entry, *question, *value;
};

struct bundle {
    struct lock *lock; /* owned; NULL when only read */
    struct db *db;     /* owned */
    struct journal journal;
    char *path;     /* owned */
    char *alias;    /* owned */
    char *protocol; /* owned */
    struct {
        struct place *item; /* owned */
        size_t count, capacity;
    } places;
    struct {
        struct known *item; /* owned */
        size_t count, capacity;
    } truths;
    struct arena texts;
};

static const char *keep(struct bundle *bundle, struct stmt *stmt, int column)
{
    return stmt_is_null(stmt, column)
               ? NULL
               : arena_strdup(&bundle->texts, stmt_text(stmt, column));
}

/* Both statements have them in these columns. */
static void keep_side(struct bundle *bundle, struct stmt *stmt,
                      struct place *place, enum bundle_side side)
{
    place->side[side].medium = keep(bundle, stmt, 1);
    if (!stmt_blob(stmt, 2, place->side[side].sha256, HASH_SIZE))
        memset(place->side[side].sha256, 0, HASH_SIZE);
}

static bool read_entries(struct bundle *bundle, struct error *err)
{
    struct stmt *stmt = db_stmt(bundle->db, STMT_ENTRY_LIST, err);
    int step = -1;

    if (!stmt)
        return false;
    while ((step = stmt_step(bundle->db, stmt, err)) > 0) {
        struct place place = {
            .entry.id = keep(bundle, stmt, 0),
            .entry.start_us = stmt_int(stmt, 3),
            .entry.end_us = stmt_int(stmt, 4),
            .entry.text = keep(bundle, stmt, 5),
            .entry.speaker = keep(bundle, stmt, 6),
            .entry.erased = stmt_int(stmt, 7) != 0,
            .entry.practice = stmt_int(stmt, 8) != 0,
            .entry.asks = stmt_is_null(stmt, 9) ? -1 : (int)stmt_int(stmt, 9),
            .entry.context = keep(bundle, stmt, 10),
        };

        keep_side(bundle, stmt, &place, BUNDLE_FIRST);
        place.side[BUNDLE_SECOND].medium = "";
        place.entry.has_medium = place.side[BUNDLE_FIRST].medium[0] != '\0';
        VEC_PUSH(&bundle->places, place);
    }
    stmt_reset(stmt);
    return step == 0;
}

/* What is heard or read second, of pairs. */
static bool read_seconds(struct bundle *bundle, struct error *err)
{
    struct stmt *stmt = db_stmt(bundle->db, STMT_SECOND_LIST, err);
    int step = -1;

    if (!stmt)
        return false;
    while ((step = stmt_step(bundle->db, stmt, err)) > 0) {
        int64_t position = stmt_int(stmt, 0);
        struct place *place;

        if (position < 1 || (size_t)position > bundle->places.count)
            continue;
        place = &bundle->places.item[position - 1];
        keep_side(bundle, stmt, place, BUNDLE_SECOND);
        place->entry.pair = true;
        place->entry.second = (struct bundle_second){
            .start_us = stmt_int(stmt, 3),
            .end_us = stmt_int(stmt, 4),
            .text = keep(bundle, stmt, 5),
            .speaker = keep(bundle, stmt, 6),
            .has_medium = place->side[BUNDLE_SECOND].medium[0] != '\0',
        };
    }
    stmt_reset(stmt);
    return step == 0;
}

static bool read_truths(struct bundle *bundle, struct error *err)
{
    struct stmt *stmt = db_stmt(bundle->db, STMT_TRUTH_LIST, err);
    int step = -1;

    if (!stmt)
        return false;
    while ((step = stmt_step(bundle->db, stmt, err)) > 0)
        VEC_PUSH(&bundle->truths,
                 ((struct known){ .entry = keep(bundle, stmt, 0),
                                  .question = keep(bundle, stmt, 1),
                                  .value = keep(bundle, stmt, 2) }));
    stmt_reset(stmt);
    return step == 0;
}

/* One of the two that a place has, for telling what is the same. */
struct face {
    const uint8_t *sha256;
    int64_t start_us, end_us;
    const char *text;
};

static struct face face_of(const struct place *place, enum bundle_side side)
{
    const struct bundle_entry *entry = &place->entry;
    const char *text = side == BUNDLE_FIRST ? entry->text : entry->second.text;

    return (struct face){
        place->side[side].sha256,
        side == BUNDLE_FIRST ? entry->start_us : entry->second.start_us,
        side == BUNDLE_FIRST ? entry->end_us : entry->second.end_us,
        text ? text : "",
    };
}

static int compare_faces(const struct face *one, const struct face *two)
{
    int by = memcmp(one->sha256, two->sha256, HASH_SIZE);

    if (by == 0)
        by = (one->start_us > two->start_us) - (one->start_us < two->start_us);
    if (by == 0)
        by = (one->end_us > two->end_us) - (one->end_us < two->end_us);
    return by ? by : strcmp(one->text, two->text);
}

/* A pair is the same whichever of the two comes first. */
static bool is_turned(const struct place *place)
{
    struct face first = face_of(place, BUNDLE_FIRST);
    struct face second = face_of(place, BUNDLE_SECOND);

    return place->entry.pair && compare_faces(&first, &second) > 0;
}

/* Either of the two that a place has, in the order that pairs share. */
static struct face nth_face(const struct place *place, int nth)
{
    return face_of(place, (enum bundle_side)(nth ^ place->entry.turned));
}

static bool is_same(const struct place *one, const struct place *two)
{
    bool same = one->entry.pair == two->entry.pair;

    for (int nth = 0; same && nth < BUNDLE_SIDES; nth++) {
        struct face left = nth_face(one, nth), right = nth_face(two, nth);

        same = compare_faces(&left, &right) == 0;
    }
    return same;
}

/* FNV-1a; what is the same has the same. */
static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *byte = bytes;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ byte[i]) * UINT64_C(1099511628211);
    return hash;
}

static uint64_t hash_place(const struct place *place)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (int nth = 0; nth <= place->entry.pair; nth++) {
        struct face face = nth_face(place, nth);

        hash = mix(hash, face.sha256, sizeof(hash)); /* of 32: enough */
        hash = mix(hash, &face.start_us, sizeof(face.start_us));
        hash = mix(hash, &face.end_us, sizeof(face.end_us));
        hash = mix(hash, face.text, strlen(face.text));
    }
    return hash ^ hash >> 32;
}

/*
 * Numbers what is the same by the first one of it; see struct bundle_entry.  A
 * table with open addressing: sorting 20,000 entries was a sixth of the time
 * to the first screen.
 */
static void number_same(struct bundle *bundle)
{
    struct place *place = bundle->places.item;
    size_t count = bundle->places.count;
    size_t slots = 64;
    size_t *first; /* its index and 1; 0: free */

    while (slots < 2 * count)
        slots *= 2;
    first = xcalloc(slots, sizeof(*first));
    for (size_t i = 0; i < count; i++) {
        size_t at;

        place[i].entry.turned = is_turned(&place[i]);
        at = (size_t)hash_place(&place[i]) & (slots - 1);
        while (first[at] && !is_same(&place[first[at] - 1], &place[i]))
            at = (at + 1) & (slots - 1);
        if (!first[at])
            first[at] = i + 1;
        place[i].entry.same = first[at] - 1;
    }
    free(first);
}

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
    if (!bundle->protocol || !read_entries(bundle, err) ||
        !read_seconds(bundle, err))
        return false;
    number_same(bundle);
    return read_truths(bundle, err) &&
           journal_open(&bundle->journal, bundle->db, id, err);
}

/* Never appends to a journal that does not verify. */
static bool verify(struct bundle *bundle, struct error *err)
{
    struct journal_report report;
    struct journal_list list;

    if (!journal_load(bundle->db, bundle->journal.chain, &list, err))
        return false;
    journal_verify(&list, bundle->journal.chain, &report);
    journal_list_release(&list);
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
    return bundle->db;
}

struct journal *bundle_journal(struct bundle *bundle)
{
    return &bundle->journal;
}

const uint8_t *bundle_id_bytes(const struct bundle *bundle)
{
    return bundle->journal.chain;
}

bool bundle_append(struct bundle *bundle, struct event *event,
                   struct error *err)
{
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
    struct journal_list list;
    bool good = true;

    if (!journal_load(bundle->db, bundle->journal.chain, &list, err))
        return false;
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
