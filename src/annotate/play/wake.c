/*
 * wake - a pipe by which a thread wakes the loop out of poll().
 */
#include <config.h>

#include "annotate/play/wake.h"

#include <fcntl.h>
#include <unistd.h>

bool wake_open(struct wake *wake, struct error *err)
{
    if (pipe2(wake->fd, O_CLOEXEC | O_NONBLOCK) != 0) {
        wake->fd[0] = wake->fd[1] = -1;
        return error_set_errno(err, ERROR_IO, "cannot make a pipe");
    }
    return true;
}

void wake_close(struct wake *wake)
{
    if (!wake || wake->fd[1] <= 0) /* also one that is all zero */
        return;
    close(wake->fd[0]);
    close(wake->fd[1]);
    wake->fd[0] = wake->fd[1] = -1;
}

int wake_fd(const struct wake *wake)
{
    return wake->fd[0];
}

void wake_post(struct wake *wake)
{
    /* A full pipe is as good as one more byte in it. */
    if (wake && write(wake->fd[1], "", 1) < 0)
        return;
}

void wake_drain(struct wake *wake)
{
    char bytes[64];

    while (read(wake->fd[0], bytes, sizeof(bytes)) > 0)
        continue;
}
