/*
 * peaks_file - pyramids that are kept, so that a long medium is read once.
 */
#include <config.h>

#include "common/media/peaks_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/file/atomic.h"
#include "common/media/peaks_internal.h"

static const char magic[16] = "mien-peaks 1\n";

/* In the machine's own byte order: the cache never leaves it. */
struct head {
    char magic[16];
    int64_t rate, channels, kept, first, bucket, frames;
    int64_t pairs; /* of all channels */
    uint8_t hash[HASH_SIZE];
};

char *peaks_file_name(const char *folder, const uint8_t medium[HASH_SIZE],
                      int64_t start_us, int64_t end_us)
{
    const struct hash_part part[] = {
        { medium, HASH_SIZE },
        { &start_us, sizeof(start_us) },
        { &end_us, sizeof(end_us) },
    };
    uint8_t hash[HASH_SIZE];
    char hex[HASH_HEX_SIZE];

    hash_blake2b(part, 3, NULL, 0, hash);
    hash_to_hex(hash, HASH_SIZE, hex);
    return path_join(folder, hex);
}

static void hash_of(const struct head *head, const struct pair *pair,
                    uint8_t out[HASH_SIZE])
{
    struct head plain = *head;
    const struct hash_part part[] = {
        { &plain, sizeof(plain) },
        { pair, (size_t)head->pairs * sizeof(*pair) },
    };

    memset(plain.hash, 0, sizeof(plain.hash));
    hash_blake2b(part, 2, NULL, 0, out);
}

/* --- room --------------------------------------------------------------- */

struct hoard {
    const char *folder;
    int64_t bytes;
    char *oldest; /* owned */
    time_t when;
};

static bool weigh(void *context, const char *relative, struct error *err)
{
    struct hoard *hoard = context;
    char *path = path_join(hoard->folder, relative);
    struct stat info;

    (void)err;
    if (stat(path, &info) == 0) {
        hoard->bytes += info.st_size;
        if (!hoard->oldest || info.st_mtime < hoard->when) {
            free(hoard->oldest);
            hoard->oldest = path;
            hoard->when = info.st_mtime;
            return true;
        }
    }
    free(path);
    return true;
}

/* The oldest go until `more` bytes find room. */
static bool make_room(const char *folder, int64_t more, struct error *err)
{
    bool good = true, full = true;

    while (good && full) {
        struct hoard hoard = { .folder = folder };

        good = path_walk(folder, weigh, &hoard, err);
        full = hoard.oldest && hoard.bytes + more > PEAKS_FILE_MOST;
        if (good && full && unlink(hoard.oldest) != 0)
            good = error_set_errno(err, ERROR_IO, "%s", hoard.oldest);
        free(hoard.oldest);
    }
    return good;
}

/* --- files -------------------------------------------------------------- */

bool peaks_file_write(struct peaks *peaks, const char *path, struct error *err)
{
    const struct level *level = &peaks->level[0];
    struct head head = {
        .rate = peaks->rate,
        .channels = peaks->channels,
        .kept = peaks->kept,
        .first = peaks->first,
        .bucket = peaks->bucket,
        .frames = peaks->frames, /* nobody adds to finished ones */
        .pairs = (int64_t)level->count,
    };
    char *folder = path_folder(path);
    struct atomic_file *file;
    FILE *stream;
    bool good = false;

    memcpy(head.magic, magic, sizeof(magic));
    hash_of(&head, level->item, head.hash);
    if (!path_make_folders(folder, 0700, err) ||
        !make_room(folder, (int64_t)(level->count * sizeof(struct pair)), err))
        goto failed;
    file = atomic_open(path, 0600, err);
    if (!file)
        goto failed;
    stream = atomic_stream(file);
    if (fwrite(&head, sizeof(head), 1, stream) != 1 ||
        fwrite(level->item, sizeof(struct pair), level->count, stream) !=
            level->count) {
        error_set_errno(err, ERROR_IO, "%s", path);
        atomic_abort(file);
        goto failed;
    }
    good = atomic_commit(file, err);

failed:
    free(folder);
    return good;
}

/* Frames that a medium can have: their times in us do not overflow. */
static bool is_length(int64_t frames)
{
    return frames >= 0 && frames <= INT64_C(1) << 50;
}

/* Any file may lie there: nothing is multiplied before it was looked at. */
static bool is_sound(const struct head *head, int64_t bytes)
{
    return memcmp(head->magic, magic, sizeof(magic)) == 0 &&
           head->rate >= READER_MIN_RATE && head->rate <= READER_MAX_RATE &&
           head->channels > 0 && head->channels <= READER_MAX_CHANNELS &&
           head->kept ==
               (head->channels <= PEAKS_CHANNELS ? head->channels : 1) &&
           head->bucket > 0 && is_length(head->bucket) &&
           is_length(head->first) && is_length(head->frames) &&
           head->pairs >= 0 && head->pairs <= PEAKS_FILE_MOST &&
           head->pairs % head->kept == 0 &&
           bytes == (int64_t)sizeof(*head) +
                        head->pairs * (int64_t)sizeof(struct pair) &&
           head->pairs / head->kept ==
               (head->frames + head->bucket - 1) / head->bucket;
}

static struct peaks *rebuild(const struct head *head, const struct pair *pair)
{
    struct peaks *peaks =
        peaks_new((int)head->rate, (int)head->channels, head->first, -1);

    peaks->bucket = head->bucket;
    for (int64_t i = 0; i < head->pairs; i += head->kept)
        peaks_push(peaks, 0, pair + i);
    peaks->frames = head->frames;
    peaks->finished = true;
    return peaks;
}

struct peaks *peaks_file_read(const char *path, struct error *err)
{
    size_t length = 0;
    char *bytes = file_read(path, PEAKS_FILE_MOST, &length, err);
    struct peaks *peaks = NULL;
    const struct pair *pair;
    uint8_t hash[HASH_SIZE];
    struct head head;

    if (!bytes)
        return NULL;
    if (length < sizeof(head))
        goto damaged;
    memcpy(&head, bytes, sizeof(head));
    if (!is_sound(&head, (int64_t)length))
        goto damaged;
    pair = (const struct pair *)(const void *)(bytes + sizeof(head));
    hash_of(&head, pair, hash);
    if (memcmp(hash, head.hash, HASH_SIZE) != 0)
        goto damaged;
    peaks = rebuild(&head, pair);
    free(bytes);
    return peaks;

damaged:
    error_set(err, ERROR_INPUT, "%s: no waveform of this version", path);
    free(bytes);
    return NULL;
}
