/* progress - see progress.h. */
#include <config.h>

#include "common/base/progress.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "common/base/mem.h"

enum { BAR_CELLS = 24 };

struct progress {
    /* Set once. */
    const char *what;
    const char *unit;
    size_t total;
    bool terminal;
    double begin;

    /* Under lock. */
    pthread_mutex_t lock;
    size_t done;
    double shown; /* when the line was last drawn; 0: never */
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

struct progress *progress_new(const char *what, const char *unit, size_t total)
{
    struct progress *progress = xcalloc(1, sizeof(*progress));

    progress->what = what;
    progress->unit = unit;
    progress->total = total;
    progress->terminal = isatty(STDERR_FILENO) == 1;
    progress->begin = now();
    pthread_mutex_init(&progress->lock, NULL);
    return progress;
}

static void draw(struct progress *progress, double time)
{
    double gone = time - progress->begin;
    double rate = (double)progress->done / gone;
    double share =
        progress->total ? (double)progress->done / (double)progress->total : 0;
    int left =
        rate > 0 ? (int)((double)(progress->total - progress->done) / rate) : 0;
    char bar[BAR_CELLS + 1];

    for (int i = 0; i < BAR_CELLS; i++)
        bar[i] = i < (int)(share * BAR_CELLS) ? '#' : '.';
    bar[BAR_CELLS] = '\0';
    fprintf(stderr, "\r%s [%s] %zu of %zu %s, %.1f/s, %d:%02d left\033[K",
            progress->what, bar, progress->done, progress->total,
            progress->unit, rate, left / 60, left % 60);
    fflush(stderr);
    progress->shown = time;
}

void progress_step(struct progress *progress, size_t steps)
{
    double time;

    if (!progress)
        return;
    time = now();
    pthread_mutex_lock(&progress->lock);
    progress->done += steps;
    if (progress->done > progress->total)
        progress->total = progress->done;
    if (progress->terminal && time - progress->begin > 0.5 &&
        time - progress->shown > 0.1)
        draw(progress, time);
    pthread_mutex_unlock(&progress->lock);
}

void progress_free(struct progress *progress)
{
    if (!progress)
        return;
    if (progress->shown > 0) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    pthread_mutex_destroy(&progress->lock);
    free(progress);
}
