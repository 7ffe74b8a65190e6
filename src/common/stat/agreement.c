/*
 * agreement - which coefficients fit, and their values.
 */
#include <config.h>

#include "common/stat/agreement_internal.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/stat/agree.h"
#include "common/stat/concord.h"
#include "common/stat/icc.h"
#include "common/stat/icc_reml.h"
#include "common/stat/kappa.h"
#include "common/stat/rating_grid.h"

/* Pairs of raters are looked at one by one: raters^2 items. */
enum { PAIRED_RATERS_MAX = 200 };

static const struct {
    const char *name, *title;
} names[COEFFICIENT_COUNT] = {
    [COEFFICIENT_ALPHA] = { "alpha", "Krippendorff's alpha" },
    [COEFFICIENT_PERCENT] = { "percent", "percent agreement" },
    [COEFFICIENT_FLEISS] = { "fleiss_kappa", "Fleiss' kappa" },
    [COEFFICIENT_COHEN] = { "cohen_kappa", "Cohen's kappa" },
    [COEFFICIENT_CONGER] = { "conger_kappa", "Conger's kappa" },
    [COEFFICIENT_LIGHT] = { "light_kappa", "Light's kappa" },
    [COEFFICIENT_BRENNAN_PREDIGER] = { "brennan_prediger", "Brennan-Prediger" },
    [COEFFICIENT_GWET] = { "gwet_ac", "Gwet's AC1" },
    [COEFFICIENT_ICC_1] = { "icc_1", "ICC(1)" },
    [COEFFICIENT_ICC_K] = { "icc_k", "ICC(k)" },
    [COEFFICIENT_ICC_A1] = { "icc_a1", "ICC(A,1)" },
    [COEFFICIENT_ICC_AK] = { "icc_ak", "ICC(A,k)" },
    [COEFFICIENT_ICC_C1] = { "icc_c1", "ICC(C,1)" },
    [COEFFICIENT_ICC_CK] = { "icc_ck", "ICC(C,k)" },
    [COEFFICIENT_CRONBACH] = { "cronbach_alpha", "Cronbach's alpha" },
    [COEFFICIENT_CCC] = { "ccc", "mean pairwise CCC" },
    [COEFFICIENT_PEARSON] = { "pearson", "mean pairwise Pearson" },
    [COEFFICIENT_SPEARMAN] = { "spearman", "mean pairwise Spearman" },
    [COEFFICIENT_KENDALL] = { "kendall_w", "Kendall's W" },
};

const char *coefficient_name(enum coefficient_id id)
{
    return names[id].name;
}

const char *coefficient_title(enum coefficient_id id,
                              const struct agreement *agreement,
                              const struct agreement_settings *settings)
{
    if (id == COEFFICIENT_FLEISS && agreement->raters == 2)
        return "Scott's pi";
    if (id == COEFFICIENT_GWET &&
        (settings->weight || settings->weighting != AGREE_UNWEIGHTED))
        return "Gwet's AC2";
    return names[id].title;
}

bool agreement_scale_fits(const struct ratings *ratings,
                          enum alpha_metric scale, const char **reason)
{
    if (scale >= ALPHA_INTERVAL && !ratings->value) {
        *reason = "the values are not all numbers";
        return false;
    }
    if (scale == ALPHA_ORDINAL && !ratings->ordered) {
        *reason = "nothing says in which order the values stand";
        return false;
    }
    for (size_t c = 0; scale == ALPHA_RATIO && c < ratings->categories.count;
         c++) {
        if (ratings->value[c] < 0) {
            *reason = "a ratio scale has no values below 0";
            return false;
        }
    }
    return true;
}

static void count(const struct ratings *ratings, struct agreement *out)
{
    bool *seen = xcalloc(ratings->raters.count + 1, sizeof(*seen));

    out->ratings = ratings_count(ratings);
    for (size_t k = 0; k < out->ratings; k++) {
        uint32_t rater = ratings->rating[k].rater;

        if (rater != RATINGS_NOBODY && !seen[rater]) {
            seen[rater] = true;
            out->raters++;
        }
    }
    for (size_t i = 0; i < ratings->items.count; i++) {
        size_t m = ratings_of(ratings, i);

        if (m == 0)
            continue;
        out->least = out->items == 0 || m < out->least ? m : out->least;
        out->most = m > out->most ? m : out->most;
        out->items++;
        out->pairable += m >= 2;
        out->complete += out->raters > 0 && m == out->raters;
    }
    free(seen);
}

void agreement_fits(const struct ratings *ratings,
                    const struct agreement *counts,
                    const struct agreement_settings *settings, bool *fits)
{
    bool table = ratings->categories.count <= AGREE_CATEGORIES_MAX &&
                 settings->scale <= ALPHA_ORDINAL;
    bool named = counts->raters > 1 && counts->raters <= PAIRED_RATERS_MAX;
    bool numbers = ratings->value && (settings->scale == ALPHA_INTERVAL ||
                                      settings->scale == ALPHA_RATIO);
    bool ranks = ratings->value && named && settings->scale >= ALPHA_ORDINAL &&
                 settings->scale <= ALPHA_RATIO;

    for (size_t i = 0; i < COEFFICIENT_COUNT; i++)
        fits[i] = false;
    fits[COEFFICIENT_ALPHA] = true;
    fits[COEFFICIENT_PERCENT] = fits[COEFFICIENT_FLEISS] = table;
    fits[COEFFICIENT_BRENNAN_PREDIGER] = fits[COEFFICIENT_GWET] = table;
    fits[COEFFICIENT_COHEN] = table && counts->raters == 2;
    fits[COEFFICIENT_CONGER] = table && counts->raters > 2;
    fits[COEFFICIENT_LIGHT] = table && named && counts->raters > 2;
    fits[COEFFICIENT_ICC_1] = fits[COEFFICIENT_ICC_K] = numbers;
    for (size_t i = COEFFICIENT_ICC_A1; i <= COEFFICIENT_CRONBACH; i++)
        fits[i] = numbers && named;
    fits[COEFFICIENT_CCC] = fits[COEFFICIENT_PEARSON] = numbers && named;
    fits[COEFFICIENT_SPEARMAN] = fits[COEFFICIENT_KENDALL] = ranks;
}

/* Exact agreement whatever the weights of the others. */
static struct estimate percent(const struct ratings *ratings)
{
    double sum = 0, pairable = 0;

    for (size_t i = 0; i < ratings->items.count; i++) {
        const struct rating *rating = ratings->rating + ratings->start[i];
        size_t m = ratings_of(ratings, i), equal = 0;

        for (size_t a = 1; a < m; a++)
            for (size_t b = 0; b < a; b++)
                equal += rating[a].code == rating[b].code;
        if (m < 2)
            continue;
        pairable++;
        sum += 2 * (double)equal / ((double)m * (double)(m - 1));
    }
    return estimate_ratio(sum, pairable, "no item has two ratings");
}

void agreement_weights(const struct ratings *ratings,
                       const struct agreement_settings *settings,
                       double *weight)
{
    size_t k = ratings->categories.count;

    if (settings->weight)
        memcpy(weight, settings->weight, k * k * sizeof(*weight));
    else
        agree_weights_fill(settings->weighting, ratings->value, k, weight);
}

struct alpha agreement_alpha(const struct ratings *ratings,
                             const struct agreement_settings *settings)
{
    return settings->weight
               ? alpha_weighted(ratings, settings->weight, NULL)
               : alpha_of(ratings, settings->scale, settings->period, NULL);
}

static double *weights_of(const struct ratings *ratings,
                          const struct agreement_settings *settings)
{
    size_t k = ratings->categories.count;
    double *weight = xcalloc(k * k + 1, sizeof(*weight));

    agreement_weights(ratings, settings, weight);
    return weight;
}

static void table_values(const struct ratings *ratings,
                         const struct agreement_settings *settings,
                         struct estimate *value)
{
    double *weight = weights_of(ratings, settings);
    struct agreement_part part[AGREE_KIND_COUNT];
    struct agree_sums sums;

    agree_sums_init(&sums, ratings, weight);
    for (size_t i = 0; i < ratings->items.count; i++)
        agree_sums_add(&sums, i, 1);
    agree_sums_read(&sums, part);
    value[COEFFICIENT_PERCENT] =
        sums.identity ? part[AGREE_PERCENT].value : percent(ratings);
    value[COEFFICIENT_FLEISS] = part[AGREE_FLEISS].value;
    value[COEFFICIENT_CONGER] = part[AGREE_CONGER].value;
    value[COEFFICIENT_BRENNAN_PREDIGER] = part[AGREE_BRENNAN_PREDIGER].value;
    value[COEFFICIENT_GWET] = part[AGREE_GWET].value;
    agree_sums_release(&sums);
    free(weight);
}

static void pair_values(const struct ratings *ratings,
                        const struct rating_grid *grid,
                        const struct agreement_settings *settings,
                        const bool *fits, struct estimate *value)
{
    size_t pairs, of;

    if (fits[COEFFICIENT_COHEN] || fits[COEFFICIENT_LIGHT]) {
        double *weight = weights_of(ratings, settings);

        value[COEFFICIENT_LIGHT] =
            kappa_light(grid, ratings->categories.count, weight, &pairs, &of);
        value[COEFFICIENT_COHEN] = value[COEFFICIENT_LIGHT];
        free(weight);
    }
    if (fits[COEFFICIENT_SPEARMAN]) {
        struct concord_pairs means = concord_pairs_of(grid, ratings);

        value[COEFFICIENT_CCC] = means.ccc.mean;
        value[COEFFICIENT_PEARSON] = means.pearson.mean;
        value[COEFFICIENT_SPEARMAN] = means.spearman.mean;
    }
}

/* Every item that has ratings has one of every rater. */
static bool is_complete(const struct ratings *ratings, size_t raters)
{
    for (size_t i = 0; i < ratings->items.count; i++)
        if (ratings_of(ratings, i) > 0 && ratings_of(ratings, i) < raters)
            return false;
    return true;
}

void agreement_icc(const struct ratings *ratings, const double *x, size_t items,
                   size_t raters, double level, struct icc *icc)
{
    struct icc_components components;
    struct icc_squares squares;

    if (is_complete(ratings, raters))
        icc_complete(x, items, raters, level, icc, &squares);
    else
        icc_reml(ratings, false, icc, &components);
}

static void complete_values(const struct ratings *ratings,
                            const struct rating_grid *grid, const bool *fits,
                            struct estimate *value)
{
    size_t items;
    double *x = rating_grid_complete(grid, ratings, &items);
    struct icc icc[ICC_KIND_COUNT];
    struct estimate standardized;

    if (fits[COEFFICIENT_ICC_A1])
        agreement_icc(ratings, x, items, grid->raters, 0, icc);
    else
        memset(icc, 0, sizeof(icc));
    value[COEFFICIENT_ICC_A1] = icc[ICC_A1].value;
    value[COEFFICIENT_ICC_AK] = icc[ICC_AK].value;
    value[COEFFICIENT_ICC_C1] = icc[ICC_C1].value;
    value[COEFFICIENT_ICC_CK] = icc[ICC_CK].value;
    value[COEFFICIENT_CRONBACH] =
        concord_cronbach(x, items, grid->raters, &standardized);
    if (fits[COEFFICIENT_KENDALL])
        value[COEFFICIENT_KENDALL] =
            concord_kendall(x, items, grid->raters).corrected;
    free(x);
}

void agreement_values(const struct ratings *ratings,
                      const struct agreement_settings *settings,
                      const bool *fits, struct estimate *value)
{
    struct rating_grid grid = { 0 };
    const char *reason = NULL;

    for (size_t i = 0; i < COEFFICIENT_COUNT; i++)
        value[i] = estimate_undefined("does not fit");
    value[COEFFICIENT_ALPHA] = agreement_alpha(ratings, settings).value;
    if (fits[COEFFICIENT_FLEISS])
        table_values(ratings, settings, value);
    if (fits[COEFFICIENT_ICC_1]) {
        struct icc icc[ICC_KIND_COUNT];
        struct icc_squares squares;

        icc_oneway(ratings, 0, icc, &squares);
        value[COEFFICIENT_ICC_1] = icc[ICC_1].value;
        value[COEFFICIENT_ICC_K] = icc[ICC_K].value;
    }
    if (!fits[COEFFICIENT_COHEN] && !fits[COEFFICIENT_LIGHT] &&
        !fits[COEFFICIENT_ICC_A1] && !fits[COEFFICIENT_SPEARMAN])
        return;
    if (rating_grid_init(&grid, ratings, &reason)) {
        pair_values(ratings, &grid, settings, fits, value);
        if (ratings->value)
            complete_values(ratings, &grid, fits, value);
    } else {
        for (size_t i = COEFFICIENT_COHEN; i < COEFFICIENT_COUNT; i++)
            if (!value[i].defined)
                value[i] = estimate_undefined(reason);
    }
    rating_grid_release(&grid);
}

struct agreement agreement_of(const struct ratings *ratings,
                              const struct agreement_settings *settings)
{
    struct agreement out = { 0 };
    struct estimate value[COEFFICIENT_COUNT];
    bool fits[COEFFICIENT_COUNT];

    count(ratings, &out);
    agreement_fits(ratings, &out, settings, fits);
    agreement_values(ratings, settings, fits, value);
    for (size_t i = 0; i < COEFFICIENT_COUNT; i++) {
        out.of[i].fits = fits[i];
        out.of[i].value = value[i];
    }
    agreement_analytic(ratings, settings, &out);
    agreement_resample(ratings, settings, fits, &out);
    return out;
}
