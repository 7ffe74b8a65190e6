/*
 * curve_agree - see curve_agree.h.
 */
#include <config.h>

#include "common/stat/curve_agree.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/ccc.h"
#include "common/stat/concord.h"

struct curve_lagged curve_lagged_ccc(const double *x, const double *y,
                                     size_t points, size_t most, double penalty)
{
    struct curve_lagged out = { .ccc = estimate_undefined("a trace is "
                                                          "constant"),
                                .pearson = estimate_undefined("a trace is "
                                                              "constant") };
    double best = -HUGE_VAL;

    if (most > points / 2)
        most = points / 2;
    for (size_t at = 0; at <= 2 * most; at++) {
        /* 0, 1, -1, 2, -2, ...: of equal ones the nearest wins. */
        size_t lag = (at + 1) / 2, left = points - lag;
        bool later = at % 2 == 1; /* y comes later */
        struct ccc_sums sums =
            ccc_sums_of(later ? x : x + lag, later ? y + lag : y, NULL, left);
        struct estimate ccc = ccc_lin(&sums);
        double worth = ccc.value - penalty * (double)lag;

        if (left < 2 || !ccc.defined || !ccc_pearson(&sums).defined ||
            worth <= best)
            continue;
        best = worth;
        out.ccc = ccc;
        out.pearson = ccc_pearson(&sums);
        out.lag = later ? (double)lag : -(double)lag;
    }
    return out;
}

/* A mean of what is defined. */
struct mean {
    double sum;
    size_t n;
};

static void add(struct mean *mean, struct estimate value)
{
    if (value.defined) {
        mean->sum += value.value;
        mean->n++;
    }
}

static struct estimate read(const struct mean *mean)
{
    return estimate_ratio(mean->sum, (double)mean->n,
                          "no two traces both vary");
}

static struct estimate cronbach(const struct curve_panel *panel)
{
    double *x = xcalloc(panel->points * panel->raters + 1, sizeof(*x));
    struct estimate standardized, out;

    for (size_t r = 0; r < panel->raters; r++)
        for (size_t k = 0; k < panel->points; k++)
            x[k * panel->raters + r] = curve_row(panel, r)[k];
    out = concord_cronbach(x, panel->points, panel->raters, &standardized);
    free(x);
    return out;
}

struct curve_means curve_means_of(const struct curve_panel *panel, size_t most,
                                  double penalty)
{
    struct mean ccc = { 0 }, pearson = { 0 }, lagged = { 0 };
    struct curve_means out = { 0 };

    for (size_t a = 0; a < panel->raters; a++) {
        for (size_t b = a + 1; b < panel->raters; b++) {
            const double *x = curve_row(panel, a), *y = curve_row(panel, b);
            struct ccc_sums sums = ccc_sums_of(x, y, NULL, panel->points);
            struct estimate r = ccc_pearson(&sums);

            out.pairs++;
            out.undefined += !r.defined;
            if (!r.defined)
                continue;
            add(&ccc, ccc_lin(&sums));
            add(&pearson, r);
            if (most > 0)
                add(&lagged,
                    curve_lagged_ccc(x, y, panel->points, most, penalty).ccc);
        }
    }
    out.ccc = read(&ccc);
    out.pearson = read(&pearson);
    out.lagged = most > 0 ? read(&lagged) : out.ccc;
    out.cronbach = panel->raters > 1 ? cronbach(panel)
                                     : estimate_undefined("one trace only");
    return out;
}

/* Means over bins, [rater * bins + bin]; and each rater's range of them. */
static double *bin_means(const struct curve_panel *panel, size_t bin,
                         size_t bins, double *range)
{
    double *mean = xcalloc(panel->raters * bins + 1, sizeof(*mean));

    for (size_t r = 0; r < panel->raters; r++) {
        double least = HUGE_VAL, most = -HUGE_VAL;

        for (size_t b = 0; b < bins; b++) {
            double *of = &mean[r * bins + b];

            for (size_t k = b * bin; k < (b + 1) * bin; k++)
                *of += curve_row(panel, r)[k] / (double)bin;
            least = fmin(least, *of);
            most = fmax(most, *of);
        }
        range[r] = most - least;
    }
    return mean;
}

/* Sums over cells: a cell is a pair of bins, its ratings are directions. */
struct directions {
    double agreement, consensus, cells;
    double within; /* squared distances in cells */
    double count[3];
};

static void add_cell(const double *count, double raters, double share,
                     struct directions *sums)
{
    double equal = 0;

    for (int d = 0; d < 3; d++) {
        equal += count[d] * (count[d] - 1);
        sums->count[d] += count[d];
    }
    sums->cells++;
    sums->agreement += equal / (raters * (raters - 1));
    sums->consensus += fmax(count[0], count[2]) >= share * raters * (1 - 1e-12);
    /* Ordered pairs: fall and rise are 2 apart, neither is 1 from both. */
    sums->within +=
        2 * (4 * count[0] * count[2] + count[1] * (count[0] + count[2])) /
        (raters - 1);
}

static struct estimate alpha_of_directions(const struct directions *sums,
                                           double raters)
{
    const double *c = sums->count;
    double n = sums->cells * raters;
    double between = 2 * (4 * c[0] * c[2] + c[1] * (c[0] + c[2]));

    if (!(between > 0))
        return estimate_undefined("all directions are the same");
    return estimate_of(1 - (sums->within / n) / (between / (n * (n - 1))));
}

struct curve_qa curve_qa_of(const struct curve_panel *panel, size_t bin,
                            double threshold, double share)
{
    size_t bins = bin > 0 ? panel->points / bin : 0;
    double raters = (double)panel->raters, *range, *mean;
    struct directions sums = { 0 };
    struct curve_qa out = { .bins = bins };

    out.cells = bins > 1 ? bins * (bins - 1) / 2 : 0;
    if (bins < 2 || panel->raters < 2) {
        out.agreement = out.alpha = out.consensus = estimate_undefined(
            bins < 2 ? "fewer than two bins" : "one trace only");
        return out;
    }
    range = xcalloc(panel->raters, sizeof(*range));
    mean = bin_means(panel, bin, bins, range);
    for (size_t i = 0; i < bins; i++) {
        for (size_t j = i + 1; j < bins; j++) {
            double count[3] = { 0 };

            for (size_t r = 0; r < panel->raters; r++) {
                double step = mean[r * bins + j] - mean[r * bins + i];

                count[fabs(step) <= threshold * range[r] ? 1
                      : step > 0                         ? 2
                                                         : 0]++;
            }
            add_cell(count, raters, share, &sums);
        }
    }
    out.agreement = estimate_of(sums.agreement / sums.cells);
    out.consensus = estimate_of(sums.consensus / sums.cells);
    out.alpha = alpha_of_directions(&sums, raters);
    free(range);
    free(mean);
    return out;
}
