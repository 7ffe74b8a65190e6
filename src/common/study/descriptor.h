/*
 * descriptor - reading a JSON description while collecting its faults.
 *
 * A getter that meets a bad value notes a fault with its path and the mend,
 * and gives the fallback; reading then goes on.  A null counts as absent.
 * Texts are borrowed from the document.
 */
#ifndef MIEN_STUDY_DESCRIPTOR_H
#define MIEN_STUDY_DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/mem.h"
#include "common/file/json.h"
#include "common/study/fault.h"
#include "common/study/localized.h"

/* All borrowed. */
struct descriptor {
    const struct json_document *document;
    struct arena *arena;
    struct fault_list *faults;
};

/* A fault of the node, or of the member `key` of it (which may be absent). */
void descriptor_fault(const struct descriptor *reading, const struct json *node,
                      const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void descriptor_fault_at(const struct descriptor *reading,
                         const struct json *object, const char *key,
                         const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Unknown keys are faults, with the nearest known one. */
void descriptor_keys(const struct descriptor *reading,
                     const struct json *object, const char *const *keys);

/* The member when it is there, and of that kind; else NULL. */
const struct json *descriptor_member(const struct descriptor *reading,
                                     const struct json *object, const char *key,
                                     enum json_kind kind);
/* The fallback NULL makes it needed; what comes back is then "". */
const char *descriptor_text(const struct descriptor *reading,
                            const struct json *object, const char *key,
                            const char *fallback);
bool descriptor_bool(const struct descriptor *reading,
                     const struct json *object, const char *key, bool fallback);
double descriptor_number(const struct descriptor *reading,
                         const struct json *object, const char *key,
                         double fallback, double min, double max);
int descriptor_int(const struct descriptor *reading, const struct json *object,
                   const char *key, int fallback, int min, int max);
/* The place in `names` (ended by NULL); the fallback -1 makes it needed. */
int descriptor_choice(const struct descriptor *reading,
                      const struct json *object, const char *key,
                      const char *const *names, int fallback);
/* A string, or an object of texts by language; empty when absent. */
struct localized descriptor_localized(const struct descriptor *reading,
                                      const struct json *object,
                                      const char *key);
/* One text, taken as English. */
struct localized descriptor_plain(const struct descriptor *reading,
                                  const char *text);

/* The member "mien": the version of the format, `known` here. */
void descriptor_read_format(const struct descriptor *reading,
                            const struct json *root, int known);

#endif
