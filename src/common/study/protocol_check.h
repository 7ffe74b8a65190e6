/*
 * protocol_check - what a protocol's form allows but its sense does not.
 *
 * protocol_read() finds faults of form (kinds, unknown keys, missing texts);
 * this finds contradictions, collisions of keys, and designs that the field
 * advises against (warnings).
 */
#ifndef MIEN_STUDY_PROTOCOL_CHECK_H
#define MIEN_STUDY_PROTOCOL_CHECK_H

#include "common/study/fault.h"
#include "common/study/protocol.h"

/* A key that the workbench keeps for itself. */
struct protocol_reserved {
    const char *key;     /* one character as UTF-8 */
    const char *command; /* what it does: "play-pause" */
};

/* `reserved` ends with a row whose key is NULL; NULL: none. */
void protocol_check(const struct protocol *protocol,
                    const struct protocol_reserved *reserved,
                    struct fault_list *faults);

/*
 * All that is wrong with a file at once: the faults of form, then those of
 * sense that do not come of them.  False, with `err` filled, only when `text`
 * is no JSON object.
 */
bool protocol_examine(const char *text, size_t length, const char *name,
                      const struct protocol_reserved *reserved,
                      struct fault_list *faults, struct error *err);

#endif
