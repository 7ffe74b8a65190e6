/*
 * project_trace - the samples of traces that came home.
 */
#include <config.h>

#include "common/store/project_trace.h"

#include "common/store/project_internal.h"
#include "common/store/samples_internal.h"

bool project_trace_read(struct project *project,
                        const uint8_t started[EVENT_HASH_SIZE],
                        struct trace_samples *out, struct error *err)
{
    struct db *db = project_db(project);
    int64_t pass = samples_pass(db, started, err);

    return pass >= 0 && (pass == 0 || samples_get(db, pass, 0, -1, out, err));
}

static bool read_pass(void *context, const uint8_t started[EVENT_HASH_SIZE],
                      struct trace_samples *out, struct error *err)
{
    return project_trace_read(context, started, out, err);
}

bool project_trace_current(struct project *project,
                           const struct fold_entry *entry, const char *question,
                           struct trace_samples *out, struct error *err)
{
    return fold_trace_samples(entry, question, read_pass, project, out, err);
}
