/*
 * learner - what can be trained, and the table of all that there are.
 *
 * A learner is a row of functions.  It sees numbers only: what the columns
 * mean, who the speakers are and which items are tested is none of its
 * business.  Training and prediction may run in several threads at once, on
 * different data.
 */
#ifndef MIEN_LEARN_LEARNER_H
#define MIEN_LEARN_LEARNER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/base/rng.h"
#include "eval/learn/matrix.h"

enum learner_task { LEARNER_CLASSIFY, LEARNER_REGRESS };

enum { LEARNER_MAX_PARAMS = 8 };

struct learner_param {
    const char *name; /* NULL ends a list */
    double fallback;  /* used when none is given */
    bool zero;        /* 0 is allowed; less never is */
    bool smallest;    /* of equally good values the smallest is taken;
                         otherwise the one that was given first */
    const char *help;
};

/* What is learned from; borrowed during the call.  No cell is missing. */
struct learner_data {
    const struct matrix *x; /* one row an item */

    /* LEARNER_CLASSIFY: numbers below `classes`; some may not occur. */
    const size_t *class_of;
    size_t classes;
    bool balanced; /* weigh class k of K by n / (K n_k) */

    /* LEARNER_REGRESS */
    const double *value;
};

struct learner {
    const char *name;
    const char *summary;
    const char *library; /* "liblinear" */
    enum learner_task task;
    bool probabilities; /* scores sum to 1 and may be called probabilities */
    const struct learner_param *params;

    int (*version)(void); /* of the library */
    /* Called once, before any thread trains. */
    void (*prepare)(void);
    /*
     * The model, the caller's, or NULL.  `param` follows `params`.  `rng` is
     * for learners that need chance.
     */
    void *(*train)(const struct learner *learner,
                   const struct learner_data *data, const double *param,
                   struct rng *rng, struct error *err);
    /*
     * One score a class (a class that was not in training gets 0 where
     * scores are probabilities, else -INFINITY), or the one value.
     */
    void (*predict)(const void *model, const double *row, double *score);
    void (*free)(void *model); /* takes NULL */
};

/* Ends with NULL; the order is that of the help. */
extern const struct learner *const learners[];

/* NULL with the names that there are. */
const struct learner *learner_find(const char *name, struct error *err);
size_t learner_param_count(const struct learner *learner);
/* The number of the highest score; of equal ones the lowest number. */
size_t learner_best(const double *score, size_t classes);

#endif
