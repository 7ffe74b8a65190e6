/*
 * protocol_examine - form and sense of a protocol, told together.
 */
#include <config.h>

#include <string.h>

#include "common/base/text.h"
#include "common/study/protocol_check.h"
#include "common/study/protocol_internal.h"

/* Is `inner` the place `outer`, or within it? */
static bool is_within(const char *inner, const char *outer, size_t length)
{
    return strncmp(inner, outer, length) == 0 && length > 0 &&
           (inner[length] == '\0' || inner[length] == '.' ||
            inner[length] == '[');
}

/* The place that a fault of form spoils: a bad type, the whole question. */
static size_t spoiled_length(const char *path)
{
    size_t length = strlen(path);

    return text_ends(path, "].type") ? length - strlen(".type") : length;
}

/* Did a fault of form make this finding? */
static bool follows(const struct fault *finding, const struct fault_list *form)
{
    for (size_t i = 0; i < form->count; i++) {
        const char *path = form->item[i].path;
        size_t length = spoiled_length(path);

        if (is_within(finding->path, path, length) ||
            (finding->warning &&
             is_within(path, finding->path, strlen(finding->path))))
            return true;
    }
    return false;
}

bool protocol_examine(const char *text, size_t length, const char *name,
                      const struct protocol_reserved *reserved,
                      struct fault_list *faults, struct error *err)
{
    struct fault_list form = { 0 }, sense = { 0 };
    struct protocol *draft =
        protocol_read_draft(text, length, name, &form, err);
    bool good = draft != NULL;

    if (good)
        protocol_check(draft, reserved, &sense);
    for (size_t i = 0; i < form.count; i++) {
        const struct fault *fault = &form.item[i];

        (fault->warning ? fault_add_warning : fault_add)(faults, fault->path,
                                                         "%s", fault->text);
    }
    for (size_t i = 0; i < sense.count; i++) {
        const struct fault *fault = &sense.item[i];

        if (!follows(fault, &form))
            (fault->warning ? fault_add_warning : fault_add)(
                faults, fault->path, "%s", fault->text);
    }
    protocol_free(draft);
    fault_release(&form);
    fault_release(&sense);
    return good;
}
