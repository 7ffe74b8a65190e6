/*
 * rate - see rate.h.
 */
#include <config.h>

#include "common/media/rate.h"

#include <assert.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/media/reader.h"

enum {
    FILTER_TAPS = 128, /* at the lower rate */
    PIECE = 1 << 16,   /* frames given to libswresample at once */
};

struct rate {
    int in_rate, out_rate, channels;
    SwrContext *convert; /* NULL: equal rates */
    bool finished;
    int64_t taken; /* frames in */
    int64_t made;  /* frames out, pulled or not */
    /* Ready and not yet pulled. */
    float *ready;        /* owned */
    int64_t room, count; /* frames */
    int64_t next;
};

static bool set_up(struct rate *rate, struct error *err)
{
    AVChannelLayout layout = { .order = AV_CHANNEL_ORDER_UNSPEC,
                               .nb_channels = rate->channels };
    int code = swr_alloc_set_opts2(&rate->convert, &layout, AV_SAMPLE_FMT_FLT,
                                   rate->out_rate, &layout, AV_SAMPLE_FMT_FLT,
                                   rate->in_rate, 0, NULL);

    if (code >= 0) {
        av_opt_set_int(rate->convert, "filter_size", FILTER_TAPS, 0);
        av_opt_set_double(rate->convert, "cutoff", 0.95, 0);
        code = swr_init(rate->convert);
    }
    if (code < 0)
        return error_set(err, ERROR_LIMIT,
                         "%d Hz to %d Hz with %d channels is not possible",
                         rate->in_rate, rate->out_rate, rate->channels);
    return true;
}

struct rate *rate_new(int in_rate, int out_rate, int channels,
                      struct error *err)
{
    struct rate *rate = xcalloc(1, sizeof(*rate));

    rate->in_rate = in_rate;
    rate->out_rate = out_rate;
    rate->channels = channels;
    if (in_rate < READER_MIN_RATE || in_rate > READER_MAX_RATE ||
        out_rate < READER_MIN_RATE || out_rate > READER_MAX_RATE ||
        channels < 1 || channels > READER_MAX_CHANNELS) {
        error_set(err, ERROR_LIMIT,
                  "%d Hz to %d Hz with %d channels is outside the limits",
                  in_rate, out_rate, channels);
        goto failed;
    }
    if (in_rate != out_rate && !set_up(rate, err))
        goto failed;
    return rate;

failed:
    rate_free(rate);
    return NULL;
}

void rate_free(struct rate *rate)
{
    if (!rate)
        return;
    swr_free(&rate->convert);
    free(rate->ready);
    free(rate);
}

int64_t rate_length(int64_t frames, int in_rate, int out_rate)
{
    return frames / in_rate * out_rate +
           (frames % in_rate * out_rate + in_rate - 1) / in_rate;
}

static float *place(struct rate *rate, int64_t frame)
{
    return rate->ready + (size_t)frame * (size_t)rate->channels;
}

/* Room for `frames` more at the end of `ready`. */
static void make_room(struct rate *rate, int64_t frames)
{
    size_t width = (size_t)rate->channels * sizeof(float);

    if (rate->next > 0) {
        memmove(rate->ready, place(rate, rate->next),
                (size_t)(rate->count - rate->next) * width);
        rate->count -= rate->next;
        rate->next = 0;
    }
    if (rate->count + frames <= rate->room)
        return;
    rate->room = (rate->count + frames) * 2;
    rate->ready = xreallocarray(rate->ready, (size_t)rate->room, width);
}

/* `in` NULL: the filter's tail. */
static void convert(struct rate *rate, const float *in, int frames)
{
    const uint8_t *from = (const uint8_t *)in;
    int bound = swr_get_out_samples(rate->convert, frames);
    uint8_t *to;
    int got;

    assert(bound >= 0);
    make_room(rate, bound + 1);
    to = (uint8_t *)place(rate, rate->count);
    got = swr_convert(rate->convert, &to, bound + 1, in ? &from : NULL, frames);
    if (got < 0)
        abort(); /* out of memory */
    rate->count += got;
    rate->made += got;
}

void rate_push(struct rate *rate, const float *in, int64_t frames)
{
    assert(!rate->finished);
    rate->taken += frames;
    if (!rate->convert) {
        make_room(rate, frames);
        if (frames > 0)
            memcpy(place(rate, rate->count), in,
                   (size_t)frames * (size_t)rate->channels * sizeof(float));
        rate->count += frames;
        rate->made += frames;
        return;
    }
    while (frames > 0) {
        int piece = frames < PIECE ? (int)frames : PIECE;

        convert(rate, in, piece);
        in += (size_t)piece * (size_t)rate->channels;
        frames -= piece;
    }
}

void rate_finish(struct rate *rate)
{
    int64_t wanted = rate_length(rate->taken, rate->in_rate, rate->out_rate);
    int64_t before;

    if (rate->finished)
        return;
    rate->finished = true;
    if (!rate->convert || rate->taken == 0)
        return;
    do {
        before = rate->made;
        convert(rate, NULL, 0);
    } while (rate->made > before && rate->made < wanted);
    if (rate->made < wanted) { /* a very short piece */
        int64_t lack = wanted - rate->made;

        make_room(rate, lack);
        memset(place(rate, rate->count), 0,
               (size_t)lack * (size_t)rate->channels * sizeof(float));
        rate->count += lack;
    } else {
        rate->count -= rate->made - wanted;
    }
    rate->made = wanted;
}

int64_t rate_ready(const struct rate *rate)
{
    return rate->count - rate->next;
}

int64_t rate_pull(struct rate *rate, float *out, int64_t frames)
{
    if (frames > rate_ready(rate))
        frames = rate_ready(rate);
    if (frames > 0)
        memcpy(out, place(rate, rate->next),
               (size_t)frames * (size_t)rate->channels * sizeof(float));
    rate->next += frames;
    return frames;
}

void rate_reset(struct rate *rate)
{
    if (rate->convert && swr_init(rate->convert) < 0)
        abort(); /* it could be set up before: out of memory */
    rate->finished = false;
    rate->taken = rate->made = 0;
    rate->count = rate->next = 0;
}
