/*
 * decode - the thread that owns the media and keeps the ring full.
 *
 * The UI thread states what is wanted; the latest wish wins, older ones that
 * were not begun are passed over.  Functions here take a lock that is never
 * held while anything is read or decoded.
 */
#ifndef MIEN_PLAY_DECODE_H
#define MIEN_PLAY_DECODE_H

#include <stdbool.h>
#include <stdint.h>

#include "annotate/play/feed.h"
#include "annotate/play/source.h"
#include "annotate/play/wake.h"
#include "common/base/error.h"

struct decode;

/* A loop, or a part that is played once; to_us <= from_us: none. */
struct decode_loop {
    int64_t from_us, to_us;
    bool once;
};

/* What has come of the wishes. */
struct decode_status {
    uint32_t medium; /* the one that this is about */
    bool open;
    bool failed;       /* it could not be opened, or not be read further */
    uint32_t epoch;    /* placed last */
    int64_t origin_us; /* where that begins */
    struct source_info info;
    char error_text[512];
};

/* Both borrowed until decode_free(); `wake` may be NULL. */
struct decode *decode_new(struct feed *feed, struct wake *wake,
                          struct error *err);
void decode_free(struct decode *decode);

/* Another medium; path NULL: none. */
void decode_open(struct decode *decode, const char *path, int64_t start_us,
                 int64_t end_us, uint32_t medium, uint32_t epoch);
/* Goes on at from_us, under a new epoch. */
void decode_place(struct decode *decode, int64_t from_us,
                  const struct decode_loop *loop, uint32_t epoch);
/* For what is opened, placed or prefetched from now on; at first 1. */
void decode_speed(struct decode *decode, double speed);
/* Wraps at the end of what is being read, if that has not come yet; or no
 * longer wraps. */
void decode_loop(struct decode *decode, const struct decode_loop *loop);
/* Opens a medium for a later decode_open() when there is time. */
void decode_prefetch(struct decode *decode, const char *path, int64_t start_us,
                     int64_t end_us);
/* There may be room in the ring. */
void decode_nudge(struct decode *decode);
/* Waits until the thread has nothing left that it could do. */
void decode_settle(struct decode *decode);

void decode_status(struct decode *decode, struct decode_status *out);

#endif
