/* library - see library.h. */
#include <config.h>

#include "common/media/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(const struct library *library, void *table, struct error *err)
{
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);

    if (!handle)
        return error_set(err, ERROR_ABSENT,
                         "needs %s (on Debian: the package %s): %s",
                         library->file, library->package, dlerror());
    for (size_t i = 0; i < library->symbols; i++) {
        const struct library_symbol *symbol = &library->symbol[i];
        /* ISO C knows no way from void * to a function; POSIX has this one. */
        void *found = dlsym(handle, symbol->name);

        if (!found)
            return error_set(err, ERROR_ABSENT, "%s lacks %s: is it FFmpeg's?",
                             library->file, symbol->name);
        memcpy((char *)table + symbol->offset, &found, sizeof(found));
    }
    return true;
}
