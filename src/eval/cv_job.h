/*
 * cv_job - one run of cv: read, cross-validate, score, write the folder.
 */
#ifndef MIEN_EVAL_CV_JOB_H
#define MIEN_EVAL_CV_JOB_H

#include <stdbool.h>
#include <time.h>

#include "common/base/error.h"
#include "eval/fair/evaluation.h"
#include "eval/score/predictions.h"
#include "eval/valid/cv.h"
#include "eval/valid/run_record.h"

/* What was predicted, and how good that is. */
struct cv_scored {
    struct predictions *predictions; /* owned */
    struct evaluation *evaluation;   /* owned */
};

struct cv_job {
    /* Set by the caller, borrowed. */
    struct run_arguments *arguments;
    const char *output; /* the run folder */
    bool force;
    int jobs; /* 0: one for each processor */

    /* All else by cv_job_run(). */
    struct run_record record;
    struct run_inputs inputs;
    struct cv_settings settings;
    struct design *design;
    struct text_list attributes;
    struct cv_result result;
    struct cv_scored scored;
    /* A transductive score stands beside the one of global z-scores. */
    struct cv_scored beside;
    struct timespec began;
};

/*
 * Does it all.  `from` is a run.json whose arguments replace those of the
 * job, or NULL.  On failure no folder is made; release the job in any case.
 */
bool cv_job_run(struct cv_job *job, const char *from, struct error *err);
void cv_job_release(struct cv_job *job);

#endif
