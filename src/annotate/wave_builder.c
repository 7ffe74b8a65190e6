/*
 * wave_builder - reads a medium's waveform in a thread of its own.
 */
#include <config.h>

#include "annotate/wave_builder.h"

#include <pthread.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/media/peaks.h"

struct wave_builder {
    /* Set once, before the thread starts. */
    char *path; /* owned */
    int64_t start_us, end_us;
    struct wake *wake;
    pthread_t thread;

    /* UI thread only. */
    bool joined;
    bool drawn; /* all of it */

    /* Under lock. */
    pthread_mutex_t lock;
    struct peaks *peaks; /* owned; NULL until it is known how long it is */
    bool stop;
    bool ended;
};

static void publish(void *context, struct peaks *peaks)
{
    struct wave_builder *builder = context;

    pthread_mutex_lock(&builder->lock);
    builder->peaks = peaks;
    pthread_mutex_unlock(&builder->lock);
}

static bool go_on(void *context)
{
    struct wave_builder *builder = context;
    bool stop;

    pthread_mutex_lock(&builder->lock);
    stop = builder->stop;
    pthread_mutex_unlock(&builder->lock);
    return !stop;
}

static void *build(void *context)
{
    struct wave_builder *builder = context;
    struct peaks_watch watch = { publish, go_on, builder };
    struct error err;

    peaks_build(builder->path, builder->start_us, builder->end_us, &watch,
                &err);
    pthread_mutex_lock(&builder->lock);
    builder->ended = true;
    pthread_mutex_unlock(&builder->lock);
    wake_post(builder->wake);
    return NULL;
}

struct wave_builder *wave_builder_new(const char *path, int64_t start_us,
                                      int64_t end_us, struct wake *wake)
{
    struct wave_builder *builder = xcalloc(1, sizeof(*builder));

    builder->path = xstrdup(path);
    builder->start_us = start_us;
    builder->end_us = end_us;
    builder->wake = wake;
    pthread_mutex_init(&builder->lock, NULL);
    if (pthread_create(&builder->thread, NULL, build, builder) != 0) {
        builder->joined = true; /* no thread, no waveform: nothing is lost */
        builder->ended = true;
    }
    return builder;
}

void wave_builder_wait(struct wave_builder *builder)
{
    if (!builder->joined)
        pthread_join(builder->thread, NULL);
    builder->joined = true;
}

void wave_builder_free(struct wave_builder *builder)
{
    if (!builder)
        return;
    pthread_mutex_lock(&builder->lock);
    builder->stop = true;
    pthread_mutex_unlock(&builder->lock);
    wave_builder_wait(builder);
    pthread_mutex_destroy(&builder->lock);
    peaks_free(builder->peaks);
    free(builder->path);
    free(builder);
}

bool wave_builder_draw(struct wave_builder *builder, int64_t from_us,
                       int64_t to_us, struct wave *wave)
{
    struct peak column[MODEL_WAVE_COLUMNS];
    struct peaks *peaks;
    bool ended;

    if (builder->drawn)
        return false;
    pthread_mutex_lock(&builder->lock);
    peaks = builder->peaks;
    ended = builder->ended;
    pthread_mutex_unlock(&builder->lock);
    builder->drawn = ended;
    if (!peaks)
        return false;
    peaks_draw(peaks, PEAKS_ALL, from_us, to_us, column, MODEL_WAVE_COLUMNS);
    for (size_t i = 0; i < MODEL_WAVE_COLUMNS; i++) {
        wave->low[i] = column[i].low;
        wave->high[i] = column[i].high;
    }
    wave->count = MODEL_WAVE_COLUMNS;
    return true;
}
