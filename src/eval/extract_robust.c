/*
 * extract_robust - see extract_robust.h.
 */
#include <config.h>

#include "eval/extract_robust.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/log.h"
#include "common/base/mem.h"
#include "common/stat/describe.h"

#define GOOD_R 0.98

static bool write_cells(const struct robust_settings *settings,
                        const struct robust_result *result, const char *output,
                        struct error *err)
{
    struct columns *table = columns_new();
    bool good;

    columns_set_note(table, "mien", PACKAGE_VERSION);
    columns_set_note(table, "set", settings->set->name);
    columns_set_note(table, "version", settings->set->version);
    if (settings->prepare && settings->prepare->denoise)
        columns_set_note(table, "denoise", prepare_denoise_note);
    if (settings->prepare && settings->prepare->trim)
        columns_set_note(table, "trim_silence", prepare_trim_note);
    columns_add(table, "condition");
    columns_add(table, "column");
    columns_add(table, "items");
    columns_add(table, "lost");
    columns_add(table, "r");
    columns_add(table, "median_change");
    columns_add(table, "median_change_sds");
    for (size_t c = 0; c < ROBUST_CONDITIONS; c++) {
        for (size_t i = 0; result->made[c] && i < result->columns; i++) {
            const struct robust_cell *cell = robust_cell_of(result, c, i);
            char *name = registry_column_name(settings->set, i);
            size_t row = columns_add_row(table);

            columns_set(table, row, 0, robust_conditions[c].name);
            columns_set(table, row, 1, name);
            columns_set_number(table, row, 2, (double)cell->items);
            columns_set_number(table, row, 3, (double)cell->lost);
            columns_set_number(table, row, 4, cell->r);
            columns_set_number(table, row, 5,
                               isfinite(cell->change) ? cell->change : NAN);
            columns_set_number(table, row, 6, cell->change_sds);
            free(name);
        }
    }
    good = columns_write(table, output, err);
    columns_free(table);
    return good;
}

/* One condition over all columns. */
struct summary {
    size_t columns; /* that have an r */
    size_t good;    /* of these at GOOD_R and above */
    size_t worst;   /* the column with the lowest */
    double lowest;
    double median, tenth; /* of r */
    double change_sds;    /* median */
};

static double quantile(double *x, size_t count, double p)
{
    describe_sort(x, count);
    return count > 0 ? describe_quantile(x, count, p).value : NAN;
}

static struct summary summarise(const struct robust_result *result,
                                size_t condition)
{
    double *r = xcalloc(2 * result->columns + 1, sizeof(*r));
    double *change = r + result->columns;
    struct summary sum = { .lowest = INFINITY };
    size_t changes = 0;

    for (size_t i = 0; i < result->columns; i++) {
        const struct robust_cell *cell = robust_cell_of(result, condition, i);

        if (!isnan(cell->change_sds))
            change[changes++] = cell->change_sds;
        if (isnan(cell->r))
            continue;
        r[sum.columns++] = cell->r;
        sum.good += cell->r >= GOOD_R;
        if (cell->r < sum.lowest) {
            sum.lowest = cell->r;
            sum.worst = i;
        }
    }
    sum.median = quantile(r, sum.columns, 0.5);
    sum.tenth = quantile(r, sum.columns, 0.1);
    sum.change_sds = quantile(change, changes, 0.5);
    free(r);
    return sum;
}

/* What was done to the sound of each condition before it was measured. */
static const char *prepared(const struct prepare_settings *prepare)
{
    if (!prepare)
        return NULL;
    return !prepare->trim      ? "denoise"
           : !prepare->denoise ? "trim_silence"
                               : "denoise+trim_silence";
}

static void put_condition(struct table *table,
                          const struct robust_settings *settings,
                          const struct robust_result *result, size_t condition)
{
    const struct feature_set *set = settings->set;
    struct summary sum = summarise(result, condition);
    char *worst = registry_column_name(set, sum.worst);

    table_begin_row(table);
    table_put_text(table, robust_conditions[condition].name);
    table_put_int(table, (int64_t)sum.columns);
    table_put_number(table, sum.median);
    table_put_number(table, sum.tenth);
    table_put_number(
        table, sum.columns > 0 ? (double)sum.good / (double)sum.columns : NAN);
    table_put_number(table, sum.change_sds);
    table_put_text(table, sum.columns > 0 ? worst : NULL);
    table_put_number(table, sum.columns > 0 ? sum.lowest : NAN);
    if (settings->prepare)
        table_put_text(table, prepared(settings->prepare));
    free(worst);
}

static bool print_summary(const struct robust_settings *settings,
                          const struct robust_result *result,
                          enum output_format format, struct error *err)
{
    struct table *table = table_new();
    struct buf out = { 0 };
    bool good;

    table_column(table, "condition", "condition", TABLE_TEXT, 0);
    table_column(table, "columns", "of", TABLE_INT, 0);
    table_column(table, "median_r", "median r", TABLE_NUMBER, 3);
    table_column(table, "r_p10", "p10", TABLE_NUMBER, 3);
    table_column(table, "share_r_98", ">= .98", TABLE_NUMBER, 2);
    table_column(table, "median_change_sds", "move, sd", TABLE_NUMBER, 3);
    table_column(table, "worst", "worst", TABLE_TEXT, 0);
    table_column(table, "worst_r", "its r", TABLE_NUMBER, 3);
    if (settings->prepare)
        table_column(table, "prepared", "prepared", TABLE_TEXT, 0);
    for (size_t c = 0; c < ROBUST_CONDITIONS; c++)
        if (result->made[c])
            put_condition(table, settings, result, c);
    table_print(table, format, &out);
    good = output_write(&out, err);
    buf_release(&out);
    table_free(table);
    return good;
}

/* What is not in the tables; ERROR_NO when an item was not measured. */
static bool tell(const struct robust_result *result, size_t items,
                 struct error *err)
{
    for (size_t c = 0; c < ROBUST_CONDITIONS; c++)
        if (!result->made[c])
            log_notice("this FFmpeg has no %s: %s is left out",
                       robust_conditions[c].codec, robust_conditions[c].name);
    if (result->fileless > 0)
        log_notice("%zu of %zu items have no file and are left out",
                   result->fileless, items);
    for (size_t i = 0; i < result->failures.count; i++)
        log_warning("%s", result->failures.item[i]);
    if (result->failures.count > 0)
        return error_set(err, ERROR_NO,
                         "%zu of %zu items could not be measured and are left "
                         "out",
                         result->failures.count, items);
    return true;
}

bool extract_robust(const struct columns *corpus,
                    const struct robust_settings *settings, const char *output,
                    enum output_format format, struct error *err)
{
    struct robust_result result = { 0 };
    bool good = robust_check(corpus, settings, &result, err) &&
                (text_equal(output, "-") ||
                 write_cells(settings, &result, output, err)) &&
                print_summary(settings, &result, format, err) &&
                tell(&result, columns_rows(corpus), err);

    robust_result_release(&result);
    return good;
}
