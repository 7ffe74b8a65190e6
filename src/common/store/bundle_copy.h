/*
 * bundle_copy - a bundle for work away from the project.
 */
#ifndef MIEN_STORE_BUNDLE_COPY_H
#define MIEN_STORE_BUNDLE_COPY_H

#include <stddef.h>

#include "common/base/error.h"

/*
 * Copies the bundle `from`, also while somebody works on it, to the new file
 * `to`.  `with_media`: its media are laid in a new folder beside it (`to` with
 * ".media" for its extension) under random names; else they are found where
 * they lie, as seen from the new place.  *media is how many were copied.
 */
bool bundle_copy(const char *from, const char *to, bool with_media,
                 size_t *media, struct error *err);

#endif
