/*
 * clock - which media time is, or was a moment ago, being heard.
 *
 * Each slot is a sequence lock without fences (ThreadSanitizer knows none):
 * every store of the writer is a release, so none passes the odd `turn`
 * before it; every load of the reader is an acquire, so the second look at
 * `turn` comes last.
 */
#include <config.h>

#include "annotate/play/clock.h"

#include <math.h>

enum { RUNNING = 1, HEARD = 2, BEGUN = 4, ENDED = 8 };

/* Even, and different each time that the slot is used again. */
static uint64_t turn_of(uint64_t number)
{
    return 2 * (number / CLOCK_HISTORY) + 2;
}

#define STORE(to, value) \
    atomic_store_explicit(&(to), (value), memory_order_release)
#define LOAD(from) atomic_load_explicit(&(from), memory_order_acquire)

void clock_publish(struct media_clock *clock, const struct anchor *anchor)
{
    uint64_t number = LOAD(clock->published);
    struct clock_slot *slot = &clock->slot[number % CLOCK_HISTORY];
    uint32_t flags =
        (anchor->running ? RUNNING : 0U) | (anchor->heard ? HEARD : 0U) |
        (anchor->begun ? BEGUN : 0U) | (anchor->ended ? ENDED : 0U);

    STORE(slot->turn, turn_of(number) - 1);
    STORE(slot->media_us, anchor->media_us);
    STORE(slot->host_us, anchor->host_us);
    STORE(slot->limit_us, anchor->limit_us);
    STORE(slot->speed, anchor->speed);
    STORE(slot->epoch, anchor->epoch);
    STORE(slot->flags, flags);
    STORE(slot->turn, turn_of(number));
    STORE(clock->published, number + 1);
}

/* False when anchor `number` has been overwritten meanwhile. */
static bool read_slot(const struct media_clock *clock, uint64_t number,
                      struct anchor *anchor)
{
    const struct clock_slot *slot = &clock->slot[number % CLOCK_HISTORY];
    uint32_t flags;

    if (LOAD(slot->turn) != turn_of(number))
        return false;
    anchor->media_us = LOAD(slot->media_us);
    anchor->host_us = LOAD(slot->host_us);
    anchor->limit_us = LOAD(slot->limit_us);
    anchor->speed = LOAD(slot->speed);
    anchor->epoch = LOAD(slot->epoch);
    flags = LOAD(slot->flags);
    anchor->running = flags & RUNNING;
    anchor->heard = flags & HEARD;
    anchor->begun = flags & BEGUN;
    anchor->ended = flags & ENDED;
    return LOAD(slot->turn) == turn_of(number);
}

static void move_forward(struct anchor *anchor, int64_t host_us)
{
    int64_t gone_us = host_us - anchor->host_us;

    if (!anchor->running)
        return;
    if (anchor->speed != 1)
        gone_us = llround((double)gone_us * anchor->speed);
    anchor->media_us += gone_us;
    if (anchor->media_us > anchor->limit_us)
        anchor->media_us = anchor->limit_us;
}

bool clock_at(const struct media_clock *clock, int64_t host_us,
              struct anchor *anchor)
{
    uint64_t number = LOAD(clock->published);

    while (number > 0 && read_slot(clock, --number, anchor)) {
        if (anchor->host_us <= host_us) {
            move_forward(anchor, host_us);
            return true;
        }
    }
    return false;
}

bool clock_newest(const struct media_clock *clock, struct anchor *anchor)
{
    uint64_t number;

    do {
        number = LOAD(clock->published);
        if (number == 0)
            return false;
    } while (!read_slot(clock, number - 1, anchor));
    return true;
}

bool clock_now(const struct media_clock *clock, uint32_t epoch, int64_t host_us,
               int64_t *media_us)
{
    struct anchor anchor;

    if (!clock_at(clock, host_us, &anchor) || anchor.epoch != epoch ||
        !anchor.heard)
        return false;
    *media_us = anchor.media_us;
    return true;
}

bool clock_epoch_reached(uint32_t a, uint32_t b)
{
    return a - b < UINT32_MAX / 2;
}
