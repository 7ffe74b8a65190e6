/*
 * stretch_unit - alpha_U; see stretch.h.
 *
 * D_o is a sum over pairs of raters of squared distances of sections: of two
 * units that overlap the squares of how far their starts and ends are apart,
 * of a unit in the other's gap its squared length.  D_e is the same if all
 * units could lie anywhere (2004, page 253).
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/describe.h"
#include "common/stat/stretch.h"

static double square(double x)
{
    return x * x;
}

/* Units of one label in a row. */
struct units {
    double *start, *end;
    size_t n;
};

static struct units units_of(const struct stretch_row *row, uint32_t label)
{
    struct units out = { .start = xcalloc(2 * row->n + 1, sizeof(double)) };

    out.end = out.start + row->n;
    for (size_t s = 0; s < row->n; s++) {
        if (row->item[s].label != label ||
            row->item[s].end <= row->item[s].start)
            continue;
        out.start[out.n] = row->item[s].start;
        out.end[out.n++] = row->item[s].end;
    }
    return out;
}

/* Squared lengths of the units of `a` that no unit of `b` touches. */
static double lonely(const struct units *a, const struct units *b)
{
    double sum = 0;
    size_t at = 0;

    for (size_t g = 0; g < a->n; g++) {
        while (at < b->n && b->end[at] <= a->start[g])
            at++;
        if (at == b->n || b->start[at] >= a->end[g])
            sum += square(a->end[g] - a->start[g]);
    }
    return sum;
}

static double distance(const struct units *a, const struct units *b)
{
    double sum = lonely(a, b) + lonely(b, a);
    size_t from = 0;

    for (size_t g = 0; g < a->n; g++) {
        while (from < b->n && b->end[from] <= a->start[g])
            from++;
        for (size_t h = from; h < b->n && b->start[h] < a->end[g]; h++)
            sum += square(a->start[g] - b->start[h]) +
                   square(a->end[g] - b->end[h]);
    }
    return sum;
}

/* The gaps before, between and after the units. */
static size_t gaps_of(const struct units *units, double length, double *gap)
{
    size_t n = 0;
    double at = 0;

    for (size_t g = 0; g <= units->n; g++) {
        double to = g < units->n ? units->start[g] : length;

        if (to > at)
            gap[n++] = to - at;
        at = g < units->n ? units->end[g] : at;
    }
    return n;
}

/* Sum of (gap - l + 1) over gaps no shorter than l; `gap` is sorted. */
static double room_for(const double *gap, const double *tail, size_t n,
                       double l)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (gap[middle] < l)
            low = middle + 1;
        else
            high = middle;
    }
    return tail[low] - (double)(n - low) * (l - 1);
}

static double expected(const struct units *units, size_t raters, double length)
{
    double all = (double)raters * length, sum = 0, own = 0, count = 0;
    size_t n = 0, most = 0;
    double *gap, *tail;

    for (size_t r = 0; r < raters; r++) {
        most += units[r].n + 1;
        count += (double)units[r].n;
    }
    gap = xcalloc(2 * most + 1, sizeof(*gap));
    tail = gap + most;
    for (size_t r = 0; r < raters; r++)
        n += gaps_of(&units[r], length, gap + n);
    describe_sort(gap, n);
    tail[n] = 0;
    for (size_t g = n; g-- > 0;)
        tail[g] = tail[g + 1] + gap[g];
    for (size_t r = 0; r < raters; r++) {
        for (size_t g = 0; g < units[r].n; g++) {
            double l = units[r].end[g] - units[r].start[g];

            sum += (count - 1) / 3 * (2 * l * l * l - 3 * l * l + l) +
                   l * l * room_for(gap, tail, n, l);
            own += l * (l - 1);
        }
    }
    free(gap);
    return all * (all - 1) > own ? 2 / length * sum / (all * (all - 1) - own)
                                 : 0;
}

static void add_label(const struct stretch_row *row, size_t raters,
                      double length, uint32_t label,
                      struct stretch_unitised *out)
{
    struct units *units = xcalloc(raters + 1, sizeof(*units));
    double sum = 0;

    for (size_t r = 0; r < raters; r++)
        units[r] = units_of(&row[r], label);
    for (size_t a = 0; a < raters; a++)
        for (size_t b = a + 1; b < raters; b++)
            sum += 2 * distance(&units[a], &units[b]);
    out->observed +=
        sum / ((double)raters * (double)(raters - 1) * length * length);
    out->expected += expected(units, raters, length);
    for (size_t r = 0; r < raters; r++)
        free(units[r].start);
    free(units);
}

/* Does everybody mark all of the time, as one and the same? */
static bool no_variation(const struct stretch_row *row, size_t raters,
                         double length)
{
    for (size_t r = 0; r < raters; r++)
        if (row[r].n != 1 || row[r].item->start > 0 ||
            row[r].item->end < length ||
            row[r].item->label != row[0].item->label)
            return false;
    return true;
}

struct stretch_unitised stretch_alpha_u(const struct stretch_row *row,
                                        size_t raters, double length,
                                        uint32_t label, size_t labels)
{
    struct stretch_unitised out = { 0 };

    if (raters < 2 || !(length > 0)) {
        out.value = estimate_undefined(raters < 2 ? "one annotator only"
                                                  : "no time at all");
        return out;
    }
    if (no_variation(row, raters, length)) {
        out.value = estimate_undefined("all say one and the same throughout");
        return out;
    }
    if (label != UINT32_MAX)
        add_label(row, raters, length, label, &out);
    for (uint32_t c = 0; label == UINT32_MAX && c < labels; c++)
        add_label(row, raters, length, c, &out);
    out.value = out.expected > 0 ? estimate_of(1 - out.observed / out.expected)
                                 : estimate_undefined("nobody marked anything");
    return out;
}
