/*
 * compare - both runs as sums by speaker, left out and swapped.
 */
#include <config.h>

#include "eval/valid/compare.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/vec.h"

/* Two runs while clusters go in and out, and over from one to the other. */
struct duel {
    struct comparison *to;
    struct tally *tally[2];
    struct tally_sums sums[2];
    bool *swapped; /* owned; each cluster */
    bool *needed;  /* owned; classes of the whole */
};

static void duel_clear(void *context)
{
    struct duel *duel = context;

    for (size_t side = 0; side < 2; side++)
        tally_sums_clear(&duel->sums[side]);
}

static void duel_add(void *context, size_t cluster, int times)
{
    struct duel *duel = context;

    for (size_t side = 0; side < 2; side++)
        tally_sums_add(&duel->sums[side], duel->tally[side], cluster, times);
}

static struct estimate gap_of(const struct compare_score *score,
                              const struct tally_sums *sums)
{
    struct estimate a = score->metric->compute(&sums[0], score->label, NULL);
    struct estimate b = score->metric->compute(&sums[1], score->label, NULL);

    if (!a.defined)
        return a;
    if (!b.defined)
        return b;
    return estimate_of(a.value - b.value);
}

/* False: a class of the whole is lost. */
static bool duel_read(void *context, struct estimate *out)
{
    struct duel *duel = context;
    const struct confusion *confusion = &duel->sums[0].confusion;
    bool whole = true;

    for (size_t k = 0; k < confusion->classes; k++)
        if (duel->needed[k] && confusion_truth_items(confusion, k) == 0)
            whole = false;
    for (size_t i = 0; i < duel->to->scores.count; i++) {
        const struct compare_score *score = &duel->to->scores.item[i];

        out[i] = !whole && score->metric->about == METRIC_ABOUT_CLASSES
                     ? estimate_undefined("a class has no items left")
                     : gap_of(score, duel->sums);
    }
    return whole;
}

static void swap_clear(void *context)
{
    struct duel *duel = context;

    for (size_t side = 0; side < 2; side++)
        tally_sums_fill(&duel->sums[side], duel->tally[side]);
    for (size_t c = 0; c < duel->to->clusters; c++)
        duel->swapped[c] = false;
}

static void swap_turn(void *context, size_t cluster)
{
    struct duel *duel = context;
    int way = duel->swapped[cluster] ? -1 : 1;

    duel->swapped[cluster] = !duel->swapped[cluster];
    for (size_t side = 0; side < 2; side++) {
        tally_sums_add(&duel->sums[side], duel->tally[side], cluster, -way);
        tally_sums_add(&duel->sums[side], duel->tally[1 - side], cluster, way);
    }
}

static void swap_read(void *context, struct estimate *out)
{
    duel_read(context, out);
}

/* The leading score first; of a class only its recall. */
static void list_scores(const struct predictions *p, struct duel *duel)
{
    for (const struct metric *metric = metrics; metric->name; metric++) {
        size_t times = metric_has_label(metric) ? p->labels.count : 1;

        if (metric->task != p->task ||
            metric->about == METRIC_ABOUT_PREDICTED ||
            (metric_has_label(metric) && metric != metric_find("recall")) ||
            (metric == metric_find("ccc_recording") && !p->has_recordings))
            continue;
        for (size_t k = 0; k < times; k++) {
            struct compare_score score = { .metric = metric, .label = k };

            if (!metric_has_label(metric))
                score.label = METRIC_NO_LABEL;
            else if (!duel->needed[k])
                continue;
            VEC_PUSH(&duel->to->scores, score);
        }
    }
}

static void put_values(struct duel *duel)
{
    swap_clear(duel);
    for (size_t i = 0; i < duel->to->scores.count; i++) {
        struct compare_score *score = &duel->to->scores.item[i];

        for (size_t side = 0; side < 2; side++)
            score->value[side] =
                score->metric->compute(&duel->sums[side], score->label, NULL);
        score->difference = gap_of(score, duel->sums);
    }
}

static void put_intervals(struct duel *duel, double level)
{
    struct comparison *to = duel->to;
    struct interval_source source = { .clusters = to->clusters,
                                      .outputs = to->scores.count,
                                      .context = duel,
                                      .clear = duel_clear,
                                      .add = duel_add,
                                      .read = duel_read };
    struct estimate *value = xcalloc(source.outputs + 1, sizeof(*value));
    struct interval *interval = xcalloc(source.outputs + 1, sizeof(*interval));

    interval_jackknife(&source, level, value, interval);
    for (size_t i = 0; i < source.outputs; i++) {
        struct compare_score *score = &to->scores.item[i];
        double most = score->metric->high - score->metric->low;

        score->interval = interval[i];
        if (to->clusters < COMPARE_FEW_SPEAKERS) {
            score->interval.defined = false;
            score->interval.reason = "fewer than 4 speakers";
        }
        interval_clip(&score->interval, -most, most);
    }
    free(interval);
    free(value);
}

static uint64_t ways_to_draw(const struct comparison *to,
                             const struct compare_settings *settings)
{
    uint64_t most = COMPARE_SWAPS / (to->clusters + 1);

    if (settings->samples > 0)
        return settings->samples;
    if (most > COMPARE_SAMPLES)
        return COMPARE_SAMPLES;
    return most < 1000 ? 1000 : most;
}

static void put_luck(struct duel *duel, const struct compare_settings *settings)
{
    struct comparison *to = duel->to;
    struct permute_swap_source source = { .clusters = to->clusters,
                                          .outputs = to->scores.count,
                                          .context = duel,
                                          .clear = swap_clear,
                                          .swap = swap_turn,
                                          .read = swap_read };
    struct permute_plan plan = { .exact_limit = 1u << COMPARE_EXACT_SPEAKERS,
                                 .samples = ways_to_draw(to, settings),
                                 .seed = settings->seed,
                                 .name = "compare/swap" };
    struct permutation *luck = xcalloc(source.outputs + 1, sizeof(*luck));

    permute_swaps(&source, &plan, luck);
    for (size_t i = 0; i < source.outputs; i++)
        to->scores.item[i].luck = luck[i];
    free(luck);
}

/* Each cluster alone; one without the score is in none of the counts. */
static void count_better(struct duel *duel)
{
    for (size_t c = 0; c < duel->to->clusters; c++) {
        duel_clear(duel);
        duel_add(duel, c, 1);
        for (size_t i = 0; i < duel->to->scores.count; i++) {
            struct compare_score *score = &duel->to->scores.item[i];
            struct estimate gap = gap_of(score, duel->sums);
            double gain =
                score->metric->lower_is_better ? -gap.value : gap.value;

            if (!gap.defined)
                continue;
            if (fabs(gain) < 1e-12)
                score->equal++;
            else if (gain > 0)
                score->first_better++;
            else
                score->second_better++;
        }
    }
}

static void put_mcnemar(struct comparison *to, const struct pairing *pairing)
{
    const struct predictions *a = to->side[0], *b = to->side[1];

    to->has_mcnemar = a->task == PREDICTIONS_CLASSIFY && a->repeats == 1;
    for (size_t k = 0; to->has_mcnemar && k < pairing->count; k++) {
        size_t i = pairing->first[k], j = pairing->second[k];
        bool right[2] = { a->truth[i] == a->predicted[i],
                          b->truth[j] == b->predicted[j] };

        if (!(a->weight[i] > 0))
            continue;
        to->both_right += right[0] && right[1];
        to->both_wrong += !right[0] && !right[1];
        to->only_right[0] += right[0] && !right[1];
        to->only_right[1] += right[1] && !right[0];
    }
    if (to->has_mcnemar)
        to->mcnemar = paired_mcnemar(to->only_right[0], to->only_right[1]);
}

static void duel_init(struct duel *duel, struct comparison *to,
                      const struct pairing *pairing)
{
    duel->to = to;
    duel->tally[0] = tally_new(to->side[0], pairing->first, pairing->count);
    duel->tally[1] = tally_new(to->side[1], pairing->second, pairing->count);
    to->rows = duel->tally[0]->rows;
    to->items = duel->tally[0]->items;
    to->clusters = duel->tally[0]->clusters;
    for (size_t side = 0; side < 2; side++)
        tally_sums_init(&duel->sums[side], duel->tally[side]);
    duel->swapped = xcalloc(to->clusters + 1, sizeof(*duel->swapped));
    duel->needed = xcalloc(duel->tally[0]->classes + 1, sizeof(*duel->needed));
    for (size_t k = 0; k < duel->tally[0]->classes; k++)
        duel->needed[k] = tally_carriers(duel->tally[0], k, false) > 0;
}

static void duel_release(struct duel *duel)
{
    for (size_t side = 0; side < 2; side++) {
        tally_sums_release(&duel->sums[side]);
        tally_free(duel->tally[side]);
    }
    free(duel->swapped);
    free(duel->needed);
}

bool compare_run(const struct predictions *first,
                 const struct predictions *second,
                 const struct pairing *pairing,
                 const struct compare_settings *settings,
                 struct comparison *out, struct error *err)
{
    struct duel duel = { 0 };

    *out = (struct comparison){ .side = { first, second } };
    duel_init(&duel, out, pairing);
    if (out->rows == 0) {
        error_set(err, ERROR_INPUT, "no row has a weight above 0");
        goto failed;
    }
    list_scores(first, &duel);
    put_values(&duel);
    put_intervals(&duel, settings->level);
    count_better(&duel);
    put_luck(&duel, settings);
    put_mcnemar(out, pairing);
    compare_by_fold(out->side, pairing, out->scores.item[0].metric,
                    &out->folds);
    if (!interrupt_check(err))
        goto failed;
    duel_release(&duel);
    return true;

failed:
    duel_release(&duel);
    compare_release(out);
    return false;
}

void compare_release(struct comparison *comparison)
{
    free(comparison->scores.item);
    *comparison = (struct comparison){ 0 };
}
