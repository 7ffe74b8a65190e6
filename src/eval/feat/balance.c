/*
 * balance - see balance.h.
 */
#include <config.h>

#include "eval/feat/balance.h"

#include <math.h>

#define FLOOR 1e-14 /* of a power: -140 dB */

/* The first bin at or above a frequency; `bins` when there is none. */
static int bin_from(double hz, int bins, double bin_hz)
{
    int bin = (int)ceil(hz / bin_hz);

    return bin < bins ? bin : bins;
}

/* The first bin above a frequency. */
static int bin_above(double hz, int bins, double bin_hz)
{
    int bin = (int)floor(hz / bin_hz) + 1;

    return bin < bins ? bin : bins;
}

double balance_alpha_ratio(const float *power, int bins, double bin_hz)
{
    int middle = bin_from(1000, bins, bin_hz);
    int end = bin_above(5000, bins, bin_hz);
    double low = 0, high = 0;

    for (int k = 0; k < middle; k++)
        low += power[k];
    for (int k = middle; k < end; k++)
        high += power[k];
    if (!(low > 0))
        return 0;
    return 10 * log10(fmax(high / low, FLOOR));
}

double balance_hammarberg(const float *power, int bins, double bin_hz)
{
    int middle = bin_from(2000, bins, bin_hz);
    int end = bin_above(5000, bins, bin_hz);
    float low = 0, high = 0;

    for (int k = 0; k < middle; k++)
        low = power[k] > low ? power[k] : low;
    for (int k = middle; k < end; k++)
        high = power[k] > high ? power[k] : high;
    if (!(high > 0))
        return 0;
    return 10 * log10(fmax((double)low / high, FLOOR));
}

void balance_slope_init(struct balance_slope *slope, double low_hz,
                        double high_hz, int bins, double bin_hz)
{
    int above = bin_above(low_hz, bins, bin_hz);
    int end = bin_from(high_hz, bins, bin_hz);
    double sum_f2 = 0;

    *slope = (struct balance_slope){ .first = above - 1, .bin_hz = bin_hz };
    slope->low_part = (above * bin_hz - low_hz) / bin_hz;
    slope->high_part = (high_hz - (end - 1) * bin_hz) / bin_hz;
    slope->last = end * bin_hz > high_hz || end == bins ? end - 1 : end;
    if (slope->low_part == 0)
        slope->low_part = 1;
    if (slope->high_part == 0)
        slope->high_part = 1;
    for (int k = slope->first; k <= slope->last; k++) {
        double part = k == slope->first  ? slope->low_part
                      : k == slope->last ? slope->high_part
                                         : 1;
        double f = k * bin_hz * part;

        slope->sum_f += f;
        sum_f2 += f * f;
    }
    slope->under =
        (slope->last - slope->first) * sum_f2 - slope->sum_f * slope->sum_f;
}

double balance_slope_of(const struct balance_slope *slope, const float *level)
{
    double sum_y = 0, sum_fy = 0;

    for (int k = slope->first; k <= slope->last; k++) {
        double part = k == slope->first  ? slope->low_part
                      : k == slope->last ? slope->high_part
                                         : 1;
        double y = level[k] * part;

        sum_y += y;
        sum_fy += k * slope->bin_hz * y;
    }
    return ((slope->last - slope->first) * sum_fy - slope->sum_f * sum_y) /
           slope->under;
}

void balance_levels(const float *power, int count, float *level)
{
    const float scale = (float)(10 / M_LN10), floor = (float)FLOOR;

    for (int k = 0; k < count; k++)
        level[k] = scale * logf(power[k] > floor ? power[k] : floor);
}
