/*
 * worker - the thread that reads media while the UI goes on.
 *
 * For what is wanted now, and then for what is wanted next, it compares the
 * medium's SHA-256 with the one it should have, measures how loud it is, then
 * reads its waveform (or takes it from the user's cache, when the medium is a
 * long one).  Whatever is in the window (sight.h) comes in between, piece by
 * piece.  News post the wake pipe.  All functions are called by the UI thread.
 */
#ifndef MIEN_PLAY_WORKER_H
#define MIEN_PLAY_WORKER_H

#include <stdint.h>

#include "annotate/play/sight.h"
#include "annotate/play/wake.h"
#include "common/base/error.h"
#include "common/media/loudness.h"
#include "common/media/peaks.h"

enum {
    /* Waveforms of longer spans are kept in the cache. */
    WORKER_LONG_US = 120000000,
};

struct worker;

struct worker_settings {
    struct wake *wake; /* borrowed */
    /* ~/.cache/mien, made when there is something to keep; NULL: nothing is
     * kept.  Borrowed for the call. */
    const char *cache;
    bool peaks;    /* waveforms are wanted */
    bool loudness; /* so is what worker_loudness() gives */
    bool codecs;   /* some medium will need FFmpeg's: load them at once */
};

/* A span of a medium; end_us < 0: to its end.  Borrowed for the call. */
struct worker_want {
    const char *path; /* NULL: nothing */
    int64_t start_us, end_us;
    const uint8_t *sha256; /* NULL: it is not checked */
    const uint8_t *second; /* that of the second, of a pair; else NULL */
};

enum worker_check {
    CHECK_RUNNING,
    CHECK_GOOD,
    CHECK_CHANGED,    /* another SHA-256 */
    CHECK_UNREADABLE, /* its bytes cannot be had */
    CHECK_UNPLAYABLE, /* its sound, which was to be measured, cannot be had */
};

struct worker *worker_new(const struct worker_settings *settings,
                          struct error *err);
void worker_free(struct worker *worker); /* takes NULL */

/* What is drawn now; what was wanted next is given up if it is another. */
void worker_want(struct worker *worker, const struct worker_want *now);
/* What will be drawn next; read after what is wanted now. */
void worker_want_next(struct worker *worker, const struct worker_want *next);

/* What became of the check of what is wanted now. */
enum worker_check worker_checked(struct worker *worker);
/* Why it came out unplayable: a reader's error, with the file's name. */
void worker_complaint(struct worker *worker, struct error *err);
/* How loud it is, once the check came out good and if it was wanted. */
struct loudness worker_loudness(struct worker *worker);

/*
 * The waveform of what is wanted now, as far as it has been read; NULL when
 * it was not begun or the medium cannot be read.  Borrowed until the next
 * worker_want().
 */
struct peaks *worker_peaks(struct worker *worker);

/* What is in the window; call worker_look() after sight_look(). */
struct sight *worker_sight(struct worker *worker);
void worker_look(struct worker *worker);

/* Waits until all that is wanted has been read: for scripts and tests. */
void worker_settle(struct worker *worker);

#endif
