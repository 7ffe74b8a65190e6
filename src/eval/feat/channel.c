/*
 * channel - see channel.h.
 */
#include <config.h>

#include "eval/feat/channel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

/* Times that differ by less are the same: written stamps are rounded. */
static const double slack_s = 1e-6;

const char *const channel_method_names[] = { "linear", "step", "mean", NULL };

void channel_init(struct channel *channel, const struct series_curve *curve,
                  enum channel_method method, double gap)
{
    double step = series_step(curve);

    *channel = (struct channel){ .method = method,
                                 .value = curve->value,
                                 .count = curve->count };
    channel->step = isnan(step) ? 0 : step;
    channel->gap = isnan(gap) ? CHANNEL_GAP_STEPS * channel->step : gap;
    channel->time = xcalloc(curve->count + 1, sizeof(*channel->time));
    channel->joined = xcalloc(curve->count + 1, sizeof(*channel->joined));
    if (curve->count > 0)
        memcpy(channel->time, curve->time, curve->count * sizeof(double));
    for (size_t i = 0; i + 1 < curve->count; i++) {
        channel->joined[i] =
            curve->time[i + 1] - curve->time[i] <= channel->gap + slack_s;
        channel->gaps += !channel->joined[i];
    }
}

void channel_release(struct channel *channel)
{
    free(channel->time);
    free(channel->joined);
    *channel = (struct channel){ 0 };
}

/* The first sample later than t. */
static size_t after(const struct channel *channel, double t)
{
    size_t low = 0, high = channel->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (channel->time[middle] > t)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Until when sample i says something: itself where it is not joined. */
static double end_of(const struct channel *channel, size_t i)
{
    if (channel->joined[i])
        return channel->time[i + 1];
    return channel->method == CHANNEL_STEP ? channel->time[i] + channel->step
                                           : channel->time[i];
}

/* Between sample i and the next. */
static double value_at(const struct channel *channel, size_t i, double t)
{
    double t0 = channel->time[i], v0 = channel->value[i];

    if (channel->method == CHANNEL_STEP || !channel->joined[i] || t <= t0)
        return v0;
    return v0 + (channel->value[i + 1] - v0) * (t - t0) /
                    (channel->time[i + 1] - t0);
}

double channel_at(const struct channel *channel, double t, double width)
{
    size_t i = after(channel, t + slack_s);

    if (channel->method == CHANNEL_MEAN) {
        struct channel_window window;

        channel_over(channel, t - width / 2, t + width / 2, &window);
        return window.valid_s >= width / 2 ? window.mean : (double)NAN;
    }
    if (i == 0)
        return NAN;
    i--;
    if (t - channel->time[i] <= slack_s || t < end_of(channel, i))
        return value_at(channel, i, t);
    return NAN;
}

/* At the middle one of three samples, of the parabola through them. */
static double slope_at(const double *t, const double *v)
{
    double h0 = t[1] - t[0], h1 = t[2] - t[1];

    return (h1 * (v[1] - v[0]) / h0 + h0 * (v[2] - v[1]) / h1) / (h0 + h1);
}

double channel_smooth_at(const struct channel *channel, double t, double width)
{
    size_t i = after(channel, t);
    const double *time, *value;
    double h, f, m0, m1;

    if (channel->method != CHANNEL_LINEAR || i < 2 || i + 1 >= channel->count ||
        !channel->joined[i - 2] || !channel->joined[i - 1] ||
        !channel->joined[i])
        return channel_at(channel, t, width);
    time = channel->time + i - 2;
    value = channel->value + i - 2;
    h = time[2] - time[1];
    f = (t - time[1]) / h;
    m0 = h * slope_at(time, value);
    m1 = h * slope_at(time + 1, value + 1);
    return value[1] +
           f * (m0 + f * (3 * (value[2] - value[1]) - 2 * m0 - m1 +
                          f * (2 * (value[1] - value[2]) + m0 + m1)));
}

/* Integrals over the pieces; times from the window's start. */
struct sums {
    double t, v, vv, tv, tt, origin;
    double least, most, length;
};

static void add_piece(struct sums *sums, double a, double b, double u, double w)
{
    double d = b - a;

    sums->least = fmin(sums->least, fmin(u, w));
    sums->most = fmax(sums->most, fmax(u, w));
    u -= sums->origin;
    w -= sums->origin;
    sums->length += d;
    sums->v += d * (u + w) / 2;
    sums->vv += d * (u * u + u * w + w * w) / 3;
    sums->t += d * (a + b) / 2;
    sums->tt += d * (a * a + a * b + b * b) / 3;
    sums->tv += d * (2 * a * u + a * w + b * u + 2 * b * w) / 6;
}

static void finish(const struct sums *sums, struct channel_window *out)
{
    double n = sums->length, mean = sums->v / n, middle = sums->t / n;
    double variance = sums->vv / n - mean * mean;
    double spread = sums->tt / n - middle * middle;

    out->valid_s = n;
    out->mean = sums->origin + mean;
    out->sd = sqrt(fmax(variance, 0));
    out->least = sums->least;
    out->most = sums->most;
    if (spread > 0)
        out->slope = (sums->tv / n - mean * middle) / spread;
}

void channel_over(const struct channel *channel, double from, double to,
                  struct channel_window *out)
{
    struct sums sums = { .least = HUGE_VAL, .most = -HUGE_VAL };
    size_t i = after(channel, from);

    *out = (struct channel_window){
        .mean = NAN, .sd = NAN, .least = NAN, .most = NAN, .slope = NAN
    };
    i -= i > 0;
    sums.origin = i < channel->count ? channel->value[i] : 0;
    for (; i < channel->count && channel->time[i] < to; i++) {
        double a = fmax(channel->time[i], from);
        double b = fmin(end_of(channel, i), to);

        if (b > a)
            add_piece(&sums, a - from, b - from, value_at(channel, i, a),
                      value_at(channel, i, b));
    }
    if (sums.length > 0)
        finish(&sums, out);
}
