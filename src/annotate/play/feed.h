/*
 * feed - what the audio callback does: samples out of the ring, anchors and
 * events about what is heard.
 *
 * The decode thread writes frames into `samples` and, before the first frame
 * of each continuous stretch, a run into `runs`: so the callback knows the
 * media time of every frame.  A command that moves (open, seek, loop, stop)
 * raises `epoch`; the callback then drops whatever belongs to older ones.
 *
 * feed_fill() takes no lock, allocates nothing, calls nothing that waits.
 */
#ifndef MIEN_PLAY_FEED_H
#define MIEN_PLAY_FEED_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "annotate/play/clock.h"
#include "annotate/play/pace.h"
#include "annotate/play/player.h"
#include "annotate/play/ring.h"

enum run_kind {
    RUN_SOUND,  /* frames follow, up to the next run */
    RUN_WRAP,   /* the same, after a wrap of the loop */
    RUN_END,    /* the medium has ended */
    RUN_BROKEN, /* it could not be read any further */
};

struct run {
    enum run_kind kind;
    uint32_t epoch;
    uint32_t medium;
    uint64_t at;       /* number of its first frame in `samples` */
    int64_t origin_us; /* media time of that frame; of the end */
    int64_t before_us; /* where the run before it ended, exactly */
    double speed;      /* media time by time heard */
};

struct feed {
    /* Set once. */
    int rate, channels;
    int64_t latency_us; /* from the callback to the speaker */

    /* Lock-free: decode thread writes, callback reads. */
    struct ring samples; /* frames of `channels` floats */
    struct ring runs;

    /* Lock-free: callback writes, UI thread reads. */
    struct ring events; /* struct player_event */
    struct media_clock clock;
    _Atomic uint32_t underruns;
    _Atomic uint32_t ended_epoch; /* whose end was handed over; 0: none */

    /* Atomic: UI thread writes, callback reads. */
    _Atomic uint32_t epoch;       /* never 0 */
    _Atomic uint32_t speed_epoch; /* begun by another speed; 0: none */
    _Atomic bool playing;
    _Atomic float gain;

    /* Callback only. */
    struct pace pace;
    struct run run; /* the one whose frames are next */
    bool have_run;
    bool sounding; /* since a PLAYER_HEARD_START */
    bool heard;    /* something of the run's epoch was */
    bool begun;    /* something of the run's medium was */
    float last_gain;
};

/* `seconds` of sound fit in. */
void feed_init(struct feed *feed, int rate, int channels, int64_t latency_us,
               double seconds);
void feed_release(struct feed *feed);

/* A sink_fill; `context` is the feed. */
void feed_fill(void *context, float *out, int frames, int64_t host_us);

#endif
