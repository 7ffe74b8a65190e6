/*
 * compare_data - a comparison as CSV and JSON, in full.
 */
#include <config.h>

#include <math.h>

#include "common/base/vec.h"
#include "common/cli/output.h"
#include "eval/compare_print.h"
#include "eval/fair/evaluation.h"

static const char *unit_of(const struct comparison *comparison)
{
    return comparison->side[0]->has_speakers ? "speaker" : "row";
}

static void put(struct table *table, bool defined, double value)
{
    table_put_number(table, defined ? value : (double)NAN);
}

static void put_row(struct table *table, const struct comparison *comparison,
                    const struct compare_score *score)
{
    table_begin_row(table);
    table_put_text(table, score->metric->name);
    table_put_text(table, score->label == METRIC_NO_LABEL
                              ? NULL
                              : comparison->side[0]->labels.item[score->label]);
    for (size_t side = 0; side < 2; side++)
        put(table, score->value[side].defined, score->value[side].value);
    put(table, score->difference.defined, score->difference.value);
    put(table, true, score->interval.level);
    put(table, score->interval.defined, score->interval.low);
    put(table, score->interval.defined, score->interval.high);
    put(table, score->luck.defined, score->luck.p);
    table_put_bool(table, score->luck.exact);
    table_put_int(table, (int64_t)score->luck.splits);
    table_put_text(table, comparison->side[0]->has_speakers
                              ? "speaker"
                              : "rows taken as independent");
    table_put_int(table, (int64_t)comparison->clusters);
    table_put_int(table, (int64_t)score->first_better);
    table_put_int(table, (int64_t)score->second_better);
    table_put_int(table, (int64_t)score->equal);
}

void compare_csv(const struct comparison *comparison, struct buf *out)
{
    static const struct {
        const char *key;
        enum table_kind kind;
    } heads[] = {
        { "metric", TABLE_TEXT },       { "label", TABLE_TEXT },
        { "a", TABLE_NUMBER },          { "b", TABLE_NUMBER },
        { "difference", TABLE_NUMBER }, { "level", TABLE_NUMBER },
        { "low", TABLE_NUMBER },        { "high", TABLE_NUMBER },
        { "p", TABLE_NUMBER },          { "exact", TABLE_BOOL },
        { "ways", TABLE_INT },          { "cluster", TABLE_TEXT },
        { "clusters", TABLE_INT },      { "a_better", TABLE_INT },
        { "b_better", TABLE_INT },      { "equal", TABLE_INT },
    };
    struct table *table = table_new();

    for (size_t i = 0; i < LENGTH_OF(heads); i++)
        table_column(table, heads[i].key, heads[i].key, heads[i].kind, 4);
    for (size_t i = 0; i < comparison->scores.count; i++)
        put_row(table, comparison, &comparison->scores.item[i]);
    table_print(table, OUTPUT_CSV, out);
    table_free(table);
}

static void pair_estimate(struct json_writer *json, const char *key,
                          bool defined, double value)
{
    json_put_key(json, key);
    if (defined)
        json_put_number(json, value);
    else
        json_put_null(json);
}

static void put_score(struct json_writer *json,
                      const struct comparison *comparison,
                      const struct compare_score *score)
{
    json_begin_object(json);
    json_pair_text(json, "metric", score->metric->name);
    if (score->label != METRIC_NO_LABEL)
        json_pair_text(json, "label",
                       comparison->side[0]->labels.item[score->label]);
    pair_estimate(json, "a", score->value[0].defined, score->value[0].value);
    pair_estimate(json, "b", score->value[1].defined, score->value[1].value);
    pair_estimate(json, "difference", score->difference.defined,
                  score->difference.value);
    if (!score->difference.defined)
        json_pair_text(json, "reason", score->difference.reason);
    json_put_key(json, "interval");
    evaluation_put_interval(json, &score->interval, unit_of(comparison));
    json_put_key(json, "luck");
    json_begin_object(json);
    pair_estimate(json, "p", score->luck.defined, score->luck.p);
    json_pair_bool(json, "exact", score->luck.exact);
    json_pair_int(json, "ways", (int64_t)score->luck.splits);
    json_pair_int(json, "as_large", (int64_t)score->luck.extreme);
    json_end_object(json);
    json_pair_int(json, "a_better", (int64_t)score->first_better);
    json_pair_int(json, "b_better", (int64_t)score->second_better);
    json_pair_int(json, "equal", (int64_t)score->equal);
    json_end_object(json);
}

static void put_mcnemar(struct json_writer *json,
                        const struct comparison *comparison)
{
    const struct paired_mcnemar *test = &comparison->mcnemar;

    json_put_key(json, "mcnemar");
    if (!comparison->has_mcnemar) {
        json_put_null(json);
        return;
    }
    json_begin_object(json);
    json_pair_text(json, "assumption", "items taken as independent");
    json_pair_int(json, "both_right", (int64_t)comparison->both_right);
    json_pair_int(json, "only_a_right", (int64_t)comparison->only_right[0]);
    json_pair_int(json, "only_b_right", (int64_t)comparison->only_right[1]);
    json_pair_int(json, "both_wrong", (int64_t)comparison->both_wrong);
    pair_estimate(json, "exact_p", test->exact.defined, test->exact.value);
    pair_estimate(json, "mid_p", test->mid_p.defined, test->mid_p.value);
    pair_estimate(json, "chi2", test->uncorrected.p.defined,
                  test->uncorrected.statistic);
    pair_estimate(json, "chi2_p", test->uncorrected.p.defined,
                  test->uncorrected.p.value);
    json_end_object(json);
}

static void put_folds(struct json_writer *json,
                      const struct compare_folds *folds)
{
    json_put_key(json, "folds");
    if (!folds->used) {
        json_put_null(json);
        return;
    }
    json_begin_object(json);
    json_pair_int(json, "folds", (int64_t)folds->folds);
    json_pair_number(json, "test_by_train", folds->test_by_train);
    pair_estimate(json, "corrected_t", folds->corrected.p.defined,
                  folds->corrected.statistic);
    pair_estimate(json, "corrected_p", folds->corrected.p.defined,
                  folds->corrected.p.value);
    if (folds->five_by_two) {
        pair_estimate(json, "five_by_two_f", folds->f.p.defined,
                      folds->f.statistic);
        pair_estimate(json, "five_by_two_p", folds->f.p.defined,
                      folds->f.p.value);
    }
    json_end_object(json);
}

void compare_json(const struct comparison *comparison,
                  const struct compare_made *made, struct buf *out)
{
    static const char *const sides[] = { "a", "b" };
    struct json_writer json;

    json_writer_init(&json, out, 2);
    json_begin_object(&json);
    json_pair_int(&json, "mien", 1);
    json_pair_text(&json, "kind", "comparison");
    json_pair_text(&json, "task",
                   predictions_task_name(comparison->side[0]->task));
    for (size_t side = 0; side < 2; side++) {
        json_put_key(&json, sides[side]);
        json_begin_object(&json);
        json_pair_text(&json, "run", made->name[side]);
        json_put_key(&json, "normalization");
        evaluation_put_normalization(&json, made->normalization[side],
                                     made->transductive[side]);
        json_pair_int(&json, "rows_left_out", (int64_t)made->left_out[side]);
        json_pair_bool(&json, "has_speakers", made->knows[side]);
        json_end_object(&json);
    }
    json_pair_int(&json, "items", (int64_t)comparison->items);
    json_pair_int(&json, "rows", (int64_t)comparison->rows);
    json_pair_text(&json, "cluster", unit_of(comparison));
    json_pair_int(&json, "clusters", (int64_t)comparison->clusters);
    json_pair_number(&json, "level", made->settings->level);
    json_pair_int(&json, "seed", (int64_t)made->settings->seed);
    json_put_key(&json, "scores");
    json_begin_list(&json);
    for (size_t i = 0; i < comparison->scores.count; i++)
        put_score(&json, comparison, &comparison->scores.item[i]);
    json_end_list(&json);
    put_mcnemar(&json, comparison);
    put_folds(&json, &comparison->folds);
    json_end_object(&json);
    buf_add_char(out, '\n');
}
