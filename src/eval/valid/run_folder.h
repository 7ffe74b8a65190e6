/*
 * run_folder - a folder that appears whole or not at all.
 *
 * Files are written into a hidden folder beside it, which is renamed at the
 * end.  An earlier run is replaced only when asked for, and only when it
 * holds nothing but what a run writes.
 */
#ifndef MIEN_VALID_RUN_FOLDER_H
#define MIEN_VALID_RUN_FOLDER_H

#include <stdbool.h>

#include "common/base/buf.h"
#include "common/base/error.h"

struct run_folder;

/* May `path` be written?  For asking before the work begins. */
bool run_folder_check(const char *path, bool force, struct error *err);

struct run_folder *run_folder_open(const char *path, bool force,
                                   struct error *err);
/* The path of a file in it for now; the caller's. */
char *run_folder_file(const struct run_folder *folder, const char *name);
bool run_folder_write(const struct run_folder *folder, const char *name,
                      const struct buf *text, struct error *err);
/* Gives it its name; `folder` is freed in any case. */
bool run_folder_commit(struct run_folder *folder, struct error *err);
/* Throws it away; takes NULL. */
void run_folder_abort(struct run_folder *folder);

#endif
