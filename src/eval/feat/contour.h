/*
 * contour - the hills and valleys of a contour over time.
 *
 * A hill counts when it rises by a tenth of the contour's range; Eyben, F.
 * (2016). Real-time Speech and Music Classification by Large Audio Feature
 * Space Extraction, sections on peaks and on rising and falling slopes.
 */
#ifndef MIEN_FEAT_CONTOUR_H
#define MIEN_FEAT_CONTOUR_H

#include <stdint.h>

struct contour_slopes {
    /* Units a second; both positive, but for the piece at the end. */
    double rising_mean, rising_sd;
    double falling_mean, falling_sd;
    int64_t peaks;
};

/* `step`: seconds between values. */
void contour_slopes_of(const float *value, int64_t count, double step,
                       struct contour_slopes *out);

#endif
