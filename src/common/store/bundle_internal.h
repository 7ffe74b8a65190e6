/*
 * bundle_internal - a bundle in memory, making bundles, and what the project
 * does with them.
 */
#ifndef MIEN_STORE_BUNDLE_INTERNAL_H
#define MIEN_STORE_BUNDLE_INTERNAL_H

#include "common/base/mem.h"
#include "common/store/bundle.h"
#include "common/store/journal_internal.h"

enum { BUNDLE_ID_SIZE = 16, BUNDLE_ID_HEX = 33, ENTRY_ID_HEX = 17 };

/* What one entry asks about. */
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
    /* The journal as it was verified, for the first one who wants its events:
     * to load it takes as long as all else that opening does. */
    struct journal_list verified;
    bool has_verified;
};

/* The second of a pair; as in struct bundle_draft. */
struct bundle_draft_second {
    const char *medium; /* NULL: it is no pair */
    uint8_t sha256[HASH_SIZE];
    int64_t start_us;
    int64_t end_us;
    const char *text;
    const char *speaker;
};

/* One entry of a bundle that is being made; texts are borrowed. */
struct bundle_draft {
    char id[ENTRY_ID_HEX];
    const char *medium; /* seen from the bundle's folder; "" for none */
    uint8_t sha256[HASH_SIZE];
    int64_t start_us;
    int64_t end_us;
    const char *text;    /* NULL: not shown */
    const char *speaker; /* NULL: not shown */
    const char *context; /* lines; NULL: not shown */
    bool practice;
    int asks; /* the protocol's attention check, or -1 */
    struct bundle_draft_second second;
};

/* The reference answer of an entry of practice; texts are borrowed. */
struct bundle_truth {
    const char *entry;
    const char *question;
    const char *value;
};

/* A new file with everything in it, or none. */
bool bundle_create(const char *path, const uint8_t id[BUNDLE_ID_SIZE],
                   const char *alias, const char *protocol,
                   const struct bundle_draft *draft, size_t count,
                   struct error *err);

/* On failure the file is taken away. */
bool bundle_add_truths(const char *path, const struct bundle_truth *truth,
                       size_t count, struct error *err);

/* bundle_read: what is asked; into `places` and `truths`. */
bool bundle_read(struct bundle *bundle, struct error *err);

struct db *bundle_db(struct bundle *bundle); /* borrowed */
struct journal *bundle_journal(struct bundle *bundle);
const uint8_t *bundle_id_bytes(const struct bundle *bundle);
/* As it lies in the file, and its hash; "" when there is none. */
const char *bundle_medium_path(const struct bundle *bundle, size_t index,
                               enum bundle_side side, const uint8_t **sha256);

#endif
