/*
 * bundle_copy - a bundle for work away from the project.
 */
#ifndef MIEN_STORE_BUNDLE_COPY_H
#define MIEN_STORE_BUNDLE_COPY_H

#include <stdbool.h>

#include "common/base/error.h"
#include "common/base/text.h"

/*
 * Copies the bundle `from`, also while somebody works on it, to the new file
 * `to`.  `with_media`: its media are laid in a new folder beside it (`to` with
 * ".media" for its extension) under random names; else they are found where
 * they lie, as seen from the new place.  `media` gets the paths of those that
 * were copied.
 */
bool bundle_copy(const char *from, const char *to, bool with_media,
                 struct text_list *media, struct error *err);

#endif
