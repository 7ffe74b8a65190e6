/*
 * fuzz_hashes - what was remembered of the content of a large file: its hash,
 * in a folder of the user's cache.  Only 64 digits are believed; else the file
 * is read again, which is given up here at its first piece.
 */
#include <config.h>

#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/file/atomic.h"
#include "common/file/hash_checked.h"
#include "fuzz.h"

enum { HEX = 2 * HASH_SIZE };

static const char *const words[] = {
    "0123456789abcdef", "FF", "0x", "\n", " ", NULL
};

static bool stop(void *context)
{
    (void)context;
    return false;
}

/* A file that is large enough to be remembered, all of it a hole. */
static const char *large_file(void)
{
    static char *path;
    int file;

    if (path)
        return path;
    path = path_join(fuzz_folder(), "large");
    file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || ftruncate(file, CHECKED_LARGE + 1) != 0)
        abort();
    close(file);
    return path;
}

static const char *memory_folder(void)
{
    static char *folder;

    if (!folder)
        folder = path_join(fuzz_folder(), "memory");
    return folder;
}

static bool take_path(void *context, const char *relative, struct error *err)
{
    char **path = context;

    (void)err;
    free(*path);
    *path = path_join(memory_folder(), relative);
    return true;
}

/* Where the hash of the large file stands. */
static const char *memory_path(void)
{
    static char *path;
    uint8_t hash[HASH_SIZE];
    struct error err;

    if (!path &&
        (!checked_sha256(large_file(), memory_folder(), NULL, hash, &err) ||
         !path_walk(memory_folder(), take_path, &path, &err) || !path))
        abort();
    return path;
}

static void seeds(fuzz_give *give, void *context)
{
    fuzz_give_file(give, context, -1, memory_path());
    fuzz_give_text(give, context, -1, "");
    fuzz_give_text(give, context, -1,
                   "0123456789ABCDEF0123456789abcdef"
                   "0123456789abcdef0123456789abcdef");
    fuzz_give_text(give, context, -1,
                   "0123456789abcdef0123456789abcdef"
                   "0123456789abcdef0123456789abcdef\n");
}

static bool is_hash(const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!isxdigit(bytes[i]))
            return false;
    return length == HEX;
}

static void one(const uint8_t *bytes, size_t length)
{
    static const struct checked_watch watch = { stop, NULL };
    uint8_t hash[HASH_SIZE];
    char hex[HASH_HEX_SIZE];
    struct error err = { 0 };
    bool good;

    /* What looks like a database would not be written over. */
    unlink(memory_path());
    if (!atomic_write(memory_path(), bytes, length, &err))
        fuzz_wrong(__FILE__, __LINE__, "what is remembered is written",
                   err.text);
    good = checked_sha256(large_file(), memory_folder(), &watch, hash, &err);
    fuzz_answered(good, &err, NULL);
    fuzz_must(good == is_hash(bytes, length));
    if (!good)
        return;
    hash_to_hex(hash, HASH_SIZE, hex);
    fuzz_must(strncasecmp(hex, (const char *)bytes, HEX) == 0);
}

const struct fuzz_target fuzz_target = {
    .name = "hashes",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 256,
    .runs = 500,
};
