/*
 * support - do enough speakers and items carry a score?
 *
 * A class or group that one or two people speak tells about those people.
 */
#ifndef MIEN_FAIR_SUPPORT_H
#define MIEN_FAIR_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "eval/score/metrics.h"
#include "eval/score/predictions.h"
#include "eval/score/tally.h"

enum { SUPPORT_SPEAKERS = 4 }; /* fewer: "insufficient" */

/* At least so many; 0 asks for nothing. */
struct support_minimum {
    size_t items, speakers;
    size_t per_class;      /* items of each class */
    size_t class_speakers; /* speakers of each class */
};

/*
 * NULL, or what is lacking ("class \"fear\" is carried by 2 speakers, fewer
 * than 4"): the caller's.  For a mean over classes, those of `among` (NULL:
 * the classes that occur).  `whole` has all of the tally.
 */
char *support_lack(const struct predictions *predictions,
                   const struct tally *tally, const struct tally_sums *whole,
                   const struct metric *metric, size_t label, const bool *among,
                   const struct support_minimum *minimum);

#endif
