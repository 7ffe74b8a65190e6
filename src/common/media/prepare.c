/*
 * prepare - see prepare.h.
 */
#include <config.h>

#include "common/media/prepare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/media/denoise.h"
#include "common/media/reader.h"

enum { PIECE = 8192, FRAMES_A_SECOND = 50 };

const char prepare_denoise_note[] = "afftdn, white, 12 dB";
const char prepare_trim_note[] = "25 dB below the loudest, 0.1 s left";
const char *const prepare_change_names[PREPARE_CHANGES] = {
    "noise_floor_db", "noise_removed_db", "level_removed_db",
    "cut_start_s",    "cut_end_s",
};

/* The power of each frame of a sound that flows by. */
struct survey {
    int rate;        /* Hz */
    int frame;       /* samples */
    float *power;    /* owned; mean square of each frame */
    int64_t count;   /* of frames */
    int64_t room;    /* for frames */
    double sum;      /* of the frame that is not whole */
    int filled;      /* samples of it */
    int64_t samples; /* of all */
    double square;   /* sum of squares of all */
};

static void end_frame(struct survey *survey)
{
    if (survey->filled == 0)
        return;
    if (survey->count == survey->room) {
        survey->room = survey->room ? survey->room * 2 : 1024;
        survey->power = xreallocarray(survey->power, (size_t)survey->room,
                                      sizeof(*survey->power));
    }
    survey->power[survey->count++] = (float)(survey->sum / survey->filled);
    survey->square += survey->sum;
    survey->sum = 0;
    survey->filled = 0;
}

static void look(struct survey *survey, const float *sample, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        survey->sum += (double)sample[i] * sample[i];
        if (++survey->filled == survey->frame)
            end_frame(survey);
    }
    survey->samples += count;
}

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

/* Mean level of the quietest tenth, at least of one frame; NAN: all zeros. */
static double noise_db(const struct survey *survey)
{
    float *sorted =
        xreallocarray(NULL, (size_t)survey->count + 1, sizeof(*sorted));
    int64_t count = 0, tenth;
    double sum = 0;

    for (int64_t i = 0; i < survey->count; i++)
        if (survey->power[i] > 0)
            sorted[count++] = survey->power[i];
    qsort(sorted, (size_t)count, sizeof(*sorted), by_size);
    tenth = (count + 9) / 10;
    for (int64_t i = 0; i < tenth; i++)
        sum += sorted[i];
    free(sorted);
    return tenth > 0 ? 10 * log10(sum / (double)tenth) : NAN;
}

static double level_db(const struct survey *survey)
{
    return survey->square > 0
               ? 10 * log10(survey->square / (double)survey->samples)
               : NAN;
}

/* One way of the medium through here; a rate_sink. */
struct pass {
    const double *noise;          /* NULL: noise is left */
    const struct rate_sink *sink; /* NULL: it is looked at only */
    int out_rate;
    int64_t from, to; /* samples that go on */
    struct denoise *denoise;
    struct rate *rate;
    struct survey survey;
    bool failed;
    struct error err; /* if so */
};

static bool begin(void *context, int hz, const struct reader_info *info,
                  struct error *err)
{
    struct pass *pass = context;

    pass->survey.rate = hz;
    pass->survey.frame = hz / FRAMES_A_SECOND;
    if (pass->noise) {
        pass->denoise = denoise_new(hz, *pass->noise, err);
        if (!pass->denoise)
            return false;
    }
    if (!pass->sink)
        return true;
    if (pass->out_rate == RATE_NATIVE)
        pass->out_rate = hz;
    pass->rate = rate_new(hz, pass->out_rate, 1, err);
    return pass->rate &&
           pass->sink->begin(pass->sink->context, pass->out_rate, info, err);
}

static void deliver(struct pass *pass)
{
    float piece[PIECE];
    int64_t got;

    while ((got = rate_pull(pass->rate, piece, PIECE)) > 0)
        pass->sink->take(pass->sink->context, piece, got);
}

/* What came out of the denoiser, or in. */
static void go_on(struct pass *pass, const float *sample, int64_t count)
{
    int64_t at = pass->survey.samples, from = 0, to = count;

    look(&pass->survey, sample, count);
    if (!pass->sink)
        return;
    if (pass->from > at)
        from = pass->from - at < count ? pass->from - at : count;
    if (pass->to < at + count)
        to = pass->to > at ? pass->to - at : 0;
    if (from < to)
        rate_push(pass->rate, sample + from, to - from);
    deliver(pass);
}

static void drain(struct pass *pass)
{
    float piece[PIECE];
    int64_t got;

    while ((got = denoise_pull(pass->denoise, piece, PIECE)) > 0)
        go_on(pass, piece, got);
}

static void take(void *context, const float *sample, int64_t count)
{
    struct pass *pass = context;

    if (!pass->denoise) {
        go_on(pass, sample, count);
        return;
    }
    if (pass->failed)
        return;
    pass->failed = !denoise_push(pass->denoise, sample, count, &pass->err);
    drain(pass);
}

static bool finish(struct pass *pass, struct error *err)
{
    if (pass->denoise && !pass->failed) {
        pass->failed = !denoise_finish(pass->denoise, &pass->err);
        drain(pass);
    }
    if (pass->failed) {
        *err = pass->err;
        return false;
    }
    end_frame(&pass->survey);
    if (pass->sink) {
        rate_finish(pass->rate);
        deliver(pass);
    }
    return true;
}

static void release(struct pass *pass)
{
    denoise_free(pass->denoise);
    rate_free(pass->rate);
    free(pass->survey.power);
}

/* What the whole item is: a piece of a medium. */
struct piece {
    const char *path;
    int64_t start_us, end_us;
    int64_t most_seconds;
};

static bool run(const struct piece *piece, struct pass *pass, struct error *err)
{
    const struct rate_sink sink = { .begin = begin,
                                    .take = take,
                                    .context = pass,
                                    .most_seconds = piece->most_seconds };

    return rate_stream(piece->path, piece->start_us, piece->end_us, RATE_NATIVE,
                       &sink, err) &&
           finish(pass, err);
}

/* Nothing is cut off a sound of zeros. */
static void find_ends(const struct survey *survey, int64_t *from, int64_t *to)
{
    int64_t margin = (int64_t)(survey->rate * PREPARE_MARGIN_S);
    int64_t first = 0, last = survey->count - 1;
    float most = 0;
    double least;

    for (int64_t i = 0; i < survey->count; i++)
        if (survey->power[i] > most)
            most = survey->power[i];
    least = most * pow(10, -PREPARE_SILENCE_DB / 10);
    while (most > 0 && survey->power[first] <= least)
        first++;
    while (most > 0 && survey->power[last] <= least)
        last--;
    *from = first * survey->frame - margin;
    *to = (last + 1) * survey->frame + margin;
    if (*from < 0)
        *from = 0;
    if (*to > survey->samples)
        *to = survey->samples;
}

/* Looks at the item, `noise` taken out first where there is one. */
static bool examine(const struct piece *piece, const double *noise,
                    struct pass *pass, struct error *err)
{
    *pass = (struct pass){ .noise = noise };
    return run(piece, pass, err);
}

static bool prepare(const struct piece *piece, int out_rate,
                    const struct prepare_settings *settings,
                    const struct rate_sink *sink,
                    struct prepare_changes *changes, struct error *err)
{
    struct pass before = { 0 }, after = { 0 };
    struct pass last = { .sink = sink, .out_rate = out_rate, .to = INT64_MAX };
    const double *noise = NULL;
    bool good = false;

    *changes = (struct prepare_changes){ NAN, NAN, NAN, NAN, NAN };
    if (!examine(piece, NULL, &before, err))
        goto failed;
    if (settings->denoise)
        changes->noise_db = noise_db(&before.survey);
    if (!isnan(changes->noise_db))
        noise = &changes->noise_db;
    if (settings->trim) {
        bool again = noise;

        if (again && !examine(piece, noise, &after, err))
            goto failed;
        find_ends(again ? &after.survey : &before.survey, &last.from, &last.to);
    }
    last.noise = noise;
    if (!run(piece, &last, err))
        goto failed;
    if (noise) {
        changes->noise_taken_db = *noise - noise_db(&last.survey);
        changes->level_taken_db =
            level_db(&before.survey) - level_db(&last.survey);
    }
    if (settings->trim) {
        double hz = before.survey.rate;

        changes->cut_start_s = (double)last.from / hz;
        changes->cut_end_s = (double)(last.survey.samples - last.to) / hz;
    }
    good = true;
failed:
    release(&before);
    release(&after);
    release(&last);
    return good;
}

bool prepare_stream(const char *path, int64_t start_us, int64_t end_us,
                    int out_rate, const struct prepare_settings *settings,
                    const struct rate_sink *sink,
                    struct prepare_changes *changes, struct error *err)
{
    struct piece piece = { path, start_us, end_us, sink->most_seconds };

    if (!settings)
        return rate_stream(path, start_us, end_us, out_rate, sink, err);
    return prepare(&piece, out_rate, settings, sink, changes, err);
}

bool prepare_load(const char *path, int64_t start_us, int64_t end_us,
                  int out_rate, const struct prepare_settings *settings,
                  struct rate_sound *sound, struct prepare_changes *changes,
                  struct error *err)
{
    struct rate_keeper keeper = { .sound = sound };
    const struct rate_sink sink = rate_keep(&keeper);

    if (prepare_stream(path, start_us, end_us, out_rate, settings, &sink,
                       changes, err))
        return true;
    rate_sound_release(sound);
    return false;
}
