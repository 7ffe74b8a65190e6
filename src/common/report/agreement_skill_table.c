/*
 * agreement_skill_table - annotators two by two, against gold, over time.
 */
#include <config.h>

#include <stdlib.h>

#include "common/report/agreement_report.h"

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

/* "fear/joy 12": what the first and the second say, and how often. */
static void put_most(struct table *table, const struct ratings *r, size_t a,
                     size_t b, size_t times, const char *between)
{
    const struct text_list *names = &r->categories;
    struct buf text = { 0 };

    if (times == 0) {
        table_put_missing(table, NULL);
        return;
    }
    buf_addf(&text, "%s%s%s %zu", a < names->count ? names->item[a] : "(other)",
             between, names->item[b], times);
    table_put_text(table, buf_text(&text));
    buf_release(&text);
}

static struct table *pairs(const struct agreement_report *report)
{
    const struct ratings *r = report->ratings;
    bool numbers = has_numbers(report);
    struct table *table = table_new();
    const char *reason;
    size_t count;
    struct pair_part *part = agreement_pairs(r, &count, &reason);

    table_column(table, "first", "first", TABLE_TEXT, 0);
    table_column(table, "second", "second", TABLE_TEXT, 0);
    table_column(table, "items", "items", TABLE_INT, 0);
    table_column(table, "agreement", "agree", TABLE_NUMBER, 3);
    table_column(table, "kappa", "kappa", TABLE_NUMBER, 3);
    if (numbers) {
        table_column(table, "pearson", "r", TABLE_NUMBER, 3);
        table_column(table, "ccc", "CCC", TABLE_NUMBER, 3);
        table_column(table, "gap", "gap", TABLE_NUMBER, 3);
    }
    table_column(table, "most", "most often apart", TABLE_TEXT, 0);
    for (size_t i = 0; i < count; i++) {
        table_begin_row(table);
        table_put_text(table, r->raters.item[part[i].a]);
        table_put_text(table, r->raters.item[part[i].b]);
        table_put_int(table, (int64_t)part[i].items);
        put(table, part[i].agreement);
        put(table, part[i].kappa);
        if (numbers) {
            put(table, part[i].pearson);
            put(table, part[i].ccc);
            put(table, part[i].gap);
        }
        put_most(table, r, part[i].a_says, part[i].b_says, part[i].times, "/");
    }
    free(part);
    return table;
}

static struct table *confusions(const struct agreement_report *report)
{
    const struct ratings *r = report->ratings;
    struct table *table = table_new();
    const char *reason;
    size_t count;
    struct confusion_part *part = agreement_confusions(
        r, report->gold.code ? &report->gold : NULL, &count, &reason);

    table_column(table, "first", "first", TABLE_TEXT, 0);
    table_column(table, "second", "second", TABLE_TEXT, 0);
    table_column(table, "first_says", "first says", TABLE_TEXT, 0);
    table_column(table, "second_says", "second says", TABLE_TEXT, 0);
    table_column(table, "items", "items", TABLE_INT, 0);
    for (size_t i = 0; i < count; i++) {
        table_begin_row(table);
        table_put_text(table, part[i].a == AGREEMENT_GOLD
                                  ? "(gold)"
                                  : r->raters.item[part[i].a]);
        table_put_text(table, r->raters.item[part[i].b]);
        table_put_text(table, r->categories.item[part[i].a_says]);
        table_put_text(table, r->categories.item[part[i].b_says]);
        table_put_int(table, (int64_t)part[i].items);
    }
    free(part);
    return table;
}

static struct table *skill(const struct agreement_report *report)
{
    const struct ratings *r = report->ratings;
    bool numbers = has_numbers(report);
    struct table *table = table_new();
    size_t count = 0;
    struct skill_part *part =
        agreement_skill(r, &report->gold, report->settings->level, &count);

    table_column(table, "annotator", "annotator", TABLE_TEXT, 0);
    table_column(table, "items", "gold items", TABLE_INT, 0);
    table_column(table, "right", "right", TABLE_INT, 0);
    table_column(table, "accuracy", "accuracy", TABLE_NUMBER, 3);
    table_column(table, "low", "from", TABLE_NUMBER, 3);
    table_column(table, "high", "to", TABLE_NUMBER, 3);
    table_column(table, "kappa", "kappa", TABLE_NUMBER, 3);
    if (numbers) {
        table_column(table, "pearson", "r", TABLE_NUMBER, 3);
        table_column(table, "ccc", "CCC", TABLE_NUMBER, 3);
        table_column(table, "bias", "bias", TABLE_NUMBER, 3);
    }
    table_column(table, "most", "most often wrong", TABLE_TEXT, 0);
    for (size_t i = 0; i < count; i++) {
        table_begin_row(table);
        table_put_text(table, r->raters.item[part[i].rater]);
        table_put_int(table, (int64_t)part[i].items);
        table_put_int(table, (int64_t)part[i].right);
        put(table, part[i].accuracy);
        table_put_number(table, part[i].low);
        table_put_number(table, part[i].high);
        put(table, part[i].kappa);
        if (numbers) {
            put(table, part[i].pearson);
            put(table, part[i].ccc);
            put(table, part[i].bias);
        }
        put_most(table, r, part[i].gold_is, part[i].says, part[i].times, ">");
    }
    free(part);
    return table;
}

static struct table *over_time(const struct agreement_report *report)
{
    const struct ratings *r = report->ratings;
    bool numbers = has_numbers(report);
    struct table *table = table_new();
    size_t count;
    struct window_part *part = agreement_windows(
        r, report->moment, report->moments, report->windows, &count);

    table_column(table, "annotator", "annotator", TABLE_TEXT, 0);
    table_column(table, "window", "window", TABLE_INT, 0);
    table_column(table, "from", "from", TABLE_NUMBER, 2);
    table_column(table, "to", "to", TABLE_NUMBER, 2);
    table_column(table, "ratings", "ratings", TABLE_INT, 0);
    table_column(table, "agreement", "agree", TABLE_NUMBER, 3);
    if (numbers) {
        table_column(table, "bias", "bias", TABLE_NUMBER, 3);
        table_column(table, "error", "error", TABLE_NUMBER, 3);
    }
    for (size_t i = 0; i < count; i++) {
        table_begin_row(table);
        table_put_text(table, part[i].rater == RATINGS_NOBODY
                                  ? "(all)"
                                  : r->raters.item[part[i].rater]);
        table_put_int(table, (int64_t)part[i].window + 1);
        table_put_number(table, part[i].from);
        table_put_number(table, part[i].to);
        table_put_int(table, (int64_t)part[i].ratings);
        put(table, part[i].agreement);
        if (numbers) {
            put(table, part[i].bias);
            put(table, part[i].error);
        }
    }
    free(part);
    return table;
}

struct table *agreement_skill_table(const struct agreement_report *report)
{
    switch (report->per) {
    case PER_PAIR:
        return pairs(report);
    case PER_CONFUSION:
        return confusions(report);
    case PER_GOLD:
        return skill(report);
    default:
        return over_time(report);
    }
}
