/*
 * agree_analytic - standard errors by linearisation over items.
 *
 * The variance is sum (v_i - value)^2 / (n (n - 1)) over the n items with a
 * rating (Krippendorff's: with two), where v_i is item i's share in the
 * coefficient: (n / n2) (p_a,i - p_e) / (1 - p_e) for items with two ratings
 * or more, less 2 (1 - value) (p_e,i - p_e) / (1 - p_e) where chance is
 * estimated too.
 */
#include <config.h>

#include "common/stat/agree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

struct linear {
    struct agree_sums sums;
    struct agree_sums one; /* of a single item */
    struct agreement_part *part;
    double squares[AGREE_KIND_COUNT];
    double *pull;       /* k: W times the mean shares (Fleiss) */
    double *pull_2;     /* k: W times the pooled shares (Krippendorff) */
    double *rater_pull; /* [rater * k + c]: W times the others' shares */
    double *rater_mean; /* of each rater: their own shares times that */
    double raters;      /* with ratings */
    double gwet;        /* sum of weights / (k (k - 1)) */
};

static void multiply(const struct agree_sums *sums, const double *p,
                     double scale, double *out)
{
    for (size_t a = 0; a < sums->k; a++) {
        out[a] = 0;
        for (size_t b = 0; b < sums->k; b++)
            out[a] += sums->weight[a * sums->k + b] * p[b] / scale;
    }
}

/* What each rater's choices weigh against the other raters' shares. */
static void prepare_raters(struct linear *linear)
{
    const struct agree_sums *sums = &linear->sums;
    size_t k = sums->k, raters = sums->ratings->raters.count;
    double *all = xcalloc(k + 1, sizeof(*all));
    double *others = xcalloc(k + 1, sizeof(*others));

    linear->rater_pull = xcalloc(raters * k + 1, sizeof(double));
    linear->rater_mean = xcalloc(raters + 1, sizeof(double));
    for (size_t g = 0; g < raters; g++) {
        if (sums->rated[g] <= 0)
            continue;
        linear->raters++;
        for (size_t c = 0; c < k; c++)
            all[c] += sums->of_rater[g * k + c] / sums->rated[g];
    }
    for (size_t g = 0; g < raters; g++) {
        double *pull = linear->rater_pull + g * k;

        if (sums->rated[g] <= 0)
            continue;
        for (size_t c = 0; c < k; c++)
            others[c] = all[c] - sums->of_rater[g * k + c] / sums->rated[g];
        multiply(sums, others, 1, pull);
        for (size_t c = 0; c < k; c++)
            linear->rater_mean[g] +=
                pull[c] * sums->of_rater[g * k + c] / sums->rated[g];
    }
    free(all);
    free(others);
}

/* Half of item's influence on Conger's chance. */
static double conger_half(const struct linear *linear, size_t item)
{
    const struct agree_sums *sums = &linear->sums;
    const struct ratings *r = sums->ratings;
    double half = 0;

    for (size_t a = r->start[item]; a < r->start[item + 1]; a++) {
        uint32_t g = r->rating[a].rater;

        if (g != RATINGS_NOBODY)
            half += sums->items / sums->rated[g] *
                    (linear->rater_pull[g * sums->k + r->rating[a].code] -
                     linear->rater_mean[g]);
    }
    return half / (linear->raters * (linear->raters - 1));
}

static void add_square(struct linear *linear, enum agree_kind kind,
                       double agreed, double chance_excess)
{
    const struct agreement_part *part = &linear->part[kind];
    double v = agreed -
               2 * (1 - part->value.value) * chance_excess / (1 - part->chance);

    v -= part->value.value;
    linear->squares[kind] += v * v;
}

static void krippendorff_item(struct linear *linear, double agreement, double m)
{
    const struct agree_sums *sums = &linear->sums;
    const struct agreement_part *part = &linear->part[AGREE_KRIPPENDORFF];
    double mean = sums->ratings_2 / sums->pairable;
    double whole = sums->agreement_2 / sums->ratings_2;
    /* The coefficient without the small-sample term, as in Gwet. */
    double prime = (whole - part->chance) / (1 - part->chance);
    double share = 0, v;

    for (size_t c = 0; c < sums->k; c++)
        share += linear->one.count_2[c] * linear->pull_2[c];
    v = (agreement * m / mean - part->agreement * (m - mean) / mean -
         part->chance) /
            (1 - part->chance) -
        2 * (1 - prime) *
            (share / mean - part->chance * (m - mean) / mean - part->chance) /
            (1 - part->chance) -
        prime;
    linear->squares[AGREE_KRIPPENDORFF] += v * v;
}

static void add_item(struct linear *linear, size_t item)
{
    const struct agree_sums *sums = &linear->sums;
    struct agree_sums *one = &linear->one;
    double ratio = sums->items / sums->pairable;
    double m = (double)ratings_of(sums->ratings, item);
    double fleiss = 0, gwet = 0, halves[AGREE_KIND_COUNT] = { 0 };

    memset(one->share, 0, one->k * sizeof(double));
    memset(one->count_2, 0, one->k * sizeof(double));
    one->pairable = one->agreement = 0;
    agree_sums_add(one, item, 1);
    for (size_t c = 0; c < sums->k; c++) {
        fleiss += one->share[c] * linear->pull[c];
        gwet += one->share[c] * (1 - sums->share[c] / sums->items);
    }
    halves[AGREE_FLEISS] = fleiss - linear->part[AGREE_FLEISS].chance;
    halves[AGREE_GWET] = linear->gwet * gwet - linear->part[AGREE_GWET].chance;
    if (linear->raters > 1)
        halves[AGREE_CONGER] = conger_half(linear, item);
    for (size_t i = 0; i < AGREE_KRIPPENDORFF; i++) {
        const struct agreement_part *part = &linear->part[i];
        double agreed = m >= 2 ? ratio * (one->agreement - part->chance) /
                                     (1 - part->chance)
                               : 0;

        if (part->value.defined)
            add_square(linear, (enum agree_kind)i, agreed, halves[i]);
    }
    if (m >= 2 && linear->part[AGREE_KRIPPENDORFF].value.defined)
        krippendorff_item(linear, one->agreement, m);
}

static void finish(struct linear *linear)
{
    for (size_t i = 0; i < AGREE_KIND_COUNT; i++) {
        struct agreement_part *part = &linear->part[i];
        double n = i == AGREE_KRIPPENDORFF ? linear->sums.pairable
                                           : linear->sums.items;

        part->items = n;
        if (!part->value.defined)
            part->se = estimate_undefined(part->value.reason);
        else if (n < 2)
            part->se = estimate_undefined("fewer than two items");
        else
            part->se = estimate_of(sqrt(linear->squares[i] / (n * (n - 1))));
    }
}

void agree_analytic(const struct ratings *ratings, const double *weight,
                    struct agreement_part *out)
{
    struct linear linear = { .part = out };
    size_t k = ratings->categories.count;

    agree_sums_init(&linear.sums, ratings, weight);
    agree_sums_init(&linear.one, ratings, weight);
    for (size_t i = 0; i < ratings->items.count; i++)
        agree_sums_add(&linear.sums, i, 1);
    agree_sums_read(&linear.sums, out);
    linear.pull = xcalloc(2 * k + 1, sizeof(double));
    linear.pull_2 = linear.pull + k;
    if (linear.sums.pairable > 0) {
        multiply(&linear.sums, linear.sums.share, linear.sums.items,
                 linear.pull);
        multiply(&linear.sums, linear.sums.count_2, linear.sums.ratings_2,
                 linear.pull_2);
        prepare_raters(&linear);
        for (size_t i = 0; k > 1 && i < k * k; i++)
            linear.gwet += weight[i] / (double)(k * (k - 1));
        for (size_t i = 0; i < ratings->items.count; i++)
            if (ratings_of(ratings, i) > 0)
                add_item(&linear, i);
    }
    finish(&linear);
    free(linear.pull);
    free(linear.rater_pull);
    free(linear.rater_mean);
    agree_sums_release(&linear.sums);
    agree_sums_release(&linear.one);
}
