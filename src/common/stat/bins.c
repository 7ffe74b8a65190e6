/* bins - see bins.h. */
#include <config.h>

#include "common/stat/bins.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/stat/describe.h"

static void init(struct bins *out, size_t count)
{
    *out = (struct bins){ .count = count };
    out->edge = xcalloc(count + 1, sizeof(*out->edge));
    out->a = xcalloc(count + 1, sizeof(*out->a));
    out->b = xcalloc(count + 1, sizeof(*out->b));
}

void bins_release(struct bins *bins)
{
    free(bins->edge);
    free(bins->a);
    free(bins->b);
    *bins = (struct bins){ 0 };
}

static size_t different(const double *sorted, size_t n)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += i == 0 || sorted[i] != sorted[i - 1];
    return count;
}

/* By division, then put right where rounding took it over an edge. */
static void count_equal(const struct bins *bins, struct sample of, double *to)
{
    double low = bins->edge[0], wide = bins->edge[bins->count] - low;

    for (size_t i = 0; i < of.n; i++) {
        size_t at = wide > 0
                        ? (size_t)((of.x[i] - low) / wide * (double)bins->count)
                        : 0;

        at = at < bins->count ? at : bins->count - 1;
        while (at > 0 && of.x[i] < bins->edge[at])
            at--;
        while (at + 1 < bins->count && of.x[i] >= bins->edge[at + 1])
            at++;
        to[at]++;
    }
}

void bins_sturges(struct sample a, struct sample b, bool distinct,
                  struct bins *out)
{
    size_t n = a.n + b.n;
    double *all = xcalloc(n + 1, sizeof(*all)), step;

    *out = (struct bins){ 0 };
    for (size_t i = 0; i < n; i++)
        all[i] = i < a.n ? a.x[i] : b.x[i - a.n];
    describe_sort(all, n);
    if (n > 0) {
        double of = (double)(distinct ? different(all, n) : n);

        init(out, (size_t)ceil(log2(of) + 1));
        step = (all[n - 1] - all[0]) / (double)out->count;
        for (size_t e = 0; e < out->count; e++)
            out->edge[e] = all[0] + (double)e * step;
        out->edge[out->count] = all[n - 1];
        count_equal(out, a, out->a);
        count_equal(out, b, out->b);
    }
    free(all);
}

static void count_between(const struct bins *bins, struct sample of, double *to)
{
    for (size_t i = 0; i < of.n; i++) {
        size_t at = 0;

        while (at + 1 < bins->count && of.x[i] > bins->edge[at + 1])
            at++;
        to[at]++;
    }
}

void bins_deciles(struct sample a, struct sample b, struct bins *out)
{
    double *x = xcalloc(a.n + 1, sizeof(*x));

    *out = (struct bins){ 0 };
    if (a.n > 0) {
        memcpy(x, a.x, a.n * sizeof(*x));
        describe_sort(x, a.n);
        init(out, 10);
        out->edge[0] = -HUGE_VAL;
        out->edge[10] = HUGE_VAL;
        for (size_t e = 1; e < 10; e++)
            out->edge[e] = describe_quantile(x, a.n, (double)e / 10).value;
        count_between(out, a, out->a);
        count_between(out, b, out->b);
    }
    free(x);
}
