/*
 * subharmonic - see subharmonic.h.
 */
#include <config.h>

#include "eval/feat/subharmonic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/wide.h"

enum {
    HARMONICS = 15,
    PEAK_REACH = 2, /* bins on each side of a peak that are kept */
    BLOCK = 16,     /* points added at once */
    WARM = 16,      /* steps after which a beginning is forgotten */
};

#define COMPRESSION 0.85
#define LOW_HZ 25.0 /* where the logarithmic axis begins */
#define MIN_HZ 55.0
#define MAX_HZ 1000.0

/*
 * The natural cubic spline through the bins, whose places on the axis never
 * change: a tridiagonal system that is factored once.
 */
struct spline {
    /* Right-hand side at knot i: left y[i-1] + mid y[i] + right y[i+1]. */
    float *left, *mid, *right;
    float *down; /* elimination: times the knot before */
    float *up;   /* substitution: times the knot after */
    /* Point j lies after knot[j]; weights of values and of bends there. */
    int *knot;
    float *low, *high, *low_bend, *high_bend;
};

/* Half a block, for the processor's vectors. */
typedef float float_8 __attribute__((vector_size(4 * BLOCK / 2)));

struct subharmonic {
    int bins, points;
    double per_octave; /* points */
    double step;       /* octaves between points */
    int shift[HARMONICS];
    float gain[HARMONICS];
    struct spline spline;
    float *weight; /* the ear's, point by point */
    /* Work. */
    int *mark;
    float *peaks, *smooth, *bend, *level, *sum;
};

static float *floats(int count)
{
    return xcalloc((size_t)count, sizeof(float));
}

static void factor(struct spline *spline, const double *t, int n)
{
    double down = 0, up = 0;

    for (int i = 1; i < n - 1; i++) {
        double h0 = t[i] - t[i - 1], h1 = t[i + 1] - t[i];
        double pivot = 2 * (h0 + h1) - h0 * up;

        down = h0 / pivot;
        up = h1 / pivot;
        spline->down[i] = (float)down;
        spline->up[i] = (float)up;
        spline->left[i] = (float)(6 / h0 / pivot);
        spline->right[i] = (float)(6 / h1 / pivot);
        spline->mid[i] = (float)(-6 * (1 / h0 + 1 / h1) / pivot);
    }
}

static void place_points(struct subharmonic *sum, const double *t)
{
    struct spline *spline = &sum->spline;
    int knot = 0;

    for (int j = 0; j < sum->points; j++) {
        double at = log2(LOW_HZ) + j * sum->step, h, a, b;

        while (knot < sum->bins - 2 && t[knot + 1] <= at)
            knot++;
        h = t[knot + 1] - t[knot];
        b = (at - t[knot]) / h;
        a = 1 - b;
        spline->knot[j] = knot;
        spline->low[j] = (float)a;
        spline->high[j] = (float)b;
        spline->low_bend[j] = (float)((a * a * a - a) * h * h / 6);
        spline->high_bend[j] = (float)((b * b * b - b) * h * h / 6);
    }
}

static void set_up_spline(struct subharmonic *sum, double bin_hz)
{
    struct spline *spline = &sum->spline;
    int n = sum->bins;
    double *t = xcalloc((size_t)n, sizeof(*t));

    spline->left = floats(n);
    spline->mid = floats(n);
    spline->right = floats(n);
    spline->down = floats(n);
    spline->up = floats(n);
    spline->knot = xcalloc((size_t)sum->points, sizeof(*spline->knot));
    spline->low = floats(sum->points);
    spline->high = floats(sum->points);
    spline->low_bend = floats(sum->points);
    spline->high_bend = floats(sum->points);
    for (int i = 1; i < n; i++)
        t[i] = log2(i * bin_hz);
    t[0] = 2 * t[1] - t[2]; /* 0 Hz has no logarithm */
    factor(spline, t, n);
    place_points(sum, t);
    free(t);
}

struct subharmonic *subharmonic_new(int rate, int fft_size)
{
    struct subharmonic *sum = xcalloc(1, sizeof(*sum));
    double octaves = log2(rate / 2.0 / LOW_HZ), middle;

    sum->bins = fft_size / 2 + 1;
    sum->points = sum->bins;
    sum->per_octave = sum->points / octaves;
    sum->step = octaves / (sum->points - 1);
    for (int h = 0; h < HARMONICS; h++) {
        sum->shift[h] = (int)floor(sum->per_octave * log2(h + 1));
        sum->gain[h] = (float)pow(COMPRESSION, h);
    }
    set_up_spline(sum, (double)rate / fft_size);
    sum->weight = floats(sum->points);
    middle = sum->per_octave * log2(65.0 / 50.0) - 1;
    for (int i = 0; i < sum->points; i++)
        sum->weight[i] =
            (float)(0.5 + atan(3 * (i + 1 - middle) / sum->per_octave) / M_PI);
    sum->mark =
        xcalloc((size_t)(sum->bins + 2 * PEAK_REACH), sizeof(*sum->mark));
    sum->peaks = floats(sum->bins);
    sum->smooth = floats(sum->bins + BLOCK);
    sum->bend = floats(sum->bins);
    sum->level = floats(sum->points + sum->shift[HARMONICS - 1] + BLOCK);
    sum->sum = floats(sum->points + BLOCK);
    return sum;
}

void subharmonic_free(struct subharmonic *sum)
{
    struct spline *spline;

    if (!sum)
        return;
    spline = &sum->spline;
    free(spline->left);
    free(spline->mid);
    free(spline->right);
    free(spline->down);
    free(spline->up);
    free(spline->knot);
    free(spline->low);
    free(spline->high);
    free(spline->low_bend);
    free(spline->high_bend);
    free(sum->weight);
    free(sum->mark);
    free(sum->peaks);
    free(sum->smooth);
    free(sum->bend);
    free(sum->level);
    free(sum->sum);
    free(sum);
}

/* 1 at a maximum, a bin that is first or last among them. */
static void mark_peaks(const float *x, int n, int *mark)
{
    mark[0] = x[0] >= x[1];
    for (int i = 1; i < n - 1; i++)
        mark[i] = (x[i] > x[i - 1]) & (x[i] >= x[i + 1]);
    mark[n - 1] = x[n - 1] > x[n - 2];
}

/*
 * What lies between peaks, beyond their feet, becomes 0; what lies before the
 * first and after the last stays.  Without branches: they would be guessed
 * wrong at every other bin.
 */
static void keep_peaks(struct subharmonic *sum, const float *x)
{
    int n = sum->bins, first = 0, last = n - 1;
    int *mark = sum->mark + PEAK_REACH; /* zeros on both sides */
    float *y = sum->peaks;

    mark_peaks(x, n, mark);
    while (first < n && !mark[first])
        first++;
    while (last > first && !mark[last])
        last--;
    for (int i = 0; i < n; i++) {
        int near = mark[i];

        for (int d = 1; d <= PEAK_REACH; d++)
            near |= mark[i - d] | mark[i + d];
        y[i] = x[i] * (float)near;
    }
    if (first < n)
        memcpy(y, x, (size_t)first * sizeof(*x));
    memcpy(y + last, x + last, (size_t)(n - last) * sizeof(*x));
}

static void smooth(struct subharmonic *sum)
{
    const float *x = sum->peaks;
    float *y = sum->smooth;
    int n = sum->bins;

    y[0] = 0.25f * (2 * x[0] + x[1]);
    for (int i = 1; i < n - 1; i++)
        y[i] = 0.25f * (x[i - 1] + 2 * x[i] + x[i + 1]);
    y[n - 1] = x[n - 1];
}

/*
 * x[i] -= by[i] x[i - 1] for i = first .. end - 1.  Each step waits for the
 * one before, so four parts go side by side.  What a part inherits fades by
 * about 0.27 a step: from WARM steps before it on, 0 does for it.
 */
static void eliminate(const float *by, float *x, int first, int end)
{
    int m = (end - first) / 4;
    int b = first + m, c = b + m, d = c + m;
    float va = x[first - 1], vb = 0, vc = 0, vd = 0;

    if (m < WARM) {
        for (int i = first; i < end; i++)
            x[i] -= by[i] * x[i - 1];
        return;
    }
    for (int k = -WARM; k < 0; k++) {
        vb = x[b + k] - by[b + k] * vb;
        vc = x[c + k] - by[c + k] * vc;
        vd = x[d + k] - by[d + k] * vd;
    }
    for (int k = 0; k < m; k++) {
        x[first + k] = va = x[first + k] - by[first + k] * va;
        x[b + k] = vb = x[b + k] - by[b + k] * vb;
        x[c + k] = vc = x[c + k] - by[c + k] * vc;
        x[d + k] = vd = x[d + k] - by[d + k] * vd;
    }
    for (int i = d + m; i < end; i++)
        x[i] -= by[i] * x[i - 1];
}

/* x[i] -= by[i] x[i + 1] for i = last .. first, in the same way. */
static void substitute(const float *by, float *x, int first, int last)
{
    int m = (last + 1 - first) / 4;
    int b = last - m, c = b - m, d = c - m;
    float va = x[last + 1], vb = 0, vc = 0, vd = 0;

    if (m < WARM) {
        for (int i = last; i >= first; i--)
            x[i] -= by[i] * x[i + 1];
        return;
    }
    for (int k = -WARM; k < 0; k++) {
        vb = x[b - k] - by[b - k] * vb;
        vc = x[c - k] - by[c - k] * vc;
        vd = x[d - k] - by[d - k] * vd;
    }
    for (int k = 0; k < m; k++) {
        x[last - k] = va = x[last - k] - by[last - k] * va;
        x[b - k] = vb = x[b - k] - by[b - k] * vb;
        x[c - k] = vc = x[c - k] - by[c - k] * vc;
        x[d - k] = vd = x[d - k] - by[d - k] * vd;
    }
    for (int i = d - m; i >= first; i--)
        x[i] -= by[i] * x[i + 1];
}

/* Second derivatives at the knots. */
static void solve(const struct spline *spline, const float *y, int n,
                  float *bend)
{
    bend[0] = bend[n - 1] = 0;
    for (int i = 1; i < n - 1; i++)
        bend[i] = spline->left[i] * y[i - 1] + spline->mid[i] * y[i] +
                  spline->right[i] * y[i + 1];
    eliminate(spline->down, bend, 2, n - 1);
    substitute(spline->up, bend, 1, n - 3);
}

static void to_octaves(struct subharmonic *sum)
{
    const struct spline *spline = &sum->spline;
    const float *y = sum->smooth, *bend = sum->bend;

    solve(spline, y, sum->bins, sum->bend);
    for (int j = 0; j < sum->points; j++) {
        int k = spline->knot[j];
        float level = spline->low[j] * y[k] + spline->high[j] * y[k + 1] +
                      spline->low_bend[j] * bend[k] +
                      spline->high_bend[j] * bend[k + 1];

        sum->level[j] = level > 0 ? level * sum->weight[j] : 0;
    }
}

/*
 * Returns the mean of the sum.  A block at a time, its copies added up in
 * registers; beyond the last point the levels are 0, so that blocks are whole.
 */
WIDE static double add_up(struct subharmonic *sum)
{
    int n = sum->points;
    double mean = 0;

    for (int i = 0; i < n; i += BLOCK) {
        const float *level = sum->level + i;
        float_8 low, high, more_low, more_high;

        memcpy(&low, level, sizeof(low));
        memcpy(&high, level + BLOCK / 2, sizeof(high));
        for (int h = 1; h < HARMONICS; h++) {
            const float *from = level + sum->shift[h];

            memcpy(&more_low, from, sizeof(more_low));
            memcpy(&more_high, from + BLOCK / 2, sizeof(more_high));
            low += sum->gain[h] * more_low;
            high += sum->gain[h] * more_high;
        }
        low *= 1.0f / HARMONICS;
        high *= 1.0f / HARMONICS;
        memcpy(sum->sum + i, &low, sizeof(low));
        memcpy(sum->sum + i + BLOCK / 2, &high, sizeof(high));
    }
    for (int i = 0; i < n; i++)
        mean += sum->sum[i];
    return mean / n;
}

/* Puts `at` among the highest; returns how many there are now. */
static int rank(const float *x, int at, int place[SUBHARMONIC_CANDIDATES],
                int count)
{
    int i;

    if (count == SUBHARMONIC_CANDIDATES && x[at] <= x[place[count - 1]])
        return count;
    i = count < SUBHARMONIC_CANDIDATES ? count++ : count - 1;
    for (; i > 0 && x[place[i - 1]] < x[at]; i--)
        place[i] = place[i - 1];
    place[i] = at;
    return count;
}

/*
 * The highest maxima, highest first; returns how many.  Most blocks hold
 * none that is high enough, and are passed over by their greatest.
 */
static int highest(struct subharmonic *sum, int place[SUBHARMONIC_CANDIDATES])
{
    const float *x = sum->sum;
    float *top = sum->smooth; /* has done its work */
    int n = sum->points, count = 0;

    top[0] = 0;
    for (int i = 1; i < n - 1; i++)
        top[i] = x[i] * (float)((x[i] > x[i - 1]) & (x[i] > x[i + 1]));
    for (int i = n - 1; i < n + BLOCK; i++)
        top[i] = 0;
    for (int i = 0; i < n; i += BLOCK) {
        float most = 0;

        for (int k = 0; k < BLOCK; k++)
            most = top[i + k] > most ? top[i + k] : most;
        if (most <= 0 ||
            (count == SUBHARMONIC_CANDIDATES && most <= x[place[count - 1]]))
            continue;
        for (int k = 0; k < BLOCK; k++)
            if (top[i + k] > 0)
                count = rank(x, i + k, place, count);
    }
    return count;
}

void subharmonic_find(struct subharmonic *sum, const float *magnitude,
                      struct subharmonic_candidate *out)
{
    int place[SUBHARMONIC_CANDIDATES], count, kept = 0, best = 0;
    const float *x = sum->sum;
    double mean;

    memset(out, 0, SUBHARMONIC_CANDIDATES * sizeof(*out));
    keep_peaks(sum, magnitude);
    smooth(sum);
    to_octaves(sum);
    mean = add_up(sum);
    count = highest(sum, place);
    for (int i = 0; i < count; i++) {
        int k = place[i];
        double rise = (double)x[k + 1] - x[k - 1];
        double bow = 2.0 * x[k] - x[k - 1] - x[k + 1];
        double off = 0.5 * rise / bow;
        double height = x[k] + 0.25 * rise * off;
        double hz = exp2(log2(LOW_HZ) + (k + off) * sum->step);

        if (hz < MIN_HZ || hz > MAX_HZ)
            continue;
        out[kept].hz = (float)hz;
        out[kept].voicing = height > mean ? (float)(1 - mean / height) : 0;
        if (out[kept].voicing > out[best].voicing)
            best = kept;
        kept++;
    }
    if (best > 0) {
        struct subharmonic_candidate first = out[0];

        out[0] = out[best];
        out[best] = first;
    }
}
