/* apart - see apart.h. */
#include <config.h>

#include "common/stat/apart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/stat/describe.h"

static double *sorted(struct sample a)
{
    double *copy = xcalloc(a.n + 1, sizeof(*copy));

    if (a.n > 0)
        memcpy(copy, a.x, a.n * sizeof(*copy));
    describe_sort(copy, a.n);
    return copy;
}

/* Sum over neighbours of both samples of |F - G|^power times their gap. */
static double area(struct sample a, struct sample b, int power)
{
    double *x = sorted(a), *y = sorted(b), sum = 0;
    size_t i = 0, j = 0;

    while (i < a.n || j < b.n) {
        double here = i < a.n && (j == b.n || x[i] <= y[j]) ? x[i] : y[j];
        double next, gap;

        while (i < a.n && x[i] == here)
            i++;
        while (j < b.n && y[j] == here)
            j++;
        if (i == a.n && j == b.n)
            break;
        next = i < a.n && (j == b.n || x[i] <= y[j]) ? x[i] : y[j];
        gap = fabs((double)i / (double)a.n - (double)j / (double)b.n);
        sum += (power == 1 ? gap : gap * gap) * (next - here);
    }
    free(x);
    free(y);
    return sum;
}

struct estimate apart_wasserstein(struct sample a, struct sample b)
{
    if (a.n == 0 || b.n == 0)
        return estimate_undefined("a sample is empty");
    return estimate_of(area(a, b, 1));
}

struct estimate apart_energy(struct sample a, struct sample b)
{
    if (a.n == 0 || b.n == 0)
        return estimate_undefined("a sample is empty");
    return estimate_of(sqrt(2 * area(a, b, 2)));
}

/* Sum of the kernel over all pairs of the two, those of an item with itself
   too. */
static double kernel_sum(struct sample a, struct sample b, double sigma)
{
    double sum = 0;

    for (size_t i = 0; i < a.n; i++)
        for (size_t j = 0; j < b.n; j++) {
            double d = (a.x[i] - b.x[j]) / sigma;

            sum += exp(-d * d / 2);
        }
    return sum;
}

struct apart_mmd apart_mmd(struct sample a, struct sample b, double sigma)
{
    double n = (double)a.n, m = (double)b.n, aa, bb, ab;
    struct apart_mmd out;

    if (a.n < 2 || b.n < 2 || !(sigma > 0)) {
        out.unbiased = out.biased = estimate_undefined(
            sigma > 0 ? "a sample has fewer than two numbers"
                      : "the kernel has no width: the numbers do not vary");
        return out;
    }
    aa = kernel_sum(a, a, sigma);
    bb = kernel_sum(b, b, sigma);
    ab = kernel_sum(a, b, sigma) / (n * m);
    out.unbiased = estimate_of((aa - n) / (n * (n - 1)) +
                               (bb - m) / (m * (m - 1)) - 2 * ab);
    out.biased = estimate_of(aa / (n * n) + bb / (m * m) - 2 * ab);
    return out;
}

struct estimate apart_median_sigma(struct sample a)
{
    size_t n = a.n * a.n;
    double *square, sigma;

    if (a.n < 2)
        return estimate_undefined("a sample has fewer than two numbers");
    square = xcalloc(n, sizeof(*square));
    for (size_t i = 0; i < a.n; i++)
        for (size_t j = 0; j < a.n; j++)
            square[i * a.n + j] = (a.x[i] - a.x[j]) * (a.x[i] - a.x[j]);
    describe_sort(square, n);
    sigma = sqrt(square[(size_t)nearbyint((double)(n - 1) / 2)] / 2);
    free(square);
    return sigma > 0 ? estimate_of(sigma)
                     : estimate_undefined("half of the numbers are the same");
}
