/*
 * beats - see beats.h.
 */
#include <config.h>

#include "eval/feat/beats.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"

#define LF_HZ 0.04
#define MIDDLE_HZ 0.15
#define HF_HZ 0.4

static bool is_good(const struct physio_beat *beat)
{
    return beat->interval_s >= BEATS_LEAST_S &&
           beat->interval_s <= BEATS_MOST_S;
}

/* Lomb's P(f) of N intervals in ms, less their mean, times 2 / N. */
static double power_at(const struct physio_beat *beat, size_t count,
                       double mean_ms, double hz)
{
    double w = 2 * M_PI * hz, s2 = 0, c2 = 0, shift;
    double cos_x = 0, sin_x = 0, cos_square = 0, sin_square = 0;

    for (size_t i = 0; i < count; i++) {
        s2 += sin(2 * w * beat[i].at_s);
        c2 += cos(2 * w * beat[i].at_s);
    }
    shift = atan2(s2, c2) / (2 * w);
    for (size_t i = 0; i < count; i++) {
        double x = 1000 * beat[i].interval_s - mean_ms;
        double c = cos(w * (beat[i].at_s - shift));
        double s = sin(w * (beat[i].at_s - shift));

        cos_x += x * c;
        sin_x += x * s;
        cos_square += c * c;
        sin_square += s * s;
    }
    return ((cos_square > 0 ? cos_x * cos_x / cos_square : 0) +
            (sin_square > 0 ? sin_x * sin_x / sin_square : 0)) /
           (double)count;
}

/* Adds the powers of one piece; false when too little of it is known. */
static bool add_spectrum(const struct physio_beat *beat, size_t count,
                         double length_s, double *lf, double *hf)
{
    double sum = 0, mean_ms;

    for (size_t i = 0; i < count; i++)
        sum += beat[i].interval_s;
    if (count < 2 || sum < BEATS_LEAST_COVER * length_s)
        return false;
    mean_ms = 1000 * sum / (double)count;
    for (int k = (int)ceil(LF_HZ * length_s); k < HF_HZ * length_s; k++) {
        double hz = k / length_s;

        *(hz < MIDDLE_HZ ? lf : hf) += power_at(beat, count, mean_ms, hz);
    }
    return true;
}

/* `beat` are the good ones; pieces that are left over and short are not. */
static void find_powers(const struct physio_beat *beat, size_t count,
                        double start_s, double end_s,
                        struct beats_measures *out)
{
    double lf = 0, hf = 0, pieces = 0, length_s;
    size_t i = 0;

    for (double at = start_s; end_s - at >= BEATS_LEAST_PIECE_S;
         at += BEATS_PIECE_S) {
        size_t first;

        length_s = fmin(BEATS_PIECE_S, end_s - at);
        while (i < count && beat[i].at_s < at)
            i++;
        first = i;
        while (i < count && beat[i].at_s < at + length_s)
            i++;
        pieces += add_spectrum(beat + first, i - first, length_s, &lf, &hf);
    }
    if (pieces == 0)
        return;
    out->lf_ms2 = lf / pieces;
    out->hf_ms2 = hf / pieces;
    if (hf > 0)
        out->lf_hf = lf / hf;
}

/* Differences of neighbours only: no beat is missing between them. */
static void find_differences(const struct physio_beat *beat, size_t count,
                             struct beats_measures *out)
{
    double square = 0, large = 0, n = 0;

    for (size_t i = 1; i < count; i++) {
        double step = beat[i].at_s - beat[i - 1].at_s;
        double ms = 1000 * (beat[i].interval_s - beat[i - 1].interval_s);

        if (fabs(step - beat[i].interval_s) > BEATS_SLACK_S)
            continue;
        square += ms * ms;
        large += fabs(ms) > 50;
        n++;
    }
    if (n == 0)
        return;
    out->rmssd_ms = sqrt(square / n);
    out->pnn50 = large / n;
}

static void find_moments(const struct physio_beat *beat, size_t count,
                         struct beats_measures *out)
{
    double sum = 0, square = 0;

    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        sum += 1000 * beat[i].interval_s;
    out->mean_ms = sum / (double)count;
    for (size_t i = 0; i < count; i++)
        square += pow(1000 * beat[i].interval_s - out->mean_ms, 2);
    if (count > 1)
        out->sdnn_ms = sqrt(square / (double)(count - 1));
}

void beats_measure(const struct physio_beats *beats, double start_s,
                   double end_s, struct beats_measures *out)
{
    struct physio_beat *good = xcalloc(beats->count + 1, sizeof(*good));
    size_t all = 0, count = 0;
    double filled = 0;

    *out = (struct beats_measures){ 0 };
    out->rejected = out->mean_ms = out->sdnn_ms = out->rmssd_ms = NAN;
    out->pnn50 = out->lf_ms2 = out->hf_ms2 = out->lf_hf = NAN;
    for (size_t i = 0; i < beats->count; i++) {
        const struct physio_beat *beat = &beats->item[i];

        if (beat->at_s < start_s || beat->at_s >= end_s)
            continue;
        all++;
        if (!is_good(beat))
            continue;
        good[count++] = *beat;
        filled += beat->interval_s;
    }
    out->count = count;
    if (all > 0)
        out->rejected = (double)(all - count) / (double)all;
    out->coverage = end_s > start_s ? fmin(filled / (end_s - start_s), 1) : 0;
    find_moments(good, count, out);
    find_differences(good, count, out);
    find_powers(good, count, start_s, end_s, out);
    free(good);
}
