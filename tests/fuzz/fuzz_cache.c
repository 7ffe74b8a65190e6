/*
 * fuzz_cache - what mien itself kept in the user's cache: waveforms and
 * features.  A file there may be cut off, old, or somebody's joke.
 *
 * The first byte: waveforms as they are, with their hash made right (so that
 * what is behind the hash is seen, too), or features.
 */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/file/atomic.h"
#include "common/file/hash.h"
#include "common/media/peaks_file.h"
#include "eval/feat/cache.h"
#include "fuzz.h"

enum { MODE_PEAKS, MODE_HASHED, MODE_FEATURES, MODES };
enum { HEAD = 104, HASH_AT = 72, VALUES = 4, COLUMNS = 16 };

static const char *const words[] = {
    "mien-features 1\n", "4\n",        "end\n", "1e308\n",
    "mien-peaks 1\n",    "\x01\0\0\0", NULL
};

static const struct cache_key key = { .set = "basic",
                                      .version = "1",
                                      .end_us = -1 };

/* Where the one entry of our own cache lies; the caller's. */
static char *entry_path(void)
{
    static const char digits[] = "0123456789abcdef";
    const double value[VALUES] = { 1, NAN, -0.5, 1e10 };
    static char *found;

    for (int i = 0; !found && i < 256; i++) {
        struct error err;
        char *folder;

        if (i == 0 && !cache_put(fuzz_folder(), &key, value, VALUES, &err))
            abort();
        folder =
            xasprintf("%s/%c%c", fuzz_folder(), digits[i / 16], digits[i % 16]);
        if (path_is_folder(folder))
            found = folder;
        else
            free(folder);
    }
    return found;
}

static bool take_path(void *context, const char *relative, struct error *err)
{
    char **path = context;

    (void)err;
    free(*path);
    *path = path_join(entry_path(), relative);
    return true;
}

static const char *features_path(void)
{
    static char *path;
    struct error err;

    if (!path && !path_walk(entry_path(), take_path, &path, &err))
        abort();
    return path;
}

static void seeds(fuzz_give *give, void *context)
{
    char *path = path_join(fuzz_folder(), "kept");
    float sample[600];
    struct error err;

    for (int i = 0; i < 600; i++)
        sample[i] = (float)sin(0.1 * i);
    for (int channels = 1; channels <= 3; channels++) {
        struct peaks *peaks = peaks_new(8000, channels, 5, -1);

        peaks_add(peaks, sample, 600 / channels);
        peaks_finish(peaks);
        if (!peaks_file_write(peaks, path, &err))
            abort();
        peaks_free(peaks);
        fuzz_give_file(give, context, MODE_PEAKS, path);
        fuzz_give_file(give, context, MODE_HASHED, path);
    }
    fuzz_give_file(give, context, MODE_FEATURES, features_path());
    free(path);
}

/* As peaks_file has it: BLAKE2b of the head, without it, and the rest. */
static void make_right(uint8_t *bytes, size_t length)
{
    uint8_t hash[HASH_SIZE];
    struct hash_part part[2] = { { bytes, HEAD },
                                 { bytes + HEAD, length - HEAD } };

    memset(bytes + HASH_AT, 0, HASH_SIZE);
    hash_blake2b(part, 2, NULL, 0, hash);
    memcpy(bytes + HASH_AT, hash, HASH_SIZE);
}

static void read_peaks(const uint8_t *bytes, size_t length, bool right)
{
    uint8_t *copy = xmalloc(length + 1);
    struct error err = { 0 };
    struct peak column[COLUMNS];
    struct peaks_info info;
    struct peaks *peaks;
    const char *path;

    memcpy(copy, bytes, length);
    if (right && length >= HEAD)
        make_right(copy, length);
    path = fuzz_file(copy, length);
    free(copy);
    peaks = peaks_file_read(path, &err);
    fuzz_answered(peaks != NULL, &err, path);
    if (!peaks)
        return;
    peaks_info(peaks, &info);
    fuzz_must(info.finished && info.rate > 0 && info.frames >= 0);
    for (int zoom = 0; zoom < 3; zoom++) {
        size_t drawn = peaks_draw(
            peaks, zoom == 1 ? 0 : PEAKS_ALL, 0,
            zoom == 2 ? INT64_C(86400000000) : 1000 << zoom, column, COLUMNS);

        fuzz_must(drawn <= COLUMNS);
        for (size_t i = 0; i < COLUMNS; i++)
            fuzz_must(column[i].low >= -1.1F && column[i].high <= 1.1F);
    }
    peaks_free(peaks);
}

static void read_features(const uint8_t *bytes, size_t length)
{
    double value[VALUES];
    struct error err;

    /* What looks like a database would not be written over. */
    remove(features_path());
    if (!atomic_write(features_path(), bytes, length, &err))
        abort();
    if (cache_get(fuzz_folder(), &key, value, VALUES))
        for (int i = 0; i < VALUES; i++)
            fuzz_must(!isinf(value[i]));
}

static void one(const uint8_t *bytes, size_t length)
{
    int mode = fuzz_take(&bytes, &length) % MODES;

    if (mode == MODE_FEATURES)
        read_features(bytes, length);
    else
        read_peaks(bytes, length, mode == MODE_HASHED);
}

const struct fuzz_target fuzz_target = {
    .name = "cache",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 4096,
    .runs = 2000,
};
