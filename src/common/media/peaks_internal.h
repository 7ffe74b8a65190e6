/*
 * peaks_internal - the pyramid itself, for the files of peaks.
 */
#ifndef MIEN_MEDIA_PEAKS_INTERNAL_H
#define MIEN_MEDIA_PEAKS_INTERNAL_H

#include <pthread.h>

#include "common/media/peaks.h"

enum {
    BUCKET_LEAST = 1,       /* frames */
    BUCKET_UNKNOWN = 256,   /* when the length is not known */
    BUCKETS_MOST = 1 << 20, /* at level 0; then buckets become longer */
    FAN = 4,                /* pairs of a level that make one of the next */
    LEVELS = 14,            /* 4^13 buckets a pair at the top */
    /* A column is drawn from 8 buckets or more, where there are so many: it
     * reaches at most an eighth of its width too far. */
    FINENESS = 8,
};

struct pair {
    int16_t low, high;
};

struct level {
    struct pair *item; /* owned; channel after channel */
    size_t count, capacity;
};

struct peaks {
    /* Set once. */
    int rate, channels; /* of the medium */
    int kept;           /* channels of the pyramid */
    int64_t first;      /* frame of the medium */
    int64_t bucket;     /* frames */

    /* Builder only: the bucket that is being filled. */
    struct peak open[PEAKS_CHANNELS];
    int64_t open_count; /* frames */

    /* Under lock. */
    pthread_mutex_t lock;
    struct level level[LEVELS];
    int64_t frames;
    bool finished;
    struct peak *sketch; /* owned; NULL: none */
    size_t sketch_count;
    int64_t sketch_frames;
};

/* One more pair a channel on level `l`, and what it makes above: under lock,
 * by the builder. */
void peaks_push(struct peaks *peaks, int l, const struct pair *pair);

#endif
