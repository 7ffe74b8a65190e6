/*
 * decision_store - decisions and frozen fits in a project's journal.
 */
#ifndef MIEN_STORE_DECISION_STORE_H
#define MIEN_STORE_DECISION_STORE_H

#include "common/store/project.h"
#include "common/study/decision.h"
#include "common/study/settle.h"

/* All that was decided so far; decisions_release() it. */
bool decisions_load(struct project *project, struct decisions *decisions,
                    struct error *err);
/*
 * Appends to the journal, within a transaction, and to `decisions`; the payload
 * is tagged with the speaker of the item ("" when nobody knows) and with the
 * person who decided.  After a rollback `decisions` must be loaded anew.
 */
bool decision_record(struct project *project, struct decisions *decisions,
                     const struct decision *decision, const char *speaker,
                     struct error *err);
bool decision_undo(struct project *project, struct decisions *decisions,
                   const struct decision *decision, struct error *err);

/*
 * Gives a fit its id (the start of a hash over all of it), keeps it, and
 * records it as the one that its question's rule goes by from now on.
 */
bool fit_freeze(struct project *project, struct fit *fit, struct arena *arena,
                struct error *err);
/* The id that it would get; the arena's. */
const char *fit_identity(const struct fit *fit, struct arena *arena);
/* The one frozen last for a question and rule; NULL without one. */
bool fit_frozen(struct project *project, const char *question,
                enum rule_kind kind, struct arena *arena, struct fit **fit,
                struct error *err);

/*
 * Blind: from now on this connection reads no alias of an annotator, by
 * whatever path; an attempt fails.  For whoever settles disagreement.
 */
bool project_blind(struct project *project, bool blind, struct error *err);

#endif
