/*
 * agreement_per - tables of annotators, labels and items.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "common/report/agreement_report.h"
#include "common/stat/agreement_parts.h"

static void put(struct table *table, struct estimate value)
{
    if (value.defined)
        table_put_number(table, value.value);
    else
        table_put_missing(table, "undefined");
}

static bool has_numbers(const struct agreement_report *report)
{
    return report->ratings->value && report->settings->scale != ALPHA_NOMINAL;
}

static struct rater_part *raters_of(const struct agreement_report *report,
                                    size_t *count)
{
    return agreement_raters(report->ratings, report->with_repeats,
                            report->settings, count);
}

/* Which columns a table of annotators has. */
struct rater_columns {
    bool numbers, reserved, again;
};

static void head_annotators(struct table *table, struct rater_columns has)
{
    table_column(table, "annotator", "annotator", TABLE_TEXT, 0);
    table_column(table, "ratings", "ratings", TABLE_INT, 0);
    if (has.reserved)
        table_column(table, "reserved", "reserved", TABLE_INT, 0);
    table_column(table, "agreement", "agree", TABLE_NUMBER, 3);
    table_column(table, "kappa", "kappa", TABLE_NUMBER, 3);
    table_column(table, "ac1", "AC1", TABLE_NUMBER, 3);
    if (has.numbers) {
        table_column(table, "pearson", "r", TABLE_NUMBER, 3);
        table_column(table, "ccc", "CCC", TABLE_NUMBER, 3);
        table_column(table, "bias", "bias", TABLE_NUMBER, 3);
    }
    table_column(table, "alpha_without", "without", TABLE_NUMBER, 3);
    if (has.again) {
        table_column(table, "repeated", "again", TABLE_INT, 0);
        table_column(table, "consistent", "same", TABLE_INT, 0);
    }
}

static void put_annotator(struct table *table, const char *name,
                          const struct rater_part *part,
                          struct rater_columns has)
{
    table_begin_row(table);
    table_put_text(table, name);
    table_put_int(table, (int64_t)part->ratings);
    if (has.reserved)
        table_put_int(table, (int64_t)part->reserved);
    put(table, part->agreement);
    put(table, part->kappa);
    put(table, part->ac1);
    if (has.numbers) {
        put(table, part->pearson);
        put(table, part->ccc);
        put(table, part->bias);
    }
    put(table, part->without);
    if (has.again) {
        table_put_int(table, (int64_t)part->repeated);
        table_put_int(table, (int64_t)part->consistent);
    }
}

static struct table *annotators(const struct agreement_report *report,
                                bool full)
{
    struct rater_columns has = {
        .numbers = has_numbers(report),
        .reserved = full || report->ratings->reserved_names.count > 0,
        .again = full || report->dropped > 0,
    };
    struct table *table = table_new();
    size_t count;
    struct rater_part *part = raters_of(report, &count);

    head_annotators(table, has);
    for (size_t g = 0; g < count; g++)
        put_annotator(table, report->ratings->raters.item[part[g].rater],
                      &part[g], has);
    free(part);
    return table;
}

static struct table *labels(const struct agreement_report *report)
{
    struct table *table = table_new();
    struct label_part *part = agreement_labels(report->ratings);

    table_column(table, "label", "label", TABLE_TEXT, 0);
    table_column(table, "ratings", "ratings", TABLE_INT, 0);
    table_column(table, "share", "share", TABLE_NUMBER, 3);
    table_column(table, "items", "items", TABLE_INT, 0);
    table_column(table, "specific", "specific", TABLE_NUMBER, 3);
    table_column(table, "kappa", "kappa", TABLE_NUMBER, 3);
    for (size_t c = 0; c < report->ratings->categories.count; c++) {
        table_begin_row(table);
        table_put_text(table, report->ratings->categories.item[c]);
        table_put_int(table, (int64_t)part[c].ratings);
        table_put_number(table, part[c].share);
        table_put_int(table, (int64_t)part[c].items);
        put(table, part[c].specific);
        put(table, part[c].kappa);
    }
    free(part);
    return table;
}

static struct table *items(const struct agreement_report *report)
{
    const struct ratings *r = report->ratings;
    bool numbers = has_numbers(report);
    struct table *table = table_new();
    size_t count, shown;
    struct item_part *part =
        agreement_items(r, report->settings->scale, &count);

    table_column(table, "item", "item", TABLE_TEXT, 0);
    table_column(table, "ratings", "ratings", TABLE_INT, 0);
    table_column(table, "reserved", "reserved", TABLE_INT, 0);
    table_column(table, "agreement", "agree", TABLE_NUMBER, 3);
    table_column(table, "entropy", "entropy", TABLE_NUMBER, 3);
    if (numbers)
        table_column(table, "sd", "sd", TABLE_NUMBER, 3);
    table_column(table, "mode", "most chosen", TABLE_TEXT, 0);
    table_column(table, "modes", "tied", TABLE_INT, 0);
    shown = report->top > 0 && report->top < count ? report->top : count;
    for (size_t i = 0; i < shown; i++) {
        table_begin_row(table);
        table_put_text(table, r->items.item[part[i].item]);
        table_put_int(table, (int64_t)part[i].ratings);
        table_put_int(table, (int64_t)part[i].reserved);
        put(table, part[i].agreement);
        table_put_number(table, part[i].entropy);
        if (numbers)
            put(table, part[i].sd);
        table_put_text(table, r->categories.item[part[i].mode]);
        table_put_int(table, (int64_t)part[i].modes);
    }
    free(part);
    return table;
}

struct table *agreement_per_table(const struct agreement_report *report,
                                  bool full)
{
    switch (report->per) {
    case PER_ANNOTATOR:
        return annotators(report, full);
    case PER_LABEL:
        return labels(report);
    case PER_ITEM:
        return items(report);
    case PER_PAIR:
    case PER_CONFUSION:
    case PER_GOLD:
    case PER_TIME:
        return agreement_skill_table(report);
    case PER_NONE:
        break;
    }
    return NULL;
}

static void note_rater(const char *name, const struct rater_part *part,
                       struct buf *out)
{
    if (part->shared == 0)
        buf_addf(out, "%s: no item was judged by somebody else too\n", name);
    else if (!part->kappa.defined)
        buf_addf(out,
                 "%s and the others used one and the same category: kappa "
                 "undefined (0/0)\n",
                 name);
    else if (part->used == 1 && part->ac1.defined)
        buf_addf(out,
                 "%s used one category: kappa is 0 by construction; agreement "
                 "%.0f %%, AC1 %.2f\n",
                 name, 100 * part->agreement.value, part->ac1.value);
}

void agreement_per_notes(const struct agreement_report *report, struct buf *out)
{
    struct rater_part *part;
    size_t count;

    if (report->per != PER_ANNOTATOR)
        return;
    part = raters_of(report, &count);
    for (size_t g = 0; g < count; g++)
        note_rater(report->ratings->raters.item[part[g].rater], &part[g], out);
    free(part);
}
