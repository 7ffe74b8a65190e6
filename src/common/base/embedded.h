/*
 * embedded - files compiled into the program by build-aux/embed.
 */
#ifndef MIEN_BASE_EMBEDDED_H
#define MIEN_BASE_EMBEDDED_H

#include <stddef.h>

/* A list ends with a row whose name is NULL. */
struct embedded_file {
    const char *name; /* without folder and extension: "ekman6" */
    const char *text; /* zero-ended; `length` does not count the zero */
    size_t length;
};

/* The row called `name`, or NULL. */
const struct embedded_file *embedded_find(const struct embedded_file *files,
                                          const char *name);

#endif
