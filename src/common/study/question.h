/*
 * question - one question of a protocol: its options, its scale, and how
 * disagreement about it is settled.
 *
 * Everything is borrowed from the protocol.
 */
#ifndef MIEN_STUDY_QUESTION_H
#define MIEN_STUDY_QUESTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/study/answer.h"
#include "common/study/localized.h"
#include "common/study/question_trace.h"
#include "common/study/scale.h"
#include "common/study/tier.h"

enum question_type {
    QUESTION_CHOICE,
    QUESTION_SCALE,
    QUESTION_SEGMENTS,
    QUESTION_GRID,
    QUESTION_TRACE,
    QUESTION_TEXT,
    QUESTION_COMPARE, /* which of two; its options are first, second, tie */
};

/* The level of measurement, which decides what may be computed. */
enum question_measure {
    MEASURE_NOMINAL,
    MEASURE_ORDINAL,
    MEASURE_INTERVAL,
    MEASURE_RATIO
};

/* One thing that can be chosen, or a reason to skip. */
struct question_option {
    enum answer_kind kind;
    const char *value;      /* what is kept: "anger", "@cannot_tell" */
    const char *key;        /* one character as UTF-8; "" when it has none */
    uint32_t code;          /* the same as a code point; 0 when it has none */
    struct localized label; /* never empty: the value when there is none */
    struct localized help;
    bool intensity; /* is asked for when this one is chosen */
};

/* The corners of a grid, in the order of the bits right and top. */
enum question_corner {
    CORNER_BOTTOM_LEFT,
    CORNER_BOTTOM_RIGHT,
    CORNER_TOP_LEFT,
    CORNER_TOP_RIGHT,
    CORNER_COUNT
};

enum rule_kind {
    RULE_UNANIMOUS,
    RULE_MAJORITY,
    RULE_MEAN,
    RULE_MEDIAN,
    RULE_EWE, /* evaluator weighted estimator, Grimm & Kroschel 2005 */
    RULE_DAWID_SKENE,
    RULE_MACE,
    RULE_EXPERT,
    RULE_ADJUDICATOR,
    RULE_SOFT, /* the distribution is kept */
    RULE_UNRESOLVED
};

/* A link of the chain that settles disagreement; 0 asks for nothing. */
struct question_rule {
    enum rule_kind kind;
    double min_share;     /* majority: of the answers that are values */
    int min_raters;       /* answers that are values */
    double min_posterior; /* dawid-skene, mace */
    double max_spread;    /* mean, median, ewe: sd of the answers */
    /* Of segments: when two marks are the same one, as struct stretch_rule. */
    double overlap;
    double tolerance;    /* s; of points in any case */
    const char **expert; /* expert: aliases, the first who answered settles */
    size_t experts;      /* 0: any person does */
};

enum primary_coefficient {
    PRIMARY_NONE, /* the protocol names none */
    PRIMARY_PERCENT,
    PRIMARY_KAPPA,
    PRIMARY_FLEISS,
    PRIMARY_ALPHA,
    PRIMARY_AC1,
    PRIMARY_AC2,
    PRIMARY_ICC,
    PRIMARY_CCC
};

struct question {
    const char *id;
    enum question_type type;
    enum question_measure measure;
    bool required;         /* submitting waits for an answer */
    struct localized text; /* what is asked; the id when there is none */
    struct localized help;

    /*
     * The options of the file, then those that are no values and that the
     * question allows: other, none, mixed, cannot tell.  A scale has only
     * the latter, and so have segments, whose labels are those of tiers.
     */
    struct question_option *option;
    size_t option_count; /* all of them */
    size_t value_count;  /* those of ANSWER_VALUE; they stand first */
    bool many;           /* several options at once */

    bool has_scale; /* a choice only where it asks how strong */
    struct scale scale;
    bool intensity_required; /* of a choice: the scale waits for an answer */
    bool wheel; /* of a choice: its options stand around a circle */

    int rows;       /* of a text: how many are shown */
    int max_length; /* of a text, in characters */

    /* Of a grid: `scale` goes to the right, `rise` upwards. */
    struct scale rise;
    struct localized corner[CORNER_COUNT];

    struct tier *tier; /* of segments: at least one */
    size_t tier_count;
    const struct question_trace *trace; /* of a trace; else NULL */

    enum primary_coefficient agreement;
    double agreement_min; /* NAN when there is none */
    struct question_rule *rule;
    size_t rule_count;
};

enum { QUESTION_TEXT_MAX = 1000 }; /* characters */

/*
 * The values of a comparison.  In a bundle's journal they are what was heard
 * first and second; question_swap() tells it of the pair the other way round.
 */
#define COMPARE_FIRST "first"
#define COMPARE_SECOND "second"
#define COMPARE_TIE "tie"

/* The names that files use; each list ends with NULL. */
extern const char *const question_type_names[];
extern const char *const question_measure_names[];
extern const char *const rule_kind_names[];
extern const char *const primary_coefficient_names[]; /* [0] is "none" */

/* The option kept as `value`, those that are no values included; or NULL. */
const struct question_option *question_option(const struct question *question,
                                              const char *value);
const struct question_option *question_option_by_code(
    const struct question *question, uint32_t code);
/* Of a question of segments; its number, or `tier_count`. */
size_t question_tier(const struct question *question, const char *id);
/* A choice or a comparison: its values are names out of a list. */
bool question_is_list(const struct question *question);
/* A scale or a grid: its values are numbers. */
bool question_is_numeric(const struct question *question);
/* What `value` is when the two change places; borrowed, or `value` itself. */
const char *question_swap(const struct question *question, const char *value);
/* Points that the cursor can stand on, before the options; 0 of a choice. */
size_t question_points(const struct question *question);
/*
 * May `value` be kept as an answer (as one of several, where `many`)?
 * @technical_fault and @skipped always may.  False says why not.
 */
bool question_accepts(const struct question *question, const char *value,
                      struct error *err);
/* The same for the intensity of a choice. */
bool question_accepts_intensity(const struct question *question,
                                const char *value, double intensity,
                                struct error *err);

#endif
