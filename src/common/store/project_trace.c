/*
 * project_trace - the samples of traces that came home.
 */
#include <config.h>

#include "common/store/project_trace.h"

#include <stdlib.h>

#include "common/base/vec.h"
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

bool project_trace_current(struct project *project,
                           const struct fold_entry *entry, const char *question,
                           struct trace_samples *out, struct error *err)
{
    size_t count = entry->passes.count;
    struct trace_samples *rows = xcalloc(count + 1, sizeof(*rows));
    struct trace_part *part = xcalloc(count + 1, sizeof(*part));
    bool good = true;

    for (size_t i = 0; good && i < count; i++) {
        const struct fold_pass *pass = &entry->passes.item[i];

        if (!fold_pass_counts(pass, question))
            continue;
        good = project_trace_read(project, pass->hash, &rows[i], err);
        part[i] = (struct trace_part){ rows[i].item, rows[i].count };
    }
    if (good)
        trace_compose(part, count, out);
    for (size_t i = 0; i < count; i++)
        free(rows[i].item);
    free(rows);
    free(part);
    return good;
}
