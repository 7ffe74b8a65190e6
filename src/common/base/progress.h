/*
 * progress - one line on stderr: done, rate, time left.
 *
 * Shown only when stderr is a terminal and the work has taken half a second.
 * Any thread may call progress_step().
 */
#ifndef MIEN_BASE_PROGRESS_H
#define MIEN_BASE_PROGRESS_H

#include <stddef.h>

struct progress;

/* `what` is shown as it stands: "extracting"; `unit` such as "files". */
struct progress *progress_new(const char *what, const char *unit, size_t total);
void progress_step(struct progress *progress, size_t steps);
/* Clears the line.  Takes NULL. */
void progress_free(struct progress *progress);

#endif
