/*
 * snapshot - frozen, content-hashed states of a project.
 *
 * A snapshot is a list of lines (see truth.h); its hash is SHA-256 over them,
 * each with its newline, so that the same state has the same hash.  What is
 * frozen never changes, but for erasures: lines that concern an erased person
 * are gone, and the snapshot counts them.
 */
#ifndef MIEN_STORE_SNAPSHOT_H
#define MIEN_STORE_SNAPSHOT_H

#include "common/store/truth.h"

struct snapshot {
    char *name; /* owned */
    int64_t made_us;
    char sha256[HASH_HEX_SIZE];
    size_t lines;
    size_t erased; /* of these, since */
};

struct snapshots {
    struct snapshot *item; /* owned; in the order in which they were made */
    size_t count, capacity;
};

void snapshot_hash(const struct truth_lines *lines, char hex[HASH_HEX_SIZE]);
/* Within no transaction; fails when the name is taken. */
bool snapshot_create(struct project *project, const char *name,
                     const struct truth_lines *lines, struct error *err);
bool snapshot_list(struct project *project, struct snapshots *list,
                   struct error *err);
void snapshots_release(struct snapshots *list);
/* Its lines in their order; those that were erased are TRUTH_ERASED. */
bool snapshot_load(struct project *project, const char *name,
                   struct snapshot *snapshot, struct truth_lines *lines,
                   struct error *err);
void snapshot_release(struct snapshot *snapshot);

#endif
