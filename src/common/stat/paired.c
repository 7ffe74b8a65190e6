/*
 * paired - see paired.h.
 */
#include <config.h>

#include "common/stat/paired.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/rng.h"
#include "common/stat/concord.h"
#include "common/stat/describe.h"
#include "common/stat/dist.h"

enum { WILCOXON_EXACT_MOST = 50, FLIPS_MOST = 24 };

static const char no_difference[] = "the two never differ";

struct paired_mcnemar paired_mcnemar(size_t only_first, size_t only_second)
{
    size_t n = only_first + only_second;
    size_t least = only_first < only_second ? only_first : only_second;
    double gap = fabs((double)only_first - (double)only_second);
    struct paired_mcnemar out = { .corrected = { .df = 1, .n = n },
                                  .uncorrected = { .df = 1, .n = n } };

    if (n == 0) {
        out.exact = out.mid_p = estimate_undefined(no_difference);
        out.corrected.p = out.uncorrected.p = out.exact;
        return out;
    }
    out.exact = estimate_of(fmin(1, 2 * dist_binomial_cdf(least, 0.5, n)));
    out.mid_p = estimate_of(2 * dist_binomial_cdf(least, 0.5, n) -
                            dist_binomial_pdf(least, 0.5, n));
    out.uncorrected.statistic = gap * gap / (double)n;
    out.corrected.statistic = (gap - 1) * (gap - 1) / (double)n;
    out.uncorrected.p =
        estimate_of(dist_chi2_upper(out.uncorrected.statistic, 1));
    out.corrected.p = estimate_of(dist_chi2_upper(out.corrected.statistic, 1));
    return out;
}

struct paired_test paired_cochran(const bool *right, size_t items, size_t sets)
{
    struct paired_test out = { .df = (double)sets - 1, .n = items };
    double *of_set = xcalloc(sets + 1, sizeof(*of_set));
    double all = 0, squares = 0, rows = 0, k = (double)sets;

    for (size_t i = 0; i < items; i++) {
        double row = 0;

        for (size_t s = 0; s < sets; s++) {
            row += right[i * sets + s];
            of_set[s] += right[i * sets + s];
        }
        all += row;
        rows += row * (k - row);
    }
    for (size_t s = 0; s < sets; s++)
        squares += pow(of_set[s] - all / k, 2);
    free(of_set);
    if (!(rows > 0)) {
        out.p = estimate_undefined("no item tells the sets apart");
        return out;
    }
    out.statistic = k * (k - 1) * squares / rows;
    out.p = estimate_of(dist_chi2_upper(out.statistic, out.df));
    return out;
}

struct paired_test paired_t(const double *difference, size_t n)
{
    struct paired_test out = { .df = (double)n - 1, .n = n };
    struct estimate mean = describe_mean(difference, n);
    struct estimate sd = describe_sd(difference, n, DESCRIBE_N_LESS_1);

    if (!sd.defined || sd.value <= 0) {
        out.p = estimate_undefined(sd.defined ? "all differences are the same"
                                              : "fewer than two differences");
        return out;
    }
    out.statistic = mean.value / (sd.value / sqrt((double)n));
    out.p = estimate_of(2 * dist_t_cdf(-fabs(out.statistic), out.df));
    return out;
}

struct paired_test paired_sign(const double *difference, size_t n)
{
    struct paired_test out = { 0 };
    size_t wins = 0, losses = 0, least;

    for (size_t i = 0; i < n; i++) {
        wins += difference[i] > 0;
        losses += difference[i] < 0;
    }
    out.n = wins + losses;
    out.statistic = (double)wins;
    least = wins < losses ? wins : losses;
    out.p = out.n > 0
                ? estimate_of(fmin(1, 2 * dist_binomial_cdf(least, 0.5, out.n)))
                : estimate_undefined(no_difference);
    return out;
}

/* P(rank sum <= least): each rank is positive or not, all ways alike. */
static double rank_sum_cdf(const double *rank, size_t n, double least)
{
    size_t most = n * (n + 1); /* of twice the ranks, which are whole */
    double *ways = xcalloc(most + 1, sizeof(*ways));
    double below = 0;

    ways[0] = 1;
    for (size_t i = 0; i < n; i++) {
        size_t step = (size_t)(2 * rank[i] + 0.5);

        for (size_t sum = most + 1; sum-- > step;)
            ways[sum] += ways[sum - step];
    }
    for (size_t sum = 0; sum <= most && (double)sum <= 2 * least + 0.25; sum++)
        below += ways[sum];
    free(ways);
    return below / pow(2, (double)n);
}

/* Ties shrink the variance: sum of t^3 - t over groups of equal ones. */
static double tie_sum(const double *size, size_t n)
{
    double *sorted = xcalloc(n + 1, sizeof(*sorted));
    double sum = 0, run = 0;

    for (size_t i = 0; i < n; i++)
        sorted[i] = size[i];
    describe_sort(sorted, n);
    for (size_t i = 0; i < n; i++) {
        run++;
        if (i + 1 == n || sorted[i + 1] != sorted[i]) {
            sum += run * (run * run - 1);
            run = 0;
        }
    }
    free(sorted);
    return sum;
}

struct paired_test paired_wilcoxon(const double *difference, size_t n)
{
    double *size = xcalloc(2 * n + 1, sizeof(*size));
    double *rank = size + n, plus = 0, minus = 0, kept;
    struct paired_test out = { 0 };
    size_t at = 0;

    for (size_t i = 0; i < n; i++)
        if (difference[i] != 0)
            size[out.n++] = fabs(difference[i]);
    concord_ranks(size, out.n, rank);
    for (size_t i = 0; i < n; i++)
        if (difference[i] != 0)
            *(difference[i] > 0 ? &plus : &minus) += rank[at++];
    kept = (double)out.n;
    out.statistic = fmin(plus, minus);
    if (out.n == 0) {
        out.p = estimate_undefined(no_difference);
    } else if (out.n <= WILCOXON_EXACT_MOST) {
        out.p =
            estimate_of(fmin(1, 2 * rank_sum_cdf(rank, out.n, out.statistic)));
    } else {
        double mean = kept * (kept + 1) / 4;
        double variance =
            (kept * (kept + 1) * (2 * kept + 1) - tie_sum(size, out.n) / 2) /
            24;

        out.p = estimate_of(
            2 * dist_normal_cdf((out.statistic - mean) / sqrt(variance)));
    }
    free(size);
    return out;
}

/* The i-th flip of a Gray code changes the sign of its lowest one bit. */
static uint64_t flip_all(const double *difference, size_t n, double least)
{
    uint64_t all = (uint64_t)1 << n, extreme = 0;
    bool *down = xcalloc(n + 1, sizeof(*down));

    for (uint64_t i = 0; i < all; i++) {
        double sum = 0;
        size_t bit = 0;

        for (uint64_t rest = i; i > 0 && !(rest & 1); rest >>= 1)
            bit++;
        if (i > 0)
            down[bit] = !down[bit];
        for (size_t d = 0; d < n; d++)
            sum += down[d] ? -difference[d] : difference[d];
        extreme += fabs(sum) >= least;
    }
    free(down);
    return extreme;
}

static uint64_t flip_some(const double *difference, size_t n, double least,
                          uint64_t samples, uint64_t seed, uint64_t *tried)
{
    struct rng *rng = rng_new(seed, "stat/sign-flip");
    uint64_t extreme = 0;

    for (*tried = 0; *tried < samples && !interrupt_pending(); ++*tried) {
        double sum = 0;

        for (size_t d = 0; d < n; d++)
            sum += rng_uniform(rng) < 0.5 ? -difference[d] : difference[d];
        extreme += fabs(sum) >= least;
    }
    rng_free(rng);
    return extreme;
}

struct paired_flip paired_sign_flip(const double *difference, size_t n,
                                    size_t exact_most, uint64_t samples,
                                    uint64_t seed)
{
    struct paired_flip out = { .test.n = n };
    double sum = 0, size = 0, least;

    assert(exact_most <= FLIPS_MOST);
    for (size_t d = 0; d < n; d++) {
        sum += difference[d];
        size += fabs(difference[d]);
    }
    if (n == 0 || size <= 0) {
        out.test.p = estimate_undefined(no_difference);
        return out;
    }
    out.test.statistic = sum / (double)n;
    least = fabs(sum) - 1e-12 * size; /* equal sums may differ by rounding */
    out.exact = n <= exact_most;
    if (out.exact) {
        out.flips = (uint64_t)1 << n;
        out.test.p = estimate_of((double)flip_all(difference, n, least) /
                                 (double)out.flips);
    } else {
        uint64_t extreme =
            flip_some(difference, n, least, samples, seed, &out.flips);

        out.test.p =
            estimate_of((double)(extreme + 1) / (double)(out.flips + 1));
    }
    return out;
}
