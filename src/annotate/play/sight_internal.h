/*
 * sight_internal - tiles, and how they are computed.
 */
#ifndef MIEN_PLAY_SIGHT_INTERNAL_H
#define MIEN_PLAY_SIGHT_INTERNAL_H

#include "annotate/play/sight.h"
#include "common/media/reader.h"
#include "common/signal/spectrogram.h"

enum tile_kind { TILE_SPECTRUM, TILE_TRACKS };

struct tile_key {
    enum tile_kind kind;
    int64_t window_us; /* of the spectrogram: its zoom; tracks: 0 */
    int width;
    int64_t index;
};

struct tile {
    struct tile_key key;
    unsigned used;  /* when, of late */
    size_t count;   /* columns, or points of the tracks */
    uint8_t *level; /* owned: count * SIGHT_BANDS */
    float *hz, *db; /* owned: count */
};

/* What the worker reads from; worker thread only. */
struct sight_source {
    char *path; /* owned */
    int64_t from_us, to_us;
    struct reader *reader;           /* owned; NULL: not open */
    struct spectrogram *spectrogram; /* owned; NULL: none yet */
    bool broken;
};

void sight_source_close(struct sight_source *source);
/* Opens it if need be; false: it cannot be. */
bool sight_source_ready(struct sight_source *source);

/* Tracks of the item lie in pieces this long. */
int64_t sight_piece_us(int64_t from_us, int64_t to_us);

/* Fills what `key` says; on failure it has no columns and no points. */
void tile_compute(struct tile *tile, struct sight_source *source);
void tile_clear(struct tile *tile);

#endif
