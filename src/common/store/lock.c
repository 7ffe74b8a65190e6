/*
 * lock - flock() on a file that names host, process and since when.
 */
#include <config.h>

#include "common/store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/base/path.h"

struct lock {
    char *path; /* owned; of the lock file */
    int fd;
};

static void write_holder(int fd)
{
    char host[256] = "?";
    char since[64] = "?";
    time_t now = time(NULL);
    struct tm tm;

    gethostname(host, sizeof(host) - 1);
    if (gmtime_r(&now, &tm))
        strftime(since, sizeof(since), "%Y-%m-%d %H:%M:%S UTC", &tm);
    /* For people: a lock without it is as good. */
    if (ftruncate(fd, 0) != 0 || dprintf(fd, "host %s\nprocess %ld\nsince %s\n",
                                         host, (long)getpid(), since) < 0)
        return;
}

static void say_holder(int fd, const char *path, struct error *err)
{
    char text[512] = "";
    char host[256] = "?";
    char since[64] = "?";
    long process = 0;
    ssize_t got = pread(fd, text, sizeof(text) - 1, 0);

    if (got > 0)
        text[got] = '\0';
    if (sscanf(text, "host %255s\nprocess %ld\nsince %63[^\n]", host, &process,
               since) == 3)
        error_set(err, ERROR_BUSY,
                  "%s is open in process %ld on %s, since %s: end that one "
                  "first",
                  path_name(path), process, host, since);
    else
        error_set(err, ERROR_BUSY,
                  "%s is open in another process: end that one first",
                  path_name(path));
}

/* False when the file was unlinked (its holder ended) before we had it. */
static bool still_there(int fd, const char *path)
{
    struct stat ours, there;

    return fstat(fd, &ours) == 0 && stat(path, &there) == 0 &&
           ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

static int take(const char *path, const char *lock_path, struct error *err)
{
    for (;;) {
        int fd =
            open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

        if (fd < 0) {
            error_set_errno(err, ERROR_IO,
                            "%s: cannot be made, and nobody works on that file "
                            "without it",
                            lock_path);
            return -1;
        }
        if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK)
                say_holder(fd, path, err);
            else
                error_set_errno(err, ERROR_IO, "%s: cannot be locked",
                                lock_path);
            close(fd);
            return -1;
        }
        if (still_there(fd, lock_path))
            return fd;
        close(fd);
    }
}

struct lock *lock_take(const char *path, struct error *err)
{
    char *lock_path = xasprintf("%s.lock", path);
    int fd = take(path, lock_path, err);
    struct lock *lock;

    if (fd < 0) {
        free(lock_path);
        return NULL;
    }
    write_holder(fd);
    lock = xcalloc(1, sizeof(*lock));
    lock->path = lock_path;
    lock->fd = fd;
    return lock;
}

void lock_drop(struct lock *lock)
{
    if (!lock)
        return;
    unlink(lock->path); /* while it is held: see still_there() */
    close(lock->fd);
    free(lock->path);
    free(lock);
}
