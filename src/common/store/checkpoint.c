/*
 * checkpoint - takes the write-ahead log into its database.
 */
#include <config.h>

#include "common/store/checkpoint_internal.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include <sqlite3.h>

#include "common/base/mem.h"

enum {
    /* Pages of 4 KiB. */
    WANTED_PAGES = 256,
    PATIENCE_PAGES = 768,
    /* So often again when commits came while it was taken in: the log begins
     * anew only when all of it is. */
    TRIES = 4,
};

struct checkpoint {
    /* Set once, before the thread starts. */
    sqlite3 *writer; /* borrowed; the writer's thread only */
    sqlite3 *own;    /* owned; this thread only */
    pthread_t thread;

    /* Under lock, which is taken alone. */
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool wanted;
    bool stop;
};

static void take_in(struct checkpoint *checkpoint)
{
    for (int i = 0; i < TRIES; i++) {
        int all = 0;
        int done = 0;

        /* What fails now is tried again after the next commit. */
        if (sqlite3_wal_checkpoint_v2(checkpoint->own, NULL,
                                      SQLITE_CHECKPOINT_PASSIVE, &all,
                                      &done) != SQLITE_OK ||
            done >= all)
            return;
    }
}

static void *run(void *context)
{
    struct checkpoint *checkpoint = context;

    pthread_mutex_lock(&checkpoint->lock);
    while (!checkpoint->stop) {
        if (!checkpoint->wanted) {
            pthread_cond_wait(&checkpoint->wake, &checkpoint->lock);
            continue;
        }
        checkpoint->wanted = false;
        pthread_mutex_unlock(&checkpoint->lock);
        take_in(checkpoint);
        pthread_mutex_lock(&checkpoint->lock);
    }
    pthread_mutex_unlock(&checkpoint->lock);
    return NULL;
}

/* After each commit, in the writer's thread. */
static int on_commit(void *context, sqlite3 *writer, const char *name,
                     int pages)
{
    struct checkpoint *checkpoint = context;

    if (pages >= PATIENCE_PAGES) {
        sqlite3_wal_checkpoint_v2(writer, name, SQLITE_CHECKPOINT_RESTART, NULL,
                                  NULL);
    } else if (pages >= WANTED_PAGES) {
        pthread_mutex_lock(&checkpoint->lock);
        checkpoint->wanted = true;
        pthread_cond_signal(&checkpoint->wake);
        pthread_mutex_unlock(&checkpoint->lock);
    }
    return SQLITE_OK;
}

struct checkpoint *checkpoint_new(sqlite3 *writer, const char *path,
                                  struct error *err)
{
    struct checkpoint *checkpoint = xcalloc(1, sizeof(*checkpoint));

    checkpoint->writer = writer;
    pthread_mutex_init(&checkpoint->lock, NULL);
    pthread_cond_init(&checkpoint->wake, NULL);
    if (sqlite3_open_v2(path, &checkpoint->own,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK ||
        pthread_create(&checkpoint->thread, NULL, run, checkpoint) != 0) {
        error_set(err, ERROR_IO, "its log cannot be looked after");
        sqlite3_close(checkpoint->own);
        pthread_cond_destroy(&checkpoint->wake);
        pthread_mutex_destroy(&checkpoint->lock);
        free(checkpoint);
        return NULL;
    }
    sqlite3_wal_hook(writer, on_commit, checkpoint);
    return checkpoint;
}

void checkpoint_free(struct checkpoint *checkpoint)
{
    if (!checkpoint)
        return;
    sqlite3_wal_hook(checkpoint->writer, NULL, NULL);
    pthread_mutex_lock(&checkpoint->lock);
    checkpoint->stop = true;
    pthread_cond_signal(&checkpoint->wake);
    pthread_mutex_unlock(&checkpoint->lock);
    pthread_join(checkpoint->thread, NULL);
    sqlite3_close(checkpoint->own);
    pthread_cond_destroy(&checkpoint->wake);
    pthread_mutex_destroy(&checkpoint->lock);
    free(checkpoint);
}
