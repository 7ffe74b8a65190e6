/* track - the marks that were set in one medium. */
#include <config.h>

#include "common/study/track.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/vec.h"

enum { INDEX_MIN = 16 };

struct segment *segment_copy(const struct segment *segment)
{
    struct segment *copy = xcalloc(1, sizeof(*copy));

    memcpy(copy->id, segment->id, sizeof(copy->id));
    copy->tier = xstrdup(segment->tier);
    copy->from_us = segment->from_us;
    copy->to_us = segment->to_us;
    copy->from_sd_us = segment->from_sd_us;
    copy->to_sd_us = segment->to_sd_us;
    copy->label = xstrdup(segment->label);
    copy->note = xstrdup(segment->note);
    segment_values_copy(&copy->values, &segment->values);
    return copy;
}

void segment_free(struct segment *segment)
{
    if (!segment)
        return;
    free(segment->tier);
    free(segment->label);
    free(segment->note);
    segment_values_release(&segment->values);
    free(segment);
}

bool segment_runs(const struct segment *segment)
{
    return segment->to_us == SEGMENT_RUNS;
}

const char *segment_value(const struct segment *segment, const char *attribute)
{
    const char *value = segment_values_get(&segment->values, attribute);

    return value ? value : "";
}

void track_release(struct track *track)
{
    for (size_t t = 0; t < track->tier_count; t++) {
        struct track_tier *tier = &track->tier[t];

        for (size_t i = 0; i < tier->count; i++)
            segment_free(tier->item[i]);
        free(tier->item);
        free(tier->id);
    }
    free(track->tier);
    free(track->index);
    memset(track, 0, sizeof(*track));
}

void track_deed_release(struct track_deed *deed)
{
    for (size_t i = 0; i < deed->count; i++) {
        segment_free(deed->change[i].before);
        segment_free(deed->change[i].after);
    }
    memset(deed, 0, sizeof(*deed));
}

/* --- finding one by its identity ------------------------------------------ */

static size_t home_of(const struct track *track,
                      const uint8_t id[EVENT_HASH_SIZE])
{
    uint64_t key;

    /* Hashes are spread already; the product serves tests, which count. */
    memcpy(&key, id, sizeof(key));
    return (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) &
           (track->index_size - 1);
}

/* Where it stands, or the free place where it would. */
static size_t index_place(const struct track *track,
                          const uint8_t id[EVENT_HASH_SIZE])
{
    size_t at = home_of(track, id);

    while (track->index[at] &&
           memcmp(track->index[at]->id, id, EVENT_HASH_SIZE) != 0)
        at = (at + 1) & (track->index_size - 1);
    return at;
}

static void index_add(struct track *track, struct segment *segment)
{
    struct segment **old = track->index;
    size_t old_size = track->index_size;

    if (2 * (track->count + 1) > old_size) {
        track->index_size = old_size ? 2 * old_size : INDEX_MIN;
        track->index = xcalloc(track->index_size, sizeof(struct segment *));
        for (size_t i = 0; i < old_size; i++) {
            if (old[i])
                track->index[index_place(track, old[i]->id)] = old[i];
        }
        free(old);
    }
    track->index[index_place(track, segment->id)] = segment;
}

/* Closes the gap, so that no search ends too early. */
static void index_drop(struct track *track, const uint8_t id[EVENT_HASH_SIZE])
{
    size_t mask = track->index_size - 1;
    size_t gap = index_place(track, id);

    track->index[gap] = NULL;
    for (size_t at = (gap + 1) & mask; track->index[at]; at = (at + 1) & mask) {
        size_t home = home_of(track, track->index[at]->id);

        if (((at - home) & mask) < ((at - gap) & mask))
            continue; /* its search does not pass the gap */
        track->index[gap] = track->index[at];
        track->index[at] = NULL;
        gap = at;
    }
}

const struct segment *track_find(const struct track *track,
                                 const uint8_t id[EVENT_HASH_SIZE])
{
    return track->index_size ? track->index[index_place(track, id)] : NULL;
}

/* --- the order of time ------------------------------------------------------
 */

const struct track_tier *track_tier(const struct track *track, const char *id)
{
    static const struct track_tier empty = { 0 };

    for (size_t i = 0; i < track->tier_count; i++) {
        if (strcmp(track->tier[i].id, id) == 0)
            return &track->tier[i];
    }
    return &empty;
}

static struct track_tier *own_tier(struct track *track, const char *id)
{
    for (size_t i = 0; i < track->tier_count; i++) {
        if (strcmp(track->tier[i].id, id) == 0)
            return &track->tier[i];
    }
    track->tier =
        xreallocarray(track->tier, track->tier_count + 1, sizeof(*track->tier));
    track->tier[track->tier_count] = (struct track_tier){ .id = xstrdup(id) };
    return &track->tier[track->tier_count++];
}

/* Is it before the mark with this time and identity? */
static bool comes_before(const struct segment *segment, int64_t us,
                         const uint8_t *id)
{
    if (segment->from_us != us)
        return segment->from_us < us;
    return id && memcmp(segment->id, id, EVENT_HASH_SIZE) < 0;
}

static size_t count_before(const struct track_tier *tier, int64_t us,
                           const uint8_t *id)
{
    size_t low = 0, high = tier->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (comes_before(tier->item[middle], us, id))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t track_tier_before(const struct track_tier *tier, int64_t us)
{
    return count_before(tier, us, NULL);
}

size_t track_tier_place(const struct track_tier *tier,
                        const struct segment *segment)
{
    size_t at = count_before(tier, segment->from_us, segment->id);

    return at < tier->count &&
                   memcmp(tier->item[at]->id, segment->id, EVENT_HASH_SIZE) == 0
               ? at
               : tier->count;
}

static void add(struct track *track, const struct segment *segment)
{
    struct track_tier *tier = own_tier(track, segment->tier);
    size_t at = count_before(tier, segment->from_us, segment->id);
    struct segment *copy = segment_copy(segment);

    VEC_GROW(tier);
    memmove(&tier->item[at + 1], &tier->item[at],
            (tier->count - at) * sizeof(struct segment *));
    tier->item[at] = copy;
    tier->count++;
    index_add(track, copy);
    track->count++;
}

static void drop(struct track *track, const struct segment *segment)
{
    struct track_tier *tier = own_tier(track, segment->tier);
    size_t at = track_tier_place(tier, segment);

    assert(at < tier->count);
    index_drop(track, segment->id);
    segment_free(tier->item[at]);
    tier->count--;
    memmove(&tier->item[at], &tier->item[at + 1],
            (tier->count - at) * sizeof(struct segment *));
    track->count--;
}

void track_apply(struct track *track, const struct track_deed *deed)
{
    for (size_t i = 0; i < deed->count; i++) {
        if (deed->change[i].before)
            drop(track, deed->change[i].before);
        if (deed->change[i].after)
            add(track, deed->change[i].after);
    }
}

void track_revert(struct track *track, const struct track_deed *deed)
{
    for (size_t i = deed->count; i-- > 0;) {
        if (deed->change[i].after)
            drop(track, deed->change[i].after);
        if (deed->change[i].before)
            add(track, deed->change[i].before);
    }
}

/* --- what an event does ------------------------------------------------------
 */

static void replace(char **text, const char *with)
{
    if (!with)
        return;
    free(*text);
    *text = xstrdup(with);
}

/*
 * How far an edge may be off: one that stands where the sound was heard, as
 * far as that was known; one that was put elsewhere, by hand and by eye, was
 * not timed.
 */
static int64_t sd_of(const struct event_segment *event, int64_t us)
{
    return us >= 0 && us == event->heard_us ? event->uncertainty_us : 0;
}

static struct segment *make(const struct event_segment *event,
                            const uint8_t id[EVENT_HASH_SIZE])
{
    struct segment *made = xcalloc(1, sizeof(*made));

    memcpy(made->id, id, sizeof(made->id));
    made->tier = xstrdup(event->tier);
    made->from_us = event->from_us;
    made->to_us = event->has_to ? event->to_us : SEGMENT_RUNS;
    made->from_sd_us = sd_of(event, made->from_us);
    made->to_sd_us = sd_of(event, made->to_us);
    made->label = xstrdup(event->label ? event->label : "");
    made->note = xstrdup(event->note ? event->note : "");
    segment_values_copy(&made->values, &event->values);
    return made;
}

static void change(struct segment *segment, const struct event_segment *event)
{
    if (event->has_from) {
        segment->from_us = event->from_us;
        segment->from_sd_us = sd_of(event, event->from_us);
    }
    if (event->has_to) {
        segment->to_us = event->to_us;
        segment->to_sd_us = sd_of(event, event->to_us);
    }
    replace(&segment->label, event->label);
    replace(&segment->note, event->note);
    for (size_t i = 0; i < event->values.count; i++) {
        const struct segment_value *value = &event->values.item[i];

        if (value->value[0])
            segment_values_set(&segment->values, value->attribute,
                               value->value);
        else
            segment_values_drop(&segment->values, value->attribute);
    }
}

static void put_change(struct track_deed *deed, const struct segment *before,
                       struct segment *after)
{
    deed->change[deed->count].before = before ? segment_copy(before) : NULL;
    deed->change[deed->count].after = after;
    deed->count++;
}

/* The earlier part keeps its name, the later one has all else of it. */
static bool split(const struct segment *whole,
                  const struct event_segment *event,
                  const uint8_t id[EVENT_HASH_SIZE], struct track_deed *deed,
                  struct error *err)
{
    struct segment *early, *late;

    if (event->at_us <= whole->from_us ||
        (!segment_runs(whole) && event->at_us >= whole->to_us))
        return error_set(err, ERROR_INPUT,
                         "A split must lie between its edges");
    early = segment_copy(whole);
    late = segment_copy(whole);
    early->to_us = late->from_us = event->at_us;
    early->to_sd_us = late->from_sd_us = sd_of(event, event->at_us);
    memcpy(late->id, id, sizeof(late->id));
    put_change(deed, whole, early);
    put_change(deed, NULL, late);
    return true;
}

/* From the beginning of the one to the end of the other, and what is between;
 * the label and all else are those of the first. */
static bool merge(const struct track *track, const struct segment *first,
                  const struct event_segment *event, struct track_deed *deed,
                  struct error *err)
{
    const struct segment *second = track_find(track, event->with);
    struct segment *both;

    if (!second || second == first || strcmp(first->tier, second->tier) != 0)
        return error_set(err, ERROR_INPUT,
                         "Only marks of one tier can become one");
    both = segment_copy(first);
    if (second->from_us < both->from_us) {
        both->from_us = second->from_us;
        both->from_sd_us = second->from_sd_us;
    }
    if (segment_runs(second) ||
        (!segment_runs(both) && second->to_us > both->to_us)) {
        both->to_us = second->to_us;
        both->to_sd_us = second->to_sd_us;
    }
    put_change(deed, second, NULL);
    put_change(deed, first, both);
    return true;
}

bool track_resolve(const struct track *track, enum event_kind kind,
                   const struct event_segment *event,
                   const uint8_t id[EVENT_HASH_SIZE], struct track_deed *deed,
                   struct error *err)
{
    const struct segment *about =
        event->has_segment ? track_find(track, event->segment) : NULL;
    struct segment *after;

    memset(deed, 0, sizeof(*deed));
    if (kind == EVENT_SEGMENT_ADDED) {
        if (track_find(track, id))
            return error_set(err, ERROR_INPUT, "this segment is there already");
        put_change(deed, NULL, make(event, id));
        return true;
    }
    if (!about)
        return error_set(err, ERROR_INPUT, "this segment is not there");
    switch (kind) {
    case EVENT_SEGMENT_CHANGED:
        after = segment_copy(about);
        change(after, event);
        put_change(deed, about, after);
        return true;
    case EVENT_SEGMENT_DELETED:
        put_change(deed, about, NULL);
        return true;
    case EVENT_SEGMENT_SPLIT:
        if (track_find(track, id))
            return error_set(err, ERROR_INPUT, "this part is there already");
        return split(about, event, id, deed, err);
    case EVENT_SEGMENT_MERGED:
        return merge(track, about, event, deed, err);
    default:
        return error_set(err, ERROR_INPUT, "no deed on segments");
    }
}

static void dump_segment(const struct segment *it, struct buf *out)
{
    char hex[EVENT_HASH_HEX_SIZE];

    event_hash_hex(it->id, hex);
    buf_addf(out, "  segment %.16s %s %lld..%lld (%s) note (%s)", hex, it->tier,
             (long long)it->from_us, (long long)it->to_us, it->label, it->note);
    for (size_t i = 0; i < it->values.count; i++)
        buf_addf(out, " %s=%s", it->values.item[i].attribute,
                 it->values.item[i].value);
    if (it->from_sd_us > 0 || it->to_sd_us > 0)
        buf_addf(out, " off %lld %lld", (long long)it->from_sd_us,
                 (long long)it->to_sd_us);
    buf_add_char(out, '\n');
}

/* Tiers in the order of their names: which was met first does not matter. */
static int compare_tiers(const void *a, const void *b)
{
    const struct track_tier *const *one = a;
    const struct track_tier *const *two = b;

    return strcmp((*one)->id, (*two)->id);
}

void track_dump(const struct track *track, struct buf *out)
{
    const struct track_tier **tiers =
        xcalloc(track->tier_count + 1, sizeof(const struct track_tier *));

    for (size_t t = 0; t < track->tier_count; t++)
        tiers[t] = &track->tier[t];
    qsort(tiers, track->tier_count, sizeof(const struct track_tier *),
          compare_tiers);
    for (size_t t = 0; t < track->tier_count; t++) {
        for (size_t i = 0; i < tiers[t]->count; i++)
            dump_segment(tiers[t]->item[i], out);
    }
    free(tiers);
}
