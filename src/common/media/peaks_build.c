/*
 * peaks_build - reading a medium into its pyramid, coarse first.
 */
#include <config.h>

#include <stdlib.h>
#include <time.h>

#include "common/base/mem.h"
#include "common/media/peaks.h"

enum {
    LONG_SECONDS = 300, /* what is longer is sketched first */
    LOOKS = 400,
    LOOK_FRAMES = 1024,
    SKETCH_MS = 1500, /* where seeking is slow the sketch stays unfinished */
};

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool interrupted(struct error *err)
{
    return error_set(err, ERROR_INTERRUPTED, "not wanted any more");
}

static bool read_all(struct peaks *peaks, struct reader *reader, int64_t left,
                     const struct peaks_watch *watch, struct error *err)
{
    enum { PIECE = 16384 }; /* frames */
    size_t width = (size_t)reader_info(reader)->channels;
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
            interrupted(err);
            goto failed;
        }
    }
    peaks_finish(peaks);
    done = true;

failed:
    free(frames);
    return done;
}

static struct peak range_of(const float *sample, int64_t count)
{
    struct peak peak = { 0, 0 };

    for (int64_t i = 0; i < count; i++) {
        peak.low = sample[i] < peak.low ? sample[i] : peak.low;
        peak.high = sample[i] > peak.high ? sample[i] : peak.high;
    }
    peak.low = peak.low < -1 ? -1 : peak.low;
    peak.high = peak.high > 1 ? 1 : peak.high;
    return peak;
}

/*
 * Looks from the coarsest on: every 16th, then those between.  Whatever is
 * wrong with the medium, reading it as a whole will tell.  False when it is
 * not wanted any more.
 */
static bool sketch(struct peaks *peaks, struct reader *reader, int64_t first,
                   int64_t frames, const struct peaks_watch *watch)
{
    int channels = reader_info(reader)->channels;
    float *piece =
        xreallocarray(NULL, LOOK_FRAMES, (size_t)channels * sizeof(float));
    struct peak look[LOOKS] = { { 0, 0 } };
    int64_t end_ms = now_ms() + SKETCH_MS;
    bool wanted = true, good = true;
    struct error err;

    for (int step = 16; step > 0 && wanted && good; step /= 2) {
        for (int i = 0; i < LOOKS && wanted && good; i += step) {
            int64_t got;

            if (step < 16 && i / step % 2 == 0)
                continue; /* was looked at */
            good = now_ms() < end_ms &&
                   reader_seek(reader, first + frames * i / LOOKS, &err);
            got = good ? reader_read(reader, piece, LOOK_FRAMES, &err) : 0;
            for (int j = i; got > 0 && j < i + step && j < LOOKS; j++)
                look[j] = range_of(piece, got * channels);
            wanted = watch->go_on(watch->context);
        }
        peaks_sketch(peaks, look, LOOKS, frames);
    }
    free(piece);
    return wanted;
}

bool peaks_build(const char *path, int64_t start_us, int64_t end_us,
                 const struct peaks_watch *watch, struct error *err)
{
    struct reader *reader = reader_open(path, err);
    const struct reader_info *info;
    int64_t first, frames, about;
    struct peaks *peaks;
    bool done = false;

    if (!reader)
        return false;
    info = reader_info(reader);
    first = start_us > 0 ? reader_frame_at(reader, start_us) : 0;
    frames = end_us >= 0 ? reader_frame_at(reader, end_us) - first : -1;
    if (end_us >= 0 && frames < 0)
        frames = 0;
    about = frames >= 0              ? frames
            : info->about_frames < 0 ? -1
                                     : info->about_frames - first;
    peaks = peaks_new(info->rate, info->channels, first, about);
    watch->publish(watch->context, peaks);
    if (about > (int64_t)LONG_SECONDS * info->rate &&
        !sketch(peaks, reader, first, about, watch)) {
        interrupted(err);
        goto failed;
    }
    if (reader_position(reader) != first && !reader_seek(reader, first, err))
        goto failed;
    done = read_all(peaks, reader, frames, watch, err);

failed:
    reader_close(reader);
    return done;
}
