/*
 * reference_internal - marks as a reference, for reference.c only.
 */
#ifndef MIEN_STUDY_REFERENCE_INTERNAL_H
#define MIEN_STUDY_REFERENCE_INTERNAL_H

#include "common/study/reference.h"

struct reference_mark {
    char *label; /* owned */
    int64_t from_us, to_us;
};

struct reference_marks {
    struct reference_mark *item; /* owned, each too */
    size_t count, capacity;
};

/*
 * "LABEL START END; ...", of the reference's tier; `out` may be NULL, else
 * reference_marks_release() it.  False: it is not written so.
 */
bool reference_marks_read(const struct question *question,
                          const struct conduct_reference *reference,
                          const char *value, struct reference_marks *out);
void reference_marks_release(struct reference_marks *marks);
/*
 * Each mark of the tier goes with one of the reference and each of these with
 * one of the tier: the same label, and both edges within the tolerance or as
 * much overlap as is wanted.
 */
bool reference_marks_match(const struct question *question,
                           const struct conduct_reference *reference,
                           const struct reference_given *given,
                           const char *value);

#endif
