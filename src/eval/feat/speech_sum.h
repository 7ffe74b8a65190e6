/*
 * speech_sum - the contours of a voice as one row of numbers.
 *
 * A set is a table of parts in the order of its columns: each takes one
 * contour, at all moments or at voiced or unvoiced ones, and gives it a shape,
 * the numbers that are told of it.  A number that is not defined is NAN.
 */
#ifndef MIEN_FEAT_SPEECH_SUM_H
#define MIEN_FEAT_SPEECH_SUM_H

#include <stddef.h>

#include "eval/feat/speech.h"

enum speech_gate { SPEECH_ALL, SPEECH_VOICED, SPEECH_UNVOICED };

enum speech_shape {
    /* Of the contour smoothed over three moments. */
    SPEECH_MEAN,  /* mean */
    SPEECH_SD,    /* mean, standard deviation */
    SPEECH_RATIO, /* mean, deviation over mean (of what is positive) */
    SPEECH_FULL,  /* SD, p20, p50, p80, their range, rises and falls */
    SPEECH_LOUD,  /* the same, RATIO in front */
    /* Of the contour as it is. */
    SPEECH_ORDER,  /* p10, median, p90, quartile range, trend a second */
    SPEECH_ROBUST, /* mean, standard deviation, ORDER */
    SPEECH_COURSE, /* cosine coefficients 1 to 4 over the whole */
    /* Of the whole sound: `from` is one of enum speech_single. */
    SPEECH_SINGLE,
};

struct speech_part {
    int from; /* enum speech_contour */
    enum speech_gate gate;
    enum speech_shape shape;
};

void speech_sum(const struct speech *speech, const struct speech_part *parts,
                size_t count, double *out);

#endif
