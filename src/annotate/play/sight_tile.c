/*
 * sight_tile - one tile of the spectrogram or of the tracks.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/play/sight_internal.h"
#include "common/base/mem.h"
#include "common/media/rate.h"
#include "common/signal/frame.h"
#include "common/signal/pitch.h"
#include "common/signal/waveform.h"

enum {
    READ_SECONDS = 30, /* a longer tile is read frame by frame */
    FAR_FRAMES = 3,    /* a column, in such a tile */
    TRACK_RATE = 16000,
    TRACK_HOP = 160,   /* 10 ms */
    TRACK_FRAME = 400, /* 25 ms: of the intensity */
    TRACK_HOP_US = 10000,
    CONTEXT_US = 1000000,
};

void tile_clear(struct tile *tile)
{
    free(tile->level);
    free(tile->hz);
    free(tile->db);
    tile->level = NULL;
    tile->hz = tile->db = NULL;
    tile->count = 0;
}

void sight_source_close(struct sight_source *source)
{
    reader_close(source->reader);
    spectrogram_free(source->spectrogram);
    free(source->path);
    *source = (struct sight_source){ 0 };
}

bool sight_source_ready(struct sight_source *source)
{
    struct spectrogram_settings settings;
    struct error err; /* the player tells it when it opens the medium */

    if (source->reader || source->broken || !source->path)
        return source->reader != NULL;
    source->reader = reader_open(source->path, &err);
    if (source->reader) {
        settings = spectrogram_wide_band(reader_info(source->reader)->rate,
                                         SIGHT_BANDS);
        source->spectrogram = spectrogram_new(&settings, &err);
    }
    if (!source->spectrogram) {
        reader_close(source->reader);
        source->reader = NULL;
        source->broken = true;
    }
    return source->reader != NULL;
}

int64_t sight_piece_us(int64_t from_us, int64_t to_us)
{
    return to_us - from_us <= SIGHT_WHOLE_US ? to_us - from_us : SIGHT_PIECE_US;
}

/*
 * `count` frames from `first` on as the plain mean of all channels; what lies
 * outside of the item is 0.
 */
static bool read_mono(struct sight_source *source, int64_t first, int64_t count,
                      float *out)
{
    struct reader *reader = source->reader;
    int channels = reader_info(reader)->channels;
    int64_t begin = reader_frame_at(reader, source->from_us);
    int64_t end = reader_frame_at(reader, source->to_us);
    int64_t from = first < begin ? begin : first;
    int64_t to = first + count < end ? first + count : end;
    struct error err;
    float *frames;
    int64_t got;

    memset(out, 0, (size_t)count * sizeof(*out));
    if (from >= to)
        return true;
    if (reader_position(reader) != from && !reader_seek(reader, from, &err))
        return false;
    frames = xreallocarray(NULL, (size_t)(to - from),
                           (size_t)channels * sizeof(*frames));
    got = reader_read(reader, frames, to - from, &err);
    for (int64_t i = 0; i < got; i++) {
        float sum = 0;

        for (int c = 0; c < channels; c++)
            sum += frames[i * channels + c];
        out[from - first + i] = sum / (float)channels;
    }
    free(frames);
    return got >= 0;
}

/* --- spectrogram -------------------------------------------------------- */

struct spectrum_tile {
    struct sight_source *source;
    double column;  /* frames of the medium */
    int frame;      /* samples of a spectrogram's frame */
    int most;       /* frames averaged in a column */
    int64_t first;  /* of `sound` */
    int64_t length; /* of `sound`; 0: read frame by frame */
    float *sound;   /* owned */
};

static uint8_t level_of(float db)
{
    float level = roundf((db + 127.5f) * 2);

    return (uint8_t)(level < 1 ? 1 : level > 255 ? 255 : level);
}

/* So many frames lie in a column; each hop of half a frame or more. */
static int frames_of(const struct spectrum_tile *work)
{
    int count = (int)fmin(work->column / (work->frame / 2.0), work->most);

    return count < 1 ? 1 : count;
}

static bool add_column(const struct spectrum_tile *work, int64_t column)
{
    int count = frames_of(work);
    float *own =
        work->length > 0 ? NULL : xcalloc((size_t)work->frame, sizeof(*own));
    bool good = true;

    for (int i = 0; i < count && good; i++) {
        double middle = ((double)column + (i + 0.5) / count) * work->column;
        int64_t first = llround(middle - work->frame / 2.0);
        int64_t at = first - work->first;

        if (!own && at >= 0 && at + work->frame <= work->length)
            spectrogram_add(work->source->spectrogram, work->sound + at);
        if (own) {
            good = read_mono(work->source, first, work->frame, own);
            spectrogram_add(work->source->spectrogram, own);
        }
    }
    free(own);
    return good;
}

static void compute_spectrum(struct tile *tile, struct sight_source *source)
{
    int rate = reader_info(source->reader)->rate;
    int64_t column = tile->key.index * SIGHT_TILE;
    struct spectrum_tile work = {
        .source = source,
        .column = (double)tile->key.window_us / tile->key.width * rate / 1e6,
        .frame = spectrogram_frame(source->spectrogram),
        .most = FAR_FRAMES,
    };
    float db[SIGHT_BANDS];
    bool good = true;

    if (work.column * SIGHT_TILE < (double)READ_SECONDS * rate) {
        work.most = SIGHT_FRAMES;
        work.first = (int64_t)floor((double)column * work.column) - work.frame;
        work.length =
            (int64_t)ceil(work.column * SIGHT_TILE) + 2 * work.frame + 2;
        work.sound = xcalloc((size_t)work.length, sizeof(*work.sound));
        good = read_mono(source, work.first, work.length, work.sound);
    }
    tile->level = xcalloc(SIGHT_TILE, SIGHT_BANDS);
    tile->count = SIGHT_TILE;
    for (int i = 0; i < SIGHT_TILE && good; i++) {
        good = add_column(&work, column + i);
        spectrogram_take(source->spectrogram, db);
        for (int band = 0; band < SIGHT_BANDS; band++)
            tile->level[i * SIGHT_BANDS + band] = level_of(db[band]);
    }
    free(work.sound);
}

/* --- tracks ------------------------------------------------------------- */

/* `skip` frames of the context are left out. */
static void take_tracks(struct tile *tile, const struct rate_sound *sound,
                        int64_t skip, int64_t count)
{
    const struct frame_settings frames = { TRACK_FRAME, TRACK_HOP, true };
    struct pitch_settings settings = pitch_defaults(TRACK_RATE, TRACK_HOP);
    struct error err;
    struct pitch *pitch = pitch_new(&settings, &err);
    float piece[TRACK_FRAME];
    struct pitch_value *value;
    int64_t there;

    if (!pitch)
        return;
    there = pitch_count(pitch, sound->count);
    value = xcalloc((size_t)there + 1, sizeof(*value));
    pitch_track(pitch, sound->sample, sound->count, value);
    pitch_free(pitch);
    if (count > there - skip)
        count = there > skip ? there - skip : 0;
    tile->hz = xcalloc((size_t)count + 1, sizeof(*tile->hz));
    tile->db = xcalloc((size_t)count + 1, sizeof(*tile->db));
    tile->count = (size_t)count;
    for (int64_t i = 0; i < count; i++) {
        frame_copy(&frames, sound->sample, sound->count, i + skip, piece);
        tile->hz[i] = value[i + skip].hz;
        tile->db[i] = (float)waveform_rms_db(piece, TRACK_FRAME);
    }
    free(value);
}

static void compute_tracks(struct tile *tile, struct sight_source *source)
{
    int64_t piece_us = sight_piece_us(source->from_us, source->to_us);
    int64_t start_us = source->from_us + tile->key.index * piece_us;
    int64_t end_us = start_us + piece_us;
    int64_t before_us =
        start_us - CONTEXT_US < source->from_us ? 0 : CONTEXT_US;
    int64_t after_us = end_us + CONTEXT_US < source->to_us ? end_us + CONTEXT_US
                                                           : source->to_us;
    struct rate_sound sound = { 0 };
    struct rate_keeper keeper = { .sound = &sound };
    const struct rate_sink sink = rate_keep(&keeper);
    struct error err; /* pictures may last longer than the sound */

    rate_stream(source->path, start_us - before_us, after_us, TRACK_RATE, &sink,
                &err);
    if (sound.count > 0)
        take_tracks(tile, &sound, before_us / TRACK_HOP_US,
                    (piece_us + TRACK_HOP_US - 1) / TRACK_HOP_US);
    rate_sound_release(&sound);
}

void tile_compute(struct tile *tile, struct sight_source *source)
{
    if (!sight_source_ready(source))
        return;
    if (tile->key.kind == TILE_SPECTRUM)
        compute_spectrum(tile, source);
    else
        compute_tracks(tile, source);
}
