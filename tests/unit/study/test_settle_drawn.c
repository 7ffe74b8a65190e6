/*
 * test_settle_drawn - rules for marks, traces, points of a grid and sets of
 * labels, and the texts that decisions of them are.
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
#include "common/study/settle.h"
#include "common/study/verdict.h"

static struct question_option person[] = { { .value = "woman" },
                                           { .value = "man" } };
static struct tier tiers[] = {
    { .id = "speech", .parent = "", .option = person, .option_count = 2 },
    { .id = "breath", .parent = "", .kind = TIER_POINT },
};
static const struct question talk = {
    .id = "talk", .type = QUESTION_SEGMENTS, .tier = tiers, .tier_count = 2
};

enum { VOICES = 4 };

/* What up to four said, each as the text of a decision. */
struct marked {
    struct track track[VOICES];
    struct settle_voice voice[VOICES];
    struct settle_case it;
};

static void mark(struct marked *to, size_t count, const char *const *said)
{
    static const char *const names[] = { "1", "2", "3", "4" };
    struct error err;

    memset(to, 0, sizeof(*to));
    for (size_t v = 0; v < count; v++) {
        to->voice[v] =
            (struct settle_voice){ .rater = names[v], .track = &to->track[v] };
        if (said[v][0] == '@')
            to->voice[v].reserved = said[v];
        else if (!verdict_read_track(said[v], &to->track[v], &err))
            fail_msg("%s", err.text);
    }
    to->it = (struct settle_case){ to->voice, count };
}

static void let_go(struct marked *marked)
{
    for (size_t v = 0; v < VOICES; v++)
        track_release(&marked->track[v]);
}

static void expect(const struct question *question,
                   const struct settle_case *it, struct question_rule rule,
                   bool settled, const char *value)
{
    struct settlement said;

    settle_voices(question, &rule, it, NULL, &said);
    if (said.settled != settled || strcmp(said.value, value) != 0)
        fail_msg("settled %d, value %s: %s", said.settled, said.value,
                 said.why);
    settlement_release(&said);
}

#define SPEECH(from, to, label)                                        \
    "{\"end_us\":" #to ",\"label\":\"" #label "\",\"start_us\":" #from \
    ",\"tier\":\"speech\"}"
#define BREATH(at) "{\"start_us\":" #at ",\"tier\":\"breath\"}"

static void unanimous_marks_match_and_have_one_label(void **state)
{
    static const char *const same[] = {
        "[" SPEECH(1000000, 2000000, woman) "]",
        "[" SPEECH(1100000, 2100000, woman) "]",
        "[" SPEECH(1060000, 2300000, woman) "]",
    };
    static const char *const other[] = {
        "[" SPEECH(1000000, 2000000, woman) "]",
        "[" SPEECH(1100000, 2100000, man) "]",
    };
    struct question_rule rule = { .kind = RULE_UNANIMOUS };
    struct marked marked;

    (void)state;
    mark(&marked, 3, same); /* medians 1.06 and 2.1 s */
    expect(&talk, &marked.it, rule, true,
           "[" SPEECH(1060000, 2100000, woman) "]");
    rule.tolerance = 0.2; /* 2.0 and 2.3 are farther apart */
    expect(&talk, &marked.it, rule, false, "");
    rule.tolerance = 0.3;
    expect(&talk, &marked.it, rule, true,
           "[" SPEECH(1060000, 2100000, woman) "]");
    rule = (struct question_rule){ .kind = RULE_UNANIMOUS, .overlap = 0.9 };
    expect(&talk, &marked.it, rule, false, "");
    let_go(&marked);
    mark(&marked, 2, other);
    rule = (struct question_rule){ .kind = RULE_UNANIMOUS };
    expect(&talk, &marked.it, rule, false, "");
    let_go(&marked);
}

static void most_keep_a_mark_and_half_of_them_are_a_tie(void **state)
{
    static const char *const three[] = {
        "[" SPEECH(1000000, 2000000, woman) "," SPEECH(3000000, 4000000,
                                                       man) "]",
        "[" SPEECH(1200000, 2000000, woman) "]",
        "[" SPEECH(1000000, 2200000, man) "]",
    };
    struct question_rule rule = { .kind = RULE_MAJORITY };
    struct marked marked;

    (void)state;
    mark(&marked, 3, three); /* of woman: 1.0 and 1.2, 2.0 and 2.0 */
    expect(&talk, &marked.it, rule, true,
           "[" SPEECH(1100000, 2000000, woman) "]");
    rule.min_share = 0.7;
    expect(&talk, &marked.it, rule, false, "");
    rule.min_share = 0;
    marked.it.voices = 2; /* one of two has the man */
    expect(&talk, &marked.it, rule, false, "");
    rule.min_raters = 3;
    expect(&talk, &marked.it, rule, false, "");
    let_go(&marked);
}

static void nothing_is_an_answer_and_cannot_tell_is_none(void **state)
{
    static const char *const said[] = { "@none", "[]", "@cannot_tell",
                                        "[" BREATH(500000) "]" };
    struct marked marked;

    (void)state;
    mark(&marked, 4, said);
    expect(&talk, &marked.it, (struct question_rule){ .kind = RULE_UNANIMOUS },
           false, "");
    expect(&talk, &marked.it, (struct question_rule){ .kind = RULE_MAJORITY },
           true, "[]");
    marked.it.voices = 2;
    expect(&talk, &marked.it, (struct question_rule){ .kind = RULE_UNANIMOUS },
           true, "[]");
    let_go(&marked);
}

static void points_match_within_a_tolerance(void **state)
{
    static const char *const said[] = { "[" BREATH(500000) "]",
                                        "[" BREATH(700000) "]",
                                        "[" BREATH(540000) "]" };
    struct question_rule rule = { .kind = RULE_UNANIMOUS };
    struct marked marked;

    (void)state;
    mark(&marked, 3, said);
    expect(&talk, &marked.it, rule, true, "[" BREATH(540000) "]");
    rule.tolerance = 0.1;
    expect(&talk, &marked.it, rule, false, "");
    let_go(&marked);
}

/* Medians 2.2 and 2.1 s of neighbours: parted at 2.15 s. */
static void neighbours_that_would_overlap_are_parted_halfway(void **state)
{
    static const char *const said[] = {
        "[" SPEECH(1000000, 2000000, woman) "," SPEECH(2000000, 3000000,
                                                       man) "]",
        "[" SPEECH(1000000, 2200000, woman) "," SPEECH(2200000, 3000000,
                                                       man) "]",
        "[" SPEECH(1000000, 2400000, woman) "]",
        "[" SPEECH(2100000, 3000000, man) "]",
    };
    struct question_rule rule = { .kind = RULE_MAJORITY };
    struct marked marked;

    (void)state;
    mark(&marked, 4, said);
    expect(&talk, &marked.it, rule, true,
           "[" SPEECH(1000000, 2150000, woman) "," SPEECH(2150000, 3000000,
                                                          man) "]");
    let_go(&marked);
}

/* Matched 2 of 4 marks, both sides counted: F1 is 0.5. */
static void marks_agree_as_far_as_they_match(void **state)
{
    static const char *const said[] = {
        "[" SPEECH(1000000, 2000000, woman) "," BREATH(3000000) "]",
        "[" SPEECH(1000000, 2000000, woman) "," BREATH(5000000) "]",
    };
    struct marked marked;

    (void)state;
    mark(&marked, 2, said);
    assert_float_equal(settle_concord(&talk, &marked.it).value, 0.5, 1e-12);
    marked.it.voices = 1;
    assert_false(settle_concord(&talk, &marked.it).defined);
    let_go(&marked);
}

static const struct question plane = { .id = "at",
                                       .type = QUESTION_GRID,
                                       .scale = { .min = 1, .max = 9 },
                                       .rise = { .min = 1, .max = 9 } };

static void points_of_a_grid_are_averaged_by_dimension(void **state)
{
    const struct settle_voice voice[] = {
        { .rater = "1", .x = 1, .y = 9 },
        { .rater = "2", .x = 2, .y = 8 },
        { .rater = "3", .x = 6, .y = 4 },
        { .rater = "4", .reserved = "@cannot_tell" },
    };
    const struct settle_case it = { voice, 4 };
    struct question_rule rule = { .kind = RULE_MEDIAN };

    (void)state;
    expect(&plane, &it, rule, true, "2,8");
    rule.max_spread = 2; /* 2.65 of each */
    expect(&plane, &it, rule, false, "");
    expect(&plane, &it, (struct question_rule){ .kind = RULE_MEAN }, true,
           "3,7");
    expect(&plane, &it, (struct question_rule){ .kind = RULE_UNANIMOUS }, false,
           "");
    /* (7/8 + 3/8 + 4/8) / 3, the same of x and y. */
    assert_float_equal(settle_concord(&plane, &it).value,
                       (7.0 + 3.0 + 4.0) / 24, 1e-12);
}

static const struct question_trace valence = {
    .dimension = { { .id = "valence", .min = -1, .max = 1 } }, .count = 1
};
static const struct question felt = { .id = "felt",
                                      .type = QUESTION_TRACE,
                                      .trace = &valence };

enum { SAMPLES = 300, RATERS = 3 };

/* A wave that the raters follow 0.2, 0.5 and 0.8 s late; one is noise. */
struct traced {
    double time[SAMPLES], value[RATERS][SAMPLES];
    struct curve curve[RATERS];
    struct settle_voice voice[RATERS];
    struct settle_case it;
};

static double wave(double t)
{
    return 0.5 * sin(0.9 * t) + 0.3 * sin(2.3 * t);
}

static void trace(struct traced *to)
{
    static const double late[RATERS] = { 0.2, 0.5, 0.8 };
    static const char *const names[RATERS] = { "1", "2", "3" };

    for (size_t k = 0; k < SAMPLES; k++)
        to->time[k] = 0.05 + (double)k / 10;
    for (size_t r = 0; r < RATERS; r++) {
        for (size_t k = 0; k < SAMPLES; k++)
            to->value[r][k] = wave(to->time[k] - late[r]);
        to->curve[r] = (struct curve){ to->time, to->value[r], SAMPLES };
        to->voice[r] =
            (struct settle_voice){ .rater = names[r], .trace = &to->curve[r] };
    }
    to->it = (struct settle_case){ to->voice, RATERS };
}

/* Lags can only be known among them: -0.3, 0, 0.3 s about their mean. */
static void traces_are_fused_after_their_lags(void **state)
{
    static struct traced traced;
    struct arena arena = { 0 };
    struct question_rule rule = { .kind = RULE_EWE, .max_spread = 0.05 };
    struct verdict_curve curve;
    struct settlement said;
    struct error err;
    struct fit *fit;

    (void)state;
    trace(&traced);
    fit = settle_fit_voices(&felt, &traced.it, 1, &arena, &err);
    assert_non_null(fit);
    for (size_t r = 0; r < RATERS; r++) {
        assert_float_equal(fit->rater[r].lags[0], 0.3 * ((double)r - 1), 0.05);
        assert_float_equal(fit->rater[r].weights[0], 1, 0.01);
    }
    fit->id = "f";
    settle_voices(&felt, &rule, &traced.it, fit, &said);
    assert_true(said.settled);
    assert_true(verdict_accepts(&felt, said.value, &err));
    assert_true(verdict_read_curve(said.value, &curve, &err));
    for (size_t k = 0; k < curve.points; k++)
        assert_float_equal(curve.value[0][k],
                           wave(curve.start + (double)k / 10 - 0.5), 0.03);
    verdict_curve_release(&curve);
    settlement_release(&said);
    /* Without lags they stand too far apart. */
    rule.kind = RULE_MEAN;
    expect(&felt, &traced.it, rule, false, "");
    rule = (struct question_rule){ .kind = RULE_EWE };
    expect(&felt, &traced.it, rule, false, ""); /* there is no fit */
    arena_release(&arena);
}

static void a_frozen_fit_of_traces_reads_back(void **state)
{
    static struct traced traced;
    struct arena arena = { 0 };
    struct buf head = { 0 }, body = { 0 };
    struct error err;
    struct fit *fit, *back;

    (void)state;
    trace(&traced);
    fit = settle_fit_voices(&felt, &traced.it, 1, &arena, &err);
    assert_non_null(fit);
    fit_write(fit, SIZE_MAX, &head);
    fit_write(fit, 2, &body);
    back = fit_read("x", buf_text(&head), &arena, &err);
    assert_non_null(back);
    assert_true(fit_read_rater(back, "3", buf_text(&body), &arena, &err));
    assert_int_equal(back->dimensions, 1);
    assert_float_equal(back->rater[0].lags[0], fit->rater[2].lags[0], 0);
    assert_float_equal(back->rater[0].weights[0], fit->rater[2].weights[0], 0);
    buf_release(&head);
    buf_release(&body);
    arena_release(&arena);
}

static void can_be(const struct question *question, const char *value,
                   const char *refusal)
{
    struct error err;

    error_clear(&err);
    if (verdict_accepts(question, value, &err) != !refusal ||
        (refusal && !strstr(err.text, refusal)))
        fail_msg("%s: %s", value, err.text);
}

static void a_decision_is_what_the_question_can_have(void **state)
{
    (void)state;
    can_be(&talk, "[" SPEECH(0, 900, man) "," BREATH(7) "]", NULL);
    can_be(&talk, "[" SPEECH(0, 900, cat) "]", "cat");
    can_be(&talk, "[" SPEECH(900, 100, man) "]", "that rise");
    can_be(&talk, "[" SPEECH(0, 900, man) "," SPEECH(800, 990, man) "]",
           "lie over");
    can_be(&talk, "{}", "a list");
    can_be(&talk, "[{\"tier\":\"speech\"}]", "start_us");
    can_be(&plane, "4,9", NULL);
    can_be(&plane, "4", "two numbers");
    can_be(&plane, "4,10", "two numbers");
    can_be(&felt, "{\"rate\":10,\"start_us\":0,\"values\":[[0,1]]}", NULL);
    can_be(&felt, "{\"rate\":10,\"start_us\":0,\"values\":[[0,2]]}", "-1 to 1");
    can_be(&felt, "{\"rate\":10,\"start_us\":0,\"values\":[[0],[1]]}",
           "dimensions");
    can_be(&felt, "{\"rate\":0,\"start_us\":0,\"values\":[[0]]}", "rate");
}

static void white_space_is_one_blank(void **state)
{
    struct buf out = { 0 };

    (void)state;
    verdict_put_words(" good\n \tmorning  ", &out);
    assert_string_equal(buf_text(&out), "good morning");
    buf_release(&out);
}

/* Sets of labels: each one that more than half of them have. */
static void a_majority_of_sets_is_a_majority_of_each_label(void **state)
{
    static struct question_option options[] = { { .value = "anger" },
                                                { .value = "fear" },
                                                { .value = "joy" } };
    const struct question many = { .id = "mood",
                                   .many = true,
                                   .option = options,
                                   .option_count = 3,
                                   .value_count = 3 };
    static const char *const sets[][3] = {
        { "anger|fear", "anger", "fear|joy" },
        { "anger", "fear", "joy" },
        { "anger|fear", "anger", "" },
    };
    static const char *const expected[] = { "anger|fear", "", "" };
    struct ratings_builder *builder = ratings_builder_new(NULL);
    struct question_rule rule = { .kind = RULE_MAJORITY };
    struct ratings *ratings;

    (void)state;
    for (size_t i = 0; i < 3; i++)
        for (size_t r = 0; r < 3; r++) {
            char item[2] = { (char)('a' + i), 0 },
                 rater[2] = { (char)('1' + r), 0 };
            uint32_t of = ratings_builder_item(builder, item);

            assert_true(ratings_builder_add(
                builder, of, ratings_builder_rater(builder, rater),
                sets[i][r]));
        }
    ratings = ratings_builder_finish(builder);
    for (size_t i = 0; i < 3; i++) {
        struct settlement said;

        settle_rule(&many, &rule, ratings, i, NULL, &said);
        assert_string_equal(said.value, expected[i]);
        settlement_release(&said);
    }
    ratings_free(ratings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unanimous_marks_match_and_have_one_label),
        cmocka_unit_test(most_keep_a_mark_and_half_of_them_are_a_tie),
        cmocka_unit_test(nothing_is_an_answer_and_cannot_tell_is_none),
        cmocka_unit_test(points_match_within_a_tolerance),
        cmocka_unit_test(neighbours_that_would_overlap_are_parted_halfway),
        cmocka_unit_test(marks_agree_as_far_as_they_match),
        cmocka_unit_test(points_of_a_grid_are_averaged_by_dimension),
        cmocka_unit_test(traces_are_fused_after_their_lags),
        cmocka_unit_test(a_frozen_fit_of_traces_reads_back),
        cmocka_unit_test(a_decision_is_what_the_question_can_have),
        cmocka_unit_test(white_space_is_one_blank),
        cmocka_unit_test(a_majority_of_sets_is_a_majority_of_each_label),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
