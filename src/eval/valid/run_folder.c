/*
 * run_folder - a folder that appears whole or not at all.
 */
#include <config.h>

#include "eval/valid/run_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/file/atomic.h"

struct run_folder {
    char *path;      /* owned: where it will stand */
    char *temporary; /* owned: where it stands now */
    bool force;
};

/* All that a run writes. */
static const char *const run_files[] = {
    "predictions.csv", "metrics.json", "run.json", "timing.json", NULL,
};

static bool is_run_file(const char *name)
{
    for (size_t i = 0; run_files[i]; i++)
        if (strcmp(run_files[i], name) == 0)
            return true;
    return false;
}

/* The name of an entry for which `wrong` says yes, the caller's, or NULL. */
static char *find_entry(const char *path, bool (*wanted)(const char *name))
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    char *found = NULL;

    while (folder && !found && (entry = readdir(folder)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 &&
            strcmp(entry->d_name, "..") != 0 && wanted(entry->d_name))
            found = xstrdup(entry->d_name);
    if (folder)
        closedir(folder);
    return found;
}

static bool any_entry(const char *name)
{
    (void)name;
    return true;
}

static bool foreign_entry(const char *name)
{
    return !is_run_file(name);
}

static bool check_earlier(const char *path, bool force, struct error *err)
{
    char *record = path_join(path, "run.json");
    bool is_run = path_is_file(record);
    char *foreign;

    free(record);
    if (!is_run)
        return error_set(err, ERROR_INPUT,
                         "%s is there already and is no earlier run: choose "
                         "another name",
                         path);
    if (!force)
        return error_set(err, ERROR_INPUT,
                         "%s holds an earlier run: choose another name, or "
                         "replace it with --force",
                         path);
    foreign = find_entry(path, foreign_entry);
    if (!foreign)
        return true;
    error_set(err, ERROR_INPUT,
              "%s holds an earlier run and also \"%s\", which no run writes: "
              "move it away first",
              path, foreign);
    free(foreign);
    return false;
}

/* "a/run/" gives "a/run": the name of the folder beside is made from it. */
static char *without_slashes(const char *path)
{
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/')
        length--;
    return xstrndup(path, length);
}

static bool check_place(const char *path, bool force, struct error *err)
{
    char *parent = path_folder(path);
    bool good = true;
    struct stat status;
    char *entry;

    if (!path_is_folder(parent)) {
        error_set(err, ERROR_INPUT, "%s: the folder %s does not exist", path,
                  parent);
        good = false;
    } else if (access(parent, W_OK | X_OK) != 0) {
        error_set_errno(err, ERROR_IO, "%s: nothing can be written to %s", path,
                        parent);
        good = false;
    }
    free(parent);
    if (!good || lstat(path, &status) != 0)
        return good;
    if (!S_ISDIR(status.st_mode))
        return error_set(err, ERROR_INPUT,
                         "%s is there already and is no folder: choose "
                         "another name",
                         path);
    entry = find_entry(path, any_entry);
    if (!entry)
        return true; /* an empty folder is as good as none */
    free(entry);
    return check_earlier(path, force, err);
}

bool run_folder_check(const char *path, bool force, struct error *err)
{
    char *plain = without_slashes(path);
    bool good = check_place(plain, force, err);

    free(plain);
    return good;
}

static char *beside(const char *path, const char *what)
{
    char *parent = path_folder(path);
    char *name = xasprintf(".%s.%s.XXXXXX", path_name(path), what);
    char *joined = path_join(parent, name);

    free(parent);
    free(name);
    return joined;
}

struct run_folder *run_folder_open(const char *path, bool force,
                                   struct error *err)
{
    struct run_folder *folder = xcalloc(1, sizeof(*folder));
    mode_t mask;

    folder->path = without_slashes(path);
    folder->force = force;
    if (!run_folder_check(folder->path, force, err))
        goto failed;
    folder->temporary = beside(folder->path, "new");
    if (!mkdtemp(folder->temporary)) {
        error_set_errno(err, ERROR_IO, "%s", folder->temporary);
        free(folder->temporary);
        folder->temporary = NULL;
        goto failed;
    }
    /* mkdtemp() makes it private; a run is as open as other files. */
    mask = umask(0);
    umask(mask);
    if (chmod(folder->temporary, 0777 & ~mask) != 0) {
        error_set_errno(err, ERROR_IO, "%s", folder->temporary);
        goto failed;
    }
    return folder;

failed:
    run_folder_abort(folder);
    return NULL;
}

char *run_folder_file(const struct run_folder *folder, const char *name)
{
    return path_join(folder->temporary, name);
}

bool run_folder_write(const struct run_folder *folder, const char *name,
                      const struct buf *text, struct error *err)
{
    char *path = run_folder_file(folder, name);
    bool done = atomic_write(path, buf_text(text), text->length, err);

    free(path);
    return done;
}

/* Removes a folder of ours; whatever else is in it stays, and so does it. */
static void remove_run(const char *path)
{
    for (size_t i = 0; run_files[i]; i++) {
        char *file = path_join(path, run_files[i]);

        unlink(file);
        free(file);
    }
    rmdir(path);
}

static bool sync_folder(const char *path, struct error *err)
{
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = descriptor >= 0 && fsync(descriptor) == 0;

    if (!done)
        error_set_errno(err, ERROR_IO, "%s", path);
    if (descriptor >= 0)
        close(descriptor);
    return done;
}

/* Puts an earlier run out of the way; *old says where it is now. */
static bool move_earlier(const struct run_folder *folder, char **old,
                         struct error *err)
{
    char *away = beside(folder->path, "old");

    if (!run_folder_check(folder->path, folder->force, err))
        goto failed;
    if (!mkdtemp(away) || rename(folder->path, away) != 0) {
        if (errno != ENOENT) {
            error_set_errno(err, ERROR_IO, "%s", folder->path);
            rmdir(away);
            goto failed;
        }
        rmdir(away); /* there was none */
        free(away);
        away = NULL;
    }
    *old = away;
    return true;

failed:
    free(away);
    return false;
}

bool run_folder_commit(struct run_folder *folder, struct error *err)
{
    char *parent = path_folder(folder->path);
    char *old = NULL;
    bool done = false;

    if (!sync_folder(folder->temporary, err) ||
        !move_earlier(folder, &old, err))
        goto failed;
    if (rename(folder->temporary, folder->path) != 0) {
        error_set_errno(err, ERROR_IO, "%s", folder->path);
        if (old && rename(old, folder->path) == 0) {
            free(old);
            old = NULL;
        }
        goto failed;
    }
    free(folder->temporary);
    folder->temporary = NULL;
    done = sync_folder(parent, err);

failed:
    if (old && done)
        remove_run(old);
    free(old);
    free(parent);
    run_folder_abort(folder);
    return done;
}

void run_folder_abort(struct run_folder *folder)
{
    if (!folder)
        return;
    if (folder->temporary)
        remove_run(folder->temporary);
    free(folder->temporary);
    free(folder->path);
    free(folder);
}
