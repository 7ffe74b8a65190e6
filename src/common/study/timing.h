/*
 * timing - how far the time of a mark may be off.
 *
 * A mark's media time is that which was heard when its key was read.  Four
 * things stand between the two, each taken as a distribution; the uncertainty
 * is the root of the sum of their squares, one standard deviation, after
 * JCGM 100:2008, Guide to the expression of uncertainty in measurement, 5.1.2
 * (combined) and 4.3.7 (a half-width a has the standard deviation a / sqrt 3):
 *
 *     latency  measured: the standard deviation of the measurement;
 *              assumed, L: anything from 0 to 2 L, so L / sqrt 3; no sound: 0
 *     buffer   of B ms: when in it the device asked, so B / (2 sqrt 3)
 *     key      the standard deviation of the wait between a key being ready
 *              and being read
 *     link     over a network with a round trip of R: the key was pressed
 *              0 to R before it came, which is not corrected; root mean square
 *              R / sqrt 3, and the standard deviation of R itself
 *
 * What lies before the terminal (finger, keyboard, its emulator) is not in it.
 */
#ifndef MIEN_STUDY_TIMING_H
#define MIEN_STUDY_TIMING_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/buf.h"

enum timing_source {
    TIMING_NO_SOUND,
    TIMING_ASSUMED,  /* the device's latency, from its buffer */
    TIMING_MEASURED, /* by selftest, or given by the user */
};

/* All in milliseconds. */
struct timing {
    enum timing_source source;
    double latency;
    double latency_sd; /* of the measurement */
    double buffer;
    double key_sd;
    bool remote;
    double round, round_sd; /* of the link, when remote */
};

/* Standard deviations in milliseconds. */
struct timing_parts {
    double latency, buffer, key, link;
    double total;
};

/* What a key waits on a quiet machine, where nobody has measured it. */
#define TIMING_KEY_SD 2.0
/* A round trip that nobody could measure. */
#define TIMING_ROUND_UNKNOWN 200.0

struct timing_parts timing_parts(const struct timing *timing);
double timing_uncertainty(const struct timing *timing);
/* Why it is as large as it is, and what to do about the largest part. */
void timing_explain(const struct timing *timing, struct buf *out);

/* What can be timed so well: the widest uncertainty for each kind of work. */
enum timing_work { TIMING_CHOICE, TIMING_TRACE, TIMING_SEGMENTS, TIMING_WORKS };
extern const char *const timing_work_names[]; /* "choice", ...; ends NULL */
extern const double timing_work_limit[TIMING_WORKS];

/* Key presses to clicks. */
struct timing_taps {
    size_t taps;   /* that had a click to go with */
    size_t kept;   /* after those far off were left out */
    double median; /* ms after the click was due; negative: before */
    double sd;
    double error; /* standard error of the median */
};

/*
 * Of `count` differences (key less click, ms): leaves out what is farther
 * than three scaled median absolute deviations from the median, or than 10 ms
 * if that is more.  False when fewer than TIMING_TAPS_MIN are left.
 */
enum { TIMING_TAPS_MIN = 8 };
bool timing_taps(const double *difference, size_t count,
                 struct timing_taps *out);

#endif
