/*
 * quality_internal - the parts of quality, for each other.
 */
#ifndef MIEN_ANNOTATE_QUALITY_INTERNAL_H
#define MIEN_ANNOTATE_QUALITY_INTERNAL_H

#include "annotate/quality.h"

/* Fills `drift` from `sessions`. */
void quality_chart(struct quality *it);

/* quality_retest: one bundle's answers to what was asked twice. */
struct retest {
    const struct protocol *protocol;
    struct ratings_builder *choice; /* owned; NULL when nothing was added */
    struct ratings_builder *scale;
};
/* `turned`: a pair that was met the other way round the second time. */
void retest_add(struct retest *retest, const struct fold *fold, size_t first,
                size_t second, bool turned, const char *item);
/* Fills kappa and icc, and frees what was gathered. */
void retest_finish(struct retest *retest, struct quality *it);

#endif
