/*
 * test_update_answer - answers: choices, scales, words, undo.
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

static void the_last_answer_hands_the_item_in(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE
                            "\"other\": false}," SCALE("sure") "]}");
    press(&bench, "Enter");
    logged(&bench, "entry-opened");
    press(&bench, "a");
    logged(&bench, "answer-set");
    answered(&bench, 0, "anger");
    assert_int_equal(bench.model.question, 1);
    press(&bench, "3");
    logged(&bench, "answer-set submitted entry-opened");
    assert_int_equal(bench.model.position, 1);
    assert_int_equal(fold_done_count(&bench.model.fold), 1);
    fake_stop(&bench);
}

static void where_the_protocol_wants_a_key_it_waits_for_enter(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"advance\": \"key\", \"questions\": [" CHOICE
                            "\"other\": false}]}");
    press(&bench, "Enter j");
    logged(&bench, "entry-opened answer-set");
    press(&bench, "Enter");
    logged(&bench, "submitted entry-opened");
    fake_stop(&bench);
}

static void a_key_of_another_question_answers_that_one(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE
                            "\"other\": false}," SCALE("sure") "]}");
    press(&bench, "Enter 4");
    assert_int_equal(model_answer(&bench.model, 1)->number, 4);
    assert_int_equal(bench.model.question, 0);
    fake_stop(&bench);
}

static void what_is_not_kept_is_not_shown(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": false}]}");
    press(&bench, "Enter");
    bench.disk_full = true;
    press(&bench, "a");
    answered(&bench, 0, NULL);
    assert_int_equal(bench.model.position, 0);
    says(&bench, "NOT KEPT: disk full");
    bench.disk_full = false;
    press(&bench, "a");
    assert_int_equal(bench.model.position, 1);
    fake_stop(&bench);
}

static void how_strong_is_asked_of_the_chosen_option(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE
                            "\"intensity\": {\"min\": 1, \"max\": 3}}]}");
    press(&bench, "Enter a");
    assert_true(bench.model.on_intensity);
    assert_int_equal(bench.model.position, 0);
    press(&bench, "2");
    assert_int_equal(bench.model.position, 1);
    press(&bench, "B");
    assert_true(model_answer(&bench.model, 0)->has_intensity);
    assert_int_equal(model_answer(&bench.model, 0)->intensity, 2);
    fake_stop(&bench);
}

static void several_options_are_switched_and_enter_goes_on(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE
                            "\"many\": true, \"none\": {\"key\": \"n\"}}]}");
    press(&bench, "Enter a j");
    assert_int_equal(model_answer(&bench.model, 0)->values.count, 2);
    press(&bench, "a");
    answered(&bench, 0, "joy");
    assert_int_equal(model_answer(&bench.model, 0)->values.count, 1);
    press(&bench, "n");
    answered(&bench, 0, "@none");
    press(&bench, "j");
    answered(&bench, 0, "joy");
    assert_int_equal(model_answer(&bench.model, 0)->values.count, 1);
    assert_int_equal(bench.model.position, 0);
    press(&bench, "Enter");
    assert_int_equal(bench.model.position, 1);
    fake_stop(&bench);
}

static void other_wants_words_and_keeps_them(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE "\"other\": true}]}");
    press(&bench, "Enter O");
    assert_int_equal(bench.model.prompt.kind, PROMPT_OTHER);
    press(&bench, "Enter");
    says(&bench, "Write a word");
    press(&bench, "a w e Enter B");
    answered(&bench, 0, "@other");
    assert_string_equal(model_answer(&bench.model, 0)->text, "awe");
    fake_stop(&bench);
}

static void cannot_tell_is_refused_where_it_is_not_offered(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench,
               HEAD "\"questions\": [" CHOICE "\"cannot_tell\": false}]}");
    press(&bench, "Enter C");
    answered(&bench, 0, NULL);
    says(&bench, "wants an answer");
    fake_stop(&bench);
}

static void undo_and_redo_are_events_like_others(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE
                            "\"other\": false}," SCALE("sure") "]}");
    press(&bench, "Enter a");
    bench.model.question = 0;
    press(&bench, "j");
    answered(&bench, 0, "joy");
    buf_clear(&bench.log);
    press(&bench, "U");
    logged(&bench, "undo");
    answered(&bench, 0, "anger");
    press(&bench, "U");
    answered(&bench, 0, NULL);
    press(&bench, "U");
    says(&bench, "Nothing to undo");
    press(&bench, "Ctrl-R Ctrl-R");
    answered(&bench, 0, "joy");
    press(&bench, "Ctrl-R");
    says(&bench, "Nothing to redo");
    fake_stop(&bench);
}

static void clearing_takes_the_answer_back(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE
                            "\"other\": false}," SCALE("sure") "]}");
    press(&bench, "Enter a Shift-Tab");
    buf_clear(&bench.log);
    press(&bench, "Backspace");
    logged(&bench, "answer-cleared");
    answered(&bench, 0, NULL);
    press(&bench, "Backspace");
    logged(&bench, "");
    says(&bench, "no answer to take back");
    fake_stop(&bench);
}

static void the_cursor_answers_without_letters(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench, HEAD "\"questions\": [" CHOICE
                            "\"other\": false}," SCALE("sure") "]}");
    press(&bench, "Enter Down Down Enter");
    answered(&bench, 0, "joy");
    press(&bench, "Up Up Enter B");
    assert_int_equal(model_answer(&bench.model, 1)->number, 2);
    fake_stop(&bench);
}

static void a_long_scale_takes_a_typed_number(void **state)
{
    struct bench bench;

    (void)state;
    fake_start(&bench,
               HEAD "\"questions\": [{\"id\": \"v\", \"type\": \"scale\","
                    "\"measure\": \"interval\", \"text\": \"How?\","
                    "\"required\": true, \"min\": 0, \"max\": 100}]}");
    press(&bench, "Enter 1 7 7 Enter");
    says(&bench, "no point of this scale: 0 to 100 in steps of 1");
    press(&bench, "Backspace Enter B");
    assert_int_equal(model_answer(&bench.model, 0)->number, 17);
    fake_stop(&bench);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_last_answer_hands_the_item_in),
        TEST(where_the_protocol_wants_a_key_it_waits_for_enter),
        TEST(a_key_of_another_question_answers_that_one),
        TEST(what_is_not_kept_is_not_shown),
        TEST(how_strong_is_asked_of_the_chosen_option),
        TEST(several_options_are_switched_and_enter_goes_on),
        TEST(other_wants_words_and_keeps_them),
        TEST(cannot_tell_is_refused_where_it_is_not_offered),
        TEST(undo_and_redo_are_events_like_others),
        TEST(clearing_takes_the_answer_back),
        TEST(the_cursor_answers_without_letters),
        TEST(a_long_scale_takes_a_typed_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
