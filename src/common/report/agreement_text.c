/*
 * agreement_text - agreement as text for a terminal.
 */
#include <config.h>

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/utf8.h"
#include "common/report/agreement_report.h"

enum { TITLE_WIDTH = 23, RANGE_WIDTH = 16 };

static void pad(struct buf *out, const char *text, int width)
{
    buf_add_text(out, text);
    for (int i = utf8_width(text); i < width; i++)
        buf_add_char(out, ' ');
}

static void end_line(struct buf *out)
{
    while (out->length > 0 && out->data[out->length - 1] == ' ')
        out->length--;
    out->data[out->length] = '\0';
    buf_add_char(out, '\n');
}

static void put_range(struct buf *out, bool defined, double low, double high)
{
    struct buf text = { 0 };

    if (defined)
        buf_addf(&text, "[%.3f, %.3f]", low, high);
    else
        buf_add_char(&text, '-');
    pad(out, buf_text(&text), RANGE_WIDTH);
    if (utf8_width(buf_text(&text)) >= RANGE_WIDTH)
        buf_add_char(out, ' ');
    buf_release(&text);
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void put_reserved(const struct agreement_report *report, struct buf *out)
{
    const struct ratings *r = report->ratings;
    size_t *count = xcalloc(r->reserved_names.count + 1, sizeof(*count));
    size_t all = r->reserved_start[r->items.count];

    for (size_t k = 0; k < all; k++)
        count[r->reserved[k].code]++;
    for (size_t c = 0; c < r->reserved_names.count; c++)
        buf_addf(out, "%s%s %zu", c == 0 ? "reserved answers: " : ", ",
                 r->reserved_names.item[c], count[c]);
    if (all > 0)
        buf_add_text(out, "; no ratings: left out as if not given\n");
    free(count);
}

static void put_scale(const struct agreement_report *report, struct buf *out)
{
    const struct agreement_settings *settings = report->settings;
    const struct text_list *names = &report->ratings->categories;

    buf_addf(out, "%s scale, %zu value%s", alpha_metric_names[settings->scale],
             names->count, plural(names->count));
    if (report->scale_guessed)
        buf_add_text(out, settings->scale == ALPHA_NOMINAL
                              ? " (names; --scale says otherwise)"
                              : " (numbers; --scale says otherwise)");
    if (settings->weight)
        buf_addf(out, "; %s", report->weights);
    else if (settings->weighting != AGREE_UNWEIGHTED &&
             settings->scale <= ALPHA_ORDINAL)
        buf_addf(out, "; %s weights",
                 agree_weighting_names[settings->weighting]);
    buf_add_char(out, '\n');
}

const char *agreement_limits(const struct agreement_report *report)
{
    for (size_t g = 0; g < report->groups.count; g++) {
        const struct coefficient *of = report->groups.item[g].agreement.of;

        for (int c = 0; c < COEFFICIENT_COUNT; c++)
            if (of[c].fits && of[c].bootstrap.defined)
                return of[c].bootstrap.method == INTERVAL_PERCENTILE
                           ? "percentile"
                           : "BCa";
    }
    return NULL;
}

static bool has_jackknife(const struct agreement_report *report)
{
    for (size_t g = 0; g < report->groups.count; g++)
        for (int c = 0; c < COEFFICIENT_COUNT; c++)
            if (report->groups.item[g].agreement.of[c].fits &&
                report->groups.item[g].agreement.of[c].jackknife.defined)
                return true;
    return false;
}

/* What was left out in turn, where that was done. */
static void put_jackknife(const struct agreement_report *report,
                          const struct agreement *all, struct buf *out)
{
    if (report->cluster && !report->settings->over_raters)
        buf_add_text(out, " (as if items were independent)");
    if (!has_jackknife(report))
        return;
    buf_add_text(out, report->cluster && !report->settings->over_raters ? ",\n"
                                                                        : ", ");
    if (report->settings->over_raters)
        buf_addf(out, "jackknife-t over %zu annotators", all->clusters);
    else if (report->cluster)
        buf_addf(out, "jackknife-t over %zu %ss", all->clusters,
                 report->cluster);
    else if (all->clusters > 0 && all->clusters < all->items)
        buf_addf(out, "jackknife-t over %zu groups of items", all->clusters);
    else
        buf_add_text(out, "jackknife-t over items");
}

static void put_head(const struct agreement_report *report, struct buf *out)
{
    const struct agreement *all = &report->groups.item[0].agreement;

    buf_addf(out, "%s: %zu item%s, ", report->source, all->items,
             plural(all->items));
    if (all->raters > 0)
        buf_addf(out, "%zu annotator%s, ", all->raters, plural(all->raters));
    else if (all->ratings > 0)
        buf_add_text(out, "anonymous annotators, ");
    buf_addf(out, "%zu rating%s\n", all->ratings, plural(all->ratings));
    put_scale(report, out);
    put_reserved(report, out);
    if (report->dropped > 0)
        buf_addf(out,
                 "%zu ratings are one annotator's second of an item: the "
                 "%s counts\n",
                 report->dropped,
                 report->repeat == RATINGS_FIRST ? "first" : "last");
    if (report->plain)
        return;
    buf_addf(out, "%g %% intervals by formula", 100 * report->settings->level);
    put_jackknife(report, all, out);
    if (agreement_limits(report))
        buf_addf(out, ",\nand bootstrap of %ss (%s, %" PRId64 " resamples)",
                 report->cluster ? report->cluster : "item",
                 agreement_limits(report), report->settings->resamples);
    buf_add_char(out, '\n');
}

static void put_coefficient(const struct agreement_report *report,
                            const struct agreement *agreement,
                            enum coefficient_id id, struct buf *out)
{
    const struct coefficient *one = &agreement->of[id];

    pad(out, coefficient_title(id, agreement, report->settings), TITLE_WIDTH);
    if (!one->value.defined) {
        buf_addf(out, "undefined: %s\n", one->value.reason);
        return;
    }
    /* No "-0.0000". */
    buf_addf(out, "%7.4f ",
             fabs(one->value.value) < 0.00005 ? 0 : one->value.value);
    if (report->plain) {
        end_line(out);
        return;
    }
    put_range(out, one->analytic != NULL, one->low, one->high);
    put_range(out, one->jackknife.defined, one->jackknife.low,
              one->jackknife.high);
    if (report->settings->resamples > 0)
        put_range(out, one->bootstrap.defined, one->bootstrap.low,
                  one->bootstrap.high);
    end_line(out);
}

/* What the full tables and the means of ratings are made of. */
static void put_basis(const struct agreement *agreement, struct buf *out)
{
    const struct coefficient *of = agreement->of;
    bool full = agreement->complete == agreement->items;

    if (of[COEFFICIENT_ICC_K].fits && of[COEFFICIENT_ICC_K].value.defined)
        buf_addf(out, "ICC(1), ICC(k): all items, k = %.4g\n",
                 of[COEFFICIENT_ICC_K].k);
    if (of[COEFFICIENT_ICC_AK].fits && of[COEFFICIENT_ICC_AK].value.defined)
        buf_addf(out, "ICC(A,.), ICC(C,.): all items, k = %.4g%s\n",
                 of[COEFFICIENT_ICC_AK].k,
                 full ? "" : "; variances by REML, cells missing");
    if (!full && of[COEFFICIENT_KENDALL].fits && agreement->complete > 0)
        buf_addf(out,
                 "%sKendall's W: the %zu item%s that all %zu annotators "
                 "judged\n",
                 of[COEFFICIENT_CRONBACH].fits ? "Cronbach's alpha, " : "",
                 agreement->complete, plural(agreement->complete),
                 agreement->raters);
}

/* Why a kind of interval is missing from all of the rows. */
static void put_missing(const struct agreement_report *report,
                        const struct agreement *agreement, struct buf *out)
{
    const struct coefficient *alpha = &agreement->of[COEFFICIENT_ALPHA];

    if (!alpha->value.defined)
        return;
    if (!alpha->jackknife.defined && alpha->jackknife.reason)
        buf_addf(out, "jackknife-t: %s\n", alpha->jackknife.reason);
    if (report->settings->resamples > 0 && !alpha->bootstrap.defined &&
        alpha->bootstrap.reason)
        buf_addf(out, "bootstrap: %s\n", alpha->bootstrap.reason);
}

static void put_test(const struct agreement_report *report,
                     const struct agreement *agreement, struct buf *out)
{
    if (agreement->tested)
        buf_addf(out,
                 "alpha against chance: p = %.4g (%" PRId64
                 " permutations of %s ratings)\n",
                 agreement->p, agreement->permutations,
                 report->ratings->anonymous ? "all" : "each annotator's");
    else if (agreement->untested)
        buf_addf(out, "alpha against chance: %s\n", agreement->untested);
}

static void put_group(const struct agreement_report *report,
                      const struct agreement_group *group, struct buf *out)
{
    const struct agreement *agreement = &group->agreement;

    buf_add_char(out, '\n');
    if (group->by)
        buf_addf(out, "%s = %s: ", group->by,
                 *group->name ? group->name : "(missing)");
    buf_addf(out, "%zu of %zu items have two ratings or more",
             agreement->pairable, agreement->items);
    if (agreement->most == agreement->least)
        buf_addf(out, ", %zu each\n", agreement->most);
    else
        buf_addf(out, ", %zu to %zu\n", agreement->least, agreement->most);
    pad(out, "coefficient", TITLE_WIDTH);
    buf_add_text(out, "  value ");
    if (!report->plain) {
        pad(out, "formula", RANGE_WIDTH);
        pad(out, "jackknife-t", RANGE_WIDTH);
    }
    if (report->settings->resamples > 0)
        buf_add_text(out, "bootstrap");
    end_line(out);
    for (size_t i = 0; i < COEFFICIENT_COUNT; i++)
        if (agreement->of[i].fits)
            put_coefficient(report, agreement, (enum coefficient_id)i, out);
    put_basis(agreement, out);
    if (report->plain)
        return;
    put_missing(report, agreement, out);
    put_test(report, agreement, out);
}

void agreement_text(const struct agreement_report *report, struct buf *out)
{
    struct table *table = agreement_per_table(report, false);

    put_head(report, out);
    for (size_t i = 0; i < report->groups.count; i++)
        put_group(report, &report->groups.item[i], out);
    if (table) {
        buf_add_char(out, '\n');
        table_print(table, OUTPUT_TEXT, out);
        agreement_per_notes(report, out);
        table_free(table);
    }
}

void agreement_report_release(struct agreement_report *report)
{
    free(report->groups.item);
    report->groups.item = NULL;
    report->groups.count = report->groups.capacity = 0;
}
