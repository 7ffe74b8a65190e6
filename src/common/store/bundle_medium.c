/*
 * bundle_medium - finding the sound that belongs to an entry.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/path.h"
#include "common/store/bundle_internal.h"

/* Below `folder`: the medium's path, or as many of its last parts as fit. */
static char *find_below(const char *folder, const char *medium)
{
    const char *rest = medium;

    for (;;) {
        char *path;
        const char *slash;

        if (strncmp(rest, "../", 3) != 0) {
            path = path_join(folder, rest);
            if (path_is_file(path))
                return path;
            free(path);
        }
        slash = strchr(rest, '/');
        if (!slash)
            return NULL;
        rest = slash + 1;
    }
}

static char *find(const struct bundle *bundle, const char *medium,
                  const char *folder)
{
    char *home;
    char *path;

    if (folder)
        return find_below(folder, medium);
    home = path_folder(bundle_path(bundle));
    path = path_join(home, medium);
    free(home);
    if (path_is_file(path))
        return path;
    free(path);
    return NULL;
}

const char *bundle_medium_name(const struct bundle *bundle, size_t index,
                               enum bundle_side side)
{
    const uint8_t *unused;

    return bundle_medium_path(bundle, index, side, &unused);
}

enum bundle_medium bundle_medium_find(struct bundle *bundle, size_t index,
                                      enum bundle_side side, const char *folder,
                                      char **path, const uint8_t **sha256,
                                      struct error *err)
{
    const char *medium = bundle_medium_path(bundle, index, side, sha256);

    *path = find(bundle, medium, folder);
    if (*path)
        return BUNDLE_MEDIUM_OK;
    error_set(err, ERROR_INPUT,
              "the medium of item %zu is missing: put it back, or name "
              "the folder that has it with --media",
              index + 1);
    return BUNDLE_MEDIUM_MISSING;
}

bool bundle_medium_changed(size_t index, struct error *err)
{
    return error_set(err, ERROR_INPUT,
                     "the medium of item %zu is not the one that was handed "
                     "out (its SHA-256 changed): put the right file back",
                     index + 1);
}

bool bundle_medium_unreadable(size_t index, struct error *err)
{
    return error_set(err, ERROR_IO,
                     "the medium of item %zu cannot be read: ask who handed "
                     "out the work for the right to read it",
                     index + 1);
}

enum bundle_medium bundle_medium(struct bundle *bundle, size_t index,
                                 enum bundle_side side, const char *folder,
                                 char **path, struct error *err)
{
    const uint8_t *expected;
    uint8_t found[HASH_SIZE];

    if (bundle_medium_find(bundle, index, side, folder, path, &expected, err) !=
        BUNDLE_MEDIUM_OK)
        return BUNDLE_MEDIUM_MISSING;
    if (!hash_file_sha256(*path, found, err)) {
        free(*path);
        *path = NULL;
        bundle_medium_unreadable(index, err);
        return BUNDLE_MEDIUM_UNREADABLE;
    }
    if (memcmp(found, expected, HASH_SIZE) != 0) {
        free(*path);
        *path = NULL;
        bundle_medium_changed(index, err);
        return BUNDLE_MEDIUM_CHANGED;
    }
    return BUNDLE_MEDIUM_OK;
}
