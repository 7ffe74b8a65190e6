/*
 * clock - which media time is, or was a moment ago, being heard.
 *
 * The audio callback publishes anchors: "media time `media_us` leaves the
 * speaker at host time `host_us`".  Anyone may read the clock; a reader takes
 * the newest anchor that is not later than the host time it asks for, and
 * moves it forward by the host time gone by, times the speed.  So the device's
 * latency, a pause or an underrun in between and a key stamped a moment ago are
 * all right.  After a seek the epoch changes and anchors of the old epoch do
 * not answer for the new one.
 *
 * The last CLOCK_HISTORY anchors are kept: over two seconds at 10 ms each.
 */
#ifndef MIEN_PLAY_CLOCK_H
#define MIEN_PLAY_CLOCK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { CLOCK_HISTORY = 256 };

struct anchor {
    int64_t media_us;
    int64_t host_us;
    int64_t limit_us; /* no later media time has been handed over */
    double speed;     /* media time by host time while running */
    uint32_t epoch;
    bool running; /* else media_us stands still */
    bool heard;   /* something of this epoch was or is heard */
    bool begun;   /* something of this medium was or is heard */
    bool ended;   /* the end of the medium was heard */
};

/* One anchor; a reader that sees `turn` change has read a torn one. */
struct clock_slot {
    _Atomic uint64_t turn; /* odd while it is being written */
    _Atomic int64_t media_us, host_us, limit_us;
    _Atomic double speed;
    _Atomic uint32_t epoch;
    _Atomic uint32_t flags;
};

/* Zero-initialised knows nothing. */
struct media_clock {
    struct clock_slot slot[CLOCK_HISTORY];
    _Atomic uint64_t published; /* how many, ever */
};

/* Called by one thread only: the audio callback. */
void clock_publish(struct media_clock *clock, const struct anchor *anchor);

/* Media time at `host_us`; false when nothing of `epoch` was heard yet. */
bool clock_now(const struct media_clock *clock, uint32_t epoch, int64_t host_us,
               int64_t *media_us);

/*
 * The anchor that holds at `host_us`, of whatever epoch, with media_us moved
 * forward to `host_us`; false when there is none that early.
 */
bool clock_at(const struct media_clock *clock, int64_t host_us,
              struct anchor *anchor);

/*
 * The newest anchor, also when it is still to be heard: so it is known at once
 * how far the sound was handed over.  False when there is none.
 */
bool clock_newest(const struct media_clock *clock, struct anchor *anchor);

/* Is epoch `a` not older than `b`?  Right also after it has wrapped. */
bool clock_epoch_reached(uint32_t a, uint32_t b);

#endif
