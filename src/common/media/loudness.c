/*
 * loudness - how loud a medium is: reading it into libebur128.
 */
#include <config.h>

#include "common/media/loudness.h"

/* Its enum would take the name of our struct. */
#define error ebur128_error
#include <ebur128.h>
#undef error
#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/media/reader.h"

enum { PIECE_FRAMES = 16384, BLOCK_US = 400000 };

struct measuring {
    struct reader *reader; /* owned */
    ebur128_state *meter;  /* owned */
    float *piece;          /* owned; PIECE_FRAMES frames */
    int64_t frames;        /* given to the meter */
    bool (*go_on)(void *context);
    void *context;
};

static bool no_memory(struct error *err)
{
    return error_set(err, ERROR_IO, "no memory to measure loudness");
}

static bool give(struct measuring *it, int64_t frames, struct error *err)
{
    if (ebur128_add_frames_float(it->meter, it->piece, (size_t)frames) !=
        EBUR128_SUCCESS)
        return no_memory(err);
    it->frames += frames;
    return true;
}

/* `frames` < 0: to the end. */
static bool read_all(struct measuring *it, int64_t frames, struct error *err)
{
    while (frames < 0 || it->frames < frames) {
        int64_t wanted = PIECE_FRAMES;
        int64_t got;

        if (it->go_on && !it->go_on(it->context))
            return error_set(err, ERROR_INTERRUPTED, "interrupted");
        if (frames >= 0 && frames - it->frames < wanted)
            wanted = frames - it->frames;
        got = reader_read(it->reader, it->piece, wanted, err);
        if (got < 0)
            return false;
        if (got == 0)
            return true;
        if (!give(it, got, err))
            return false;
    }
    return true;
}

/* The meter counts whole blocks only. */
static bool fill_block(struct measuring *it, struct error *err)
{
    const struct reader_info *info = reader_info(it->reader);
    int64_t block = reader_frame_at(it->reader, BLOCK_US) + 1;

    for (int i = 0; i < PIECE_FRAMES * info->channels; i++)
        it->piece[i] = 0;
    while (it->frames > 0 && it->frames < block) {
        int64_t rest = block - it->frames;

        if (!give(it, rest < PIECE_FRAMES ? rest : PIECE_FRAMES, err))
            return false;
    }
    return true;
}

static bool take_reading(const struct measuring *it, struct loudness *out,
                         struct error *err)
{
    const struct reader_info *info = reader_info(it->reader);
    double peak = 0;
    double lufs;

    *out = (struct loudness){ 0 };
    if (ebur128_loudness_global(it->meter, &lufs) != EBUR128_SUCCESS)
        return no_memory(err);
    for (int c = 0; c < info->channels; c++) {
        double one = 0;

        ebur128_true_peak(it->meter, (unsigned)c, &one);
        peak = fmax(peak, one);
    }
    if (!isfinite(lufs) || peak <= 0)
        return true; /* all below the gate */
    *out = (struct loudness){ true, lufs, 20 * log10(peak) };
    return true;
}

static bool begin(struct measuring *it, const char *path, int64_t start_us,
                  struct error *err)
{
    const struct reader_info *info;

    it->reader = reader_open_film(path, err); /* as the player has it */
    if (!it->reader)
        return false;
    info = reader_info(it->reader);
    it->meter = ebur128_init(
        (unsigned)info->channels, (unsigned long)info->rate,
        EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK | EBUR128_MODE_HISTOGRAM);
    if (!it->meter)
        return no_memory(err);
    it->piece = xcalloc((size_t)PIECE_FRAMES * (size_t)info->channels,
                        sizeof(*it->piece));
    return start_us <= 0 ||
           reader_seek(it->reader, reader_frame_at(it->reader, start_us), err);
}

bool loudness_measure(const char *path, int64_t start_us, int64_t end_us,
                      bool (*go_on)(void *context), void *context,
                      struct loudness *out, struct error *err)
{
    struct measuring it = { .go_on = go_on, .context = context };
    bool good = begin(&it, path, start_us, err);

    if (good) {
        int64_t frames = -1;

        if (end_us >= 0)
            frames =
                reader_frame_at(it.reader, end_us) - reader_position(it.reader);
        if (end_us >= 0 && frames < 0)
            frames = 0;
        good = read_all(&it, frames, err) && fill_block(&it, err) &&
               take_reading(&it, out, err);
    }
    if (it.meter)
        ebur128_destroy(&it.meter);
    reader_close(it.reader);
    free(it.piece);
    return good;
}

double loudness_gain(const struct loudness *loudness, double lufs)
{
    double db;

    if (!loudness->audible)
        return 0;
    db = fmin(lufs - loudness->lufs, LOUDNESS_PEAK_DBTP - loudness->peak);
    return floor(100 * db) / 100;
}
