/*
 * aggregate_traces - see aggregate_traces.h.
 */
#include <config.h>

#include "eval/aggregate_traces.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/file/columns.h"
#include "common/stat/curve_fuse.h"
#include "common/stat/describe.h"

struct fusion {
    const struct aggregate_traces *settings;
    const char *name;
    struct curve_view view;
    struct curve_panel *panel;   /* owned; [dimension * items + item] */
    const char **reason;         /* owned; why a panel has no points */
    struct curve_weight *weight; /* owned; [dimension * raters + rater] */
    size_t points, lost; /* written; panels whose raters all weigh nothing */
};

static bool prepare(struct fusion *fusion, struct error *err)
{
    const struct curve_table *table = &fusion->view.table;
    size_t items = table->items.count, raters = table->raters.count;
    size_t dimensions = table->dimensions.count;

    fusion->panel = xcalloc(dimensions * items + 1, sizeof(*fusion->panel));
    fusion->reason = xcalloc(dimensions * items + 1, sizeof(*fusion->reason));
    fusion->weight = xcalloc(dimensions * raters + 1, sizeof(*fusion->weight));
    for (size_t p = 0; p < dimensions * items; p++) {
        size_t d = p / items;

        if (!interrupt_check(err))
            return false;
        if (!curve_panel_init(&fusion->panel[p], curve_at(table, d, p % items),
                              fusion->view.lag + d * raters, raters,
                              fusion->settings->source->look.rate,
                              &fusion->reason[p]))
            fusion->panel[p].points = 0;
    }
    for (size_t d = 0; d < dimensions; d++)
        curve_weights(fusion->panel + d * items, items, raters,
                      fusion->settings->leave_one_out,
                      fusion->weight + d * raters);
    return true;
}

/* Rows of one panel. */
static void put_panel(struct fusion *fusion, size_t p, struct columns *out)
{
    const struct curve_table *table = &fusion->view.table;
    const struct curve_panel *panel = &fusion->panel[p];
    size_t raters = table->raters.count, d = p / table->items.count;
    double *value = xcalloc(2 * panel->points + 1, sizeof(*value));
    double *weight = xcalloc(raters + 1, sizeof(*weight));

    for (size_t r = 0; r < raters; r++)
        weight[r] = fusion->weight[d * raters + r].weight;
    if (curve_fuse(panel,
                   fusion->settings->rule == CONSENSUS_EWE ? weight : NULL,
                   value, value + panel->points)) {
        for (size_t k = 0; k < panel->points; k++) {
            size_t row = columns_add_row(out);
            double t = panel->start + (double)k * panel->step;

            columns_set(out, row, 0, table->items.item[p % table->items.count]);
            columns_set(out, row, 1, table->dimensions.item[d]);
            columns_set_number(out, row, 2, round(t * 1e6) / 1e6);
            columns_set_number(out, row, 3, value[k]);
            columns_set_number(out, row, 4,
                               panel->raters > 1 ? value[panel->points + k]
                                                 : (double)NAN);
            columns_set_number(out, row, 5, (double)panel->raters);
        }
        fusion->points += panel->points;
    } else {
        fusion->lost++;
    }
    free(value);
    free(weight);
}

static struct columns *labels(struct fusion *fusion)
{
    static const char *const names[] = { "item",  "dimension", "time",
                                         "value", "sd",        "annotators" };
    const struct curve_table *table = &fusion->view.table;
    struct columns *out = columns_new();
    struct buf note = { 0 };

    columns_set_note(out, "rule", consensus_rule_names[fusion->settings->rule]);
    columns_set_note(out, "align",
                     curve_align_names[fusion->settings->source->look.align]);
    buf_addf(&note, "%g", fusion->settings->source->look.rate);
    columns_set_note(out, "rate_hz", buf_text(&note));
    buf_release(&note);
    for (size_t c = 0; c < sizeof(names) / sizeof(*names); c++)
        columns_add(out, names[c]);
    for (size_t p = 0; p < table->dimensions.count * table->items.count; p++)
        if (fusion->panel[p].points > 0)
            put_panel(fusion, p, out);
    return out;
}

static struct columns *people(const struct fusion *fusion)
{
    static const char *const names[] = { "annotator", "dimension", "items",
                                         "lag",       "r",         "weight",
                                         "fit_at_0",  "fit_at_lag" };
    const struct curve_table *table = &fusion->view.table;
    const struct curve_lag *found = fusion->view.found;
    size_t raters = table->raters.count;
    struct columns *out = columns_new();

    for (size_t c = 0; c < sizeof(names) / sizeof(*names); c++)
        columns_add(out, names[c]);
    for (size_t c = 0; c < table->dimensions.count * raters; c++) {
        const struct curve_weight *one = &fusion->weight[c];
        bool ewe = fusion->settings->rule == CONSENSUS_EWE;
        size_t row;

        if (one->items == 0)
            continue;
        row = columns_add_row(out);
        columns_set(out, row, 0, table->raters.item[c % raters]);
        columns_set(out, row, 1, table->dimensions.item[c / raters]);
        columns_set_number(out, row, 2, (double)one->items);
        columns_set_number(out, row, 3, fusion->view.lag[c]);
        columns_set_number(out, row, 4,
                           one->r.defined ? one->r.value : (double)NAN);
        columns_set_number(out, row, 5, ewe ? one->weight : 1);
        if (found && found[c].lag.defined) {
            columns_set_number(out, row, 6, found[c].at_zero);
            columns_set_number(out, row, 7, found[c].at_lag);
        }
    }
    return out;
}

static void say_dimension(const struct fusion *fusion, size_t d,
                          struct buf *out)
{
    const struct curve_table *table = &fusion->view.table;
    size_t raters = table->raters.count, count = 0, nothing = 0;
    double *weight = xcalloc(raters + 1, sizeof(*weight));

    for (size_t r = 0; r < raters; r++) {
        const struct curve_weight *one = &fusion->weight[d * raters + r];

        if (one->items == 0)
            continue;
        weight[count++] = one->weight;
        nothing += !(one->weight > 0);
    }
    describe_sort(weight, count);
    if (count > 0)
        buf_addf(out,
                 "%s: weights median %.3f, from %.3f to %.3f; %zu of %zu weigh "
                 "nothing\n",
                 table->dimensions.item[d],
                 describe_quantile(weight, count, 0.5).value, weight[0],
                 weight[count - 1], nothing, count);
    free(weight);
}

static void say_text(const struct fusion *fusion, struct buf *out)
{
    const struct curve_table *table = &fusion->view.table;
    size_t items = table->items.count;

    buf_addf(out, "%s: %s, ", fusion->name,
             consensus_rule_names[fusion->settings->rule]);
    curve_view_head(&fusion->view, &fusion->settings->source->look, out);
    buf_addf(out, "%zu points written\n", fusion->points);
    for (size_t d = 0; d < table->dimensions.count; d++)
        if (fusion->settings->rule == CONSENSUS_EWE)
            say_dimension(fusion, d, out);
    for (size_t p = 0; p < table->dimensions.count * items; p++)
        if (fusion->panel[p].points == 0)
            buf_addf(out, "%s, %s: left out: %s\n",
                     table->items.item[p % items],
                     table->dimensions.item[p / items], fusion->reason[p]);
    if (fusion->lost > 0)
        buf_addf(out, "%zu left out: all annotators weigh nothing\n",
                 fusion->lost);
}

static void say_json(const struct fusion *fusion, struct buf *out)
{
    struct json_writer writer;

    json_writer_init(&writer, out, 2);
    json_begin_object(&writer);
    json_pair_text(&writer, "source", fusion->name);
    json_pair_text(&writer, "rule",
                   consensus_rule_names[fusion->settings->rule]);
    json_pair_bool(&writer, "leave_one_out", fusion->settings->leave_one_out);
    curve_view_json(&fusion->view, &fusion->settings->source->look, &writer);
    json_pair_int(&writer, "points", (int64_t)fusion->points);
    json_pair_int(&writer, "left_out", (int64_t)fusion->lost);
    json_end_object(&writer);
    buf_add_char(out, '\n');
}

/* To standard output, or beside it when the traces are there. */
static bool say(const struct fusion *fusion, struct error *err)
{
    struct buf out = { 0 };
    bool good = true;

    if (fusion->settings->format == OUTPUT_TEXT)
        say_text(fusion, &out);
    else
        say_json(fusion, &out);
    if (text_equal(fusion->settings->output, "-"))
        fputs(buf_text(&out), stderr);
    else
        good = output_write(&out, err);
    buf_release(&out);
    return good;
}

static bool write_tables(struct fusion *fusion, struct error *err)
{
    struct columns *out = labels(fusion);
    bool good = columns_write(out, fusion->settings->output, err);

    columns_free(out);
    if (good && fusion->settings->weights) {
        out = people(fusion);
        good = columns_write(out, fusion->settings->weights, err);
        columns_free(out);
    }
    return good;
}

bool aggregate_traces(const struct aggregate_traces *settings, int argc,
                      char **argv, struct error *err)
{
    struct fusion fusion = { .settings = settings,
                             .name = argc > 1 ? "traces" : argv[0] };
    const struct curve_table *table = &fusion.view.table;
    bool good = false;

    if (settings->rule != CONSENSUS_MEAN && settings->rule != CONSENSUS_EWE)
        return error_set(err, ERROR_USAGE,
                         "--traces are fused by --rule mean or ewe");
    if (curve_source_read(settings->source, settings->ratings, argv,
                          argc > 0 ? (size_t)argc : 0, &fusion.view, err))
        good = prepare(&fusion, err) && write_tables(&fusion, err) &&
               say(&fusion, err);
    for (size_t p = 0;
         fusion.panel && p < table->dimensions.count * table->items.count; p++)
        curve_panel_release(&fusion.panel[p]);
    free(fusion.panel);
    free(fusion.reason);
    free(fusion.weight);
    curve_view_release(&fusion.view);
    return good;
}
