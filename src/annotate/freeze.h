/*
 * freeze - the state of a project, as it is now or as a snapshot has it, and
 * what differs between two.
 */
#ifndef MIEN_ANNOTATE_FREEZE_H
#define MIEN_ANNOTATE_FREEZE_H

#include "common/file/json.h"
#include "common/store/snapshot.h"

/* A state: its lines, and the snapshot they are of (name NULL: now). */
struct frozen {
    struct snapshot snapshot;
    struct truth_lines lines;
};

/*
 * All that a snapshot would hold now; `whole` false: without what tables of
 * labels and decisions do not show (marks, passes of traces, persons).
 */
bool freeze_now(struct project *project, bool whole, struct frozen *out,
                struct error *err);
/* `name` NULL: now. */
bool freeze_load(struct project *project, const char *name, struct frozen *out,
                 struct error *err);
void freeze_release(struct frozen *frozen);
/* Lines of a kind. */
size_t freeze_count(const struct frozen *frozen, enum truth_kind kind);

/* In words what changed from one to the other, and whose it is. */
bool freeze_diff(const struct frozen *from, const struct frozen *to,
                 struct text_list *changes, struct error *err);

#endif
