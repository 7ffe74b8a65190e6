/*
 * bench_court - the cases of the conflict workbench: votes before anything is
 * seen, what is revealed then, and deeds.
 */
#ifndef MIEN_ANNOTATE_BENCH_COURT_H
#define MIEN_ANNOTATE_BENCH_COURT_H

#include "annotate/adjudicate.h"
#include "annotate/app/court.h"
#include "common/store/bundle.h"

struct court {
    struct docket *docket;            /* borrowed */
    const struct adjudicator *member; /* borrowed; votes in this order */
    const char **alias;               /* owned; of each member, borrowed */
    size_t members;
    const struct docket_case **queue; /* borrowed */
    size_t queued;
    int64_t *item; /* owned; of the queue, each once, in its order */
    size_t items;
    struct arena texts; /* of the case that is shown */
    struct court_case shown;
    const struct docket_case **of; /* owned; the questions of the case */
    char **now; /* owned, each too; beside queue: what she says of it now */
    struct bundle *bundle; /* borrowed; where she says it */
    size_t at;             /* place in item */
    struct {
        int64_t *item; /* owned; that were sent back */
        size_t count, capacity;
    } back;
};

/* Leaves out what a member was given to label; how many that is. */
size_t court_init(struct court *court, struct docket *docket,
                  const struct adjudicator *member, size_t members,
                  const struct docket_case **queue, size_t queued);
void court_release(struct court *court);

/*
 * An entry of the private bundle was handed in: keeps the votes and reveals
 * the case, or NULL when other members are still to vote.
 */
bool court_reveal(struct court *court, size_t entry, const struct fold *fold,
                  const struct court_case **shown, struct error *err);
bool court_judge(struct court *court, enum court_deed deed, size_t question,
                 size_t choice, const char *why,
                 const struct court_case **shown, struct error *err);

#endif
