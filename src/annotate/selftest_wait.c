/*
 * selftest_wait - how long a key waits until it is read.
 */
#include <config.h>

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "annotate/selftest.h"
#include "annotate/term/term.h"
#include "common/base/mem.h"
#include "common/stat/describe.h"

enum {
    GAP_US = 7000,  /* between keys, and as much again by chance */
    LOST_MS = 2000, /* for the kernel to hand a byte over */
    BUSY_MOST = 64, /* threads */
    FRAME_MS = 33,  /* what the workbench waits at most while it plays */
};

struct typist {
    int master;
    size_t keys;
    _Atomic int64_t *typed_us; /* of each key */
};

static void sleep_us(int64_t us)
{
    struct timespec time = { us / 1000000, us % 1000000 * 1000 };

    nanosleep(&time, NULL);
}

static void *type(void *context)
{
    struct typist *typist = context;
    uint32_t chance = 1;

    for (size_t i = 0; i < typist->keys; i++) {
        chance = chance * 1664525u + 1013904223u;
        sleep_us(GAP_US + (int64_t)(chance >> 8) % GAP_US);
        atomic_store(&typist->typed_us[i], term_now_us());
        if (write(typist->master, "x", 1) != 1)
            return NULL;
    }
    return NULL;
}

static void *be_busy(void *context)
{
    _Atomic bool *stop = context;

    while (!atomic_load(stop))
        ;
    return NULL;
}

static bool open_terminal(int *master, int *slave, struct error *err)
{
    struct termios raw_mode;
    const char *name;

    *slave = -1;
    *master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*master >= 0 && grantpt(*master) == 0 && unlockpt(*master) == 0 &&
        (name = ptsname(*master)) != NULL)
        *slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*slave < 0 || tcgetattr(*slave, &raw_mode) != 0) {
        if (*master >= 0)
            close(*master);
        return error_set_errno(err, ERROR_IO, "no pseudo-terminal");
    }
    raw_mode.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
    tcsetattr(*slave, TCSANOW, &raw_mode);
    return true;
}

/* As the loop of the workbench: polls, reads, stamps. */
static size_t read_all(int slave, size_t keys, const struct typist *typist,
                       double *wait_ms)
{
    struct pollfd file = { .fd = slave, .events = POLLIN };
    int64_t last_us = term_now_us();
    size_t done = 0;

    while (done < keys && term_now_us() - last_us < LOST_MS * 1000) {
        char bytes[64];
        ssize_t got;

        if (poll(&file, 1, FRAME_MS) <= 0)
            continue;
        got = read(slave, bytes, sizeof(bytes));
        last_us = term_now_us();
        for (ssize_t i = 0; i < got && done < keys; i++, done++)
            wait_ms[done] =
                (double)(last_us - atomic_load(&typist->typed_us[done])) / 1000;
    }
    return done;
}

static void summarise(double *wait_ms, size_t count, struct selftest_wait *out)
{
    *out = (struct selftest_wait){ .keys = count };
    if (count < 2)
        return;
    out->sd = describe_sd(wait_ms, count, DESCRIBE_N_LESS_1).value;
    describe_sort(wait_ms, count);
    out->median = describe_quantile(wait_ms, count, 0.5).value;
    out->p95 = describe_quantile(wait_ms, count, 0.95).value;
    out->most = wait_ms[count - 1];
}

bool selftest_wait(size_t keys, bool load, struct selftest_wait *out,
                   struct error *err)
{
    struct typist typist = { .keys = keys };
    double *wait_ms = xcalloc(keys, sizeof(*wait_ms));
    pthread_t thread, busy[BUSY_MOST];
    _Atomic bool stop = false;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int slave, threads = 0;
    bool good = false;

    if (!open_terminal(&typist.master, &slave, err)) {
        free(wait_ms);
        return false;
    }
    typist.typed_us = xcalloc(keys, sizeof(*typist.typed_us));
    while (load && threads < BUSY_MOST && threads < processors &&
           pthread_create(&busy[threads], NULL, be_busy, &stop) == 0)
        threads++;
    if (pthread_create(&thread, NULL, type, &typist) == 0) {
        size_t done = read_all(slave, keys, &typist, wait_ms);

        pthread_join(thread, NULL);
        summarise(wait_ms, done, out);
        good = done >= 2 ||
               error_set(err, ERROR_IO, "the pseudo-terminal gives no keys");
    } else {
        error_set(err, ERROR_IO, "cannot start a thread that types");
    }
    atomic_store(&stop, true);
    while (threads > 0)
        pthread_join(busy[--threads], NULL);
    close(slave);
    close(typist.master);
    free(typist.typed_us);
    free(wait_ms);
    return good;
}
