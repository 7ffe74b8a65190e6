/*
 * answer - what an annotator can answer besides an option or a number.
 *
 * Answers that are no options are data, never missing values: they are kept
 * under reserved names that begin with "@", and each statistic says how it
 * treats them.
 */
#ifndef MIEN_STUDY_ANSWER_H
#define MIEN_STUDY_ANSWER_H

#include <stdbool.h>

enum answer_kind {
    ANSWER_VALUE,           /* an option's value, or a point of a scale */
    ANSWER_OTHER,           /* "@other": none of the options; carries a text */
    ANSWER_NONE,            /* "@none": nothing of what is asked for */
    ANSWER_MIXED,           /* "@mixed": several at once, none outweighs */
    ANSWER_CANNOT_TELL,     /* "@cannot_tell": not to be judged from this */
    ANSWER_TECHNICAL_FAULT, /* "@technical_fault": cannot be heard or seen */
    ANSWER_SKIPPED,         /* "@skipped": with a reason, of the whole item */
    ANSWER_KIND_COUNT
};

/* "@cannot_tell"; "" for ANSWER_VALUE. */
const char *answer_name(enum answer_kind kind);
/*
 * The kind of the answer that is written `text`; false for a name beginning
 * with "@" that this version does not know.
 */
bool answer_find(const char *text, enum answer_kind *kind);

#endif
