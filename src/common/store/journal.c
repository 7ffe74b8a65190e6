/*
 * journal - hashing and appending.
 */
#include <config.h>

#include <string.h>

#include "common/base/vec.h"
#include "common/store/journal_internal.h"
#include "common/store/samples_internal.h"

static const char event_mark[] = "mien event 1\n";
static const char payload_mark[] = "mien payload 1\n";
static const char chain_mark[] = "mien journal 1\n";

/* Eight bytes, the lowest first, on any machine. */
static void put_int(uint8_t out[8], int64_t value)
{
    uint64_t bits = (uint64_t)value;

    for (int i = 0; i < 8; i++)
        out[i] = (uint8_t)(bits >> (8 * i));
}

void journal_beginning(const uint8_t chain[JOURNAL_CHAIN_SIZE],
                       uint8_t hash[EVENT_HASH_SIZE])
{
    const struct hash_part parts[] = {
        { chain_mark, sizeof(chain_mark) - 1 },
        { chain, JOURNAL_CHAIN_SIZE },
    };

    hash_blake2b(parts, LENGTH_OF(parts), NULL, 0, hash);
}

void journal_commitment(const uint8_t salt[HASH_SALT_SIZE], const char *payload,
                        uint8_t out[HASH_SIZE])
{
    const struct hash_part parts[] = {
        { payload_mark, sizeof(payload_mark) - 1 },
        { salt, HASH_SALT_SIZE },
        { payload, strlen(payload) },
    };

    hash_blake2b(parts, LENGTH_OF(parts), NULL, 0, out);
}

/* Every part has a fixed length or its length before it. */
void journal_hash(const struct event *event,
                  const uint8_t previous[EVENT_HASH_SIZE],
                  const uint8_t commitment[HASH_SIZE],
                  uint8_t out[EVENT_HASH_SIZE])
{
    uint8_t numbers[5][8];
    const struct hash_part parts[] = {
        { event_mark, sizeof(event_mark) - 1 },
        { previous, EVENT_HASH_SIZE },
        { numbers, sizeof(numbers) },
        { event->session, EVENT_SESSION_SIZE },
        { event->name, strlen(event->name) },
        { event->entry, strlen(event->entry) },
        { commitment, HASH_SIZE },
    };

    put_int(numbers[0], event->mono_us);
    put_int(numbers[1], event->wall_us);
    put_int(numbers[2], event->media_us);
    put_int(numbers[3], (int64_t)strlen(event->name));
    put_int(numbers[4], (int64_t)strlen(event->entry));
    hash_blake2b(parts, LENGTH_OF(parts), NULL, 0, out);
}

bool journal_open(struct journal *journal, struct db *db,
                  const uint8_t chain[JOURNAL_CHAIN_SIZE], struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_EVENT_LAST, err);
    int step;

    if (!stmt)
        return false;
    journal->db = db;
    memcpy(journal->chain, chain, JOURNAL_CHAIN_SIZE);
    journal_beginning(chain, journal->head);
    stmt_bind_blob(stmt, 1, chain, JOURNAL_CHAIN_SIZE);
    step = stmt_step(db, stmt, err);
    if (step > 0 && !stmt_blob(stmt, 0, journal->head, EVENT_HASH_SIZE))
        step = -1 + (int)error_set(err, ERROR_INPUT,
                                   "the journal's head is damaged");
    stmt_reset(stmt);
    return step >= 0;
}

static bool put_payload(struct db *db, int64_t seq,
                        const struct journal_record *record, struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_PAYLOAD_ADD, err);

    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, seq);
    stmt_bind_blob(stmt, 2, record->salt, HASH_SALT_SIZE);
    stmt_bind_text(stmt, 3, record->event.payload);
    return stmt_run(db, stmt, err);
}

bool journal_put(struct db *db, const uint8_t chain[JOURNAL_CHAIN_SIZE],
                 const struct journal_record *record, int64_t *seq,
                 struct error *err)
{
    const struct event *event = &record->event;
    struct stmt *stmt = db_stmt(db, STMT_EVENT_ADD, err);

    if (!stmt)
        return false;
    stmt_bind_blob(stmt, 1, chain, JOURNAL_CHAIN_SIZE);
    stmt_bind_blob(stmt, 2, event->hash, EVENT_HASH_SIZE);
    stmt_bind_blob(stmt, 3, record->previous, EVENT_HASH_SIZE);
    stmt_bind_text(stmt, 4, event->name);
    stmt_bind_text(stmt, 5, event->entry);
    stmt_bind_blob(stmt, 6, event->session, EVENT_SESSION_SIZE);
    stmt_bind_int(stmt, 7, event->mono_us);
    stmt_bind_int(stmt, 8, event->wall_us);
    stmt_bind_int(stmt, 9, event->media_us);
    stmt_bind_blob(stmt, 10, record->commitment, HASH_SIZE);
    if (!stmt_run(db, stmt, err))
        return false;
    *seq = db_last_row(db);
    return !event->payload || put_payload(db, *seq, record, err);
}

bool journal_append(struct journal *journal, struct event *event,
                    struct error *err)
{
    struct journal_record record;
    int64_t seq;

    if (event->kind < EVENT_KIND_COUNT)
        event->name = event_name(event->kind);
    if (!event->entry)
        event->entry = "";
    hash_random(record.salt, sizeof(record.salt));
    journal_commitment(record.salt, event->payload, record.commitment);
    memcpy(record.previous, journal->head, EVENT_HASH_SIZE);
    journal_hash(event, record.previous, record.commitment, event->hash);
    record.event = *event;
    if (!journal_put(journal->db, journal->chain, &record, &seq, err))
        return false;
    memcpy(journal->head, event->hash, EVENT_HASH_SIZE);
    return true;
}

bool journal_append_alone(struct journal *journal, struct event *event,
                          struct error *err)
{
    uint8_t before[EVENT_HASH_SIZE];

    memcpy(before, journal->head, EVENT_HASH_SIZE);
    if (db_begin(journal->db, err) && journal_append(journal, event, err) &&
        db_commit(journal->db, err))
        return true;
    db_rollback(journal->db);
    memcpy(journal->head, before, EVENT_HASH_SIZE);
    return false;
}

static int look_up(struct db *db, enum stmt_id id,
                   const uint8_t hash[EVENT_HASH_SIZE], struct error *err)
{
    struct stmt *stmt = db_stmt(db, id, err);
    int step;

    if (!stmt)
        return -1;
    stmt_bind_blob(stmt, 1, hash, EVENT_HASH_SIZE);
    step = stmt_step(db, stmt, err);
    stmt_reset(stmt);
    return step;
}

int journal_has(struct db *db, const uint8_t hash[EVENT_HASH_SIZE],
                struct error *err)
{
    return look_up(db, STMT_EVENT_HAS, hash, err);
}

int journal_is_tombstone(struct db *db, const uint8_t hash[EVENT_HASH_SIZE],
                         struct error *err)
{
    return look_up(db, STMT_TOMBSTONE_HAS, hash, err);
}

static bool run_on(struct db *db, enum stmt_id id,
                   const uint8_t hash[EVENT_HASH_SIZE], struct error *err)
{
    struct stmt *stmt = db_stmt(db, id, err);

    if (!stmt)
        return false;
    stmt_bind_blob(stmt, 1, hash, EVENT_HASH_SIZE);
    return stmt_run(db, stmt, err);
}

bool journal_bury(struct db *db, const uint8_t hash[EVENT_HASH_SIZE],
                  struct error *err)
{
    return samples_drop(db, hash, err) &&
           run_on(db, STMT_PAYLOAD_DROP, hash, err) &&
           run_on(db, STMT_TOMBSTONE_ADD, hash, err);
}
