/* classify, tally, regress - by hand. */
#include <config.h>

#include "eval/score/classify.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "eval/score/metrics.h"
#include "eval/score/regress.h"
#include "eval/score/tally.h"

static void assert_near(struct estimate estimate, double value)
{
    assert_true(estimate.defined);
    if (!(fabs(estimate.value - value) < 1e-12))
        fail_msg("expected %.17g, got %.17g", value, estimate.value);
}

/* Rows truth, columns predicted: 3 1 0 / 2 2 0 / 0 0 0 (c: nowhere). */
static struct confusion small(void)
{
    struct confusion confusion;

    confusion_init(&confusion, 3);
    for (int i = 0; i < 3; i++)
        confusion_add(&confusion, 0, 0, 1);
    confusion_add(&confusion, 0, 1, 1);
    for (int i = 0; i < 2; i++) {
        confusion_add(&confusion, 1, 0, 1);
        confusion_add(&confusion, 1, 1, 1);
    }
    return confusion;
}

/* By hand: recalls 3/4 and 2/4, precisions 3/5 and 2/3. */
static void uar_is_over_the_classes_that_occur(void **state)
{
    struct confusion confusion = small();

    (void)state;
    assert_int_equal(confusion_present(&confusion), 2);
    assert_near(classify_accuracy(&confusion), 5.0 / 8);
    assert_near(classify_uar(&confusion, NULL), 5.0 / 8);
    assert_near(classify_precision(&confusion, 0), 3.0 / 5);
    assert_near(classify_precision(&confusion, 1), 2.0 / 3);
    assert_near(classify_f1(&confusion, 0), 6.0 / 9);
    assert_near(classify_f1(&confusion, 1), 4.0 / 7);
    assert_near(classify_f1_macro(&confusion, NULL), (6.0 / 9 + 4.0 / 7) / 2);
    confusion_release(&confusion);
}

static void what_is_not_there_is_undefined_not_zero(void **state)
{
    struct confusion confusion = small();

    (void)state;
    assert_false(classify_recall(&confusion, 2).defined);
    assert_false(classify_precision(&confusion, 2).defined);
    assert_false(classify_f1(&confusion, 2).defined);
    confusion_clear(&confusion);
    assert_false(classify_accuracy(&confusion).defined);
    assert_false(classify_uar(&confusion, NULL).defined);
    assert_non_null(classify_uar(&confusion, NULL).reason);
    confusion_release(&confusion);
}

static void a_class_that_is_asked_for_must_be_there(void **state)
{
    const bool first_only[] = { true, false, false };
    const bool with_third[] = { true, true, true };
    struct confusion confusion = small();

    (void)state;
    assert_near(classify_uar(&confusion, first_only), 3.0 / 4);
    assert_false(classify_uar(&confusion, with_third).defined);
    assert_false(classify_f1_macro(&confusion, with_third).defined);
    confusion_release(&confusion);
}

static void an_item_without_weight_is_no_item(void **state)
{
    struct confusion confusion;

    (void)state;
    confusion_init(&confusion, 2);
    confusion_add(&confusion, 0, 0, 0.5);
    confusion_add(&confusion, 0, 1, 1.5);
    confusion_add(&confusion, 1, 1, 0);
    assert_int_equal(confusion_items(&confusion), 2);
    assert_int_equal(confusion_present(&confusion), 1);
    assert_near(classify_recall(&confusion, 0), 0.25);
    confusion_release(&confusion);
}

static void grid_search_has_its_short_way(void **state)
{
    const size_t truth[] = { 0, 0, 1, 2 };
    const size_t predicted[] = { 0, 1, 1, 0 };

    (void)state;
    assert_near(classify_uar_of(truth, predicted, 4, 3), (0.5 + 1 + 0) / 3);
    assert_false(classify_uar_of(truth, predicted, 0, 3).defined);
}

static void metrics_are_found_by_name_and_alias(void **state)
{
    (void)state;
    assert_ptr_equal(metric_find("tpr"), metric_find("recall"));
    assert_ptr_equal(metric_find("ppv"), metric_find("precision"));
    assert_true(metric_has_label(metric_find("f1")));
    assert_false(metric_has_label(metric_find("uar")));
    assert_null(metric_find("uax"));
}

/* Two recordings by two speakers each; speaker "b" is in both. */
static struct predictions *recordings(void)
{
    static const char *const row[][5] = {
        { "1", "1", "2", "a", "r1" }, { "2", "2", "2", "b", "r1" },
        { "3", "3", "4", "a", "r1" }, { "4", "4", "5", "b", "r1" },
        { "5", "5", "5", "b", "r2" }, { "6", "5", "5", "b", "r2" },
        { "7", "1", "1", "c", "r3" }, { "8", "2", "2", "c", "r3" },
    };
    struct columns *table = columns_new();
    struct predictions_options options = { .task = PREDICTIONS_REGRESS };
    struct predictions *p;
    struct error err;

    columns_add(table, "id");
    columns_add(table, "truth");
    columns_add(table, "predicted");
    columns_add(table, "speaker");
    columns_add(table, "recording");
    for (size_t i = 0; i < 8; i++) {
        columns_add_row(table);
        for (size_t k = 0; k < 5; k++)
            columns_set(table, i, k, row[i][k]);
    }
    p = predictions_take(table, "test", &options, &err);
    assert_non_null(p);
    return p;
}

/* By hand: r1 is 11/14 (Lin's formula), r2 undefined, r3 is 1. */
static void ccc_of_recordings_leaves_the_undefined_out(void **state)
{
    static const size_t all[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
    struct predictions *p = recordings();
    struct tally *tally = tally_new(p, all, 8);
    struct tally_sums sums;
    size_t used;

    (void)state;
    assert_int_equal(tally->clusters, 3);
    tally_sums_init(&sums, tally);
    tally_sums_fill(&sums, tally);
    assert_near(regress_ccc_recording(&sums, &used), (11.0 / 14 + 1) / 2);
    assert_int_equal(used, 2);
    /* Speaker c twice: recording r3 counts twice. */
    tally_sums_add(&sums, tally, 2, 1);
    assert_near(regress_ccc_recording(&sums, NULL), (11.0 / 14 + 2) / 3);
    tally_sums_release(&sums);
    tally_free(tally);
    predictions_free(p);
}

static void a_speaker_taken_out_leaves_the_others(void **state)
{
    static const size_t all[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
    static const size_t of_a_and_c[] = { 0, 2, 6, 7 };
    struct predictions *p = recordings();
    struct tally *tally = tally_new(p, all, 8);
    struct tally *rest = tally_new(p, of_a_and_c, 4);
    struct tally_sums sums, expected;

    (void)state;
    tally_sums_init(&sums, tally);
    tally_sums_init(&expected, rest);
    tally_sums_fill(&sums, tally);
    tally_sums_fill(&expected, rest);
    tally_sums_add(&sums, tally, 1, -1); /* b */
    assert_near(ccc_lin(&sums.all), ccc_lin(&expected.all).value);
    assert_near(ccc_mae(&sums.all), 0.5);
    tally_sums_release(&sums);
    tally_sums_release(&expected);
    tally_free(rest);
    tally_free(tally);
    predictions_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(uar_is_over_the_classes_that_occur),
        cmocka_unit_test(what_is_not_there_is_undefined_not_zero),
        cmocka_unit_test(a_class_that_is_asked_for_must_be_there),
        cmocka_unit_test(an_item_without_weight_is_no_item),
        cmocka_unit_test(grid_search_has_its_short_way),
        cmocka_unit_test(metrics_are_found_by_name_and_alias),
        cmocka_unit_test(ccc_of_recordings_leaves_the_undefined_out),
        cmocka_unit_test(a_speaker_taken_out_leaves_the_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
