/*
 * stretch - agreement moment by moment; see stretch.h.
 */
#include <config.h>

#include "common/stat/stretch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/stat/describe.h"

/*
 * What the row says at `t`; of overlapping ones the last that began.  Those
 * before *past have ended.
 */
static int says_at(const struct stretch_row *row, double t, size_t *past)
{
    int says = STRETCH_GAP;

    if (!row->judged)
        return STRETCH_ABSENT;
    while (*past < row->n && row->item[*past].end <= t)
        ++*past;
    for (size_t s = *past; s < row->n && row->item[s].start <= t; s++)
        if (t < row->item[s].end)
            says = (int)row->item[s].label + 1;
    return says;
}

static size_t borders(const struct stretch_row *row, size_t raters,
                      double length, double *border)
{
    size_t n = 0, kept = 1;

    border[n++] = 0;
    border[n++] = length;
    for (size_t r = 0; r < raters; r++) {
        for (size_t s = 0; s < row[r].n; s++) {
            border[n++] = fmin(fmax(row[r].item[s].start, 0), length);
            border[n++] = fmin(fmax(row[r].item[s].end, 0), length);
        }
    }
    describe_sort(border, n);
    for (size_t i = 1; i < n; i++)
        if (border[i] > border[kept - 1])
            border[kept++] = border[i];
    return kept;
}

void stretch_moments(
    const struct stretch_row *row, size_t raters, double length, double step,
    void (*visit)(void *context, double weight, const int *says), void *context)
{
    size_t room = 2, count;
    double *border;
    int *says = xcalloc(raters + 1, sizeof(*says));
    size_t *past = xcalloc(raters + 1, sizeof(*past));

    for (size_t r = 0; r < raters; r++)
        room += 2 * row[r].n;
    border = xcalloc(room, sizeof(*border));
    count = step > 0 ? (size_t)floor(length / step + 0.5) + 1
                     : borders(row, raters, length, border);
    for (size_t i = 0; i + 1 < count; i++) {
        double t = step > 0 ? ((double)i + 0.5) * step
                            : (border[i] + border[i + 1]) / 2;

        for (size_t r = 0; r < raters; r++)
            says[r] = says_at(&row[r], t, &past[r]);
        visit(context, step > 0 ? 1 : border[i + 1] - border[i], says);
    }
    free(border);
    free(says);
    free(past);
}

void stretch_sums_init(struct stretch_sums *sums, size_t raters, size_t labels)
{
    size_t k = labels + 1;

    *sums = (struct stretch_sums){ .raters = raters, .labels = labels };
    sums->pair = xcalloc(raters * raters * k * k + 1, sizeof(*sums->pair));
    sums->value = xcalloc(k, sizeof(*sums->value));
}

void stretch_sums_release(struct stretch_sums *sums)
{
    free(sums->pair);
    free(sums->value);
    *sums = (struct stretch_sums){ 0 };
}

void stretch_sums_clear(struct stretch_sums *sums)
{
    size_t k = sums->labels + 1;

    memset(sums->pair, 0,
           sums->raters * sums->raters * k * k * sizeof(*sums->pair));
    memset(sums->value, 0, k * sizeof(*sums->value));
    sums->differ = sums->moments = 0;
}

struct adding {
    struct stretch_sums *sums;
    double times;
};

static void add_moment(void *context, double weight, const int *says)
{
    const struct adding *adding = context;
    struct stretch_sums *sums = adding->sums;
    size_t k = sums->labels + 1;
    double w = weight * adding->times, present = 0, differ = 0;

    for (size_t a = 0; a < sums->raters; a++)
        present += says[a] != STRETCH_ABSENT;
    if (present < 2)
        return;
    for (size_t a = 0; a < sums->raters; a++) {
        if (says[a] == STRETCH_ABSENT)
            continue;
        sums->value[says[a]] += w;
        for (size_t b = a + 1; b < sums->raters; b++) {
            if (says[b] == STRETCH_ABSENT)
                continue;
            differ += says[a] != says[b];
            sums->pair[((a * sums->raters + b) * k + (size_t)says[a]) * k +
                       (size_t)says[b]] += w;
        }
    }
    sums->differ += 2 * w * differ / (present - 1);
    sums->moments += w;
}

void stretch_sums_add(struct stretch_sums *sums, const struct stretch_row *row,
                      double length, double step, int times)
{
    struct adding adding = { sums, times };

    stretch_moments(row, sums->raters, length, step, add_moment, &adding);
}

/* Cohen's kappa and agreement of one table; false when it is empty. */
static bool read_pair(const double *table, size_t k, double *percent,
                      struct estimate *kappa)
{
    double all = 0, same = 0, chance = 0;

    for (size_t i = 0; i < k * k; i++)
        all += table[i];
    if (!(all > 1e-9))
        return false;
    for (size_t c = 0; c < k; c++) {
        double row = 0, column = 0;

        same += table[c * k + c] / all;
        for (size_t d = 0; d < k; d++) {
            row += table[c * k + d] / all;
            column += table[d * k + c] / all;
        }
        chance += row * column;
    }
    *percent = same;
    *kappa = chance < 1 - 1e-12
                 ? estimate_of((same - chance) / (1 - chance))
                 : estimate_undefined("both say one and the same throughout");
    return true;
}

static struct estimate alpha(const struct stretch_sums *sums, bool seconds)
{
    double n = 0, squares = 0, expected;

    for (size_t c = 0; c <= sums->labels; c++)
        n += sums->value[c];
    if (!(n > 1e-9))
        return estimate_undefined("no item was judged by two");
    for (size_t c = 0; c <= sums->labels; c++)
        squares += sums->value[c] / n * (sums->value[c] / n);
    expected = 1 - squares;
    if (!seconds && n > 1)
        expected *= n / (n - 1);
    if (!(expected > 1e-12))
        return estimate_undefined("all say one and the same throughout");
    return estimate_of(1 - sums->differ / n / expected);
}

struct stretch_agreement stretch_read(const struct stretch_sums *sums,
                                      bool seconds)
{
    size_t k = sums->labels + 1;
    double percent = 0, kappa = 0, pairs = 0, defined = 0;
    struct stretch_agreement out = { .alpha = alpha(sums, seconds) };
    struct estimate one = estimate_undefined("no item was judged by two");

    for (size_t a = 0; a < sums->raters; a++) {
        for (size_t b = a + 1; b < sums->raters; b++) {
            const double *table = sums->pair + (a * sums->raters + b) * k * k;
            double same;

            if (!read_pair(table, k, &same, &one))
                continue;
            pairs++;
            percent += same;
            defined += one.defined;
            kappa += one.value;
        }
    }
    out.percent = estimate_ratio(percent, pairs, "no item was judged by two");
    out.kappa = defined > 0 ? estimate_of(kappa / defined) : one;
    return out;
}
