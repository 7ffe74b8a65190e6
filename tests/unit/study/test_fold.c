/* fold - one event at a time is the same as all anew. */
#include <config.h>

#include "common/study/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/base/rng.h"
#include "common/base/vec.h"

static const char *const ids[] = { "aa", "bb", "cc" };
static const char *const questions[] = { "emotion", "valence" };
static const char *const values[] = { "anger", "fear", "@cannot_tell" };

/* A journal in memory; events own their payloads. */
struct tape {
    struct event *item;
    size_t count, capacity;
    int64_t clock_us;
    uint8_t session;
};

static struct event *put(struct tape *tape, enum event_kind kind,
                         const char *entry, int64_t media_us, char *payload)
{
    struct event event = { .kind = kind, .entry = entry };

    tape->clock_us += 1000000;
    event.name = event_name(kind);
    event.mono_us = tape->clock_us;
    event.wall_us = 1700000000000000 + tape->clock_us;
    event.media_us = media_us;
    event.payload = payload;
    event.session[0] = tape->session;
    event.hash[0] = (uint8_t)(tape->count + 1);
    event.hash[1] = (uint8_t)((tape->count + 1) >> 8);
    VEC_PUSH(tape, event);
    return &tape->item[tape->count - 1];
}

static void tape_release(struct tape *tape)
{
    for (size_t i = 0; i < tape->count; i++)
        free((char *)tape->item[i].payload);
    free(tape->item);
}

static struct fold fold_of(const struct tape *tape, size_t count)
{
    struct fold fold;

    fold_init(&fold, ids, LENGTH_OF(ids));
    for (size_t i = 0; i < count; i++)
        fold_apply(&fold, &tape->item[i]);
    return fold;
}

static char *answer(const char *question, const char *value)
{
    struct event_answer it;
    char *payload;

    event_answer_init(&it, question);
    it.kind = EVENT_VALUE_TEXT;
    text_list_add(&it.values, value);
    payload = event_payload_answer(&it);
    event_answer_release(&it);
    return payload;
}

static const char *value_of(const struct fold *fold, size_t entry,
                            const char *question)
{
    const struct event_answer *it = fold_answer(fold, entry, question);

    return it ? it->values.item[0] : "";
}

static void answer_all(struct tape *tape)
{
    put(tape, EVENT_SESSION_STARTED, "", -1, event_payload_empty());
    put(tape, EVENT_ENTRY_OPENED, "aa", -1, event_payload_empty());
    put(tape, EVENT_PLAY, "aa", 0, event_payload_play(1, NULL, 0, 0));
    put(tape, EVENT_ENDED, "aa", 2000000, event_payload_empty());
    put(tape, EVENT_ANSWER_SET, "aa", 2000000, answer("emotion", "anger"));
    put(tape, EVENT_ANSWER_SET, "aa", 2000000, answer("emotion", "fear"));
}

static void the_last_answer_stands_until_it_is_undone(void **state)
{
    struct tape tape = { 0 };
    struct fold fold;

    (void)state;
    answer_all(&tape);
    fold = fold_of(&tape, tape.count);
    assert_string_equal(value_of(&fold, 0, "emotion"), "fear");
    assert_null(fold_redo_target(&fold, 0));
    fold_apply(&fold,
               put(&tape, EVENT_UNDO, "aa", -1,
                   event_payload_undo(fold_undo_target(&fold, 0)->hash)));
    assert_string_equal(value_of(&fold, 0, "emotion"), "anger");
    fold_apply(&fold,
               put(&tape, EVENT_UNDO, "aa", -1,
                   event_payload_undo(fold_undo_target(&fold, 0)->hash)));
    assert_null(fold_answer(&fold, 0, "emotion"));
    assert_null(fold_undo_target(&fold, 0));
    fold_apply(&fold,
               put(&tape, EVENT_REDO, "aa", -1,
                   event_payload_undo(fold_redo_target(&fold, 0)->hash)));
    assert_string_equal(value_of(&fold, 0, "emotion"), "anger");
    fold_apply(&fold,
               put(&tape, EVENT_REDO, "aa", -1,
                   event_payload_undo(fold_redo_target(&fold, 0)->hash)));
    assert_string_equal(value_of(&fold, 0, "emotion"), "fear");
    assert_null(fold_redo_target(&fold, 0));
    assert_int_equal(fold.malformed, 0);
    fold_release(&fold);
    tape_release(&tape);
}

static void a_new_answer_ends_what_could_be_redone(void **state)
{
    struct tape tape = { 0 };
    struct fold fold;

    (void)state;
    answer_all(&tape);
    fold = fold_of(&tape, tape.count);
    fold_apply(&fold,
               put(&tape, EVENT_UNDO, "aa", -1,
                   event_payload_undo(fold_undo_target(&fold, 0)->hash)));
    assert_non_null(fold_redo_target(&fold, 0));
    fold_apply(&fold, put(&tape, EVENT_FLAG, "aa", -1,
                          event_payload_flag(true, "look")));
    assert_null(fold_redo_target(&fold, 0));
    assert_true(fold.entry[0].flagged);
    assert_string_equal(fold.entry[0].flag_text, "look");
    fold_release(&fold);
    tape_release(&tape);
}

static void hearings_and_what_was_heard_follow_the_playback(void **state)
{
    struct tape tape = { 0 };
    struct fold fold;

    (void)state;
    put(&tape, EVENT_ENTRY_OPENED, "aa", -1, event_payload_empty());
    put(&tape, EVENT_PLAY, "aa", 0, event_payload_play(1, NULL, 0, 0));
    put(&tape, EVENT_SEEK, "aa", 1000000, event_payload_seek(3000000));
    put(&tape, EVENT_PAUSE, "aa", 4000000, event_payload_empty());
    fold = fold_of(&tape, tape.count);
    assert_int_equal(fold.entry[0].hearings, 1);
    assert_int_equal(fold_heard_us(&fold, 0), 2000000);
    assert_false(fold_heard_all(&fold, 0, 0, 4000000, 50000));
    /* What was left out can be heard without another hearing. */
    assert_false(fold_begins_hearing(&fold, 0, 1000000));
    assert_true(fold_begins_hearing(&fold, 0, 500000));
    fold_apply(&fold, put(&tape, EVENT_PLAY, "aa", 1000000,
                          event_payload_play(1, NULL, 0, 0)));
    fold_apply(&fold,
               put(&tape, EVENT_PAUSE, "aa", 3010000, event_payload_empty()));
    assert_int_equal(fold.entry[0].hearings, 1);
    assert_true(fold_heard_all(&fold, 0, 0, 4000000, 50000));
    fold_apply(&fold, put(&tape, EVENT_PLAY, "aa", 0,
                          event_payload_play(1, NULL, 0, 0)));
    fold_apply(&fold,
               put(&tape, EVENT_ENDED, "aa", 4000000, event_payload_empty()));
    assert_int_equal(fold.entry[0].hearings, 2);
    assert_int_equal(fold.entry[0].heard_to_end, 1);
    assert_int_equal(fold.entry[0].heard.count, 1);
    fold_release(&fold);
    tape_release(&tape);
}

/* Seeking back a little farther each time must not give the end for nothing. */
static void playing_on_into_what_was_heard_is_another_hearing(void **state)
{
    struct tape tape = { 0 };
    struct fold fold;

    (void)state;
    put(&tape, EVENT_ENTRY_OPENED, "aa", -1, event_payload_empty());
    put(&tape, EVENT_PLAY, "aa", 3000000, event_payload_play(1, NULL, 0, 0));
    put(&tape, EVENT_ENDED, "aa", 4000000, event_payload_empty());
    put(&tape, EVENT_PLAY, "aa", 2000000, event_payload_play(1, NULL, 0, 0));
    fold = fold_of(&tape, tape.count);
    assert_int_equal(fold.entry[0].hearings, 1);
    assert_false(fold_hears_again(&fold, 3000000));
    assert_true(fold_hears_again(&fold, 3000001));
    /* Stopped at once, within the slack of 0.1 s: still the same one. */
    fold_apply(&fold,
               put(&tape, EVENT_PAUSE, "aa", 3100000, event_payload_empty()));
    assert_int_equal(fold.entry[0].hearings, 1);
    fold_apply(&fold, put(&tape, EVENT_PLAY, "aa", 1000000,
                          event_payload_play(1, NULL, 0, 0)));
    fold_apply(&fold,
               put(&tape, EVENT_PAUSE, "aa", 3500000, event_payload_empty()));
    assert_int_equal(fold.entry[0].hearings, 2);
    assert_true(fold_begins_hearing(&fold, 0, 1000000));
    /* This hearing has not had the last half second. */
    assert_false(fold_begins_hearing(&fold, 0, 3500000));
    fold_release(&fold);
    tape_release(&tape);
}

static void reaction_runs_from_the_first_sound_to_the_first_answer(void **state)
{
    struct tape tape = { 0 };
    struct fold fold;

    (void)state;
    answer_all(&tape); /* play in second 3, first answer in second 5 */
    fold = fold_of(&tape, tape.count);
    assert_int_equal(fold.entry[0].reaction_us, 2000000);
    fold_release(&fold);
    tape_release(&tape);
}

static void idle_time_counts_for_a_minute_and_breaks_not_at_all(void **state)
{
    struct tape tape = { 0 };
    struct fold fold;

    (void)state;
    put(&tape, EVENT_SESSION_STARTED, "", -1, event_payload_empty());
    tape.clock_us += 3600000000;
    put(&tape, EVENT_ENTRY_OPENED, "aa", -1, event_payload_empty());
    put(&tape, EVENT_BREAK_STARTED, "", -1, event_payload_empty());
    tape.clock_us += 3600000000;
    put(&tape, EVENT_BREAK_ENDED, "", -1, event_payload_empty());
    put(&tape, EVENT_PLAY, "aa", 0, event_payload_play(1, NULL, 0, 0));
    tape.clock_us += 600000000; /* ten minutes of listening count */
    put(&tape, EVENT_ENDED, "aa", 600000000, event_payload_empty());
    fold = fold_of(&tape, tape.count);
    /* 60 idle + 1 to the break + 1 to the play + 601 of listening */
    assert_int_equal(fold_active_us(&fold), 663000000);
    fold_release(&fold);
    tape_release(&tape);
}

static void what_follows_a_pause_or_a_limit_is_no_work(void **state)
{
    const enum event_kind kind[] = { EVENT_PAUSED, EVENT_LIMIT_REACHED };

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct tape tape = { 0 };
        struct fold fold;

        put(&tape, EVENT_SESSION_STARTED, "", -1, event_payload_empty());
        put(&tape, EVENT_ENTRY_OPENED, "aa", -1, event_payload_empty());
        put(&tape, kind[i], "", -1,
            i == 0 ? event_payload_paused("fast", false)
                   : event_payload_text("limit", "session"));
        tape.clock_us += 50000000; /* her page is looked at */
        put(&tape, EVENT_SESSION_ENDED, "", -1, event_payload_empty());
        fold = fold_of(&tape, tape.count);
        assert_int_equal(fold_active_us(&fold), 2000000);
        fold_release(&fold);
        tape_release(&tape);
    }
}

static void work_resumes_where_it_stopped(void **state)
{
    struct tape tape = { 0 };
    struct fold fold;

    (void)state;
    fold = fold_of(&tape, 0);
    assert_int_equal(fold_resume(&fold), 0);
    fold_apply(&fold,
               put(&tape, EVENT_ENTRY_OPENED, "bb", -1, event_payload_empty()));
    assert_int_equal(fold_resume(&fold), 1);
    fold_apply(&fold, put(&tape, EVENT_SKIPPED, "bb", -1,
                          event_payload_skip("distressing", NULL)));
    assert_true(fold.entry[1].skipped);
    assert_string_equal(fold.entry[1].skip_reason, "distressing");
    assert_int_equal(fold_resume(&fold), 0);
    fold_apply(&fold,
               put(&tape, EVENT_SUBMITTED, "aa", -1, event_payload_empty()));
    fold_apply(&fold,
               put(&tape, EVENT_SUBMITTED, "cc", -1, event_payload_empty()));
    assert_int_equal(fold_resume(&fold), 3);
    fold_apply(&fold,
               put(&tape, EVENT_ENTRY_OPENED, "aa", -1, event_payload_empty()));
    fold_apply(&fold,
               put(&tape, EVENT_REVISED, "aa", -1, event_payload_empty()));
    assert_int_equal(fold_resume(&fold), 0);
    fold_release(&fold);
    tape_release(&tape);
}

static void what_is_unknown_is_passed_over_and_counted(void **state)
{
    struct tape tape = { 0 };
    struct fold fold;
    struct event later = { .kind = EVENT_UNKNOWN,
                           .name = "of-a-later-mien",
                           .entry = "aa",
                           .payload = "{}" };

    (void)state;
    answer_all(&tape);
    fold = fold_of(&tape, tape.count);
    fold_apply(&fold, &later);
    assert_int_equal(fold.unknown, 1);
    fold_apply(&fold,
               put(&tape, EVENT_SUBMITTED, "zz", -1, event_payload_empty()));
    assert_int_equal(fold.unknown, 2);
    fold_apply(&fold, put(&tape, EVENT_ANSWER_SET, "aa", -1, NULL));
    assert_int_equal(fold.erased, 1);
    fold_apply(&fold, put(&tape, EVENT_ANSWER_SET, "aa", -1,
                          xstrdup("{\"value\":1}")));
    assert_int_equal(fold.malformed, 1);
    assert_string_equal(value_of(&fold, 0, "emotion"), "fear");
    fold_release(&fold);
    tape_release(&tape);
}

/* Any event that a workbench could send, in any order. */
static void put_anything(struct tape *tape, struct rng *rng)
{
    const char *entry = ids[rng_below(rng, LENGTH_OF(ids))];
    int64_t media = (int64_t)rng_below(rng, 4000000);
    enum event_kind kind = (enum event_kind)rng_below(rng, EVENT_KIND_COUNT);
    char *payload = event_payload_empty();

    if (rng_below(rng, 10) == 0)
        tape->session++;
    if (rng_below(rng, 2) == 0)
        kind = EVENT_ANSWER_SET;
    switch (kind) {
    case EVENT_ANSWER_SET:
        free(payload);
        payload =
            answer(questions[rng_below(rng, 2)], values[rng_below(rng, 3)]);
        break;
    case EVENT_ANSWER_CLEARED:
        free(payload);
        payload = event_payload_cleared(questions[rng_below(rng, 2)]);
        break;
    case EVENT_SEEK:
        free(payload);
        payload = event_payload_seek((int64_t)rng_below(rng, 4000000));
        break;
    case EVENT_UNDO:
    case EVENT_REDO:
        if (tape->count > 0) {
            size_t which = rng_below(rng, tape->count);

            free(payload);
            payload = event_payload_undo(tape->item[which].hash);
            entry = tape->item[which].entry;
        }
        break;
    default:
        break;
    }
    put(tape, kind, entry, media, payload);
}

static void one_at_a_time_is_the_same_as_all_anew(void **state)
{
    struct rng *rng = rng_new(1, "test/fold");

    (void)state;
    for (int round = 0; round < 20; round++) {
        struct tape tape = { 0 };
        struct fold growing;

        fold_init(&growing, ids, LENGTH_OF(ids));
        for (int i = 0; i < 60; i++) {
            struct buf one = { 0 };
            struct buf other = { 0 };
            struct fold anew;

            put_anything(&tape, rng);
            fold_apply(&growing, &tape.item[tape.count - 1]);
            anew = fold_of(&tape, tape.count);
            fold_dump(&growing, &one);
            fold_dump(&anew, &other);
            assert_string_equal(buf_text(&one), buf_text(&other));
            fold_release(&anew);
            buf_release(&one);
            buf_release(&other);
        }
        fold_release(&growing);
        tape_release(&tape);
    }
    rng_free(rng);
}

/* Undo of everything, last first, then redo of everything. */
static void undoing_all_and_redoing_all_comes_back(void **state)
{
    struct rng *rng = rng_new(2, "test/undo");
    struct tape tape = { 0 };
    struct fold fold;
    const struct fold_deed *deed;
    char before[3][32];

    (void)state;
    for (int i = 0; i < 100; i++)
        put(&tape, EVENT_ANSWER_SET, ids[rng_below(rng, 3)], -1,
            answer("emotion", values[rng_below(rng, 3)]));
    fold = fold_of(&tape, tape.count);
    for (size_t e = 0; e < 3; e++) {
        snprintf(before[e], sizeof(before[e]), "%s",
                 value_of(&fold, e, "emotion"));
        while ((deed = fold_undo_target(&fold, e)))
            fold_apply(&fold, put(&tape, EVENT_UNDO, ids[e], -1,
                                  event_payload_undo(deed->hash)));
        assert_null(fold_answer(&fold, e, "emotion"));
        while ((deed = fold_redo_target(&fold, e)))
            fold_apply(&fold, put(&tape, EVENT_REDO, ids[e], -1,
                                  event_payload_undo(deed->hash)));
        assert_string_equal(value_of(&fold, e, "emotion"), before[e]);
    }
    fold_release(&fold);
    tape_release(&tape);
    rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_answer_stands_until_it_is_undone),
        cmocka_unit_test(a_new_answer_ends_what_could_be_redone),
        cmocka_unit_test(hearings_and_what_was_heard_follow_the_playback),
        cmocka_unit_test(playing_on_into_what_was_heard_is_another_hearing),
        cmocka_unit_test(
            reaction_runs_from_the_first_sound_to_the_first_answer),
        cmocka_unit_test(idle_time_counts_for_a_minute_and_breaks_not_at_all),
        cmocka_unit_test(what_follows_a_pause_or_a_limit_is_no_work),
        cmocka_unit_test(work_resumes_where_it_stopped),
        cmocka_unit_test(what_is_unknown_is_passed_over_and_counted),
        cmocka_unit_test(one_at_a_time_is_the_same_as_all_anew),
        cmocka_unit_test(undoing_all_and_redoing_all_comes_back),
    };

    return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
