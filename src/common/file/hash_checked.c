/*
 * hash_checked - the SHA-256 of a file, piece by piece, remembered for large
 * ones.
 */
#include <config.h>

#include "common/file/hash_checked.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sodium.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/file/atomic.h"

enum { PIECE = 256 << 10 }; /* bytes */

/* Where the hash of this very state of the file stands; the caller's. */
static char *memory_path(const char *folder, const struct stat *info)
{
    const int64_t state[] = {
        (int64_t)info->st_dev,          (int64_t)info->st_ino,
        (int64_t)info->st_size,         (int64_t)info->st_mtim.tv_sec,
        (int64_t)info->st_mtim.tv_nsec, (int64_t)info->st_ctim.tv_sec,
        (int64_t)info->st_ctim.tv_nsec,
    };
    const struct hash_part part = { state, sizeof(state) };
    uint8_t hash[HASH_SIZE];
    char hex[HASH_HEX_SIZE];

    hash_blake2b(&part, 1, NULL, 0, hash);
    hash_to_hex(hash, HASH_SIZE, hex);
    return path_join(folder, hex);
}

static bool recall(const char *path, uint8_t out[HASH_SIZE])
{
    struct error err;
    size_t length;
    char *text = file_read(path, HASH_HEX_SIZE, &length, &err);
    bool good = text && length == HASH_HEX_SIZE - 1 &&
                hash_from_hex(text, out, HASH_SIZE);

    free(text);
    return good;
}

/* Not to be able to is no fault: it is read again next time. */
static void remember(const char *folder, const char *path,
                     const uint8_t hash[HASH_SIZE])
{
    char hex[HASH_HEX_SIZE];
    struct error err;

    hash_to_hex(hash, HASH_SIZE, hex);
    if (path_make_folders(folder, 0700, &err))
        atomic_write(path, hex, HASH_HEX_SIZE - 1, &err);
}

static bool read_all(FILE *stream, const char *path,
                     const struct checked_watch *watch, uint8_t out[HASH_SIZE],
                     struct error *err)
{
    crypto_hash_sha256_state state;
    unsigned char *piece = xmalloc(PIECE);
    bool good = true;
    size_t got;

    crypto_hash_sha256_init(&state);
    while (good && (got = fread(piece, 1, PIECE, stream)) > 0) {
        crypto_hash_sha256_update(&state, piece, got);
        if (watch && !watch->go_on(watch->context))
            good = error_set(err, ERROR_INTERRUPTED, "not wanted any more");
    }
    if (good && ferror(stream))
        good = error_set_errno(err, ERROR_IO, "%s: cannot read", path);
    crypto_hash_sha256_final(&state, out);
    free(piece);
    return good;
}

bool checked_sha256(const char *path, const char *folder,
                    const struct checked_watch *watch, uint8_t out[HASH_SIZE],
                    struct error *err)
{
    FILE *stream = fopen(path, "re");
    char *memory = NULL;
    struct stat info;
    bool good;

    if (!stream)
        return error_set_errno(err, ERROR_INPUT, "%s: cannot open", path);
    if (folder && fstat(fileno(stream), &info) == 0 &&
        info.st_size > CHECKED_LARGE)
        memory = memory_path(folder, &info);
    good = memory && recall(memory, out);
    if (!good) {
        good = read_all(stream, path, watch, out, err);
        if (good && memory)
            remember(folder, memory, out);
    }
    free(memory);
    fclose(stream);
    return good;
}
