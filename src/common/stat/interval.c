/*
 * interval - the delete-one-cluster jackknife.
 */
#include <config.h>

#include "common/stat/interval.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/describe.h"
#include "common/stat/dist.h"

static const char *const method_names[] = {
    [INTERVAL_JACKKNIFE_T] = "jackknife-t",
    [INTERVAL_JACKKNIFE_WELCH] = "jackknife-welch-t",
    [INTERVAL_PERCENTILE] = "cluster-bootstrap-percentile",
    [INTERVAL_NORMAL] = "cluster-bootstrap-normal",
    [INTERVAL_BASIC] = "cluster-bootstrap-basic",
    [INTERVAL_BCA] = "cluster-bootstrap-bca",
};

const char *interval_method_name(enum interval_method method)
{
    return method_names[method];
}

static void fill(const struct interval_source *source)
{
    source->clear(source->context);
    for (size_t c = 0; c < source->clusters; c++)
        source->add(source->context, c, 1);
}

void interval_whole(const struct interval_source *source,
                    struct estimate *value)
{
    fill(source);
    source->read(source->context, value);
}

/* One output without each of the clusters in turn. */
struct left_out {
    struct estimate *value; /* [cluster * outputs + output] */
    size_t outputs;
    size_t output; /* looked at now */
};

static const struct estimate *without(const struct left_out *left,
                                      size_t cluster)
{
    return &left->value[cluster * left->outputs + left->output];
}

/*
 * Adds one group's variance and its share of Satterthwaite's denominator;
 * false with a reason when it cannot be had.
 */
static bool group_variance(const struct interval_source *source,
                           const struct left_out *left, size_t group,
                           struct interval *out, double *variance,
                           double *denominator)
{
    double mean = 0, squares = 0, own;
    size_t n = 0;

    for (size_t c = 0; c < source->clusters; c++) {
        if (source->group && source->group[c] != group)
            continue;
        if (!without(left, c)->defined) {
            out->reason = "undefined when one cluster is left out";
            return false;
        }
        n++;
        mean += (without(left, c)->value - mean) / (double)n;
    }
    if (n < 2) {
        out->reason = "fewer than two clusters";
        return false;
    }
    for (size_t c = 0; c < source->clusters; c++) {
        if (source->group && source->group[c] != group)
            continue;
        squares += pow(without(left, c)->value - mean, 2);
    }
    own = squares * (double)(n - 1) / (double)n;
    *variance += own;
    *denominator += own * own / (double)(n - 1);
    return true;
}

/* Quenouille, M. H. (1956). Notes on bias in estimation. Biometrika 43. */
static double bias(const struct interval_source *source,
                   const struct left_out *left, double value)
{
    double sum = 0;

    for (size_t c = 0; c < source->clusters; c++)
        sum += without(left, c)->value - value;
    return sum / (double)source->clusters * (double)(source->clusters - 1);
}

static void limits(const struct interval_source *source,
                   const struct left_out *left, struct estimate value,
                   struct interval *out)
{
    size_t groups = source->group ? 2 : 1;
    double variance = 0, denominator = 0, reach;

    if (!value.defined) {
        out->reason = value.reason;
        return;
    }
    for (size_t g = 0; g < groups; g++)
        if (!group_variance(source, left, g, out, &variance, &denominator))
            return;
    out->se = sqrt(variance);
    /* Below rounding: every cluster left the value where it was. */
    out->no_spread = out->se <= 1e-12 * fmax(1, fabs(value.value));
    if (out->no_spread)
        out->se = 0;
    out->df = (double)(source->clusters - groups);
    if (source->group && !out->no_spread)
        out->df = variance * variance / denominator;
    if (!source->group)
        out->bias = bias(source, left, value.value);
    reach = out->se * dist_t_quantile((1 + out->level) / 2, out->df);
    out->low = value.value - reach;
    out->high = value.value + reach;
    out->defined = true;
}

void interval_jackknife(const struct interval_source *source, double level,
                        struct estimate *value, struct interval *out)
{
    struct left_out left = { .outputs = source->outputs };
    enum interval_method method =
        source->group ? INTERVAL_JACKKNIFE_WELCH : INTERVAL_JACKKNIFE_T;

    assert(level > 0 && level < 1);
    left.value =
        xcalloc(source->clusters * source->outputs + 1, sizeof(*left.value));
    interval_whole(source, value);
    for (size_t c = 0; c < source->clusters; c++) {
        source->add(source->context, c, -1);
        source->read(source->context, &left.value[c * source->outputs]);
        source->add(source->context, c, 1);
    }
    for (size_t k = 0; k < source->outputs; k++) {
        left.output = k;
        out[k] = (struct interval){ .method = method,
                                    .level = level,
                                    .clusters = source->clusters };
        limits(source, &left, value[k], &out[k]);
    }
    free(left.value);
}

void interval_clip(struct interval *interval, double low, double high)
{
    interval->low = fmax(low, fmin(high, interval->low));
    interval->high = fmax(low, fmin(high, interval->high));
}
