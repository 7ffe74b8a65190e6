/*
 * update - marks: what is refused, and that nothing is shown as kept which is
 * not.
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fake_bench.h"

#define SEGMENTS                                                          \
    "\"questions\": [{\"id\": \"q\", \"type\": \"segments\", \"text\":"   \
    " \"What?\", \"none\": {\"key\": \"0\"}, \"tiers\": ["                \
    "{\"id\": \"emotion\", \"options\": [{\"value\": \"anger\", \"key\":" \
    " \"a\"}, {\"value\": \"joy\", \"key\": \"j\"}]},"                    \
    "{\"id\": \"breath\", \"kind\": \"point\", \"options\": [{\"value\":" \
    " \"sigh\", \"key\": \"s\"}]}]}], \"advance\": \"key\""

static const char plain[] = HEAD SEGMENTS "}";
static const char once[] = HEAD SEGMENTS ", \"playback\": {\"max_replays\": 0,"
                                         " \"must_hear_all\": true}}";

/* A key at the time when this was heard. */
static void press_at(struct bench *bench, uint32_t key, int64_t media_us)
{
    fake_send(bench, (struct message){ .kind = MESSAGE_KEY,
                                       .key = key,
                                       .media_us = media_us });
}

static void act(struct bench *bench, enum action action, int64_t media_us)
{
    fake_send(bench, (struct message){ .kind = MESSAGE_ACTION,
                                       .action = action,
                                       .media_us = media_us });
}

static size_t marks(const struct bench *bench)
{
    return model_track(&bench->model, 0)->count;
}

static void open_item(struct bench *bench, const char *json)
{
    fake_start(bench, json);
    fake_send(bench, (struct message){ .kind = MESSAGE_START });
    press(bench, "Enter");
    buf_clear(&bench->log);
}

static void a_mark_has_the_heard_time_of_its_key(void **state)
{
    struct bench bench;
    const struct segment *segment;

    (void)state;
    open_item(&bench, plain);
    press_at(&bench, 'a', 123456);
    press_at(&bench, 'j', 654321);
    press_at(&bench, 's', 700000);
    segment = model_segment(&bench.model);
    assert_string_equal(segment->label, "sigh");
    assert_int_equal(segment->from_us, 700000);
    segment = track_tier(model_track(&bench.model, 0), "emotion")->item[0];
    assert_int_equal(segment->from_us, 123456);
    assert_int_equal(segment->to_us, 654321);
    logged(&bench, "segment-added segment-changed segment-added "
                   "segment-added");
    fake_stop(&bench);
}

static void what_the_journal_does_not_take_is_not_shown(void **state)
{
    struct bench bench;

    (void)state;
    open_item(&bench, plain);
    bench.disk_full = true;
    press_at(&bench, 'a', 100000);
    assert_int_equal(marks(&bench), 0);
    says(&bench, "NOT KEPT: disk full");
    bench.disk_full = false;
    press_at(&bench, 'a', 100000);
    assert_int_equal(marks(&bench), 1);
    bench.disk_full = true;
    press_at(&bench, 'a', 300000);
    assert_true(segment_runs(model_segment(&bench.model)));
    fake_stop(&bench);
}

static void an_item_waits_until_its_marks_are_complete(void **state)
{
    struct bench bench;

    (void)state;
    open_item(&bench, plain);
    act(&bench, ACTION_SUBMIT, EVENT_NO_TIME);
    says(&bench, "Not answered yet");
    press_at(&bench, 'a', 100000);
    act(&bench, ACTION_SUBMIT, EVENT_NO_TIME);
    says(&bench, "anger at 0.1 s runs still: end it");
    press_at(&bench, 'a', 300000);
    act(&bench, ACTION_MARK_IN, 400000);
    act(&bench, ACTION_MARK_OUT, 500000);
    act(&bench, ACTION_SUBMIT, EVENT_NO_TIME);
    says(&bench, "The mark at 0.4 s has no label yet");
    press_at(&bench, 'j', 600000);
    buf_clear(&bench.log);
    act(&bench, ACTION_SUBMIT, EVENT_NO_TIME);
    logged(&bench, "submitted entry-opened");
    fake_stop(&bench);
}

static void nothing_and_marks_never_stand_together(void **state)
{
    struct bench bench;

    (void)state;
    open_item(&bench, plain);
    press(&bench, "0");
    answered(&bench, 0, "@none");
    press_at(&bench, 's', 100000);
    answered(&bench, 0, NULL);
    assert_int_equal(marks(&bench), 1);
    press(&bench, "0");
    says(&bench, "There is a mark: delete it first");
    answered(&bench, 0, NULL);
    press(&bench, "Backspace 0");
    answered(&bench, 0, "@none");
    fake_stop(&bench);
}

/* Hearing a part is hearing: rules about it hold here, too. */
static void parts_are_heard_within_the_rules(void **state)
{
    struct bench bench;

    (void)state;
    open_item(&bench, once);
    fake_heard(&bench, HEARD_START, 0);
    press_at(&bench, 'a', 100000);
    press_at(&bench, 'a', 300000);
    act(&bench, ACTION_SUBMIT, EVENT_NO_TIME);
    says(&bench, "Hear all of it first");
    press_at(&bench, 'j', 400000); /* so it does not go on by itself */
    press_at(&bench, 'j', 500000);
    bench.now_us += LENGTH_US;
    fake_heard(&bench, HEARD_END, LENGTH_US);
    act(&bench, ACTION_SEGMENT_HEAR, EVENT_NO_TIME);
    says(&bench, "Heard as often as this protocol allows");
    act(&bench, ACTION_EDGE_HEAR, EVENT_NO_TIME);
    says(&bench, "Heard as often as this protocol allows");
    act(&bench, ACTION_SEGMENT_LOOP, EVENT_NO_TIME);
    says(&bench, "This protocol counts hearings");
    fake_stop(&bench);
}

static void undo_leads_back_to_the_beginning_of_the_item(void **state)
{
    struct bench bench;

    (void)state;
    open_item(&bench, plain);
    press_at(&bench, 'a', 100000);
    press_at(&bench, 'j', 300000);
    press_at(&bench, 'j', 500000);
    act(&bench, ACTION_SEGMENT_BACK, EVENT_NO_TIME);
    act(&bench, ACTION_SEGMENT_MERGE, EVENT_NO_TIME);
    assert_int_equal(marks(&bench), 1);
    act(&bench, ACTION_SEGMENT_SPLIT, 200000);
    assert_int_equal(marks(&bench), 2);
    act(&bench, ACTION_UNDO, EVENT_NO_TIME);
    act(&bench, ACTION_UNDO, EVENT_NO_TIME);
    assert_int_equal(marks(&bench), 2);
    for (int i = 0; i < 4; i++)
        act(&bench, ACTION_UNDO, EVENT_NO_TIME);
    assert_int_equal(marks(&bench), 0);
    act(&bench, ACTION_UNDO, EVENT_NO_TIME);
    says(&bench, "Nothing to undo");
    for (int i = 0; i < 6; i++)
        act(&bench, ACTION_REDO, EVENT_NO_TIME);
    assert_int_equal(marks(&bench), 2);
    fake_stop(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_has_the_heard_time_of_its_key),
        cmocka_unit_test(what_the_journal_does_not_take_is_not_shown),
        cmocka_unit_test(an_item_waits_until_its_marks_are_complete),
        cmocka_unit_test(nothing_and_marks_never_stand_together),
        cmocka_unit_test(parts_are_heard_within_the_rules),
        cmocka_unit_test(undo_leads_back_to_the_beginning_of_the_item),
    };

    return cmocka_run_group_tests_name("segments", tests, NULL, NULL);
}
