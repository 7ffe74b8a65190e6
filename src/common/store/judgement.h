/*
 * judgement - every answer that came home, without names.
 *
 * Annotators are numbers here: no alias is read on the way, so that those who
 * settle disagreement can be kept blind (project_blind()).  Only what was
 * submitted or skipped; in the order of item, annotator, bundle, position and
 * question.
 */
#ifndef MIEN_STORE_JUDGEMENT_H
#define MIEN_STORE_JUDGEMENT_H

#include "common/base/buf.h"
#include "common/stat/ratings.h"
#include "common/store/project.h"
#include "common/study/protocol.h"

struct judgement {
    int64_t item; /* its number */
    const char *item_id;
    const char *speaker;
    int64_t rater;    /* number of the annotator, above 0 */
    int64_t bundle;   /* her first, second ... */
    int64_t position; /* in it, from 1 */
    const char *entry;
    const char *role;     /* work, repeat, gold, ... */
    bool swapped;         /* a pair, met the other way round */
    size_t order;         /* of the question in the protocol */
    const char *question; /* its id */
    const char *reserved; /* "@skipped" and the like, or NULL */
    /* NULL when skipped, and where marks or a trace are the answer. */
    const struct event_answer *answer;
    const struct track *track; /* of segments; NULL: nothing was marked */
    int64_t begins_us;         /* the item, in its medium */
    const struct fold_entry *fold;
};

/* A bundle's fold, which the judgements borrow from. */
struct judgement_source {
    uint8_t id[PROJECT_BUNDLE_ID_SIZE];
    int64_t rater, number;
    bool erased;
    struct project_works works;
    struct fold fold;
};

struct judgements {
    struct judgement *item; /* owned */
    size_t count, capacity;
    struct { /* owned, one a bundle */
        struct judgement_source *item;
        size_t count, capacity;
    } source;
};

bool judgements_gather(struct project *project, const struct protocol *protocol,
                       struct judgements *list, struct error *err);
void judgements_release(struct judgements *list);

/*
 * What was answered, as one text: "anger", "3.5", "anger|fear", "@other"; of
 * segments and texts as study/verdict.h says; of a trace the passes that
 * count, its samples lie elsewhere; of a
 * comparison it is said of the pair's first and second, however it was met.
 */
void judgement_value(const struct judgement *judgement,
                     const struct question *question, struct buf *out);

/* Which judgements count. */
enum judgement_use {
    /* Agreement: work and hidden repeats; no gold, nothing sent back. */
    JUDGEMENT_AGREEMENT,
    /*
     * Truth: gold, too; one judgement a rater and item, and what was judged
     * again after it was sent back counts in place of what was said first.
     */
    JUDGEMENT_TRUTH
};

/* The reserved answer that was given in place of a value, or NULL. */
const char *judgement_reserved(const struct judgement *judgement);

bool judgement_counts(const struct judgement *judgement,
                      enum judgement_use use);

/*
 * Does list->item[at] count towards the truth?  Not where another judgement
 * of the same annotator and item stands in its place.
 */
bool judgement_stands(const struct judgements *list, size_t at);

/*
 * The ratings of a question, raters named by their numbers; `left_out` (may be
 * NULL) counts what does not count.  NULL when the values do not fit the
 * question, with the reason.
 */
struct ratings *judgements_ratings(const struct judgements *list,
                                   const struct question *question,
                                   enum judgement_use use, size_t *left_out,
                                   struct error *err);

/* The number of an alias, 0 without work; -1 fills `err`. */
int64_t project_rater(struct project *project, const char *alias,
                      struct error *err);

/* The alias of each number. */
struct project_rater_name {
    int64_t rater;
    const char *alias;
};

struct project_rater_names {
    struct project_rater_name *item; /* owned */
    size_t count, capacity;
    struct arena texts;
};

bool project_rater_names(struct project *project,
                         struct project_rater_names *names, struct error *err);
void project_rater_names_release(struct project_rater_names *names);
/* Borrowed from `names`; "" when nobody has it. */
const char *project_rater_alias(const struct project_rater_names *names,
                                int64_t rater);

#endif
