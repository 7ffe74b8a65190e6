/*
 * event_segment - what the events about segments carry.
 *
 *     segment-added    {"from_us":..,"label":..,"question":..,"tier":..,
 *                       "to_us":..}   no to_us: it runs; a point: from_us
 *     segment-changed  {"question":..,"segment":..} and what is new of
 *                       from_us, to_us, label, note, attributes
 *     segment-deleted  {"question":..,"segment":..}
 *     segment-split    {"at_us":..,"question":..,"segment":..}
 *     segment-merged   {"question":..,"segment":..,"with":..}
 *
 * A segment is named by the hash of the event that made it; of a split, the
 * earlier part keeps its name and the later one has that of the split.
 * "attributes" is an object of texts; "" takes one away.
 */
#ifndef MIEN_STUDY_EVENT_SEGMENT_H
#define MIEN_STUDY_EVENT_SEGMENT_H

#include "common/study/event.h"

struct segment_value {
    char *attribute; /* owned */
    char *value;     /* owned */
};

/* By the names of the attributes; zero-initialised is empty. */
struct segment_values {
    struct segment_value *item; /* owned */
    size_t count, capacity;
};

/* NULL when there is none. */
const char *segment_values_get(const struct segment_values *values,
                               const char *attribute);
void segment_values_set(struct segment_values *values, const char *attribute,
                        const char *value);
/* Without it from now on. */
void segment_values_drop(struct segment_values *values, const char *attribute);
void segment_values_copy(struct segment_values *to,
                         const struct segment_values *from);
void segment_values_release(struct segment_values *values);

/* Fields that a kind does not have are NULL or not set. */
struct event_segment {
    char *question; /* owned */
    bool has_segment, has_with;
    uint8_t segment[EVENT_HASH_SIZE];
    uint8_t with[EVENT_HASH_SIZE];
    char *tier;  /* owned */
    char *label; /* owned */
    char *note;  /* owned */
    bool has_from, has_to, has_at;
    int64_t from_us, to_us, at_us;
    struct segment_values values; /* owned */
    /* What was heard when it was done, and how far that may be off (timing.h);
     * read back only, and the former set by who knows the event. */
    int64_t heard_us;
    int64_t uncertainty_us;
};

void event_segment_release(struct event_segment *event);
/* Is it a kind of this page? */
bool event_is_segment(enum event_kind kind);
/* Canonical JSON, the caller's. */
char *event_payload_segment(const struct event_segment *event);
/* All that the kind needs must be there. */
bool event_read_segment(enum event_kind kind, const char *payload,
                        struct event_segment *event, struct error *err);

#endif
