/*
 * path - names of files, as text and on disk.  Returned strings are the
 * caller's.
 */
#ifndef MIEN_BASE_PATH_H
#define MIEN_BASE_PATH_H

#include <stdbool.h>
#include <sys/types.h>

#include "common/base/error.h"

/* "a" and "b/c" give "a/b/c"; an absolute `name` stands alone. */
char *path_join(const char *folder, const char *name);
/* "a/b.c" gives "a", "b.c" gives ".", "/b" gives "/". */
char *path_folder(const char *path);
/* The part after the last slash; borrowed from `path`. */
const char *path_name(const char *path);
/* "a/b.tar.gz" gives "a/b.tar"; a leading dot is no extension. */
char *path_without_extension(const char *path);
/* The extension with its dot, or "" ; borrowed from `path`. */
const char *path_extension(const char *path);
/* `path` as seen from `folder`, both made absolute first. */
char *path_relative(const char *folder, const char *path);
/* Absolute, without "." and ".."; symbolic links are left alone. */
char *path_absolute(const char *path);

/*
 * A folder of the user's cache: $XDG_CACHE_HOME/mien/NAME, else
 * ~/.cache/mien/NAME; the caller's.  NULL when neither variable is set to an
 * absolute path: relative ones are ignored, as the base directory
 * specification has it.
 */
char *path_cache(const char *name);

bool path_is_file(const char *path);
/* Both are there and are one plain file, by whatever name or link. */
bool path_same_file(const char *a, const char *b);
bool path_is_folder(const char *path);
/* Makes the folder and all above it; one that is there is no error. */
bool path_make_folders(const char *path, mode_t mode, struct error *err);

/*
 * Calls `visit` for every plain file under `folder`, in byte order of the
 * relative path; links to folders are not followed.  Stops with false when
 * `visit` does.
 */
bool path_walk(const char *folder,
               bool (*visit)(void *context, const char *relative,
                             struct error *err),
               void *context, struct error *err);

#endif
