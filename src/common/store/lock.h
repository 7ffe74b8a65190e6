/*
 * lock - one writer a file: flock() on a lock file that says who.
 *
 * The lock ends with the process however that ends; what is written in the
 * file is for the message only.
 */
#ifndef MIEN_STORE_LOCK_H
#define MIEN_STORE_LOCK_H

#include "common/base/error.h"

struct lock;

/* Locks `path` by a file `path`.lock; ERROR_BUSY names who has it. */
struct lock *lock_take(const char *path, struct error *err);
void lock_drop(struct lock *lock); /* takes NULL */

#endif
