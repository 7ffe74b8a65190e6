/*
 * settle_internal - what the files of settle share: the answers to one item.
 */
#ifndef MIEN_STUDY_SETTLE_INTERNAL_H
#define MIEN_STUDY_SETTLE_INTERNAL_H

#include <stdarg.h>

#include "common/study/settle.h"

struct answers {
    const struct ratings *ratings;
    size_t item;     /* SIZE_MAX: nobody judged it */
    size_t *votes;   /* of each category */
    size_t n;        /* answers that are values */
    size_t reserved; /* that are not */
    size_t top;      /* the first category with the most votes */
    size_t tied;     /* others with as many */
};

void settle_say(struct settlement *out, bool settled, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void settle_value(struct settlement *out, const char *value);
void settle_number(struct settlement *out, double value);

/* By what a fit knows of who answered. */
void settle_model(const struct answers *answers,
                  const struct question_rule *rule, const struct fit *fit,
                  struct settlement *out);
void settle_ewe(const struct answers *answers, const struct fit *fit,
                struct settlement *out);

#endif
