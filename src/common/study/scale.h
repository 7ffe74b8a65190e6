/*
 * scale - a row of numbers to answer with: its points and their names.
 */
#ifndef MIEN_STUDY_SCALE_H
#define MIEN_STUDY_SCALE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/study/localized.h"

enum { SCALE_POINTS_MAX = 1001 };

/* The name of one point. */
struct scale_point {
    double value;
    struct localized label;
};

/* Points are min, min + step, ... max.  All is borrowed from the protocol. */
struct scale {
    double min, max, step;
    struct localized low, high; /* anchors of the two ends */
    struct scale_point *point;  /* named points, ascending; may be none */
    size_t point_count;
    const char *figure; /* one of scale_figure_names; "" without one */
};

/* Figures that stand beside the points: the self-assessment manikins. */
extern const char *const scale_figure_names[]; /* ends with NULL */

/* How many points; 0 when min, max and step contradict each other. */
size_t scale_count(const struct scale *scale);
double scale_value(const struct scale *scale, size_t index);
/* The point that `value` is, or -1 when it is none. */
int scale_index(const struct scale *scale, double value);
/* The name of a point: its own, an anchor at an end, or "". */
const char *scale_label(const struct scale *scale, size_t index,
                        const char *language);

#endif
