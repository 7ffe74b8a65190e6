/*
 * voice_sum - see voice_sum.h.
 */
#include <config.h>

#include "eval/feat/voice_sum.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "common/base/vec.h"
#include "common/stat/describe.h"
#include "eval/feat/contour.h"
#include "eval/feat/segments.h"

/* Which frames' values there are; the others are 0. */
enum gate { GATE_ALL, GATE_VOICED, GATE_UNVOICED };

enum shape {
    SHAPE_FULL,   /* mean, sd, percentiles, slopes: ten numbers */
    SHAPE_SPREAD, /* mean, sd */
    SHAPE_MEAN,
};

struct part {
    enum voice_descriptor from;
    enum gate gate;
    bool of_all; /* plain smoothing, zeros count */
    enum shape shape;
};

/* In the published order. */
static const struct part parts[] = {
    { VOICE_F0, GATE_ALL, false, SHAPE_FULL },
    { VOICE_LOUDNESS, GATE_ALL, true, SHAPE_FULL },
    { VOICE_FLUX, GATE_ALL, true, SHAPE_SPREAD },
    { VOICE_MFCC1, GATE_ALL, true, SHAPE_SPREAD },
    { VOICE_MFCC2, GATE_ALL, true, SHAPE_SPREAD },
    { VOICE_MFCC3, GATE_ALL, true, SHAPE_SPREAD },
    { VOICE_MFCC4, GATE_ALL, true, SHAPE_SPREAD },
    { VOICE_JITTER, GATE_ALL, false, SHAPE_SPREAD },
    { VOICE_SHIMMER, GATE_ALL, false, SHAPE_SPREAD },
    { VOICE_HNR, GATE_ALL, false, SHAPE_SPREAD },
    { VOICE_H1_H2, GATE_ALL, false, SHAPE_SPREAD },
    { VOICE_H1_A3, GATE_ALL, false, SHAPE_SPREAD },
    { VOICE_F1_HZ, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_F1_BANDWIDTH, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_F1_LEVEL, GATE_ALL, false, SHAPE_SPREAD },
    { VOICE_F2_HZ, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_F2_BANDWIDTH, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_F2_LEVEL, GATE_ALL, false, SHAPE_SPREAD },
    { VOICE_F3_HZ, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_F3_BANDWIDTH, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_F3_LEVEL, GATE_ALL, false, SHAPE_SPREAD },
    { VOICE_ALPHA_RATIO, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_HAMMARBERG, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_SLOPE_0, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_SLOPE_500, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_FLUX, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_MFCC1, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_MFCC2, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_MFCC3, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_MFCC4, GATE_VOICED, false, SHAPE_SPREAD },
    { VOICE_ALPHA_RATIO, GATE_UNVOICED, false, SHAPE_MEAN },
    { VOICE_HAMMARBERG, GATE_UNVOICED, false, SHAPE_MEAN },
    { VOICE_SLOPE_0, GATE_UNVOICED, false, SHAPE_MEAN },
    { VOICE_SLOPE_500, GATE_UNVOICED, false, SHAPE_MEAN },
    { VOICE_FLUX, GATE_UNVOICED, false, SHAPE_MEAN },
};

enum { PARTS = LENGTH_OF(parts), LAST_SMOOTHED = VOICE_MFCC4 };

/* Sums about the first value: what is added up stays small. */
struct moments_sum {
    int64_t count;
    double first, sum, square;
};

struct values {
    float *item; /* owned */
    size_t count, capacity;
};

struct voice_sum {
    double hop;
    struct voice_row row[3]; /* before, in the middle, after */
    int held;                /* rows, at most two between calls */
    int64_t rows, rows_in_all;
    double power; /* sum over all rows */
    struct moments_sum sums[PARTS];
    struct values pitch, loudness;
    struct segments voiced, unvoiced;
};

struct voice_sum *voice_sum_new(double hop)
{
    struct voice_sum *sum = xcalloc(1, sizeof(*sum));

    sum->hop = hop;
    return sum;
}

void voice_sum_free(struct voice_sum *sum)
{
    if (!sum)
        return;
    free(sum->pitch.item);
    free(sum->loudness.item);
    free(sum);
}

static float gated(const struct voice_row *row, const struct part *part)
{
    bool voiced = row->value[VOICE_F0] > 1e-6f && !row->tail;

    if ((part->gate == GATE_VOICED && !voiced) ||
        (part->gate == GATE_UNVOICED && voiced))
        return 0;
    return row->value[part->from];
}

/* The mean of three; those that are 0 do not count. */
static float smooth_nonzero(float before, float value, float after)
{
    float sum = value;
    int count = 1;

    if (value == 0)
        return 0;
    if (before != 0) {
        sum += before;
        count++;
    }
    if (after != 0) {
        sum += after;
        count++;
    }
    return sum / (float)count;
}

static float smoothed(const struct voice_row *row, const struct part *part)
{
    float before = gated(&row[0], part), value = gated(&row[1], part);
    float after = gated(&row[2], part);

    if (part->of_all)
        return (before + value + after) / 3;
    return smooth_nonzero(before, value, after);
}

void voice_sum_smooth(const struct voice_row *before,
                      const struct voice_row *row,
                      const struct voice_row *after, float out[VOICE_COUNT])
{
    for (int i = 0; i < VOICE_COUNT; i++) {
        float a = before->value[i], b = row->value[i], c = after->value[i];

        out[i] = i <= LAST_SMOOTHED ? (a + b + c) / 3 : smooth_nonzero(a, b, c);
    }
}

static void add(struct moments_sum *sum, double value)
{
    if (sum->count == 0)
        sum->first = value;
    value -= sum->first;
    sum->count++;
    sum->sum += value;
    sum->square += value * value;
}

/* The middle one of the three rows. */
static void take(struct voice_sum *sum)
{
    const struct voice_row *row = sum->row;
    bool voiced = row[1].value[VOICE_F0] != 0;

    sum->rows_in_all++;
    sum->power += row[1].power;
    for (int i = 0; i < PARTS; i++) {
        const struct part *part = &parts[i];
        float value;

        if (row[1].tail && !part->of_all)
            continue;
        value = smoothed(row, part);
        if (value == 0 && !part->of_all)
            continue;
        add(&sum->sums[i], value);
        if (part->shape == SHAPE_FULL && part->of_all)
            VEC_PUSH(&sum->loudness, value);
        else if (part->shape == SHAPE_FULL)
            VEC_PUSH(&sum->pitch, value);
    }
    if (row[1].tail)
        return;
    sum->rows++;
    segments_push(&sum->voiced, voiced);
    segments_push(&sum->unvoiced, !voiced);
}

void voice_sum_add(void *context, const struct voice_row *row)
{
    struct voice_sum *sum = context;

    if (sum->held == 0) { /* the first one stands before itself */
        sum->row[0] = sum->row[1] = *row;
        sum->held = 2;
        return;
    }
    sum->row[2] = *row;
    take(sum);
    sum->row[0] = sum->row[1];
    sum->row[1] = sum->row[2];
}

static double percentile(const struct values *sorted, double share)
{
    double place = share * (double)(sorted->count - 1);
    size_t low = (size_t)place;
    double rest = place - (double)low;

    if (low + 1 >= sorted->count)
        return sorted->item[sorted->count - 1];
    return sorted->item[low] +
           rest * ((double)sorted->item[low + 1] - sorted->item[low]);
}

/* Percentiles and slopes; sorts the values. */
static void put_contour(struct values *values,
                        const struct contour_slopes *slopes, double *out)
{
    double p20, p80;

    if (values->count == 0) {
        for (int i = 0; i < 8; i++)
            out[i] = 0;
        return;
    }
    describe_sort_floats(values->item, values->count);
    p20 = percentile(values, 0.2);
    p80 = percentile(values, 0.8);
    out[0] = p20;
    out[1] = percentile(values, 0.5);
    out[2] = p80;
    out[3] = p80 - p20;
    out[4] = slopes->rising_mean;
    out[5] = slopes->rising_sd;
    out[6] = slopes->falling_mean;
    out[7] = slopes->falling_sd;
}

/* Mean and deviation over the mean; returns how many numbers. */
static int put_sums(const struct moments_sum *sum, enum shape shape,
                    double *out)
{
    double n = (double)sum->count, mean = 0, sd = 0;

    if (sum->count > 0) {
        double rest = sum->sum / n;

        mean = sum->first + rest;
        sd = sqrt(fmax(0, sum->square / n - rest * rest));
    }
    out[0] = mean;
    if (shape == SHAPE_MEAN)
        return 1;
    out[1] = mean != 0 ? sd / mean : sd;
    return 2;
}

static double *put_times(const struct voice_sum *sum,
                         const struct contour_slopes *loudness, double *out)
{
    double seconds = (double)sum->rows * sum->hop;
    double all = (double)sum->rows_in_all;

    *out++ = (double)loudness->peaks / (all * sum->hop);
    *out++ = seconds > 0 ? (double)sum->voiced.count / seconds : 0;
    *out++ = segments_mean(&sum->voiced) * sum->hop;
    *out++ = segments_sd(&sum->voiced) * sum->hop;
    *out++ = segments_mean(&sum->unvoiced) * sum->hop;
    *out++ = segments_sd(&sum->unvoiced) * sum->hop;
    *out++ = 10 * log10(fmax(1e-12, sum->power / all));
    return out;
}

void voice_sum_finish(struct voice_sum *sum, double out[VOICE_SUM_COUNT])
{
    struct contour_slopes loudness, pitch;
    double *at = out;

    for (int i = 0; i < VOICE_SUM_COUNT; i++)
        out[i] = NAN;
    if (sum->held == 0)
        return;
    sum->row[2] = sum->row[1]; /* the last one stands after itself */
    take(sum);
    segments_finish(&sum->voiced);
    segments_finish(&sum->unvoiced);
    contour_slopes_of(sum->loudness.item, (int64_t)sum->loudness.count,
                      sum->hop, &loudness);
    contour_slopes_of(sum->pitch.item, (int64_t)sum->pitch.count, sum->hop,
                      &pitch);
    for (int i = 0; i < PARTS; i++) {
        at += put_sums(&sum->sums[i], parts[i].shape, at);
        if (parts[i].shape != SHAPE_FULL)
            continue;
        if (parts[i].of_all)
            put_contour(&sum->loudness, &loudness, at);
        else
            put_contour(&sum->pitch, &pitch, at);
        at += 8;
    }
    at = put_times(sum, &loudness, at);
    assert(at == out + VOICE_SUM_COUNT);
}
