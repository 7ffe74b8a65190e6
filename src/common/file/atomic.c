/* atomic - see atomic.h. */
#include <config.h>

#include "common/file/atomic.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/file/hash.h"

struct atomic_file {
    char *path;      /* owned: the place, links followed */
    char *temporary; /* owned: beside it; NULL: written in place */
    FILE *stream;    /* owned */
};

static void release(struct atomic_file *file)
{
    free(file->path);
    free(file->temporary);
    free(file);
}

static void drop_temporary(const struct atomic_file *file)
{
    if (file->temporary)
        unlink(file->temporary);
}

/*
 * A new file of a name that nobody has; *name ends with XXXXXX.  Unlike
 * mkstemp() the kernel applies the umask, which cannot be asked for without
 * changing it for all threads.
 */
static int create(char *name, mode_t mode)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    char *end = name + strlen(name) - 6;
    int fd = -1;

    for (int i = 0; i < 100 && fd < 0; i++) {
        unsigned char chance[6];

        hash_random(chance, sizeof(chance));
        for (size_t k = 0; k < sizeof(chance); k++)
            end[k] = letters[chance[k] % 32];
        fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd < 0 && errno != EEXIST)
            break;
    }
    return fd;
}

static const char database[16] = "SQLite format 3"; /* its first bytes */

/* A project, a bundle or people.db: no output is meant to take their place. */
static bool is_database(const char *path)
{
    char head[sizeof(database)] = "";
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? 0 : read(fd, head, sizeof(head));

    if (fd >= 0)
        close(fd);
    return got == (ssize_t)sizeof(database) &&
           memcmp(head, database, sizeof(database)) == 0;
}

/*
 * A link is followed, so that it stays one.  What is there and is no plain
 * file (a device, a pipe) cannot be replaced and is written in place.
 */
static bool find_place(struct atomic_file *file, const char *path,
                       bool for_database, struct error *err)
{
    struct stat status;
    char *real = realpath(path, NULL);
    char *folder;

    file->path = real ? real : xstrdup(path);
    if (real && stat(real, &status) == 0 && S_ISDIR(status.st_mode))
        return error_set(err, ERROR_IO, "%s: is a folder; name a file", path);
    if (real && stat(real, &status) == 0 && !S_ISREG(status.st_mode))
        return true;
    if (real && !for_database && is_database(real))
        return error_set(err, ERROR_IO,
                         "%s: is a database, such as a project or a bundle; "
                         "name another file",
                         path);
    folder = path_folder(file->path);
    file->temporary = xasprintf("%s/.%s.XXXXXX", folder, path_name(file->path));
    free(folder);
    return true;
}

static bool refused(const char *path, struct error *err)
{
    if (errno == ENOENT)
        return error_set(err, ERROR_IO,
                         "%s: the folder that it is to be in does not exist; "
                         "make it first",
                         path);
    return error_set_errno(err, ERROR_IO, "%s: cannot write here", path);
}

bool atomic_may_write(const char *path, struct error *err)
{
    struct atomic_file file = { 0 };
    bool good = find_place(&file, path, false, err);

    if (good && file.temporary) {
        int fd = create(file.temporary, 0600);

        good = fd >= 0 || refused(path, err);
        if (fd >= 0) {
            close(fd);
            unlink(file.temporary);
        }
    }
    free(file.temporary);
    free(file.path);
    return good;
}

static struct atomic_file *open_for(const char *path, mode_t mode,
                                    bool for_database, struct error *err)
{
    struct atomic_file *file = xcalloc(1, sizeof(*file));
    int fd;

    if (!find_place(file, path, for_database, err)) {
        release(file);
        return NULL;
    }
    fd = file->temporary ? create(file->temporary, mode)
                         : open(file->path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) {
        refused(path, err);
        release(file);
        return NULL;
    }
    file->stream = fdopen(fd, "w");
    if (!file->stream) {
        error_set_errno(err, ERROR_IO, "%s: cannot write", path);
        close(fd);
        drop_temporary(file);
        release(file);
        return NULL;
    }
    return file;
}

struct atomic_file *atomic_open(const char *path, mode_t mode,
                                struct error *err)
{
    return open_for(path, mode, false, err);
}

FILE *atomic_stream(struct atomic_file *file)
{
    return file->stream;
}

/* The rename itself lasts only when the folder is on disk. */
static void sync_folder(const char *path)
{
    char *folder = path_folder(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        fsync(fd); /* not all file systems can; then nothing can be done */
        close(fd);
    }
    free(folder);
}

bool atomic_commit(struct atomic_file *file, struct error *err)
{
    bool written;

    written = fflush(file->stream) == 0 && !ferror(file->stream) &&
              (!file->temporary || fsync(fileno(file->stream)) == 0);
    if (!written)
        error_set_errno(err, ERROR_IO, "%s: cannot write", file->path);
    if (fclose(file->stream) != 0 && written) {
        error_set_errno(err, ERROR_IO, "%s: cannot write", file->path);
        written = false;
    }
    file->stream = NULL;
    if (written && file->temporary &&
        rename(file->temporary, file->path) != 0) {
        error_set_errno(err, ERROR_IO, "%s: cannot put the new file here",
                        file->path);
        written = false;
    }
    if (!written)
        drop_temporary(file);
    else if (file->temporary)
        sync_folder(file->path);
    release(file);
    return written;
}

void atomic_abort(struct atomic_file *file)
{
    if (!file)
        return;
    fclose(file->stream);
    drop_temporary(file);
    release(file);
}

static bool write_stdout(const void *bytes, size_t length, struct error *err)
{
    if (fwrite(bytes, 1, length, stdout) == length && fflush(stdout) == 0)
        return true;
    return error_set_errno(err, ERROR_IO, "standard output: cannot write");
}

bool atomic_write(const char *path, const void *bytes, size_t length,
                  struct error *err)
{
    struct atomic_file *file;

    if (text_equal(path, "-"))
        return write_stdout(bytes, length, err);
    file = open_for(path, 0644,
                    length >= sizeof(database) &&
                        memcmp(bytes, database, sizeof(database)) == 0,
                    err);
    if (!file)
        return false;
    if (length && fwrite(bytes, 1, length, file->stream) != length) {
        error_set_errno(err, ERROR_IO, "%s: cannot write", path);
        atomic_abort(file);
        return false;
    }
    return atomic_commit(file, err);
}

static bool read_all(FILE *stream, const char *path, size_t limit,
                     struct buf *out, struct error *err)
{
    char block[65536];
    size_t got;

    while ((got = fread(block, 1, sizeof(block), stream)) > 0) {
        if (out->length + got > limit)
            return error_set(err, ERROR_LIMIT,
                             "%s: larger than %zu bytes, the limit here", path,
                             limit);
        buf_add(out, block, got);
    }
    if (ferror(stream))
        return error_set_errno(err, ERROR_IO, "%s: cannot read", path);
    return true;
}

char *file_read(const char *path, size_t limit, size_t *length,
                struct error *err)
{
    bool standard = text_equal(path, "-");
    FILE *stream = standard ? stdin : fopen(path, "re");
    struct buf out = { 0 };
    bool good;

    if (!stream) {
        error_set_errno(err, ERROR_INPUT, "%s: cannot open", path);
        return NULL;
    }
    good = read_all(stream, path, limit, &out, err);
    if (!standard)
        fclose(stream);
    if (!good) {
        buf_release(&out);
        return NULL;
    }
    if (length)
        *length = out.length;
    return buf_steal(&out);
}

char *file_read_text(const char *path, size_t limit, struct error *err)
{
    size_t length, line = 1;
    char *text = file_read(path, limit, &length, err);

    if (!text || strlen(text) == length)
        return text;
    for (const char *at = text; *at; at++)
        line += *at == '\n';
    error_set(err, ERROR_INPUT, "%s:%zu: a zero byte: this is no text", path,
              line);
    free(text);
    return NULL;
}
