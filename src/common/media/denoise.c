/*
 * denoise - see denoise.h.
 */
#include <config.h>

#include "common/media/denoise.h"

#include <errno.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/channel_layout.h>
#include <math.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/media/library.h"

enum { PIECE = 8192 }; /* samples given to the filter at once */

#define LIBRARY "libavfilter.so." AV_STRINGIFY(LIBAVFILTER_VERSION_MAJOR)

/* The functions of libavfilter that are called. */
struct filter_api {
    __typeof__(avfilter_get_by_name) *get_by_name;
    __typeof__(avfilter_graph_alloc) *graph_alloc;
    __typeof__(avfilter_graph_free) *graph_free;
    __typeof__(avfilter_graph_create_filter) *create;
    __typeof__(avfilter_link) *link;
    __typeof__(avfilter_graph_config) *config;
    __typeof__(av_buffersrc_write_frame) *add;
    __typeof__(av_buffersink_get_frame) *get;
};

/* Written once, by the thread that comes first. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct filter_api library;
static struct error library_err;
static bool library_ready;

#define SYMBOL(name, member)                      \
    {                                             \
        name, offsetof(struct filter_api, member) \
    }

static const struct library_symbol symbols[] = {
    SYMBOL("avfilter_get_by_name", get_by_name),
    SYMBOL("avfilter_graph_alloc", graph_alloc),
    SYMBOL("avfilter_graph_free", graph_free),
    SYMBOL("avfilter_graph_create_filter", create),
    SYMBOL("avfilter_link", link),
    SYMBOL("avfilter_graph_config", config),
    SYMBOL("av_buffersrc_write_frame", add),
    SYMBOL("av_buffersink_get_frame", get),
};

static void load(void)
{
    const struct library avfilter = {
        .file = LIBRARY,
        .package = "libavfilter" AV_STRINGIFY(LIBAVFILTER_VERSION_MAJOR),
        .symbol = symbols,
        .symbols = LENGTH_OF(symbols),
    };

    library_ready = library_load(&avfilter, &library, &library_err);
    if (!library_ready)
        error_prefix(&library_err, "--denoise");
}

struct denoise {
    int rate;
    AVFilterGraph *graph;          /* owned, with what is in it */
    AVFilterContext *source, *end; /* borrowed from the graph */
    AVFrame *frame;                /* owned */
    int64_t fed;                   /* samples that the filter was given */
    int64_t skip;                  /* of its delay: still to be thrown away */
    float *ready;                  /* owned */
    int64_t room, count, next;
};

static bool broken(struct error *err)
{
    return error_set(err, ERROR_LIMIT, "the filter afftdn of %s fails",
                     LIBRARY);
}

static bool add_filter(struct denoise *it, const char *name,
                       const char *arguments, AVFilterContext **out)
{
    const AVFilter *filter = library.get_by_name(name);

    return filter &&
           library.create(out, filter, name, arguments, NULL, it->graph) >= 0;
}

static bool build(struct denoise *it, double noise_db, struct error *err)
{
    AVFilterContext *filter;
    char source[128], settings[128];

    snprintf(
        source, sizeof(source),
        "sample_rate=%d:sample_fmt=fltp:channel_layout=mono:time_base=1/%d",
        it->rate, it->rate);
    snprintf(settings, sizeof(settings), "nr=%.0f:nf=%.2f:nt=w",
             DENOISE_MOST_DB, noise_db);
    it->graph = library.graph_alloc();
    it->frame = av_frame_alloc();
    if (!it->graph || !it->frame)
        abort(); /* out of memory */
    it->graph->nb_threads = 1;
    if (!add_filter(it, "abuffer", source, &it->source) ||
        !add_filter(it, "afftdn", settings, &filter) ||
        !add_filter(it, "abuffersink", NULL, &it->end) ||
        library.link(it->source, 0, filter, 0) < 0 ||
        library.link(filter, 0, it->end, 0) < 0 ||
        library.config(it->graph, NULL) < 0)
        return broken(err);
    return true;
}

/* It works in steps of 1/80 s, of which a window has three. */
static int64_t delay(int rate)
{
    return rate / 80 * 2;
}

struct denoise *denoise_new(int rate, double noise_db, struct error *err)
{
    struct denoise *it;

    pthread_once(&once, load);
    if (!library_ready) {
        *err = library_err;
        return NULL;
    }
    noise_db = fmin(fmax(noise_db, DENOISE_LOWEST_DB), DENOISE_HIGHEST_DB);
    it = xcalloc(1, sizeof(*it));
    it->rate = rate;
    it->skip = delay(rate);
    if (build(it, noise_db, err))
        return it;
    denoise_free(it);
    return NULL;
}

void denoise_free(struct denoise *it)
{
    if (!it)
        return;
    if (it->graph)
        library.graph_free(&it->graph);
    av_frame_free(&it->frame);
    free(it->ready);
    free(it);
}

/* What the filter gave, less its delay. */
static void keep(struct denoise *it)
{
    const float *from = (const float *)it->frame->data[0];
    int64_t count = it->frame->nb_samples;
    int64_t skip = it->skip < count ? it->skip : count;

    it->skip -= skip;
    count -= skip;
    if (it->next > 0) {
        memmove(it->ready, it->ready + it->next,
                (size_t)(it->count - it->next) * sizeof(float));
        it->count -= it->next;
        it->next = 0;
    }
    if (it->count + count > it->room) {
        it->room = 2 * (it->count + count);
        it->ready = xreallocarray(it->ready, (size_t)it->room, sizeof(float));
    }
    if (count > 0)
        memcpy(it->ready + it->count, from + skip,
               (size_t)count * sizeof(float));
    it->count += count;
}

static bool drain(struct denoise *it, struct error *err)
{
    int code;

    while ((code = library.get(it->end, it->frame)) >= 0) {
        keep(it);
        av_frame_unref(it->frame);
    }
    return code == AVERROR(EAGAIN) || code == AVERROR_EOF || broken(err);
}

/* NULL: `count` zeros. */
static bool feed(struct denoise *it, const float *in, int64_t count,
                 struct error *err)
{
    AVFrame *frame = it->frame;

    frame->nb_samples = (int)count;
    frame->format = AV_SAMPLE_FMT_FLTP;
    frame->sample_rate = it->rate;
    frame->pts = it->fed;
    av_channel_layout_default(&frame->ch_layout, 1);
    if (av_frame_get_buffer(frame, 0) < 0)
        abort(); /* out of memory */
    if (in)
        memcpy(frame->data[0], in, (size_t)count * sizeof(float));
    else
        memset(frame->data[0], 0, (size_t)count * sizeof(float));
    it->fed += count;
    if (library.add(it->source, frame) < 0)
        return broken(err);
    av_frame_unref(frame);
    return drain(it, err);
}

bool denoise_push(struct denoise *it, const float *in, int64_t count,
                  struct error *err)
{
    while (count > 0) {
        int64_t piece = count < PIECE ? count : PIECE;

        if (!feed(it, in, piece, err))
            return false;
        in += piece;
        count -= piece;
    }
    return true;
}

bool denoise_finish(struct denoise *it, struct error *err)
{
    if (it->fed > 0 && !feed(it, NULL, delay(it->rate), err))
        return false;
    if (library.add(it->source, NULL) < 0)
        return broken(err);
    return drain(it, err);
}

int64_t denoise_pull(struct denoise *it, float *out, int64_t count)
{
    if (count > it->count - it->next)
        count = it->count - it->next;
    if (count > 0)
        memcpy(out, it->ready + it->next, (size_t)count * sizeof(float));
    it->next += count;
    return count;
}
