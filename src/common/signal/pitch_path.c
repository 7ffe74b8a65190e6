/*
 * pitch_path - the cheapest way through the candidates of all frames.
 *
 * Boersma (1993), equations 27 and 28, by dynamic programming (Viterbi 1967).
 * Ties go to the candidate with the lower number.
 */
#include <config.h>

#include <math.h>
#include <string.h>

#include "common/signal/pitch_internal.h"

/* Equation 27, times `scale` for the distance of the frames. */
static double transition(const struct pitch_settings *settings, double scale,
                         const struct pitch_candidate *from,
                         const struct pitch_candidate *to)
{
    if (from->hz == 0 && to->hz == 0)
        return 0;
    if (from->hz == 0 || to->hz == 0)
        return settings->voiced_unvoiced_cost * scale;
    return settings->octave_jump_cost * scale * fabs(log2(from->hz / to->hz));
}

static void step(const struct pitch_settings *settings, double scale,
                 const struct pitch_frame *before, struct pitch_frame *now,
                 double *sum)
{
    double next[PITCH_CANDIDATES];

    for (int i = 0; i < now->count; i++) {
        double best = -INFINITY;

        for (int k = 0; k < before->count; k++) {
            double value =
                sum[k] - transition(settings, scale, &before->candidate[k],
                                    &now->candidate[i]);

            if (value > best) {
                best = value;
                now->back[i] = (uint8_t)k;
            }
        }
        next[i] = best + now->candidate[i].local;
    }
    memcpy(sum, next, sizeof(next[0]) * now->count);
}

void pitch_path(const struct pitch_settings *settings,
                struct pitch_frame *frame, int64_t count,
                struct pitch_value *out)
{
    double sum[PITCH_CANDIDATES];
    double scale = 0.01 * settings->rate / settings->hop;
    int place = 0;

    if (count == 0)
        return;
    for (int i = 0; i < frame[0].count; i++)
        sum[i] = frame[0].candidate[i].local;
    for (int64_t t = 1; t < count; t++)
        step(settings, scale, &frame[t - 1], &frame[t], sum);
    for (int i = 1; i < frame[count - 1].count; i++)
        if (sum[i] > sum[place])
            place = i;
    for (int64_t t = count - 1; t >= 0; t--) {
        const struct pitch_candidate *best = &frame[t].candidate[place];

        out[t].hz = best->hz;
        out[t].strength = best->hz > 0 ? best->strength : 0;
        place = frame[t].back[place];
    }
}
