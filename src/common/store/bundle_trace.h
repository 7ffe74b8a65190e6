/*
 * bundle_trace - the samples of traces in a bundle.
 *
 * Samples are plain rows: each call of bundle_trace_add() is one commit.  The
 * caller seals them with trace-sealed events (see common/study/event_trace),
 * which the journal's chain protects; what a crash left unsealed is found by
 * bundle_trace_read() and sealed by the session that comes after.
 */
#ifndef MIEN_STORE_BUNDLE_TRACE_H
#define MIEN_STORE_BUNDLE_TRACE_H

#include "common/store/bundle.h"
#include "common/study/trace.h"

/*
 * Samples number `first` and on of the pass that the event `started` began.
 * They survive the end of the process, but perhaps not of the machine.  After
 * false nothing was written.
 */
bool bundle_trace_add(struct bundle *bundle,
                      const uint8_t started[EVENT_HASH_SIZE], int64_t first,
                      const struct trace_sample *sample, size_t count,
                      struct error *err);
/* Adds the samples of a pass from number `first` on; free out->item. */
bool bundle_trace_read(struct bundle *bundle,
                       const uint8_t started[EVENT_HASH_SIZE], int64_t first,
                       struct trace_samples *out, struct error *err);

#endif
