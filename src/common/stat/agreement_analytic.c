/*
 * agreement_analytic - the intervals that have a formula.
 *
 * Coefficients beyond chance: value +- t se over items (n - 1 degrees of
 * freedom), cut at 1, as Gwet has it; Cohen's kappa: normal, with the variance
 * of Fleiss, Cohen and Everitt; intraclass correlations: from F.
 */
#include <config.h>

#include "common/stat/agreement_internal.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/agree.h"
#include "common/stat/concord.h"
#include "common/stat/dist.h"
#include "common/stat/icc.h"
#include "common/stat/kappa.h"
#include "common/stat/rating_grid.h"

static void bound(struct coefficient *to, double se, double reach,
                  const char *how)
{
    to->analytic = how;
    to->low = fmax(-1, to->value.value - reach * se);
    to->high = fmin(1, to->value.value + reach * se);
}

static void bound_part(struct coefficient *to,
                       const struct agreement_part *part, double level)
{
    to->items = (size_t)part->items;
    if (to->value.defined && part->se.defined && part->items >= 2)
        bound(to, part->se.value,
              dist_t_quantile((1 + level) / 2, part->items - 1), "t");
}

/*
 * Of numbers: by t on the scale of log((1 + (k - 1) v) / (1 - v)), k ratings
 * an item, which is the logarithm of a ratio of variances, as Fisher's z of an
 * intraclass correlation is (Fisher, R. A. (1925). Statistical Methods for
 * Research Workers, section 39); by the delta method.  On v's own scale the
 * limits lie too low where there are few items (tests/bench/coverage.c).
 */
static void bound_numbers(struct coefficient *to,
                          const struct agreement_part *part, double level,
                          double k)
{
    double v = to->value.value, above = 1 + (k - 1) * v, middle, reach;

    bound_part(to, part, level);
    if (!to->analytic || k <= 1 || above < 1e-9 || v > 1 - 1e-9)
        return;
    middle = log(above / (1 - v));
    reach = dist_t_quantile((1 + level) / 2, part->items - 1) * part->se.value *
            k / ((1 - v) * above);
    to->low = 1 - k / (exp(middle - reach) + k - 1);
    to->high = 1 - k / (exp(middle + reach) + k - 1);
    to->analytic = "t of log F";
}

/* The weights with which alpha is a coefficient of agree.h; false: none. */
static bool alpha_weighting(enum alpha_metric scale,
                            enum agree_weighting *weighting)
{
    switch (scale) {
    case ALPHA_NOMINAL:
        *weighting = AGREE_UNWEIGHTED;
        return true;
    case ALPHA_INTERVAL:
        *weighting = AGREE_QUADRATIC;
        return true;
    case ALPHA_RATIO:
        *weighting = AGREE_RATIO;
        return true;
    case ALPHA_ORDINAL: /* distances depend on the ratings themselves */
    case ALPHA_CIRCULAR:
        break;
    }
    return false;
}

static void bound_beyond_chance(const struct ratings *ratings,
                                const struct agreement_settings *settings,
                                struct agreement *out)
{
    static const struct {
        enum coefficient_id id;
        enum agree_kind kind;
    } kinds[] = { { COEFFICIENT_FLEISS, AGREE_FLEISS },
                  { COEFFICIENT_CONGER, AGREE_CONGER },
                  { COEFFICIENT_BRENNAN_PREDIGER, AGREE_BRENNAN_PREDIGER },
                  { COEFFICIENT_GWET, AGREE_GWET } };
    size_t k = ratings->categories.count;
    struct agreement_part part[AGREE_KIND_COUNT];
    enum agree_weighting of_alpha = AGREE_UNWEIGHTED;
    double *weight;

    if (k > AGREE_CATEGORIES_MAX)
        return;
    weight = xcalloc(k * k + 1, sizeof(*weight));
    if (out->of[COEFFICIENT_FLEISS].fits) {
        agree_weights_fill(AGREE_UNWEIGHTED, NULL, k, weight);
        agree_analytic(ratings, weight, part);
        bound_part(&out->of[COEFFICIENT_PERCENT], &part[AGREE_PERCENT],
                   settings->level);
        agreement_weights(ratings, settings, weight);
        agree_analytic(ratings, weight, part);
        for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
            if (out->of[kinds[i].id].fits)
                bound_part(&out->of[kinds[i].id], &part[kinds[i].kind],
                           settings->level);
    }
    if (settings->weight || alpha_weighting(settings->scale, &of_alpha)) {
        if (settings->weight)
            agreement_weights(ratings, settings, weight);
        else
            agree_weights_fill(of_alpha, ratings->value, k, weight);
        agree_analytic(ratings, weight, part);
        if (!settings->weight && of_alpha == AGREE_QUADRATIC)
            bound_numbers(&out->of[COEFFICIENT_ALPHA],
                          &part[AGREE_KRIPPENDORFF], settings->level,
                          (double)out->ratings / (double)out->items);
        else
            bound_part(&out->of[COEFFICIENT_ALPHA], &part[AGREE_KRIPPENDORFF],
                       settings->level);
    }
    free(weight);
}

static void bound_cohen(const struct ratings *ratings,
                        const struct rating_grid *grid,
                        const struct agreement_settings *settings,
                        struct coefficient *to)
{
    size_t k = ratings->categories.count;
    double *table = xcalloc(2 * k * k + 1, sizeof(*table));
    double *weight = table + k * k;
    struct kappa kappa;

    agreement_weights(ratings, settings, weight);
    rating_grid_cross(grid, 0, 1, k, table);
    kappa = kappa_of(table, k, weight);
    to->value = kappa.value; /* with the reason of this pair */
    to->items = (size_t)kappa.n;
    if (kappa.value.defined)
        bound(to, sqrt(kappa.variance),
              dist_normal_quantile((1 + settings->level) / 2), "normal");
    free(table);
}

static void bound_icc(const struct icc *icc, size_t items,
                      struct coefficient *to)
{
    to->items = items;
    to->k = icc->k;
    to->low = icc->low;
    to->high = icc->high;
    to->analytic = icc->bounded ? "F" : NULL;
}

static void bound_complete(const struct ratings *ratings,
                           const struct rating_grid *grid,
                           const struct agreement_settings *settings,
                           struct agreement *out)
{
    static const enum icc_kind kinds[] = { ICC_A1, ICC_AK, ICC_C1, ICC_CK };
    struct coefficient *of = out->of;
    struct icc icc[ICC_KIND_COUNT];
    struct icc_squares squares;
    size_t items;
    double *x = rating_grid_complete(grid, ratings, &items);

    if (of[COEFFICIENT_ICC_A1].fits) {
        agreement_icc(ratings, x, items, grid->raters, settings->level, icc);
        for (size_t i = 0; i < 4; i++)
            bound_icc(&icc[kinds[i]], out->items, &of[COEFFICIENT_ICC_A1 + i]);
    }
    icc_complete(x, items, grid->raters, settings->level, icc, &squares);
    /* Cronbach's alpha is ICC(C,k) of a full table, and has its limits. */
    bound_icc(&icc[ICC_CK], items, &of[COEFFICIENT_CRONBACH]);
    of[COEFFICIENT_CRONBACH].k = 0;
    of[COEFFICIENT_KENDALL].items = items;
    free(x);
}

static void count_pairs(const struct ratings *ratings,
                        const struct rating_grid *grid,
                        const struct agreement_settings *settings,
                        struct agreement *out)
{
    size_t k = ratings->categories.count, of;

    if (out->of[COEFFICIENT_LIGHT].fits) {
        double *weight = xcalloc(k * k + 1, sizeof(*weight));

        agreement_weights(ratings, settings, weight);
        kappa_light(grid, k, weight, &out->of[COEFFICIENT_LIGHT].pairs, &of);
        free(weight);
    }
    if (out->of[COEFFICIENT_SPEARMAN].fits) {
        struct concord_pairs means = concord_pairs_of(grid, ratings);

        out->of[COEFFICIENT_CCC].pairs = means.ccc.pairs;
        out->of[COEFFICIENT_PEARSON].pairs = means.pearson.pairs;
        out->of[COEFFICIENT_SPEARMAN].pairs = means.spearman.pairs;
    }
}

void agreement_analytic(const struct ratings *ratings,
                        const struct agreement_settings *settings,
                        struct agreement *out)
{
    struct rating_grid grid = { 0 };
    const char *reason;

    for (size_t i = 0; i < COEFFICIENT_COUNT; i++)
        out->of[i].items = out->pairable;
    bound_beyond_chance(ratings, settings, out);
    if (out->of[COEFFICIENT_ICC_1].fits) {
        struct icc icc[ICC_KIND_COUNT];
        struct icc_squares squares;

        icc_oneway(ratings, settings->level, icc, &squares);
        bound_icc(&icc[ICC_1], out->items, &out->of[COEFFICIENT_ICC_1]);
        bound_icc(&icc[ICC_K], out->items, &out->of[COEFFICIENT_ICC_K]);
    }
    if (out->raters < 2 || !rating_grid_init(&grid, ratings, &reason))
        return;
    if (out->of[COEFFICIENT_COHEN].fits)
        bound_cohen(ratings, &grid, settings, &out->of[COEFFICIENT_COHEN]);
    count_pairs(ratings, &grid, settings, out);
    if (ratings->value)
        bound_complete(ratings, &grid, settings, out);
    rating_grid_release(&grid);
}
