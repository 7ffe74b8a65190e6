/*
 * agreement_methods - the paragraph and the table that a paper needs.
 *
 * Everything in it is counted or computed from the project; nothing is said
 * of what mien cannot know (who the annotators were, how they were paid).
 */
#include <config.h>

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "annotate/agreement_work.h"

static void put_counts(const struct panel *panel, struct buf *out)
{
    const struct judgements *list = &panel->judgements;
    size_t items = 0;

    for (size_t i = 0; i < list->count; i++)
        items += i == 0 || list->item[i].item != list->item[i - 1].item;
    buf_addf(out, "%zu items were judged by %zu annotators", items,
             panel->names.count);
}

static const char *handling(const struct panel_question *of)
{
    switch (of->settings.scale) {
    case ALPHA_NOMINAL:
        return "nominal";
    case ALPHA_ORDINAL:
        return "ordinal";
    case ALPHA_INTERVAL:
        return "interval";
    case ALPHA_RATIO:
        return "ratio";
    case ALPHA_CIRCULAR:
        break;
    }
    return "circular";
}

static size_t reserved_in(const struct panel_question *of)
{
    return of->single->reserved_start[of->single->items.count];
}

/* What became of answers that are no values, and of repeats and gold. */
static void put_left_out(const struct agreement_work *work, struct buf *out)
{
    size_t reserved = 0, repeats = 0, aside = 0;

    for (size_t i = 0; i < work->count; i++) {
        reserved += reserved_in(work->list[i]);
        repeats += work->list[i]->report.dropped;
        aside += work->list[i]->left_out;
    }
    for (size_t i = 0; i < work->mark_count; i++)
        aside += work->marks[i].left_out;
    for (size_t i = 0; i < work->trace_count; i++)
        aside += work->trace[i].left_out;
    buf_addf(out,
             "Reserved answers (cannot tell, technical fault, skipped and the "
             "like; %zu) are no ratings and were left out as if not given. ",
             reserved);
    buf_addf(out,
             "Of hidden repeats the first judgement counts (%zu left out); "
             "gold items and items that were judged again after adjudication "
             "are not part of the figures (%zu judgements left out). ",
             repeats, aside);
}

static bool has_view(const struct agreement_work *work, enum panel_view view)
{
    for (size_t i = 0; i < work->count; i++)
        if (work->list[i]->view == view)
            return true;
    return false;
}

/* How answers were compared. */
static void put_answers(const struct agreement_work *work, struct buf *out)
{
    const struct agreement_settings *settings;

    if (work->count == 0)
        return;
    settings = &work->list[0]->settings;
    buf_addf(out,
             "Agreement is given as each question's coefficient with %g %% "
             "intervals: by formula where one is known, delete-one-item "
             "jackknife with Student's t, and a bootstrap of items (BCa, "
             "%" PRId64 " resamples, seed %" PRIu64 "). ",
             100 * settings->level, settings->resamples, settings->seed);
    buf_addf(out,
             "Alpha was tested against chance by %" PRId64
             " permutations of each annotator's ratings. ",
             work->how.permutations);
    if (has_view(work, PANEL_MASI))
        buf_add_text(out,
                     "Answers of several options were compared as sets, by "
                     "MASI and by Jaccard's index. ");
    if (has_view(work, PANEL_X))
        buf_add_text(out, "The two dimensions of a grid were compared apart. ");
    if (has_view(work, PANEL_EXACT))
        buf_add_text(out,
                     "Texts were compared letter by letter, without regard to "
                     "what they mean. ");
}

/* How marks and traces were compared. */
static void put_others(const struct agreement_work *work, struct buf *out)
{
    if (work->mark_count > 0)
        buf_addf(out,
                 "Segments were compared moment by moment (what nobody marked "
                 "is a value of its own; kappa is the mean over pairs of "
                 "annotators), in units of %g s, and by matching those whose "
                 "intersection over union is %g or more (F1); intervals are "
                 "delete-one-item jackknife with Student's t. ",
                 work->how.unit, work->how.overlap);
    if (work->trace_count == 0)
        return;
    buf_addf(out,
             "Traces were compared at %g points a second%s%s; coefficients "
             "are means over pairs of annotators and over items, intervals "
             "Student's t over items; lagged: each pair at its best lag within "
             "%g s, less %g a second of lag; QA: falls and rises between %g s "
             "bins. ",
             work->how.rate,
             work->how.align > 0 ? ", seen without reaction lags by " : "",
             work->how.align > 0 ? curve_align_names[work->how.align] : "",
             work->trace[0].settings.look.most, work->trace[0].settings.penalty,
             work->trace[0].settings.bin);
}

static void put_paragraph(const struct agreement_work *work, struct buf *out)
{
    const struct panel *panel = &work->panel;

    put_counts(panel, out);
    buf_addf(out,
             " under the protocol %s %s (SHA-256 %s), each on a copy of their "
             "own, in an order of their own, blind to each other and to "
             "reference labels. ",
             panel->protocol->name, panel->protocol->version,
             panel->protocol->hash_hex);
    put_left_out(work, out);
    put_answers(work, out);
    put_others(work, out);
    buf_addf(out, "Computed with mien %s.\n", PACKAGE_VERSION);
}

static void put_interval(bool defined, double low, double high, struct buf *out)
{
    if (defined)
        buf_addf(out, " %.3f to %.3f |", low, high);
    else
        buf_add_text(out, " - |");
}

static void put_row(const struct panel_question *of, enum coefficient_id id,
                    struct buf *out)
{
    const struct agreement *got = &of->report.groups.item[0].agreement;
    const struct coefficient *one = &got->of[id];

    buf_addf(out, "| %s | %s | %zu | %zu | %zu | %zu | %s%s |", of->name,
             handling(of), got->pairable, got->raters, got->ratings,
             reserved_in(of), coefficient_title(id, got, &of->settings),
             id == of->primary ? " (primary)" : "");
    if (one->value.defined)
        buf_addf(out, " %.3f |", one->value.value);
    else
        buf_addf(out, " undefined: %s |", one->value.reason);
    put_interval(one->value.defined && one->analytic, one->low, one->high, out);
    put_interval(one->value.defined && one->jackknife.defined,
                 one->jackknife.low, one->jackknife.high, out);
    put_interval(one->value.defined && one->bootstrap.defined,
                 one->bootstrap.low, one->bootstrap.high, out);
    if (id == COEFFICIENT_ALPHA && got->tested)
        buf_addf(out, " %.4g |\n", got->p);
    else
        buf_add_text(out, " - |\n");
}

static void put_head(const char *question, const char *part, const char *kind,
                     size_t items, size_t raters, size_t n, const char *title,
                     struct buf *out)
{
    buf_addf(out, "| %s%s%s | %s | %zu | %zu | %zu | - | %s |", question,
             *part ? "." : "", part, kind, items, raters, n, title);
}

static void put_value(struct estimate value, struct buf *out)
{
    if (value.defined)
        buf_addf(out, " %.3f |", value.value);
    else
        buf_addf(out, " undefined: %s |", value.reason);
}

static void put_tiers(const struct panel_segments *of, struct buf *out)
{
    const struct segments_report *report = &of->report;

    for (size_t t = 0; !of->empty && t < report->table.tiers.count; t++) {
        const struct segments_tier *tier = &report->tier[t];

        for (size_t v = 0; v < SEGMENTS_VALUES; v++) {
            put_head(of->question->id, report->table.tiers.item[t], "segments",
                     tier->items, tier->raters, tier->segments,
                     segments_titles[v], out);
            put_value(tier->value[v], out);
            buf_add_text(out, " - |");
            put_interval(tier->value[v].defined && tier->interval[v].defined,
                         tier->interval[v].low, tier->interval[v].high, out);
            buf_add_text(out, " - | - |\n");
        }
    }
}

static void put_dimensions(const struct panel_traces *of, struct buf *out)
{
    const struct traces_report *report = &of->report;
    const struct curve_table *table = &report->view.table;

    for (size_t d = 0; !of->empty && d < table->dimensions.count; d++)
        for (int v = 0; v < TRACES_VALUES; v++) {
            double half;
            size_t items;
            struct estimate mean = traces_mean(report, d, (enum traces_value)v,
                                               NULL, &half, &items);

            put_head(of->question->id, table->dimensions.item[d], "trace",
                     items, table->raters.count, table->samples,
                     traces_titles[v], out);
            put_value(mean, out);
            put_interval(mean.defined && items > 1, mean.value - half,
                         mean.value + half, out);
            buf_add_text(out, " - | - | - |\n");
        }
}

void agreement_work_methods(const struct agreement_work *work, struct buf *out)
{
    put_paragraph(work, out);
    buf_add_text(out,
                 "\n| question | scale | items with two ratings | annotators "
                 "| ratings | reserved | coefficient | value | formula | "
                 "jackknife-t | bootstrap | p |\n"
                 "|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < work->count; i++) {
        const struct panel_question *of = work->list[i];
        const struct agreement *got = &of->report.groups.item[0].agreement;

        put_row(of, of->primary, out);
        for (size_t c = 0; c < COEFFICIENT_COUNT; c++)
            if (got->of[c].fits && c != of->primary)
                put_row(of, (enum coefficient_id)c, out);
    }
    for (size_t i = 0; i < work->mark_count; i++)
        put_tiers(&work->marks[i], out);
    for (size_t i = 0; i < work->trace_count; i++)
        put_dimensions(&work->trace[i], out);
}
