/* path - see path.h. */
#include <config.h>

#include "common/base/path.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/text.h"

char *path_join(const char *folder, const char *name)
{
    if (name[0] == '/' || folder[0] == '\0')
        return xstrdup(name);
    if (text_ends(folder, "/"))
        return xasprintf("%s%s", folder, name);
    return xasprintf("%s/%s", folder, name);
}

char *path_folder(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return xstrdup(".");
    if (slash == path)
        return xstrdup("/");
    return xstrndup(path, (size_t)(slash - path));
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

const char *path_extension(const char *path)
{
    const char *name = path_name(path);
    const char *dot = strrchr(name, '.');

    return dot && dot != name ? dot : path + strlen(path);
}

char *path_without_extension(const char *path)
{
    return xstrndup(path, (size_t)(path_extension(path) - path));
}

char *path_absolute(const char *path)
{
    struct text_list parts = { 0 };
    struct buf out = { 0 };
    char *whole = NULL;

    if (path[0] != '/') {
        char *here = getcwd(NULL, 0);

        whole = path_join(here ? here : "/", path);
        free(here);
        path = whole;
    }
    text_list_split(&parts, path, '/');
    for (size_t i = 0; i < parts.count; i++) {
        const char *part = parts.item[i];

        if (part[0] == '\0' || text_equal(part, "."))
            continue;
        if (text_equal(part, "..")) {
            while (out.length && out.data[--out.length] != '/')
                continue;
            if (out.data)
                out.data[out.length] = '\0';
            continue;
        }
        buf_add_char(&out, '/');
        buf_add_text(&out, part);
    }
    if (out.length == 0)
        buf_add_char(&out, '/');
    text_list_release(&parts);
    free(whole);
    return buf_steal(&out);
}

char *path_relative(const char *folder, const char *path)
{
    char *from = path_absolute(folder);
    char *to = path_absolute(path);
    struct text_list a = { 0 }, b = { 0 };
    struct buf out = { 0 };
    size_t same = 0;

    text_list_split(&a, from + 1, '/');
    text_list_split(&b, to + 1, '/');
    if (from[1] == '\0')
        text_list_release(&a);
    while (same < a.count && same + 1 < b.count &&
           text_equal(a.item[same], b.item[same]))
        same++;
    for (size_t i = same; i < a.count; i++)
        buf_add_text(&out, "../");
    for (size_t i = same; i < b.count; i++)
        buf_addf(&out, "%s%s", b.item[i], i + 1 < b.count ? "/" : "");
    text_list_release(&a);
    text_list_release(&b);
    free(from);
    free(to);
    return buf_steal(&out);
}

char *path_cache(const char *name)
{
    const char *cache = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");

    if (cache && cache[0] == '/')
        return xasprintf("%s/mien/%s", cache, name);
    if (home && home[0] == '/')
        return xasprintf("%s/.cache/mien/%s", home, name);
    return NULL;
}

bool path_is_file(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool path_same_file(const char *a, const char *b)
{
    struct stat one, two;

    return stat(a, &one) == 0 && stat(b, &two) == 0 && S_ISREG(one.st_mode) &&
           one.st_dev == two.st_dev && one.st_ino == two.st_ino;
}

bool path_is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool path_make_folders(const char *path, mode_t mode, struct error *err)
{
    char *above;
    bool made;

    if (mkdir(path, mode) == 0 || (errno == EEXIST && path_is_folder(path)))
        return true;
    if (errno == EEXIST)
        return error_set(err, ERROR_INPUT, "%s: is a file; name a folder",
                         path);
    if (errno != ENOENT)
        return error_set_errno(err, ERROR_IO, "%s: cannot make the folder",
                               path);
    above = path_folder(path);
    made = !text_equal(above, path) && path_make_folders(above, mode, err);
    free(above);
    if (!made)
        return false;
    if (mkdir(path, mode) == 0 || errno == EEXIST)
        return true;
    return error_set_errno(err, ERROR_IO, "%s: cannot make the folder", path);
}

struct walk {
    const char *root;
    bool (*visit)(void *context, const char *relative, struct error *err);
    void *context;
};

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_entry(const struct dirent *entry)
{
    return !text_equal(entry->d_name, ".") && !text_equal(entry->d_name, "..");
}

static bool walk_folder(const struct walk *walk, const char *relative,
                        struct error *err);

static bool walk_entry(const struct walk *walk, const char *relative,
                       struct error *err)
{
    char *path = path_join(walk->root, relative);
    struct stat status;
    bool good = true;

    if (lstat(path, &status) == 0) {
        if (S_ISDIR(status.st_mode))
            good = walk_folder(walk, relative, err);
        else if (path_is_file(path))
            good = walk->visit(walk->context, relative, err);
    }
    free(path);
    return good;
}

static bool walk_folder(const struct walk *walk, const char *relative,
                        struct error *err)
{
    char *path = path_join(walk->root, relative);
    struct dirent **entry = NULL;
    int count = scandir(path, &entry, is_entry, by_bytes);
    bool good = true;

    if (count < 0) {
        error_set_errno(err, ERROR_IO, "%s: cannot list the folder", path);
        good = false;
    }
    for (int i = 0; i < count; i++) {
        if (good) {
            char *inner = relative[0] ? path_join(relative, entry[i]->d_name)
                                      : xstrdup(entry[i]->d_name);

            good = walk_entry(walk, inner, err);
            free(inner);
        }
        free(entry[i]);
    }
    free(entry);
    free(path);
    return good;
}

bool path_walk(const char *folder,
               bool (*visit)(void *context, const char *relative,
                             struct error *err),
               void *context, struct error *err)
{
    struct walk walk = { folder, visit, context };

    if (!path_is_folder(folder))
        return error_set(err, ERROR_INPUT, "%s: %s", folder,
                         path_is_file(folder) ? "is a file; name a folder"
                                              : "there is no such folder");
    return walk_folder(&walk, "", err);
}
