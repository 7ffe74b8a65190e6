/*
 * checkpoint - takes the write-ahead log into its database, in a thread of
 * its own with a connection of its own.
 *
 * A checkpoint waits for the disk.  On the writer's own connection each of
 * them would hold up whoever writes, up to seconds when the disk is busy, and
 * a key that is pressed meanwhile would be stamped late.
 */
#ifndef MIEN_STORE_CHECKPOINT_INTERNAL_H
#define MIEN_STORE_CHECKPOINT_INTERNAL_H

#include "common/base/error.h"

struct sqlite3;
struct checkpoint;

/*
 * From now on the log of `handle`, whose file is `path`, is taken in when it
 * has 1 MiB; from 3 MiB on the writer waits for it, so that it never passes
 * 4 MiB.  NULL with `err` filled.
 */
struct checkpoint *checkpoint_new(struct sqlite3 *handle, const char *path,
                                  struct error *err);
/* Before `handle` is closed or leaves WAL mode.  Takes NULL. */
void checkpoint_free(struct checkpoint *checkpoint);

#endif
