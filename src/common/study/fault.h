/*
 * fault - all that is wrong with a description, not just the first thing.
 */
#ifndef MIEN_STUDY_FAULT_H
#define MIEN_STUDY_FAULT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"

struct fault {
    bool warning; /* doubtful; else it must be mended */
    char *path;   /* owned; "questions[2].max", "" for the whole */
    char *text;   /* owned; what is wrong and how to mend it */
};

/* Zero-initialised is empty.  In the order in which they were found. */
struct fault_list {
    struct fault *item; /* owned */
    size_t count;
    size_t capacity;
};

void fault_add(struct fault_list *list, const char *path, const char *format,
               ...) __attribute__((format(printf, 3, 4)));
void fault_add_warning(struct fault_list *list, const char *path,
                       const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* How many are no warnings. */
size_t fault_errors(const struct fault_list *list);
/*
 * Fills `err` with "name: path: text" of the first that is no warning and
 * the number of the others; true when there is none.
 */
bool fault_none(const struct fault_list *list, const char *name,
                struct error *err);
void fault_release(struct fault_list *list);

#endif
