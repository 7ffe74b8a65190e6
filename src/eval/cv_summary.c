/*
 * cv_summary - what a cross-validation found, in a few lines.
 */
#include <config.h>

#include "eval/cv_summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/vec.h"

static void put_what(const struct cv_settings *settings,
                     const struct cv_result *result, struct buf *out)
{
    const struct design *design = settings->setup.design;

    buf_addf(out, "%s, %zu items, %zu features", settings->setup.learner->name,
             design->count, design->features.columns);
    if (design->class_of)
        buf_addf(out, ", %zu classes", design->classes.count);
    if (design->speaker)
        buf_addf(out, ", %zu speakers", design->speakers.count);
    buf_addf(out, "; %zu folds, ", result->split.folds);
    if (settings->folds == 0)
        buf_addf(out, "leaving one %s out\n", settings->group_name);
    else
        buf_addf(out, "each %s in one\n", settings->group_name);
}

/* Two blanks before each line; lines of at most 79 bytes. */
static void put_wrapped(const char *text, struct buf *out)
{
    size_t width = 0;

    while (*text) {
        size_t word = strcspn(text, " ");

        if (width == 0 || width + 1 + word > 79) {
            buf_addf(out, "%s  ", width ? "\n" : "");
            width = 2;
        } else {
            buf_add_char(out, ' ');
            width++;
        }
        buf_add(out, text, word);
        width += word;
        text += word + (text[word] == ' ');
    }
    buf_add_char(out, '\n');
}

static void put_words(const struct cv_settings *settings, struct buf *out)
{
    if (settings->setup.design->texts)
        buf_addf(out,
                 "words: tf-idf of up to %zu terms, fitted in each training "
                 "part\n",
                 settings->setup.words.max_terms);
}

static void put_normalization(const struct cv_settings *settings,
                              const struct evaluation *evaluation,
                              struct buf *out)
{
    const struct design *design = settings->setup.design;
    const char *remark = normalize_remark(&settings->setup.normalize);

    buf_addf(out, "normalization: %s", evaluation->settings.normalization);
    if (settings->normalize_by)
        buf_addf(out, ", by %s", settings->normalize_by);
    if (settings->setup.normalize.robust)
        buf_add_text(out, ", median and mad");
    if (settings->setup.normalize.cascade != CASCADE_NONE)
        buf_addf(out, ", then %s",
                 cascade_names[settings->setup.normalize.cascade]);
    buf_add_char(out, '\n');
    if (remark)
        put_wrapped(remark, out);
    if (design->enrolled_count)
        buf_addf(out, "  %zu items are spent on enrolment, %zu are scored\n",
                 design->enrolled_count,
                 design->count - design->enrolled_count);
    if (design->missing)
        buf_addf(out, "%zu of %zu cells had no value and were filled\n",
                 design->missing, design->count * design->features.columns);
}

/* How often each value of a searched parameter was chosen. */
static void put_axis(const struct cv_settings *settings,
                     const struct cv_result *result, size_t axis,
                     struct buf *out)
{
    const struct tune_axis *values = &settings->grid.axis[axis];
    const char *comma = "";

    buf_addf(out, "%s chosen inside the folds:", values->param->name);
    for (size_t k = 0; k < values->count; k++) {
        char text[NUMBER_TEXT_SIZE];
        size_t count = 0;

        for (size_t i = 0; i < result->split.folds; i++)
            count += result->fold[i].param[axis] == values->value[k];
        if (count == 0)
            continue;
        buf_addf(out, "%s %s in %zu", comma,
                 number_format(values->value[k], text), count);
        comma = ",";
    }
    buf_add_char(out, '\n');
}

static void put_score(const struct score *score, struct buf *out)
{
    const struct interval *interval = score_interval(score);

    buf_addf(out, "%-15s ", score->metric->title);
    if (score->evidence == EVIDENCE_UNDEFINED) {
        buf_addf(out, "undefined: %s\n", score->reason);
        return;
    }
    buf_addf(out, "%7.4f", score->value.value);
    if (score->evidence == EVIDENCE_INSUFFICIENT)
        buf_addf(out, "  insufficient: %s", score->reason);
    else if (interval->defined)
        buf_addf(out, "  [%.4f, %.4f]", interval->low, interval->high);
    else
        buf_addf(out, "  no interval: %s", interval->reason);
    buf_add_char(out, '\n');
}

static void put_rows(const struct evaluation *evaluation, struct buf *out)
{
    const struct part *all = &evaluation->parts.item[0];

    for (size_t i = 0; i < all->scores.count; i++)
        if (all->scores.item[i].label == METRIC_NO_LABEL)
            put_score(&all->scores.item[i], out);
}

/* The leading score of each group; `mien-eval score' has the others. */
static void put_groups(const struct evaluation *evaluation, struct buf *out)
{
    for (size_t i = 1; i < evaluation->parts.count; i++) {
        const struct part *part = &evaluation->parts.item[i];

        buf_addf(out, "%s = %s: %zu item%s", part->by, part->name, part->items,
                 part->items == 1 ? "" : "s");
        if (evaluation->predictions->has_speakers)
            buf_addf(out, ", %zu speaker%s", part->clusters,
                     part->clusters == 1 ? "" : "s");
        buf_add_text(out, "\n  ");
        put_score(&part->scores.item[0], out);
    }
}

static void put_scores(const struct evaluation *evaluation, struct buf *out)
{
    const struct part *all = &evaluation->parts.item[0];
    const struct predictions *p = evaluation->predictions;
    const struct score *first = &all->scores.item[0];

    buf_addf(out, "score             value  %g %% interval (%s, %s)\n",
             100 * evaluation->settings.level,
             interval_method_name(score_interval(first)->method),
             p->has_speakers ? "by speaker" : "rows taken as independent");
    put_rows(evaluation, out);
    if (all->spread.speakers > 1)
        buf_addf(out,
                 "%s of single speakers (%zu): %.3f to %.3f, median %.3f, "
                 "sd %.3f\n",
                 p->task == PREDICTIONS_CLASSIFY ? "UAR" : "CCC",
                 all->spread.speakers, all->spread.low, all->spread.high,
                 all->spread.median, all->spread.sd);
    put_groups(evaluation, out);
}

void cv_summary(const struct cv_settings *settings,
                const struct cv_result *result,
                const struct evaluation *evaluation,
                const struct evaluation *beside, const char *run,
                struct buf *out)
{
    put_what(settings, result, out);
    put_words(settings, out);
    put_normalization(settings, evaluation, out);
    for (size_t i = 0; i < settings->grid.axes; i++)
        if (settings->grid.axis[i].count > 1)
            put_axis(settings, result, i, out);
    put_scores(evaluation, out);
    if (beside) {
        buf_add_text(out, "beside it, with global z-scores (the tested "
                          "speakers are strangers):\n");
        put_rows(beside, out);
    }
    buf_addf(out, "written to %s\n", run);
}
