/*
 * Consensus: who is decided and who is not, weights, fits that go right.
 * Numbers are worked out by hand beside them.
 */
#include <config.h>

#include "common/stat/consensus.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/rng.h"
#include "common/stat/consensus_dawid.h"

static void add(struct ratings_builder *b, const char *item, const char *rater,
                const char *value)
{
    uint32_t i = ratings_builder_item(b, item);

    assert_true(
        ratings_builder_add(b, i, ratings_builder_rater(b, rater), value));
}

/* x: a tie; y: joy by two of three; z: only reserved; u: one vote. */
static struct ratings *small_crowd(void)
{
    struct ratings_builder *b = ratings_builder_new(NULL);

    add(b, "x", "ann", "joy");
    add(b, "x", "ben", "fear");
    add(b, "y", "ann", "joy");
    add(b, "y", "ben", "joy");
    add(b, "y", "cem", "fear");
    add(b, "z", "ann", "@cannot_tell");
    add(b, "z", "ben", "@skipped");
    add(b, "u", "cem", "fear");
    add(b, "u", "ann", "@mixed");
    return ratings_builder_finish(b);
}

static struct consensus *by(const struct ratings *ratings,
                            struct consensus_settings settings)
{
    struct error err;
    struct consensus *consensus = consensus_new(ratings, &settings, &err);

    if (!consensus)
        fail_msg("%s", err.text);
    return consensus;
}

static void every_item_has_a_state(void **state)
{
    struct ratings *r = small_crowd();
    struct consensus *c = by(r, consensus_defaults(CONSENSUS_MAJORITY));

    (void)state;
    assert_int_equal(c->item[0].state, CONSENSUS_TIE);
    assert_int_equal(c->item[0].tied, 2);
    assert_int_equal(c->item[1].state, CONSENSUS_DECIDED);
    assert_string_equal(r->categories.item[c->item[1].label], "joy");
    assert_true(fabs(c->item[1].support - 2.0 / 3) < 1e-15);
    assert_int_equal(c->item[2].state, CONSENSUS_UNRATED);
    assert_true(c->posterior[2 * 2] == 0 && c->posterior[2 * 2 + 1] == 0);
    assert_int_equal(c->item[3].state, CONSENSUS_DECIDED);
    assert_true(c->item[3].support == 1); /* @mixed is no vote */
    assert_int_equal(c->state_count[CONSENSUS_DECIDED], 2);
    /* ann: joy against the first of x's tie, fear; joy on y: 1 of 2. */
    assert_true(c->rater[0].weight.value == 0.5);
    consensus_free(c);
    ratings_free(r);
}

static void too_little_support_or_too_few_ratings_decide_nothing(void **state)
{
    struct ratings *r = small_crowd();
    struct consensus_settings settings = consensus_defaults(CONSENSUS_MAJORITY);
    struct consensus *c;

    (void)state;
    settings.min_support = 0.7;
    settings.min_ratings = 2;
    c = by(r, settings);
    assert_int_equal(c->item[0].state, CONSENSUS_TIE);
    assert_int_equal(c->item[1].state, CONSENSUS_BELOW);
    assert_int_equal(c->item[2].state, CONSENSUS_UNRATED);
    assert_int_equal(c->item[3].state, CONSENSUS_FEW);
    consensus_free(c);
    ratings_free(r);
}

/* 200 ties of two labels; each seed draws its own, the same each time. */
static void drawn_ties_depend_on_the_seed_only(void **state)
{
    struct ratings_builder *b = ratings_builder_new(NULL);
    struct consensus_settings settings = consensus_defaults(CONSENSUS_MAJORITY);
    struct consensus *first, *again, *other;
    struct ratings *r;
    size_t ones = 0, differ = 0;

    (void)state;
    for (int i = 0; i < 200; i++) {
        char name[16];

        snprintf(name, sizeof(name), "%d", i);
        add(b, name, "ann", "joy");
        add(b, name, "ben", "fear");
    }
    r = ratings_builder_finish(b);
    settings.ties = CONSENSUS_RANDOM;
    first = by(r, settings);
    again = by(r, settings);
    settings.seed = 2;
    other = by(r, settings);
    for (size_t i = 0; i < 200; i++) {
        assert_int_equal(first->item[i].state, CONSENSUS_DECIDED);
        assert_int_equal(first->item[i].label, again->item[i].label);
        ones += first->item[i].label;
        differ += first->item[i].label != other->item[i].label;
    }
    assert_in_range(ones, 70, 130); /* 100 expected, sd 7 */
    assert_in_range(differ, 70, 130);
    assert_int_equal(first->ties, 200);
    consensus_free(first);
    consensus_free(again);
    consensus_free(other);
    ratings_free(r);
}

static void add_row(struct ratings_builder *b, const char *item,
                    const char *const value[4])
{
    static const char *const names[] = { "up", "also", "down", "same" };

    for (size_t w = 0; w < 4; w++)
        add(b, item, names[w], value[w]);
}

/*
 * up and also rise, down falls, same never moves: r is 1, 1, -1, undefined
 * (the means are 2.25, 2.5, 2.75, 3), so that up and also alone are heard.
 */
static void annotators_against_the_others_weigh_nothing(void **state)
{
    struct ratings_builder *b = ratings_builder_new(NULL);
    struct consensus *c;
    struct ratings *r;

    (void)state;
    add_row(b, "p", (const char *const[]){ "1", "1", "4", "3" });
    add_row(b, "q", (const char *const[]){ "2", "2", "3", "3" });
    add_row(b, "r", (const char *const[]){ "3", "3", "2", "3" });
    add_row(b, "s", (const char *const[]){ "4", "4", "1", "3" });
    add(b, "t", "same", "3");
    r = ratings_builder_finish(b);
    c = by(r, consensus_defaults(CONSENSUS_EWE));
    assert_true(fabs(c->rater[0].raw.value - 1) < 1e-12);
    assert_true(c->rater[2].weight.defined);
    assert_true(c->rater[2].weight.value == 0);
    assert_true(fabs(c->rater[2].raw.value + 1) < 1e-12);
    assert_false(c->rater[3].raw.defined);
    assert_string_equal(c->rater[3].raw.reason, "always the same number");
    assert_true(c->rater[3].weight.value == 0);
    assert_true(fabs(c->item[0].value - 1) < 1e-12);
    assert_true(fabs(c->item[3].value - 4) < 1e-12);
    assert_int_equal(c->item[4].state, CONSENSUS_WEIGHTLESS);
    consensus_free(c);
    ratings_free(r);
}

static void means_and_medians_are_of_what_is_there(void **state)
{
    struct ratings_builder *b = ratings_builder_new(NULL);
    struct consensus *c;
    struct ratings *r;

    (void)state;
    add(b, "x", "ann", "1");
    add(b, "x", "ben", "2");
    add(b, "x", "cem", "6");
    add(b, "x", "dan", "@cannot_tell");
    add(b, "y", "ann", "10");
    add(b, "y", "ben", "2");
    add(b, "z", "ann", "@skipped");
    r = ratings_builder_finish(b);
    c = by(r, consensus_defaults(CONSENSUS_MEAN));
    assert_true(c->item[0].value == 3 && c->item[1].value == 6);
    /* (4 + 1 + 9) / 2 = 7 */
    assert_true(fabs(c->item[0].sd.value - sqrt(7)) < 1e-12);
    assert_int_equal(c->item[2].state, CONSENSUS_UNRATED);
    consensus_free(c);
    c = by(r, consensus_defaults(CONSENSUS_MEDIAN));
    assert_true(c->item[0].value == 2 && c->item[1].value == 6);
    consensus_free(c);
    ratings_free(r);
}

static void assert_refused(const struct ratings *r, enum consensus_rule rule,
                           const char *why)
{
    struct consensus_settings settings = consensus_defaults(rule);
    struct error err;

    assert_null(consensus_new(r, &settings, &err));
    if (!strstr(err.text, why))
        fail_msg("\"%s\" does not say \"%s\"", err.text, why);
}

static void ratings_that_do_not_suit_are_refused_with_a_mend(void **state)
{
    struct ratings_builder *b = ratings_builder_new(NULL);
    struct ratings *r = small_crowd();

    (void)state;
    assert_refused(r, CONSENSUS_MEAN, "mean wants numbers, and \"fear\"");
    assert_refused(r, CONSENSUS_EWE, "take majority");
    ratings_free(r);
    ratings_builder_add_votes(b, ratings_builder_item(b, "x"), "joy", 3);
    r = ratings_builder_finish(b);
    assert_refused(r, CONSENSUS_DAWID_SKENE, "take majority, mean or median");
    assert_refused(r, CONSENSUS_WAWA, "the raters have no names");
    ratings_free(r);
    b = ratings_builder_new(NULL);
    add(b, "x", "ann", "@skipped");
    r = ratings_builder_finish(b);
    assert_refused(r, CONSENSUS_MAJORITY, "there is no rating");
    ratings_free(r);
}

/*
 * 120 items of 3 labels, 6 ratings: annotators 0 to 3 know 80 %, 4 always
 * says b, 5 guesses.
 */
static struct ratings *spammed_crowd(void)
{
    static const char *const labels[] = { "a", "b", "c" };
    struct ratings_builder *b = ratings_builder_new(NULL);
    struct rng *rng = rng_new(7, "spammed");

    for (int i = 0; i < 120; i++) {
        char item[16], rater[16];

        snprintf(item, sizeof(item), "%d-%s", i, labels[i % 3]);
        for (int w = 0; w < 6; w++) {
            bool knows = w < 4 && rng_uniform(rng) < 0.8;
            uint64_t guess = w == 4 ? 1 : rng_below(rng, 3);

            snprintf(rater, sizeof(rater), "w%d", w);
            add(b, item, rater, labels[knows ? (uint64_t)(i % 3) : guess]);
        }
    }
    rng_free(rng);
    return ratings_builder_finish(b);
}

static size_t right_ones(const struct consensus *c)
{
    size_t right = 0;

    for (size_t i = 0; i < c->ratings->items.count; i++) {
        const char *name = c->ratings->items.item[i];
        const char *label = c->ratings->categories.item[c->item[i].label];

        right += c->item[i].state == CONSENSUS_DECIDED &&
                 name[strlen(name) - 1] == *label;
    }
    return right;
}

static void models_see_through_spammers(void **state)
{
    static const enum consensus_rule rules[] = { CONSENSUS_ONE_COIN,
                                                 CONSENSUS_DAWID_SKENE,
                                                 CONSENSUS_MACE,
                                                 CONSENSUS_GLAD };
    struct ratings *r = spammed_crowd();
    struct consensus *vote = by(r, consensus_defaults(CONSENSUS_MAJORITY));
    size_t by_vote = right_ones(vote);

    (void)state;
    for (size_t m = 0; m < 4; m++) {
        struct consensus *c = by(r, consensus_defaults(rules[m]));
        double worst = INFINITY;

        assert_true(c->fit.converged);
        assert_true(right_ones(c) > by_vote);
        for (size_t w = 0; w < 4; w++)
            worst = fmin(worst, c->rater[w].weight.value);
        assert_true(c->rater[4].weight.value < worst);
        assert_true(c->rater[5].weight.value < worst);
        for (size_t i = 0; i < r->items.count; i++)
            assert_true(fabs(c->posterior[i * 3] + c->posterior[i * 3 + 1] +
                             c->posterior[i * 3 + 2] - 1) < 1e-12);
        consensus_free(c);
    }
    consensus_free(vote);
    ratings_free(r);
}

/* EM's own promise; it fails when a step is wrong. */
static void the_log_likelihood_never_falls(void **state)
{
    static const enum consensus_rule rules[] = { CONSENSUS_ONE_COIN,
                                                 CONSENSUS_DAWID_SKENE };
    struct ratings *r = spammed_crowd();

    (void)state;
    for (size_t m = 0; m < 2; m++) {
        double before = -INFINITY;

        for (int n = 1; n <= 30; n++) {
            struct consensus_settings settings = consensus_defaults(rules[m]);
            struct consensus *c;

            settings.em = (struct consensus_em_settings){ .iterations = n };
            c = by(r, settings);
            assert_int_equal(c->fit.iterations, n);
            assert_true(c->fit.log_likelihood >= before - 1e-9);
            before = c->fit.log_likelihood;
            consensus_free(c);
        }
    }
    ratings_free(r);
}

static void starts_of_mace_depend_on_the_seed_only(void **state)
{
    struct ratings *r = spammed_crowd();
    struct consensus_settings settings = consensus_defaults(CONSENSUS_MACE);
    struct consensus *first, *again, *other;

    (void)state;
    settings.em = (struct consensus_em_settings){ .iterations = 1 };
    first = by(r, settings);
    again = by(r, settings);
    settings.seed = 2;
    other = by(r, settings);
    assert_true(first->fit.log_likelihood == again->fit.log_likelihood);
    assert_true(first->fit.log_likelihood != other->fit.log_likelihood);
    assert_true(first->worst_start < first->fit.log_likelihood);
    consensus_free(first);
    consensus_free(again);
    consensus_free(other);
    ratings_free(r);
}

/*
 * 3,000 ratings of one item: the product of their probabilities is below the
 * smallest double, its logarithm is not.
 */
static void many_ratings_do_not_underflow(void **state)
{
    struct ratings_builder *b = ratings_builder_new(NULL);
    struct consensus *c;
    struct ratings *r;

    (void)state;
    for (int i = 0; i < 4; i++)
        for (int w = 0; w < 3000; w++) {
            char item[16], rater[16];

            snprintf(item, sizeof(item), "%d", i);
            snprintf(rater, sizeof(rater), "w%d", w % 30);
            add(b, item, rater, (w + i) % 3 == 0 ? "a" : i % 2 ? "b" : "c");
        }
    r = ratings_builder_finish(b);
    c = by(r, consensus_defaults(CONSENSUS_DAWID_SKENE));
    assert_true(isfinite(c->fit.log_likelihood));
    assert_true(c->fit.log_likelihood < -1000);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(c->item[i].label, i % 2 ? 1 : 2);
    consensus_free(c);
    ratings_free(r);
}

/* Each annotator's rows sum to 1, or are all zero where no truth allows. */
static void confusions_are_shares(void **state)
{
    struct ratings *r = small_crowd();
    struct consensus *c = by(r, consensus_defaults(CONSENSUS_DAWID_SKENE));

    (void)state;
    for (size_t row = 0; row < 3 * 2; row++) {
        double sum = c->confusion[2 * row] + c->confusion[2 * row + 1];

        assert_true(fabs(sum - 1) < 1e-12 || sum == 0);
    }
    assert_int_equal(c->item[2].state, CONSENSUS_UNRATED);
    assert_true(fabs(c->prior[0] + c->prior[1] - 1) < 1e-12);
    consensus_free(c);
    ratings_free(r);
}

static void one_label_alone_is_no_trouble(void **state)
{
    struct ratings_builder *b = ratings_builder_new(NULL);
    struct ratings *r;

    (void)state;
    add(b, "x", "ann", "1");
    add(b, "x", "ben", "1");
    add(b, "y", "ann", "1");
    r = ratings_builder_finish(b);
    for (int rule = 0; rule < CONSENSUS_RULES; rule++) {
        struct consensus *c =
            by(r, consensus_defaults((enum consensus_rule)rule));

        if (rule == CONSENSUS_EWE)
            assert_int_equal(c->item[0].state, CONSENSUS_WEIGHTLESS);
        else
            assert_int_equal(c->item[1].state, CONSENSUS_DECIDED);
        if (c->posterior)
            assert_true(c->posterior[1] == 1);
        consensus_free(c);
    }
    ratings_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_has_a_state),
        cmocka_unit_test(too_little_support_or_too_few_ratings_decide_nothing),
        cmocka_unit_test(drawn_ties_depend_on_the_seed_only),
        cmocka_unit_test(annotators_against_the_others_weigh_nothing),
        cmocka_unit_test(means_and_medians_are_of_what_is_there),
        cmocka_unit_test(ratings_that_do_not_suit_are_refused_with_a_mend),
        cmocka_unit_test(models_see_through_spammers),
        cmocka_unit_test(the_log_likelihood_never_falls),
        cmocka_unit_test(starts_of_mace_depend_on_the_seed_only),
        cmocka_unit_test(many_ratings_do_not_underflow),
        cmocka_unit_test(confusions_are_shares),
        cmocka_unit_test(one_label_alone_is_no_trouble),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
