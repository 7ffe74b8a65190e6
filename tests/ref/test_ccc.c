/*
 * Concordance, correlation and error against epiR 2.0.57 and R 4.2.2, over
 * all clips and by sex of the actor.
 */
#include <config.h>

#include "common/stat/ccc.h"

#include <string.h>

#include "eval/fair/evaluation.h"
#include "golden.h"

static struct predictions *clips(const struct columns *input)
{
    struct text_list attributes = { 0 };
    struct predictions_shape shape = { .task = PREDICTIONS_REGRESS,
                                       .attributes = &attributes,
                                       .speaker = true };
    struct columns *sheet;
    struct predictions *p;
    struct error err;

    text_list_add(&attributes, "sex");
    sheet = predictions_sheet(&shape);
    for (size_t i = 0; i < columns_rows(input); i++) {
        const char *sex = columns_text(input, i, 2);
        struct predictions_row row = { .id = columns_text(input, i, 0),
                                       .speaker = columns_text(input, i, 1),
                                       .attributes = &sex };

        assert_true(columns_number(input, i, 3, &row.predicted_value, &err));
        assert_true(columns_number(input, i, 4, &row.true_value, &err));
        predictions_sheet_add(sheet, &shape, &row);
    }
    text_list_release(&attributes);
    p = predictions_take(sheet, "clips", NULL, &err);
    assert_non_null(p);
    return p;
}

static void assert_part(const struct golden *golden, const char *name,
                        const struct part *part)
{
    static const char *const pairs[][2] = { { "ccc_pop_variance", "ccc" },
                                            { "pearson", "pearson" },
                                            { "rmse", "rmse" },
                                            { "mae", "mae" } };
    const struct json *expected = json_member(golden->expected, name);

    golden_near(golden, expected, "n", (double)part->rows);
    for (size_t i = 0; i < 4; i++) {
        const struct score *score =
            part_score(part, pairs[i][1], METRIC_NO_LABEL);

        assert_int_equal(score->evidence, EVIDENCE_MEASURED);
        golden_near(golden, expected, pairs[i][0], score->value.value);
    }
    golden_near(golden, json_member(expected, "z-transform"), "rho_c",
                part_score(part, "ccc", METRIC_NO_LABEL)->value.value);
}

static void scores_of_numbers_are_those_of_r(void **state)
{
    struct golden golden = golden_open("ccc-cremad-voice-mm");
    struct predictions *p = clips(golden.input);
    struct text_list by = { 0 };
    struct evaluation_settings settings = { .by = &by, .level = 0.95 };
    struct evaluation *e;
    struct error err;

    (void)state;
    text_list_add(&by, "sex");
    e = evaluation_new(p, &settings, &err);
    assert_non_null(e);
    assert_int_equal(e->parts.count, 3);
    assert_part(&golden, "all", &e->parts.item[0]);
    assert_part(&golden, e->parts.item[1].name, &e->parts.item[1]);
    assert_part(&golden, e->parts.item[2].name, &e->parts.item[2]);
    evaluation_free(e);
    text_list_release(&by);
    predictions_free(p);
    golden_close(&golden);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_of_numbers_are_those_of_r),
    };

    golden_need("ccc-cremad-voice-mm");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
