/*
 * agreement_raters - each rater against the rest.
 */
#include <config.h>

#include "common/stat/agreement_parts.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/agreement_internal.h"
#include "common/stat/ccc.h"

/* Ratings looked at, each rater left out in turn, at most. */
static const double work_max = 2e7;

/* Sums of one rater over the shared items. */
struct against {
    double agreement;
    double *own, *rest;    /* of each category: shares, summed over items */
    struct ccc_sums pairs; /* own number and the others' mean */
    double bias;
};

static void add_item(const struct ratings *r, size_t item, size_t at,
                     double origin, struct against *sums)
{
    uint32_t code = r->rating[at].code;
    double others = (double)(ratings_of(r, item) - 1), mean = 0, same = 0;

    for (size_t k = r->start[item]; k < r->start[item + 1]; k++) {
        if (k == at)
            continue;
        same += r->rating[k].code == code;
        sums->rest[r->rating[k].code] += 1 / others;
        if (r->value)
            mean += r->value[r->rating[k].code] / others;
    }
    sums->own[code]++;
    sums->agreement += same / others;
    if (r->value) {
        ccc_add(&sums->pairs, origin, r->value[code], mean, 1);
        sums->bias += r->value[code] - mean;
    }
}

static void read_sums(const struct ratings *r, const struct against *sums,
                      struct rater_part *out)
{
    static const char nobody[] = "no item was judged by somebody else too";
    size_t k = r->categories.count;
    double n = (double)out->shared, kappa = 0, ac1 = 0;

    out->agreement = estimate_ratio(sums->agreement, n, nobody);
    out->kappa = out->ac1 = out->pearson = out->ccc = out->bias =
        estimate_undefined(nobody);
    if (out->shared == 0)
        return;
    for (size_t c = 0; c < k; c++) {
        double own = sums->own[c] / n, rest = sums->rest[c] / n;
        double both = (own + rest) / 2;

        out->used += sums->own[c] > 0;
        kappa += own * rest;
        ac1 += both * (1 - both) / (k > 1 ? (double)(k - 1) : 1);
    }
    out->kappa = kappa < 1 - 1e-14
                     ? estimate_of((out->agreement.value - kappa) / (1 - kappa))
                     : estimate_undefined("this rater and the others used one "
                                          "and the same category (0/0)");
    out->ac1 = k > 1 ? estimate_of((out->agreement.value - ac1) / (1 - ac1))
                     : estimate_undefined("one category only");
    if (r->value) {
        out->pearson = ccc_pearson(&sums->pairs);
        out->ccc = ccc_lin(&sums->pairs);
        out->bias = estimate_of(sums->bias / n);
    }
}

static struct estimate alpha_without(const struct ratings *r, size_t rater,
                                     const struct agreement_settings *settings)
{
    bool *keep = xcalloc(r->raters.count + 1, sizeof(*keep));
    struct ratings *rest;
    struct alpha alpha;

    for (size_t g = 0; g < r->raters.count; g++)
        keep[g] = g != rater;
    rest = ratings_subset(r, NULL, keep);
    alpha = agreement_alpha(rest, settings);
    ratings_free(rest);
    free(keep);
    return alpha.value;
}

/* The first two judgements of each item that somebody judged again. */
static void count_repeats(const struct ratings *r, struct rater_part *of)
{
    for (size_t i = 0; i < r->items.count; i++) {
        for (size_t k = r->start[i]; k < r->start[i + 1]; k++) {
            uint32_t rater = r->rating[k].rater;
            size_t before = 0, first = 0;

            for (size_t j = r->start[i]; j < k; j++) {
                if (r->rating[j].rater == rater) {
                    before++;
                    first = j;
                }
            }
            if (rater == RATINGS_NOBODY || before != 1)
                continue;
            of[rater].repeated++;
            of[rater].consistent += r->rating[first].code == r->rating[k].code;
        }
    }
}

static void sum_raters(const struct ratings *r, struct against *sums,
                       struct rater_part *of)
{
    double origin = 0;

    for (size_t c = 0; r->value && c < r->categories.count; c++)
        origin += r->value[c] / (double)r->categories.count;
    for (size_t i = 0; i < r->items.count; i++) {
        for (size_t k = r->start[i]; k < r->start[i + 1]; k++) {
            uint32_t rater = r->rating[k].rater;

            if (rater == RATINGS_NOBODY)
                continue;
            of[rater].ratings++;
            if (ratings_of(r, i) < 2)
                continue;
            of[rater].shared++;
            add_item(r, i, k, origin, &sums[rater]);
        }
        for (size_t k = r->reserved_start[i]; k < r->reserved_start[i + 1]; k++)
            if (r->reserved[k].rater != RATINGS_NOBODY)
                of[r->reserved[k].rater].reserved++;
    }
}

struct rater_part *agreement_raters(const struct ratings *r,
                                    const struct ratings *with_repeats,
                                    const struct agreement_settings *settings,
                                    size_t *count)
{
    size_t raters = r->raters.count, k = r->categories.count;
    struct rater_part *of = xcalloc(raters + 1, sizeof(*of));
    struct against *sums = xcalloc(raters + 1, sizeof(*sums));

    *count = 0;
    for (size_t g = 0; g < raters; g++) {
        of[g].rater = (uint32_t)g;
        sums[g].own = xcalloc(2 * k + 1, sizeof(double));
        sums[g].rest = sums[g].own + k;
    }
    sum_raters(r, sums, of);
    count_repeats(with_repeats, of);
    for (size_t g = 0; g < raters; g++) {
        read_sums(r, &sums[g], &of[g]);
        free(sums[g].own);
        if (of[g].ratings + of[g].reserved == 0)
            continue;
        of[g].without = (double)raters * (double)ratings_count(r) > work_max
                            ? estimate_undefined("left out: too many raters")
                            : alpha_without(r, g, settings);
        of[(*count)++] = of[g];
    }
    free(sums);
    return of;
}
