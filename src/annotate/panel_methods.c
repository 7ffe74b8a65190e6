/*
 * panel_methods - the paragraph and the table that a paper needs.
 *
 * Everything in it is counted or computed from the project; nothing is said
 * of what mien cannot know (who the annotators were, how they were paid).
 */
#include <config.h>

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "annotate/panel.h"

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

static void put_paragraph(const struct panel *panel,
                          const struct panel_question *const *of, size_t count,
                          struct buf *out)
{
    const struct agreement_settings *settings = &of[0]->settings;
    size_t reserved = 0, repeats = 0, aside = 0;

    for (size_t i = 0; i < count; i++) {
        reserved += reserved_in(of[i]);
        repeats += of[i]->report.dropped;
        aside += of[i]->left_out;
    }
    put_counts(panel, out);
    buf_addf(out,
             " under the protocol %s %s (SHA-256 %s), each on a copy of their "
             "own, in an order of their own, blind to each other and to "
             "reference labels. ",
             panel->protocol->name, panel->protocol->version,
             panel->protocol->hash_hex);
    buf_addf(out,
             "Reserved answers (cannot tell, technical fault, skipped and the "
             "like; %zu) are no ratings and were left out as if not given. ",
             reserved);
    buf_addf(out,
             "Of hidden repeats the first judgement counts (%zu left out); "
             "gold items and items that were judged again after adjudication "
             "are not part of the figures (%zu judgements left out). ",
             repeats, aside);
    buf_addf(out,
             "Agreement is given as each question's coefficient with %g %% "
             "intervals: by formula where one is known, delete-one-item "
             "jackknife with Student's t, and a percentile bootstrap of items "
             "(%" PRId64 " resamples, seed %" PRIu64 "). ",
             100 * settings->level, settings->resamples, settings->seed);
    buf_addf(out,
             "Alpha was tested against chance by %" PRId64
             " permutations of each annotator's ratings. Computed with "
             "mien %s.\n",
             settings->permutations, PACKAGE_VERSION);
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

    buf_addf(out, "| %s | %s | %zu | %zu | %zu | %zu | %s%s |",
             of->question->id, handling(of), got->pairable, got->raters,
             got->ratings, reserved_in(of),
             coefficient_title(id, got, &of->settings),
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

void panel_methods(const struct panel *panel,
                   const struct panel_question *const *of, size_t count,
                   struct buf *out)
{
    put_paragraph(panel, of, count, out);
    buf_add_text(out,
                 "\n| question | scale | items with two ratings | annotators "
                 "| ratings | reserved | coefficient | value | formula | "
                 "jackknife-t | bootstrap | p |\n"
                 "|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < count; i++) {
        const struct agreement *got = &of[i]->report.groups.item[0].agreement;

        put_row(of[i], of[i]->primary, out);
        for (size_t c = 0; c < COEFFICIENT_COUNT; c++)
            if (got->of[c].fits && c != of[i]->primary)
                put_row(of[i], (enum coefficient_id)c, out);
    }
}
