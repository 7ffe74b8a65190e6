/*
 * tier - a row of marks in time that a question of type `segments' asks for:
 * intervals or points, what they may be called, and what they must keep to.
 *
 * Everything is borrowed from the protocol.
 */
#ifndef MIEN_STUDY_TIER_H
#define MIEN_STUDY_TIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/study/localized.h"
#include "common/study/scale.h"

struct question_option;

enum tier_kind {
    TIER_INTERVAL, /* has a beginning and an end */
    TIER_POINT,    /* has a time */
};

/* What is said of each mark besides its label: a point of a scale, or one of
 * several options. */
struct tier_attribute {
    const char *id;
    struct localized label; /* never empty: the id when there is none */
    bool required;
    bool has_scale;
    struct scale scale;
    struct question_option *option; /* where it has no scale */
    size_t option_count;
};

struct tier {
    const char *id;
    struct localized label; /* never empty: the id when there is none */
    struct localized help;
    enum tier_kind kind;
    const char *parent;      /* the id of a tier; "": none */
    bool may_overlap;        /* marks of this tier may */
    int64_t min_duration_us; /* of an interval; 0: longer than nothing */
    bool free_label;         /* a label may be in the annotator's words */
    struct question_option *option; /* the labels */
    size_t option_count;
    struct tier_attribute *attribute;
    size_t attribute_count;
};

/* The names that files use; ends with NULL. */
extern const char *const tier_kind_names[];

/* The label kept as `value`, or NULL. */
const struct question_option *tier_option(const struct tier *tier,
                                          const char *value);
const struct question_option *tier_option_by_code(const struct tier *tier,
                                                  uint32_t code);
const struct tier_attribute *tier_attribute(const struct tier *tier,
                                            const char *id);
/* A mark of this tier has a label: there are some, or it is free. */
bool tier_has_labels(const struct tier *tier);
/* May a mark be called so ("" is not yet)?  False says why not. */
bool tier_accepts_label(const struct tier *tier, const char *label,
                        struct error *err);
/* The same for the value of an attribute; "" takes it away. */
bool tier_accepts_value(const struct tier *tier, const char *attribute,
                        const char *value, struct error *err);

#endif
