/*
 * test_update_item - items: hearing, going back, skipping, notes.
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

#include "common/base/vec.h"
#include "fake_bench.h"

static void going_back_changes_nothing_until_something_is_changed(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter a");
    buf_clear(&bench.log);
    press(&bench, "B");
    logged(&bench, "entry-opened");
    assert_int_equal(fold_done_count(&bench.model.fold), 1);
    press(&bench, "F");
    logged(&bench, "entry-opened");
    assert_int_equal(bench.model.position, 1);
    press(&bench, "B j");
    logged(&bench, "entry-opened revised answer-set submitted entry-opened");
    assert_int_equal(bench.model.position, 1);
    press(&bench, "B");
    answered(&bench, 0, "joy");
    press(&bench, "B");
    says(&bench, "first item");
    fake_stop(&bench);
}

static void what_is_handed_in_stays_where_the_protocol_says_so(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"revise\": false, \"questions\": [" CHOICE
                            "\"other\": false}]}");
    press(&bench, "Enter a B");
    says(&bench, "does not let earlier items");
    assert_int_equal(bench.model.position, 1);
    fake_stop(&bench);
}

static void all_must_be_heard_before_it_goes_on(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"playback\": {\"must_hear_all\": true},"
                            "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter a");
    answered(&bench, 0, "anger");
    assert_int_equal(bench.model.position, 0);
    says(&bench, "0.0 of 2.0 s");
    fake_hear(&bench);
    assert_int_equal(bench.model.position, 1);
    fake_stop(&bench);
}

static void hearings_are_counted_and_end(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"playback\": {\"max_replays\": 1},"
                            "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter");
    assert_int_equal(bench.plays, 1);
    fake_hear(&bench);
    assert_int_equal(model_hearings_left(&bench.model), 1);
    press(&bench, "R");
    assert_int_equal(bench.plays, 2);
    fake_hear(&bench);
    assert_int_equal(model_hearings_left(&bench.model), 0);
    press(&bench, "R");
    assert_int_equal(bench.plays, 2);
    says(&bench, "as often as this protocol allows: 2 times");
    press(&bench, "L");
    says(&bench, "no loop");
    fake_stop(&bench);
}

static void the_loop_begins_again_at_the_end(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter");
    bench.model.playback.playing = true;
    press(&bench, "L");
    assert_int_equal(bench.plays, 1);
    fake_hear(&bench);
    assert_int_equal(bench.plays, 2);
    press(&bench, "L");
    fake_hear(&bench);
    assert_int_equal(bench.plays, 2);
    fake_stop(&bench);
}

static void a_pause_does_not_begin_another_hearing(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"playback\": {\"max_replays\": 0},"
                            "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter");
    fake_heard(&bench, HEARD_START, 0);
    fake_heard(&bench, HEARD_PAUSE, 800000);
    bench.model.playback.position_us = 800000;
    press(&bench, "Space");
    assert_int_equal(bench.plays, 2);
    fake_heard(&bench, HEARD_START, 800000);
    fake_heard(&bench, HEARD_END, LENGTH_US);
    assert_true(model_heard_all(&bench.model));
    press(&bench, "R");
    assert_int_equal(bench.plays, 2);
    says(&bench, "allows: 1 time");
    fake_stop(&bench);
}

/* What was left out may be heard still, but it stops where it was heard. */
static void a_hearing_does_not_go_on_into_what_it_has_had(void **state)
{
    struct message playing = { .kind = MESSAGE_PLAYER,
                               .media_us = EVENT_NO_TIME,
                               .player = { .playing = true } };
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"playback\": {\"max_replays\": 0},"
                            "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter");
    fake_heard(&bench, HEARD_START, 1000000);
    fake_heard(&bench, HEARD_END, LENGTH_US);
    fake_heard(&bench, HEARD_START, 500000);
    playing.player.position_us = 900000;
    fake_send(&bench, playing);
    assert_true(bench.model.status.text[0] == '\0');
    playing.player.position_us = 1030000;
    fake_send(&bench, playing);
    says(&bench, "allows: 1 time");
    fake_stop(&bench);
}

/* Of 0.5, 1.5 and 2 the one in the middle is nearest to 1, as a ratio. */
static void the_keys_step_among_the_speeds_of_the_protocol(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"playback\": {\"speeds\": [2, 0.5, 1.5],"
                            "\"max_replays\": 0},"
                            "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter");
    assert_true(bench.model.playback.speed == 1.5);
    fake_heard(&bench, HEARD_START, 0);
    press(&bench, "]");
    assert_true(bench.model.playback.speed == 2);
    fake_heard(&bench, HEARD_SPEED, 500000);
    fake_heard(&bench, HEARD_START, 480000); /* a buffer is heard twice */
    press(&bench, "]");
    says(&bench, "2 is the highest speed");
    fake_heard(&bench, HEARD_END, LENGTH_US);
    assert_int_equal(bench.model.fold.entry[0].hearings, 1);
    assert_true(model_heard_all(&bench.model));
    logged(&bench, "entry-opened play pause play ended");
    press(&bench, "[ [");
    assert_true(bench.model.playback.speed == 0.5);
    press(&bench, "[");
    says(&bench, "0.5 is the lowest speed");
    fake_stop(&bench);
}

static void skipping_wants_a_reason(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter");
    buf_clear(&bench.log);
    press(&bench, "S Esc");
    logged(&bench, "");
    press(&bench, "S d");
    logged(&bench, "skipped entry-opened");
    assert_true(bench.model.fold.entry[0].skipped);
    assert_string_equal(bench.model.fold.entry[0].skip_reason, "distressing");
    press(&bench, "S Down Down Down Enter");
    assert_int_equal(bench.model.prompt.kind, PROMPT_WHY);
    press(&bench, "t o o Space l o n g Enter");
    assert_string_equal(bench.model.fold.entry[1].skip_text, "too long");
    fake_stop(&bench);
}

static void a_missing_medium_offers_its_own_reason_to_skip(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter");
    buf_clear(&bench.log);
    fake_send(&bench, (struct message){ .kind = MESSAGE_MEDIUM,
                                        .entry = 0,
                                        .medium = MEDIUM_MISSING,
                                        .text = "gone",
                                        .media_us = EVENT_NO_TIME });
    logged(&bench, "medium-failed");
    says(&bench, "cannot be heard");
    press(&bench, "S Enter");
    assert_string_equal(bench.model.fold.entry[0].skip_reason, "technical");
    fake_stop(&bench);
}

/* No key may say that there is nothing where it only is not there yet. */
static void what_is_still_being_read_is_called_so(void **state)
{
    static const char *const keys[] = {
        "Space", "R", "}", "{", "A", "Z", ";", "(", ",", "Left", "Alt-.", "<",
    };
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter");
    fake_send(&bench, (struct message){ .kind = MESSAGE_MEDIUM,
                                        .entry = 0,
                                        .medium = MEDIUM_CHECKING,
                                        .media_us = EVENT_NO_TIME });
    for (size_t i = 0; i < LENGTH_OF(keys); i++) {
        press(&bench, "!"); /* says something else */
        press(&bench, keys[i]);
        says(&bench, "This item is still being read");
    }
    fake_send(&bench, (struct message){ .kind = MESSAGE_MEDIUM,
                                        .entry = 0,
                                        .medium = MEDIUM_READY,
                                        .media_us = EVENT_NO_TIME,
                                        .to_us = LENGTH_US });
    assert_string_equal(bench.model.status.text, "");
    fake_send(&bench, (struct message){ .kind = MESSAGE_MEDIUM,
                                        .entry = 0,
                                        .medium = MEDIUM_CHECKING,
                                        .media_us = EVENT_NO_TIME });
    press(&bench, "L"); /* is remembered */
    says(&bench, "Loop on");
    fake_send(&bench, (struct message){ .kind = MESSAGE_MEDIUM,
                                        .entry = 0,
                                        .medium = MEDIUM_UNREADABLE,
                                        .text = "broken",
                                        .media_us = EVENT_NO_TIME });
    press(&bench, "}");
    says(&bench, "This item cannot be heard");
    fake_stop(&bench);
}

static void an_item_without_a_medium_has_nothing_to_look_at(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter S d S d"); /* the third is a text */
    fake_send(&bench, (struct message){ .kind = MESSAGE_MEDIUM,
                                        .entry = 2,
                                        .medium = MEDIUM_NONE,
                                        .media_us = EVENT_NO_TIME });
    press(&bench, "}");
    says(&bench, "There is nothing to look at in this item");
    press(&bench, "Left");
    says(&bench, "There is nothing to hear in this item");
    fake_stop(&bench);
}

static void an_item_whose_opening_was_not_kept_opens_again(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    bench.disk_full = true;
    press(&bench, "Enter");
    says(&bench, "NOT OPENED, Space tries again: disk full");
    bench.disk_full = false;
    press(&bench, "Space");
    logged(&bench, "entry-opened");
    assert_int_equal(bench.model.playback.medium, MEDIUM_READY);
    fake_stop(&bench);
}

static void what_is_heard_is_journalled_unless_only_answers_are(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter");
    fake_hear(&bench);
    logged(&bench, "entry-opened play ended");
    fake_stop(&bench);
    fake_start(&bench, HEAD "\"record\": \"answers\", \"questions\": [" CHOICE
                            "\"other\": false}]}");
    press(&bench, "Enter");
    fake_hear(&bench);
    logged(&bench, "entry-opened");
    fake_stop(&bench);
}

static void a_note_can_be_written_and_taken_away(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter N h i Left Backspace Enter");
    assert_string_equal(bench.model.fold.entry[0].note, "i");
    buf_clear(&bench.log);
    press(&bench, "N Enter");
    logged(&bench, "");
    press(&bench, "N Ctrl-U Enter");
    logged(&bench, "note");
    fake_stop(&bench);
}

static void a_flag_goes_on_and_off(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter !");
    assert_true(bench.model.fold.entry[0].flagged);
    press(&bench, "!");
    assert_false(bench.model.fold.entry[0].flagged);
    fake_stop(&bench);
}

static void a_break_is_advised_in_time(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"breaks\": {\"every_minutes\": 1},"
                            "\"questions\": [" CHOICE "\"other\": false}]}");
    bench.model.fold.current = 3;
    press(&bench, "Enter");
    for (int i = 0; i < 3; i++) { /* 90 s of work, never idle for long */
        bench.now_us += 30000000;
        press(&bench, "!");
    }
    buf_clear(&bench.log);
    press(&bench, "a");
    if (bench.model.overlay != OVERLAY_BREAK)
        fail_msg("no break after %lld us",
                 (long long)fold_active_us(&bench.model.fold));
    logged(&bench, "answer-set submitted break-suggested break-started");
    press(&bench, "Enter");
    logged(&bench, "break-ended entry-opened");
    fake_stop(&bench);
}

static void a_key_too_many_does_not_answer_the_next_item(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    bench.model.guard_us = 300000;
    press(&bench, "Enter a a"); /* 0.1 s apart */
    answered(&bench, 0, NULL);
    says(&bench, "too soon");
    bench.now_us += 200000;
    press(&bench, "j");
    assert_int_equal(bench.model.position, 2);
    fake_stop(&bench);
}

static void small_screens_take_no_answers(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter");
    fake_send(&bench, (struct message){
                          .kind = MESSAGE_SIZE, .width = 60, .height = 20 });
    press(&bench, "a");
    answered(&bench, 0, NULL);
    press(&bench, "Q");
    assert_true(bench.quit);
    fake_stop(&bench);
}

static void nobody_agrees_to_what_was_not_shown(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench,
               HEAD "\"consent\": {\"text\": \"Yes\"}, \"questions\": [" CHOICE
                    "\"other\": false}]}");
    fake_send(&bench, (struct message){ .kind = MESSAGE_KEY,
                                        .key = KEY_CODE_ENTER,
                                        .hidden = 4 });
    assert_int_equal(bench.model.page, PAGE_START);
    press(&bench, "Enter");
    logged(&bench, "consent-given entry-opened");
    fake_stop(&bench);
}

static void an_unknown_key_says_where_the_help_is(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter z");
    says(&bench, "z does nothing here; ? shows all keys");
    press(&bench, "J"); /* of marks, of which none is asked */
    says(&bench, "J does nothing here; ? shows all keys");
    press(&bench, "/");
    says(&bench, "/ does nothing here; ? shows all keys");
    fake_stop(&bench);
}

#define TEST(name) cmocka_unit_test(name)

/* What is typed as a text is kept once, as that text. */
static void keys_and_pauses_are_kept_where_all_is_recorded(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"record\": \"full\", \"questions\": [" CHOICE
                            "\"other\": false}]}");
    press(&bench, "Enter");
    buf_clear(&bench.log);
    press(&bench, "N x Enter");
    logged(&bench, "key note");
    bench.now_us += 7000000;
    press(&bench, "a");
    logged(&bench, "idle key answer-set submitted entry-opened");
    fake_stop(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(going_back_changes_nothing_until_something_is_changed),
        TEST(what_is_handed_in_stays_where_the_protocol_says_so),
        TEST(all_must_be_heard_before_it_goes_on),
        TEST(hearings_are_counted_and_end),
        TEST(the_loop_begins_again_at_the_end),
        TEST(a_pause_does_not_begin_another_hearing),
        TEST(a_hearing_does_not_go_on_into_what_it_has_had),
        TEST(the_keys_step_among_the_speeds_of_the_protocol),
        TEST(skipping_wants_a_reason),
        TEST(a_missing_medium_offers_its_own_reason_to_skip),
        TEST(what_is_still_being_read_is_called_so),
        TEST(an_item_without_a_medium_has_nothing_to_look_at),
        TEST(an_item_whose_opening_was_not_kept_opens_again),
        TEST(what_is_heard_is_journalled_unless_only_answers_are),
        TEST(a_note_can_be_written_and_taken_away),
        TEST(a_flag_goes_on_and_off),
        TEST(a_break_is_advised_in_time),
        TEST(a_key_too_many_does_not_answer_the_next_item),
        TEST(small_screens_take_no_answers),
        TEST(nobody_agrees_to_what_was_not_shown),
        TEST(an_unknown_key_says_where_the_help_is),
        TEST(keys_and_pauses_are_kept_where_all_is_recorded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
