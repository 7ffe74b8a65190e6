/*
 * collect_internal - the parts of collecting, for each other.
 */
#ifndef MIEN_STORE_COLLECT_INTERNAL_H
#define MIEN_STORE_COLLECT_INTERNAL_H

#include "common/store/collect.h"
#include "common/store/project_internal.h"

/*
 * Brings the bundle at `path` up to the events of `list`, and their samples in
 * `from`, which came from a copy of it, when it holds nothing else: so that
 * work goes on under work/ where the copy left off.  Returns how many it got; 0
 * with `err` filled when it could not be opened; 0 with an empty `err` when
 * there was nothing to do.
 */
size_t collect_forward(const char *path, const struct journal_list *list,
                       struct db *from, struct error *err);

/* What the annotator said about herself, into people.db; idempotent. */
bool collect_people(struct project *project, const char *alias,
                    const struct journal_list *list, struct error *err);

#endif
