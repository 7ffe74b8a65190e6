/*
 * evaluation - the parts, one after the other.
 */
#include <config.h>

#include "eval/fair/evaluation.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/stat/describe.h"
#include "eval/fair/group.h"
#include "eval/fair/support.h"
#include "eval/score/regress.h"

static const char *const evidence_names[] = {
    [EVIDENCE_MEASURED] = "measured",
    [EVIDENCE_INSUFFICIENT] = "insufficient",
    [EVIDENCE_UNDEFINED] = "undefined",
};

const char *evidence_name(enum evidence evidence)
{
    return evidence_names[evidence];
}

const struct interval *score_interval(const struct score *score)
{
    bool few = score->jackknife.clusters < EVALUATION_MANY_SPEAKERS;

    if (score->bootstrap.defined && (!few || !score->jackknife.defined))
        return &score->bootstrap;
    return &score->jackknife;
}

/* All scores of the task, those of a class once for each label. */
static void list_scores(const struct predictions *p, struct part *part)
{
    for (const struct metric *metric = metrics; metric->name; metric++) {
        size_t times = metric_has_label(metric) ? p->labels.count : 1;

        if (metric->task != p->task)
            continue;
        for (size_t label = 0; label < times; label++) {
            struct score score = { .metric = metric, .label = label };

            if (!metric_has_label(metric))
                score.label = METRIC_NO_LABEL;
            VEC_PUSH(&part->scores, score);
        }
    }
}

/* What the intervals of one part are read from. */
struct reading {
    const struct part *part;
    const struct tally *tally;
    struct tally_sums sums;
    bool *needed; /* owned; classes of the whole part */
};

static void reading_clear(void *context)
{
    struct reading *reading = context;

    tally_sums_clear(&reading->sums);
}

static void reading_add(void *context, size_t cluster, int times)
{
    struct reading *reading = context;

    tally_sums_add(&reading->sums, reading->tally, cluster, times);
}

static bool reading_read(void *context, struct estimate *out)
{
    struct reading *reading = context;
    const struct confusion *confusion = &reading->sums.confusion;
    bool whole = true;

    for (size_t k = 0; k < confusion->classes; k++)
        if (reading->needed[k] && confusion_truth_items(confusion, k) == 0)
            whole = false;
    for (size_t i = 0; i < reading->part->scores.count; i++) {
        const struct score *score = &reading->part->scores.item[i];

        if (!whole && score->metric->about == METRIC_ABOUT_CLASSES)
            out[i] = estimate_undefined("a class has no items left");
        else
            out[i] = score->metric->compute(&reading->sums, score->label, NULL);
    }
    return whole;
}

/* No value, or too few speakers for an interval: says which. */
static void settle(struct score *score)
{
    if (!score->value.defined) {
        score->evidence = EVIDENCE_UNDEFINED;
        free(score->reason);
        score->reason = xstrdup(score->value.reason);
    }
    if (score->evidence != EVIDENCE_MEASURED) {
        score->jackknife.defined = score->bootstrap.defined = false;
        score->jackknife.reason = score->bootstrap.reason = score->reason;
    }
    interval_clip(&score->jackknife, score->metric->low, score->metric->high);
    interval_clip(&score->bootstrap, score->metric->low, score->metric->high);
}

static void put_intervals(struct part *part,
                          const struct interval_source *source,
                          const struct evaluation_settings *settings,
                          const char *stream)
{
    size_t count = part->scores.count;
    struct estimate *value = xcalloc(count + 1, sizeof(*value));
    struct interval *jackknife = xcalloc(count + 1, sizeof(*jackknife));
    struct interval_resamples resamples = { 0 };
    bool many = source->clusters > EVALUATION_MOST_DRAWN;
    bool draw = settings->resamples > 0 && source->clusters > 0 && !many;

    interval_jackknife(source, settings->level, value, jackknife);
    if (draw)
        interval_draw(source, (size_t)settings->resamples, settings->seed,
                      stream, &resamples);
    for (size_t i = 0; i < count; i++) {
        struct score *score = &part->scores.item[i];

        score->value = value[i];
        score->jackknife = jackknife[i];
        score->bootstrap =
            (struct interval){ .method = INTERVAL_PERCENTILE,
                               .clusters = source->clusters,
                               .level = settings->level,
                               .reason = many ? "left out: too many clusters"
                                              : "not asked for" };
        if (draw)
            score->bootstrap =
                interval_percentile(&resamples, i, settings->level);
        settle(score);
    }
    interval_resamples_release(&resamples);
    free(jackknife);
    free(value);
}

/* How the leading metric spreads over the clusters taken one by one. */
static struct spread spread_of(const struct predictions *p,
                               const struct tally *tally,
                               struct tally_sums *sums)
{
    const struct metric *metric = metric_leading(p->task);
    double *value = xcalloc(tally->clusters + 1, sizeof(*value));
    struct spread spread = { 0 };

    for (size_t c = 0; p->has_speakers && c < tally->clusters; c++) {
        struct estimate own;

        tally_sums_clear(sums);
        tally_sums_add(sums, tally, c, 1);
        own = metric->compute(sums, METRIC_NO_LABEL, NULL);
        if (own.defined)
            value[spread.speakers++] = own.value;
    }
    if (spread.speakers > 0) {
        describe_sort(value, spread.speakers);
        spread.low = value[0];
        spread.high = value[spread.speakers - 1];
        spread.median = describe_quantile(value, spread.speakers, 0.5).value;
        spread.sd =
            describe_sd(value, spread.speakers, DESCRIBE_N_LESS_1).value;
    }
    free(value);
    return spread;
}

/* What is known without chance: counts, confusion, who carries what. */
static void count_part(const struct predictions *p, struct part *part,
                       struct reading *reading)
{
    static const struct support_minimum few = {
        .speakers = SUPPORT_SPEAKERS,
        .class_speakers = SUPPORT_SPEAKERS,
    };
    const struct tally *tally = reading->tally;

    part->rows = tally->rows;
    part->items = tally->items;
    part->clusters = tally->clusters;
    list_scores(p, part);
    confusion_init(&part->confusion, tally->classes);
    confusion_copy(&part->confusion, &reading->sums.confusion);
    part->class_clusters =
        xcalloc(tally->classes + 1, sizeof(*part->class_clusters));
    reading->needed = xcalloc(tally->classes + 1, sizeof(*reading->needed));
    for (size_t k = 0; k < tally->classes; k++) {
        part->class_clusters[k] = tally_carriers(tally, k, false);
        reading->needed[k] = part->class_clusters[k] > 0;
    }
    for (size_t i = 0; i < part->scores.count; i++) {
        struct score *score = &part->scores.item[i];

        score->reason = support_lack(p, tally, &reading->sums, score->metric,
                                     score->label, NULL, &few);
        if (score->reason)
            score->evidence = EVIDENCE_INSUFFICIENT;
    }
    regress_ccc_recording(&reading->sums, &part->recordings);
}

static void fill_part(const struct evaluation *evaluation, struct part *part,
                      const size_t *row, size_t rows)
{
    const struct predictions *p = evaluation->predictions;
    struct tally *tally = tally_new(p, row, rows);
    struct reading reading = { .part = part, .tally = tally };
    struct interval_source source = { .clusters = tally->clusters,
                                      .context = &reading,
                                      .clear = reading_clear,
                                      .add = reading_add,
                                      .read = reading_read };
    char *stream = xasprintf("bootstrap/%s/%s", part->by ? part->by : "",
                             part->name ? part->name : "");

    tally_sums_init(&reading.sums, tally);
    tally_sums_fill(&reading.sums, tally);
    count_part(p, part, &reading);
    source.outputs = part->scores.count;
    put_intervals(part, &source, &evaluation->settings, stream);
    part->spread = spread_of(p, tally, &reading.sums);
    tally_sums_release(&reading.sums);
    free(reading.needed);
    free(stream);
    tally_free(tally);
}

static bool add_all(struct evaluation *evaluation, struct error *err)
{
    size_t rows = evaluation->predictions->rows;
    size_t *row = xcalloc(rows + 1, sizeof(*row));
    struct part part = { 0 };

    for (size_t i = 0; i < rows; i++)
        row[i] = i;
    fill_part(evaluation, &part, row, rows);
    VEC_PUSH(&evaluation->parts, part);
    free(row);
    return interrupt_check(err);
}

static bool add_grouping(struct evaluation *evaluation, const char *by,
                         struct error *err)
{
    struct grouping grouping;
    bool good = true;

    if (!grouping_make(evaluation->predictions, by, &grouping, err))
        return false;
    for (size_t i = 0; good && i < grouping.count; i++) {
        struct part part = { .by = xstrdup(by),
                             .name = xstrdup(grouping.item[i].name) };

        fill_part(evaluation, &part, grouping.item[i].row,
                  grouping.item[i].count);
        VEC_PUSH(&evaluation->parts, part);
        good = interrupt_check(err);
    }
    grouping_release(&grouping);
    return good;
}

struct evaluation *evaluation_new(const struct predictions *predictions,
                                  const struct evaluation_settings *settings,
                                  struct error *err)
{
    struct evaluation *evaluation = xcalloc(1, sizeof(*evaluation));
    struct text_list by = { 0 };

    evaluation->predictions = predictions;
    evaluation->settings = *settings;
    evaluation->settings.by = NULL; /* the caller's, not kept */
    if (!group_expand(settings->by, &by, err) || !add_all(evaluation, err))
        goto failed;
    for (size_t i = 0; i < by.count; i++)
        if (!add_grouping(evaluation, by.item[i], err))
            goto failed;
    text_list_release(&by);
    return evaluation;

failed:
    text_list_release(&by);
    evaluation_free(evaluation);
    return NULL;
}

static void part_release(struct part *part)
{
    for (size_t i = 0; i < part->scores.count; i++)
        free(part->scores.item[i].reason);
    free(part->scores.item);
    confusion_release(&part->confusion);
    free(part->class_clusters);
    free(part->by);
    free(part->name);
}

void evaluation_free(struct evaluation *evaluation)
{
    if (!evaluation)
        return;
    for (size_t i = 0; i < evaluation->parts.count; i++)
        part_release(&evaluation->parts.item[i]);
    free(evaluation->parts.item);
    free(evaluation);
}

const struct score *part_score(const struct part *part, const char *metric,
                               size_t label)
{
    for (size_t i = 0; i < part->scores.count; i++)
        if (strcmp(part->scores.item[i].metric->name, metric) == 0 &&
            part->scores.item[i].label == label)
            return &part->scores.item[i];
    return NULL;
}
