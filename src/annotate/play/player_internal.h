/*
 * player_internal - what the files of the player share.
 */
#ifndef MIEN_PLAY_PLAYER_INTERNAL_H
#define MIEN_PLAY_PLAYER_INTERNAL_H

#include "annotate/play/decode.h"
#include "annotate/play/feed.h"
#include "annotate/play/player.h"

struct player {
    /* Set once, before the threads start. */
    struct sink *sink;     /* owned */
    struct decode *decode; /* owned */
    struct wake *wake;     /* borrowed */
    enum player_output output;
    enum latency_source latency_source;

    void (*tap)(void *context, const float *samples, int frames,
                int64_t heard_us); /* or NULL */
    void *tap_context;

    /* Lock-free; see feed.h. */
    struct feed feed;

    /* UI thread only: what was asked for. */
    bool has_medium;
    uint32_t medium;       /* counts player_open() */
    uint32_t medium_epoch; /* the first one of this medium */
    uint32_t epoch;
    int64_t start_us, end_us; /* as asked for; end_us < 0: open */
    int64_t target_us;        /* where the epoch begins */
    struct decode_loop loop;
    uint32_t part_epoch; /* what plays is a part; 0: it is not */
    double speed;
    float gain;  /* the volume ... */
    float level; /* ... and of this medium */
    bool gone;   /* the device was unplugged */
};

#endif
