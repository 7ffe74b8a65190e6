/*
 * segments_text - agreement of segments as text, CSV and JSON.
 */
#include <config.h>

#include "common/base/utf8.h"
#include "common/report/segments_report.h"

const char *const segments_keys[SEGMENTS_VALUES] = {
    "percent_time", "kappa_time", "alpha_time", "kappa_units",
    "alpha_units",  "f1",         "f1_label"
};

const char *const segments_titles[SEGMENTS_VALUES] = {
    "agreement of time", "kappa of time",  "alpha of time",
    "kappa of units",    "alpha of units", "F1",
    "F1, same label"
};

static void put(struct table *table, struct estimate value)
{
    if (value.defined)
        table_put_number(table, value.value);
    else
        table_put_missing(table, "undefined");
}

static void put_value(const struct segments_tier *tier, size_t v,
                      struct buf *out)
{
    const struct interval *interval = &tier->interval[v];
    int width = utf8_width(segments_titles[v]);

    buf_add_text(out, segments_titles[v]);
    for (; width < 20; width++)
        buf_add_char(out, ' ');
    if (!tier->value[v].defined)
        buf_addf(out, "undefined: %s\n", tier->value[v].reason);
    else if (interval->defined)
        buf_addf(out, "%7.4f  [%.3f, %.3f]\n", tier->value[v].value,
                 interval->low, interval->high);
    else
        buf_addf(out, "%7.4f  no interval: %s\n", tier->value[v].value,
                 interval->reason ? interval->reason : "too few items");
}

static struct table *curve_table(const struct segments_point *point,
                                 size_t count, bool overlap)
{
    struct table *table = table_new();

    table_column(table, overlap ? "overlap" : "tolerance",
                 overlap ? "IoU at least" : "borders within s", TABLE_NUMBER,
                 overlap ? 1 : 2);
    table_column(table, "f1", "F1", TABLE_NUMBER, 3);
    table_column(table, "f1_label", "same label", TABLE_NUMBER, 3);
    table_column(table, "pairs", "pairs", TABLE_INT, 0);
    table_column(table, "kappa", "kappa of labels", TABLE_NUMBER, 3);
    for (size_t p = 0; p < count; p++) {
        table_begin_row(table);
        table_put_number(table, overlap ? point[p].rule.overlap
                                        : point[p].rule.tolerance);
        put(table, point[p].f1);
        put(table, point[p].f1_label);
        table_put_int(table, (int64_t)point[p].pairs);
        put(table, point[p].kappa);
    }
    return table;
}

static void print_curve(const struct segments_point *point, size_t count,
                        bool overlap, struct buf *out)
{
    struct table *table = curve_table(point, count, overlap);

    buf_add_char(out, '\n');
    table_print(table, OUTPUT_TEXT, out);
    table_free(table);
}

static void print_tier(const struct segments_report *report, size_t t,
                       struct buf *out)
{
    const struct segments_tier *tier = &report->tier[t];
    const char *name = report->table.tiers.item[t];

    buf_addf(out, "\n%s%s%zu items with two annotators, %.4g s, %zu segments\n",
             name, *name ? ": " : "", tier->items, tier->seconds,
             tier->segments);
    for (size_t v = 0; v < SEGMENTS_VALUES; v++)
        put_value(tier, v, out);
    if (tier->unitised.value.defined)
        buf_addf(out,
                 "alpha_U             %7.4f  %zu items that all judged, end to "
                 "end, in ms\n",
                 tier->unitised.value.value, tier->unitised_items);
    else
        buf_addf(out, "alpha_U             undefined: %s\n",
                 tier->unitised.value.reason);
    print_curve(tier->overlap, SEGMENTS_OVERLAPS, true, out);
    print_curve(tier->tolerance, SEGMENTS_TOLERANCES, false, out);
}

static const char *why(const struct segments_lone *one)
{
    if (!one->near)
        return "nothing there";
    return one->taken ? "the nearest is another's" : "too little overlap";
}

static struct table *lone_table(const struct segments_report *report)
{
    const struct stretch_table *of = &report->table;
    size_t top = report->settings->top;
    struct table *table = table_new();

    table_column(table, "item", "item", TABLE_TEXT, 0);
    table_column(table, "tier", "tier", TABLE_TEXT, 0);
    table_column(table, "annotator", "annotator", TABLE_TEXT, 0);
    table_column(table, "start", "start", TABLE_NUMBER, 2);
    table_column(table, "end", "end", TABLE_NUMBER, 2);
    table_column(table, "label", "label", TABLE_TEXT, 0);
    table_column(table, "other", "not by", TABLE_TEXT, 0);
    table_column(table, "overlap", "IoU", TABLE_NUMBER, 2);
    table_column(table, "nearest_label", "nearest", TABLE_TEXT, 0);
    table_column(table, "why", "why", TABLE_TEXT, 0);
    for (size_t i = 0; i < report->lone.count && (top == 0 || i < top); i++) {
        const struct segments_lone *one = &report->lone.item[i];

        table_begin_row(table);
        table_put_text(table, of->items.item[one->item]);
        table_put_text(table, of->tiers.item[one->tier]);
        table_put_text(table, of->raters.item[one->rater]);
        table_put_number(table, one->stretch->start);
        table_put_number(table, one->stretch->end);
        table_put_text(table, of->labels.item[one->stretch->label]);
        table_put_text(table, of->raters.item[one->other]);
        table_put_number(table, one->overlap);
        table_put_text(table,
                       one->near ? of->labels.item[one->near->label] : NULL);
        table_put_text(table, why(one));
    }
    return table;
}

static void print_head(const struct segments_report *report, struct buf *out)
{
    const struct stretch_table *of = &report->table;

    buf_addf(out,
             "%s: %zu item%s, %zu annotator%s, %zu tier%s, %zu segments of "
             "%zu labels\n",
             report->name, of->items.count, of->items.count == 1 ? "" : "s",
             of->raters.count, of->raters.count == 1 ? "" : "s",
             of->tiers.count, of->tiers.count == 1 ? "" : "s", of->stretches,
             of->labels.count);
    buf_addf(out, "an item lasts from 0 to %s\n",
             of->has_duration ? "its duration" : "the last end in it");
    if (of->overlaps > 0)
        buf_addf(out,
                 "%zu segments overlap one before them by the same annotator: "
                 "in time the later counts\n",
                 of->overlaps);
    buf_addf(out,
             "time to the instant, and in units of %g s; F1 of pairs with IoU "
             "%g or more;\n%g %% intervals: jackknife-t over %s%s\n",
             report->settings->unit, report->settings->overlap,
             100 * report->settings->level,
             report->cluster ? "groups of items, by " : "items",
             report->cluster ? report->cluster_name : "");
}

static void print_further(struct table *table, struct buf *out)
{
    if (!table)
        return;
    buf_add_char(out, '\n');
    table_print(table, OUTPUT_TEXT, out);
    table_free(table);
}

void segments_text(const struct segments_report *report, struct buf *out)
{
    print_head(report, out);
    for (size_t t = 0; t < report->table.tiers.count; t++)
        print_tier(report, t, out);
    if (report->settings->per == SEGMENTS_PER_UNMATCHED) {
        struct table *table = lone_table(report);

        buf_addf(out, "\n%zu segments without a partner at IoU %g\n",
                 report->lone.count, report->settings->overlap);
        table_print(table, OUTPUT_TEXT, out);
        table_free(table);
    }
    print_further(segments_per_table(report), out);
    print_further(segments_group_table(report), out);
}

static struct table *values_table(const struct segments_report *report,
                                  size_t only)
{
    struct table *table = table_new();

    table_column(table, "tier", "tier", TABLE_TEXT, 0);
    table_column(table, "coefficient", "coefficient", TABLE_TEXT, 0);
    table_column(table, "value", "value", TABLE_NUMBER, 4);
    table_column(table, "reason", "reason", TABLE_TEXT, 0);
    table_column(table, "low", "low", TABLE_NUMBER, 4);
    table_column(table, "high", "high", TABLE_NUMBER, 4);
    for (size_t t = 0; t < report->table.tiers.count; t++) {
        const struct segments_tier *tier = &report->tier[t];

        if (only != SIZE_MAX && only != t)
            continue;
        for (size_t v = 0; v <= SEGMENTS_VALUES; v++) {
            bool unitised = v == SEGMENTS_VALUES;
            struct estimate value =
                unitised ? tier->unitised.value : tier->value[v];
            const struct interval *interval =
                unitised ? NULL : &tier->interval[v];

            table_begin_row(table);
            table_put_text(table, report->table.tiers.item[t]);
            table_put_text(table, unitised ? "alpha_u" : segments_keys[v]);
            put(table, value);
            table_put_text(table, value.reason);
            if (interval && interval->defined) {
                table_put_number(table, interval->low);
                table_put_number(table, interval->high);
            } else {
                table_put_missing(table, NULL);
                table_put_missing(table, NULL);
            }
        }
    }
    return table;
}

static void put_list(struct json_writer *writer, const char *key,
                     struct table *table)
{
    json_put_key(writer, key);
    table_put_json(table, writer);
    table_free(table);
}

void segments_json_object(const struct segments_report *report,
                          struct json_writer *writer)
{
    json_begin_object(writer);
    json_pair_text(writer, "source", report->name);
    json_pair_int(writer, "items", (int64_t)report->table.items.count);
    json_pair_int(writer, "annotators", (int64_t)report->table.raters.count);
    json_pair_int(writer, "segments", (int64_t)report->table.stretches);
    json_pair_int(writer, "overlapping", (int64_t)report->table.overlaps);
    json_pair_number(writer, "unit_s", report->settings->unit);
    json_pair_number(writer, "overlap", report->settings->overlap);
    json_pair_number(writer, "level", report->settings->level);
    json_pair_text(writer, "cluster",
                   report->cluster ? report->cluster_name : "item");
    json_put_key(writer, "tiers");
    json_begin_list(writer);
    for (size_t t = 0; t < report->table.tiers.count; t++) {
        const struct segments_tier *tier = &report->tier[t];

        json_begin_object(writer);
        json_pair_text(writer, "tier", report->table.tiers.item[t]);
        json_pair_int(writer, "items", (int64_t)tier->items);
        json_pair_number(writer, "seconds", tier->seconds);
        put_list(writer, "coefficients", values_table(report, t));
        put_list(writer, "overlap_curve",
                 curve_table(tier->overlap, SEGMENTS_OVERLAPS, true));
        put_list(writer, "tolerance_curve",
                 curve_table(tier->tolerance, SEGMENTS_TOLERANCES, false));
        json_end_object(writer);
    }
    json_end_list(writer);
    if (report->settings->per == SEGMENTS_PER_UNMATCHED)
        put_list(writer, "unmatched", lone_table(report));
    if (report->settings->per > SEGMENTS_PER_UNMATCHED)
        put_list(writer,
                 report->settings->per == SEGMENTS_PER_LABEL ? "labels"
                                                             : "annotator_rows",
                 segments_per_table(report));
    if (report->groups.count > 0)
        put_list(writer, "groups", segments_group_table(report));
    json_end_object(writer);
}

void segments_csv(const struct segments_report *report, struct buf *out)
{
    struct table *table = report->groups.count > 0
                              ? segments_group_table(report)
                              : segments_per_table(report);

    if (!table)
        table = report->settings->per == SEGMENTS_PER_UNMATCHED
                    ? lone_table(report)
                    : values_table(report, SIZE_MAX);
    table_print(table, OUTPUT_CSV, out);
    table_free(table);
}
