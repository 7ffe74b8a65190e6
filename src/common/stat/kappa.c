/*
 * kappa - from a table of two raters.
 */
#include <config.h>

#include "common/stat/kappa.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/stat/dist.h"

/* Shares of the rows and the columns, and their mean weights. */
struct margins {
    double *row, *column;           /* shares */
    double *row_mean, *column_mean; /* weights against the other's shares */
};

static void fill_margins(const double *table, size_t k, const double *weight,
                         double n, struct margins *m)
{
    m->row = xcalloc(4 * k + 1, sizeof(double));
    m->column = m->row + k;
    m->row_mean = m->column + k;
    m->column_mean = m->row_mean + k;
    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b < k; b++) {
            m->row[a] += table[a * k + b] / n;
            m->column[b] += table[a * k + b] / n;
        }
    }
    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b < k; b++) {
            m->row_mean[a] += weight[a * k + b] * m->column[b];
            m->column_mean[b] += weight[a * k + b] * m->row[a];
        }
    }
}

static void fill_variances(const double *table, size_t k, const double *weight,
                           const struct margins *m, struct kappa *out)
{
    double po = out->agreement, pe = out->chance;
    double sum = 0, sum_null = 0;

    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b < k; b++) {
            double w = weight[a * k + b];
            double means = m->row_mean[a] + m->column_mean[b];
            double own = w * (1 - pe) - means * (1 - po);

            sum += table[a * k + b] / out->n * own * own;
            sum_null += m->row[a] * m->column[b] * (w - means) * (w - means);
        }
    }
    sum -= pow(po * pe - 2 * pe + po, 2);
    out->variance = fmax(0, sum) / (out->n * pow(1 - pe, 4));
    out->variance_null =
        fmax(0, sum_null - pe * pe) / (out->n * (1 - pe) * (1 - pe));
}

struct kappa kappa_of(const double *table, size_t k, const double *weight)
{
    struct kappa out = { .value =
                             estimate_undefined("no item was judged by both") };
    struct margins m;

    for (size_t i = 0; i < k * k; i++)
        out.n += table[i];
    if (!(out.n > 0))
        return out;
    fill_margins(table, k, weight, out.n, &m);
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b < k; b++)
            out.agreement += weight[a * k + b] * table[a * k + b] / out.n;
    for (size_t a = 0; a < k; a++)
        out.chance += m.row[a] * m.row_mean[a];
    if (out.chance < 1 - 1e-14) {
        out.value =
            estimate_of((out.agreement - out.chance) / (1 - out.chance));
        fill_variances(table, k, weight, &m, &out);
    } else {
        out.value =
            estimate_undefined("both used one and the same category (0/0)");
    }
    free(m.row);
    return out;
}

struct estimate kappa_z(const struct kappa *kappa, double *p)
{
    double z;

    *p = 1;
    if (!kappa->value.defined)
        return kappa->value;
    if (!(kappa->variance_null > 0))
        return estimate_undefined("a rater used one category only");
    z = kappa->value.value / sqrt(kappa->variance_null);
    *p = 2 * dist_normal_cdf(-fabs(z));
    return estimate_of(z);
}

struct estimate kappa_light(const struct rating_grid *grid, size_t k,
                            const double *weight, size_t *pairs, size_t *of)
{
    double *table = xcalloc(k * k + 1, sizeof(*table));
    double sum = 0;

    *pairs = *of = 0;
    for (size_t a = 1; a < grid->raters; a++) {
        for (size_t b = 0; b < a; b++) {
            struct kappa one;

            memset(table, 0, k * k * sizeof(*table));
            rating_grid_cross(grid, b, a, k, table);
            one = kappa_of(table, k, weight);
            ++*of;
            *pairs += one.value.defined;
            sum += one.value.value; /* 0 when undefined */
        }
    }
    free(table);
    return *pairs > 0 ? estimate_of(sum / (double)*pairs)
                      : estimate_undefined("no pair of raters has a kappa");
}
