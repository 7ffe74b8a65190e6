/*
 * lagged - see lagged.h.
 */
#include <config.h>

#include "eval/align/lagged.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/signal/fft.h"

enum { MASK, VALUE, SQUARE, KINDS };
enum { LEAST_POINTS = 8 }; /* of a piece, to say anything */

struct sums {
    float n, xx, yy, xy;
};

struct lagged {
    struct lagged_plan plan;
    size_t lags;
    struct fft *fft;  /* owned */
    float *time;      /* owned; fft_size() */
    float *x;         /* owned; spectra, [piece * KINDS + kind] */
    float *y;         /* owned; spectra of the window, [kind] */
    float *product;   /* owned */
    float *out[6];    /* owned; correlations of a piece */
    size_t *there;    /* owned; of each piece, points of the reference */
    struct sums *sum; /* owned; [piece * lags + lag] */
    double *most_n;   /* owned; of each piece, over all lags */
};

static size_t spectrum_size(const struct lagged *lagged)
{
    return 2 * (size_t)fft_bins(lagged->fft);
}

static float power(double value, int kind)
{
    if (isnan(value))
        return 0;
    return kind == MASK    ? 1.0F
           : kind == VALUE ? (float)value
                           : (float)(value * value);
}

struct lagged *lagged_new(const struct lagged_plan *plan, const double *x)
{
    struct lagged *lagged = xcalloc(1, sizeof(*lagged));
    size_t size, window = plan->length + 2 * plan->most;

    lagged->plan = *plan;
    lagged->lags = 2 * plan->most + 1;
    lagged->fft = fft_new(fft_size_for((int)window));
    size = (size_t)fft_size(lagged->fft);
    lagged->time = xcalloc(size, sizeof(float));
    lagged->x =
        xcalloc(plan->pieces * KINDS * spectrum_size(lagged), sizeof(float));
    lagged->y = xcalloc(KINDS * spectrum_size(lagged), sizeof(float));
    lagged->product = xcalloc(spectrum_size(lagged), sizeof(float));
    for (size_t i = 0; i < 6; i++)
        lagged->out[i] = xcalloc(size, sizeof(float));
    lagged->there = xcalloc(plan->pieces + 1, sizeof(*lagged->there));
    lagged->most_n = xcalloc(plan->pieces + 1, sizeof(*lagged->most_n));
    lagged->sum =
        xcalloc(plan->pieces * lagged->lags + 1, sizeof(*lagged->sum));
    for (size_t p = 0; p < plan->pieces; p++) {
        for (int kind = 0; kind < KINDS; kind++) {
            memset(lagged->time, 0, size * sizeof(float));
            for (size_t i = 0; i < plan->length; i++)
                lagged->time[i] = power(x[p * plan->length + i], kind);
            fft_forward(lagged->fft, lagged->time,
                        lagged->x +
                            (p * KINDS + (size_t)kind) * spectrum_size(lagged));
        }
        for (size_t i = 0; i < plan->length; i++)
            lagged->there[p] += !isnan(x[p * plan->length + i]);
    }
    return lagged;
}

void lagged_free(struct lagged *lagged)
{
    if (!lagged)
        return;
    fft_free(lagged->fft);
    free(lagged->time);
    free(lagged->x);
    free(lagged->y);
    free(lagged->product);
    for (size_t i = 0; i < 6; i++)
        free(lagged->out[i]);
    free(lagged->there);
    free(lagged->most_n);
    free(lagged->sum);
    free(lagged);
}

/* out[l] = sum over k of a[k] b[k + l]: conj(A) B. */
static void correlate(struct lagged *lagged, const float *a, const float *b,
                      float *out)
{
    for (size_t k = 0; k < spectrum_size(lagged); k += 2) {
        lagged->product[k] = a[k] * b[k] + a[k + 1] * b[k + 1];
        lagged->product[k + 1] = a[k] * b[k + 1] - a[k + 1] * b[k];
    }
    fft_inverse(lagged->fft, lagged->product, out);
}

/* The sums about the means, from those about 0. */
static struct sums centred(float *const *out, size_t lag, size_t least)
{
    double n = round(out[0][lag]);
    double x = out[1][lag], xx = out[2][lag];
    double y = out[3][lag], yy = out[4][lag], xy = out[5][lag];

    if (n < (double)least)
        return (struct sums){ 0 };
    xx -= x * x / n;
    yy -= y * y / n;
    xy -= x * y / n;
    /* Below this it is the rounding of single precision. */
    if (xx < 1e-4 * n || yy < 1e-4 * n)
        return (struct sums){ .n = (float)n };
    return (struct sums){ (float)n, (float)xx, (float)yy, (float)xy };
}

static void run_piece(struct lagged *lagged, size_t piece)
{
    size_t size = spectrum_size(lagged), least = lagged->there[piece] / 2;
    const float *x = lagged->x + piece * KINDS * size;
    const float *y = lagged->y;
    static const struct {
        int x, y;
    } of[6] = { { MASK, MASK },  { VALUE, MASK },  { SQUARE, MASK },
                { MASK, VALUE }, { MASK, SQUARE }, { VALUE, VALUE } };
    struct sums *sum = lagged->sum + piece * lagged->lags;

    if (least < LEAST_POINTS)
        least = LEAST_POINTS;
    lagged->most_n[piece] = 0;
    for (size_t i = 0; i < 6; i++)
        correlate(lagged, x + (size_t)of[i].x * size,
                  y + (size_t)of[i].y * size, lagged->out[i]);
    for (size_t lag = 0; lag < lagged->lags; lag++) {
        sum[lag] = centred(lagged->out, lag, least);
        lagged->most_n[piece] = fmax(lagged->most_n[piece], (double)sum[lag].n);
    }
}

void lagged_run(struct lagged *lagged, const double *y, size_t turn)
{
    const struct lagged_plan *plan = &lagged->plan;
    size_t all = plan->points + 2 * plan->most;
    size_t window = plan->length + 2 * plan->most;

    for (size_t p = 0; p < plan->pieces; p++) {
        for (int kind = 0; kind < KINDS; kind++) {
            memset(lagged->time, 0,
                   (size_t)fft_size(lagged->fft) * sizeof(float));
            for (size_t i = 0; i < window; i++)
                lagged->time[i] =
                    power(y[(p * plan->length + i + turn) % all], kind);
            fft_forward(lagged->fft, lagged->time,
                        lagged->y + (size_t)kind * spectrum_size(lagged));
        }
        run_piece(lagged, p);
    }
}

static double middle_of(const struct lagged *lagged, size_t piece)
{
    const struct lagged_plan *plan = &lagged->plan;
    double half = (double)plan->points / 2;

    return (((double)piece + 0.5) * (double)plan->length - half) / half;
}

struct pooled {
    double n, xx, yy, xy;
};

/* Products f behind at[0], by neighbours that weigh 1 together. */
static double lanczos(const struct sums *at, double f)
{
    double sum = 0, weight = 0, s = sin(M_PI * f);

    if (f < 1e-12)
        return at[0].xy;
    for (int k = 1 - LAGGED_REACH; k <= LAGGED_REACH; k++) {
        double x = f - k; /* sin(pi x) is s or -s */
        double w = (k % 2 ? -s : s) / (M_PI * x) *
                   sin(M_PI * x / LAGGED_REACH) / (M_PI * x / LAGGED_REACH);

        sum += w * at[k].xy;
        weight += w;
    }
    return sum / weight;
}

static void add_between(const struct sums *at, double f, struct pooled *pool)
{
    pool->n += (double)at[0].n + f * (at[1].n - at[0].n);
    pool->xx += (double)at[0].xx + f * (at[1].xx - at[0].xx);
    pool->yy += (double)at[0].yy + f * (at[1].yy - at[0].yy);
    pool->xy += lanczos(at, f);
}

static bool finish(const struct pooled *pool, double all, double *r)
{
    *r = 0;
    if (!(pool->n >= all / 2) || !(pool->xx > 0 && pool->yy > 0))
        return false;
    *r = pool->xy / sqrt(pool->xx * pool->yy);
    return true;
}

bool lagged_fit(const struct lagged *lagged, double a, double b, size_t without,
                double *r)
{
    struct pooled pool = { 0 };
    double all = 0;

    for (size_t p = 0; p < lagged->plan.pieces; p++) {
        double lag = a + b * middle_of(lagged, p) + (double)lagged->plan.most;
        double whole = floor(lag);

        if (p == without)
            continue;
        all += lagged->most_n[p];
        if (whole >= LAGGED_REACH - 1 &&
            whole + LAGGED_REACH < (double)lagged->lags)
            add_between(lagged->sum + p * lagged->lags + (size_t)whole,
                        lag - whole, &pool);
    }
    return all > 0 && finish(&pool, all, r);
}

bool lagged_fit_coarse(const struct lagged *lagged, double a, double b,
                       double *r)
{
    struct pooled pool = { 0 };
    double all = 0;

    for (size_t p = 0; p < lagged->plan.pieces; p++) {
        double lag =
            round(a + b * middle_of(lagged, p)) + (double)lagged->plan.most;
        const struct sums *sum = lagged->sum + p * lagged->lags;

        all += lagged->most_n[p];
        if (!(lag >= 0 && lag < (double)lagged->lags))
            continue;
        sum += (size_t)lag;
        pool.n += sum->n;
        pool.xx += sum->xx;
        pool.yy += sum->yy;
        pool.xy += sum->xy;
    }
    return all > 0 && finish(&pool, all, r);
}

bool lagged_used(const struct lagged *lagged, size_t piece)
{
    const struct sums *sum = lagged->sum + piece * lagged->lags;

    for (size_t lag = 0; lag < lagged->lags; lag++)
        if (sum[lag].xx > 0)
            return true;
    return false;
}

size_t lagged_pieces(const struct lagged *lagged)
{
    size_t count = 0;

    for (size_t p = 0; p < lagged->plan.pieces; p++)
        count += lagged_used(lagged, p);
    return count;
}
