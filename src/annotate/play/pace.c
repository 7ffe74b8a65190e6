/*
 * pace - steady host times for callbacks that come with a jitter.
 */
#include <config.h>

#include "annotate/play/pace.h"

#include <math.h>

/* Share of the measured deviation that is believed: a time constant of 20
 * callbacks, 0.2 s at 10 ms each. */
static const double trust = 0.05;
/* A deviation beyond this, and twice the buffer, is a gap and no jitter. */
static const double gap_us = 20000;

int64_t pace_step(struct pace *pace, int64_t host_us, int frames)
{
    double length_us = frames * 1e6 / pace->rate;
    double off_us = (double)host_us - pace->next_us;
    double at_us;

    if (!pace->started || fabs(off_us) > gap_us + 2 * length_us)
        at_us = (double)host_us;
    else
        at_us = pace->next_us + trust * off_us;
    pace->started = 1;
    pace->next_us = at_us + length_us;
    return llround(at_us);
}
