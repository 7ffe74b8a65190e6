/*
 * lpc - see lpc.h.
 */
#include <config.h>

#include "common/signal/lpc.h"

#include <assert.h>
#include <string.h>

void lpc_autocorrelate(const float *sample, int samples, int order, double *r)
{
    assert(order <= LPC_MAX_ORDER);
    for (int k = 0; k <= order; k++) {
        /* Four sums side by side: one would wait for itself. */
        double sum[4] = { 0 };
        int n = 0;

        for (; n + 3 + k < samples; n += 4)
            for (int i = 0; i < 4; i++)
                sum[i] += (double)sample[n + i] * sample[n + i + k];
        for (; n + k < samples; n++)
            sum[0] += (double)sample[n] * sample[n + k];
        r[k] = (sum[0] + sum[1]) + (sum[2] + sum[3]);
    }
}

bool lpc_durbin(const double *r, int order, double *a)
{
    double error = r[0], before[LPC_MAX_ORDER];

    assert(order <= LPC_MAX_ORDER);
    memset(a, 0, (size_t)order * sizeof(*a));
    if (!(error > 0))
        return false;
    for (int i = 0; i < order; i++) {
        double reflection = r[i + 1];

        for (int j = 0; j < i; j++)
            reflection += a[j] * r[i - j];
        reflection /= -error;
        memcpy(before, a, (size_t)i * sizeof(*a));
        for (int j = 0; j < i; j++)
            a[j] += reflection * before[i - 1 - j];
        a[i] = reflection;
        error *= 1 - reflection * reflection;
        if (!(error > 0)) /* predicted without a rest */
            break;
    }
    return true;
}
