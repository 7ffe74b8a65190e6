/*
 * agree - sums over items, and the coefficients read from them.
 */
#include <config.h>

#include "common/stat/agree.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

void agree_sums_init(struct agree_sums *sums, const struct ratings *ratings,
                     const double *weight)
{
    size_t k = ratings->categories.count;
    size_t raters = ratings->raters.count;

    assert(k <= AGREE_CATEGORIES_MAX);
    *sums = (struct agree_sums){ .ratings = ratings, .weight = weight, .k = k };
    sums->identity = true;
    for (size_t i = 0; i < k * k; i++)
        sums->identity &= weight[i] == (i % (k + 1) == 0);
    sums->share = xcalloc(k + 1, sizeof(double));
    sums->count_2 = xcalloc(k + 1, sizeof(double));
    sums->rated = xcalloc(raters + 1, sizeof(double));
    sums->of_rater = xcalloc(raters * k + 1, sizeof(double));
    sums->scratch = xcalloc(k + 1, sizeof(double));
}

void agree_sums_release(struct agree_sums *sums)
{
    free(sums->share);
    free(sums->count_2);
    free(sums->rated);
    free(sums->of_rater);
    free(sums->scratch);
    *sums = (struct agree_sums){ 0 };
}

void agree_sums_clear(struct agree_sums *sums)
{
    size_t raters = sums->ratings->raters.count;

    sums->items = sums->pairable = sums->ratings_2 = 0;
    sums->agreement = sums->agreement_2 = 0;
    memset(sums->share, 0, sums->k * sizeof(double));
    memset(sums->count_2, 0, sums->k * sizeof(double));
    memset(sums->rated, 0, raters * sizeof(double));
    memset(sums->of_rater, 0, raters * sums->k * sizeof(double));
}

/*
 * Weighted agreement of the item's pairs: sum over categories of
 * r_k (r*_k - 1) / (r (r - 1)), r* the weighted counts.
 */
static double item_agreement(struct agree_sums *sums,
                             const struct rating *rating, size_t m)
{
    double agreed = 0;

    for (size_t a = 1; a < m; a++)
        for (size_t b = 0; b < a; b++)
            agreed += sums->weight[rating[a].code * sums->k + rating[b].code];
    return 2 * agreed / ((double)m * (double)(m - 1));
}

/* The same by counts, for items with many ratings. */
static double counted_agreement(struct agree_sums *sums,
                                const struct rating *rating, size_t m)
{
    double *count = sums->scratch;
    double agreed = 0;

    memset(count, 0, sums->k * sizeof(*count));
    for (size_t a = 0; a < m; a++)
        count[rating[a].code]++;
    for (size_t a = 0; a < sums->k; a++)
        for (size_t b = 0; b < sums->k && count[a] > 0; b++)
            agreed += sums->weight[a * sums->k + b] * count[a] *
                      (count[b] - (a == b));
    return agreed / ((double)m * (double)(m - 1));
}

/* Without weights; the scratch is zero before and after. */
static double equal_agreement(struct agree_sums *sums,
                              const struct rating *rating, size_t m)
{
    double *count = sums->scratch;
    double equal = 0;

    for (size_t a = 0; a < m; a++)
        equal += count[rating[a].code]++;
    for (size_t a = 0; a < m; a++)
        count[rating[a].code] = 0;
    return 2 * equal / ((double)m * (double)(m - 1));
}

static double agreement_of_item(struct agree_sums *sums,
                                const struct rating *rating, size_t m)
{
    if (sums->identity)
        return equal_agreement(sums, rating, m);
    return m * m / 2 > sums->k * sums->k ? counted_agreement(sums, rating, m)
                                         : item_agreement(sums, rating, m);
}

void agree_sums_add(struct agree_sums *sums, size_t item, int times)
{
    const struct ratings *r = sums->ratings;
    const struct rating *rating = r->rating + r->start[item];
    size_t m = ratings_of(r, item);

    if (m == 0)
        return;
    sums->items += times;
    for (size_t a = 0; a < m; a++) {
        sums->share[rating[a].code] += times / (double)m;
        if (m >= 2)
            sums->count_2[rating[a].code] += times;
        if (rating[a].rater != RATINGS_NOBODY) {
            sums->rated[rating[a].rater] += times;
            sums->of_rater[rating[a].rater * sums->k + rating[a].code] += times;
        }
    }
    if (m >= 2) {
        double agreement = agreement_of_item(sums, rating, m);

        sums->pairable += times;
        sums->ratings_2 += times * (double)m;
        sums->agreement += times * agreement;
        sums->agreement_2 += times * agreement * (double)m;
    }
}

/* p' W p */
static double quadratic_form(const double *weight, size_t k, const double *p,
                             double scale)
{
    double sum = 0;

    for (size_t a = 0; a < k; a++) {
        double row = 0;

        if (p[a] == 0)
            continue;
        for (size_t b = 0; b < k; b++)
            row += weight[a * k + b] * p[b];
        sum += p[a] * row;
    }
    return sum / (scale * scale);
}

static double weight_total(const struct agree_sums *sums)
{
    double total = 0;

    for (size_t i = 0; i < sums->k * sums->k; i++)
        total += sums->weight[i];
    return total;
}

/* Conger's: mean over pairs of raters of p_g' W p_h. */
static double conger_chance(const struct agree_sums *sums, double *raters)
{
    double *all = xcalloc(sums->k + 1, sizeof(*all));
    double own = 0, chance = 0;

    *raters = 0;
    for (size_t g = 0; g < sums->ratings->raters.count; g++) {
        const double *count = sums->of_rater + g * sums->k;

        if (sums->rated[g] <= 0)
            continue;
        ++*raters;
        for (size_t c = 0; c < sums->k; c++)
            all[c] += count[c] / sums->rated[g];
        own += quadratic_form(sums->weight, sums->k, count, sums->rated[g]);
    }
    if (*raters > 1)
        chance = (quadratic_form(sums->weight, sums->k, all, 1) - own) /
                 (*raters * (*raters - 1));
    free(all);
    return chance;
}

static double gwet_chance(const struct agree_sums *sums)
{
    double sum = 0;

    for (size_t c = 0; c < sums->k; c++) {
        double share = sums->share[c] / sums->items;

        sum += share * (1 - share);
    }
    return weight_total(sums) / (double)(sums->k * (sums->k - 1)) * sum;
}

/* The coefficient from p_a and p_e; `single`: one category was used. */
static struct estimate beyond(double agreement, double chance, bool single)
{
    if (chance < 1 - 1e-14)
        return estimate_of((agreement - chance) / (1 - chance));
    return estimate_undefined(
        single ? "one category only was used: chance alone agrees (0/0)"
               : "chance alone agrees always (0/0)");
}

static void read_krippendorff(const struct agree_sums *sums, bool single,
                              struct agreement_part *out)
{
    double n = sums->ratings_2;
    double rest = 1 / n;

    /* Gwet 2014, equation 3.4.4: alpha as p_a with a small-sample term. */
    out->agreement = (1 - rest) * sums->agreement_2 / n + rest;
    out->chance = quadratic_form(sums->weight, sums->k, sums->count_2, n);
    out->value = beyond(out->agreement, out->chance, single);
}

static bool single_category(const double *count, size_t k)
{
    size_t used = 0;

    for (size_t c = 0; c < k; c++)
        used += count[c] > 1e-9;
    return used < 2;
}

void agree_sums_read(const struct agree_sums *sums, struct agreement_part *out)
{
    bool single = single_category(sums->share, sums->k);
    double agreement = 0, raters;

    for (size_t i = 0; i < AGREE_KIND_COUNT; i++)
        out[i] = (struct agreement_part){ .value = estimate_undefined(
                                              "no item has two ratings") };
    if (sums->pairable < 0.5)
        return;
    agreement = sums->agreement / sums->pairable;
    for (size_t i = 0; i < AGREE_KIND_COUNT; i++)
        out[i].agreement = agreement;
    out[AGREE_PERCENT].value = estimate_of(agreement);
    out[AGREE_FLEISS].chance =
        quadratic_form(sums->weight, sums->k, sums->share, sums->items);
    out[AGREE_FLEISS].value =
        beyond(agreement, out[AGREE_FLEISS].chance, single);
    out[AGREE_CONGER].chance = conger_chance(sums, &raters);
    out[AGREE_CONGER].value =
        raters > 1 ? beyond(agreement, out[AGREE_CONGER].chance, single)
                   : estimate_undefined("fewer than two raters have names");
    if (sums->k > 1) {
        out[AGREE_BRENNAN_PREDIGER].chance =
            weight_total(sums) / (double)(sums->k * sums->k);
        out[AGREE_GWET].chance = gwet_chance(sums);
        for (size_t i = AGREE_BRENNAN_PREDIGER; i <= AGREE_GWET; i++)
            out[i].value = beyond(agreement, out[i].chance, single);
    } else {
        for (size_t i = AGREE_BRENNAN_PREDIGER; i <= AGREE_GWET; i++)
            out[i].value = estimate_undefined(
                "one category only: declare those that could be chosen");
    }
    read_krippendorff(sums, single_category(sums->count_2, sums->k),
                      &out[AGREE_KRIPPENDORFF]);
}
