/*
 * project_internal - the project's database, for collect, erase and queue.
 */
#ifndef MIEN_STORE_PROJECT_INTERNAL_H
#define MIEN_STORE_PROJECT_INTERNAL_H

#include "common/store/bundle_internal.h"
#include "common/store/project.h"

struct db *project_db(struct project *project); /* borrowed */
struct journal *project_journal(struct project *project);
bool project_add_protocol(struct project *project, const char *name,
                          const char *version, const char *protocol,
                          struct error *err);
/* As project_record(); fills the event's header and its hash. */
bool project_append(struct project *project, struct event *event,
                    struct error *err);
/* work/ALIAS/NUMBER.mien, the caller's. */
char *project_bundle_path(const struct project *project, const char *alias,
                          int64_t number);
/* The name under which it is made, until mien.db knows it. */
char *project_draft_path(const struct project *project, const char *alias,
                         int64_t number);

#endif
