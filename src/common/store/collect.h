/*
 * collect - bringing work home: the union of events by identity.
 *
 * Commutative and idempotent: in whatever order files come, and however
 * often, the project has the same events.  A bundle that was copied and
 * continued twice gives a fork: both ends are kept, named in the report, and
 * folded by (wall time, hash).  The heads that were seen are recorded in the
 * project's own journal, so that a history rewritten later is noticed.
 * Payloads of erased persons are not taken, whatever file they come in.
 */
#ifndef MIEN_STORE_COLLECT_H
#define MIEN_STORE_COLLECT_H

#include "common/base/text.h"
#include "common/store/project.h"

struct collect_report {
    size_t files;            /* bundles that were read */
    size_t events;           /* that were new */
    size_t samples;          /* of traces, that were new */
    size_t refused;          /* payloads of erased persons, left outside */
    size_t damaged;          /* bundles of which nothing was taken */
    struct text_list notes;  /* what is new to the lead, a line each */
    struct text_list forked; /* bundles with more than one end: "anna/1" */
};

/* All bundles under work/. */
bool collect_work(struct project *project, struct collect_report *report,
                  struct error *err);
/*
 * One bundle, wherever it lies.  When it is a copy that was continued, the one
 * under work/ is brought up to it, so that work goes on there.
 */
bool collect_file(struct project *project, const char *path,
                  struct collect_report *report, struct error *err);
void collect_report_release(struct collect_report *report);

/*
 * Looks all that was collected, and the project's own journal, over.  Faults
 * are added to `faults`, a line each.
 */
bool collect_verify(struct project *project, size_t *events, size_t *erased,
                    struct text_list *faults, struct error *err);

#endif
