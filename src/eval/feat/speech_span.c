/*
 * speech_span - see speech_span.h.
 */
#include <config.h>

#include "eval/feat/speech_span.h"

#include <math.h>
#include <string.h>

#define SILENCE_DB 25.0 /* below the loudest moment, as in Praat */
#define MARGIN 10       /* moments */
#define NOTHING_DB 90.0 /* below the peak */

void speech_span(struct speech *speech)
{
    const double *level = speech->contour[SPEECH_LEVEL];
    double most = -INFINITY, power = 0;
    int64_t first = -1, last = -1;

    for (int64_t t = 0; t < speech->count; t++)
        most = level[t] > most ? level[t] : most;
    for (int64_t t = 0; t < speech->count; t++) {
        if (!(level[t] > most - SILENCE_DB))
            continue;
        first = first < 0 ? t : first;
        last = t;
    }
    if (first < 0)
        return;
    first = first > MARGIN ? first - MARGIN : 0;
    last = last + MARGIN < speech->count ? last + MARGIN : speech->count - 1;
    for (int64_t t = first; t <= last; t++)
        if (!isnan(level[t]))
            power += pow(10, level[t] / 10);
    speech->count = last + 1 - first;
    speech->power = power / (double)speech->count;
    for (int i = 0; i < SPEECH_CONTOURS; i++)
        memmove(speech->contour[i], speech->contour[i] + first,
                (size_t)speech->count * sizeof(*speech->contour[i]));
}

void speech_leave_padding(const float **sample, int64_t *samples)
{
    float peak = 0, least;

    for (int64_t i = 0; i < *samples; i++)
        peak = fmaxf(peak, fabsf((*sample)[i]));
    least = peak * (float)pow(10, -NOTHING_DB / 20);
    while (peak > 0 && fabsf((*sample)[*samples - 1]) < least)
        (*samples)--;
    while (peak > 0 && fabsf(**sample) < least) {
        (*sample)++;
        (*samples)--;
    }
}
