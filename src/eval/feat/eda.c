/*
 * eda - see eda.h.
 */
#include <config.h>

#include "eval/feat/eda.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"

struct filter {
    double b0, b1, b2, a1, a2;
};

/* Butterworth's low pass by the bilinear transform. */
static struct filter low_pass(double cut_hz, double rate_hz)
{
    double k = tan(M_PI * cut_hz / rate_hz);
    double norm = 1 / (1 + M_SQRT2 * k + k * k);

    return (struct filter){ .b0 = k * k * norm,
                            .b1 = 2 * k * k * norm,
                            .b2 = k * k * norm,
                            .a1 = 2 * (k * k - 1) * norm,
                            .a2 = (1 - M_SQRT2 * k + k * k) * norm };
}

/* In place, as if the first value had stood for ever. */
static void run(const struct filter *filter, double *x, size_t count)
{
    double x1 = x[0], x2 = x[0], y1 = x[0], y2 = x[0];

    for (size_t i = 0; i < count; i++) {
        double y = filter->b0 * x[i] + filter->b1 * x1 + filter->b2 * x2 -
                   filter->a1 * y1 - filter->a2 * y2;

        x2 = x1;
        x1 = x[i];
        y2 = y1;
        y1 = x[i] = y;
    }
}

static void reverse(double *x, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        double swap = x[i];

        x[i] = x[count - 1 - i];
        x[count - 1 - i] = swap;
    }
}

bool eda_split_at(const double *value, size_t count, double rate_hz,
                  double cut_hz, double *low, double *high)
{
    size_t edge = (size_t)(rate_hz / cut_hz), all = count + 2 * edge;
    struct filter filter = low_pass(cut_hz, rate_hz);
    double *x;

    if (count <= edge || rate_hz <= 2 * cut_hz)
        return false;
    x = xcalloc(all, sizeof(*x));
    /* Mirrored through the ends, so that a slope goes on as it is. */
    for (size_t i = 0; i < edge; i++) {
        x[edge - 1 - i] = 2 * value[0] - value[i + 1];
        x[edge + count + i] = 2 * value[count - 1] - value[count - 2 - i];
    }
    for (size_t i = 0; i < count; i++)
        x[edge + i] = value[i];
    run(&filter, x, all);
    reverse(x, all);
    run(&filter, x, all);
    reverse(x, all);
    for (size_t i = 0; i < count; i++) {
        low[i] = x[edge + i];
        high[i] = value[i] - low[i];
    }
    free(x);
    return true;
}

bool eda_split(const double *value, size_t count, double rate_hz, double *tonic,
               double *phasic)
{
    return eda_split_at(value, count, rate_hz, EDA_SPLIT_HZ, tonic, phasic);
}

bool eda_split_runs(const double *value, size_t count, double rate_hz,
                    double *tonic, double *phasic)
{
    bool any = false;

    for (size_t i = 0; i < count; i++)
        tonic[i] = phasic[i] = NAN;
    for (size_t i = 0, end; i < count; i = end + 1) {
        for (end = i; end < count && !isnan(value[end]);)
            end++;
        if (end > i &&
            eda_split(value + i, end - i, rate_hz, tonic + i, phasic + i))
            any = true;
    }
    return any;
}

void eda_find_responses(const double *phasic, size_t count, size_t from,
                        size_t to, struct eda_responses *out)
{
    size_t trough = 0, peak = 0;
    bool rising = false;

    *out = (struct eda_responses){ 0 };
    for (size_t i = 1; i < count; i++) {
        if (isnan(phasic[i]) || isnan(phasic[trough])) {
            rising = false;
            trough = i;
            continue;
        }
        if (!rising && phasic[i] <= phasic[trough])
            trough = i;
        if (!rising && phasic[i] - phasic[trough] >= EDA_LEAST_RISE) {
            rising = true;
            peak = i;
        }
        if (rising && phasic[i] > phasic[peak])
            peak = i;
        if (rising && phasic[peak] - phasic[i] >= EDA_LEAST_RISE / 2) {
            if (peak >= from && peak < to) {
                out->count++;
                out->height += phasic[peak] - phasic[trough];
                out->rise += (double)(peak - trough);
            }
            rising = false;
            trough = i;
        }
    }
}
