/*
 * formant - see formant.h.
 *
 * The inverse transform is taken around the middle of its points, m = (n - 1) /
 * 2: with the spectrum turned there, point m + d and m - d are the sum and the
 * difference of one sum of cosines and one of sines.
 */
#include <config.h>

#include "eval/feat/formant.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/wide.h"
#include "common/signal/lpc.h"
#include "common/signal/roots.h"

enum {
    ORDER = 11,
    RATE = 11000, /* Hz, that of the prediction */
    LISTED = 5,   /* formants in a frame, of which FORMANT_COUNT are told */
    MARGIN_HZ = 50,
};

struct formant {
    int points;  /* n, of the resampled frame */
    int half;    /* points on each side of the middle */
    int bins;    /* K */
    double rate; /* Hz, of the points */
    float scale;
    /* All owned. */
    float *turn;          /* bins pairs: to the middle of the points */
    float *cosine, *sine; /* [d * bins + k] */
    float *re, *im;       /* bins */
    float *point;
};

/*
 * Cosine and sine of 1, 2 ... steps, each by turning the one before: a short
 * file would spend a thirtieth of its time on them otherwise.  In double
 * precision the error stays far below that of the floats that are kept.
 */
static void fill_turns(double step, int count, float *cosine, float *sine)
{
    double c = cos(step), s = sin(step), x = c, y = s;

    for (int k = 0; k < count; k++) {
        double turned = x * c - y * s;

        cosine[k] = (float)x;
        sine[k] = (float)y;
        y = y * c + x * s;
        x = turned;
    }
}

static void fill(struct formant *formant, int frame, int fft_size)
{
    /* Points that a whole period of the transform has. */
    double period = (double)fft_size * formant->points / frame;
    double middle = (formant->points - 1) / 2.0;
    double padding = (fft_size - frame) / 2;

    for (int k = 0; k < formant->bins; k++) {
        double step = 2 * M_PI * (k + 1) / period;
        double angle = step * middle - 2 * M_PI * (k + 1) * padding / fft_size;

        formant->turn[2 * k] = (float)cos(angle);
        formant->turn[2 * k + 1] = (float)sin(angle);
    }
    for (int d = 0; d < formant->half; d++) {
        double off = d + 0.5 - (formant->points % 2) * 0.5;
        double step = 2 * M_PI * off / period;

        fill_turns(step, formant->bins, formant->cosine + d * formant->bins,
                   formant->sine + d * formant->bins);
    }
}

struct formant *formant_new(int rate, int frame, int fft_size)
{
    struct formant *formant = xcalloc(1, sizeof(*formant));
    size_t room, bins;

    formant->points = (int)floor((double)frame * RATE / rate + 0.5);
    formant->rate = (double)formant->points * rate / frame;
    formant->half = (formant->points + 1) / 2;
    formant->bins = formant->points / 2 - 1;
    if (formant->bins > fft_size / 2)
        formant->bins = fft_size / 2;
    formant->scale = 2.0f / (float)fft_size;
    bins = (size_t)formant->bins;
    room = bins * (size_t)formant->half;
    formant->turn = xcalloc(2 * bins, sizeof(float));
    formant->cosine = xcalloc(room, sizeof(float));
    formant->sine = xcalloc(room, sizeof(float));
    formant->re = xcalloc(bins, sizeof(float));
    formant->im = xcalloc(bins, sizeof(float));
    formant->point = xcalloc((size_t)formant->points + 1, sizeof(float));
    fill(formant, frame, fft_size);
    return formant;
}

void formant_free(struct formant *formant)
{
    if (!formant)
        return;
    free(formant->turn);
    free(formant->cosine);
    free(formant->sine);
    free(formant->re);
    free(formant->im);
    free(formant->point);
    free(formant);
}

/* sum x[i] y[i], eight sums side by side. */
WIDE static float dot(const float *x, const float *y, int count)
{
    float sum[8] = { 0 }, rest = 0;
    int i = 0;

    for (; i + 7 < count; i += 8)
        for (int j = 0; j < 8; j++)
            sum[j] += x[i + j] * y[i + j];
    for (; i < count; i++)
        rest += x[i] * y[i];
    return ((sum[0] + sum[4]) + (sum[1] + sum[5])) +
           ((sum[2] + sum[6]) + (sum[3] + sum[7])) + rest;
}

static void resample(struct formant *formant, const float *bins)
{
    int n = formant->points, count = formant->bins;

    for (int k = 0; k < count; k++) {
        float re = bins[2 * (k + 1)], im = bins[2 * (k + 1) + 1];
        float c = formant->turn[2 * k], s = formant->turn[2 * k + 1];

        formant->re[k] = re * c - im * s;
        formant->im[k] = re * s + im * c;
    }
    for (int d = 0; d < formant->half; d++) {
        const float *cosine = formant->cosine + (ptrdiff_t)d * count;
        const float *sine = formant->sine + (ptrdiff_t)d * count;
        float even = bins[0] + dot(formant->re, cosine, count);
        float odd = dot(formant->im, sine, count);

        formant->point[n / 2 + d] = formant->scale * (even - odd);
        formant->point[(n - 1) / 2 - d] = formant->scale * (even + odd);
    }
}

static int by_hz(const void *a, const void *b)
{
    double x = ((const struct formant_value *)a)->hz;
    double y = ((const struct formant_value *)b)->hz;

    return x < y ? -1 : x > y;
}

static int resonances(const struct formant *formant, const struct root *root,
                      int roots, struct formant_value *out)
{
    int count = 0;

    for (int i = 0; i < roots; i++) {
        double hz = atan2(root[i].im, root[i].re) * formant->rate / (2 * M_PI);
        double size2 = root[i].re * root[i].re + root[i].im * root[i].im;
        double decay = 0.5 * fabs(log(size2)); /* one outside is mirrored */

        if (hz < MARGIN_HZ || hz > formant->rate / 2 - MARGIN_HZ)
            continue;
        out[count].hz = hz;
        out[count++].bandwidth_hz = decay * formant->rate / M_PI;
    }
    qsort(out, (size_t)count, sizeof(*out), by_hz);
    return count < LISTED ? count : LISTED;
}

void formant_find(struct formant *formant, const float *bins,
                  struct formant_value out[FORMANT_COUNT])
{
    struct formant_value found[ORDER];
    double r[ORDER + 1], a[ORDER], coefficient[ORDER + 1] = { 1 };
    struct root root[ORDER];
    int count;

    memset(out, 0, FORMANT_COUNT * sizeof(*out));
    resample(formant, bins);
    lpc_autocorrelate(formant->point, formant->points, ORDER, r);
    if (!lpc_durbin(r, ORDER, a))
        return;
    for (int i = 0; i < ORDER; i++)
        coefficient[i + 1] = -a[i]; /* the reference's sign */
    count =
        resonances(formant, root, roots_find(coefficient, ORDER, root), found);
    for (int i = 0; i < count && i < FORMANT_COUNT; i++)
        out[i] = found[i];
}
