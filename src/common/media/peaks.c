/*
 * peaks - a waveform as a pyramid of lowest and highest samples.
 */
#include <config.h>

#include "common/media/peaks.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/vec.h"

enum {
    BUCKET_LEAST = 16,      /* frames */
    BUCKET_UNKNOWN = 256,   /* when the length is not known */
    BUCKETS_MOST = 1 << 20, /* at level 0; then buckets become longer */
    FAN = 4,                /* pairs of a level that make one of the next */
    LEVELS = 14,            /* 16 * 4^13 frames: six hours at 48 kHz */
    /* A column is drawn from 8 buckets or more, where there are so many: it
     * reaches at most an eighth of its width too far. */
    FINENESS = 8,
};

struct pair {
    int16_t low, high;
};

struct level {
    struct pair *item; /* owned; channel after channel */
    size_t count, capacity;
};

struct peaks {
    /* Set once. */
    int rate, channels; /* of the medium */
    int kept;           /* channels of the pyramid */
    int64_t first;      /* frame of the medium */
    int64_t bucket;     /* frames */

    /* Builder only: the bucket that is being filled. */
    struct peak open[PEAKS_CHANNELS];
    int64_t open_count; /* frames */

    /* Under lock. */
    pthread_mutex_t lock;
    struct level level[LEVELS];
    int64_t frames;
    bool finished;
};

static const struct peak nothing = { INFINITY, -INFINITY };

struct peaks *peaks_new(int rate, int channels, int64_t first,
                        int64_t about_frames)
{
    struct peaks *peaks = xcalloc(1, sizeof(*peaks));

    peaks->rate = rate;
    peaks->channels = channels;
    peaks->kept = channels <= PEAKS_CHANNELS ? channels : 1;
    peaks->first = first;
    peaks->bucket = about_frames < 0 ? BUCKET_UNKNOWN : BUCKET_LEAST;
    while (about_frames / peaks->bucket > BUCKETS_MOST)
        peaks->bucket *= 2;
    for (int c = 0; c < PEAKS_CHANNELS; c++)
        peaks->open[c] = nothing;
    pthread_mutex_init(&peaks->lock, NULL);
    return peaks;
}

void peaks_free(struct peaks *peaks)
{
    if (!peaks)
        return;
    for (int l = 0; l < LEVELS; l++)
        free(peaks->level[l].item);
    pthread_mutex_destroy(&peaks->lock);
    free(peaks);
}

static void widen(struct peak *peak, float low, float high)
{
    if (low < peak->low)
        peak->low = low;
    if (high > peak->high)
        peak->high = high;
}

static float clip(float value)
{
    return value > 1 ? 1 : value < -1 ? -1 : value;
}

/* Rounded outward, so that nothing that is there vanishes. */
static struct pair to_pair(struct peak peak)
{
    return (struct pair){ (int16_t)floorf(clip(peak.low) * INT16_MAX),
                          (int16_t)ceilf(clip(peak.high) * INT16_MAX) };
}

/* --- building ----------------------------------------------------------- */

/* One more pair a channel on a level; each fourth makes one more above. */
static void push(struct peaks *peaks, int l, const struct pair *pair)
{
    size_t kept = (size_t)peaks->kept;
    struct level *level = &peaks->level[l];
    struct pair merged[PEAKS_CHANNELS];

    for (size_t c = 0; c < kept; c++)
        VEC_PUSH(level, pair[c]);
    if (level->count % (FAN * kept) != 0 || l + 1 == LEVELS)
        return;
    for (size_t c = 0; c < kept; c++) {
        const struct pair *item = &level->item[level->count - FAN * kept + c];

        merged[c] = item[0];
        for (size_t i = 1; i < FAN; i++) {
            if (item[i * kept].low < merged[c].low)
                merged[c].low = item[i * kept].low;
            if (item[i * kept].high > merged[c].high)
                merged[c].high = item[i * kept].high;
        }
    }
    push(peaks, l + 1, merged);
}

static void close_bucket(struct peaks *peaks)
{
    struct pair pair[PEAKS_CHANNELS];

    for (int c = 0; c < peaks->kept; c++) {
        pair[c] = to_pair(peaks->open[c]);
        peaks->open[c] = nothing;
    }
    peaks->open_count = 0;
    push(peaks, 0, pair);
}

static void add_frame(struct peaks *peaks, const float *frame)
{
    float sum = 0;

    if (peaks->kept == peaks->channels) {
        for (int c = 0; c < peaks->kept; c++)
            widen(&peaks->open[c], frame[c], frame[c]);
    } else {
        for (int c = 0; c < peaks->channels; c++)
            sum += frame[c];
        sum /= (float)peaks->channels;
        widen(&peaks->open[0], sum, sum);
    }
    if (++peaks->open_count == peaks->bucket)
        close_bucket(peaks);
}

void peaks_add(struct peaks *peaks, const float *frames, int64_t count)
{
    pthread_mutex_lock(&peaks->lock);
    for (int64_t i = 0; i < count; i++)
        add_frame(peaks, frames + i * peaks->channels);
    peaks->frames += count;
    pthread_mutex_unlock(&peaks->lock);
}

void peaks_finish(struct peaks *peaks)
{
    pthread_mutex_lock(&peaks->lock);
    if (peaks->open_count > 0)
        close_bucket(peaks);
    peaks->finished = true;
    pthread_mutex_unlock(&peaks->lock);
}

static bool read_all(struct peaks *peaks, struct reader *reader, int64_t left,
                     const struct peaks_watch *watch, struct error *err)
{
    enum { PIECE = 16384 }; /* frames */
    size_t width = (size_t)peaks->channels;
    float *frames = xreallocarray(NULL, PIECE, width * sizeof(*frames));
    int64_t got = 1;
    bool done = false;

    while (left != 0 && got > 0) {
        int64_t wanted = left < 0 || left > PIECE ? PIECE : left;

        got = reader_read(reader, frames, wanted, err);
        if (got < 0)
            goto failed;
        peaks_add(peaks, frames, got);
        left -= left > 0 ? got : 0;
        if (!watch->go_on(watch->context)) {
            error_set(err, ERROR_INTERRUPTED, "not wanted any more");
            goto failed;
        }
    }
    peaks_finish(peaks);
    done = true;

failed:
    free(frames);
    return done;
}

bool peaks_build(const char *path, int64_t start_us, int64_t end_us,
                 const struct peaks_watch *watch, struct error *err)
{
    struct reader *reader = reader_open(path, err);
    const struct reader_info *info;
    int64_t first, frames;
    struct peaks *peaks;
    bool done = false;

    if (!reader)
        return false;
    info = reader_info(reader);
    first = start_us > 0 ? reader_frame_at(reader, start_us) : 0;
    frames = end_us >= 0 ? reader_frame_at(reader, end_us) - first : -1;
    if (end_us >= 0 && frames < 0)
        frames = 0;
    if (first > 0 && !reader_seek(reader, first, err))
        goto failed;
    peaks = peaks_new(info->rate, info->channels, first,
                      frames >= 0              ? frames
                      : info->about_frames < 0 ? -1
                                               : info->about_frames - first);
    watch->publish(watch->context, peaks);
    done = read_all(peaks, reader, frames, watch, err);

failed:
    reader_close(reader);
    return done;
}

/* --- drawing: under lock ------------------------------------------------ */

/* Widens `out` by pair `index` of a level, or where that is not built yet by
 * those below it.  False when nothing of it is there. */
static bool look(const struct peaks *peaks, int l, size_t index, size_t channel,
                 struct peak *out)
{
    size_t at = index * (size_t)peaks->kept + channel;
    const struct level *level = &peaks->level[l];
    bool any = false;

    if ((index << 2 * l) * (size_t)peaks->kept >= peaks->level[0].count)
        return false; /* nor anything below it; FAN is 2^2 */
    if (at < level->count) {
        widen(out, (float)level->item[at].low / INT16_MAX,
              (float)level->item[at].high / INT16_MAX);
        return true;
    }
    for (size_t i = 0; l > 0 && i < FAN; i++)
        any |= look(peaks, l - 1, index * FAN + i, channel, out);
    return any;
}

/* The pairs of one channel that touch frames `from` to `to` - 1. */
static bool draw_channel(const struct peaks *peaks, size_t channel,
                         int64_t from, int64_t to, struct peak *out)
{
    int64_t bucket = peaks->bucket;
    bool any = false;
    int l = 0;

    while (l + 1 < LEVELS && bucket * FAN * FINENESS <= to - from) {
        bucket *= FAN;
        l++;
    }
    for (int64_t i = from / bucket; i * bucket < to; i++)
        any |= look(peaks, l, (size_t)i, channel, out);
    return any;
}

static bool draw_column(const struct peaks *peaks, int channel, int64_t from,
                        int64_t to, struct peak *out)
{
    struct peak peak = nothing;
    bool any = false;

    *out = (struct peak){ 0, 0 };
    if (from < 0)
        from = 0;
    if (to > peaks->frames)
        to = peaks->frames;
    if (from >= to)
        return false;
    for (int c = 0; c < peaks->kept; c++) {
        if (channel == PEAKS_ALL || channel == c)
            any |= draw_channel(peaks, (size_t)c, from, to, &peak);
    }
    if (any)
        *out = peak;
    return any;
}

size_t peaks_draw(struct peaks *peaks, int channel, int64_t from_us,
                  int64_t to_us, struct peak *column, size_t count)
{
    double rate = peaks->rate / 1e6; /* frames a microsecond */
    double length = (double)(to_us - from_us) * rate;
    double from = (double)from_us * rate - (double)peaks->first;
    size_t known = 0;

    pthread_mutex_lock(&peaks->lock);
    for (size_t i = 0; i < count; i++) {
        double part = length / (double)count;
        int64_t first = llround(from + part * (double)i);
        int64_t last = llround(from + part * (double)(i + 1));

        if (last == first)
            last = first + 1; /* less than a frame a column */
        if (draw_column(peaks, channel, first, last, &column[i]))
            known = i + 1;
    }
    pthread_mutex_unlock(&peaks->lock);
    return known;
}

void peaks_info(struct peaks *peaks, struct peaks_info *out)
{
    pthread_mutex_lock(&peaks->lock);
    *out = (struct peaks_info){ .rate = peaks->rate,
                                .channels = peaks->kept,
                                .first = peaks->first,
                                .frames = peaks->frames,
                                .finished = peaks->finished };
    for (int l = 0; l < LEVELS; l++)
        out->bytes += peaks->level[l].capacity * sizeof(struct pair);
    pthread_mutex_unlock(&peaks->lock);
}
