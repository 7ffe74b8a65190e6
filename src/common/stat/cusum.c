/*
 * cusum - the tabular cumulative sum chart.
 */
#include <config.h>

#include "common/stat/cusum.h"

#include <string.h>

void cusum_init(struct cusum *cusum, double k, double h)
{
    memset(cusum, 0, sizeof(*cusum));
    cusum->k = k;
    cusum->h = h;
}

static double rest(double sum)
{
    return sum > 0 ? sum : 0;
}

void cusum_add(struct cusum *cusum, double z)
{
    cusum->count++;
    cusum->high = rest(z - cusum->k + cusum->high);
    cusum->low = rest(-z - cusum->k + cusum->low);
    cusum->low_run = cusum->low > 0 ? cusum->low_run + 1 : 0;
    if (cusum->high > cusum->h && cusum->high_alarm == 0)
        cusum->high_alarm = cusum->count;
    if (cusum->low > cusum->h && cusum->low_alarm == 0)
        cusum->low_alarm = cusum->count;
}
