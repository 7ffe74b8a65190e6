/*
 * settle - the protocol's rules for one item: what each would say, and why.
 *
 * Rules that look at one item work from its answers alone.  Models that couple
 * all items (dawid-skene, mace, ewe) work with a fit that was frozen: what it
 * found of each annotator is applied to the item's answers, so that an item's
 * result changes only when its own answers do.
 *
 * Choices, scales and texts are ratings.  What is no single value - a point of
 * a grid, marks, a trace - is a case of voices.  Values are texts, see
 * verdict.h.
 */
#ifndef MIEN_STUDY_SETTLE_H
#define MIEN_STUDY_SETTLE_H

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/stat/curve.h"
#include "common/stat/estimate.h"
#include "common/stat/ratings.h"
#include "common/study/question.h"
#include "common/study/track.h"

/* What a fit knows of one annotator; by rule the members that it has. */
struct fit_rater {
    const char *rater; /* the annotator's number, as in ratings */
    double weight;     /* ewe: evaluator weight; mace: competence */
    double *confusion; /* dawid-skene: truth by answer; mace: NULL */
    double *strategy;  /* mace: of each answer, sums to 1 */
    /* ewe of a grid or a trace: of each dimension; lags of a trace only. */
    double *weights, *lags; /* seconds, about their mean */
};

/* Frozen; belongs to an arena. */
struct fit {
    const char *id;
    const char *question;
    enum rule_kind kind;
    const char **category;
    size_t categories;
    double *prior;     /* dawid-skene */
    size_t dimensions; /* ewe of a grid or a trace; else 0 */
    struct fit_rater *rater;
    size_t raters;
    size_t items, ratings; /* that it was made of */
};

enum {
    SETTLE_WHY_SIZE = 200,
};

struct settlement {
    enum rule_kind kind;
    bool settled;              /* the rule's conditions hold */
    bool person;               /* ... and it asks for a person */
    char *value;               /* owned; "": no label */
    double share;              /* support of the value; NAN: none */
    double *distribution;      /* owned; of the categories, or NULL */
    char why[SETTLE_WHY_SIZE]; /* in words, also when not settled */
};

void settlement_release(struct settlement *settlement);

/*
 * Applies one rule to an item (its place in `ratings`; SIZE_MAX: nobody
 * judged it).  `fit` is what a model wants; NULL: there is none.
 */
void settle_rule(const struct question *question,
                 const struct question_rule *rule,
                 const struct ratings *ratings, size_t item,
                 const struct fit *fit, struct settlement *out);

/* What one annotator said where that is no single value; all borrowed. */
struct settle_voice {
    const char *rater;    /* the annotator's number, as in ratings */
    const char *reserved; /* "@skipped" and the like in its place, or NULL */
    double x, y;          /* a point of a grid */
    const struct track *track; /* marks; NULL: none were set */
    int64_t begins_us;         /* their item, in its medium */
    /* A trace, of each dimension; seconds from the item's beginning. */
    const struct curve *trace;
};

struct settle_case {
    const struct settle_voice *voice; /* borrowed */
    size_t voices;
};

/* As settle_rule(), for questions that settle_by_voice() says. */
bool settle_by_voice(const struct question *question);
void settle_voices(const struct question *question,
                   const struct question_rule *rule,
                   const struct settle_case *it, const struct fit *fit,
                   struct settlement *out);
struct fit *settle_fit_voices(const struct question *question,
                              const struct settle_case *it, size_t count,
                              struct arena *arena, struct error *err);
/*
 * How far they say the same, for a queue by lowest agreement: means over pairs
 * of 1 less the distance on the grid, of marks that match as a share of both
 * sides' marks (F1), of the concordance of traces.
 */
struct estimate settle_concord(const struct question *question,
                               const struct settle_case *it);

/* Does the rule want a fit? */
bool settle_needs_fit(enum rule_kind kind);

/*
 * A new fit of all items in `arena`, without an id.  NULL with the reason when
 * the ratings do not suit it.
 */
struct fit *settle_fit(const struct question *question, enum rule_kind kind,
                       const struct ratings *ratings, struct arena *arena,
                       struct error *err);

/* The fit as canonical JSON: of all (rater SIZE_MAX), or of one annotator. */
void fit_write(const struct fit *fit, size_t rater, struct buf *out);
/* Reads these back, in `arena`; of annotators any number. */
struct fit *fit_read(const char *id, const char *body, struct arena *arena,
                     struct error *err);
bool fit_read_rater(struct fit *fit, const char *rater, const char *body,
                    struct arena *arena, struct error *err);

#endif
