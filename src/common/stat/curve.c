/*
 * curve - see curve.h.
 */
#include <config.h>

#include "common/stat/curve.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"

/* Rounding may put the last point a hair behind the end. */
static const double slack = 1e-9;

static double between(const struct curve *trace, size_t after, double t)
{
    double t0 = trace->time[after - 1], t1 = trace->time[after];
    double v0 = trace->value[after - 1], v1 = trace->value[after];

    return v0 + (v1 - v0) * (t - t0) / (t1 - t0);
}

void curve_sample(const struct curve *trace, double start, double step,
                  size_t points, double *out)
{
    size_t after = 0; /* the first sample behind t */

    for (size_t k = 0; k < points; k++) {
        double t = start + (double)k * step;

        while (after < trace->n && trace->time[after] <= t)
            after++;
        if (after > 0 && after < trace->n)
            out[k] = between(trace, after, t);
        else if (after == trace->n && trace->n > 0 &&
                 t <= trace->time[trace->n - 1] + slack)
            out[k] = trace->value[trace->n - 1];
        else if (after == 0 && trace->n > 0 && t >= trace->time[0] - slack)
            out[k] = trace->value[0];
        else
            out[k] = (double)NAN;
    }
}

bool curve_panel_init(struct curve_panel *panel, const struct curve *trace,
                      const double *lag, size_t raters, double rate,
                      const char **reason)
{
    double from = -HUGE_VAL, to = HUGE_VAL, points;

    *panel = (struct curve_panel){ .step = 1 / rate };
    panel->rater = xcalloc(raters + 1, sizeof(*panel->rater));
    for (size_t r = 0; r < raters; r++) {
        double late = lag ? lag[r] : 0;

        if (trace[r].n < 2)
            continue;
        panel->rater[panel->raters++] = r;
        from = fmax(from, trace[r].time[0] - late);
        to = fmin(to, trace[r].time[trace[r].n - 1] - late);
    }
    points = floor((to - from) * rate + slack) + 1;
    if (panel->raters == 0 || !(points >= 2) || points > CURVE_POINTS_MAX) {
        *reason = panel->raters == 0 ? "no trace has two samples"
                  : points < 2       ? "the traces have no time in common"
                                     : "too many points in time";
        return false;
    }
    panel->points = (size_t)points;
    panel->start = from;
    panel->x = xcalloc(panel->raters * panel->points, sizeof(*panel->x));
    for (size_t row = 0; row < panel->raters; row++) {
        size_t r = panel->rater[row];

        curve_sample(&trace[r], from + (lag ? lag[r] : 0), panel->step,
                     panel->points, panel->x + row * panel->points);
    }
    return true;
}

void curve_panel_release(struct curve_panel *panel)
{
    free(panel->x);
    free(panel->rater);
    *panel = (struct curve_panel){ 0 };
}

void curve_panel_mean(const struct curve_panel *panel, size_t without,
                      double *out)
{
    double others = (double)(panel->raters - (without < panel->raters));

    for (size_t k = 0; k < panel->points; k++)
        out[k] = 0;
    for (size_t r = 0; r < panel->raters; r++) {
        const double *row = curve_row(panel, r);

        for (size_t k = 0; r != without && k < panel->points; k++)
            out[k] += row[k] / others;
    }
}
