/*
 * random_marks - deeds on marks that are drawn at random.
 */
#ifndef MIEN_TEST_RANDOM_MARKS_H
#define MIEN_TEST_RANDOM_MARKS_H

#include "common/base/rng.h"
#include "common/study/event_segment.h"

enum { MARKS_MOST = 60, MARKS_END_US = 10000000, PLAIN_TIERS = 4 };

/* The rules of the plain model, by tier. */
struct plain_tier {
    const char *id;
    int parent; /* -1: none */
    bool may_overlap, is_point;
    int64_t min_us;
};

extern const struct plain_tier plain_tiers[PLAIN_TIERS];

struct plain {
    uint32_t id;
    int tier;
    int64_t from_us, to_us; /* to_us -1: it runs */
};

struct plains {
    struct plain *item;
    size_t count, capacity;
};

/* Identities rise in the order of bytes, so that both models sort alike. */
void mark_hash(uint32_t id, uint8_t hash[EVENT_HASH_SIZE]);
uint32_t mark_id(const uint8_t *hash);
enum event_kind draw_kind(struct rng *rng, size_t count);
/* Names two of the marks that there are.  What it points to is borrowed. */
void draw_event(struct rng *rng, enum event_kind kind, size_t count,
                const struct plain *marks, struct event_segment *event);

#endif
