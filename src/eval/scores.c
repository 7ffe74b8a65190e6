/*
 * scores - an evaluation as text for a terminal.
 */
#include <config.h>

#include "eval/scores.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/utf8.h"

enum {
    WIDTH = 80,
    LABEL_WIDTH = 14, /* of classes and scores */
    RANGE_WIDTH = 17, /* "[0.651, 0.838]" and a blank or more */
};

/* The text, clipped to `width` cells less one, and blanks up to there. */
static void put_left(struct buf *out, const char *text, int width)
{
    size_t bytes = utf8_clip(text, width - 1);
    char *clipped = xstrndup(text, bytes);

    buf_add_text(out, clipped);
    for (int i = utf8_width(clipped); i < width; i++)
        buf_add_char(out, ' ');
    free(clipped);
}

static void put_right(struct buf *out, const char *text, int width)
{
    for (int i = utf8_width(text); i < width; i++)
        buf_add_char(out, ' ');
    buf_add_text(out, text);
}

static void put_count(struct buf *out, int64_t count, int width)
{
    char text[24];

    snprintf(text, sizeof(text), "%" PRId64, count);
    put_right(out, text, width);
}

static void put_range(struct buf *out, const struct interval *interval,
                      int width)
{
    char text[64] = "-";

    if (interval->defined) {
        double largest = fmax(fabs(interval->low), fabs(interval->high));
        int decimals = largest < 100 ? 3 : largest < 1e4 ? 1 : 0;

        snprintf(text, sizeof(text), "[%.*f, %.*f]", decimals, interval->low,
                 decimals, interval->high);
    }
    put_left(out, text, width);
}

static bool leads(const struct part *part)
{
    return part->clusters >= EVALUATION_MANY_SPEAKERS &&
           part->clusters <= EVALUATION_MOST_DRAWN;
}

/* Takes away blanks at the end, and ends the line. */
static void end_line(struct buf *out)
{
    while (out->length > 0 && out->data[out->length - 1] == ' ')
        out->length--;
    buf_add_char(out, '\n');
}

static void put_note(const struct evaluation *evaluation,
                     const struct part *part, const struct score *score,
                     struct buf *out)
{
    const struct predictions *p = evaluation->predictions;
    const struct interval *interval = score_interval(score);

    if (!interval->defined)
        buf_addf(out, "no interval: %s", interval->reason);
    else if (interval->no_spread)
        buf_add_text(out, "no spread");
    else if (!p->has_speakers)
        buf_add_text(out, "as if independent");
    else if (score->metric->about == METRIC_ABOUT_CLASSES)
        buf_addf(out, "%zu of %zu classes", confusion_present(&part->confusion),
                 p->labels.count);
    else if (score->metric == metric_find("ccc_recording"))
        buf_addf(out, "%zu recordings", part->recordings);
}

static void put_score(const struct evaluation *evaluation,
                      const struct part *part, const struct score *score,
                      struct buf *out)
{
    const struct interval *first = &score->jackknife;
    const struct interval *second = &score->bootstrap;
    char text[32];

    put_left(out, score->metric->title, LABEL_WIDTH + 2);
    if (score->evidence == EVIDENCE_UNDEFINED) {
        buf_addf(out, "undefined: %s\n", score->reason);
        return;
    }
    snprintf(text, sizeof(text), "%.*f", fabs(score->value.value) < 100 ? 4 : 2,
             score->value.value);
    put_right(out, text, 7);
    buf_add_text(out, "  ");
    if (score->evidence == EVIDENCE_INSUFFICIENT) {
        buf_addf(out, "insufficient: %s\n", score->reason);
        return;
    }
    if (leads(part)) {
        first = &score->bootstrap;
        second = &score->jackknife;
    }
    put_range(out, first, RANGE_WIDTH);
    if (evaluation->settings.resamples > 0)
        put_range(out, second, RANGE_WIDTH);
    put_note(evaluation, part, score, out);
    end_line(out);
}

static void put_scores(const struct evaluation *evaluation,
                       const struct part *part, struct buf *out)
{
    bool many = leads(part);

    put_left(out, "score", LABEL_WIDTH + 2);
    buf_add_text(out, "  value  ");
    if (evaluation->settings.resamples > 0) {
        put_left(out, many ? "bootstrap" : "jackknife-t", RANGE_WIDTH);
        put_left(out, many ? "jackknife-t" : "bootstrap", RANGE_WIDTH);
    } else {
        put_left(out, "jackknife-t", RANGE_WIDTH);
    }
    end_line(out);
    for (size_t i = 0; i < part->scores.count; i++)
        if (part->scores.item[i].label == METRIC_NO_LABEL)
            put_score(evaluation, part, &part->scores.item[i], out);
    if (part->spread.speakers > 1)
        buf_addf(out,
                 "%s of single speakers (%zu): %.3f to %.3f, median %.3f, "
                 "sd %.3f\n",
                 evaluation->predictions->task == PREDICTIONS_CLASSIFY ? "UAR"
                                                                       : "CCC",
                 part->spread.speakers, part->spread.low, part->spread.high,
                 part->spread.median, part->spread.sd);
}

/* A value and its leading interval, or why there is none. */
static void put_cell(const struct score *score, int width, struct buf *out)
{
    const struct interval *interval = score_interval(score);
    char text[96];

    if (score->evidence == EVIDENCE_UNDEFINED)
        snprintf(text, sizeof(text), "undefined");
    else if (score->evidence == EVIDENCE_INSUFFICIENT)
        snprintf(text, sizeof(text), "%.3f insufficient", score->value.value);
    else if (!interval->defined)
        snprintf(text, sizeof(text), "%.3f", score->value.value);
    else if (interval->no_spread)
        snprintf(text, sizeof(text), "%.3f no spread", score->value.value);
    else
        snprintf(text, sizeof(text), "%.3f [%.3f, %.3f]", score->value.value,
                 interval->low, interval->high);
    put_left(out, text, width);
}

/* Recall and precision with their leading interval; F1 alone. */
static void put_classes(const struct evaluation *evaluation,
                        const struct part *part, struct buf *out)
{
    const struct predictions *p = evaluation->predictions;

    put_left(out, "\nclass", LABEL_WIDTH);
    buf_add_text(out,
                 p->has_speakers ? "  rows  speakers  " : "  rows            ");
    put_left(out, "recall", 22);
    put_left(out, "precision", 22);
    buf_add_text(out, "F1\n");
    for (size_t k = 0; k < p->labels.count; k++) {
        const struct score *f1 = part_score(part, "f1", k);

        put_left(out, p->labels.item[k], LABEL_WIDTH - 1);
        put_count(out, confusion_truth_items(&part->confusion, k), 6);
        if (p->has_speakers)
            put_count(out, (int64_t)part->class_clusters[k], 10);
        else
            buf_add_text(out, "          ");
        buf_add_text(out, "  ");
        put_cell(part_score(part, "recall", k), 22, out);
        put_cell(part_score(part, "precision", k), 22, out);
        if (f1->value.defined)
            buf_addf(out, "%.3f", f1->value.value);
        else
            buf_add_char(out, '-');
        end_line(out);
    }
}

/* In as many blocks of columns as the width asks for. */
static void put_confusion(const struct evaluation *evaluation,
                          const struct part *part, struct buf *out)
{
    const struct text_list *labels = &evaluation->predictions->labels;
    size_t n = labels->count;
    size_t block = (WIDTH - LABEL_WIDTH) / 10;

    for (size_t from = 0; from < n; from += block) {
        size_t to = from + block < n ? from + block : n;

        put_left(out, "\ntruth", LABEL_WIDTH + 1);
        buf_add_text(out, "   predicted\n");
        put_left(out, "", LABEL_WIDTH);
        for (size_t j = from; j < to; j++) {
            char *clipped =
                xstrndup(labels->item[j], utf8_clip(labels->item[j], 9));

            put_right(out, clipped, 10);
            free(clipped);
        }
        buf_add_char(out, '\n');
        for (size_t k = 0; k < n; k++) {
            put_left(out, labels->item[k], LABEL_WIDTH);
            for (size_t j = from; j < to; j++)
                put_count(out, part->confusion.count[k * n + j], 10);
            buf_add_char(out, '\n');
        }
    }
}

static void put_part(const struct evaluation *evaluation,
                     const struct part *part, struct buf *out)
{
    const struct predictions *p = evaluation->predictions;

    const char *label =
        evaluation->settings.transductive ? " (transductive)" : "";

    if (part->by)
        buf_addf(out, "\n%s = %s%s: ", part->by, part->name, label);
    else
        buf_addf(out, "\noverall%s: ", label);
    buf_addf(out, "%zu item%s", part->items, part->items == 1 ? "" : "s");
    if (part->rows != part->items)
        buf_addf(out, " in %zu rows", part->rows);
    if (p->has_speakers)
        buf_addf(out, ", %zu speaker%s", part->clusters,
                 part->clusters == 1 ? "" : "s");
    buf_add_char(out, '\n');
    if (part->rows == 0)
        return;
    put_scores(evaluation, part, out);
    if (p->task == PREDICTIONS_CLASSIFY) {
        put_classes(evaluation, part, out);
        if (!part->by)
            put_confusion(evaluation, part, out);
    }
}

static void put_head(const struct evaluation *evaluation, const char *name,
                     struct buf *out)
{
    const struct evaluation_settings *settings = &evaluation->settings;
    const struct predictions *p = evaluation->predictions;
    const char *what = p->has_speakers ? "speaker" : "row";

    buf_addf(out, "%s: %s, %zu item%s", name, predictions_task_name(p->task),
             p->items, p->items == 1 ? "" : "s");
    if (p->repeats > 1)
        buf_addf(out, " in %zu repeats", p->repeats);
    if (p->has_speakers)
        buf_addf(out, ", %zu speaker%s", p->clusters,
                 p->clusters == 1 ? "" : "s");
    if (p->task == PREDICTIONS_CLASSIFY)
        buf_addf(out, ", %zu class%s", p->labels.count,
                 p->labels.count == 1 ? "" : "es");
    buf_add_char(out, '\n');
    if (settings->normalization)
        buf_addf(out, "normalization: %s%s\n", settings->normalization,
                 settings->transductive
                     ? " (transductive: by the tested speakers' own items)"
                     : "");
    if (!p->has_speakers)
        buf_add_text(out, "no column \"speaker\": rows taken as independent; "
                          "where one person gave\nseveral, every interval is "
                          "too narrow\n");
    buf_addf(out, "%g %% intervals: delete-one-%s jackknife with Student's t",
             100 * settings->level, what);
    if (settings->resamples > 0 && p->clusters > EVALUATION_MOST_DRAWN)
        buf_addf(out, "\n(no bootstrap of more than %d %ss)",
                 EVALUATION_MOST_DRAWN, what);
    else if (settings->resamples > 0)
        buf_addf(out,
                 ",\nand bootstrap of %ss (percentile, %" PRId64 " resamples)",
                 what, settings->resamples);
    buf_add_char(out, '\n');
}

void scores_text(const struct evaluation *evaluation, const char *name,
                 struct buf *out)
{
    size_t redrawn = 0;

    put_head(evaluation, name, out);
    for (size_t i = 0; i < evaluation->parts.count; i++)
        put_part(evaluation, &evaluation->parts.item[i], out);
    for (size_t i = 0; i < evaluation->parts.count; i++)
        if (evaluation->parts.item[i].scores.count > 0)
            redrawn +=
                evaluation->parts.item[i].scores.item[0].bootstrap.redrawn;
    if (redrawn > 0)
        buf_addf(out, "\n%zu resamples lost a class and were drawn again\n",
                 redrawn);
}
