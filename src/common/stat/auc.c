/*
 * auc - see auc.h.
 */
#include <config.h>

#include "common/stat/auc.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/concord.h"
#include "common/stat/describe.h"
#include "common/stat/dist.h"

/*
 * How often each of `own` beats one of the other kind: its rank among all
 * less its rank among its own, by their number (Sun & Xu, equations 11, 12).
 */
static double spread(const double *own, const double *rank_all, size_t n,
                     double others)
{
    double *rank = xcalloc(2 * n + 1, sizeof(*rank));
    double *place = rank + n;
    struct estimate variance;

    concord_ranks(own, n, rank);
    for (size_t i = 0; i < n; i++)
        place[i] = (rank_all[i] - rank[i]) / others;
    variance = describe_variance(place, n, DESCRIBE_N_LESS_1);
    free(rank);
    return variance.defined ? variance.value / (double)n : 0;
}

struct auc auc_of(const double *score, const bool *positive, size_t n)
{
    double *sorted = xcalloc(2 * n + 1, sizeof(*sorted));
    double *rank = sorted + n, sum = 0, m, k;
    struct auc out = { 0 };
    size_t at = 0;

    for (size_t i = 0; i < n; i++)
        if (positive[i])
            sorted[at++] = score[i];
    out.positives = at;
    for (size_t i = 0; i < n; i++)
        if (!positive[i])
            sorted[at++] = score[i];
    out.negatives = n - out.positives;
    m = (double)out.positives;
    k = (double)out.negatives;
    if (out.positives == 0 || out.negatives == 0) {
        out.value = estimate_undefined(out.positives == 0 ? "no positives"
                                                          : "no negatives");
        free(sorted);
        return out;
    }
    concord_ranks(sorted, n, rank);
    for (size_t i = 0; i < out.positives; i++)
        sum += rank[i];
    out.value = estimate_of((sum - m * (m + 1) / 2) / (m * k));
    if (out.positives > 1 && out.negatives > 1)
        out.variance = spread(sorted, rank, out.positives, k) +
                       spread(sorted + out.positives, rank + out.positives,
                              out.negatives, m);
    free(sorted);
    return out;
}

struct auc_gap auc_unpaired(const struct auc *a, const struct auc *b)
{
    double n_a = (double)(a->positives + a->negatives);
    double n_b = (double)(b->positives + b->negatives);
    double both = a->variance + b->variance;
    struct auc_gap out = { 0 };

    if (!a->value.defined || !b->value.defined || !(both > 0)) {
        out.p = estimate_undefined(!a->value.defined   ? a->value.reason
                                   : !b->value.defined ? b->value.reason
                                                       : "no variance");
        return out;
    }
    out.statistic = (a->value.value - b->value.value) / sqrt(both);
    out.df = both * both /
             (a->variance * a->variance / (n_a - 1) +
              b->variance * b->variance / (n_b - 1));
    out.p = estimate_of(2 * dist_t_cdf(-fabs(out.statistic), out.df));
    return out;
}
