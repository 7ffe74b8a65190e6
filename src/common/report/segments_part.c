/*
 * segments_part - agreement of segments in a part: of one annotator, of one
 * label, of some items.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/report/segments_report.h"

struct part_sums {
    struct stretch_sums time;
    double segments, pairs, same;
};

/* The row's marks, of one label only where one is asked for. */
static struct stretch *of_label(struct stretch_row *row, uint32_t label)
{
    struct stretch *copy;
    size_t n = 0;

    if (label == UINT32_MAX)
        return NULL;
    copy = xcalloc(row->n + 1, sizeof(*copy));
    for (size_t i = 0; i < row->n; i++)
        if (row->item[i].label == label) {
            copy[n] = row->item[i];
            copy[n++].label = 0;
        }
    row->item = copy;
    row->n = n;
    return copy;
}

/* F1 of the pair. */
static void match(const struct segments_report *report,
                  const struct stretch_row *a, const struct stretch_row *b,
                  struct part_sums *sums)
{
    const struct stretch_rule rule = { .overlap = report->settings->overlap };
    size_t *partner = xcalloc(a->n + 1, sizeof(*partner));

    sums->segments += (double)(a->n + b->n);
    sums->pairs +=
        (double)stretch_match(a->item, a->n, b->item, b->n, &rule, partner);
    for (size_t i = 0; i < a->n; i++)
        sums->same += partner[i] != SIZE_MAX &&
                      a->item[i].label == b->item[partner[i]].label;
    free(partner);
}

/* One item's rows, with nothing in them but what the filter leaves. */
static bool add_item(const struct segments_report *report, size_t item,
                     const struct stretch_row *row, size_t rater,
                     struct part_sums *sums)
{
    size_t raters = report->table.raters.count;
    double length = report->table.length[item];
    bool any = false;

    for (size_t a = 0; a < raters; a++)
        for (size_t b = a + 1; b < raters; b++) {
            bool turned = rater == b; /* hers is the first row */
            struct stretch_row pair[2] = { row[turned ? b : a],
                                           row[turned ? a : b] };

            if (!row[a].judged || !row[b].judged ||
                (rater != SIZE_MAX && rater != a && !turned))
                continue;
            any = true;
            match(report, &pair[0], &pair[1], sums);
            if (rater != SIZE_MAX)
                stretch_sums_add(&sums->time, pair, length, 0, 1);
        }
    if (any && rater == SIZE_MAX)
        stretch_sums_add(&sums->time, row, length, 0, 1);
    return any;
}

static void read(const struct part_sums *sums, struct segments_part *out)
{
    static const char none[] = "nobody marked anything";
    struct stretch_agreement time = stretch_read(&sums->time, true);

    out->percent = time.percent;
    out->kappa = time.kappa;
    out->alpha = time.alpha;
    out->f1 = estimate_ratio(2 * sums->pairs, sums->segments, none);
    out->f1_label = estimate_ratio(2 * sums->same, sums->segments, none);
}

struct segments_part segments_part_of(const struct segments_report *report,
                                      size_t tier,
                                      const struct segments_filter *filter)
{
    const struct stretch_table *table = &report->table;
    size_t raters = table->raters.count;
    struct stretch_row *row = xcalloc(raters + 1, sizeof(*row));
    struct stretch **own = xcalloc(raters + 1, sizeof(struct stretch *));
    struct segments_part out = { 0 };
    struct part_sums sums = { 0 };

    stretch_sums_init(&sums.time, filter->rater == SIZE_MAX ? raters : 2,
                      filter->label == UINT32_MAX ? table->labels.count : 1);
    for (size_t i = 0; i < table->items.count; i++) {
        if (filter->keep && !filter->keep[i])
            continue;
        for (size_t r = 0; r < raters; r++) {
            row[r] = stretch_at(table, tier, i)[r];
            own[r] = of_label(&row[r], filter->label);
            if (filter->rater == SIZE_MAX || filter->rater == r)
                out.segments += row[r].n;
        }
        out.items += add_item(report, i, row, filter->rater, &sums);
        for (size_t r = 0; r < raters; r++)
            free(own[r]);
    }
    read(&sums, &out);
    stretch_sums_release(&sums.time);
    free(own);
    free(row);
    return out;
}

static void put(struct table *table, struct estimate value)
{
    if (value.defined)
        table_put_number(table, value.value);
    else
        table_put_missing(table, "undefined");
}

static void put_row(struct table *table, const struct segments_report *report,
                    size_t tier, const char *by, const char *name,
                    const struct segments_filter *filter)
{
    struct segments_part part = segments_part_of(report, tier, filter);

    table_begin_row(table);
    table_put_text(table, report->table.tiers.item[tier]);
    if (by)
        table_put_text(table, by);
    table_put_text(table, name);
    table_put_int(table, (int64_t)part.items);
    table_put_int(table, (int64_t)part.segments);
    put(table, part.percent);
    put(table, part.kappa);
    put(table, part.alpha);
    put(table, part.f1);
    if (filter->label == UINT32_MAX)
        put(table, part.f1_label);
}

static struct table *head(bool by, const char *what, bool label)
{
    struct table *table = table_new();

    table_column(table, "tier", "tier", TABLE_TEXT, 0);
    if (by)
        table_column(table, "by", "by", TABLE_TEXT, 0);
    table_column(table, what, what, TABLE_TEXT, 0);
    table_column(table, "items", "items", TABLE_INT, 0);
    table_column(table, "segments", "segments", TABLE_INT, 0);
    table_column(table, "percent_time", "agree", TABLE_NUMBER, 3);
    table_column(table, "kappa_time", "kappa", TABLE_NUMBER, 3);
    table_column(table, "alpha_time", "alpha", TABLE_NUMBER, 3);
    table_column(table, "f1", "F1", TABLE_NUMBER, 3);
    if (!label)
        table_column(table, "f1_label", "F1, label", TABLE_NUMBER, 3);
    return table;
}

struct table *segments_per_table(const struct segments_report *report)
{
    const struct stretch_table *of = &report->table;
    bool labels = report->settings->per == SEGMENTS_PER_LABEL;
    const struct text_list *names = labels ? &of->labels : &of->raters;
    struct table *table;

    if (!labels && report->settings->per != SEGMENTS_PER_ANNOTATOR)
        return NULL;
    table = head(false, labels ? "label" : "annotator", labels);
    for (size_t t = 0; t < of->tiers.count; t++)
        for (size_t n = 0; n < names->count; n++) {
            struct segments_filter filter = { NULL, labels ? SIZE_MAX : n,
                                              labels ? (uint32_t)n
                                                     : UINT32_MAX };

            if (segments_part_of(report, t, &filter).segments > 0)
                put_row(table, report, t, NULL, names->item[n], &filter);
        }
    return table;
}

struct table *segments_group_table(const struct segments_report *report)
{
    struct table *table;

    if (report->groups.count == 0)
        return NULL;
    table = head(true, "group", false);
    for (size_t t = 0; t < report->table.tiers.count; t++)
        for (size_t g = 0; g < report->groups.count; g++) {
            const struct segments_group *group = &report->groups.item[g];
            struct segments_filter filter = { group->keep, SIZE_MAX,
                                              UINT32_MAX };

            put_row(table, report, t, group->by,
                    *group->name ? group->name : "(missing)", &filter);
        }
    return table;
}

void segments_add_groups(struct segments_report *report, const char *by,
                         const struct text_list *names, const uint32_t *code)
{
    size_t items = report->table.items.count;

    for (size_t v = 0; v < names->count; v++) {
        struct segments_group group = { xstrdup(by), xstrdup(names->item[v]),
                                        xcalloc(items + 1, sizeof(bool)) };

        for (size_t i = 0; i < items; i++)
            group.keep[i] = code[i] == v;
        VEC_PUSH(&report->groups, group);
    }
}
