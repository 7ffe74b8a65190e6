/*
 * pool - run numbered pieces of work on several threads.
 *
 * Results belong to the piece's number, never to the thread, so that the
 * outcome is the same with any number of jobs.
 */
#ifndef MIEN_BASE_POOL_H
#define MIEN_BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"

/* Does piece `index`; called once for each, from any thread. */
typedef bool pool_work(void *context, size_t index, struct error *err);

/*
 * Runs pieces 0 .. count - 1 on at most `jobs` threads (0: one for each
 * processor).  On failure the error is that of the failed piece with the
 * lowest number; pieces not yet begun are left out.  Stops with
 * ERROR_INTERRUPTED after Ctrl-C.
 */
bool pool_run(int jobs, size_t count, pool_work *work, void *context,
              struct error *err);
int pool_default_jobs(void);

#endif
