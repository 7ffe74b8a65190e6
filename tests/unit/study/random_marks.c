/*
 * random_marks - deeds on marks that are drawn at random.
 */
#include <config.h>

#include "random_marks.h"

#include <string.h>

#include "common/base/vec.h"

enum { GRID_US = MARKS_END_US / 100 };

const struct plain_tier plain_tiers[PLAIN_TIERS] = {
    { "turn", -1, false, false, 0 },
    { "word", 0, false, false, 200000 },
    { "burst", 0, true, false, 0 },
    { "breath", -1, false, true, 0 },
};

/* Identities rise in the order of bytes, so that both models sort alike. */
void mark_hash(uint32_t id, uint8_t hash[EVENT_HASH_SIZE])
{
    memset(hash, 0, EVENT_HASH_SIZE);
    for (int i = 0; i < 4; i++)
        hash[i] = (uint8_t)(id >> (24 - 8 * i));
}

uint32_t mark_id(const uint8_t *hash)
{
    return (uint32_t)hash[0] << 24 | (uint32_t)hash[1] << 16 |
           (uint32_t)hash[2] << 8 | hash[3];
}

static int64_t random_us(struct rng *rng)
{
    return (int64_t)rng_below(rng, 102) * GRID_US;
}

enum event_kind draw_kind(struct rng *rng, size_t count)
{
    static const enum event_kind kinds[] = {
        EVENT_SEGMENT_CHANGED, EVENT_SEGMENT_CHANGED, EVENT_SEGMENT_CHANGED,
        EVENT_SEGMENT_DELETED, EVENT_SEGMENT_SPLIT,   EVENT_SEGMENT_MERGED,
    };

    if (count == 0 || (count < MARKS_MOST && rng_below(rng, 2)))
        return EVENT_SEGMENT_ADDED;
    return kinds[rng_below(rng, LENGTH_OF(kinds))];
}

static void draw_added(struct rng *rng, struct event_segment *event)
{
    const struct plain_tier *tier = &plain_tiers[rng_below(rng, PLAIN_TIERS)];

    event->tier = (char *)tier->id;
    event->has_from = true;
    event->from_us = random_us(rng);
    event->has_to = tier->is_point || rng_below(rng, 8) > 0;
    event->to_us = tier->is_point
                       ? event->from_us
                       : event->from_us + (int64_t)rng_below(rng, 12) * GRID_US;
}

/* Names two of the marks that there are (or were). */
void draw_event(struct rng *rng, enum event_kind kind, size_t count,
                const struct plain *marks, struct event_segment *event)
{
    *event = (struct event_segment){ .question = "q" };
    if (kind == EVENT_SEGMENT_ADDED) {
        draw_added(rng, event);
        return;
    }
    event->has_segment = true;
    mark_hash(marks[rng_below(rng, count)].id, event->segment);
    if (kind == EVENT_SEGMENT_CHANGED) {
        event->has_from = rng_below(rng, 2);
        event->has_to = !event->has_from || rng_below(rng, 2);
        event->from_us = random_us(rng);
        event->to_us = random_us(rng);
    } else if (kind == EVENT_SEGMENT_SPLIT) {
        event->has_at = true;
        event->at_us = random_us(rng);
    } else if (kind == EVENT_SEGMENT_MERGED) {
        event->has_with = true;
        mark_hash(marks[rng_below(rng, count)].id, event->with);
    }
}
