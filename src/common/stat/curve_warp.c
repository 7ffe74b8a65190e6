/*
 * curve_warp - dynamic time warping that cannot flatter; see curve_agree.h.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/stat/curve_agree.h"
#include "common/stat/describe.h"

/* The cheapest way to a cell, and how many steps it took. */
struct way {
    double cost;
    double steps;
};

static struct way cheaper(struct way a, struct way b, unsigned char of_b,
                          unsigned char *came)
{
    if (!(b.cost < a.cost))
        return a;
    *came = of_b;
    return b;
}

static size_t cell(size_t i, size_t j, size_t window)
{
    return i * (2 * window + 1) + j + window - i;
}

/* Where the best way to a cell comes from. */
enum { BOTH, X_ONLY, Y_ONLY };

/*
 * Of y turned by `shift` points; two rows of a table, of which only the cells
 * no further than `window` from the diagonal are filled.  `from_cell`, when not
 * NULL, is told where each came from: see cell().
 */
static double warp(const double *x, const double *y, size_t n, size_t window,
                   size_t shift, struct way *row, struct way *before,
                   unsigned char *from_cell)
{
    const struct way none = { HUGE_VAL, 0 };
    struct way *swap;

    for (size_t i = 0; i < n; i++) {
        size_t from = i > window ? i - window : 0;
        size_t to = i + window < n ? i + window : n - 1;

        for (size_t j = from; j <= to; j++) {
            size_t at = j + shift < n ? j + shift : j + shift - n;
            double gap = x[i] - y[at];
            struct way best = i + j > 0 ? none : (struct way){ 0, 0 };
            unsigned char came = BOTH;

            if (i > 0 && j > 0)
                best = before[j - 1];
            if (i > 0 && j < i + window)
                best = cheaper(best, before[j], X_ONLY, &came);
            if (j > from)
                best = cheaper(best, row[j - 1], Y_ONLY, &came);
            if (from_cell)
                from_cell[cell(i, j, window)] = came;
            row[j] = (struct way){ best.cost + gap * gap, best.steps + 1 };
        }
        swap = row;
        row = before;
        before = swap;
    }
    return before[n - 1].cost / before[n - 1].steps;
}

/* To mean 0 and standard deviation 1; NULL when it is constant. */
static double *standard(const double *x, size_t n)
{
    double mean = describe_mean(x, n).value;
    struct estimate sd = describe_sd(x, n, DESCRIBE_N);
    double *out;

    if (!sd.defined || sd.value <= 1e-12 * (1 + fabs(mean)))
        return NULL;
    out = xcalloc(n, sizeof(*out));
    for (size_t i = 0; i < n; i++)
        out[i] = (x[i] - mean) / sd.value;
    return out;
}

struct curve_warp curve_warp_of(const double *x, const double *y, size_t points,
                                size_t window, size_t shifts, double *each)
{
    size_t least = 2 * window + 1, room, near = 0;
    double *a = standard(x, points), *b = standard(y, points), sum = 0;
    struct way *row = xcalloc(2 * points + 1, sizeof(*row));
    const char *reason = NULL;
    struct curve_warp out = { 0 };

    room = points > 2 * least ? points - 2 * least + 1 : 0;
    shifts = shifts < room ? shifts : room;
    if (!a || !b)
        reason = "a trace is constant";
    else if (shifts == 0)
        reason = "too short to be shifted by two windows";
    if (reason) {
        out.distance = out.shifted = out.similarity = out.p =
            estimate_undefined(reason);
    } else {
        double here = warp(a, b, points, window, 0, row, row + points, NULL);

        for (; out.shifts < shifts && !interrupt_pending(); out.shifts++) {
            size_t shift = least + out.shifts * room / shifts;
            double there =
                warp(a, b, points, window, shift, row, row + points, NULL);

            sum += there;
            if (each)
                each[out.shifts] = there;
            near += there <= here;
        }
        out.distance = estimate_of(here);
        out.shifted =
            estimate_ratio(sum, (double)out.shifts, "nothing was shifted");
        out.similarity =
            sum > 0 ? estimate_of(1 - here * (double)out.shifts / sum)
                    : estimate_undefined("shifted traces are the same");
        out.p = estimate_of((double)(1 + near) / (double)(1 + out.shifts));
    }
    free(a);
    free(b);
    free(row);
    return out;
}

/*
 * Back along the way: of each point of y the mean place of those of x that it
 * is beside, and how many points of y share one place.
 */
static void trace_back(const unsigned char *from, size_t points, size_t window,
                       double *at)
{
    size_t i = points - 1, j = points - 1, high = i;

    for (;;) {
        unsigned char came = i + j > 0 ? from[cell(i, j, window)] : BOTH;

        if (came != X_ONLY || i + j == 0)
            at[j] = ((double)i + (double)high) / 2;
        if (i + j == 0)
            return;
        i -= came != Y_ONLY;
        if (came != X_ONLY) {
            j--;
            high = i;
        }
    }
}

/* Points of y at one place stand around it in turn, so that time goes on. */
static void spread(double *at, size_t points)
{
    for (size_t first = 0, end; first < points; first = end) {
        for (end = first + 1; end < points && at[end] == at[first];)
            end++;
        for (size_t k = first; end - first > 1 && k < end; k++)
            at[k] +=
                0.4 *
                (((double)(k - first) + 0.5) / (double)(end - first) - 0.5);
    }
}

bool curve_warp_path(const double *x, const double *y, size_t points,
                     size_t window, double *at)
{
    double *a = standard(x, points), *b = standard(y, points);
    bool good = a && b && points > 1;

    if (good) {
        struct way *row = xcalloc(2 * points + 1, sizeof(*row));
        unsigned char *from = xcalloc(points, 2 * window + 1);

        warp(a, b, points, window, 0, row, row + points, from);
        trace_back(from, points, window, at);
        spread(at, points);
        free(from);
        free(row);
    }
    free(a);
    free(b);
    return good;
}
