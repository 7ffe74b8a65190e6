/*
 * agreement_data - agreement as CSV and JSON.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "common/base/vec.h"
#include "common/report/agreement_report.h"

static void put_if(struct table *table, bool defined, double value)
{
    table_put_number(table, defined ? value : (double)NAN);
}

static void put_row(struct table *table, const struct agreement_report *report,
                    const struct agreement_group *group, enum coefficient_id id)
{
    const struct coefficient *one = &group->agreement.of[id];

    table_begin_row(table);
    table_put_text(table, group->by);
    table_put_text(table, group->name);
    table_put_text(table, coefficient_name(id));
    table_put_text(table,
                   coefficient_title(id, &group->agreement, report->settings));
    put_if(table, one->value.defined, one->value.value);
    table_put_text(table, one->value.reason);
    table_put_text(table, one->analytic);
    put_if(table, one->analytic != NULL, one->low);
    put_if(table, one->analytic != NULL, one->high);
    put_if(table, one->jackknife.defined, one->jackknife.low);
    put_if(table, one->jackknife.defined, one->jackknife.high);
    put_if(table, one->jackknife.defined, one->jackknife.df);
    put_if(table, one->bootstrap.defined, one->bootstrap.low);
    put_if(table, one->bootstrap.defined, one->bootstrap.high);
    table_put_int(table, (int64_t)one->bootstrap.resamples);
    table_put_int(table, (int64_t)one->items);
    put_if(table, one->k > 0, one->k);
    if (one->pairs > 0)
        table_put_int(table, (int64_t)one->pairs);
    else
        table_put_missing(table, NULL);
}

/* The coefficients of one group, or (NULL) of all. */
static struct table *coefficients(const struct agreement_report *report,
                                  const struct agreement_group *only)
{
    static const struct {
        const char *key;
        enum table_kind kind;
    } heads[] = {
        { "by", TABLE_TEXT },
        { "group", TABLE_TEXT },
        { "coefficient", TABLE_TEXT },
        { "title", TABLE_TEXT },
        { "value", TABLE_NUMBER },
        { "reason", TABLE_TEXT },
        { "formula", TABLE_TEXT },
        { "low", TABLE_NUMBER },
        { "high", TABLE_NUMBER },
        { "jackknife_low", TABLE_NUMBER },
        { "jackknife_high", TABLE_NUMBER },
        { "jackknife_df", TABLE_NUMBER },
        { "bootstrap_low", TABLE_NUMBER },
        { "bootstrap_high", TABLE_NUMBER },
        { "resamples", TABLE_INT },
        { "items", TABLE_INT },
        { "k", TABLE_NUMBER },
        { "pairs", TABLE_INT },
    };
    struct table *table = table_new();

    for (size_t i = 0; i < LENGTH_OF(heads); i++)
        table_column(table, heads[i].key, heads[i].key, heads[i].kind, 4);
    for (size_t g = 0; g < report->groups.count; g++) {
        const struct agreement_group *group = &report->groups.item[g];

        for (size_t i = 0; i < COEFFICIENT_COUNT; i++)
            if ((!only || only == group) && group->agreement.of[i].fits)
                put_row(table, report, group, (enum coefficient_id)i);
    }
    return table;
}

void agreement_csv(const struct agreement_report *report, struct buf *out)
{
    struct table *table = agreement_per_table(report, true);

    if (!table)
        table = coefficients(report, NULL);
    table_print(table, OUTPUT_CSV, out);
    table_free(table);
}

static void put_reserved(const struct agreement_report *report,
                         struct json_writer *writer)
{
    const struct ratings *r = report->ratings;
    size_t *count = xcalloc(r->reserved_names.count + 1, sizeof(*count));

    for (size_t k = 0; k < r->reserved_start[r->items.count]; k++)
        count[r->reserved[k].code]++;
    json_put_key(writer, "reserved");
    json_begin_object(writer);
    for (size_t c = 0; c < r->reserved_names.count; c++)
        json_pair_int(writer, r->reserved_names.item[c], (int64_t)count[c]);
    json_end_object(writer);
    json_pair_text(writer, "reserved_treatment", "left out as if not given");
    free(count);
}

static void put_group(const struct agreement_report *report,
                      const struct agreement_group *group,
                      struct json_writer *writer)
{
    const struct agreement *agreement = &group->agreement;
    struct table *table = coefficients(report, group);

    json_begin_object(writer);
    json_pair_text(writer, "by", group->by);
    json_pair_text(writer, "group", group->name);
    json_pair_int(writer, "items", (int64_t)agreement->items);
    json_pair_int(writer, "items_with_two", (int64_t)agreement->pairable);
    json_pair_int(writer, "items_complete", (int64_t)agreement->complete);
    json_pair_int(writer, "annotators", (int64_t)agreement->raters);
    json_pair_int(writer, "ratings", (int64_t)agreement->ratings);
    json_pair_int(writer, "jackknife_clusters", (int64_t)agreement->clusters);
    json_put_key(writer, "coefficients");
    table_put_json(table, writer);
    json_put_key(writer, "permutation");
    if (agreement->tested) {
        json_begin_object(writer);
        json_pair_text(writer, "coefficient", "alpha");
        json_pair_number(writer, "p", agreement->p);
        json_pair_int(writer, "permutations", agreement->permutations);
        json_end_object(writer);
    } else {
        json_put_null(writer);
    }
    json_end_object(writer);
    table_free(table);
}

void agreement_json_object(const struct agreement_report *report,
                           struct json_writer *writer)
{
    static const char *const per_keys[] = {
        NULL,    "annotators", "hardest_items", "labels",
        "pairs", "confusions", "gold",          "windows"
    };
    const struct agreement_settings *settings = report->settings;
    struct table *table = agreement_per_table(report, true);

    json_begin_object(writer);
    json_pair_text(writer, "source", report->source);
    json_pair_text(writer, "scale", alpha_metric_names[settings->scale]);
    json_pair_text(writer, "weights",
                   agree_weighting_names[settings->weighting]);
    json_pair_text(writer, "agreement_of_values", report->weights);
    json_pair_text(writer, "jackknife_over",
                   settings->over_raters ? "annotators" : "items");
    json_pair_number(writer, "level", settings->level);
    json_pair_text(writer, "cluster",
                   report->cluster ? report->cluster : "item");
    json_put_key(writer, "bootstrap_limits");
    if (agreement_limits(report))
        json_put_text(writer, agreement_limits(report));
    else
        json_put_null(writer);
    json_pair_int(writer, "seed", (int64_t)settings->seed);
    json_put_key(writer, "values");
    json_begin_list(writer);
    for (size_t c = 0; c < report->ratings->categories.count; c++)
        json_put_text(writer, report->ratings->categories.item[c]);
    json_end_list(writer);
    put_reserved(report, writer);
    json_pair_int(writer, "repeats_left_out", (int64_t)report->dropped);
    json_put_key(writer, "parts");
    json_begin_list(writer);
    for (size_t g = 0; g < report->groups.count; g++)
        put_group(report, &report->groups.item[g], writer);
    json_end_list(writer);
    if (table) {
        json_put_key(writer, per_keys[report->per]);
        table_put_json(table, writer);
        table_free(table);
    }
    json_end_object(writer);
}

void agreement_json(const struct agreement_report *report, struct buf *out)
{
    struct json_writer writer;

    json_writer_init(&writer, out, 2);
    agreement_json_object(report, &writer);
    buf_add_char(out, '\n');
}
