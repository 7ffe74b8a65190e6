/*
 * wake - a pipe by which a thread wakes the loop out of poll().
 *
 * Posting never blocks; many posts before a drain count as one.
 */
#ifndef MIEN_PLAY_WAKE_H
#define MIEN_PLAY_WAKE_H

#include <stdbool.h>

#include "common/base/error.h"

struct wake {
    int fd[2]; /* owned: read end, write end */
};

bool wake_open(struct wake *wake, struct error *err);
void wake_close(struct wake *wake);
/* For poll(); readable once something was posted. */
int wake_fd(const struct wake *wake);
/* From any thread; `wake` may be NULL. */
void wake_post(struct wake *wake);
void wake_drain(struct wake *wake);

#endif
