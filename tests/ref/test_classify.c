/*
 * Classification scores against scikit-learn 1.2.1 and Fairlearn 0.12.0 on
 * the crowd's voice labels of CREMA-D, overall, by group, by intersection.
 */
#include <config.h>

#include "eval/fair/evaluation.h"

#include <string.h>

#include "common/base/vec.h"
#include "golden.h"

static const char *const classes[] = {
    "ANG", "DIS", "FEA", "HAP", "NEU", "SAD"
};

/* The class with most votes; ties go to the first. */
static const char *most_voted(const struct columns *input, size_t row,
                              double *votes)
{
    struct error err;
    size_t best = 0;
    double most = -1;

    *votes = 0;
    for (size_t k = 0; k < LENGTH_OF(classes); k++) {
        double count;

        assert_true(columns_number(input, row, 4 + k, &count, &err));
        *votes += count;
        if (count > most) {
            most = count;
            best = k;
        }
    }
    return classes[best];
}

static struct predictions *voice(const struct columns *input, bool weighted)
{
    struct text_list attributes = { 0 };
    struct predictions_shape shape = { .task = PREDICTIONS_CLASSIFY,
                                       .attributes = &attributes,
                                       .speaker = true,
                                       .weight = weighted };
    struct columns *sheet;
    struct predictions *p;
    struct error err;

    text_list_add(&attributes, "sex");
    sheet = predictions_sheet(&shape);
    for (size_t i = 0; i < columns_rows(input); i++) {
        const char *sex = columns_text(input, i, 2);
        double votes;
        struct predictions_row row = {
            .id = columns_text(input, i, 0),
            .speaker = columns_text(input, i, 1),
            .truth = columns_text(input, i, 3),
            .predicted = most_voted(input, i, &votes),
            .attributes = &sex,
        };

        row.weight = votes;
        predictions_sheet_add(sheet, &shape, &row);
    }
    text_list_release(&attributes);
    p = predictions_take(sheet, "voice", NULL, &err);
    assert_non_null(p);
    return p;
}

static struct evaluation *evaluate(const struct predictions *p, const char *by)
{
    struct text_list columns = { 0 };
    struct evaluation_settings settings = { .by = &columns, .level = 0.95 };
    struct evaluation *evaluation;
    struct error err;

    text_list_split(&columns, by, ',');
    evaluation = evaluation_new(p, &settings, &err);
    assert_non_null(evaluation);
    text_list_release(&columns);
    return evaluation;
}

static double value_of(const struct part *part, const char *metric,
                       size_t label)
{
    const struct score *score = part_score(part, metric, label);

    assert_non_null(score);
    assert_true(score->value.defined);
    return score->value.value;
}

static void assert_part(const struct golden *golden,
                        const struct json *expected, const struct part *part)
{
    const struct json *per_class = json_member(expected, "per_class");
    const struct json *rows =
        json_member(expected, "confusion_matrix_rows_true");
    double precision = 0;

    golden_near(golden, expected, "accuracy",
                value_of(part, "accuracy", METRIC_NO_LABEL));
    golden_near(golden, expected, "uar",
                value_of(part, "uar", METRIC_NO_LABEL));
    golden_near(golden, expected, "recall_macro",
                value_of(part, "uar", METRIC_NO_LABEL));
    golden_near(golden, expected, "f1_macro",
                value_of(part, "f1_macro", METRIC_NO_LABEL));
    golden_near(golden, expected, "f1_weighted",
                value_of(part, "f1_weighted", METRIC_NO_LABEL));
    assert_int_equal(json_count(per_class), LENGTH_OF(classes));
    assert_int_equal(json_count(rows), LENGTH_OF(classes));
    for (size_t k = 0; k < LENGTH_OF(classes); k++) {
        const struct json *one = json_member(per_class, classes[k]);

        golden_near(golden, one, "recall", value_of(part, "recall", k));
        golden_near(golden, one, "precision", value_of(part, "precision", k));
        golden_near(golden, one, "f1", value_of(part, "f1", k));
        golden_near(golden, one, "support",
                    (double)confusion_truth_items(&part->confusion, k));
        precision += value_of(part, "precision", k) / LENGTH_OF(classes);
        for (size_t j = 0; j < LENGTH_OF(classes); j++)
            assert_true(
                json_value(json_item(json_item(rows, k), j), -1) ==
                (double)part->confusion.count[k * LENGTH_OF(classes) + j]);
    }
    golden_near(golden, expected, "precision_macro", precision);
}

static void scores_are_those_of_scikit_learn(void **state)
{
    struct golden golden = golden_open("clf-cremad-voice");
    struct predictions *p = voice(golden.input, false);
    struct evaluation *e = evaluate(p, "sex");
    const struct json *by_sex = json_member(golden.expected, "by_sex");

    (void)state;
    assert_int_equal(e->parts.count, 3);
    assert_int_equal(e->parts.item[0].clusters, 91);
    assert_part(&golden, golden.expected, &e->parts.item[0]);
    for (size_t i = 1; i < 3; i++)
        assert_part(&golden, json_member(by_sex, e->parts.item[i].name),
                    &e->parts.item[i]);
    evaluation_free(e);
    predictions_free(p);
    golden_close(&golden);
}

static void assert_weighted(const struct golden *golden,
                            const struct json *expected,
                            const struct part *part)
{
    golden_near(golden, expected, "accuracy_weighted_by_n_votes",
                value_of(part, "accuracy", METRIC_NO_LABEL));
    golden_near(golden, expected, "uar_weighted",
                value_of(part, "uar", METRIC_NO_LABEL));
}

static void weights_are_those_of_scikit_learn(void **state)
{
    struct golden golden = golden_open("clf-cremad-voice");
    struct predictions *p = voice(golden.input, true);
    struct evaluation *e = evaluate(p, "sex");
    const struct json *by_sex = json_member(golden.expected, "by_sex");

    (void)state;
    assert_weighted(&golden, golden.expected, &e->parts.item[0]);
    for (size_t i = 1; i < 3; i++)
        assert_weighted(&golden, json_member(by_sex, e->parts.item[i].name),
                        &e->parts.item[i]);
    evaluation_free(e);
    predictions_free(p);
    golden_close(&golden);
}

/* Reads the case's own table under our names of columns. */
static struct predictions *renamed(const struct columns *input)
{
    static const char *const kept[] = { "sex", "race", "ethnicity", "ageband" };
    struct text_list attributes = { 0 };
    struct predictions_shape shape = { .task = PREDICTIONS_CLASSIFY,
                                       .attributes = &attributes,
                                       .speaker = true };
    struct columns *sheet;
    struct predictions *p;
    struct error err;

    for (size_t i = 0; i < LENGTH_OF(kept); i++)
        text_list_add(&attributes, kept[i]);
    sheet = predictions_sheet(&shape);
    for (size_t i = 0; i < columns_rows(input); i++) {
        const char *value[LENGTH_OF(kept)];
        struct predictions_row row = {
            .id = columns_text(input, i, 0),
            .speaker = columns_text(input, i, 1),
            .truth = columns_text(input, i, 7),
            .predicted = columns_text(input, i, 8),
            .attributes = value,
        };

        for (size_t k = 0; k < LENGTH_OF(kept); k++)
            value[k] =
                columns_text(input, i, (size_t)columns_find(input, kept[k]));
        predictions_sheet_add(sheet, &shape, &row);
    }
    text_list_release(&attributes);
    p = predictions_take(sheet, "fair", NULL, &err);
    assert_non_null(p);
    return p;
}

/* Fairlearn writes Female|Asian where we write Female*Asian. */
static const struct json *group_of(const struct json *feature,
                                   const struct part *part)
{
    char *name = xstrdup(part->name);
    char *star = strchr(name, '*');
    const struct json *found;

    if (star)
        *star = '|';
    found = json_member(json_member(feature, "by_group"), name);
    free(name);
    assert_non_null(found);
    return found;
}

static void assert_group(const struct golden *golden, const struct json *group,
                         const struct part *part)
{
    const struct json *per_class = json_member(group, "per_class");

    if (json_kind(json_member(group, "accuracy")) == JSON_NULL) {
        assert_int_equal(part->rows, 0);
        assert_int_equal(
            part_score(part, "accuracy", METRIC_NO_LABEL)->evidence,
            EVIDENCE_UNDEFINED);
        return;
    }
    golden_near(golden, group, "count", (double)part->rows);
    golden_near(golden, group, "accuracy",
                value_of(part, "accuracy", METRIC_NO_LABEL));
    golden_near(golden, group, "uar", value_of(part, "uar", METRIC_NO_LABEL));
    golden_near(golden, group, "macro_f1",
                value_of(part, "f1_macro", METRIC_NO_LABEL));
    golden_near(golden, group, "weighted_f1",
                value_of(part, "f1_weighted", METRIC_NO_LABEL));
    for (size_t k = 0; k < LENGTH_OF(classes); k++) {
        const struct json *one = json_member(per_class, classes[k]);
        const struct score *precision = part_score(part, "precision", k);

        golden_near(golden, one, "tpr", value_of(part, "recall", k));
        if (json_kind(json_member(one, "ppv")) == JSON_NULL)
            assert_false(precision->value.defined);
        else
            golden_near(golden, one, "ppv", value_of(part, "precision", k));
    }
}

static void groups_are_those_of_fairlearn(void **state)
{
    struct golden golden = golden_open("fair-cremad-voice");
    struct predictions *p = renamed(golden.input);
    struct evaluation *e = evaluate(p, "sex,race,ethnicity,ageband");
    const struct json *features = json_member(golden.expected, "features");
    size_t compared = 0;

    (void)state;
    for (size_t i = 1; i < e->parts.count; i++) {
        const struct part *part = &e->parts.item[i];
        const char *by =
            strcmp(part->by, "sex*race") == 0 ? "sex_x_race" : part->by;
        const struct json *feature = json_member(features, by);

        if (!feature)
            continue; /* an intersection that the case does not have */
        assert_group(&golden, group_of(feature, part), part);
        compared++;
    }
    assert_int_equal(compared, 2 + 4 + 2 + 5 + 8);
    evaluation_free(e);
    predictions_free(p);
    golden_close(&golden);
}

/* One block of the edge cases: labels a, b, c, some of them unseen. */
static void assert_edges(const struct golden *golden, const char *block)
{
    const struct json *expected = json_member(golden->expected, block);
    struct confusion confusion;
    double recall = 0;
    size_t rows = 0;

    confusion_init(&confusion, 3);
    for (size_t i = 0; i < columns_rows(golden->input); i++) {
        if (strcmp(columns_text(golden->input, i, 0), block) != 0)
            continue;
        confusion_add(&confusion,
                      (size_t)(*columns_text(golden->input, i, 1) - 'a'),
                      (size_t)(*columns_text(golden->input, i, 2) - 'a'), 1);
        rows++;
    }
    assert_true(rows > 0);
    golden_near(golden, expected, "accuracy",
                classify_accuracy(&confusion).value);
    golden_near(golden, expected,
                "uar_present_true_classes(balanced_accuracy_score)",
                classify_uar(&confusion, NULL).value);
    golden_near(golden, expected, "f1_macro_union_of_seen",
                classify_f1_macro(&confusion, NULL).value);
    golden_near(golden, expected, "f1_weighted",
                classify_f1_weighted(&confusion, NULL).value);
    /* "labels all" counts what we call undefined as 0. */
    for (size_t k = 0; k < 3; k++)
        recall += classify_recall(&confusion, k).value / 3;
    golden_near(golden, expected, "recall_macro_labels_all_zero_division_0",
                recall);
    confusion_release(&confusion);
}

static void absent_classes_are_as_we_say(void **state)
{
    static const char *const blocks[] = { "never_predicted_c",
                                          "absent_true_c_but_predicted",
                                          "constant_prediction",
                                          "constant_truth",
                                          "constant_both",
                                          "all_wrong",
                                          "perfect" };
    struct golden golden = golden_open("clf-edge-cases");

    (void)state;
    for (size_t i = 0; i < LENGTH_OF(blocks); i++)
        assert_edges(&golden, blocks[i]);
    golden_close(&golden);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_those_of_scikit_learn),
        cmocka_unit_test(weights_are_those_of_scikit_learn),
        cmocka_unit_test(groups_are_those_of_fairlearn),
        cmocka_unit_test(absent_classes_are_as_we_say),
    };

    golden_need("clf-cremad-voice");
    golden_need("clf-edge-cases");
    golden_need("fair-cremad-voice");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
