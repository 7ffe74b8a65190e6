/*
 * reference - the right answer to a question, as text, and what comes near
 * enough to it.
 *
 *     choice    "anger"; of several at once "anger|fear"
 *     scale     "3"
 *     grid      "3,7": to the right, upwards
 *     segments  "laughter 1.2 1.85; sob 3 3.4", or "@none"; seconds from the
 *               beginning of the item; a point has one time
 *
 * Traces and texts are not judged: no reference makes them right or wrong.
 */
#ifndef MIEN_STUDY_REFERENCE_H
#define MIEN_STUDY_REFERENCE_H

#include "common/study/conduct.h"
#include "common/study/event.h"
#include "common/study/track.h"

/* What was given to a question; all borrowed. */
struct reference_given {
    const struct event_answer *answer; /* NULL: none */
    const struct track *track;         /* NULL: no marks */
    int64_t begins_us;                 /* where the item begins in its medium */
};

/* Can answers to it be right or wrong at all?  `reference` may be NULL. */
bool reference_judges(const struct question *question,
                      const struct conduct_reference *reference);
/* Can answers of two times be the same?  Marks, traces and texts never are. */
bool reference_compares(const struct question *question);
/* Is `value` an answer to the question, as it is written above? */
bool reference_reads(const struct question *question,
                     const struct conduct_reference *reference,
                     const char *value);
/*
 * Is what was given right, by the reference's rules (NULL: the defaults)?
 * `value` has been read.  *distance: how far off a number is, of a grid the
 * larger of both; NAN elsewhere.
 */
bool reference_is_right(const struct question *question,
                        const struct conduct_reference *reference,
                        const struct reference_given *given, const char *value,
                        double *distance);
/* Exactly that, but for words: what an attention check asks for. */
bool reference_is_same(const struct question *question,
                       const struct event_answer *answer, const char *value);

#endif
