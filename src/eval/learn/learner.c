/*
 * learner - the table of learners.
 */
#include <config.h>

#include "eval/learn/learner.h"

#include <string.h>

#include "common/base/buf.h"
#include "eval/learn/linear.h"

const struct learner *const learners[] = {
    &linear_svm,
    &linear_logreg,
    &linear_svr,
    NULL,
};

const struct learner *learner_find(const char *name, struct error *err)
{
    struct buf known = { 0 };

    for (size_t i = 0; learners[i]; i++) {
        if (strcmp(learners[i]->name, name) == 0) {
            buf_release(&known);
            return learners[i];
        }
        buf_addf(&known, "%s%s", i ? ", " : "", learners[i]->name);
    }
    error_set(err, ERROR_USAGE, "there is no model \"%s\"; there are: %s", name,
              buf_text(&known));
    buf_release(&known);
    return NULL;
}

size_t learner_param_count(const struct learner *learner)
{
    size_t count = 0;

    while (learner->params[count].name)
        count++;
    return count;
}

size_t learner_best(const double *score, size_t classes)
{
    size_t best = 0;

    for (size_t i = 1; i < classes; i++)
        if (score[i] > score[best])
            best = i;
    return best;
}
