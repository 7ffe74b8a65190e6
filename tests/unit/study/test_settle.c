/*
 * test_settle - rules for one item, frozen fits, and the fold of decisions.
 */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/stat/consensus.h"
#include "common/study/decision.h"
#include "common/study/settle.h"

/* One answer a letter: rows are items, columns raters; '.' is none. */
static struct ratings *matrix(const char *const *rows, size_t items,
                              const char *const *values, size_t count)
{
    struct text_list declared = { 0 };
    struct ratings_builder *builder;
    struct ratings *ratings;

    for (size_t i = 0; i < count; i++)
        text_list_add(&declared, values[i]);
    builder = ratings_builder_new(&declared);
    for (size_t i = 0; i < items; i++) {
        char name[32];
        uint32_t item;

        snprintf(name, sizeof(name), "i%02zu", i);
        item = ratings_builder_item(builder, name);
        for (size_t r = 0; rows[i][r]; r++) {
            char text[2] = { rows[i][r], 0 };
            char rater[32];

            snprintf(rater, sizeof(rater), "%zu", r + 1);
            assert_true(ratings_builder_add(
                builder, item, ratings_builder_rater(builder, rater),
                *text == '?'   ? "@cannot_tell"
                : *text == '.' ? ""
                               : text));
        }
    }
    ratings = ratings_builder_finish(builder);
    text_list_release(&declared);
    return ratings;
}

static const char *const letters[] = { "a", "b", "c" };
static const char *const digits[] = { "1", "2", "3", "4", "5" };
static const struct question choice = { .id = "q", .type = QUESTION_CHOICE };

static void expect(const struct ratings *ratings, size_t item,
                   struct question_rule rule, bool settled, const char *value)
{
    struct settlement said;

    settle_rule(&choice, &rule, ratings, item, NULL, &said);
    if (said.settled != settled || strcmp(said.value, value) != 0)
        fail_msg("item %zu: settled %d, value \"%s\": %s", item, said.settled,
                 said.value, said.why);
    settlement_release(&said);
}

static void unanimity_wants_two_and_no_reserved_answer(void **state)
{
    static const char *const rows[] = { "aaa", "aab", "a..", "aa?", "???" };
    struct ratings *r = matrix(rows, 5, letters, 3);
    struct question_rule rule = { .kind = RULE_UNANIMOUS };

    (void)state;
    expect(r, 0, rule, true, "a");
    expect(r, 1, rule, false, "");
    expect(r, 2, rule, false, "");
    expect(r, 3, rule, false, "");
    expect(r, 4, rule, true, "@cannot_tell");
    expect(r, SIZE_MAX, rule, false, "");
    rule.min_raters = 1;
    expect(r, 2, rule, true, "a");
    ratings_free(r);
}

static void majority_leaves_reserved_answers_out_and_ties_open(void **state)
{
    static const char *const rows[] = { "aab", "ab.", "ab?a", "a??" };
    struct ratings *r = matrix(rows, 4, letters, 3);
    struct question_rule rule = { .kind = RULE_MAJORITY,
                                  .min_share = 0.6,
                                  .min_raters = 3 };

    (void)state;
    expect(r, 0, rule, true, "a"); /* 2/3 >= 0.6 */
    expect(r, 2, rule, true, "a"); /* 2/3 of three values */
    expect(r, 3, rule, false, ""); /* one value of three */
    rule.min_share = 0.7;
    expect(r, 0, rule, false, "");
    rule.min_raters = 0;
    rule.min_share = 0;
    expect(r, 1, rule, false, ""); /* a tie */
    ratings_free(r);
}

/* By hand: mean of 1, 2, 4 is 7/3; sd = sqrt(7/3) = 1.53; median 2. */
static void numbers_are_averaged_unless_they_spread(void **state)
{
    static const char *const rows[] = { "124", "12." };
    struct ratings *r = matrix(rows, 2, digits, 5);
    struct question_rule rule = { .kind = RULE_MEAN };

    (void)state;
    expect(r, 0, rule, true, "2.3333333333333335");
    rule.max_spread = 1.52;
    expect(r, 0, rule, false, "");
    rule.max_spread = 1.53;
    expect(r, 0, rule, true, "2.3333333333333335");
    rule = (struct question_rule){ .kind = RULE_MEDIAN };
    expect(r, 0, rule, true, "2");
    expect(r, 1, rule, true, "1.5");
    ratings_free(r);
}

static void an_ordinal_choice_has_a_median_only_at_one_option(void **state)
{
    static const char *const rows[] = { "abc", "ab.", "aabb" };
    struct ratings *r = matrix(rows, 3, letters, 3);
    struct question_rule rule = { .kind = RULE_MEDIAN };

    (void)state;
    expect(r, 0, rule, true, "b");
    expect(r, 1, rule, false, "");
    expect(r, 2, rule, false, "");
    ratings_free(r);
}

static void soft_keeps_the_shares_and_a_person_is_asked(void **state)
{
    static const char *const rows[] = { "aab." };
    struct ratings *r = matrix(rows, 1, letters, 3);
    struct question_rule rule = { .kind = RULE_SOFT };
    struct settlement said;

    (void)state;
    settle_rule(&choice, &rule, r, 0, NULL, &said);
    assert_true(said.settled);
    assert_true(fabs(said.distribution[0] - 2.0 / 3) < 1e-15);
    settlement_release(&said);
    rule.kind = RULE_ADJUDICATOR;
    settle_rule(&choice, &rule, r, 0, NULL, &said);
    assert_true(said.settled && said.person);
    settlement_release(&said);
    ratings_free(r);
}

static const char *const crowd[] = { "aab", "bbb", "aac", "ccc", "bba",
                                     "aaa", "cca", "bbc", "aab", "ccc" };

/* What was frozen and read back says of each item what the EM itself says. */
static void a_frozen_dawid_skene_gives_the_posteriors_of_its_fit(void **state)
{
    struct ratings *r = matrix(crowd, 10, letters, 3);
    struct consensus_settings how = consensus_defaults(CONSENSUS_DAWID_SKENE);
    struct question_rule rule = { .kind = RULE_DAWID_SKENE };
    struct arena arena = { 0 };
    struct buf all = { 0 };
    struct error err;
    struct consensus *em = consensus_new(r, &how, &err);
    struct fit *fit = settle_fit(&choice, RULE_DAWID_SKENE, r, &arena, &err);
    struct fit *back;

    (void)state;
    assert_non_null(em);
    assert_non_null(fit);
    fit_write(fit, SIZE_MAX, &all);
    back = fit_read("x", buf_text(&all), &arena, &err);
    assert_non_null(back);
    for (size_t w = 0; w < fit->raters; w++) {
        buf_clear(&all);
        fit_write(fit, w, &all);
        assert_true(fit_read_rater(back, fit->rater[w].rater, buf_text(&all),
                                   &arena, &err));
    }
    for (size_t i = 0; i < 10; i++) {
        struct settlement said;

        settle_rule(&choice, &rule, r, i, back, &said);
        assert_true(said.settled);
        for (size_t c = 0; c < 3; c++)
            assert_true(fabs(said.distribution[c] - em->posterior[i * 3 + c]) <
                        1e-6);
        settlement_release(&said);
    }
    buf_release(&all);
    consensus_free(em);
    ratings_free(r);
    arena_release(&arena);
}

/* The head has categories a and b, and one annotator. */
static void refuses(const char *rule, const char *body, const char *wanted)
{
    struct arena arena = { 0 };
    struct error err;
    char *head = xasprintf("{\"categories\":[\"a\",\"b\"],\"items\":2,"
                           "\"question\":\"q\",\"ratings\":4,\"rule\":\"%s\"}",
                           rule);
    struct fit *fit = fit_read("f00d", head, &arena, &err);

    assert_non_null(fit);
    assert_false(fit_read_rater(fit, "1", body, &arena, &err));
    assert_string_equal(err.text, wanted);
    assert_int_equal(fit->raters, 0);
    free(head);
    arena_release(&arena);
}

static void a_damaged_fit_is_refused_by_its_field(void **state)
{
    (void)state;
    refuses("dawid-skene", "{\"confusion\":[1,\"x\",0,1],\"weight\":1}",
            "frozen fit f00d, annotator 1: confusion[1]: must be a number");
    refuses("dawid-skene", "{\"confusion\":[1,0,0,1e308],\"weight\":1}",
            "frozen fit f00d, annotator 1: confusion[3]: must be from 0 to 1");
    refuses("mace", "{\"strategy\":[0.5,0.5],\"weight\":-1}",
            "frozen fit f00d, annotator 1: weight: must be from 0 to 1");
    refuses("ewe", "{\"weight\":1e308}",
            "frozen fit f00d, annotator 1: weight: must be from 0 to 1");
}

static void mace_trusts_who_is_not_guessing(void **state)
{
    static const char *const rows[] = { "aac", "bbc", "aac", "bbc", "aac",
                                        "bbc", "aac", "bbc", "aac", ".bc" };
    struct ratings *r = matrix(rows, 10, letters, 3);
    struct question_rule rule = { .kind = RULE_MACE, .min_posterior = 0.6 };
    struct arena arena = { 0 };
    struct error err;
    struct fit *fit = settle_fit(&choice, RULE_MACE, r, &arena, &err);
    struct settlement said;

    (void)state;
    assert_non_null(fit);
    settle_rule(&choice, &rule, r, 9, fit, &said);
    assert_true(said.settled);
    assert_string_equal(said.value, "b");
    settlement_release(&said);
    ratings_free(r);
    arena_release(&arena);
}

static void ewe_weighs_by_what_was_frozen(void **state)
{
    static const char *const rows[] = { "125" };
    struct ratings *r = matrix(rows, 1, digits, 5);
    struct fit_rater raters[] = { { .rater = "1", .weight = 0.5 },
                                  { .rater = "2", .weight = 0.5 },
                                  { .rater = "3", .weight = 0 } };
    struct fit fit = {
        .id = "x", .kind = RULE_EWE, .rater = raters, .raters = 3
    };
    struct question_rule rule = { .kind = RULE_EWE };
    struct settlement said;

    (void)state;
    settle_rule(&choice, &rule, r, 0, &fit, &said);
    assert_string_equal(said.value, "1.5");
    settlement_release(&said);
    fit.raters = 0;
    settle_rule(&choice, &rule, r, 0, &fit, &said);
    assert_false(said.settled);
    settlement_release(&said);
    ratings_free(r);
}

static void say(struct decisions *to, enum event_kind kind, uint8_t number,
                struct decision decision)
{
    struct event event = { .kind = kind, .wall_us = number };
    char *payload;

    decision.item = "i1";
    decision.question = "q";
    payload = decision_payload(&decision);
    event.hash[0] = number;
    event.payload = payload;
    decisions_apply(to, &event);
    free(payload);
}

static enum decision_state now(const struct decisions *decisions)
{
    return decision_state_of(decisions_last(decisions, "i1", "q"));
}

static void what_stands_is_the_last_that_was_not_undone(void **state)
{
    struct decisions all = { 0 };
    struct decision rule = { .rule = "majority", .value = "a", .share = 0.75 };
    struct decision person = { .rule = "adjudicator",
                               .value = "b",
                               .by = "zoe",
                               .why = "heard it",
                               .share = NAN };
    struct decision doubt = { .by = "ann", .why = "no", .share = NAN };
    uint8_t hash[EVENT_HASH_SIZE] = { 3 };
    struct event undo = { .kind = EVENT_DECISION_UNDONE };
    char *payload = event_payload_undo(hash);

    (void)state;
    assert_int_equal(now(&all), DECISION_OPEN);
    say(&all, EVENT_DECISION_MADE, 1, rule);
    assert_int_equal(now(&all), DECISION_SETTLED);
    assert_false(decisions_by_person(&all, "i1", "q"));
    say(&all, EVENT_DECISION_OVERRULED, 2, person);
    assert_true(decisions_by_person(&all, "i1", "q"));
    assert_string_equal(decisions_last(&all, "i1", "q")->why, "heard it");
    say(&all, EVENT_DECISION_CONTESTED, 3, doubt);
    assert_int_equal(now(&all), DECISION_STATE_CONTESTED);
    assert_string_equal(decisions_settled(&all, "i1", "q")->value, "b");
    undo.payload = payload;
    decisions_apply(&all, &undo);
    assert_int_equal(now(&all), DECISION_SETTLED);
    assert_string_equal(decisions_last(&all, "i1", "q")->value, "b");
    assert_true(decisions_newest(&all, "i1", "q")->undone);
    say(&all, EVENT_VOTE_CAST, 4, person);
    assert_int_equal(now(&all), DECISION_SETTLED);
    free(payload);
    decisions_release(&all);
}

static void what_was_erased_is_counted_and_passed_over(void **state)
{
    struct decisions all = { 0 };
    struct event event = { .kind = EVENT_DECISION_MADE };

    (void)state;
    decisions_apply(&all, &event);
    assert_int_equal(all.malformed, 1);
    assert_int_equal(now(&all), DECISION_OPEN);
    decisions_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unanimity_wants_two_and_no_reserved_answer),
        cmocka_unit_test(majority_leaves_reserved_answers_out_and_ties_open),
        cmocka_unit_test(numbers_are_averaged_unless_they_spread),
        cmocka_unit_test(an_ordinal_choice_has_a_median_only_at_one_option),
        cmocka_unit_test(soft_keeps_the_shares_and_a_person_is_asked),
        cmocka_unit_test(a_frozen_dawid_skene_gives_the_posteriors_of_its_fit),
        cmocka_unit_test(a_damaged_fit_is_refused_by_its_field),
        cmocka_unit_test(mace_trusts_who_is_not_guessing),
        cmocka_unit_test(ewe_weighs_by_what_was_frozen),
        cmocka_unit_test(what_stands_is_the_last_that_was_not_undone),
        cmocka_unit_test(what_was_erased_is_counted_and_passed_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
