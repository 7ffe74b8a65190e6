/* group, gap, evaluation - on small tables made here. */
#include <config.h>

#include "eval/fair/gap.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/file/json.h"
#include "eval/fair/evaluation.h"
#include "eval/fair/group.h"

/*
 * Women and men, `speakers` each; every speaker has 4 items of each of
 * "anger" and "joy", of which women get 3 right and men 2; women have one
 * more class, "fear", always right.  The last man has no age.
 */
static struct predictions *voices(int speakers)
{
    static const char *const label[] = { "anger", "joy", "fear" };
    struct columns *table = columns_new();
    struct predictions *p;
    struct error err;
    char id[32];

    columns_add(table, "id");
    columns_add(table, "truth");
    columns_add(table, "predicted");
    columns_add(table, "speaker");
    columns_add(table, "sex");
    columns_add(table, "age");
    for (int s = 0; s < 2 * speakers; s++) {
        bool woman = s % 2 == 0;

        for (int i = 0; i < (woman ? 12 : 8); i++) {
            size_t row = columns_add_row(table);
            int truth = i / 4;
            bool right = truth == 2 || i % 4 < (woman ? 3 : 2);

            snprintf(id, sizeof(id), "%d-%d", s, i);
            columns_set(table, row, 0, id);
            columns_set(table, row, 1, label[truth]);
            columns_set(table, row, 2, label[right ? truth : 1 - truth]);
            snprintf(id, sizeof(id), "s%02d", s);
            columns_set(table, row, 3, id);
            columns_set(table, row, 4, woman ? "f" : "m");
            if (s < 2 * speakers - 1)
                columns_set(table, row, 5, s < speakers ? "old" : "young");
        }
    }
    p = predictions_take(table, "test", NULL, &err);
    assert_non_null(p);
    return p;
}

static const struct gap_settings settings = { .level = 0.95,
                                              .resamples = 200,
                                              .seed = 1,
                                              .exact_limit = 20000,
                                              .permutations = 999 };

static struct grouping groups_of(const struct predictions *p, const char *by)
{
    struct grouping grouping;
    struct error err;

    assert_true(grouping_make(p, by, &grouping, &err));
    return grouping;
}

static void missing_values_are_a_group_that_comes_last(void **state)
{
    struct predictions *p = voices(5);
    struct grouping age = groups_of(p, "age");

    (void)state;
    assert_int_equal(age.count, 3);
    assert_string_equal(age.item[0].name, "old");
    assert_string_equal(age.item[1].name, "young");
    assert_string_equal(age.item[2].name, "(missing)");
    assert_int_equal(age.item[2].count, 8); /* the last man's */
    grouping_release(&age);
    predictions_free(p);
}

/* One woman, one man: she is old, he has no age. */
static void intersections_list_empty_cells_but_not_missing_ones(void **state)
{
    struct predictions *p = voices(1);
    struct grouping both = groups_of(p, "sex*age");

    (void)state;
    assert_int_equal(both.count, 3);
    assert_string_equal(both.item[0].name, "f*old");
    assert_int_equal(both.item[0].count, 12);
    assert_string_equal(both.item[1].name, "m*old");
    assert_int_equal(both.item[1].count, 0);
    assert_string_equal(both.item[2].name, "m*(missing)");
    grouping_release(&both);
    predictions_free(p);
}

static void two_columns_ask_for_their_intersection_too(void **state)
{
    struct text_list by = { 0 }, out = { 0 };
    struct error err;

    (void)state;
    text_list_split(&by, "a,b,c,a*d", ',');
    assert_true(group_expand(&by, &out, &err));
    assert_int_equal(out.count, 8);
    assert_string_equal(out.item[0], "a");
    assert_string_equal(out.item[2], "c");
    assert_string_equal(out.item[3], "a*b");
    assert_string_equal(out.item[6], "a*b*c");
    assert_string_equal(out.item[7], "a*d");
    text_list_release(&out);
    text_list_add(&by, "d");
    text_list_add(&by, "e");
    assert_false(group_expand(&by, &out, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    text_list_release(&by);
    text_list_release(&out);
}

/* By hand: women 3/4, men 2/4 on the two shared classes; fear is left out. */
static void a_gap_uses_the_classes_of_both_groups(void **state)
{
    struct predictions *p = voices(5);
    struct grouping sex = groups_of(p, "sex");
    struct gap gap;

    (void)state;
    gap_measure(p, &sex.item[0], &sex.item[1], metric_find("uar"),
                METRIC_NO_LABEL, &settings, &gap);
    assert_null(gap.lack);
    assert_int_equal(gap.classes, 2);
    assert_true(gap.shared[0] && !gap.shared[1] && gap.shared[2]);
    assert_true(fabs(gap.value[0].value - 0.75) < 1e-12);
    assert_true(fabs(gap.value[1].value - 0.5) < 1e-12);
    assert_true(fabs(gap.difference.value - 0.25) < 1e-12);
    assert_true(fabs(gap.ratio.value - 2.0 / 3) < 1e-12);
    assert_true(gap.disjoint);
    /* All women alike, all men alike: no spread, and 2 of 252 splits. */
    assert_true(gap.difference_interval.no_spread);
    assert_true(gap.permutation.exact);
    assert_true(fabs(gap.permutation.p - 2.0 / 252) < 1e-12);
    gap_release(&gap);
    grouping_release(&sex);
    predictions_free(p);
}

static void a_gap_is_signed(void **state)
{
    struct predictions *p = voices(4);
    struct grouping sex = groups_of(p, "sex");
    struct gap gap;

    (void)state;
    gap_measure(p, &sex.item[1], &sex.item[0], metric_find("recall"), 0,
                &settings, &gap);
    assert_null(gap.lack);
    assert_true(fabs(gap.difference.value + 0.25) < 1e-12);
    assert_true(fabs(gap.ratio.value - 2.0 / 3) < 1e-12);
    gap_release(&gap);
    grouping_release(&sex);
    predictions_free(p);
}

/*
 * By hand: one woman of four is always right, one man of four always wrong.
 * With as many items each, a group's jackknife variance is that of its mean:
 * women (1, 10/12 three times) 1/576, men (0, 1/2 three times) 9/576; by
 * Satterthwaite 3 * 10^2 / (1^2 + 9^2) = 300/82 degrees of freedom.
 */
static void a_gap_of_two_groups_of_speakers_is_welch_s(void **state)
{
    struct predictions *p = voices(4);
    struct grouping sex = groups_of(p, "sex");
    struct gap gap;

    (void)state;
    for (size_t row = 0; row < 12; row++) /* the first woman */
        p->predicted[row] = p->truth[row];
    for (size_t row = 12; row < 20; row++) /* the first man */
        p->predicted[row] = (p->truth[row] + 1) % 3;
    gap_measure(p, &sex.item[0], &sex.item[1], metric_find("accuracy"),
                METRIC_NO_LABEL, &settings, &gap);
    assert_null(gap.lack);
    assert_true(gap.disjoint);
    assert_true(fabs(gap.difference.value - 0.5) < 1e-12);
    assert_int_equal(gap.difference_interval.method, INTERVAL_JACKKNIFE_WELCH);
    assert_true(fabs(gap.difference_interval.se - sqrt(10.0 / 576)) < 1e-12);
    assert_true(fabs(gap.difference_interval.df - 300.0 / 82) < 1e-9);
    gap_release(&gap);
    grouping_release(&sex);
    predictions_free(p);
}

static void three_speakers_are_insufficient(void **state)
{
    struct predictions *p = voices(3);
    struct grouping sex = groups_of(p, "sex");
    struct gap gap;

    (void)state;
    gap_measure(p, &sex.item[0], &sex.item[1], metric_find("accuracy"),
                METRIC_NO_LABEL, &settings, &gap);
    assert_string_equal(gap.lack, "f: 3 speakers, fewer than 4");
    assert_false(gap.difference_interval.defined);
    assert_false(gap.permutation.defined);
    gap_release(&gap);
    grouping_release(&sex);
    predictions_free(p);
}

static void a_class_that_one_group_lacks_has_no_gap(void **state)
{
    struct predictions *p = voices(5);
    struct grouping sex = groups_of(p, "sex");
    struct gap gap;

    (void)state;
    gap_measure(p, &sex.item[0], &sex.item[1], metric_find("recall"),
                (size_t)predictions_label(p, "fear"), &settings, &gap);
    assert_string_equal(gap.lack,
                        "m: class \"fear\": 0 speakers, fewer than 4");
    gap_release(&gap);
    grouping_release(&sex);
    predictions_free(p);
}

/* Every speaker is in both groups: rows by class instead of sex. */
static void speakers_in_both_groups_are_left_out_of_both(void **state)
{
    struct predictions *p = voices(5);
    struct grouping truth = groups_of(p, "truth");
    struct gap gap;

    (void)state;
    gap_measure(p, &truth.item[0], &truth.item[2], metric_find("accuracy"),
                METRIC_NO_LABEL, &settings, &gap);
    assert_null(gap.lack);
    assert_false(gap.disjoint);
    assert_int_equal(gap.difference_interval.method, INTERVAL_JACKKNIFE_T);
    assert_int_equal(gap.difference_interval.clusters, 10);
    assert_false(gap.permutation.defined);
    gap_release(&gap);
    grouping_release(&truth);
    predictions_free(p);
}

static struct evaluation *evaluate(const struct predictions *p, const char *by,
                                   uint64_t seed)
{
    struct text_list columns = { 0 };
    struct evaluation_settings how = {
        .by = &columns, .level = 0.9, .resamples = 100, .seed = seed
    };
    struct evaluation *e;
    struct error err;

    text_list_split(&columns, by, ',');
    e = evaluation_new(p, &how, &err);
    assert_non_null(e);
    text_list_release(&columns);
    return e;
}

/* "fear" is spoken by the women only, of whom there are three. */
static void a_class_of_three_speakers_makes_uar_insufficient(void **state)
{
    struct predictions *p = voices(3);
    struct evaluation *e = evaluate(p, "", 1);
    const struct part *all = &e->parts.item[0];
    const struct score *uar = part_score(all, "uar", METRIC_NO_LABEL);
    const struct score *accuracy = part_score(all, "accuracy", METRIC_NO_LABEL);

    (void)state;
    assert_int_equal(e->parts.count, 1);
    assert_int_equal(uar->evidence, EVIDENCE_INSUFFICIENT);
    assert_string_equal(uar->reason,
                        "class \"fear\": 3 speakers, fewer than 4");
    assert_true(uar->value.defined); /* the value stays */
    assert_false(score_interval(uar)->defined);
    assert_int_equal(accuracy->evidence, EVIDENCE_MEASURED);
    assert_true(score_interval(accuracy)->defined);
    evaluation_free(e);
    predictions_free(p);
}

static void json_is_one_document_and_the_same_each_time(void **state)
{
    struct predictions *p = voices(5);
    struct buf text[2] = { { 0 } };
    struct json_document *doc;
    const struct json *overall, *score;
    struct error err;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct evaluation *e = evaluate(p, "sex,age", 3);

        evaluation_json(e, &text[i]);
        evaluation_free(e);
    }
    assert_string_equal(buf_text(&text[0]), buf_text(&text[1]));
    doc = json_parse(buf_text(&text[0]), text[0].length, "metrics", &err);
    assert_non_null(doc);
    overall = json_member(json_root(doc), "overall");
    assert_true(json_value(json_member(overall, "speakers"), 0) == 10);
    score = json_item(json_member(overall, "scores"), 0);
    assert_string_equal(json_text(json_member(score, "metric")), "uar");
    assert_string_equal(
        json_text(json_member(json_member(score, "interval"), "method")),
        "jackknife-t");
    assert_true(
        json_value(json_member(json_member(score, "interval"), "clusters"),
                   0) == 10);
    /* sex: 2, age: 3, sex*age: 2 * 2 and one with a missing age. */
    assert_int_equal(json_count(json_member(json_root(doc), "groups")), 10);
    json_free(doc);
    buf_release(&text[0]);
    buf_release(&text[1]);
    predictions_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_values_are_a_group_that_comes_last),
        cmocka_unit_test(intersections_list_empty_cells_but_not_missing_ones),
        cmocka_unit_test(two_columns_ask_for_their_intersection_too),
        cmocka_unit_test(a_gap_uses_the_classes_of_both_groups),
        cmocka_unit_test(a_gap_is_signed),
        cmocka_unit_test(a_gap_of_two_groups_of_speakers_is_welch_s),
        cmocka_unit_test(three_speakers_are_insufficient),
        cmocka_unit_test(a_class_that_one_group_lacks_has_no_gap),
        cmocka_unit_test(speakers_in_both_groups_are_left_out_of_both),
        cmocka_unit_test(a_class_of_three_speakers_makes_uar_insufficient),
        cmocka_unit_test(json_is_one_document_and_the_same_each_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
