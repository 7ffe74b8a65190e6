/*
 * bundle_trace - the samples of traces in a bundle.
 */
#include <config.h>

#include "common/store/bundle_trace.h"

#include "common/store/bundle_internal.h"
#include "common/store/samples_internal.h"

bool bundle_trace_add(struct bundle *bundle,
                      const uint8_t started[EVENT_HASH_SIZE], int64_t first,
                      const struct trace_sample *sample, size_t count,
                      struct error *err)
{
    struct db *db = bundle_db(bundle);
    int64_t pass;

    if (!db_set_full(db, false, err) || !db_begin(db, err))
        return false;
    pass = samples_new_pass(db, started, err);
    if (pass > 0 && samples_put(db, pass, first, sample, count, err) &&
        db_commit(db, err))
        return true;
    db_rollback(db);
    return false;
}

bool bundle_trace_read(struct bundle *bundle,
                       const uint8_t started[EVENT_HASH_SIZE], int64_t first,
                       struct trace_samples *out, struct error *err)
{
    struct db *db = bundle_db(bundle);
    int64_t pass = samples_pass(db, started, err);

    return pass >= 0 &&
           (pass == 0 || samples_get(db, pass, first, -1, out, err));
}
