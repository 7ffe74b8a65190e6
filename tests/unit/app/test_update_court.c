/*
 * test_update_court - the conflict workbench: judged blind, revealed, decided.
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

#include "fake_bench.h"

static const char *values[] = { "joy", "anger" };
static const char *nobody[] = { "", "" };

/* Two questions of one item; hers is joy, the rules say anger. */
struct hearing {
    struct court_question question[2];
    struct court_case shown;
};

static void make(struct hearing *it)
{
    memset(it, 0, sizeof(*it));
    for (size_t q = 0; q < 2; q++)
        it->question[q] = (struct court_question){ .id = "emotion",
                                                   .state = "open",
                                                   .choice = values,
                                                   .brief = values,
                                                   .from = nobody,
                                                   .choices = 2,
                                                   .stands = "anger" };
    it->shown = (struct court_case){ it->question, 2 };
}

static void reveal(struct bench *bench, const struct hearing *it,
                   enum court_deed deed)
{
    fake_send(bench, (struct message){ .kind = MESSAGE_REVEALED,
                                       .court = it ? &it->shown : NULL,
                                       .deed = deed,
                                       .media_us = EVENT_NO_TIME });
}

/* The first item is judged and revealed. */
static void open_case(struct bench *bench, struct hearing *it)
{
    make(it);
    fake_start(bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    bench->model.adjudicates = true;
    press(bench, "Enter j");
    assert_int_equal(bench->reveals, 1);
    assert_int_equal(bench->model.page, PAGE_ITEM);
    reveal(bench, it, COURT_DECIDE);
    assert_int_equal(bench->model.page, PAGE_COURT);
}

static void nothing_is_shown_before_she_has_judged(void **state)
{
    struct bench bench;
    struct hearing it;

    (void)state;
    open_case(&bench, &it);
    assert_int_equal(bench.model.position, 0);
    assert_int_equal(bench.model.court_choice, 0); /* her own stands first */
    fake_stop(&bench);
}

static void while_others_are_to_vote_it_goes_on(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    bench.model.adjudicates = true;
    press(&bench, "Enter j");
    reveal(&bench, NULL, COURT_DECIDE);
    assert_int_equal(bench.model.page, PAGE_ITEM);
    assert_int_equal(bench.model.position, 1);
    fake_stop(&bench);
}

/* "Ann votes" is the first entry of the item, "ben votes" the second. */
static void a_meeting_says_whose_turn_it_is_and_hides_votes(void **state)
{
    static const char *const member[] = { "ann", "ben" };
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    bench.model.adjudicates = true;
    bench.model.member = member;
    bench.model.members = 2;
    press(&bench, "Enter");
    assert_string_equal(model_turn(&bench.model), "ann");
    assert_string_equal(model_next_turn(&bench.model), "ben");
    assert_int_equal(model_total(&bench.model), bench.model.count / 2);
    press(&bench, "j");
    says(&bench, "ann has voted; now ben");
    reveal(&bench, NULL, COURT_DECIDE);
    assert_int_equal(bench.model.position, 1);
    assert_int_equal(model_number(&bench.model), 1);
    assert_string_equal(model_turn(&bench.model), "ben");
    assert_null(model_next_turn(&bench.model));
    press(&bench, "B");
    says(&bench, "when all have voted");
    assert_int_equal(bench.model.position, 1);
    fake_stop(&bench);
}

static void overruling_wants_a_reason_and_goes_with_one(void **state)
{
    struct bench bench;
    struct hearing it;

    (void)state;
    open_case(&bench, &it);
    press(&bench, "Enter"); /* joy, against the rules */
    assert_int_equal(bench.judged.count, 0);
    assert_int_equal(bench.model.prompt.kind, PROMPT_REASON);
    press(&bench, "Enter");
    says(&bench, "wants a reason");
    assert_int_equal(bench.judged.count, 0);
    press(&bench, "n o Enter");
    assert_int_equal(bench.judged.count, 1);
    assert_int_equal(bench.judged.deed, COURT_DECIDE);
    assert_int_equal(bench.judged.choice, 0);
    assert_string_equal(bench.judged.why, "no");
    fake_stop(&bench);
}

static void what_the_rules_say_is_taken_without(void **state)
{
    struct bench bench;
    struct hearing it;

    (void)state;
    open_case(&bench, &it);
    press(&bench, "2 Enter");
    assert_int_equal(bench.judged.count, 1);
    assert_int_equal(bench.judged.choice, 1);
    assert_string_equal(bench.judged.why, "");
    it.question[0].decided = "anger";
    reveal(&bench, &it, COURT_DECIDE);
    says(&bench, "Kept");
    assert_int_equal(bench.model.court_question, 1); /* the next open one */
    fake_stop(&bench);
}

static void when_all_is_decided_it_goes_on(void **state)
{
    struct bench bench;
    struct hearing it;

    (void)state;
    open_case(&bench, &it);
    it.question[0].decided = it.question[1].decided = "anger";
    reveal(&bench, &it, COURT_DECIDE);
    says(&bench, "Enter goes on to the next item");
    press(&bench, "Enter");
    assert_int_equal(bench.model.page, PAGE_ITEM);
    assert_int_equal(bench.model.position, 1);
    fake_stop(&bench);
}

static void a_case_is_sent_back_with_a_reason_and_taken_back(void **state)
{
    struct bench bench;
    struct hearing it;

    (void)state;
    open_case(&bench, &it);
    press(&bench, "Ctrl-B");
    assert_int_equal(bench.model.prompt.kind, PROMPT_REASON);
    press(&bench, "w h y Enter");
    assert_int_equal(bench.judged.deed, COURT_SEND_BACK);
    assert_string_equal(bench.judged.why, "why");
    it.question[0].sent_back = true;
    reveal(&bench, &it, COURT_SEND_BACK);
    press(&bench, "Tab U");
    assert_int_equal(bench.judged.deed, COURT_UNDO);
    assert_int_equal(bench.judged.question, 0);
    it.question[0].sent_back = false;
    reveal(&bench, &it, COURT_UNDO);
    says(&bench, "Taken back");
    fake_stop(&bench);
}

static void her_own_judgement_can_be_made_anew(void **state)
{
    struct bench bench;
    struct hearing it;

    (void)state;
    open_case(&bench, &it);
    press(&bench, "B");
    assert_int_equal(bench.model.page, PAGE_ITEM);
    assert_int_equal(bench.model.position, 0); /* the same item */
    assert_null(bench.model.court);
    press(&bench, "a");
    assert_int_equal(bench.reveals, 2);
    reveal(&bench, &it, COURT_DECIDE);
    assert_int_equal(bench.model.page, PAGE_COURT);
    fake_stop(&bench);
}

static void what_somebody_else_did_is_shown_and_nothing_said_to_be_kept(
    void **state)
{
    struct bench bench;
    struct hearing it;

    (void)state;
    open_case(&bench, &it);
    bench.model.status.text[0] = '\0';
    it.question[0].state = "settled";
    reveal(&bench, &it, COURT_LOOK);
    assert_string_equal(bench.model.status.text, "");
    assert_int_equal(bench.model.court_question, 0);
    fake_stop(&bench);
}

static void the_axis_of_time_can_be_zoomed(void **state)
{
    struct bench bench;
    struct hearing it;

    (void)state;
    open_case(&bench, &it);
    assert_false(timeline_zoomed(&bench.model.timeline));
    fake_send(&bench, (struct message){ .kind = MESSAGE_ACTION,
                                        .action = ACTION_ZOOM_IN,
                                        .media_us = EVENT_NO_TIME });
    assert_true(timeline_zoomed(&bench.model.timeline));
    assert_int_equal(bench.model.page, PAGE_COURT);
    fake_stop(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_shown_before_she_has_judged),
        cmocka_unit_test(while_others_are_to_vote_it_goes_on),
        cmocka_unit_test(a_meeting_says_whose_turn_it_is_and_hides_votes),
        cmocka_unit_test(overruling_wants_a_reason_and_goes_with_one),
        cmocka_unit_test(what_the_rules_say_is_taken_without),
        cmocka_unit_test(when_all_is_decided_it_goes_on),
        cmocka_unit_test(a_case_is_sent_back_with_a_reason_and_taken_back),
        cmocka_unit_test(her_own_judgement_can_be_made_anew),
        cmocka_unit_test(
            what_somebody_else_did_is_shown_and_nothing_said_to_be_kept),
        cmocka_unit_test(the_axis_of_time_can_be_zoomed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
