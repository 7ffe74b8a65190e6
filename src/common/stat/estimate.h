/*
 * estimate - a number that may be undefined, and then says why.
 *
 * An undefined value never travels as a NaN or a zero: whoever prints it
 * prints the reason.
 */
#ifndef MIEN_STAT_ESTIMATE_H
#define MIEN_STAT_ESTIMATE_H

#include <stdbool.h>

struct estimate {
    bool defined;
    double value;       /* finite when defined, else 0 */
    const char *reason; /* static text when undefined, else NULL */
};

static inline struct estimate estimate_of(double value)
{
    return (struct estimate){ .defined = true, .value = value };
}

/* `reason` lives for ever: a literal. */
static inline struct estimate estimate_undefined(const char *reason)
{
    return (struct estimate){ .reason = reason };
}

/* a / b; undefined with `reason` when b is not above zero. */
static inline struct estimate estimate_ratio(double a, double b,
                                             const char *reason)
{
    return b > 0 ? estimate_of(a / b) : estimate_undefined(reason);
}

#endif
