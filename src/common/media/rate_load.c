/*
 * rate_load - a medium, or a piece of it, as one channel at a wanted rate:
 * piece by piece, or all of it in memory.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/media/rate.h"
#include "common/media/reader.h"

enum { PIECE = 8192 }; /* frames decoded at once */

/* The plain mean of all channels, in place of the first. */
static void mix_down(float *sample, int64_t frames, int channels)
{
    if (channels == 1)
        return;
    for (int64_t i = 0; i < frames; i++) {
        const float *frame = sample + i * channels;
        double sum = 0;

        for (int c = 0; c < channels; c++)
            sum += frame[c];
        sample[i] = (float)(sum / channels);
    }
}

/* What the resampler has ready goes to the sink. */
static void deliver(struct rate *rate, const struct rate_sink *sink,
                    float *piece)
{
    int64_t got;

    while ((got = rate_pull(rate, piece, PIECE)) > 0)
        sink->take(sink->context, piece, got);
}

static bool too_long(const struct reader *reader, struct error *err)
{
    return error_set(err, ERROR_LIMIT,
                     "%s: is longer than %d minutes: cut it into segments "
                     "with \"start\" and \"end\"",
                     reader_path(reader), RATE_LOAD_MAX_SECONDS / 60);
}

/* `frames` frames from here (negative: all), mixed and resampled. */
static bool flow(struct reader *reader, int64_t frames, struct rate *rate,
                 const struct rate_sink *sink, int64_t *taken,
                 struct error *err)
{
    const struct reader_info *info = reader_info(reader);
    float *piece =
        xreallocarray(NULL, PIECE, (size_t)info->channels * sizeof(float));
    int64_t got;
    bool good = false;

    *taken = 0;
    do {
        int64_t want = PIECE;

        if (frames >= 0 && frames - *taken < want)
            want = frames - *taken;
        if (!interrupt_check(err))
            goto failed;
        got = want > 0 ? reader_read(reader, piece, want, err) : 0;
        if (got < 0)
            goto failed;
        mix_down(piece, got, info->channels);
        rate_push(rate, piece, got);
        *taken += got;
        if (sink->most_seconds > 0 &&
            *taken > sink->most_seconds * info->rate) {
            too_long(reader, err);
            goto failed;
        }
        deliver(rate, sink, piece);
    } while (got > 0);
    rate_finish(rate);
    deliver(rate, sink, piece);
    good = true;
failed:
    free(piece);
    return good;
}

/* Is what was read what was asked for? */
static bool check_piece(const struct reader *reader, int64_t wanted,
                        int64_t taken, int64_t end_us, struct error *err)
{
    char end[NUMBER_TEXT_SIZE], have[NUMBER_TEXT_SIZE];
    int64_t slack = reader_frame_at(reader, RATE_LOAD_SLACK_US);
    int64_t here = reader_time_of(reader, reader_position(reader));

    if (wanted >= 0 && taken + slack < wanted)
        return error_set(err, ERROR_INPUT,
                         "%s: \"end\" is %s s, but the medium ends at %s s",
                         reader_path(reader),
                         number_format_seconds(end_us, end),
                         number_format_seconds(here, have));
    if (taken == 0)
        return error_set(err, ERROR_INPUT, "%s: has no samples (zero length)",
                         reader_path(reader));
    return true;
}

/* Frames from here to `end_us`; -1: to the end. */
static bool count_frames(const struct reader *reader, int64_t end_us,
                         const struct rate_sink *sink, int64_t *frames,
                         struct error *err)
{
    const struct reader_info *info = reader_info(reader);
    int64_t here = reader_position(reader);
    int64_t most = sink->most_seconds * info->rate;

    *frames = -1;
    if (end_us >= 0) {
        *frames = reader_frame_at(reader, end_us) - here;
        if (*frames <= 0)
            return error_set(err, ERROR_INPUT,
                             "%s: \"end\" is not after \"start\"",
                             reader_path(reader));
    }
    if (most > 0 &&
        (*frames > most || (*frames < 0 && info->frames - here > most)))
        return too_long(reader, err);
    return true;
}

bool rate_stream(const char *path, int64_t start_us, int64_t end_us,
                 int out_rate, const struct rate_sink *sink, struct error *err)
{
    struct reader *reader = reader_open(path, err);
    const struct reader_info *info;
    struct rate *rate = NULL;
    int64_t frames, taken;
    bool good = false;

    if (!reader)
        return false;
    info = reader_info(reader);
    if (out_rate == RATE_NATIVE)
        out_rate = info->rate;
    rate = rate_new(info->rate, out_rate, 1, err);
    if (!rate || !sink->begin(sink->context, out_rate, info, err)) {
        error_prefix(err, "%s", path);
        goto failed;
    }
    good = reader_seek(reader, reader_frame_at(reader, start_us), err) &&
           count_frames(reader, end_us, sink, &frames, err) &&
           flow(reader, frames, rate, sink, &taken, err) &&
           check_piece(reader, frames, taken, end_us, err);
failed:
    rate_free(rate);
    reader_close(reader);
    return good;
}

static bool keep_begin(void *context, int rate, const struct reader_info *info,
                       struct error *err)
{
    struct rate_keeper *keeper = context;

    (void)err;
    keeper->sound->rate = rate;
    keeper->sound->source_rate = info->rate;
    keeper->sound->source_channels = info->channels;
    return true;
}

static void keep(void *context, const float *sample, int64_t count)
{
    struct rate_keeper *keeper = context;
    struct rate_sound *sound = keeper->sound;

    if (sound->count + count > keeper->room) {
        keeper->room = (sound->count + count) * 3 / 2 + PIECE;
        sound->sample =
            xreallocarray(sound->sample, (size_t)keeper->room, sizeof(float));
    }
    memcpy(sound->sample + sound->count, sample,
           (size_t)count * sizeof(*sample));
    sound->count += count;
}

struct rate_sink rate_keep(struct rate_keeper *keeper)
{
    memset(keeper->sound, 0, sizeof(*keeper->sound));
    return (struct rate_sink){ .begin = keep_begin,
                               .take = keep,
                               .context = keeper,
                               .most_seconds = RATE_LOAD_MAX_SECONDS };
}

bool rate_load(const char *path, int64_t start_us, int64_t end_us, int out_rate,
               struct rate_sound *sound, struct error *err)
{
    struct rate_keeper keeper = { .sound = sound };
    const struct rate_sink sink = rate_keep(&keeper);

    if (rate_stream(path, start_us, end_us, out_rate, &sink, err))
        return true;
    rate_sound_release(sound);
    return false;
}

void rate_sound_release(struct rate_sound *sound)
{
    free(sound->sample);
    memset(sound, 0, sizeof(*sound));
}
