/*
 * journal - append-only chains of events, in a bundle and in a project.
 *
 * An event's identity is the hash of the event before it, its header and a
 * commitment to its payload.  Payload and salt lie in a table of their own:
 * they can be deleted, and the chain still verifies.
 */
#ifndef MIEN_STORE_JOURNAL_INTERNAL_H
#define MIEN_STORE_JOURNAL_INTERNAL_H

#include "common/base/mem.h"
#include "common/file/hash.h"
#include "common/store/db_internal.h"
#include "common/study/event.h"

enum { JOURNAL_CHAIN_SIZE = 16 };

/* The end of one chain, to append to. */
struct journal {
    struct db *db; /* borrowed */
    uint8_t chain[JOURNAL_CHAIN_SIZE];
    uint8_t head[EVENT_HASH_SIZE];
};

struct journal_record {
    struct event event; /* its texts belong to the list's arena */
    uint8_t previous[EVENT_HASH_SIZE];
    uint8_t commitment[HASH_SIZE];
    uint8_t salt[HASH_SALT_SIZE];
    int64_t seq;
    bool tombstone; /* its payload was erased */
};

struct journal_list {
    struct journal_record *item; /* owned */
    size_t count, capacity;
    struct arena texts;
};

struct journal_report {
    size_t events;
    size_t erased;   /* payloads that are gone, with a tombstone */
    size_t forks;    /* events with more than one successor, each but one */
    char fault[256]; /* "" when the chain verifies */
};

/* What the first event of a chain follows. */
void journal_beginning(const uint8_t chain[JOURNAL_CHAIN_SIZE],
                       uint8_t hash[EVENT_HASH_SIZE]);
void journal_commitment(const uint8_t salt[HASH_SALT_SIZE], const char *payload,
                        uint8_t out[HASH_SIZE]);
void journal_hash(const struct event *event,
                  const uint8_t previous[EVENT_HASH_SIZE],
                  const uint8_t commitment[HASH_SIZE],
                  uint8_t out[EVENT_HASH_SIZE]);

bool journal_open(struct journal *journal, struct db *db,
                  const uint8_t chain[JOURNAL_CHAIN_SIZE], struct error *err);
/* Within a transaction; fills event->hash.  The head moves at once. */
bool journal_append(struct journal *journal, struct event *event,
                    struct error *err);
/* Begins, appends, commits; after false the head is where it was. */
bool journal_append_alone(struct journal *journal, struct event *event,
                          struct error *err);
/* Stores an event of any chain as it is; the payload unless it is NULL. */
bool journal_put(struct db *db, const uint8_t chain[JOURNAL_CHAIN_SIZE],
                 const struct journal_record *record, int64_t *seq,
                 struct error *err);
/* 1, 0, or -1. */
int journal_has(struct db *db, const uint8_t hash[EVENT_HASH_SIZE],
                struct error *err);
int journal_is_tombstone(struct db *db, const uint8_t hash[EVENT_HASH_SIZE],
                         struct error *err);
/* Deletes a payload, and the samples of the pass that it began, and lets them
 * not come back. */
bool journal_bury(struct db *db, const uint8_t hash[EVENT_HASH_SIZE],
                  struct error *err);

/* The whole chain as it was appended. */
bool journal_load(struct db *db, const uint8_t chain[JOURNAL_CHAIN_SIZE],
                  struct journal_list *list, struct error *err);
void journal_list_release(struct journal_list *list);
/*
 * Puts a chain with forks into the order in which it is folded: no event
 * before the one it follows, else by (wall time, hash).
 */
void journal_order(struct journal_list *list);
/* The hashes that no event follows, in byte order; the caller's. */
uint8_t (*journal_heads(const struct journal_list *list,
                        size_t *count))[EVENT_HASH_SIZE];
/* Hashes, links and commitments of a list as it was loaded. */
void journal_verify(const struct journal_list *list,
                    const uint8_t chain[JOURNAL_CHAIN_SIZE],
                    struct journal_report *report);

#endif
