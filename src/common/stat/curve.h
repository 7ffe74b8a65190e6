/*
 * curve - continuous ratings over time, brought onto one clock.
 *
 * Time stamps may be irregular; between two of them a trace runs straight.
 * A panel holds all raters' traces of one item and dimension at common points
 * in time.  What was recorded never changes: a lag is a way to look at it, the
 * value at t of a rater who is `lag` late is what was given at t + lag.
 */
#ifndef MIEN_STAT_CURVE_H
#define MIEN_STAT_CURVE_H

#include <stdbool.h>
#include <stddef.h>

/* Borrowed; n 0: this rater has none.  Times rise strictly; seconds. */
struct curve {
    const double *time, *value;
    size_t n;
};

/*
 * Values at start, start + step, ...; NAN before the first and after the
 * last sample (only here: whoever reads asks isnan()).
 */
void curve_sample(const struct curve *trace, double start, double step,
                  size_t points, double *out);

struct curve_panel {
    size_t raters, points; /* raters who have a trace */
    double start, step;    /* of the points; s */
    double *x;             /* owned; [rater * points + point] */
    size_t *rater;         /* owned; of each row its place in what was given */
};

enum { CURVE_POINTS_MAX = 10000000 };

/*
 * From the latest beginning to the earliest end of the traces, moved by their
 * lags (s; NULL: none), `rate` points a second.  Nothing is missing in it.
 * False, with the reason, when fewer than two points are common to all, or
 * there would be too many.
 */
bool curve_panel_init(struct curve_panel *panel, const struct curve *trace,
                      const double *lag, size_t raters, double rate,
                      const char **reason);
void curve_panel_release(struct curve_panel *panel);

static inline const double *curve_row(const struct curve_panel *panel,
                                      size_t rater)
{
    return panel->x + rater * panel->points;
}

/* The mean of all rows but `without` (SIZE_MAX: of all), into out[points]. */
void curve_panel_mean(const struct curve_panel *panel, size_t without,
                      double *out);

#endif
