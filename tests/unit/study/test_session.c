/*
 * test_session - practice, attention, consistency and the rules on them.
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

#include "common/study/session.h"

static const char text[] =
    "{\"mien\":1,\"name\":\"t\",\"version\":\"1.0\",\"questions\":["
    "{\"id\":\"mood\",\"type\":\"choice\",\"options\":["
    "{\"value\":\"glad\",\"key\":\"g\"},{\"value\":\"dull\",\"key\":\"d\"}],"
    "\"cannot_tell\":true},"
    "{\"id\":\"arousal\",\"type\":\"scale\",\"min\":1,\"max\":9}],"
    "\"qualification\":{\"practice\":2,\"gold_min\":0.7,"
    "\"reference\":{\"arousal\":{\"attribute\":\"act\",\"tolerance\":1.5}}},"
    "\"attention\":{\"every\":2,\"checks\":[{\"text\":\"dull!\","
    "\"question\":\"mood\",\"value\":\"dull\"}]},"
    "\"pauses\":[{\"rule\":\"attention\",\"count\":1,\"then\":\"go-on\"},"
    "{\"rule\":\"consistency\",\"count\":2,\"min\":0.6},"
    "{\"rule\":\"fast\",\"count\":3,\"seconds\":1}]}";

enum { ENTRIES = 6 };

struct study {
    struct protocol *protocol;
    struct fold fold;
    struct session_entry entry[ENTRIES];
    int64_t now_us;
};

static void begin(struct study *study)
{
    static const char *const ids[ENTRIES] = { "0", "1", "2", "3", "4", "5" };
    struct error err;

    memset(study, 0, sizeof(*study));
    study->protocol = protocol_parse(text, strlen(text), "t", &err);
    if (!study->protocol)
        fail_msg("%s", err.text);
    fold_init(&study->fold, ids, ENTRIES);
    for (size_t i = 0; i < ENTRIES; i++)
        study->entry[i].same = i;
    study->now_us = 1000000000;
}

static void end(struct study *study)
{
    fold_release(&study->fold);
    protocol_free(study->protocol);
}

static void happens(struct study *study, enum event_kind kind, int entry,
                    const char *payload)
{
    char id[16] = "";
    struct event event = { .kind = kind,
                           .entry = id,
                           .mono_us = study->now_us,
                           .wall_us = study->now_us,
                           .media_us = EVENT_NO_TIME,
                           .payload = payload };

    if (entry >= 0)
        snprintf(id, sizeof(id), "%d", entry);
    fold_apply(&study->fold, &event);
}

/* Opens, answers and hands in, `us` later. */
static void answers(struct study *study, int entry, const char *mood,
                    int64_t us)
{
    char payload[64];

    snprintf(payload, sizeof(payload),
             "{\"question\":\"mood\",\"value\":\"%s\"}", mood);
    happens(study, EVENT_ENTRY_OPENED, entry, "{}");
    study->now_us += us;
    happens(study, EVENT_ANSWER_SET, entry, payload);
    happens(study, EVENT_SUBMITTED, entry, "{}");
}

static enum session_verdict judged(const struct study *study, size_t question,
                                   const char *value, const char *truth)
{
    struct event_answer answer;
    struct error err;
    char payload[64];
    enum session_verdict verdict;

    snprintf(payload, sizeof(payload), "{\"question\":\"q\",\"value\":%s}",
             value);
    assert_true(event_read_answer(payload, &answer, &err));
    verdict = session_verdict(
        study->protocol, &study->protocol->question[question],
        &(struct reference_given){ .answer = &answer }, truth, NULL);
    event_answer_release(&answer);
    return verdict;
}

static void answers_are_judged_by_their_truth(void **state)
{
    struct study study;

    (void)state;
    begin(&study);
    assert_int_equal(judged(&study, 0, "\"glad\"", "glad"), VERDICT_RIGHT);
    assert_int_equal(judged(&study, 0, "\"dull\"", "glad"), VERDICT_WRONG);
    assert_int_equal(judged(&study, 0, "\"@cannot_tell\"", "glad"),
                     VERDICT_MISSING);
    assert_int_equal(judged(&study, 0, "\"glad\"", NULL), VERDICT_UNKNOWN);
    /* The mean of several judges may lie between points. */
    assert_int_equal(judged(&study, 1, "5", "6.5"), VERDICT_RIGHT);
    assert_int_equal(judged(&study, 1, "5", "6.6"), VERDICT_WRONG);
    end(&study);
}

static void practice_passes_by_the_share_of_items_that_are_right(void **state)
{
    static const char *const truth[2] = { "glad", NULL };
    struct study study;
    struct session_score score;

    (void)state;
    begin(&study);
    for (int i = 0; i < 3; i++) {
        study.fold.entry[i].practice = true;
        study.entry[i].truth = truth;
    }
    assert_true(session_in_practice(&study.fold));
    answers(&study, 0, "glad", 5000000);
    answers(&study, 1, "glad", 5000000);
    answers(&study, 2, "dull", 5000000);
    score = session_practice(study.protocol, &study.fold, study.entry);
    assert_int_equal(score.right, 2);
    assert_int_equal(score.of, 3);
    assert_false(session_passes(study.protocol, score)); /* 0.67 of 0.7 */
    assert_true(
        session_passes(study.protocol, (struct session_score){ 7, 10 }));
    end(&study);
}

static void practice_that_was_failed_begins_anew(void **state)
{
    struct study study;

    (void)state;
    begin(&study);
    study.fold.entry[0].practice = study.fold.entry[1].practice = true;
    answers(&study, 0, "glad", 5000000);
    answers(&study, 1, "glad", 5000000);
    answers(&study, 2, "glad", 5000000);
    happens(&study, EVENT_PRACTICE_JUDGED, -1,
            "{\"of\":2,\"passed\":false,\"right\":0}");
    assert_int_equal(study.fold.practice.attempts, 1);
    assert_int_equal(fold_resume(&study.fold), 0);
    assert_null(fold_answer(&study.fold, 1, "mood"));
    assert_null(fold_undo_target(&study.fold, 1));
    assert_non_null(fold_answer(&study.fold, 2, "mood")); /* real work */
    happens(&study, EVENT_PRACTICE_JUDGED, -1,
            "{\"of\":2,\"passed\":true,\"right\":2}");
    assert_false(session_in_practice(&study.fold));
    end(&study);
}

static void a_failed_check_pauses_and_counts_no_more_afterwards(void **state)
{
    struct study study;
    const struct pause_rule *rule;

    (void)state;
    begin(&study);
    study.entry[1].check = &study.protocol->conduct.check[0];
    answers(&study, 0, "glad", 5000000);
    assert_null(session_pause(study.protocol, &study.fold, study.entry, 0));
    answers(&study, 1, "glad", 5000000);
    rule = session_pause(study.protocol, &study.fold, study.entry, 1);
    assert_non_null(rule);
    assert_int_equal(rule->kind, PAUSE_ATTENTION);
    happens(&study, EVENT_PAUSED, -1,
            "{\"rule\":\"attention\",\"then\":\"go-on\"}");
    assert_true(study.fold.paused);
    happens(&study, EVENT_SESSION_STARTED, -1, "{}");
    assert_false(study.fold.paused);
    answers(&study, 2, "glad", 5000000);
    assert_null(session_pause(study.protocol, &study.fold, study.entry, 2));
    end(&study);
}

static void a_pause_for_good_ends_when_the_lead_says_so(void **state)
{
    struct study study;

    (void)state;
    begin(&study);
    happens(&study, EVENT_PAUSED, -1,
            "{\"rule\":\"fast\",\"then\":\"refuse\"}");
    happens(&study, EVENT_SESSION_STARTED, -1, "{}");
    assert_true(study.fold.paused);
    happens(&study, EVENT_RELEASED, -1, "{}");
    assert_false(study.fold.paused);
    end(&study);
}

static void one_who_is_not_steady_is_paused(void **state)
{
    struct study study;
    struct session_score score;

    (void)state;
    begin(&study);
    study.entry[3].same = 0;
    study.entry[4].same = 1;
    answers(&study, 0, "glad", 5000000);
    answers(&study, 1, "glad", 5000000);
    answers(&study, 3, "dull", 5000000);
    assert_null(session_pause(study.protocol, &study.fold, study.entry, 3));
    answers(&study, 4, "glad", 5000000);
    score = session_consistency(study.protocol, &study.fold, study.entry, 0);
    assert_int_equal(score.of, 2);
    assert_int_equal(score.right, 1); /* 0.5 is less than 0.6 */
    assert_int_equal(
        session_pause(study.protocol, &study.fold, study.entry, 4)->kind,
        PAUSE_CONSISTENCY);
    end(&study);
}

static void a_run_of_hasty_answers_is_noticed(void **state)
{
    struct study study;

    (void)state;
    begin(&study);
    answers(&study, 0, "glad", 900000);
    answers(&study, 1, "glad", 900000);
    assert_null(session_pause(study.protocol, &study.fold, study.entry, 1));
    answers(&study, 2, "glad", 1100000);
    answers(&study, 3, "glad", 900000);
    answers(&study, 4, "glad", 900000);
    assert_null(session_pause(study.protocol, &study.fold, study.entry, 4));
    answers(&study, 5, "glad", 900000);
    assert_int_equal(
        session_pause(study.protocol, &study.fold, study.entry, 5)->kind,
        PAUSE_FAST);
    end(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_judged_by_their_truth),
        cmocka_unit_test(practice_passes_by_the_share_of_items_that_are_right),
        cmocka_unit_test(practice_that_was_failed_begins_anew),
        cmocka_unit_test(a_failed_check_pauses_and_counts_no_more_afterwards),
        cmocka_unit_test(a_pause_for_good_ends_when_the_lead_says_so),
        cmocka_unit_test(one_who_is_not_steady_is_paused),
        cmocka_unit_test(a_run_of_hasty_answers_is_noticed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
