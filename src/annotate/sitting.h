/*
 * sitting - somebody at the workbench for another purpose than labelling.
 */
#ifndef MIEN_ANNOTATE_SITTING_H
#define MIEN_ANNOTATE_SITTING_H

#include "annotate/bench_court.h"

struct sitting {
    const char *bundle;
    const char *script;   /* a file, or NULL */
    const char *headless; /* the size of the screen then: "80x24" */
    const char *keys;     /* a file, or NULL */
    const char *media;    /* the folder that has them; NULL: as imported */
    bool ascii, silent;
    struct court *court; /* borrowed: what is handed in is revealed */
};

/* As `mien-annotate label' on that bundle; stands in cmd_label.c. */
bool sitting_run(const struct sitting *sitting, struct error *err);

#endif
