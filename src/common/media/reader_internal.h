/*
 * reader_internal - what reader needs of a library; private to media.
 *
 * Errors of a backend leave the path out; reader puts it before them.
 */
#ifndef MIEN_MEDIA_READER_INTERNAL_H
#define MIEN_MEDIA_READER_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/media/reader.h"

enum backend_answer {
    BACKEND_OPEN,    /* *source is the caller's */
    BACKEND_FOREIGN, /* not its kind of file: ask the next one */
    BACKEND_FAILED,  /* its kind, but `err` says what is wrong */
};

struct reader_backend {
    enum backend_answer (*open)(const char *path, struct reader_info *info,
                                void **source, struct error *err);
    /* As reader_read(); may give fewer frames, 0 only at the end. */
    int64_t (*read)(void *source, float *out, int64_t frames,
                    struct error *err);
    /* The next read begins at `frame`, or at the end if that comes first. */
    bool (*seek)(void *source, int64_t frame, struct error *err);
    void (*close)(void *source);
};

extern const struct reader_backend reader_sndfile;
extern const struct reader_backend reader_ffmpeg;

/* By the name of reader_pair_name(); errors begin with the path of the one
 * that they are about. */
struct reader *reader_open_pair(const char *name, struct error *err);

/* A reader of its own over `source`, which it then owns. */
struct reader *reader_wrap(const char *path, const struct reader_info *info,
                           const struct reader_backend *backend, void *source);

#endif
