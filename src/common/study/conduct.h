/*
 * conduct - how a study is run, besides what is asked: practice, references,
 * attention checks, pauses, sessions, the questionnaire, the plan.
 *
 * Part of a protocol; everything is borrowed from it.
 */
#ifndef MIEN_STUDY_CONDUCT_H
#define MIEN_STUDY_CONDUCT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/study/question.h"

/* "W" of the corpus is "anger" of the protocol. */
struct conduct_value {
    const char *from;
    const char *to;
};

/*
 * Where the right answer to a question stands in a corpus, and how near is
 * near enough.
 */
struct conduct_reference {
    const char *question;
    const char *attribute;
    const char *rise; /* of a grid: where its height stands; "": in the same */
    const char *tier; /* of segments: the one that is judged; "": the only */
    struct conduct_value *value; /* empty: as the corpus has it */
    size_t value_count;
    /* Of a scale and a grid: so far off is still right; NAN: a step.  Of
     * segments: seconds, of each edge; NAN: any. */
    double tolerance;
    /* Of segments and of sets: shared by both, of all; NAN: not asked for. */
    double min_overlap;
};

/* An instructed item: what to answer is said. */
struct conduct_check {
    struct localized text; /* what the screen says; may be empty with an item */
    const char *item;      /* a spoken instruction's id; "" for none */
    const char *question;
    const char *value;
};

enum pause_rule_kind {
    PAUSE_ATTENTION,   /* `count` attention checks failed */
    PAUSE_CONSISTENCY, /* less than `min` the same, of `count` asked twice */
    PAUSE_FAST,        /* `count` items in a row faster than `seconds` */
    PAUSE_PRACTICE,    /* practice failed as often as it may be tried */
};

struct pause_rule {
    enum pause_rule_kind kind;
    int count;
    double min;
    double seconds;
    bool refuse; /* the work stays closed until the lead opens it again */
};

enum form_type { FORM_TEXT, FORM_NUMBER, FORM_CHOICE };

/* A question about the annotator. */
struct form_question {
    const char *id;
    enum form_type type;
    struct localized text;
    struct localized help;
    bool required;
    double min, max;                /* of a number; NAN: no limit */
    struct question_option *option; /* of a choice */
    size_t option_count;
};

struct form {
    struct form_question *question;
    size_t count;
};

/* What the lead has in mind, for `protocol check'; 0 says nothing. */
struct conduct_plan {
    int items;
    int annotators;
    int per_item;
    double repeat;
    double gold;
    double seconds_per_item;
    double hours_each; /* that each annotator can give */
};

struct conduct {
    int attempts; /* how often practice may be done; at least 1 */
    struct conduct_reference *reference;
    size_t reference_count;

    int check_every; /* entries from one attention check to the next; 0 */
    struct conduct_check *check;
    size_t check_count;

    struct pause_rule *pause;
    size_t pause_count;

    int break_items;        /* a break after so many items; 0: never */
    double break_minutes;   /* it lasts at least so long */
    double session_minutes; /* of work in a session; 0: no limit */
    double day_minutes;     /* of work in a day; 0: no limit */

    int repeat_distance; /* entries from the first time on; 0: not said */
    struct form start, end;
    struct conduct_plan plan;
};

extern const char *const pause_rule_names[]; /* those that a file may name */
extern const char *const form_type_names[];
extern const char *const form_standard_names[]; /* "age", "sex", ... */

const struct conduct_reference *conduct_reference(const struct conduct *conduct,
                                                  const char *question);
/*
 * The answer to `question` that the corpus' `value` stands for, as text;
 * NULL when it is none of its answers.  Without a reference of its own a
 * question takes the attribute that is called as it is, as it stands.
 */
const char *conduct_translate(const struct conduct *conduct,
                              const struct question *question,
                              const char *value);
/* The attribute that holds the right answer. */
const char *conduct_attribute(const struct conduct *conduct,
                              const char *question);
const struct form_question *form_question(const struct form *form,
                                          const char *id);

#endif
