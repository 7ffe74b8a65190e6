/*
 * atomic - outputs are written beside their place and renamed into it.
 *
 * What stood under the name stays whole until the new file is complete and
 * on disk.  The temporary file is removed when anything fails.  A symbolic
 * link is followed; a device or a pipe is written in place.
 */
#ifndef MIEN_FILE_ATOMIC_H
#define MIEN_FILE_ATOMIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

#include "common/base/error.h"

struct atomic_file;

/* `mode` such as 0644; the umask applies.  Refuses to replace a database. */
struct atomic_file *atomic_open(const char *path, mode_t mode,
                                struct error *err);
/* The same, leaving nothing: asked before long work whose end it is. */
bool atomic_may_write(const char *path, struct error *err);
FILE *atomic_stream(struct atomic_file *file); /* borrowed */
/* Flush, fsync, rename; `file` is freed in any case. */
bool atomic_commit(struct atomic_file *file, struct error *err);
/* Throws the new text away; takes NULL. */
void atomic_abort(struct atomic_file *file);

/* All in one.  A path of "-" is stdout.  Only a database replaces another. */
bool atomic_write(const char *path, const void *bytes, size_t length,
                  struct error *err);
/* A whole file as zero-ended text, the caller's; at most `limit` bytes. */
char *file_read(const char *path, size_t limit, size_t *length,
                struct error *err);
/* As it; a file with a zero byte is no text, which is told with its line. */
char *file_read_text(const char *path, size_t limit, struct error *err);

#endif
