/*
 * quality_drift - does an annotator judge as at the beginning?
 *
 * The share of right answers (gold) and of same answers (repeats) in each
 * session goes into a cumulative sum chart (stat/cusum).  The target is the
 * annotator's own share in the first sessions, until these have ten such
 * answers, (right + 1) / (all + 2); a later session of n answers stands
 * (share - target) / sqrt(target (1 - target) / n) standard deviations from
 * it.  k = 0.5: moves of one standard deviation are looked for; h = 4.
 */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "annotate/quality_internal.h"

const double quality_k = 0.5;
const double quality_h = 4;

enum { BASELINE = 10 }; /* answers that set the target */

static int by_time(const void *a, const void *b)
{
    const struct quality_session *one = a, *two = b;

    return (one->first_wall_us > two->first_wall_us) -
           (one->first_wall_us < two->first_wall_us);
}

void quality_chart(struct quality *it)
{
    size_t right = 0, of = 0;
    size_t at = 0;
    double target;

    cusum_init(&it->drift, quality_k, quality_h);
    if (it->sessions.count > 1)
        qsort(it->sessions.item, it->sessions.count, sizeof(*it->sessions.item),
              by_time);
    for (; at < it->sessions.count && of < BASELINE; at++) {
        right += it->sessions.item[at].right;
        of += it->sessions.item[at].of;
    }
    it->drift_sessions = at;
    target = ((double)right + 1) / ((double)of + 2);
    for (; of >= BASELINE && at < it->sessions.count; at++) {
        const struct quality_session *session = &it->sessions.item[at];
        double n = (double)session->of;

        cusum_add(&it->drift, n > 0 ? ((double)session->right / n - target) /
                                          sqrt(target * (1 - target) / n)
                                    : 0);
    }
}

const char *quality_drift(const struct quality *it, char *text, size_t size)
{
    if (it->drift.count == 0)
        return NULL;
    if (it->drift.low_alarm == 0)
        return "none";
    snprintf(text, size, "since session %zu",
             it->drift_sessions + it->drift.low_alarm);
    return text;
}
