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

void settle_unset(struct settlement *out, enum rule_kind kind);

/* Of voices that are values; the places of a case's that are, and how many. */
struct voiced {
    size_t *place; /* owned */
    size_t n, reserved;
};
/* `none_counts`: @none is a value, too: nothing is there. */
void settle_hear(const struct settle_case *it, bool none_counts,
                 struct voiced *out);
/* Enough of them, and (`all`) no reserved answer among them? */
bool settle_enough(const struct voiced *heard, const struct question_rule *rule,
                   size_t least, bool all, struct settlement *out);
/* Of n values, which it sorts. */
double settle_median(double *value, size_t n);
const struct fit_rater *settle_rater(const struct fit *fit, const char *rater);

void settle_marks(const struct question *question,
                  const struct question_rule *rule,
                  const struct settle_case *it, struct settlement *out);
struct estimate settle_marks_concord(const struct question *question,
                                     const struct settle_case *it);
void settle_point(const struct question *question,
                  const struct question_rule *rule,
                  const struct settle_case *it, const struct fit *fit,
                  struct settlement *out);
struct fit *settle_point_fit(const struct question *question,
                             const struct settle_case *it, size_t count,
                             struct arena *arena, struct error *err);
void settle_traces(const struct question *question,
                   const struct question_rule *rule,
                   const struct settle_case *it, const struct fit *fit,
                   struct settlement *out);
struct fit *settle_traces_fit(const struct question *question,
                              const struct settle_case *it, size_t count,
                              struct arena *arena, struct error *err);
struct estimate settle_traces_concord(const struct question *question,
                                      const struct settle_case *it);

/* By what a fit knows of who answered. */
void settle_model(const struct answers *answers,
                  const struct question_rule *rule, const struct fit *fit,
                  struct settlement *out);
void settle_ewe(const struct answers *answers, const struct fit *fit,
                struct settlement *out);

#endif
