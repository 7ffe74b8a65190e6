/*
 * simulate - a study before it is done: how long it takes, and how exactly
 * agreement will be known.
 *
 * Annotators of a stated skill judge what would be handed out.  The truth of
 * an item is any answer alike; an annotator gives it with the probability
 * `skill`, else another one: of a choice any other alike, of a scale a
 * neighbour, of a grid one in what rises to the right.  With the probability
 * `lapse` she did not attend and gives any answer.  Seeded, so that the same
 * plan gives the same numbers.
 */
#ifndef MIEN_ANNOTATE_SIMULATE_H
#define MIEN_ANNOTATE_SIMULATE_H

#include <stdint.h>

#include "common/store/queue.h"
#include "common/study/protocol.h"

struct simulate_settings {
    double skill, lapse;
    double seconds; /* an entry takes; 0: the plan's, else 10 */
    uint64_t seed;
};

struct simulation {
    const struct question *question; /* NULL: none that can be simulated */
    const char *coefficient;         /* its name */
    size_t runs;                     /* with a value */
    double middle, low, high; /* median, and where 95 of 100 such studies lie */
    double seconds;           /* an entry */
};

/* The agreement of what all annotators have, once this is handed out. */
void simulate(const struct protocol *protocol,
              const struct queue_report *report,
              const struct simulate_settings *settings, struct simulation *out);
/* Hours of work that a share asks for, its breaks included. */
double simulate_hours(const struct protocol *protocol,
                      const struct queue_share *share, double seconds);

#endif
