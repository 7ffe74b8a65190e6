/*
 * cache - features of media that were extracted before.
 *
 * An entry belongs to the bytes of the medium, the set with its version and
 * the segment, not to any file's name.  Each is a small file of its own,
 * complete or not there; a damaged one counts as not there.  Any thread may
 * use a cache, and any number of processes one folder.
 */
#ifndef MIEN_FEAT_CACHE_H
#define MIEN_FEAT_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/file/hash.h"

struct cache_key {
    uint8_t medium[HASH_SIZE]; /* SHA-256 of the file */
    const char *set;
    const char *version;
    int64_t start_us;
    int64_t end_us; /* negative: to the end */
};

/*
 * $XDG_CACHE_HOME/mien/features, else ~/.cache/mien/features; the caller's;
 * NULL when there is neither.
 */
char *cache_default_folder(void);

/* True when the entry is there and has `count` values. */
bool cache_get(const char *folder, const struct cache_key *key, double *value,
               size_t count);
/* Makes the folders where they lack. */
bool cache_put(const char *folder, const struct cache_key *key,
               const double *value, size_t count, struct error *err);

#endif
