/*
 * library - functions of a shared library that is loaded when it is first
 * needed; private to media.
 *
 * FFmpeg's containers and codecs bring 120 further libraries with them, most
 * of the time and memory that a start takes; WAV and FLAC need none of them.
 */
#ifndef MIEN_MEDIA_LIBRARY_H
#define MIEN_MEDIA_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"

struct library_symbol {
    const char *name;
    size_t offset; /* of its pointer in the table */
};

struct library {
    const char *file;    /* as the loader knows it: "libavformat.so.59" */
    const char *package; /* Debian's, for the message */
    const struct library_symbol *symbol;
    size_t symbols;
};

/*
 * Loads the library, which stays until the program ends, and writes the
 * addresses of its functions into `table`.  ERROR_ABSENT: it is not installed,
 * or lacks one of them.  The caller sees to it that this happens once.
 */
bool library_load(const struct library *library, void *table,
                  struct error *err);

#endif
