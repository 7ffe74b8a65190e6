/* scale - a row of numbers to answer with: its points and their names. */
#include <config.h>

#include "common/study/scale.h"

#include <math.h>

const char *const scale_figure_names[] = { "sam-valence", "sam-arousal",
                                           "sam-dominance", NULL };

/* Steps such as 0.1 are not exact: how far a point may be off, in steps. */
static const double slack = 1e-6;

size_t scale_count(const struct scale *scale)
{
    double steps;

    if (!(scale->step > 0) || !(scale->max > scale->min))
        return 0;
    steps = (scale->max - scale->min) / scale->step;
    if (steps > SCALE_POINTS_MAX - 1 || fabs(steps - round(steps)) > slack)
        return 0;
    return (size_t)round(steps) + 1;
}

double scale_value(const struct scale *scale, size_t index)
{
    /* Of 0 to 1 by 0.1, point 3 is 0.3 and not 0.30000000000000004. */
    double value = scale->min + (double)index * scale->step;
    double unit = 1e6;

    return index + 1 == scale_count(scale) ? scale->max
                                           : round(value * unit) / unit;
}

int scale_index(const struct scale *scale, double value)
{
    size_t count = scale_count(scale);
    double place;

    if (count == 0 || !isfinite(value))
        return -1;
    place = (value - scale->min) / scale->step;
    if (place < -slack || place > (double)(count - 1) + slack)
        return -1;
    if (fabs(place - round(place)) > slack)
        return -1;
    return (int)round(place);
}

const char *scale_label(const struct scale *scale, size_t index,
                        const char *language)
{
    for (size_t i = 0; i < scale->point_count; i++) {
        if (scale_index(scale, scale->point[i].value) == (int)index)
            return localized_pick(&scale->point[i].label, language);
    }
    if (index == 0)
        return localized_pick(&scale->low, language);
    if (index + 1 == scale_count(scale))
        return localized_pick(&scale->high, language);
    return "";
}
