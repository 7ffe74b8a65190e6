/*
 * segments - see segments.h.
 */
#include <config.h>

#include "eval/feat/segments.h"

#include <math.h>

enum { LEAST = 3, PAUSE = 2 };

static void end_run(struct segments *segments)
{
    double length = (double)segments->length - 1; /* from first to last */

    if (segments->length >= LEAST) {
        segments->count++;
        segments->sum += length;
        segments->square += length * length;
    }
    segments->length = segments->gap = 0;
}

void segments_push(struct segments *segments, bool inside)
{
    if (inside) {
        segments->length += segments->gap + 1;
        segments->gap = 0;
        return;
    }
    if (segments->length == 0)
        return;
    segments->gap++;
    if (segments->gap >= PAUSE)
        end_run(segments);
}

void segments_finish(struct segments *segments)
{
    if (segments->length >= LEAST && segments->gap == 0)
        segments->length--;
    end_run(segments);
}

double segments_mean(const struct segments *segments)
{
    return segments->count > 0 ? segments->sum / (double)segments->count : 0;
}

double segments_sd(const struct segments *segments)
{
    double mean = segments_mean(segments);

    if (segments->count == 0)
        return 0;
    return sqrt(
        fmax(0, segments->square / (double)segments->count - mean * mean));
}
