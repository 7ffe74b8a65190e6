/*
 * gap - two tallies, and sums on both sides that clusters go in and out of.
 */
#include <config.h>

#include "eval/fair/gap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "eval/score/tally.h"

#define NOT_HERE ((size_t)-1)

/* One speaker: the place in each group's tally, or NOT_HERE. */
struct member {
    size_t place[2];
};

enum { OUT_DIFFERENCE, OUT_LOG_RATIO, OUTPUTS };

struct weighing {
    const struct metric *metric;
    size_t label;
    const bool *among;
    struct tally *tally[2]; /* owned */
    struct tally_sums sums[2];
    struct member *member; /* owned */
    size_t members;
    size_t *side;        /* owned; 0 or 1 of each member, when disjoint */
    struct tally *joint; /* owned; both groups, for permuting */
    struct tally_sums swapped[2]; /* of `joint` */
};

static struct estimate compute(const struct weighing *w,
                               const struct tally_sums *sums)
{
    return w->metric->compute(sums, w->label, w->among);
}

static struct estimate difference_of(struct estimate a, struct estimate b)
{
    if (!a.defined)
        return a;
    if (!b.defined)
        return b;
    return estimate_of(a.value - b.value);
}

static struct estimate log_ratio_of(struct estimate a, struct estimate b)
{
    if (!a.defined)
        return a;
    if (!b.defined)
        return b;
    if (!(a.value > 0) || !(b.value > 0))
        return estimate_undefined("a value is not above 0");
    return estimate_of(log(a.value / b.value));
}

/* Smaller / larger. */
static struct estimate ratio_of(struct estimate a, struct estimate b)
{
    struct estimate both = difference_of(a, b);

    if (!both.defined)
        return both;
    if (a.value < 0 || b.value < 0)
        return estimate_undefined("a value is below 0");
    return estimate_ratio(fmin(a.value, b.value), fmax(a.value, b.value),
                          "both values are 0");
}

static void weigh_clear(void *context)
{
    struct weighing *w = context;

    tally_sums_clear(&w->sums[0]);
    tally_sums_clear(&w->sums[1]);
}

static void weigh_add(void *context, size_t member, int times)
{
    struct weighing *w = context;

    for (size_t s = 0; s < 2; s++)
        if (w->member[member].place[s] != NOT_HERE)
            tally_sums_add(&w->sums[s], w->tally[s], w->member[member].place[s],
                           times);
}

static bool weigh_read(void *context, struct estimate *out)
{
    struct weighing *w = context;
    struct estimate a = compute(w, &w->sums[0]);
    struct estimate b = compute(w, &w->sums[1]);

    out[OUT_DIFFERENCE] = difference_of(a, b);
    out[OUT_LOG_RATIO] = log_ratio_of(a, b);
    return out[OUT_DIFFERENCE].defined;
}

/* The speakers of both groups in order; true when none is in both. */
static bool join_members(struct weighing *w)
{
    const struct tally *a = w->tally[0];
    const struct tally *b = w->tally[1];
    bool disjoint = true;

    w->member = xcalloc(a->clusters + b->clusters + 1, sizeof(*w->member));
    w->side = xcalloc(a->clusters + b->clusters + 1, sizeof(*w->side));
    for (size_t i = 0, j = 0; i < a->clusters || j < b->clusters;) {
        struct member *m = &w->member[w->members];
        bool in_a = i < a->clusters &&
                    (j == b->clusters || a->cluster[i] <= b->cluster[j]);
        bool in_b = j < b->clusters &&
                    (i == a->clusters || b->cluster[j] <= a->cluster[i]);

        m->place[0] = in_a ? i++ : NOT_HERE;
        m->place[1] = in_b ? j++ : NOT_HERE;
        disjoint = disjoint && !(in_a && in_b);
        w->side[w->members++] = in_a ? 0 : 1;
    }
    return disjoint;
}

static struct estimate swap_gap(void *context, const bool *first)
{
    struct weighing *w = context;

    tally_sums_clear(&w->swapped[0]);
    tally_sums_clear(&w->swapped[1]);
    for (size_t m = 0; m < w->members; m++)
        tally_sums_add(&w->swapped[first[m] ? 0 : 1], w->joint, m, 1);
    return difference_of(compute(w, &w->swapped[0]),
                         compute(w, &w->swapped[1]));
}

static void permute(struct weighing *w, const struct predictions *p,
                    const struct group *first, const struct group *second,
                    const struct gap_settings *settings, struct gap *out)
{
    size_t rows = first->count + second->count;
    size_t *row = xcalloc(rows + 1, sizeof(*row));
    bool *in_first = xcalloc(w->members + 1, sizeof(*in_first));
    char *stream =
        xasprintf("permute/%s/%s/%s", w->metric->name, out->first, out->second);
    struct permute_plan plan = { .exact_limit = settings->exact_limit,
                                 .samples = settings->permutations,
                                 .seed = settings->seed,
                                 .name = stream };
    struct permute_source source = {
        .clusters = w->members, .first = in_first, .context = w, .gap = swap_gap
    };

    memcpy(row, first->row, first->count * sizeof(*row));
    memcpy(row + first->count, second->row, second->count * sizeof(*row));
    /* Both lists of speakers are in the same order: member m is cluster m. */
    w->joint = tally_new(p, row, rows);
    for (size_t s = 0; s < 2; s++)
        tally_sums_init(&w->swapped[s], w->joint);
    for (size_t m = 0; m < w->members; m++)
        in_first[m] = w->side[m] == 0;
    out->permutation = permute_two_groups(&source, &plan);
    free(stream);
    free(in_first);
    free(row);
}

/* From the interval of log(first / second) to that of smaller / larger. */
static struct interval ratio_interval(struct interval log_ratio)
{
    struct interval out = log_ratio;

    if (!out.defined)
        return out;
    out.low = exp(-fmax(fabs(log_ratio.low), fabs(log_ratio.high)));
    out.high = log_ratio.low <= 0 && log_ratio.high >= 0
                   ? 1
                   : exp(-fmin(fabs(log_ratio.low), fabs(log_ratio.high)));
    return out;
}

static void put_intervals(struct weighing *w,
                          const struct gap_settings *settings, struct gap *out)
{
    double reach = w->metric->high - w->metric->low;
    struct interval_source source = {
        .clusters = w->members,
        .outputs = OUTPUTS,
        .group = out->disjoint ? w->side : NULL,
        .context = w,
        .clear = weigh_clear,
        .add = weigh_add,
        .read = weigh_read,
    };
    struct interval_resamples resamples = { 0 };
    struct estimate value[OUTPUTS];
    struct interval interval[OUTPUTS];
    char *stream =
        xasprintf("gap/%s/%s/%s", w->metric->name, out->first, out->second);

    interval_jackknife(&source, settings->level, value, interval);
    out->difference_interval = interval[OUT_DIFFERENCE];
    interval_clip(&out->difference_interval, -reach, reach);
    out->ratio_interval = ratio_interval(interval[OUT_LOG_RATIO]);
    if (settings->resamples > 0 && out->difference.defined) {
        interval_draw(&source, (size_t)settings->resamples, settings->seed,
                      stream, &resamples);
        out->difference_bootstrap =
            interval_percentile(&resamples, OUT_DIFFERENCE, settings->level);
        interval_resamples_release(&resamples);
    }
    free(stream);
}

/* Classes in the truth of both groups, for a mean over classes. */
static void share_classes(struct weighing *w, struct gap *out)
{
    size_t classes = w->tally[0]->classes;

    if (w->metric->about != METRIC_ABOUT_CLASSES)
        return;
    out->shared = xcalloc(classes + 1, sizeof(*out->shared));
    for (size_t k = 0; k < classes; k++) {
        out->shared[k] = confusion_truth_items(&w->sums[0].confusion, k) > 0 &&
                         confusion_truth_items(&w->sums[1].confusion, k) > 0;
        out->classes += out->shared[k];
    }
    w->among = out->shared;
}

static void judge(const struct predictions *p, const struct weighing *w,
                  struct gap *out)
{
    static const struct support_minimum few = {
        .speakers = SUPPORT_SPEAKERS,
        .class_speakers = SUPPORT_SPEAKERS,
    };

    for (size_t s = 0; s < 2 && !out->lack; s++) {
        char *lack = support_lack(p, w->tally[s], &w->sums[s], w->metric,
                                  w->label, w->among, &few);

        if (lack)
            out->lack =
                xasprintf("%s: %s", s == 0 ? out->first : out->second, lack);
        free(lack);
    }
    if (!out->lack && out->shared && out->classes == 0)
        out->lack = xstrdup("no class occurs in both groups");
    if (!out->lack && !out->difference.defined)
        out->lack = xstrdup(out->difference.reason);
}

void gap_measure(const struct predictions *predictions,
                 const struct group *first, const struct group *second,
                 const struct metric *metric, size_t label,
                 const struct gap_settings *settings, struct gap *out)
{
    const struct group *const group[2] = { first, second };
    struct weighing w = { .metric = metric, .label = label };

    *out = (struct gap){ .first = first->name, .second = second->name };
    for (size_t s = 0; s < 2; s++) {
        w.tally[s] = tally_new(predictions, group[s]->row, group[s]->count);
        out->clusters[s] = w.tally[s]->clusters;
        tally_sums_init(&w.sums[s], w.tally[s]);
        tally_sums_fill(&w.sums[s], w.tally[s]);
    }
    out->disjoint = join_members(&w);
    share_classes(&w, out);
    for (size_t s = 0; s < 2; s++)
        out->value[s] = compute(&w, &w.sums[s]);
    out->difference = difference_of(out->value[0], out->value[1]);
    out->ratio = ratio_of(out->value[0], out->value[1]);
    judge(predictions, &w, out);
    if (!out->lack) {
        put_intervals(&w, settings, out);
        if (out->disjoint)
            permute(&w, predictions, first, second, settings, out);
    }
    for (size_t s = 0; s < 2; s++) {
        tally_sums_release(&w.sums[s]);
        tally_sums_release(&w.swapped[s]);
        tally_free(w.tally[s]);
    }
    tally_free(w.joint);
    free(w.member);
    free(w.side);
}

void gap_release(struct gap *gap)
{
    free(gap->shared);
    free(gap->lack);
    *gap = (struct gap){ 0 };
}
