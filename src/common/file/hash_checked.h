/*
 * hash_checked - the SHA-256 of a file, piece by piece, and remembered for
 * large ones.
 *
 * A file of more than CHECKED_LARGE bytes is not read again as long as its
 * device, inode, size, and times of last change of content and of inode are
 * those of when it was read (as git trusts its index); smaller ones always
 * are.  What is remembered lies in a folder of the user's cache, under names
 * that are hashes.
 */
#ifndef MIEN_FILE_HASH_CHECKED_H
#define MIEN_FILE_HASH_CHECKED_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/file/hash.h"

enum { CHECKED_LARGE = 64 << 20 };

struct checked_watch {
    bool (*go_on)(void *context); /* asked after each piece of 256 KiB */
    void *context;
};

/* `folder` NULL: nothing is remembered.  `watch` NULL: never given up; else
 * ERROR_INTERRUPTED when it says no. */
bool checked_sha256(const char *path, const char *folder,
                    const struct checked_watch *watch, uint8_t out[HASH_SIZE],
                    struct error *err);

#endif
