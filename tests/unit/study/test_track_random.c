/*
 * track - thousands of random deeds against a plain model: a list that is
 * checked as a whole, every pair of marks with each other.
 *
 * What track_allows() says of a deed must be what the whole list says of the
 * marks as they would be, and what was applied can be taken back to the last
 * mark.
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/study/protocol.h"
#include "common/study/track.h"
#include "random_marks.h"

enum { STEPS = 20000 };

static const char json[] =
    "{\"mien\": 1, \"name\": \"t\", \"version\": \"1.0\", \"instructions\":"
    " \"I\", \"questions\": [{\"id\": \"q\", \"type\": \"segments\","
    " \"none\": true, \"tiers\": [{\"id\": \"turn\"},"
    "{\"id\": \"word\", \"parent\": \"turn\", \"min_duration\": 0.2},"
    "{\"id\": \"burst\", \"parent\": \"turn\", \"may_overlap\": true},"
    "{\"id\": \"breath\", \"kind\": \"point\"}]}]}";

static const struct track_bounds bounds = { 0, MARKS_END_US };

/* --- the plain model ----------------------------------------------------- */

static bool clash(const struct plain *a, const struct plain *b)
{
    if (a->to_us < 0 && b->to_us < 0)
        return true;
    if (a->to_us < 0) /* it may begin before what is there, not inside */
        return b->from_us <= a->from_us && a->from_us < b->to_us;
    if (b->to_us < 0)
        return a->from_us <= b->from_us && b->from_us < a->to_us;
    if (a->from_us == b->from_us)
        return true;
    return a->from_us < b->to_us && b->from_us < a->to_us;
}

static bool inside(const struct plain *child, const struct plain *parent)
{
    if (child->from_us < parent->from_us)
        return false;
    if (parent->to_us < 0)
        return true;
    return child->to_us < 0 ? child->from_us < parent->to_us
                            : child->to_us <= parent->to_us;
}

static bool has_parent(const struct plains *all, const struct plain *child)
{
    for (size_t i = 0; i < all->count; i++) {
        if (all->item[i].tier == plain_tiers[child->tier].parent &&
            inside(child, &all->item[i]))
            return true;
    }
    return false;
}

static bool is_good(const struct plains *all, size_t at)
{
    const struct plain *it = &all->item[at];
    const struct plain_tier *tier = &plain_tiers[it->tier];
    int64_t last_us = it->to_us < 0 ? it->from_us : it->to_us;

    if (it->from_us < 0 || last_us > bounds.to_us)
        return false;
    if (tier->is_point
            ? it->to_us != it->from_us
            : it->to_us >= 0 && (it->to_us <= it->from_us ||
                                 it->to_us - it->from_us < tier->min_us))
        return false;
    if (tier->parent >= 0 && !has_parent(all, it))
        return false;
    for (size_t i = 0; i < all->count && !tier->may_overlap; i++) {
        if (i != at && all->item[i].tier == it->tier &&
            clash(it, &all->item[i]))
            return false;
    }
    return true;
}

static bool all_good(const struct plains *all)
{
    for (size_t i = 0; i < all->count; i++) {
        if (!is_good(all, i))
            return false;
    }
    return true;
}

static void copy(struct plains *to, const struct plains *from)
{
    to->count = 0;
    for (size_t i = 0; i < from->count; i++)
        VEC_PUSH(to, from->item[i]);
}

static int compare(const void *a, const void *b)
{
    const struct plain *one = a;
    const struct plain *two = b;
    int by = strcmp(plain_tiers[one->tier].id, plain_tiers[two->tier].id);

    if (by == 0)
        by = (one->from_us > two->from_us) - (one->from_us < two->from_us);
    return by ? by : (one->id > two->id) - (one->id < two->id);
}

/* --- the plain model does the same --------------------------------------- */

static size_t place(const struct plains *all, const uint8_t *hash)
{
    size_t at = 0;

    while (at < all->count && all->item[at].id != mark_id(hash))
        at++;
    return at;
}

static int tier_of(const char *id)
{
    int at = 0;

    while (strcmp(plain_tiers[at].id, id) != 0)
        at++;
    return at;
}

/* False when the event has no meaning for these marks. */
static bool plain_do(struct plains *all, enum event_kind kind,
                     const struct event_segment *event, uint32_t id)
{
    size_t at = event->has_segment ? place(all, event->segment) : 0;
    size_t with = event->has_with ? place(all, event->with) : 0;
    struct plain *it = &all->item[at];
    struct plain late;

    switch (kind) {
    case EVENT_SEGMENT_ADDED:
        VEC_PUSH(all, ((struct plain){ id, tier_of(event->tier), event->from_us,
                                       event->has_to ? event->to_us : -1 }));
        return true;
    case EVENT_SEGMENT_CHANGED:
        if (event->has_from)
            it->from_us = event->from_us;
        if (event->has_to)
            it->to_us = event->to_us;
        return true;
    case EVENT_SEGMENT_SPLIT:
        if (event->at_us <= it->from_us ||
            (it->to_us >= 0 && event->at_us >= it->to_us))
            return false;
        late = (struct plain){ id, it->tier, event->at_us, it->to_us };
        it->to_us = event->at_us;
        VEC_PUSH(all, late);
        return true;
    case EVENT_SEGMENT_MERGED:
        if (with == at || all->item[with].tier != it->tier)
            return false;
        if (all->item[with].from_us < it->from_us)
            it->from_us = all->item[with].from_us;
        if (it->to_us < 0 || all->item[with].to_us < 0)
            it->to_us = -1;
        else if (all->item[with].to_us > it->to_us)
            it->to_us = all->item[with].to_us;
        all->item[with] = all->item[--all->count];
        return true;
    default:
        all->item[at] = all->item[--all->count];
        return true;
    }
}

static void expect_same(const struct track *track, const struct plains *all)
{
    struct plains sorted = { 0 };
    size_t at = 0;

    copy(&sorted, all);
    if (sorted.count > 0)
        qsort(sorted.item, sorted.count, sizeof(*sorted.item), compare);
    assert_int_equal(track->count, all->count);
    for (size_t t = 0; t < PLAIN_TIERS; t++) {
        static const int by_name[] = { 3, 2, 0, 1 };
        const struct track_tier *tier =
            track_tier(track, plain_tiers[by_name[t]].id);

        for (size_t i = 0; i < tier->count; i++, at++) {
            assert_int_equal(mark_id(tier->item[i]->id), sorted.item[at].id);
            assert_int_equal(tier->item[i]->from_us, sorted.item[at].from_us);
            assert_int_equal(tier->item[i]->to_us, sorted.item[at].to_us);
            assert_ptr_equal(track_find(track, tier->item[i]->id),
                             tier->item[i]);
        }
    }
    assert_int_equal(at, all->count);
    free(sorted.item);
}

struct pile {
    struct track_deed *item;
    size_t count, capacity;
};

/* Tries one random deed in both; true when it was done. */
static bool try_one(struct rng *rng, const struct question *question,
                    struct track *track, struct plains *all, uint32_t id,
                    struct pile *pile)
{
    enum event_kind kind = draw_kind(rng, all->count);
    struct plains after = { 0 };
    struct event_segment event;
    struct track_deed deed;
    uint8_t hash[EVENT_HASH_SIZE];
    struct error err;
    bool has_meaning, allowed;

    draw_event(rng, kind, all->count, all->item, &event);
    mark_hash(id, hash);
    copy(&after, all);
    has_meaning = plain_do(&after, kind, &event, id);
    assert_int_equal(track_resolve(track, kind, &event, hash, &deed, &err),
                     has_meaning);
    allowed =
        has_meaning && track_allows(track, question, &bounds, &deed, &err);
    if (has_meaning && allowed != all_good(&after))
        fail_msg("deed %u (%s): allowed %d, the whole is %s: %s", id,
                 event_name(kind), allowed, all_good(&after) ? "good" : "bad",
                 allowed ? "" : err.text);
    if (allowed) {
        track_apply(track, &deed);
        VEC_PUSH(pile, deed);
        copy(all, &after);
    } else if (has_meaning) {
        track_deed_release(&deed);
    }
    free(after.item);
    return allowed;
}

static void random_deeds_keep_to_the_rules_and_can_all_be_undone(void **state)
{
    struct error err;
    struct protocol *protocol =
        protocol_parse(json, strlen(json), "test", &err);
    struct rng *rng = rng_new(1, "test/track");
    struct track track = { 0 };
    struct plains all = { 0 };
    struct pile pile = { 0 };
    size_t done = 0;

    (void)state;
    assert_non_null(protocol);
    for (uint32_t i = 1; i <= STEPS; i++) {
        done += try_one(rng, &protocol->question[0], &track, &all, i, &pile);
        if (i % 16 == 0)
            expect_same(&track, &all);
    }
    expect_same(&track, &all);
    printf("# %zu of %d random deeds were allowed\n", done, STEPS);
    assert_in_range(done, STEPS / 10, STEPS);
    while (pile.count > 0) {
        track_revert(&track, &pile.item[--pile.count]);
        track_deed_release(&pile.item[pile.count]);
    }
    assert_int_equal(track.count, 0);
    free(pile.item);
    free(all.item);
    track_release(&track);
    rng_free(rng);
    protocol_free(protocol);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_deeds_keep_to_the_rules_and_can_all_be_undone),
    };

    return cmocka_run_group_tests_name("track_random", tests, NULL, NULL);
}
