/*
 * traces_text - agreement of traces as text, CSV and JSON.
 */
#include <config.h>

#include <inttypes.h>

#include "common/report/traces_report.h"

static void put(struct table *table, struct estimate value)
{
    if (value.defined)
        table_put_number(table, value.value);
    else
        table_put_missing(table, "undefined");
}

static struct table *items_table(const struct traces_report *report)
{
    const struct curve_table *of = &report->view.table;
    struct table *table = table_new();

    table_column(table, "dimension", "dimension", TABLE_TEXT, 0);
    table_column(table, "item", "item", TABLE_TEXT, 0);
    table_column(table, "annotators", "who", TABLE_INT, 0);
    table_column(table, "seconds", "s", TABLE_NUMBER, 1);
    table_column(table, "ccc", "CCC", TABLE_NUMBER, 3);
    table_column(table, "pearson", "r", TABLE_NUMBER, 3);
    table_column(table, "lagged_ccc", "lagged", TABLE_NUMBER, 3);
    table_column(table, "cronbach_alpha", "Cronbach", TABLE_NUMBER, 3);
    table_column(table, "qa_agreement", "QA", TABLE_NUMBER, 3);
    table_column(table, "qa_alpha", "QA alpha", TABLE_NUMBER, 3);
    table_column(table, "qa_consensus", "trends", TABLE_NUMBER, 3);
    for (size_t p = 0; p < of->dimensions.count * of->items.count; p++) {
        const struct traces_piece *one = &report->piece[p];

        if (one->panel.points == 0)
            continue;
        table_begin_row(table);
        table_put_text(table, of->dimensions.item[p / of->items.count]);
        table_put_text(table, of->items.item[p % of->items.count]);
        table_put_int(table, (int64_t)one->panel.raters);
        table_put_number(table,
                         (double)(one->panel.points - 1) * one->panel.step);
        put(table, one->means.ccc);
        put(table, one->means.pearson);
        put(table, one->means.lagged);
        put(table, one->means.cronbach);
        put(table, one->qa.agreement);
        put(table, one->qa.alpha);
        put(table, one->qa.consensus);
    }
    return table;
}

static struct table *people_table(const struct traces_report *report)
{
    const struct curve_table *of = &report->view.table;
    size_t raters = of->raters.count;
    struct table *table = table_new();

    table_column(table, "dimension", "dimension", TABLE_TEXT, 0);
    table_column(table, "annotator", "annotator", TABLE_TEXT, 0);
    table_column(table, "items", "items", TABLE_INT, 0);
    table_column(table, "lag", "lag", TABLE_NUMBER, 2);
    table_column(table, "ccc", "CCC", TABLE_NUMBER, 3);
    table_column(table, "pearson", "r", TABLE_NUMBER, 3);
    table_column(table, "lagged_ccc", "lagged", TABLE_NUMBER, 3);
    table_column(table, "shift", "at s", TABLE_NUMBER, 2);
    table_column(table, "warp", "warped", TABLE_NUMBER, 3);
    table_column(table, "warp_p", "p", TABLE_NUMBER, 3);
    for (size_t c = 0; c < of->dimensions.count * raters; c++) {
        const struct traces_person *one = &report->person[c];

        if (one->items == 0)
            continue;
        table_begin_row(table);
        table_put_text(table, of->dimensions.item[c / raters]);
        table_put_text(table, of->raters.item[c % raters]);
        table_put_int(table, (int64_t)one->items);
        if (report->view.found && !report->view.found[c].lag.defined)
            table_put_missing(table, "undefined");
        else
            table_put_number(table, report->view.lag[c]);
        put(table, one->ccc);
        put(table, one->pearson);
        put(table, one->lagged);
        put(table, one->shift);
        put(table, one->warp);
        put(table, one->p);
    }
    return table;
}

static void put_means(const struct traces_report *report, struct buf *out)
{
    const struct text_list *names = &report->view.table.dimensions;

    for (size_t d = 0; d < names->count; d++) {
        double half;
        size_t count;
        struct estimate mean =
            traces_mean(report, d, TRACES_CCC, NULL, &half, &count);

        if (!mean.defined)
            buf_addf(out,
                     "%s: CCC undefined: no item has two traces that "
                     "vary\n",
                     names->item[d]);
        else if (count < 2)
            buf_addf(out, "%s: mean CCC %.3f of one item: no interval\n",
                     names->item[d], mean.value);
        else
            buf_addf(out,
                     "%s: mean CCC %.3f over %zu items, %g %% interval "
                     "[%.3f, %.3f] (t over items)\n",
                     names->item[d], mean.value, count,
                     100 * report->settings->level, mean.value - half,
                     mean.value + half);
    }
}

/* What is undefined, and why; lags at the end of the range. */
static void put_notes(const struct traces_report *report, struct buf *out)
{
    const struct curve_table *of = &report->view.table;
    size_t raters = of->raters.count;

    for (size_t p = 0; p < of->dimensions.count * of->items.count; p++) {
        const struct traces_piece *one = &report->piece[p];
        const char *item = of->items.item[p % of->items.count];

        if (one->panel.points == 0)
            buf_addf(out, "%s: %s\n", item, one->reason);
        else if (one->means.undefined > 0)
            buf_addf(out,
                     "%s, %s: %zu of %zu pairs have a constant trace, left "
                     "out\n",
                     item, of->dimensions.item[p / of->items.count],
                     one->means.undefined, one->means.pairs);
    }
    for (size_t c = 0; report->view.found && c < of->dimensions.count * raters;
         c++) {
        const struct curve_lag *lag = &report->view.found[c];

        if (!lag->lag.defined)
            buf_addf(out, "%s, %s: no lag, left as recorded: %s\n",
                     of->raters.item[c % raters],
                     of->dimensions.item[c / raters], lag->lag.reason);
    }
}

void traces_text(const struct traces_report *report, struct buf *out)
{
    struct table *table = items_table(report);

    buf_addf(out, "%s: ", report->name);
    curve_view_head(&report->view, &report->settings->look, out);
    buf_addf(out,
             "lagged: each pair at its best lag within %g s, less %g a second "
             "of lag;\nQA: falls and rises between %g s bins\n\n",
             report->settings->look.most, report->settings->penalty,
             report->settings->bin);
    table_print(table, OUTPUT_TEXT, out);
    table_free(table);
    put_means(report, out);
    if (report->person) {
        table = people_table(report);
        buf_addf(out,
                 "\neach against the mean of the others; warped within %g s, "
                 "against %" PRId64 " shifts\n",
                 report->settings->warp, report->settings->shifts);
        table_print(table, OUTPUT_TEXT, out);
        table_free(table);
    }
    put_notes(report, out);
}

static void put_mean_json(const struct traces_report *report,
                          struct json_writer *writer)
{
    const struct text_list *names = &report->view.table.dimensions;

    json_put_key(writer, "means");
    json_begin_list(writer);
    for (size_t d = 0; d < names->count; d++) {
        double half;
        size_t count;
        struct estimate mean =
            traces_mean(report, d, TRACES_CCC, NULL, &half, &count);

        json_begin_object(writer);
        json_pair_text(writer, "dimension", names->item[d]);
        json_pair_int(writer, "items", (int64_t)count);
        if (mean.defined)
            json_pair_number(writer, "ccc", mean.value);
        if (mean.defined && count > 1) {
            json_pair_number(writer, "low", mean.value - half);
            json_pair_number(writer, "high", mean.value + half);
        }
        json_end_object(writer);
    }
    json_end_list(writer);
}

void traces_json_object(const struct traces_report *report,
                        struct json_writer *writer)
{
    struct table *table = items_table(report);

    json_begin_object(writer);
    json_pair_text(writer, "source", report->name);
    curve_view_json(&report->view, &report->settings->look, writer);
    json_pair_number(writer, "penalty_per_s", report->settings->penalty);
    json_pair_number(writer, "qa_bin_s", report->settings->bin);
    json_pair_number(writer, "level", report->settings->level);
    json_put_key(writer, "items");
    table_put_json(table, writer);
    table_free(table);
    put_mean_json(report, writer);
    if (report->person) {
        table = people_table(report);
        json_pair_number(writer, "warp_s", report->settings->warp);
        json_pair_int(writer, "shifts", report->settings->shifts);
        json_put_key(writer, "annotators");
        table_put_json(table, writer);
        table_free(table);
    }
    json_end_object(writer);
}

void traces_csv(const struct traces_report *report, struct buf *out)
{
    struct table *table =
        report->person ? people_table(report) : items_table(report);

    table_print(table, OUTPUT_CSV, out);
    table_free(table);
}
