/*
 * registry - see registry.h.
 */
#include <config.h>

#include "eval/feat/registry.h"

#include <assert.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/text.h"
#include "eval/feat/basic.h"
#include "eval/feat/egemaps.h"
#include "eval/feat/face.h"
#include "eval/feat/frame_set.h"
#include "eval/feat/functionals.h"
#include "eval/feat/physio.h"
#include "eval/feat/quality.h"
#include "eval/feat/speech_set.h"
#include "eval/feat/text_set.h"

const struct feature_set *const registry_sets[] = {
    &basic_set,          &egemaps_set, &mien_set,
    &egemaps_compat_set, &quality_set, &face_set,
    &text_set,           &physio_set,  NULL,
};

const struct feature_set *registry_find(const char *name, struct error *err)
{
    struct buf known = { 0 };

    for (size_t i = 0; registry_sets[i]; i++)
        if (text_equal(registry_sets[i]->name, name))
            return registry_sets[i];
    for (size_t i = 0; registry_sets[i]; i++) {
        if (i > 0)
            buf_add_text(&known, ", ");
        buf_add_text(&known, registry_sets[i]->name);
    }
    for (size_t i = 0; frame_sets[i]; i++)
        buf_addf(&known, ", %s", frame_sets[i]->name);
    error_set(err, ERROR_USAGE, "there is no feature set \"%s\"; known: %s",
              name, buf_text(&known));
    buf_release(&known);
    return NULL;
}

const char *registry_input_column(const struct feature_set *set)
{
    return set->column ? set->column : "file";
}

const struct feature_set *registry_at_rate(const struct feature_set *set,
                                           bool native, struct error *err)
{
    bool fixed = set->plan && set->plan->rate == 16000;

    if (native && set->at_16000)
        return set;
    if (!native && (set->at_16000 || fixed))
        return set->at_16000 ? set->at_16000 : set;
    error_set(err, ERROR_USAGE, "--rate %s is not for the set %s%s",
              native ? "native" : "16000", set->name,
              fixed ? ", which is defined at 16000 Hz" : "");
    return NULL;
}

static size_t width(const struct descriptor *descriptor)
{
    return descriptor->mean_only ? 1 : FUNCTIONAL_COUNT;
}

size_t registry_columns(const struct feature_set *set)
{
    size_t sum = 0;

    for (size_t i = 0; i < set->count; i++)
        sum += width(&set->descriptors[i]);
    return sum;
}

/* The descriptor of a column; *rest is the column's place within it. */
static const struct descriptor *locate(const struct feature_set *set,
                                       size_t column, size_t *rest)
{
    size_t i = 0;

    while (column >= width(&set->descriptors[i])) {
        column -= width(&set->descriptors[i++]);
        assert(i < set->count);
    }
    *rest = column;
    return &set->descriptors[i];
}

const struct descriptor *registry_column(const struct feature_set *set,
                                         size_t column)
{
    size_t rest;

    return locate(set, column, &rest);
}

char *registry_column_name(const struct feature_set *set, size_t column)
{
    size_t rest;
    const struct descriptor *descriptor = locate(set, column, &rest);

    if (descriptor->mean_only)
        return xstrdup(descriptor->name);
    return xasprintf("%s_%s", descriptor->name, functional_names[rest]);
}
