/* segments_measure - agreement of segments, tier by tier. */
#include <config.h>

#include "common/report/segments_report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/interrupt.h"
#include "common/base/vec.h"
#include "common/stat/kappa.h"

/* alpha_U counts borders in whole milliseconds. */
static const double unitised_step = 0.001;

static const double tolerances[SEGMENTS_TOLERANCES] = { 0.05, 0.1, 0.2, 0.3,
                                                        0.5,  1,   2 };

/* Sums of one tier, of which one item's can be taken out (jackknife). */
struct tier_sums {
    const struct segments_report *report;
    size_t tier;
    const size_t *item; /* those with two annotators */
    size_t items;
    const uint32_t *own; /* of each of them its cluster; NULL: itself */
    struct stretch_sums exact, units;
    double segments, pairs, same; /* at the overlap of the settings */
};

/* Pairs of two rows; the labels of matched ones into `table`, if any. */
static void add_pair(const struct stretch_row *a, const struct stretch_row *b,
                     const struct stretch_rule *rule, size_t labels,
                     double *table, size_t *pairs, size_t *same)
{
    size_t *partner = xcalloc(a->n + 1, sizeof(*partner));

    *pairs += stretch_match(a->item, a->n, b->item, b->n, rule, partner);
    for (size_t i = 0; i < a->n; i++) {
        const struct stretch *one = &a->item[i];

        if (partner[i] == SIZE_MAX)
            continue;
        *same += one->label == b->item[partner[i]].label;
        if (table)
            table[one->label * labels + b->item[partner[i]].label]++;
    }
    free(partner);
}

static void sums_clear(void *context)
{
    struct tier_sums *sums = context;

    stretch_sums_clear(&sums->exact);
    stretch_sums_clear(&sums->units);
    sums->segments = sums->pairs = sums->same = 0;
}

static void add_item(struct tier_sums *sums, size_t item, int times)
{
    const struct stretch_table *table = &sums->report->table;
    const struct segments_settings *settings = sums->report->settings;
    size_t raters = table->raters.count;
    const struct stretch_row *row = stretch_at(table, sums->tier, item);
    const struct stretch_rule rule = { .overlap = settings->overlap };
    size_t segments = 0, pairs = 0, same = 0;

    stretch_sums_add(&sums->exact, row, table->length[item], 0, times);
    stretch_sums_add(&sums->units, row, table->length[item], settings->unit,
                     times);
    for (size_t a = 0; a < raters; a++) {
        for (size_t b = a + 1; b < raters; b++) {
            if (!row[a].judged || !row[b].judged)
                continue;
            segments += row[a].n + row[b].n;
            add_pair(&row[a], &row[b], &rule, table->labels.count, NULL, &pairs,
                     &same);
        }
    }
    sums->segments += times * (double)segments;
    sums->pairs += times * (double)pairs;
    sums->same += times * (double)same;
}

static void sums_add(void *context, size_t at, int times)
{
    struct tier_sums *sums = context;

    if (!sums->own)
        add_item(sums, sums->item[at], times);
    for (size_t i = 0; sums->own && i < sums->items; i++)
        if (sums->own[i] == at)
            add_item(sums, sums->item[i], times);
}

/* Clusters of the items with two annotators, numbered anew; the caller frees.
 */
static uint32_t *clusters_of(const struct segments_report *report,
                             const size_t *item, size_t items, size_t *count)
{
    size_t *place;
    uint32_t *own;

    *count = items;
    if (!report->cluster)
        return NULL;
    place = xcalloc(report->cluster_values + 1, sizeof(*place));
    own = xcalloc(items + 1, sizeof(*own));
    *count = 0;
    for (size_t i = 0; i < items; i++) {
        size_t *at = &place[report->cluster[item[i]]];

        if (*at == 0)
            *at = ++*count;
        own[i] = (uint32_t)(*at - 1);
    }
    free(place);
    return own;
}

static bool sums_read(void *context, struct estimate *out)
{
    static const char none[] = "nobody marked anything";
    const struct tier_sums *sums = context;
    struct stretch_agreement exact = stretch_read(&sums->exact, true);
    struct stretch_agreement units = stretch_read(&sums->units, false);

    out[SEGMENTS_PERCENT] = exact.percent;
    out[SEGMENTS_KAPPA] = exact.kappa;
    out[SEGMENTS_ALPHA] = exact.alpha;
    out[SEGMENTS_KAPPA_UNIT] = units.kappa;
    out[SEGMENTS_ALPHA_UNIT] = units.alpha;
    out[SEGMENTS_F1] = estimate_ratio(2 * sums->pairs, sums->segments, none);
    out[SEGMENTS_F1_LABEL] =
        estimate_ratio(2 * sums->same, sums->segments, none);
    return true;
}

/* All items put end to end, in whole units; of those that all judged. */
static struct stretch_unitised unitise(const struct segments_report *report,
                                       size_t tier, const bool *present,
                                       size_t *items)
{
    const struct stretch_table *table = &report->table;
    size_t raters = table->raters.count, there = 0, n = 0;
    struct stretch_row *row = xcalloc(raters + 1, sizeof(*row));
    struct stretch *all = xcalloc(table->stretches + 1, sizeof(*all));
    struct stretch_unitised out;
    double length = 0;

    *items = 0;
    for (size_t r = 0; r < raters; r++) {
        if (!present[r])
            continue;
        length = 0;
        *items = 0;
        row[there].judged = true;
        row[there].item = &all[n];
        for (size_t i = 0; i < table->items.count; i++) {
            const struct stretch_row *from = stretch_at(table, tier, i);
            bool by_all = true;

            for (size_t s = 0; s < raters; s++)
                by_all = by_all && (!present[s] || from[s].judged);
            if (!by_all)
                continue;
            for (size_t s = 0; s < from[r].n; s++) {
                struct stretch *to = &all[n++];

                *to = from[r].item[s];
                to->start = length + round(to->start / unitised_step);
                to->end = length + round(to->end / unitised_step);
                row[there].n++;
            }
            length += round(table->length[i] / unitised_step);
            ++*items;
        }
        there++;
    }
    out = stretch_alpha_u(row, there, length, UINT32_MAX, table->labels.count);
    free(row);
    free(all);
    return out;
}

static void fill_point(const struct segments_report *report, size_t tier,
                       struct segments_point *point)
{
    const struct stretch_table *table = &report->table;
    size_t raters = table->raters.count, k = table->labels.count;
    double *labels = xcalloc(2 * k * k + 1, sizeof(*labels));
    double *weight = labels + k * k;
    struct kappa kappa;

    for (size_t c = 0; c < k; c++)
        weight[c * k + c] = 1;
    for (size_t i = 0; i < table->items.count; i++) {
        const struct stretch_row *row = stretch_at(table, tier, i);

        for (size_t a = 0; a < raters; a++) {
            for (size_t b = a + 1; b < raters; b++) {
                if (!row[a].judged || !row[b].judged)
                    continue;
                point->segments += row[a].n + row[b].n;
                add_pair(&row[a], &row[b], &point->rule, k, labels,
                         &point->pairs, &point->same);
            }
        }
    }
    point->f1 =
        estimate_ratio(2 * (double)point->pairs, (double)point->segments,
                       "nobody marked anything");
    point->f1_label =
        estimate_ratio(2 * (double)point->same, (double)point->segments,
                       "nobody marked anything");
    kappa = kappa_of(labels, k, weight);
    point->kappa =
        point->pairs > 0 ? kappa.value : estimate_undefined("nothing matches");
    free(labels);
}

static void fill_curves(const struct segments_report *report, size_t tier,
                        struct segments_tier *out)
{
    for (size_t p = 0; p < SEGMENTS_OVERLAPS; p++) {
        out->overlap[p].rule.overlap = (double)(p + 1) / 10;
        fill_point(report, tier, &out->overlap[p]);
    }
    for (size_t p = 0; p < SEGMENTS_TOLERANCES; p++) {
        out->tolerance[p].rule.tolerance = tolerances[p];
        fill_point(report, tier, &out->tolerance[p]);
    }
}

/* Items that two judged, and who judged any. */
static size_t items_of(const struct stretch_table *table, size_t tier,
                       size_t *item, bool *present, struct segments_tier *out)
{
    size_t count = 0;

    for (size_t i = 0; i < table->items.count; i++) {
        const struct stretch_row *row = stretch_at(table, tier, i);
        size_t judged = 0;

        for (size_t r = 0; r < table->raters.count; r++) {
            judged += row[r].judged;
            present[r] = present[r] || row[r].judged;
            out->segments += row[r].n;
        }
        if (judged < 2)
            continue;
        item[count++] = i;
        out->seconds += table->length[i];
    }
    for (size_t r = 0; r < table->raters.count; r++)
        out->raters += present[r];
    return count;
}

static void measure_tier(struct segments_report *report, size_t tier)
{
    const struct stretch_table *table = &report->table;
    size_t raters = table->raters.count;
    struct segments_tier *out = &report->tier[tier];
    size_t *item = xcalloc(table->items.count + 1, sizeof(*item));
    bool *present = xcalloc(raters + 1, sizeof(*present));
    struct tier_sums sums = { .report = report, .tier = tier, .item = item };
    struct interval_source source = { .outputs = SEGMENTS_VALUES,
                                      .context = &sums,
                                      .clear = sums_clear,
                                      .add = sums_add,
                                      .read = sums_read };

    uint32_t *own;

    out->items = sums.items = items_of(table, tier, item, present, out);
    own = clusters_of(report, item, out->items, &source.clusters);
    sums.own = own;
    out->clusters = source.clusters;
    stretch_sums_init(&sums.exact, raters, table->labels.count);
    stretch_sums_init(&sums.units, raters, table->labels.count);
    interval_jackknife(&source, report->settings->level, out->value,
                       out->interval);
    for (size_t v = 0; v < SEGMENTS_VALUES; v++) {
        bool share = v == SEGMENTS_PERCENT || v >= SEGMENTS_F1;

        interval_clip(&out->interval[v], share ? 0 : -1, 1);
    }
    out->unitised = unitise(report, tier, present, &out->unitised_items);
    fill_curves(report, tier, out);
    stretch_sums_release(&sums.exact);
    stretch_sums_release(&sums.units);
    free(own);
    free(item);
    free(present);
}

/* Of `one`, who has no partner, the nearest stretch of the other's row. */
static struct segments_lone explain(const struct stretch *one,
                                    const struct stretch_row *other,
                                    const size_t *partner, size_t count)
{
    struct segments_lone out = { .stretch = one };

    for (size_t s = 0; s < other->n; s++) {
        double overlap = stretch_overlap(one, &other->item[s]);

        if (overlap <= out.overlap)
            continue;
        out.overlap = overlap;
        out.near = &other->item[s];
        out.taken = false;
        for (size_t i = 0; i < count; i++)
            out.taken = out.taken || partner[i] == s;
    }
    return out;
}

static void find_lone(struct segments_report *report, size_t tier, size_t item,
                      size_t a, size_t b)
{
    const struct stretch_row *row = stretch_at(&report->table, tier, item);
    const struct stretch_rule rule = { .overlap = report->settings->overlap };
    size_t *partner = xcalloc(row[a].n + 1, sizeof(*partner));

    stretch_match(row[a].item, row[a].n, row[b].item, row[b].n, &rule, partner);
    for (size_t i = 0; i < row[a].n; i++) {
        struct segments_lone one;

        if (partner[i] != SIZE_MAX)
            continue;
        one = explain(&row[a].item[i], &row[b], partner, row[a].n);
        one.tier = tier;
        one.item = item;
        one.rater = a;
        one.other = b;
        VEC_PUSH(&report->lone, one);
    }
    free(partner);
}

static void find_all_lone(struct segments_report *report)
{
    const struct stretch_table *table = &report->table;

    for (size_t t = 0; t < table->tiers.count; t++)
        for (size_t i = 0; i < table->items.count; i++)
            for (size_t a = 0; a < table->raters.count; a++)
                for (size_t b = 0; b < table->raters.count; b++)
                    if (a != b && stretch_at(table, t, i)[a].judged &&
                        stretch_at(table, t, i)[b].judged)
                        find_lone(report, t, i, a, b);
}

bool segments_measure(struct segments_report *report, struct error *err)
{
    report->tier =
        xcalloc(report->table.tiers.count + 1, sizeof(*report->tier));
    for (size_t t = 0; t < report->table.tiers.count; t++) {
        if (!interrupt_check(err))
            return false;
        measure_tier(report, t);
    }
    if (report->settings->per == SEGMENTS_PER_UNMATCHED)
        find_all_lone(report);
    return true;
}

bool segments_fails(const struct segments_report *report)
{
    for (size_t t = 0; t < report->table.tiers.count; t++) {
        struct estimate alpha = report->tier[t].value[SEGMENTS_ALPHA];

        if (report->settings->min >= -1 &&
            (!alpha.defined || alpha.value < report->settings->min))
            return true;
    }
    return false;
}

void segments_release(struct segments_report *report)
{
    stretch_table_release(&report->table);
    free(report->tier);
    free(report->lone.item);
    for (size_t g = 0; g < report->groups.count; g++) {
        free(report->groups.item[g].by);
        free(report->groups.item[g].name);
        free(report->groups.item[g].keep);
    }
    free(report->groups.item);
    *report = (struct segments_report){ 0 };
}
