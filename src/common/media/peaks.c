/*
 * peaks - a waveform as a pyramid of lowest and highest samples.
 */
#include <config.h>

#include "common/media/peaks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/media/peaks_internal.h"

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
    free(peaks->sketch);
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
void peaks_push(struct peaks *peaks, int l, const struct pair *pair)
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
    peaks_push(peaks, l + 1, merged);
}

static void close_bucket(struct peaks *peaks)
{
    struct pair pair[PEAKS_CHANNELS];

    for (int c = 0; c < peaks->kept; c++) {
        pair[c] = to_pair(peaks->open[c]);
        peaks->open[c] = nothing;
    }
    peaks->open_count = 0;
    peaks_push(peaks, 0, pair);
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

void peaks_sketch(struct peaks *peaks, const struct peak *look, size_t count,
                  int64_t frames)
{
    pthread_mutex_lock(&peaks->lock);
    free(peaks->sketch);
    peaks->sketch = xreallocarray(NULL, count, sizeof(*look));
    memcpy(peaks->sketch, look, count * sizeof(*look));
    peaks->sketch_count = count;
    peaks->sketch_frames = frames;
    pthread_mutex_unlock(&peaks->lock);
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

/* The looks of a sketch in or nearest to frames `from` to `to` - 1. */
static bool draw_sketch(const struct peaks *peaks, int64_t from, int64_t to,
                        struct peak *out)
{
    int64_t count = (int64_t)peaks->sketch_count;
    int64_t i = from * count / peaks->sketch_frames;

    if (i >= count)
        return false;
    do {
        widen(out, peaks->sketch[i].low, peaks->sketch[i].high);
        i++;
    } while (i < count && i * peaks->sketch_frames / count < to);
    return true;
}

static bool draw_column(const struct peaks *peaks, int channel, int64_t from,
                        int64_t to, struct peak *out)
{
    struct peak peak = nothing;
    bool any = false;

    *out = (struct peak){ 0, 0 };
    if (from < 0)
        from = 0;
    if (peaks->sketch && !peaks->finished && to > peaks->frames)
        any = draw_sketch(peaks, from, to, &peak);
    if (to > peaks->frames)
        to = peaks->frames;
    for (int c = 0; from < to && c < peaks->kept; c++) {
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
                                .bucket = peaks->bucket,
                                .finished = peaks->finished };
    for (int l = 0; l < LEVELS; l++)
        out->bytes += peaks->level[l].capacity * sizeof(struct pair);
    pthread_mutex_unlock(&peaks->lock);
}
