/*
 * worker - the thread that reads media while the UI goes on.
 */
#include <config.h>

#include "annotate/play/worker.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/file/hash_checked.h"
#include "common/media/ffmpeg.h"
#include "common/media/peaks_file.h"
#include "common/media/reader_pair.h"

enum { NOW, NEXT, JOBS };
enum { PIECES_A_POST = 32 }; /* half a million frames */
enum { WORKER_NICE = 5 };

/* Held by the worker's table, by the thread while it reads, or by both. */
struct job {
    char *path; /* owned */
    int64_t start_us, end_us;
    bool hashed; /* `sha256` is what it should have */
    uint8_t sha256[HASH_SIZE];
    bool pair;                 /* `path` names two (reader_pair.h) */
    uint8_t second[HASH_SIZE]; /* that of the second of them */
    int holders;
    enum worker_check check; /* good: its loudness is known too */
    struct error complaint;  /* why it is CHECK_UNPLAYABLE */
    struct loudness loudness;
    struct peaks *peaks; /* owned; NULL: not begun, or cannot be read */
    bool done;
    bool dropped; /* the thread is leaving it unfinished */
};

struct worker {
    /* Set once. */
    struct wake *wake;   /* borrowed */
    struct sight *sight; /* owned */
    char *checks;        /* owned; folders of the cache, or NULL */
    char *waveforms;     /* owned */
    bool wants_peaks;
    bool wants_loudness;
    bool wants_codecs;
    pthread_t thread;
    bool running;

    /* Under lock, the jobs' fields too. */
    pthread_mutex_t lock;
    pthread_cond_t news;
    pthread_cond_t rest;
    struct job *job[JOBS]; /* NULL: nothing wanted */
    unsigned asked;        /* raised by worker_look() */
    unsigned looked;       /* the last of these that was dealt with */
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

/*
 * What is wanted now comes first, its check before its waveform: whatever is
 * asked for next never makes the thread leave the waveform that is drawn.
 */
static struct job *first_open(const struct worker *worker)
{
    for (int i = 0; i < JOBS; i++) {
        struct job *job = worker->job[i];

        if (job && (job->check == CHECK_RUNNING || !job->done))
            return job;
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

    sight_serve(worker->sight); /* whoever looks does not wait for it */
    pthread_mutex_lock(&worker->lock);
    wanted = !worker->quit && first_open(worker) == worker->current;
    worker->current->dropped = !wanted;
    pthread_mutex_unlock(&worker->lock);
    if (++worker->pieces % PIECES_A_POST == 0)
        wake_post(worker->wake);
    return wanted;
}

/* --- one job: unlocked ------------------------------------------------- */

/* What a check came to. */
struct outcome {
    enum worker_check check;
    struct loudness loudness;
    struct error complaint;
};

static enum worker_check measure(struct worker *worker, const struct job *job,
                                 struct outcome *outcome)
{
    struct error *err = &outcome->complaint;

    if (!worker->wants_loudness ||
        loudness_measure(job->path, job->start_us, job->end_us, go_on, worker,
                         &outcome->loudness, err))
        return CHECK_GOOD;
    return err->code == ERROR_INTERRUPTED ? CHECK_RUNNING : CHECK_UNPLAYABLE;
}

static enum worker_check check_file(struct worker *worker, const char *path,
                                    const uint8_t expected[HASH_SIZE])
{
    const struct checked_watch watch = { go_on, worker };
    uint8_t found[HASH_SIZE];
    struct error err;

    if (!checked_sha256(path, worker->checks, &watch, found, &err))
        return err.code == ERROR_INTERRUPTED ? CHECK_RUNNING : CHECK_UNREADABLE;
    return memcmp(found, expected, HASH_SIZE) == 0 ? CHECK_GOOD : CHECK_CHANGED;
}

static enum worker_check check_pair(struct worker *worker,
                                    const struct job *job)
{
    enum worker_check outcome = CHECK_GOOD;

    for (int side = 0; outcome == CHECK_GOOD && side < 2; side++) {
        char *path = reader_pair_path(job->path, side);

        outcome =
            path ? check_file(worker, path, side ? job->second : job->sha256)
                 : CHECK_UNREADABLE;
        free(path);
    }
    return outcome;
}

static void check(struct worker *worker, const struct job *job,
                  struct outcome *outcome)
{
    outcome->check = CHECK_GOOD;
    if (job->hashed)
        outcome->check = job->pair ? check_pair(worker, job)
                                   : check_file(worker, job->path, job->sha256);
    if (outcome->check == CHECK_GOOD)
        outcome->check = measure(worker, job, outcome);
}

/* Of a medium whose hash is known, and that takes long to read. */
static bool worth_keeping(const struct worker *worker, struct peaks *peaks)
{
    struct peaks_info info;

    peaks_info(peaks, &info);
    return worker->waveforms &&
           info.frames / info.rate > WORKER_LONG_US / 1000000;
}

static bool from_cache(struct worker *worker, const char *name)
{
    struct error err; /* one that is not there is none */
    struct peaks *peaks = name ? peaks_file_read(name, &err) : NULL;

    if (peaks)
        publish(worker, peaks);
    return peaks != NULL;
}

/* False: given up. */
static bool build(struct worker *worker, const struct job *job, bool hashed)
{
    const struct peaks_watch watch = { publish, go_on, worker };
    char *name = worker->waveforms && hashed && !job->pair
                     ? peaks_file_name(worker->waveforms, job->sha256,
                                       job->start_us, job->end_us)
                     : NULL;
    struct error err; /* the player tells it when it opens the medium */
    bool built = from_cache(worker, name);

    if (!built) {
        err.code = ERROR_NONE;
        built =
            peaks_build(job->path, job->start_us, job->end_us, &watch, &err);
        if (built && name && worth_keeping(worker, job->peaks))
            peaks_file_write(job->peaks, name, &err);
        else if (!built)
            built = err.code != ERROR_INTERRUPTED;
    }
    free(name);
    return built; /* what was read before damage is kept */
}

/* Checks or reads `current`; called and returns under lock. */
static void work(struct worker *worker)
{
    struct job *job = worker->current;
    bool checking = job->check == CHECK_RUNNING;
    struct outcome outcome = { .check = job->check };
    bool built = false;

    job->holders++;
    pthread_mutex_unlock(&worker->lock);
    if (checking)
        check(worker, job, &outcome);
    else
        built = build(worker, job, job->hashed);
    pthread_mutex_lock(&worker->lock);
    if (checking) {
        job->check = outcome.check;
        job->complaint = outcome.complaint;
        job->loudness = outcome.loudness;
        job->done = !worker->wants_peaks || (outcome.check != CHECK_RUNNING &&
                                             outcome.check != CHECK_GOOD);
        job->dropped = false;
    } else if (built) {
        job->done = true;
    } else {
        /* Nobody draws it: it is not what is wanted now, and find() passes
         * over it.  When it is still wanted as the next one it will be read
         * from its start. */
        peaks_free(job->peaks);
        job->peaks = NULL;
        job->dropped = false;
    }
    let_go(job);
    worker->current = NULL;
    wake_post(worker->wake);
}

/* A piece of what is in the window; called and returns under lock. */
static bool serve(struct worker *worker)
{
    unsigned asked = worker->asked;
    bool done;

    pthread_mutex_unlock(&worker->lock);
    done = sight_serve(worker->sight);
    pthread_mutex_lock(&worker->lock);
    if (!done)
        worker->looked = asked;
    /* Something may have been asked for meanwhile, without a wait to end. */
    return done || worker->quit || worker->asked != asked || first_open(worker);
}

/* While the start page is read; called and returns under lock.  Where they are
 * missing the medium that needs them says so. */
static void load_codecs(struct worker *worker)
{
    pthread_mutex_unlock(&worker->lock);
    ffmpeg_ready(NULL);
    pthread_mutex_lock(&worker->lock);
}

static void *run(void *context)
{
    struct worker *worker = context;
    bool loaded = !worker->wants_codecs;

    /* Of this thread only: a key and the sound come before a picture.  Where
     * that is refused all are equal. */
    setpriority(PRIO_PROCESS, (id_t)gettid(), WORKER_NICE);
    pthread_mutex_lock(&worker->lock);
    while (!worker->quit) {
        worker->current = first_open(worker);
        if (worker->current) {
            work(worker);
            continue;
        }
        if (!loaded) {
            loaded = true;
            load_codecs(worker);
            continue;
        }
        if (serve(worker))
            continue;
        pthread_cond_broadcast(&worker->rest);
        pthread_cond_wait(&worker->news, &worker->lock);
    }
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

/* --- the UI thread ------------------------------------------------------ */

static void name_folders(struct worker *worker, const char *cache)
{
    if (!cache)
        return;
    worker->checks = path_join(cache, "checked");
    worker->waveforms = path_join(cache, "waveforms");
}

struct worker *worker_new(const struct worker_settings *settings,
                          struct error *err)
{
    struct worker *worker = xcalloc(1, sizeof(*worker));

    worker->wake = settings->wake;
    worker->wants_peaks = settings->peaks;
    worker->wants_loudness = settings->loudness;
    worker->wants_codecs = settings->codecs;
    worker->sight = sight_new(settings->wake);
    name_folders(worker, settings->cache);
    pthread_mutex_init(&worker->lock, NULL);
    pthread_cond_init(&worker->news, NULL);
    pthread_cond_init(&worker->rest, NULL);
    if (pthread_create(&worker->thread, NULL, run, worker) != 0) {
        error_set(err, ERROR_IO, "cannot start a thread that reads media");
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
    sight_free(worker->sight);
    free(worker->checks);
    free(worker->waveforms);
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
            job->start_us == want->start_us && job->end_us == want->end_us &&
            job->hashed == (want->sha256 != NULL)) {
            job->holders++;
            return job;
        }
    }
    job = xcalloc(1, sizeof(*job));
    job->path = xstrdup(want->path);
    job->start_us = want->start_us;
    job->end_us = want->end_us;
    job->hashed = want->sha256 != NULL;
    if (job->hashed)
        memcpy(job->sha256, want->sha256, HASH_SIZE);
    job->pair = want->second != NULL;
    if (job->pair)
        memcpy(job->second, want->second, HASH_SIZE);
    job->check =
        job->hashed || worker->wants_loudness ? CHECK_RUNNING : CHECK_GOOD;
    job->done = job->check == CHECK_GOOD && !worker->wants_peaks;
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

enum worker_check worker_checked(struct worker *worker)
{
    enum worker_check check;

    pthread_mutex_lock(&worker->lock);
    check = worker->job[NOW] ? worker->job[NOW]->check : CHECK_GOOD;
    pthread_mutex_unlock(&worker->lock);
    return check;
}

struct loudness worker_loudness(struct worker *worker)
{
    struct loudness loudness = { 0 };

    pthread_mutex_lock(&worker->lock);
    if (worker->job[NOW])
        loudness = worker->job[NOW]->loudness;
    pthread_mutex_unlock(&worker->lock);
    return loudness;
}

void worker_complaint(struct worker *worker, struct error *err)
{
    error_clear(err);
    pthread_mutex_lock(&worker->lock);
    if (worker->job[NOW])
        *err = worker->job[NOW]->complaint;
    pthread_mutex_unlock(&worker->lock);
}

struct sight *worker_sight(struct worker *worker)
{
    return worker->sight;
}

void worker_look(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    worker->asked++;
    pthread_cond_signal(&worker->news);
    pthread_mutex_unlock(&worker->lock);
}

void worker_settle(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    while (worker->current || first_open(worker) ||
           worker->looked != worker->asked)
        pthread_cond_wait(&worker->rest, &worker->lock);
    pthread_mutex_unlock(&worker->lock);
}
