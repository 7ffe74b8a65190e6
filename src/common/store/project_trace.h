/*
 * project_trace - the samples of traces that came home.
 */
#ifndef MIEN_STORE_PROJECT_TRACE_H
#define MIEN_STORE_PROJECT_TRACE_H

#include "common/store/project.h"
#include "common/study/trace.h"

/* Adds all samples of the pass that `started` began; free out->item. */
bool project_trace_read(struct project *project,
                        const uint8_t started[EVENT_HASH_SIZE],
                        struct trace_samples *out, struct error *err);
/*
 * Adds the question's trace as it counts in a fold: its passes laid one over
 * another.
 */
bool project_trace_current(struct project *project,
                           const struct fold_entry *entry, const char *question,
                           struct trace_samples *out, struct error *err);

#endif
