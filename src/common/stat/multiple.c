/*
 * multiple - see multiple.h; each method works on sorted p values.
 */
#include <config.h>

#include "common/stat/multiple.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"

const char *const multiple_method_names[] = {
    "bonferroni",   "sidak",         "holm",   "holm-sidak",
    "hochberg",     "hommel",        "fdr-bh", "fdr-by",
    "two-stage-bh", "two-stage-bky", NULL
};

struct ranked {
    double p;
    size_t at;
};

static int by_p(const void *a, const void *b)
{
    const struct ranked *one = a;
    const struct ranked *other = b;

    if (one->p != other->p)
        return one->p < other->p ? -1 : 1;
    return one->at < other->at ? -1 : one->at > other->at;
}

/* 1 - (1 - p)^times, exact for small p. */
static double sidak(double p, double times)
{
    return p < 1 ? -expm1(times * log1p(-p)) : 1;
}

/* From the smallest p upwards: never below the one before. */
static void step_down(enum multiple_method method, const double *p, size_t n,
                      double *out)
{
    double so_far = 0;

    for (size_t i = 0; i < n; i++) {
        double times = (double)(n - i);
        double one =
            method == MULTIPLE_HOLM ? times * p[i] : sidak(p[i], times);

        so_far = fmax(so_far, one);
        out[i] = so_far;
    }
}

/* From the largest p downwards: never above the one after. */
static void step_up(enum multiple_method method, const double *p, size_t n,
                    double *out)
{
    double so_far = 1, harmonic = 0;

    for (size_t i = 1; i <= n; i++)
        harmonic += 1 / (double)i;
    for (size_t i = n; i-- > 0;) {
        double times = (double)n / (double)(i + 1);

        if (method == MULTIPLE_HOCHBERG)
            times = (double)(n - i);
        else if (method == MULTIPLE_BY)
            times *= harmonic;
        so_far = fmin(so_far, times * p[i]);
        out[i] = so_far;
    }
}

/* Wright (1992), algorithm A: the worst over sets of m hypotheses. */
static void hommel(const double *p, size_t n, double *out)
{
    double all = 1;

    for (size_t i = 0; i < n; i++)
        all = fmin(all, (double)n * p[i] / (double)(i + 1));
    for (size_t i = 0; i < n; i++)
        out[i] = fmax(all, p[i]);
    for (size_t m = n; m-- > 2;) {
        size_t small = n - m + 1; /* the rest are the m - 1 largest */
        double least = 1, last = 0;

        for (size_t j = small; j < n; j++)
            least = fmin(least, (double)m * p[j] / (double)(j - small + 2));
        for (size_t i = 0; i < small; i++) {
            last = fmin((double)m * p[i], least);
            out[i] = fmax(out[i], last);
        }
        for (size_t i = small; i < n; i++)
            out[i] = fmax(out[i], last);
    }
}

static void two_stages(enum multiple_method method, const double *p, size_t n,
                       double level, double *out)
{
    double factor = method == MULTIPLE_TWO_STAGE_BKY ? 1 + level : 1;
    size_t rejected = 0;

    step_up(MULTIPLE_BH, p, n, out);
    for (size_t i = 0; i < n; i++)
        rejected += out[i] <= level / factor;
    if (rejected > 0 && rejected < n)
        factor *= (double)(n - rejected) / (double)n;
    for (size_t i = 0; i < n; i++)
        out[i] *= factor;
}

static void adjust_sorted(enum multiple_method method, const double *p,
                          size_t n, double level, double *out)
{
    switch (method) {
    case MULTIPLE_BONFERRONI:
        for (size_t i = 0; i < n; i++)
            out[i] = (double)n * p[i];
        break;
    case MULTIPLE_SIDAK:
        for (size_t i = 0; i < n; i++)
            out[i] = sidak(p[i], (double)n);
        break;
    case MULTIPLE_HOLM:
    case MULTIPLE_HOLM_SIDAK:
        step_down(method, p, n, out);
        break;
    case MULTIPLE_HOMMEL:
        hommel(p, n, out);
        break;
    case MULTIPLE_TWO_STAGE_BH:
    case MULTIPLE_TWO_STAGE_BKY:
        two_stages(method, p, n, level, out);
        break;
    default:
        step_up(method, p, n, out);
    }
}

void multiple_adjust(enum multiple_method method, const double *p, size_t count,
                     double level, double *adjusted)
{
    struct ranked *ranked = xcalloc(count + 1, sizeof(*ranked));
    double *sorted = xcalloc(2 * count + 1, sizeof(*sorted));
    double *out = sorted + count;

    for (size_t i = 0; i < count; i++)
        ranked[i] = (struct ranked){ .p = p[i], .at = i };
    qsort(ranked, count, sizeof(*ranked), by_p);
    for (size_t i = 0; i < count; i++)
        sorted[i] = ranked[i].p;
    adjust_sorted(method, sorted, count, level, out);
    for (size_t i = 0; i < count; i++)
        adjusted[ranked[i].at] = fmin(1, out[i]);
    free(ranked);
    free(sorted);
}
