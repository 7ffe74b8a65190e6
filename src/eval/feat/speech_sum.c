/*
 * speech_sum - see speech_sum.h.
 */
#include <config.h>

#include "eval/feat/speech_sum.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "eval/feat/functionals.h"
#include "eval/feat/hills.h"
#include "eval/feat/speech_single.h"

#define HILL 0.1 /* of the range: what a hill must rise */

/* Values that are defined, in order of time and of size. */
struct values {
    const double *contour; /* with gaps */
    int64_t moments;
    double *sorted;
    int64_t count;
    double mean, sd; /* NAN where there are none */
};

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void collect(struct values *values)
{
    double sum = 0, square = 0;

    values->count = 0;
    for (int64_t t = 0; t < values->moments; t++)
        if (!isnan(values->contour[t]))
            values->sorted[values->count++] = values->contour[t];
    values->mean = values->sd = NAN;
    if (values->count == 0)
        return;
    for (int64_t i = 0; i < values->count; i++)
        sum += values->sorted[i];
    values->mean = sum / (double)values->count;
    for (int64_t i = 0; i < values->count; i++)
        square += pow(values->sorted[i] - values->mean, 2);
    values->sd = sqrt(square / (double)values->count);
    qsort(values->sorted, (size_t)values->count, sizeof(*values->sorted),
          by_size);
}

static double at_share(const struct values *values, double share)
{
    return values->count > 0
               ? functionals_percentile(values->sorted, values->count, share)
               : NAN;
}

/* The straight line through the values: its rise a second. */
static double trend(const struct values *values)
{
    double n = (double)values->count, sum_t = 0, up = 0, down = 0;

    if (values->count < 2)
        return NAN;
    for (int64_t t = 0; t < values->moments; t++)
        if (!isnan(values->contour[t]))
            sum_t += (double)t;
    for (int64_t t = 0; t < values->moments; t++) {
        double off = (double)t - sum_t / n;

        if (isnan(values->contour[t]))
            continue;
        up += off * (values->contour[t] - values->mean);
        down += off * off;
    }
    return up / down / SPEECH_HOP_S;
}

static double *put_full(const struct values *values, double *out)
{
    double p20 = at_share(values, 0.2), p80 = at_share(values, 0.8), range = 0;
    struct hills hills;

    if (values->count > 0)
        range = values->sorted[values->count - 1] - values->sorted[0];
    hills_of(values->contour, values->moments, SPEECH_HOP_S, HILL * range,
             &hills);
    *out++ = p20;
    *out++ = at_share(values, 0.5);
    *out++ = p80;
    *out++ = p80 - p20;
    *out++ = hills.rise_mean;
    *out++ = hills.rise_sd;
    *out++ = hills.fall_mean;
    *out++ = hills.fall_sd;
    return out;
}

static double *put_order(const struct values *values, double *out)
{
    *out++ = at_share(values, 0.1);
    *out++ = at_share(values, 0.5);
    *out++ = at_share(values, 0.9);
    *out++ = at_share(values, 0.75) - at_share(values, 0.25);
    *out++ = trend(values);
    return out;
}

static double *put_course(const struct values *values, double *out)
{
    double dct[SPEECH_DCT_COUNT];

    for (int k = 0; k < SPEECH_DCT_COUNT; k++)
        dct[k] = NAN;
    speech_dct(values->contour, values->moments, dct);
    for (int k = 1; k < SPEECH_DCT_COUNT; k++)
        *out++ = dct[k];
    return out;
}

static double *put_shape(const struct values *values, enum speech_shape shape,
                         double *out)
{
    bool ratio = shape == SPEECH_RATIO || shape == SPEECH_LOUD;

    if (shape == SPEECH_ORDER)
        return put_order(values, out);
    if (shape == SPEECH_COURSE)
        return put_course(values, out);
    *out++ = values->mean;
    if (shape == SPEECH_MEAN)
        return out;
    *out++ = ratio ? values->sd / values->mean : values->sd;
    if (shape == SPEECH_FULL || shape == SPEECH_LOUD)
        return put_full(values, out);
    return shape == SPEECH_ROBUST ? put_order(values, out) : out;
}

static void gate(const struct speech *speech, const struct speech_part *part,
                 double *out)
{
    const double *from = speech->contour[part->from];
    const double *f0 = speech->contour[SPEECH_F0];

    for (int64_t t = 0; t < speech->count; t++) {
        bool voiced = !isnan(f0[t]);
        bool passes =
            part->gate == SPEECH_ALL || voiced == (part->gate == SPEECH_VOICED);

        out[t] = passes ? from[t] : NAN;
    }
}

/* The mean of a value and its neighbours, as far as they are there. */
static void smooth(const double *from, int64_t count, double *out)
{
    for (int64_t t = 0; t < count; t++) {
        double sum = 0, n = 0;

        for (int64_t i = t - 1; i <= t + 1; i++) {
            if (i < 0 || i >= count || isnan(from[i]))
                continue;
            sum += from[i];
            n++;
        }
        out[t] = isnan(from[t]) ? NAN : sum / n;
    }
}

void speech_sum(const struct speech *speech, const struct speech_part *parts,
                size_t count, double *out)
{
    size_t room = (size_t)speech->count + 1;
    double *gated = xcalloc(room, sizeof(*gated));
    double *smoothed = xcalloc(room, sizeof(*smoothed));
    double *sorted = xcalloc(room, sizeof(*sorted));
    double single[SPEECH_SINGLES];

    speech_single_measure(speech, single);
    for (size_t i = 0; i < count; i++) {
        struct values values = { .contour = smoothed,
                                 .moments = speech->count,
                                 .sorted = sorted };

        if (parts[i].shape == SPEECH_SINGLE) {
            *out++ = single[parts[i].from];
            continue;
        }
        gate(speech, &parts[i], gated);
        smooth(gated, speech->count, smoothed);
        if (parts[i].shape >= SPEECH_ORDER)
            values.contour = gated;
        collect(&values);
        out = put_shape(&values, parts[i].shape, out);
    }
    free(gated);
    free(smoothed);
    free(sorted);
}
