/*
 * bench_court_internal - what the files of bench_court share.
 */
#ifndef MIEN_ANNOTATE_BENCH_COURT_INTERNAL_H
#define MIEN_ANNOTATE_BENCH_COURT_INTERNAL_H

#include "annotate/bench_court.h"

/* A member's vote on these judgements, or NULL; a later one was not blind. */
const struct decision *court_vote(const struct docket *docket,
                                  const struct docket_case *it,
                                  const char *alias);
/* All of the case at court->at, anew. */
bool court_build(struct court *court, struct error *err);
/* Of marks and traces; NULL: the value says it all.  Lies in court->texts. */
const struct court_figure *court_figure(struct court *court,
                                        const struct question *question,
                                        const char *value);

#endif
