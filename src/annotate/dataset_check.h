/*
 * dataset_check - a corpus on disk held against its descriptor: counts that
 * differ, media that are damaged.
 */
#ifndef MIEN_ANNOTATE_DATASET_CHECK_H
#define MIEN_ANNOTATE_DATASET_CHECK_H

#include "common/cli/output.h"
#include "common/study/corpus.h"

struct dataset_check {
    bool decode; /* read all of each medium, not only its header */
    int jobs;    /* 0: one for each processor */

    /* Filled by dataset_check_run(). */
    struct table *table;     /* owned; one row a check */
    struct fault_list notes; /* owned; what scanning noticed */
    size_t differing;        /* counts */
    size_t damaged;          /* media */
};

bool dataset_check_run(struct dataset_check *check, const struct corpus *corpus,
                       const char *folder, struct error *err);
void dataset_check_release(struct dataset_check *check);

#endif
