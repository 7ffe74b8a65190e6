/*
 * decode - the thread that owns the media and keeps the ring full.
 */
#include <config.h>

#include "annotate/play/decode.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annotate/play/span.h"
#include "common/base/mem.h"

enum {
    PIECE = 1024, /* frames handed to the ring at once */
    /* Room in the ring that only the first frames after a seek may take: so
     * they are there before the callback drops what is old. */
    RESERVE = 2048,
    /* How often the ring is looked at when it is full: the callback must not
     * wake anyone.  Both are far below what the ring holds. */
    PLAYING_WAIT_MS = 10,
    PAUSED_WAIT_MS = 40,
};

/* What the UI thread wants. */
struct wish {
    struct span span;
    uint32_t medium;
    uint32_t epoch;
    int64_t from_us; /* where the epoch begins; < 0: at the span's start */
    struct decode_loop loop;
    double speed;
    struct span next; /* to be prefetched */
};

struct decode {
    /* Set once, before the thread starts. */
    struct feed *feed; /* borrowed */
    struct wake *wake; /* borrowed */
    pthread_t thread;
    bool running;

    /* Under lock.  Taken alone. */
    pthread_mutex_t lock;
    pthread_cond_t news; /* for the thread */
    pthread_cond_t rest; /* for decode_settle() */
    struct wish wish;
    uint64_t calls; /* counts wishes, nudges and settlers */
    uint64_t seen;  /* calls after which the thread found nothing to do */
    bool quit;
    struct decode_status status;

    /* Decode thread only. */
    struct wish now;       /* as far as it has been taken up */
    struct source *source; /* owned; of now.span */
    struct source *ahead;  /* owned; of ahead_span */
    struct span ahead_span;
    double ahead_speed;
    bool ended;   /* the end of the run was sent */
    bool fresh;   /* nothing was decoded since the last placement */
    float *piece; /* owned; decoded, not yet in the ring */
    size_t piece_count, piece_next;
    uint64_t sent; /* frames since the last seek or open */
};

static bool loop_is_on(const struct decode_loop *loop)
{
    return loop->to_us > loop->from_us;
}

/* --- the thread: everything down to run() is called without the lock ---- */

static void report(struct decode *decode, const struct error *err)
{
    struct decode_status status = { .medium = decode->now.medium,
                                    .epoch = decode->now.epoch,
                                    .open = decode->source != NULL,
                                    .failed = err != NULL };

    if (decode->source) {
        status.info = *source_info(decode->source);
        status.origin_us = source_origin_us(decode->source);
    }
    if (err)
        memcpy(status.error_text, err->text, sizeof(status.error_text));
    pthread_mutex_lock(&decode->lock);
    decode->status = status;
    pthread_mutex_unlock(&decode->lock);
    wake_post(decode->wake);
}

static bool send_run(struct decode *decode, enum run_kind kind,
                     int64_t before_us)
{
    struct run run = { .kind = kind,
                       .epoch = decode->now.epoch,
                       .medium = decode->now.medium,
                       .at = ring_written(&decode->feed->samples),
                       .origin_us = before_us,
                       .before_us = before_us };

    if (kind == RUN_SOUND || kind == RUN_WRAP) {
        run.origin_us = source_origin_us(decode->source);
        run.speed = source_speed(decode->source);
    }
    return ring_write(&decode->feed->runs, &run, 1) == 1;
}

/* Nothing more can be had from this medium. */
static void give_up(struct decode *decode, const struct error *err)
{
    int64_t at_us = source_ended_us(decode->source);

    report(decode, err);
    send_run(decode, RUN_BROKEN, at_us);
    source_close(decode->source);
    decode->source = NULL;
}

static struct source *open_source(const struct decode *decode,
                                  const struct span *span, double speed,
                                  struct error *err)
{
    return source_open(span->path, span->start_us, span->end_us,
                       decode->feed->rate, decode->feed->channels, speed, err);
}

static void change_medium(struct decode *decode, const struct wish *wish)
{
    struct error err;

    source_close(decode->source);
    decode->source = NULL;
    decode->now.medium = wish->medium;
    decode->now.epoch = wish->epoch - 1; /* not placed yet */
    span_copy(&decode->now.span, &wish->span);
    if (!wish->span.path)
        return;
    if (decode->ahead && span_equal(&decode->ahead_span, &wish->span)) {
        decode->source = decode->ahead;
        decode->ahead = NULL;
        span_clear(&decode->ahead_span);
        return;
    }
    decode->source = open_source(decode, &wish->span, wish->speed, &err);
    if (!decode->source)
        report(decode, &err);
}

static void place(struct decode *decode, const struct wish *wish)
{
    bool looping = loop_is_on(&wish->loop);
    int64_t from_us = wish->from_us;
    struct error err;

    decode->piece_count = decode->piece_next = 0;
    decode->sent = 0;
    decode->ended = false;
    decode->fresh = true;
    decode->now.loop = wish->loop;
    decode->now.speed = wish->speed;
    decode->now.epoch = wish->epoch;
    if (from_us < 0)
        from_us = source_info(decode->source)->start_us;
    if (!source_place(decode->source, from_us, looping ? wish->loop.to_us : -1,
                      wish->speed, &err)) {
        give_up(decode, &err);
        return;
    }
    send_run(decode, RUN_SOUND, 0);
    report(decode, NULL);
}

/* Takes up what is wanted anew; true when something was done. */
static bool obey(struct decode *decode, const struct wish *wish)
{
    if (wish->medium != decode->now.medium) {
        change_medium(decode, wish);
        return true;
    }
    if (!decode->source)
        return false;
    if (wish->epoch != decode->now.epoch) {
        if (ring_writable(&decode->feed->runs) < 2)
            return false; /* room for this run and its end, later */
        place(decode, wish);
        return true;
    }
    if (loop_is_on(&decode->now.loop) != loop_is_on(&wish->loop)) {
        decode->now.loop = wish->loop;
        if (!loop_is_on(&wish->loop))
            source_extend(decode->source);
        return true;
    }
    return false;
}

static bool wrap(struct decode *decode)
{
    int64_t before_us = source_ended_us(decode->source);
    struct error err;

    if (!source_place(decode->source, decode->now.loop.from_us,
                      decode->now.loop.to_us, decode->now.speed, &err)) {
        give_up(decode, &err);
        return true;
    }
    decode->fresh = true;
    return send_run(decode, RUN_WRAP, before_us);
}

static void finish(struct decode *decode)
{
    decode->ended = true;
    send_run(decode, RUN_END, source_ended_us(decode->source));
    report(decode, NULL); /* the length may be known only now */
}

/* Moves on what is decoded; false when the ring is full. */
static bool send_piece(struct decode *decode)
{
    struct ring *ring = &decode->feed->samples;
    size_t width = (size_t)decode->feed->channels;
    size_t count = decode->piece_count - decode->piece_next;
    size_t room = ring_writable(ring);

    if (decode->sent >= RESERVE)
        room = room > RESERVE ? room - RESERVE : 0;
    if (count > room)
        count = room;
    count = ring_write(ring, decode->piece + decode->piece_next * width, count);
    decode->piece_next += count;
    decode->sent += count;
    return count > 0;
}

/* Moves sound on to the ring; false when the ring is full or all is there. */
static bool supply(struct decode *decode)
{
    struct feed *feed = decode->feed;
    struct error err;
    int64_t got;

    if (!decode->source || decode->now.epoch != atomic_load(&feed->epoch))
        return false;
    if (decode->piece_next < decode->piece_count)
        return send_piece(decode);
    if (decode->ended || ring_writable(&feed->runs) < 2)
        return false;
    got = source_read(decode->source, decode->piece, PIECE, &err);
    decode->piece_next = 0;
    decode->piece_count = got > 0 ? (size_t)got : 0;
    if (got > 0)
        decode->fresh = false;
    else if (got < 0)
        give_up(decode, &err);
    else if (loop_is_on(&decode->now.loop) && !decode->now.loop.once &&
             !decode->fresh)
        return wrap(decode);
    else
        finish(decode);
    return true;
}

/* The ring holds enough of what is wanted now: after a move it is full of what
 * is not, and the first frames alone last no longer than a buffer or two. */
static bool is_well_supplied(const struct decode *decode)
{
    return !decode->source || decode->ended ||
           decode->sent >= decode->feed->samples.count / 2;
}

/* Makes the next medium ready while the ring is full. */
static bool look_ahead(struct decode *decode, const struct wish *wish)
{
    struct error err; /* told when it is opened in earnest */

    if (!wish->next.path || !is_well_supplied(decode) ||
        (span_equal(&wish->next, &decode->ahead_span) &&
         wish->speed == decode->ahead_speed))
        return false;
    decode->ahead_speed = wish->speed;
    span_copy(&decode->ahead_span, &wish->next);
    source_close(decode->ahead);
    decode->ahead = open_source(decode, &wish->next, wish->speed, &err);
    if (decode->ahead &&
        !source_prime(decode->ahead, decode->feed->rate, &err)) {
        source_close(decode->ahead);
        decode->ahead = NULL;
    }
    return true;
}

static void wait_for_news(struct decode *decode)
{
    int64_t ms =
        atomic_load(&decode->feed->playing) ? PLAYING_WAIT_MS : PAUSED_WAIT_MS;
    struct timespec until;

    if ((!decode->source || decode->ended) &&
        decode->wish.epoch == decode->now.epoch) {
        pthread_cond_wait(&decode->news, &decode->lock);
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ms * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&decode->news, &decode->lock, &until);
}

/* Under lock: a copy of the wish that the thread can work on. */
static void copy_wish(struct wish *to, const struct wish *from)
{
    struct span span = to->span, next = to->next;

    span_copy(&span, &from->span);
    span_copy(&next, &from->next);
    *to = *from;
    to->span = span;
    to->next = next;
}

static void *run(void *context)
{
    struct decode *decode = context;
    struct wish wish = { 0 };
    uint64_t copied = UINT64_MAX;

    pthread_mutex_lock(&decode->lock);
    while (!decode->quit) {
        uint64_t calls = decode->calls;
        bool busy;

        if (copied != calls)
            copy_wish(&wish, &decode->wish);
        copied = calls;
        pthread_mutex_unlock(&decode->lock);
        busy =
            obey(decode, &wish) || supply(decode) || look_ahead(decode, &wish);
        pthread_mutex_lock(&decode->lock);
        if (busy || decode->calls != calls)
            continue;
        decode->seen = calls;
        pthread_cond_broadcast(&decode->rest);
        if (!decode->quit)
            wait_for_news(decode);
    }
    pthread_mutex_unlock(&decode->lock);
    free(wish.span.path);
    free(wish.next.path);
    return NULL;
}

/* --- the UI thread ------------------------------------------------------ */

struct decode *decode_new(struct feed *feed, struct wake *wake,
                          struct error *err)
{
    struct decode *decode = xcalloc(1, sizeof(*decode));
    pthread_condattr_t attributes;

    decode->feed = feed;
    decode->wake = wake;
    decode->wish.epoch = decode->now.epoch = atomic_load(&feed->epoch);
    decode->wish.speed = decode->now.speed = 1;
    decode->piece = xreallocarray(
        NULL, PIECE, (size_t)feed->channels * sizeof(*decode->piece));
    pthread_mutex_init(&decode->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&decode->news, &attributes);
    pthread_cond_init(&decode->rest, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&decode->thread, NULL, run, decode) != 0) {
        error_set(err, ERROR_IO, "cannot start a thread for decoding");
        decode_free(decode);
        return NULL;
    }
    decode->running = true;
    return decode;
}

static void begin_call(struct decode *decode)
{
    pthread_mutex_lock(&decode->lock);
    decode->calls++;
}

static void end_call(struct decode *decode)
{
    pthread_cond_signal(&decode->news);
    pthread_mutex_unlock(&decode->lock);
}

void decode_free(struct decode *decode)
{
    if (!decode)
        return;
    if (decode->running) {
        begin_call(decode);
        decode->quit = true;
        end_call(decode);
        pthread_join(decode->thread, NULL);
    }
    source_close(decode->source);
    source_close(decode->ahead);
    free(decode->ahead_span.path);
    free(decode->wish.span.path);
    free(decode->wish.next.path);
    free(decode->now.span.path);
    free(decode->piece);
    pthread_cond_destroy(&decode->news);
    pthread_cond_destroy(&decode->rest);
    pthread_mutex_destroy(&decode->lock);
    free(decode);
}

void decode_open(struct decode *decode, const char *path, int64_t start_us,
                 int64_t end_us, uint32_t medium, uint32_t epoch)
{
    struct wish *wish = &decode->wish;

    begin_call(decode);
    span_set(&wish->span, path, start_us, end_us);
    wish->medium = medium;
    wish->epoch = epoch;
    wish->from_us = -1;
    wish->loop = (struct decode_loop){ 0 };
    /* What was prefetched has been taken, or is not what was wanted. */
    if (span_equal(&wish->next, &wish->span))
        span_clear(&wish->next);
    end_call(decode);
}

void decode_place(struct decode *decode, int64_t from_us,
                  const struct decode_loop *loop, uint32_t epoch)
{
    begin_call(decode);
    decode->wish.from_us = from_us;
    decode->wish.loop = *loop;
    decode->wish.epoch = epoch;
    end_call(decode);
}

void decode_speed(struct decode *decode, double speed)
{
    begin_call(decode);
    decode->wish.speed = speed;
    end_call(decode);
}

void decode_loop(struct decode *decode, const struct decode_loop *loop)
{
    begin_call(decode);
    decode->wish.loop = *loop;
    end_call(decode);
}

void decode_prefetch(struct decode *decode, const char *path, int64_t start_us,
                     int64_t end_us)
{
    begin_call(decode);
    span_set(&decode->wish.next, path, start_us, end_us);
    end_call(decode);
}

void decode_nudge(struct decode *decode)
{
    begin_call(decode);
    end_call(decode);
}

void decode_settle(struct decode *decode)
{
    uint64_t mine;

    pthread_mutex_lock(&decode->lock);
    mine = ++decode->calls;
    pthread_cond_signal(&decode->news);
    while (decode->seen < mine)
        pthread_cond_wait(&decode->rest, &decode->lock);
    pthread_mutex_unlock(&decode->lock);
}

void decode_status(struct decode *decode, struct decode_status *out)
{
    pthread_mutex_lock(&decode->lock);
    *out = decode->status;
    pthread_mutex_unlock(&decode->lock);
}
