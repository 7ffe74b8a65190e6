/*
 * worker - the thread that reads waveforms while the UI goes on.
 */
#include <config.h>

#include "annotate/play/worker.h"

#include <pthread.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/text.h"

enum { NOW, NEXT, JOBS };
enum { PIECES_A_POST = 32 }; /* half a million frames */

/* Held by the worker's table, by the thread while it reads, or by both. */
struct job {
    char *path; /* owned */
    int64_t start_us, end_us;
    int holders;
    struct peaks *peaks; /* owned; NULL: not begun, or cannot be read */
    bool done;
    bool dropped; /* the thread is leaving it unfinished */
};

struct worker {
    /* Set once. */
    struct wake *wake; /* borrowed */
    pthread_t thread;
    bool running;

    /* Under lock, the jobs' fields too. */
    pthread_mutex_t lock;
    pthread_cond_t news;
    pthread_cond_t rest;
    struct job *job[JOBS]; /* NULL: nothing wanted */
    bool quit;

    /* Worker thread only. */
    struct job *current;
    unsigned pieces;
};

/* --- under lock --------------------------------------------------------- */

static void let_go(struct job *job)
{
    if (!job || --job->holders > 0)
        return;
    peaks_free(job->peaks);
    free(job->path);
    free(job);
}

static struct job *first_open(const struct worker *worker)
{
    for (int i = 0; i < JOBS; i++) {
        if (worker->job[i] && !worker->job[i]->done)
            return worker->job[i];
    }
    return NULL;
}

/* --- the thread --------------------------------------------------------- */

static void publish(void *context, struct peaks *peaks)
{
    struct worker *worker = context;

    pthread_mutex_lock(&worker->lock);
    worker->current->peaks = peaks;
    pthread_mutex_unlock(&worker->lock);
    wake_post(worker->wake);
}

static bool go_on(void *context)
{
    struct worker *worker = context;
    bool wanted;

    pthread_mutex_lock(&worker->lock);
    wanted = !worker->quit && first_open(worker) == worker->current;
    worker->current->dropped = !wanted;
    pthread_mutex_unlock(&worker->lock);
    if (++worker->pieces % PIECES_A_POST == 0)
        wake_post(worker->wake);
    return wanted;
}

/* Reads `current`; called and returns under lock. */
static void work(struct worker *worker)
{
    const struct peaks_watch watch = { publish, go_on, worker };
    struct job *job = worker->current;
    struct error err; /* the player tells it when it opens the medium */
    bool built;

    job->holders++;
    pthread_mutex_unlock(&worker->lock);
    built = peaks_build(job->path, job->start_us, job->end_us, &watch, &err);
    pthread_mutex_lock(&worker->lock);
    if (built || err.code != ERROR_INTERRUPTED) {
        job->done = true; /* what was read before damage is kept */
    } else {
        /* Nobody draws it, for find() passes over it.  When it is still
         * wanted as the next one it will be read from its start. */
        peaks_free(job->peaks);
        job->peaks = NULL;
        job->dropped = false;
    }
    let_go(job);
    worker->current = NULL;
    wake_post(worker->wake);
}

static void *run(void *context)
{
    struct worker *worker = context;

    pthread_mutex_lock(&worker->lock);
    while (!worker->quit) {
        worker->current = first_open(worker);
        if (worker->current) {
            work(worker);
            continue;
        }
        pthread_cond_broadcast(&worker->rest);
        pthread_cond_wait(&worker->news, &worker->lock);
    }
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

/* --- the UI thread ------------------------------------------------------ */

struct worker *worker_new(struct wake *wake, struct error *err)
{
    struct worker *worker = xcalloc(1, sizeof(*worker));

    worker->wake = wake;
    pthread_mutex_init(&worker->lock, NULL);
    pthread_cond_init(&worker->news, NULL);
    pthread_cond_init(&worker->rest, NULL);
    if (pthread_create(&worker->thread, NULL, run, worker) != 0) {
        error_set(err, ERROR_IO, "cannot start a thread for waveforms");
        worker_free(worker);
        return NULL;
    }
    worker->running = true;
    return worker;
}

void worker_free(struct worker *worker)
{
    if (!worker)
        return;
    if (worker->running) {
        pthread_mutex_lock(&worker->lock);
        worker->quit = true;
        pthread_cond_signal(&worker->news);
        pthread_mutex_unlock(&worker->lock);
        pthread_join(worker->thread, NULL);
    }
    for (int i = 0; i < JOBS; i++)
        let_go(worker->job[i]);
    pthread_cond_destroy(&worker->news);
    pthread_cond_destroy(&worker->rest);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
}

/* The job for `want`, one that is there or a new one; held once more. */
static struct job *find(const struct worker *worker,
                        const struct worker_want *want)
{
    struct job *job;

    if (!want->path)
        return NULL;
    for (int i = 0; i < JOBS; i++) {
        job = worker->job[i];
        if (job && !job->dropped && text_equal(job->path, want->path) &&
            job->start_us == want->start_us && job->end_us == want->end_us) {
            job->holders++;
            return job;
        }
    }
    job = xcalloc(1, sizeof(*job));
    job->path = xstrdup(want->path);
    job->start_us = want->start_us;
    job->end_us = want->end_us;
    job->holders = 1;
    return job;
}

void worker_want(struct worker *worker, const struct worker_want *now)
{
    struct job *job;

    pthread_mutex_lock(&worker->lock);
    job = find(worker, now);
    for (int i = 0; i < JOBS; i++) {
        let_go(worker->job[i]);
        worker->job[i] = NULL;
    }
    worker->job[NOW] = job;
    pthread_cond_signal(&worker->news);
    pthread_mutex_unlock(&worker->lock);
}

void worker_want_next(struct worker *worker, const struct worker_want *next)
{
    struct job *job;

    pthread_mutex_lock(&worker->lock);
    job = find(worker, next);
    let_go(worker->job[NEXT]);
    worker->job[NEXT] = job;
    pthread_cond_signal(&worker->news);
    pthread_mutex_unlock(&worker->lock);
}

struct peaks *worker_peaks(struct worker *worker)
{
    struct peaks *peaks;

    pthread_mutex_lock(&worker->lock);
    peaks = worker->job[NOW] ? worker->job[NOW]->peaks : NULL;
    pthread_mutex_unlock(&worker->lock);
    return peaks;
}

void worker_settle(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    while (worker->current || first_open(worker))
        pthread_cond_wait(&worker->rest, &worker->lock);
    pthread_mutex_unlock(&worker->lock);
}
