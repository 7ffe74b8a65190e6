/*
 * sight - what of a medium is in the window: samples, spectrogram, pitch and
 * intensity.
 *
 * The UI thread says what it shows; the worker thread computes what is
 * missing, in tiles, and posts the wake; the UI thread draws what is there.
 * Tiles are cached, so that scrolling back costs nothing, and those beside
 * the window are made ahead.  Nothing outside of the item is read.
 *
 * A spectrogram tile is SIGHT_TILE columns of one zoom; a column is the mean
 * of up to SIGHT_FRAMES frames, evenly over it.  Tracks are made 10 ms apart
 * at 16 kHz, as the set `basic' of features has them: of the whole item where
 * it is not longer than SIGHT_WHOLE_US, else of pieces with a second of
 * context (the silence threshold of the pitch is then that of the piece).
 */
#ifndef MIEN_PLAY_SIGHT_H
#define MIEN_PLAY_SIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annotate/play/wake.h"
#include "common/media/peaks.h"

enum {
    SIGHT_BANDS = 64,
    SIGHT_TILE = 32,   /* columns */
    SIGHT_FRAMES = 8,  /* of the spectrogram in a column */
    SIGHT_TILES = 256, /* kept */
    SIGHT_WHOLE_US = 120000000,
    SIGHT_PIECE_US = 20000000,
    SIGHT_TRACKS_US = 600000000, /* a longer window shows no tracks */
};

struct sight;

/* A part of the item, `width` columns wide. */
struct sight_want {
    int64_t left_us, right_us;
    int width;
    bool samples; /* the pyramid is too coarse for it */
    bool spectrogram;
    bool tracks;
};

struct sight *sight_new(struct wake *wake);
void sight_free(struct sight *sight); /* takes NULL */

/* --- UI thread ---------------------------------------------------------- */

/* Another item; NULL: none. */
void sight_open(struct sight *sight, const char *path, int64_t from_us,
                int64_t to_us);
void sight_look(struct sight *sight, const struct sight_want *want);
/* Raised whenever there is more to draw. */
unsigned sight_news(struct sight *sight);

/* What is wanted, as far as it is there. */

/* False: not there; `column` has `width` places. */
bool sight_samples(struct sight *sight, struct peak *column);
/*
 * SIGHT_BANDS levels a column, the lowest band first: half decibels above
 * -127.5 dB; 0: not there (or no sound at all).  `loudest` is the highest
 * level met in this item.
 */
void sight_spectrum(struct sight *sight, uint8_t *level, uint8_t *loudest);
/* Hz, 0 where unvoiced; dB re full scale; both NAN where they are not there. */
void sight_tracks(struct sight *sight, float *hz, float *db);

/* --- worker thread ------------------------------------------------------ */

/* Computes one piece of what is missing; false: nothing is. */
bool sight_serve(struct sight *sight);

#endif
