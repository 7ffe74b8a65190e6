/*
 * track - the marks that were set in one medium: intervals and points on
 * tiers.
 *
 * A track takes deeds: each is one to two changes of a mark (none to
 * something, something to something else, something to none) and can be taken
 * back.  It keeps them in the order of time, and finds one by its identity at
 * once.  Plain data, no rules: whether a deed may be done is for
 * track_allows(), which knows the question.
 *
 * Times are microseconds of media time.
 */
#ifndef MIEN_STUDY_TRACK_H
#define MIEN_STUDY_TRACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/study/event_segment.h"
#include "common/study/question.h"

enum { SEGMENT_RUNS = -1 }; /* to_us of an interval that has no end yet */

/* One interval or point. */
struct segment {
    uint8_t id[EVENT_HASH_SIZE]; /* the event that made it */
    char *tier;                  /* owned */
    int64_t from_us;
    int64_t to_us;                /* of a point the same; or SEGMENT_RUNS */
    int64_t from_sd_us, to_sd_us; /* how far off, by timing.h; 0: not timed */
    char *label;                  /* owned; "" when it has none yet */
    char *note;                   /* owned; "" when it has none */
    struct segment_values values; /* owned; of the attributes that have one */
};

/* Owns both; NULL: there was none, there is none. */
struct track_change {
    struct segment *before, *after;
};

/* What one event does; zero-initialised does nothing. */
struct track_deed {
    struct track_change change[2];
    size_t count;
};

/* The marks of one tier, by from_us, then by id. */
struct track_tier {
    char *id;              /* owned */
    struct segment **item; /* owned, each too */
    size_t count, capacity;
};

/* Zero-initialised is empty. */
struct track {
    struct track_tier *tier; /* owned; as first met */
    size_t tier_count;
    size_t count;           /* of all tiers */
    struct segment **index; /* owned; by the first bytes of the id */
    size_t index_size;      /* a power of two, or 0 */
};

void track_release(struct track *track);
const struct segment *track_find(const struct track *track,
                                 const uint8_t id[EVENT_HASH_SIZE]);
/* Never NULL: an empty one where nothing was marked. */
const struct track_tier *track_tier(const struct track *track, const char *id);
/* How many of them begin before `us`. */
size_t track_tier_before(const struct track_tier *tier, int64_t us);
/* The place of a mark in its tier; the tier's count when it is not there. */
size_t track_tier_place(const struct track_tier *tier,
                        const struct segment *segment);

/*
 * What an event of this kind does to the track as it is; `id` is the event's.
 * False, and nothing to release, when it names what is not there.
 */
bool track_resolve(const struct track *track, enum event_kind kind,
                   const struct event_segment *event,
                   const uint8_t id[EVENT_HASH_SIZE], struct track_deed *deed,
                   struct error *err);
void track_apply(struct track *track, const struct track_deed *deed);
/* Takes back the deed that was applied last. */
void track_revert(struct track *track, const struct track_deed *deed);
void track_deed_release(struct track_deed *deed);

/* All of it as text, in the order of tier and time. */
struct buf;
void track_dump(const struct track *track, struct buf *out);

/* The part of the medium that is the item. */
struct track_bounds {
    int64_t from_us, to_us;
};

/*
 * May this be done?  False says why not: a label that the protocol does not
 * offer, marks that overlap where they must not, a child outside its parent, a
 * time outside the medium, an interval that is too short.
 */
bool track_allows(const struct track *track, const struct question *question,
                  const struct track_bounds *bounds,
                  const struct track_deed *deed, struct error *err);

struct segment *segment_copy(const struct segment *segment);
void segment_free(struct segment *segment); /* takes NULL */
bool segment_runs(const struct segment *segment);
/* "" when it has none. */
const char *segment_value(const struct segment *segment, const char *attribute);

#endif
