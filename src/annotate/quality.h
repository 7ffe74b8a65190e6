/*
 * quality - how well each annotator works, for the lead only: gold, repeats,
 * attention checks, drift, haste.
 *
 * Judged at home, where the truth of gold is; what is said here never reaches
 * an annotator's screen.
 */
#ifndef MIEN_ANNOTATE_QUALITY_H
#define MIEN_ANNOTATE_QUALITY_H

#include "common/stat/cusum.h"
#include "common/stat/estimate.h"
#include "common/store/project.h"
#include "common/study/session.h"

/* k and h of the chart of drift; see quality.c. */
extern const double quality_k, quality_h;

/* What one session says: answers that were right, or the same again. */
struct quality_session {
    int64_t first_wall_us;
    size_t right, of;
};

struct quality {
    const char *alias;
    size_t bundles;
    size_t entries; /* without practice, checks, and what was erased */
    size_t done;    /* submitted or skipped */
    size_t skipped;
    size_t flagged;
    int64_t active_us;
    size_t marks;                   /* segments that stand in what is done */
    int64_t traced_us;              /* of media in it, each trace */
    struct session_score gold;      /* entries */
    struct session_score repeats;   /* questions answered at both times */
    struct session_score attention; /* checks */
    struct session_score practice;  /* of the last attempt */
    int attempts;
    bool paused;
    int pauses;   /* by rules, those that are over included */
    size_t hasty; /* entries much faster than is usual in the project */
    struct estimate kappa; /* Cohen's, of the first choice asked twice */
    struct estimate icc;   /* ICC(A,1), of the first scale asked twice */
    struct {
        struct quality_session *item; /* owned; as they began */
        size_t count, capacity;
    } sessions;
    struct cusum drift;
    size_t drift_sessions; /* the first of which set the target */
};

struct qualities {
    struct quality *item; /* owned; by alias */
    size_t count, capacity;
    struct project_annotators staff; /* has the aliases */
};

bool qualities_gather(struct project *project, struct qualities *list,
                      struct error *err);
void qualities_release(struct qualities *list);
/* "since session 4", "none", or NULL: there is too little to say. */
const char *quality_drift(const struct quality *it, char *text, size_t size);

#endif
