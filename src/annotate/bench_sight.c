/*
 * bench_sight - what is in the window: from the worker into the model.
 */
#include <config.h>

#include <assert.h>
#include <string.h>

#include "annotate/bench_internal.h"

/* While a long waveform is being read, windows up to this are read apart. */
enum { CLOSE_US = 60000000 };

static_assert((int)SPECTRUM_BANDS == (int)SIGHT_BANDS, "bands differ");

void bench_sight_open(struct bench *bench, const char *path)
{
    const struct timeline *timeline = &bench->model.timeline;

    sight_open(worker_sight(bench->worker), path, timeline->from_us,
               timeline->to_us);
    bench->drawn = (struct bench_drawn){ .any = path != NULL };
    bench_sight_draw(bench);
}

static bool same(const struct bench_drawn *a, const struct bench_drawn *b)
{
    return a->left_us == b->left_us && a->right_us == b->right_us &&
           a->width == b->width && a->frames == b->frames &&
           a->finished == b->finished && a->news == b->news;
}

/* The pyramid is too coarse for the window, or is not there yet. */
static bool wants_samples(const struct bench *bench,
                          const struct peaks_info *info)
{
    const struct timeline *timeline = &bench->model.timeline;
    int64_t window_us = timeline->right_us - timeline->left_us;
    double frames = (double)window_us * info->rate / 1e6 / timeline->width;

    if (!(bench->protocol->show & SHOW_WAVEFORM))
        return false;
    if (!info->finished)
        return timeline->to_us - timeline->from_us > WORKER_LONG_US &&
               window_us <= CLOSE_US;
    return info->bucket > 1 && frames < 2.0 * (double)info->bucket;
}

static void ask(struct bench *bench, const struct peaks_info *info)
{
    const struct timeline *timeline = &bench->model.timeline;
    struct sight_want want = {
        .left_us = timeline->left_us,
        .right_us = timeline->right_us,
        .width = timeline->width,
        .samples = wants_samples(bench, info),
        .spectrogram = (bench->protocol->show & SHOW_SPECTROGRAM) != 0,
        .tracks = (bench->protocol->show & SHOW_TRACKS) != 0,
    };

    sight_look(worker_sight(bench->worker), &want);
    worker_look(bench->worker);
    if (bench->patient)
        worker_settle(bench->worker);
}

/* The loudest column fills the pane: quiet clips can be read, too. */
static float loudest(struct peaks *peaks, const struct timeline *timeline)
{
    struct peak column[WAVE_COLUMNS];
    float most = 0.01f; /* but noise alone is not blown up */

    peaks_draw(peaks, PEAKS_ALL, timeline->from_us, timeline->to_us, column,
               WAVE_COLUMNS);
    for (size_t i = 0; i < WAVE_COLUMNS; i++) {
        if (column[i].high > most)
            most = column[i].high;
        if (-column[i].low > most)
            most = -column[i].low;
    }
    return most;
}

static void draw_wave(struct bench *bench, struct peaks *peaks, bool grown)
{
    const struct timeline *timeline = &bench->model.timeline;
    struct wave *wave = &bench->model.wave;
    struct peak column[WAVE_COLUMNS];

    if (!peaks)
        return;
    if (!sight_samples(worker_sight(bench->worker), column))
        peaks_draw(peaks, PEAKS_ALL, timeline->left_us, timeline->right_us,
                   column, (size_t)timeline->width);
    for (int i = 0; i < timeline->width; i++) {
        wave->low[i] = column[i].low;
        wave->high[i] = column[i].high;
    }
    if (grown)
        wave->peak = loudest(peaks, timeline);
    wave->count = timeline->width;
}

static void draw_sight(struct bench *bench)
{
    const struct timeline *timeline = &bench->model.timeline;
    struct sight *sight = worker_sight(bench->worker);
    struct spectrum *spectrum = &bench->model.spectrum;
    struct tracks *tracks = &bench->model.tracks;

    if (bench->protocol->show & SHOW_SPECTROGRAM) {
        sight_spectrum(sight, spectrum->level[0], &spectrum->loudest);
        spectrum->count = timeline->width;
    }
    if (bench->protocol->show & SHOW_TRACKS) {
        sight_tracks(sight, tracks->hz, tracks->db);
        tracks->too_wide =
            timeline->right_us - timeline->left_us > SIGHT_TRACKS_US;
        tracks->count = timeline->width;
    }
}

void bench_sight_draw(struct bench *bench)
{
    const struct timeline *timeline = &bench->model.timeline;
    struct peaks_info info = { .rate = READER_MIN_RATE };
    struct bench_drawn *drawn = &bench->drawn;
    struct bench_drawn now = {
        .left_us = timeline->left_us,
        .right_us = timeline->right_us,
        .width = timeline->width,
        .any = true,
    };
    struct peaks *peaks;

    if (!drawn->any || timeline->right_us <= timeline->left_us)
        return;
    peaks = worker_peaks(bench->worker);
    if (peaks)
        peaks_info(peaks, &info); /* before it is drawn: it may yet grow */
    now.frames = info.frames;
    now.finished = info.finished;
    now.news = sight_news(worker_sight(bench->worker));
    if (same(drawn, &now))
        return;
    if (now.left_us != drawn->left_us || now.right_us != drawn->right_us ||
        now.width != drawn->width || now.finished != drawn->finished) {
        ask(bench, &info);
        now.news = sight_news(worker_sight(bench->worker));
    }
    draw_wave(bench, peaks, now.frames != drawn->frames);
    draw_sight(bench);
    *drawn = now;
}
