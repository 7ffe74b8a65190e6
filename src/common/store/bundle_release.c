/*
 * bundle_release - the lead opens a bundle again that a rule had closed.
 */
#include <config.h>

#include "common/store/bundle.h"

static bool append_release(struct bundle *bundle, struct error *err)
{
    char payload[] = "{}";
    struct event event = {
        .kind = EVENT_RELEASED,
        .entry = "",
        .mono_us = bundle_mono_us(),
        .wall_us = bundle_wall_us(),
        .media_us = EVENT_NO_TIME,
        .payload = payload,
    };

    return bundle_append(bundle, &event, err);
}

bool bundle_release(const char *path, bool *was_paused, struct error *err)
{
    struct bundle *bundle = bundle_open(path, BUNDLE_WORK, err);
    struct fold fold;
    bool good = false;

    *was_paused = false;
    if (bundle && bundle_fold(bundle, &fold, err)) {
        *was_paused = fold.paused;
        good = !fold.paused || append_release(bundle, err);
        fold_release(&fold);
    }
    bundle_close(bundle);
    return good;
}
