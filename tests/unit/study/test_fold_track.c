/*
 * fold - thousands of random deeds on marks, done, undone and redone: the
 * marks are what the deeds that stand amount to, also where a deed from the
 * midst is undone, as only a forked journal has it.
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/vec.h"
#include "common/study/event_timing.h"
#include "common/study/fold.h"
#include "random_marks.h"

struct tape {
    struct event *item;
    size_t count, capacity;
};

static void put(struct tape *tape, enum event_kind kind, char *payload)
{
    struct event event = { .kind = kind,
                           .name = event_name(kind),
                           .entry = "aa",
                           .mono_us = (int64_t)tape->count * 1000,
                           .wall_us = (int64_t)tape->count * 1000,
                           .media_us = 0,
                           .payload = payload };

    mark_hash((uint32_t)tape->count + 1, event.hash);
    VEC_PUSH(tape, event);
}

/* The marks that the standing deeds alone, in their order, amount to. */
static char *dump_standing(const struct tape *tape, const struct fold *fold)
{
    static const char *const ids[] = { "aa" };
    struct fold anew;
    struct buf out = { 0 };
    size_t d = 0;

    fold_init(&anew, ids, 1);
    for (size_t i = 0; i < tape->count; i++) {
        if (!event_is_segment(tape->item[i].kind))
            continue;
        if (!fold->deeds.item[d++].undone)
            fold_apply(&anew, &tape->item[i]);
    }
    track_dump(fold_track(&anew, 0, "q"), &out);
    fold_release(&anew);
    return buf_steal(&out);
}

static char *dump_marks(const struct fold *fold)
{
    struct buf out = { 0 };

    track_dump(fold_track(fold, 0, "q"), &out);
    return buf_steal(&out);
}

/* Any deed, also one below others, as only a forked journal has it. */
static void put_undo(struct tape *tape, const struct fold *fold,
                     struct rng *rng)
{
    const struct fold_deed *deed = rng_below(rng, 2)
                                       ? fold_undo_target(fold, 0)
                                       : fold_redo_target(fold, 0);
    bool any = rng_below(rng, 5) == 0 && fold->deeds.count > 0;

    if (any)
        deed = &fold->deeds.item[rng_below(rng, fold->deeds.count)];
    if (deed)
        put(tape, deed->undone ? EVENT_REDO : EVENT_UNDO,
            event_payload_undo(deed->hash));
}

static void put_random(struct tape *tape, const struct fold *fold,
                       struct rng *rng)
{
    const struct track *track = fold_track(fold, 0, "q");
    struct plains marks = { 0 };
    struct event_segment event;
    enum event_kind kind;

    for (size_t t = 0; track && t < track->tier_count; t++) {
        for (size_t i = 0; i < track->tier[t].count; i++)
            VEC_PUSH(&marks, ((struct plain){
                                 .id = mark_id(track->tier[t].item[i]->id) }));
    }
    kind = draw_kind(rng, marks.count);
    draw_event(rng, kind, marks.count, marks.item, &event);
    put(tape, kind, event_payload_segment(&event));
    free(marks.item);
}

static void a_fold_is_what_the_deeds_that_stand_amount_to(void **state)
{
    static const char *const ids[] = { "aa" };
    struct rng *rng = rng_new(1, "test/track fold");
    struct tape tape = { 0 };
    struct fold fold;

    (void)state;
    fold_init(&fold, ids, 1);
    for (int step = 0; step < 4000; step++) {
        size_t before = tape.count;

        if (rng_below(rng, 3) == 0)
            put_undo(&tape, &fold, rng);
        else
            put_random(&tape, &fold, rng);
        if (tape.count > before)
            fold_apply(&fold, &tape.item[before]);
        if (step % 100 == 99) {
            char *one = dump_marks(&fold);
            char *two = dump_standing(&tape, &fold);

            assert_string_equal(one, two);
            free(one);
            free(two);
        }
    }
    for (const struct fold_deed *deed;
         (deed = fold_undo_target(&fold, 0)) != NULL;) {
        put(&tape, EVENT_UNDO, event_payload_undo(deed->hash));
        fold_apply(&fold, &tape.item[tape.count - 1]);
    }
    assert_int_equal(fold_track(&fold, 0, "q")->count, 0);
    fold_release(&fold);
    for (size_t i = 0; i < tape.count; i++)
        free((char *)tape.item[i].payload);
    free(tape.item);
    rng_free(rng);
}

static void apply(struct fold *fold, uint32_t number, enum event_kind kind,
                  int64_t heard_us, const struct event_segment *about,
                  double uncertainty_ms)
{
    struct event event = { .kind = kind,
                           .name = event_name(kind),
                           .entry = "aa",
                           .media_us = heard_us };

    mark_hash(number, event.hash);
    event.payload = event_payload_with_uncertainty(event_payload_segment(about),
                                                   uncertainty_ms);
    fold_apply(fold, &event);
    free((char *)event.payload);
}

static const struct segment *mark_of(const struct fold *fold, uint32_t number)
{
    uint8_t id[EVENT_HASH_SIZE];

    mark_hash(number, id);
    return track_find(fold_track(fold, 0, "q"), id);
}

static struct event_segment about(uint32_t number)
{
    struct event_segment event = { .question = (char *)"q" };

    event.has_segment = number > 0;
    mark_hash(number, event.segment);
    return event;
}

/* An edge has the uncertainty of the key that put it where it was heard. */
static void an_edge_keeps_how_far_it_may_be_off(void **state)
{
    static const char *const ids[] = { "aa" };
    struct event_segment added = about(0), out = about(1), moved = about(1);
    struct event_segment cut = about(1), joined = about(1);
    struct event undone = { .kind = EVENT_UNDO, .entry = "aa" };
    uint8_t last[EVENT_HASH_SIZE];
    struct fold fold;

    (void)state;
    fold_init(&fold, ids, 1);
    added.tier = (char *)"t";
    added.has_from = true;
    added.from_us = 1000000;
    apply(&fold, 1, EVENT_SEGMENT_ADDED, 1000000, &added, 7.5);
    assert_int_equal(mark_of(&fold, 1)->from_sd_us, 7500);
    assert_int_equal(mark_of(&fold, 1)->to_sd_us, 0); /* it runs */

    out.has_to = true;
    out.to_us = 3000000;
    apply(&fold, 2, EVENT_SEGMENT_CHANGED, 3000000, &out, 20);
    assert_int_equal(mark_of(&fold, 1)->from_sd_us, 7500);
    assert_int_equal(mark_of(&fold, 1)->to_sd_us, 20000);

    /* While it is heard at 2 s, the beginning is moved by hand to 1.01 s. */
    moved.has_from = true;
    moved.from_us = 1010000;
    apply(&fold, 3, EVENT_SEGMENT_CHANGED, 2000000, &moved, 20);
    assert_int_equal(mark_of(&fold, 1)->from_sd_us, 0);
    assert_int_equal(mark_of(&fold, 1)->to_sd_us, 20000);

    cut.has_at = true;
    cut.at_us = 2500000;
    apply(&fold, 4, EVENT_SEGMENT_SPLIT, 2500000, &cut, 9);
    assert_int_equal(mark_of(&fold, 1)->to_sd_us, 9000);
    assert_int_equal(mark_of(&fold, 4)->from_sd_us, 9000);
    assert_int_equal(mark_of(&fold, 4)->to_sd_us, 20000);

    joined.has_with = true;
    mark_hash(4, joined.with);
    apply(&fold, 5, EVENT_SEGMENT_MERGED, 0, &joined, 9);
    assert_int_equal(mark_of(&fold, 1)->from_sd_us, 0);
    assert_int_equal(mark_of(&fold, 1)->to_sd_us, 20000);

    mark_hash(5, last);
    undone.name = event_name(EVENT_UNDO);
    undone.payload = event_payload_undo(last);
    fold_apply(&fold, &undone);
    assert_int_equal(mark_of(&fold, 1)->to_sd_us, 9000);
    free((char *)undone.payload);
    fold_release(&fold);
}

/* What is no deviation is told, and the deed not taken. */
static void an_impossible_uncertainty_is_malformed(void **state)
{
    struct event_segment event;
    struct error err;

    (void)state;
    assert_false(
        event_read_segment(EVENT_SEGMENT_ADDED,
                           "{\"from_us\":1,\"question\":\"q\",\"tier\":\"t\","
                           "\"uncertainty_ms\":-1}",
                           &event, &err));
    assert_non_null(strstr(err.text, "uncertainty_ms"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edge_keeps_how_far_it_may_be_off),
        cmocka_unit_test(an_impossible_uncertainty_is_malformed),
        cmocka_unit_test(a_fold_is_what_the_deeds_that_stand_amount_to),
    };

    return cmocka_run_group_tests_name("fold_track", tests, NULL, NULL);
}
