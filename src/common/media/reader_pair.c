/*
 * reader_pair - two media, or spans of them, as one.
 */
#include <config.h>

#include "common/media/reader_pair.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/media/rate.h"
#include "common/media/reader_internal.h"

enum { PIECE = 4096, SIDES = 2 };

static const char mark[] = "//pair/";

/* One of the two. */
struct part {
    struct reader *reader; /* owned; NULL: it is in `whole` */
    float *whole;          /* owned */
    int channels;
    int64_t from;   /* frame of the reader where it begins */
    int64_t frames; /* so many */
};

struct pair {
    struct part part[SIDES];
    int rate, channels;
    int64_t gap; /* frames */
    int64_t at;  /* frame that is read next */
    float *in;   /* owned; PIECE frames of a part */
};

char *reader_pair_name(const struct reader_part *first,
                       const struct reader_part *second)
{
    return xasprintf(
        "%s%" PRId64 ":%" PRId64 ":%" PRId64 ":%" PRId64 ":%zu:%s:%s", mark,
        first->start_us, first->end_us, second->start_us, second->end_us,
        strlen(first->path), first->path, second->path);
}

bool reader_is_pair(const char *path)
{
    return strncmp(path, mark, sizeof(mark) - 1) == 0;
}

/* Paths are the caller's; false when it is no such name. */
static bool take_apart(const char *name, struct reader_part part[SIDES],
                       char *path[SIDES])
{
    size_t length = 0;
    int used = 0;
    const char *rest;

    path[0] = path[1] = NULL;
    if (!reader_is_pair(name))
        return false;
    rest = name + sizeof(mark) - 1;
    if (sscanf(rest, "%" SCNd64 ":%" SCNd64 ":%" SCNd64 ":%" SCNd64 ":%zu:%n",
               &part[0].start_us, &part[0].end_us, &part[1].start_us,
               &part[1].end_us, &length, &used) != 5 ||
        used == 0)
        return false;
    rest += used;
    if (strlen(rest) <= length || rest[length] != ':')
        return false;
    path[0] = xstrndup(rest, length);
    path[1] = xstrdup(rest + length + 1);
    part[0].path = path[0];
    part[1].path = path[1];
    return true;
}

char *reader_pair_path(const char *name, int side)
{
    struct reader_part part[SIDES];
    char *path[SIDES];

    if (!take_apart(name, part, path))
        return NULL;
    free(path[side == 0]);
    return path[side != 0];
}

static void pair_close(void *source)
{
    struct pair *pair = source;

    for (int side = 0; side < SIDES; side++) {
        reader_close(pair->part[side].reader);
        free(pair->part[side].whole);
    }
    free(pair->in);
    free(pair);
}

/* How long it is, by reading to its end where nobody knows. */
static bool find_end(struct reader *reader, int64_t *frames, struct error *err)
{
    const struct reader_info *info = reader_info(reader);
    float *nowhere;
    int64_t got = 1;

    if (info->frames < 0) {
        nowhere = xreallocarray(NULL, PIECE,
                                (size_t)info->channels * sizeof(*nowhere));
        while (got > 0)
            got = reader_read(reader, nowhere, PIECE, err);
        free(nowhere);
    }
    *frames = reader_info(reader)->frames;
    return got >= 0;
}

static bool open_part(const struct reader_part *wanted, struct part *part,
                      struct error *err)
{
    int64_t frames, to;

    part->reader = reader_open_film(wanted->path, err);
    if (!part->reader || !find_end(part->reader, &frames, err))
        return false;
    part->channels = reader_info(part->reader)->channels;
    part->from = wanted->start_us > 0
                     ? reader_frame_at(part->reader, wanted->start_us)
                     : 0;
    to = wanted->end_us >= 0 ? reader_frame_at(part->reader, wanted->end_us)
                             : frames;
    if (to > frames)
        to = frames;
    part->frames = to - part->from;
    if (part->frames <= 0)
        return error_set(err, ERROR_INPUT,
                         "%s: the span begins after the end of the medium",
                         wanted->path);
    return reader_seek(part->reader, part->from, err);
}

/* What is decoded whole, as far as it has come. */
struct load {
    struct part *part;
    struct rate *rate; /* owned */
    int64_t got, room; /* frames */
};

static void take_ready(struct load *load)
{
    struct part *part = load->part;
    int64_t ready = rate_ready(load->rate);
    size_t width = (size_t)part->channels;

    if (load->got + ready > load->room) {
        load->room = load->got + ready + PIECE;
        part->whole = xreallocarray(part->whole, (size_t)load->room,
                                    width * sizeof(*part->whole));
    }
    load->got +=
        rate_pull(load->rate, part->whole + (size_t)load->got * width, ready);
}

/* All of the part into memory, at `rate`; its reader is done with. */
static bool load_part(struct part *part, int rate, struct error *err)
{
    int own = reader_info(part->reader)->rate;
    struct load load = { .part = part };
    int64_t done = 0, got = 1;
    float *piece;

    if (part->frames / own > READER_PAIR_WHOLE_S)
        return error_set(err, ERROR_LIMIT,
                         "%s: has another sampling rate than the one that it "
                         "is compared with and is longer than %d minutes; "
                         "give both the same rate",
                         reader_path(part->reader), READER_PAIR_WHOLE_S / 60);
    load.rate = rate_new(own, rate, part->channels, err);
    if (!load.rate)
        return error_prefix(err, "%s", reader_path(part->reader));
    load.room = rate_length(part->frames, own, rate);
    part->whole = xreallocarray(NULL, (size_t)load.room + 1,
                                (size_t)part->channels * sizeof(float));
    piece = xreallocarray(NULL, PIECE, (size_t)part->channels * sizeof(*piece));
    while (got > 0 && done < part->frames) {
        int64_t left = part->frames - done;

        got =
            reader_read(part->reader, piece, left < PIECE ? left : PIECE, err);
        if (got > 0) {
            rate_push(load.rate, piece, got);
            take_ready(&load);
            done += got;
        }
    }
    rate_finish(load.rate);
    take_ready(&load);
    free(piece);
    rate_free(load.rate);
    reader_close(part->reader);
    part->reader = NULL;
    part->frames = load.got;
    return got >= 0;
}

/* From a part's channels to those of both: one to all, else the first. */
static void spread(const struct pair *pair, const struct part *part,
                   const float *in, float *out, int64_t frames)
{
    for (int64_t i = 0; i < frames; i++, in += part->channels)
        for (int c = 0; c < pair->channels; c++)
            *out++ = part->channels == 1  ? in[0]
                     : c < part->channels ? in[c]
                                          : 0;
}

static int64_t read_part(struct pair *pair, struct part *part, int64_t at,
                         float *out, int64_t frames, struct error *err)
{
    int64_t got = frames < PIECE ? frames : PIECE;

    if (got > part->frames - at)
        got = part->frames - at;
    if (part->whole) {
        spread(pair, part, part->whole + at * part->channels, out, got);
        return got;
    }
    got = reader_read(part->reader, pair->in, got, err);
    if (got > 0)
        spread(pair, part, pair->in, out, got);
    return got;
}

static int64_t second_at(const struct pair *pair)
{
    return pair->part[0].frames + pair->gap;
}

static int64_t pair_read(void *source, float *out, int64_t frames,
                         struct error *err)
{
    struct pair *pair = source;
    int64_t second = second_at(pair);
    int64_t got;

    if (pair->at < pair->part[0].frames) {
        got = read_part(pair, &pair->part[0], pair->at, out, frames, err);
    } else if (pair->at < second) {
        got = frames < second - pair->at ? frames : second - pair->at;
        memset(out, 0, (size_t)got * (size_t)pair->channels * sizeof(*out));
    } else {
        got = read_part(pair, &pair->part[1], pair->at - second, out, frames,
                        err);
    }
    if (got > 0)
        pair->at += got;
    return got;
}

/* The second begins at its beginning whenever it is come to. */
static bool place(struct part *part, int64_t at, struct error *err)
{
    return part->whole || reader_seek(part->reader, part->from + at, err);
}

static bool pair_seek(void *source, int64_t frame, struct error *err)
{
    struct pair *pair = source;
    int64_t second = second_at(pair);
    int64_t last = pair->part[0].frames;

    if (frame > second + pair->part[1].frames)
        return error_set(err, ERROR_INPUT, "%.3f s is beyond the end",
                         (double)frame / pair->rate);
    if (!place(&pair->part[0], frame < last ? frame : last, err) ||
        !place(&pair->part[1], frame > second ? frame - second : 0, err))
        return false;
    pair->at = frame;
    return true;
}

static const struct reader_backend reader_two = {
    .read = pair_read,
    .seek = pair_seek,
    .close = pair_close,
};

static bool open_both(const char *name, struct pair *pair, struct error *err)
{
    struct reader_part wanted[SIDES];
    char *path[SIDES];
    bool good = take_apart(name, wanted, path) ||
                error_set(err, ERROR_INPUT, "is no name of two media");

    for (int side = 0; good && side < SIDES; side++) {
        const struct reader_info *info;

        good = open_part(&wanted[side], &pair->part[side], err);
        if (!good)
            break;
        info = reader_info(pair->part[side].reader);
        if (info->rate > pair->rate)
            pair->rate = info->rate;
        if (info->channels > pair->channels)
            pair->channels = info->channels;
    }
    for (int side = 0; good && side < SIDES; side++)
        if (reader_info(pair->part[side].reader)->rate != pair->rate)
            good = load_part(&pair->part[side], pair->rate, err);
    free(path[0]);
    free(path[1]);
    return good;
}

struct reader *reader_open_pair(const char *name, struct error *err)
{
    struct pair *pair = xcalloc(1, sizeof(*pair));
    struct reader_info info = { .format = "two media" };

    if (!open_both(name, pair, err)) {
        pair_close(pair);
        return NULL;
    }
    pair->gap = (int64_t)pair->rate * READER_PAIR_GAP_US / 1000000;
    pair->in =
        xreallocarray(NULL, PIECE, (size_t)pair->channels * sizeof(*pair->in));
    info.rate = pair->rate;
    info.channels = pair->channels;
    info.second = second_at(pair);
    info.frames = info.about_frames = info.second + pair->part[1].frames;
    return reader_wrap(name, &info, &reader_two, pair);
}
