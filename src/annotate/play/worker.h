/*
 * worker - the thread that reads waveforms while the UI goes on.
 *
 * It keeps the peaks of what is wanted now and of what is wanted next; all
 * else it forgets.  News (a waveform begun, grown or finished) post the wake
 * pipe.  All functions are called by the UI thread.
 */
#ifndef MIEN_PLAY_WORKER_H
#define MIEN_PLAY_WORKER_H

#include <stdint.h>

#include "annotate/play/wake.h"
#include "common/base/error.h"
#include "common/media/peaks.h"

struct worker;

/* A span of a medium; end_us < 0: to its end.  `path` is borrowed. */
struct worker_want {
    const char *path; /* NULL: nothing */
    int64_t start_us, end_us;
};

struct worker *worker_new(struct wake *wake, struct error *err);
void worker_free(struct worker *worker); /* takes NULL */

/* What is drawn now; what was wanted next is given up if it is another. */
void worker_want(struct worker *worker, const struct worker_want *now);
/* What will be drawn next; read after what is wanted now. */
void worker_want_next(struct worker *worker, const struct worker_want *next);

/*
 * The waveform of what is wanted now, as far as it has been read; NULL when
 * it was not begun or the medium cannot be read.  Borrowed until the next
 * worker_want().
 */
struct peaks *worker_peaks(struct worker *worker);

/* Waits until all that is wanted has been read: for scripts and tests. */
void worker_settle(struct worker *worker);

#endif
